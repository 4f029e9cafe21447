use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Overlay, Renderer as _, Shell, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector, border, window};
use lucide_icons::Icon;

use super::choice::Choice;
use super::focusable::{Focus, draw_ring, is_plain};
use super::icon::ICONS;
use super::line_of_text::LineOfText;
use super::options::{Label, Options};
use super::pointing::{is_press, over};
use super::popup::{self, changed};
use super::scroll::Motion;
use crate::desktop::theme;

/// Not higher than a heading, beside which it stands.
const SIZE: Size = Size::new(28.0, 22.0);
const SYMBOL: f32 = 16.0;

/// A quiet button with an icon, which opens a menu below it. Enter, Space and the down arrow open it, too; in the menu, arrows
/// lead from line to line, Enter chooses one, and Escape closes it.
pub(in crate::desktop) struct MenuButton<Message> {
    symbol: char,
    labels: Vec<Label>,
    messages: Vec<Message>,
}

/// `lines` are those of the menu, each with the message that it sends.
pub(in crate::desktop) fn menu_button<Message>(
    symbol: Icon,
    lines: impl IntoIterator<Item = (Choice<()>, Message)>,
) -> MenuButton<Message> {
    let (labels, messages) = lines.into_iter().map(|(choice, message)| (choice.label, message)).unzip();
    MenuButton { symbol: char::from(symbol), labels, messages }
}

#[derive(Debug, Default)]
struct State {
    focus: Option<Focus>,
    is_hovered: bool,
    open: Option<Options>,
    symbol: LineOfText,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focus.is_some()
    }

    fn focus(&mut self) {
        self.focus = Some(Focus::Keyboard);
    }

    fn unfocus(&mut self) {
        (self.focus, self.open) = (None, None);
    }
}

impl<Message: Clone> MenuButton<Message> {
    fn open(&self, state: &mut State, focus: Focus) {
        let first = (focus == Focus::Keyboard && !self.labels.is_empty()).then_some(0);
        (state.focus, state.open) = (Some(focus), Some(Options::new(&self.labels, first)));
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for MenuButton<Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(SIZE.width), Length::Fixed(SIZE.height))
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        state.symbol.update(&self.symbol.to_string(), ICONS, SYMBOL, SIZE.width);
        layout::atomic(limits, SIZE.width, SIZE.height)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        operation.focusable(None, layout.bounds(), tree.state.downcast_mut::<State>());
        operation.text(None, layout.bounds(), &self.symbol.to_string());
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let is_over = over(cursor, layout.bounds(), viewport).is_some();
        if state.is_hovered != is_over {
            state.is_hovered = is_over;
            shell.request_redraw();
        }
        match event {
            event if is_press(event) => {
                let was_open = state.open.take().is_some();
                if is_over && !shell.is_event_captured() {
                    state.focus = Some(Focus::Pointer);
                    if !was_open {
                        self.open(state, Focus::Pointer);
                    }
                    shell.capture_event();
                    changed(shell);
                } else if state.focus.take().is_some() || was_open {
                    changed(shell);
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: Key::Named(Named::Enter | Named::Space | Named::ArrowDown),
                modifiers,
                repeat: false,
                ..
            }) if state.focus.is_some()
                && state.open.is_none()
                && is_plain(*modifiers)
                && !shell.is_event_captured() =>
            {
                self.open(state, Focus::Keyboard);
                shell.capture_event();
                changed(shell);
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        _: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        let is_over = over(cursor, layout.bounds(), viewport).is_some();
        if is_over { mouse::Interaction::Pointer } else { mouse::Interaction::None }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let (state, colours, bounds) = (tree.state.downcast_ref::<State>(), theme::colours(theme), layout.bounds());
        let Some(clip) = bounds.intersection(viewport) else { return };
        if state.is_hovered || state.open.is_some() {
            let border = border::rounded(theme::ROUND);
            renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, colours.hovered);
        }
        let tone = if state.is_hovered || state.open.is_some() { colours.accent } else { colours.muted };
        let inset = ((bounds.width - state.symbol.width()) / 2.0).round();
        state.symbol.draw(renderer, Rectangle { x: bounds.x + inset, ..bounds }, tone, clip);
        if state.focus == Some(Focus::Keyboard) && state.open.is_none() {
            draw_ring(renderer, theme, bounds, viewport);
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let state = tree.state.downcast_mut::<State>();
        let anchor = layout.bounds() + translation;
        // Scrolled out of sight, it is closed.
        if state.open.is_some() && anchor.intersection(viewport).is_none() {
            state.open = None;
        }
        state.open.as_ref()?;
        Some(overlay::Element::new(Box::new(Menu { button: self, state, anchor })))
    }
}

/// The open menu.
struct Menu<'b, Message> {
    button: &'b MenuButton<Message>,
    state: &'b mut State,
    /// The bounds of the button.
    anchor: Rectangle,
}

impl<Message: Clone> Menu<'_, Message> {
    fn choose(&mut self, at: usize, focus: Focus, shell: &mut Shell<'_, Message>) {
        (self.state.open, self.state.focus) = (None, Some(focus));
        if let Some(message) = self.button.messages.get(at) {
            shell.publish(message.clone());
        }
        shell.capture_event();
        changed(shell);
    }

    fn close(&mut self, shell: &mut Shell<'_, Message>) {
        self.state.open = None;
        changed(shell);
    }

    fn key(&mut self, key: &Key, is_held: bool, shell: &mut Shell<'_, Message>) {
        let Some(open) = &mut self.state.open else { return };
        match key {
            Key::Named(Named::Tab) => {
                self.close(shell);
                return;
            }
            Key::Named(Named::Escape) => {
                self.state.focus = Some(Focus::Keyboard);
                self.close(shell);
            }
            Key::Named(Named::Enter | Named::Space) => {
                if let Some(at) = open.at().filter(|_| !is_held) {
                    self.choose(at, Focus::Keyboard, shell);
                }
            }
            Key::Named(key) => match Motion::of(*key) {
                Some(motion) => open.go(motion),
                None => return,
            },
            _ => return,
        }
        shell.capture_event();
        changed(shell);
    }
}

impl<Message: Clone> Overlay<Message, Theme, Renderer> for Menu<'_, Message> {
    fn layout(&mut self, _: &Renderer, window: Size) -> layout::Node {
        let Some(open) = &mut self.state.open else { return layout::Node::new(Size::ZERO) };
        let size = open.size(0.0, popup::room(self.anchor, window));
        open.prepare(&self.button.labels, "", size);
        // Its right edge is that of the button, which stands at the right of what it belongs to.
        let anchor = Rectangle { x: self.anchor.x + self.anchor.width - size.width, width: size.width, ..self.anchor };
        layout::Node::new(size).move_to(popup::place(anchor, size, window))
    }

    fn draw(&self, renderer: &mut Renderer, theme: &Theme, _: &renderer::Style, layout: Layout<'_>, _: mouse::Cursor) {
        if let Some(open) = &self.state.open {
            open.draw(renderer, theme, layout.bounds(), &self.button.labels, None);
        }
    }

    fn operate(&mut self, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        if let Some(open) = &self.state.open {
            open.operate(layout.bounds(), &self.button.labels, "", operation);
        }
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
    ) {
        let sheet = layout.bounds();
        let at = |state: &State| {
            let place = cursor.position()?;
            state.open.as_ref()?.choice_at(place, sheet)
        };
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat, .. }) if is_plain(*modifiers) => {
                self.key(key, *repeat, shell);
            }
            event if is_press(event) && cursor.is_over(sheet) => match at(self.state) {
                Some(at) => self.choose(at, Focus::Pointer, shell),
                None => shell.capture_event(),
            },
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                if let (Some(at), Some(open)) = (at(self.state), &mut self.state.open)
                    && open.at() != Some(at)
                {
                    open.highlight(Some(at));
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { .. }) if !cursor.is_over(sheet) => self.close(shell),
            Event::Window(window::Event::Resized(_) | window::Event::Unfocused) => self.close(shell),
            _ => {}
        }
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, _: &Renderer) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Pointer } else { mouse::Interaction::None }
    }
}

impl<'a, Message: Clone + 'a> From<MenuButton<Message>> for Element<'a, Message> {
    fn from(button: MenuButton<Message>) -> Self {
        Element::new(button)
    }
}
