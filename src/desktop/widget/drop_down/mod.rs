//! A drop-down list: the closed field is here, the open list in `sheet`, and what has been typed in `state`.

mod choices;
mod sheet;
mod state;

use std::rc::Rc;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, overlay, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::widget::Id;
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector, border};
use lucide_icons::Icon;

pub(in crate::desktop) use self::choices::ChoiceWords;
use self::choices::Choices;
use self::sheet::{Publish as _, Sheet};
use self::state::{State, Way, left_with, letters, motion};
use super::focusable::{Focus, draw_ring, is_plain};
use super::icon::ICONS;
use super::options::Label;
use super::pointing::is_press;
use super::popup::changed;
use super::scroll::Motion;
use crate::desktop::theme;

const HEIGHT: f32 = 30.0;
const INSET: f32 = 10.0;
const HANDLE: f32 = 16.0;
/// The space between the chosen name and the words that refuse typed text.
const GAP: f32 = 10.0;

/// A drop-down list, for mouse and keyboard.
///
/// Closed, it shows the chosen name. Enter, Space and the arrows open it, and so does typing: then it lists the matches of
/// the typed text. Open, Enter chooses the highlighted option, and Escape only closes it. Tab chooses the option that keys
/// have highlighted, or the only one that the text can mean; a click elsewhere chooses an option only if its whole name was
/// typed. Text that matches nothing chooses nothing, and the field says so.
pub(in crate::desktop) struct DropDown<'a, Message> {
    choices: Choices<'a, Message>,
    id: Option<Id>,
    is_wrong: bool,
}

pub(super) fn drop_down<'a, Message>(
    labels: Vec<Label>,
    chosen: Option<usize>,
    placeholder: &'static str,
    words: ChoiceWords,
    on_choice: impl Fn(usize) -> Option<Message> + 'a,
) -> DropDown<'a, Message> {
    let choices = Choices { labels, chosen, placeholder, words, on_choice: Rc::new(on_choice) };
    DropDown { choices, id: None, is_wrong: false }
}

impl<Message> DropDown<'_, Message> {
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// Whether the choice is wrong.
    pub fn marked(self, is_wrong: bool) -> Self {
        Self { is_wrong, ..self }
    }
}

impl<Message: Clone> DropDown<'_, Message> {
    /// Handles a key while it is closed; returns whether it did anything.
    fn open_by_key(&self, state: &mut State, key: &Key, text: Option<&str>, modifiers: Modifiers) -> bool {
        let is_opening = matches!(key, Key::Named(Named::Enter | Named::Space));
        let opens_and_goes = motion(key).filter(|motion| !matches!(motion, Motion::Page(_)));
        if is_plain(modifiers) && is_opening {
            state.open(&self.choices.labels, self.choices.chosen, "");
        } else if let Some(motion) = opens_and_goes.filter(|_| is_plain(modifiers) || modifiers == Modifiers::ALT) {
            state.open(&self.choices.labels, self.choices.chosen, "");
            if let (Some(open), true) =
                (&mut state.open, self.choices.chosen.is_none() || !matches!(motion, Motion::Step(_)))
            {
                open.options.go(motion);
            }
        } else if let Some(letters) = letters(text, modifiers) {
            state.open(&self.choices.labels, self.choices.chosen, letters);
        } else {
            return false;
        }
        true
    }

    /// Closes the list if the field has lost the focus to another widget, and chooses what leaving it means.
    fn settle(&self, state: &mut State, shell: &mut Shell<'_, Message>) {
        let Some(open) = state.open.as_ref().filter(|_| state.focus.is_none()) else { return };
        match left_with(open, &self.choices.labels, Way::Elsewhere) {
            Some(at) => {
                state.open = None;
                shell.publish_maybe((self.choices.on_choice)(at));
            }
            None => state.close(&self.choices.labels, self.choices.chosen_name()),
        }
        changed(shell);
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for DropDown<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(HEIGHT))
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        let size = limits.resolve(Length::Fill, Length::Fixed(HEIGHT), Size::ZERO);
        let chosen = self.choices.chosen_name();
        if let Some(open) = &mut state.open {
            open.options.list(&self.choices.labels, &open.written);
        }
        // A refusal is about the value that was chosen then.
        state.refused = state.refused.take().filter(|refused| refused.chosen == chosen);
        let refusal = state.refused.as_ref().map(|it| (self.choices.words.refused)(&it.written, it.fitting));
        let written = state.open.as_ref().map(|open| open.written.as_str()).filter(|written| !written.is_empty());
        let room = (size.width - 2.0 * INSET - HANDLE).max(0.0);
        let refusal_room = if refusal.is_some() && self.choices.chosen.is_some() { room * 0.6 } else { room };
        state.refusal.update(refusal.as_deref().unwrap_or_default(), theme::REGULAR, theme::SMALL, refusal_room);
        let reads = match (written, &refusal) {
            (Some(written), _) => written.to_owned(),
            (None, Some(refusal)) if self.choices.chosen.is_none() => refusal.clone(),
            _ => chosen.to_owned(),
        };
        let room =
            if refusal.is_some() && self.choices.chosen.is_some() { room - state.refusal.width() - GAP } else { room };
        state.line.update(&reads, theme::REGULAR, theme::BODY, room);
        state.reads = reads;
        state.handle.update(&char::from(Icon::ChevronDown).to_string(), ICONS, theme::BODY, HANDLE);
        layout::Node::new(size)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State>();
        operation.focusable(self.id.as_ref(), layout.bounds(), state);
        operation.text_input(self.id.as_ref(), layout.bounds(), state);
        if state.refused.is_some() && self.choices.chosen.is_some() {
            let words = state.refused.as_ref().map(|it| (self.choices.words.refused)(&it.written, it.fitting));
            operation.text(None, layout.bounds(), words.as_deref().unwrap_or_default());
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        self.settle(state, shell);
        let is_over = cursor.is_over(layout.bounds());
        if state.is_hovered != is_over {
            state.is_hovered = is_over;
            shell.request_redraw();
        }
        match event {
            event if is_press(event) => {
                let is_meant = is_over && !shell.is_event_captured();
                if is_meant && state.open.is_none() {
                    state.open(&self.choices.labels, self.choices.chosen, "");
                    shell.capture_event();
                }
                let focus = is_meant.then_some(Focus::Pointer);
                if state.focus != focus || state.refused.is_some() || is_meant {
                    (state.focus, state.refused) = (focus, None);
                    changed(shell);
                }
                self.settle(state, shell);
            }
            // The list opened with an earlier key of the same batch, so the overlay has not seen this one.
            Event::Keyboard(keyboard::Event::KeyPressed { key, text, modifiers, repeat, .. })
                if state.focus.is_some() && state.open.is_some() && !shell.is_event_captured() =>
            {
                let mut sheet = Sheet { choices: &self.choices, state, anchor: layout.bounds() };
                sheet.key((key, text.as_deref(), *modifiers, *repeat), clipboard, shell);
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, text, modifiers, repeat, .. })
                if state.focus.is_some()
                    && !shell.is_event_captured()
                    && !repeat
                    && self.open_by_key(state, key, text.as_deref(), *modifiers) =>
            {
                state.focus = Some(Focus::Keyboard);
                shell.capture_event();
                changed(shell);
            }
            // The person goes on to something else.
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.refused.is_some()
                    && (modifiers.command()
                        || matches!(key, Key::Named(Named::Enter | Named::Escape))
                        || motion(key).is_some()) =>
            {
                state.refused = None;
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
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Pointer } else { mouse::Interaction::None }
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
        let (state, colours) = (tree.state.downcast_ref::<State>(), theme::colours(theme));
        let bounds = layout.bounds();
        let Some(clip) = bounds.intersection(viewport) else { return };
        let (edge, width) = match () {
            () if self.is_wrong => (colours.bad, 1.0),
            () if state.open.is_some() => (colours.accent, 2.0),
            () if state.is_hovered => (colours.muted, 1.0),
            () => (colours.strong_line, 1.0),
        };
        let border = border::rounded(theme::ROUND).color(edge).width(width);
        renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, colours.surface);
        let inner = Rectangle { x: bounds.x + INSET, width: bounds.width - 2.0 * INSET, ..bounds };
        let written = state.open.as_ref().is_some_and(|open| !open.written.is_empty());
        let tone = match (written, self.choices.chosen, &state.refused) {
            (true, ..) | (false, Some(_), _) => colours.ink,
            (false, None, Some(_)) => colours.warning,
            (false, None, None) => colours.muted,
        };
        state.line.draw(renderer, inner, tone, clip);
        if written {
            // The caret.
            let caret = Rectangle { x: inner.x + state.line.width() + 1.0, width: 1.0, ..bounds.shrink(7.0) };
            renderer.fill_quad(renderer::Quad { bounds: caret, snap: true, ..renderer::Quad::default() }, colours.ink);
        } else if state.refused.is_some() && self.choices.chosen.is_some() {
            let x = inner.x + state.line.width() + GAP;
            let width = (inner.x + inner.width - x).max(0.0);
            state.refusal.draw(renderer, Rectangle { x, width, ..inner }, colours.warning, clip);
        }
        let handle = Rectangle { x: inner.x + inner.width - theme::BODY, width: theme::BODY, ..inner };
        state.handle.draw(renderer, handle, colours.muted, clip);
        if state.focus == Some(Focus::Keyboard) && state.open.is_none() {
            draw_ring(renderer, theme, bounds, viewport);
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _: &Renderer,
        _: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        // Keys can open it while the field is scrolled out of sight: the list is then at the edge of the window.
        let anchor = layout.bounds() + translation;
        let state = tree.state.downcast_mut::<State>();
        state.open.is_some().then(|| overlay::Element::new(Box::new(Sheet { choices: &self.choices, state, anchor })))
    }
}

impl<'a, Message: Clone + 'a> From<DropDown<'a, Message>> for Element<'a, Message> {
    fn from(it: DropDown<'a, Message>) -> Self {
        Element::new(it)
    }
}
