use std::rc::Rc;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, operation, tree};
use iced::advanced::{Clipboard, Overlay, Renderer as _, Shell, clipboard, mouse, overlay, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::widget::Id;
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector, border, touch, window};
use lucide_icons::Icon;

use super::ICONS;
use super::focusable::{Focus, draw_ring, is_plain};
use super::line_of_text::LineOfText;
use super::options::{Label, Meaning, Options, meaning};
use super::table::Motion;
use crate::desktop::language::ChoiceTexts;
use crate::desktop::theme;

const HEIGHT: f32 = 30.0;
const INSET: f32 = 10.0;
const HANDLE: f32 = 16.0;
/// Between what is chosen and that something else was not.
const GAP: f32 = 10.0;

type OnChoice<'a, Message> = Rc<dyn Fn(usize) -> Option<Message> + 'a>;

/// A list that drops down to choose from, with the mouse or the keyboard.
///
/// Closed, it shows what is chosen and nothing else. Enter, Space and the arrows open it, and so does writing: then it
/// lists what fits all that has been written. Open, Enter chooses what stands out, and Escape closes it and nothing
/// else. Tab chooses what the keyboard has gone to or what the text can only mean; a click elsewhere chooses only what
/// was written by its whole name. What fits nothing chooses nothing, and the field says so.
pub(in crate::desktop) struct DropDown<'a, Message> {
    labels: Vec<Label>,
    chosen: Option<usize>,
    placeholder: &'static str,
    words: &'static ChoiceTexts,
    on_choice: OnChoice<'a, Message>,
    id: Option<Id>,
    is_wrong: bool,
}

pub(super) fn drop_down<'a, Message>(
    labels: Vec<Label>,
    chosen: Option<usize>,
    placeholder: &'static str,
    words: &'static ChoiceTexts,
    on_choice: impl Fn(usize) -> Option<Message> + 'a,
) -> DropDown<'a, Message> {
    DropDown { labels, chosen, placeholder, words, on_choice: Rc::new(on_choice), id: None, is_wrong: false }
}

impl<Message> DropDown<'_, Message> {
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// Whether something is wrong with what is chosen.
    pub fn marked(self, is_wrong: bool) -> Self {
        Self { is_wrong, ..self }
    }

    fn name_of(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.labels.get(at)).map_or(self.placeholder, |label| &label.name)
    }
}

/// The list while it is open, and what is written in it.
#[derive(Debug)]
struct Open {
    written: String,
    options: Options,
}

#[derive(Debug, Default)]
struct State {
    focus: Option<Focus>,
    open: Option<Open>,
    /// What was written when it was left, where that chose nothing.
    refused: Option<Refused>,
    is_hovered: bool,
    /// As the field reads.
    reads: String,
    line: LineOfText,
    refusal: LineOfText,
    handle: LineOfText,
}

#[derive(Debug)]
struct Refused {
    written: String,
    /// What was chosen then.
    chosen: String,
    fitting: usize,
}

impl operation::Focusable for State {
    fn is_focused(&self) -> bool {
        self.focus.is_some()
    }

    fn focus(&mut self) {
        self.focus = Some(Focus::Keyboard);
    }

    fn unfocus(&mut self) {
        self.focus = None;
    }
}

/// Whoever looks sees what a field of text would show.
impl operation::TextInput for State {
    fn text(&self) -> &str {
        &self.reads
    }

    fn move_cursor_to_front(&mut self) {}

    fn move_cursor_to_end(&mut self) {}

    fn move_cursor_to(&mut self, _position: usize) {}

    fn select_all(&mut self) {}

    fn select_range(&mut self, _start: usize, _end: usize) {}
}

impl State {
    fn open(&mut self, labels: &[Label], chosen: Option<usize>, written: &str) {
        let mut options = Options::new(labels, chosen);
        if !written.is_empty() {
            options.list(labels, written);
            options.go_to_best(labels, written);
        }
        self.refused = None;
        self.open = Some(Open { written: written.to_owned(), options });
    }

    fn write(&mut self, labels: &[Label], change: impl FnOnce(&mut String)) {
        let Some(open) = &mut self.open else { return };
        change(&mut open.written);
        open.options.list(labels, &open.written);
        open.options.go_to_best(labels, &open.written);
    }

    /// Closes it without choosing; what was written in vain is told.
    fn close(&mut self, labels: &[Label], chosen: &str) {
        let Some(open) = self.open.take() else { return };
        let written = open.written.trim();
        if !written.is_empty() {
            let fitting = match meaning(labels, written) {
                Meaning::One(_) => 1,
                Meaning::Several(count) => count,
                Meaning::Nothing => 0,
            };
            self.refused = Some(Refused { written: written.to_owned(), chosen: chosen.to_owned(), fitting });
        }
    }
}

/// How the list is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By Tab, or by another key that does something else.
    Key,
    /// By a click elsewhere, or since something else took the focus.
    Elsewhere,
}

/// The choice that is made by leaving it, if any.
fn left_with(open: &Open, labels: &[Label], way: Way) -> Option<usize> {
    let written = open.written.trim();
    if written.is_empty() {
        return open.options.at().filter(|_| way == Way::Key && open.options.was_moved());
    }
    match (meaning(labels, written), way) {
        (_, Way::Key) if open.options.was_moved() => open.options.at(),
        (Meaning::One(at), Way::Key) => Some(at),
        (Meaning::One(at), Way::Elsewhere) => {
            let (name, written) = (labels[at].name.trim().to_lowercase(), written.to_lowercase());
            (name == written).then_some(at)
        }
        _ => None,
    }
}

fn motion(key: &Key) -> Option<Motion> {
    match key {
        Key::Named(key) => Motion::of(*key),
        _ => None,
    }
}

/// What a key writes, if it does.
fn letters(text: Option<&str>, modifiers: Modifiers) -> Option<&str> {
    text.filter(|text| is_plain(modifiers) && !text.is_empty() && !text.chars().any(char::is_control))
}

impl<Message: Clone> DropDown<'_, Message> {
    /// A key while it is closed; says whether it did anything.
    fn open_by_key(&self, state: &mut State, key: &Key, text: Option<&str>, modifiers: Modifiers) -> bool {
        let is_opening = matches!(key, Key::Named(Named::Enter | Named::Space));
        let opens_and_goes = motion(key).filter(|motion| !matches!(motion, Motion::Page(_)));
        if is_plain(modifiers) && is_opening {
            state.open(&self.labels, self.chosen, "");
        } else if let Some(motion) = opens_and_goes.filter(|_| is_plain(modifiers) || modifiers == Modifiers::ALT) {
            state.open(&self.labels, self.chosen, "");
            if let (Some(open), true) = (&mut state.open, self.chosen.is_none() || !matches!(motion, Motion::Step(_))) {
                open.options.go(motion);
            }
        } else if let Some(letters) = letters(text, modifiers) {
            state.open(&self.labels, self.chosen, letters);
        } else {
            return false;
        }
        true
    }

    /// Closes what lost the focus to something else, and chooses what it was left with.
    fn settle(&self, state: &mut State, shell: &mut Shell<'_, Message>) {
        let Some(open) = state.open.as_ref().filter(|_| state.focus.is_none()) else { return };
        match left_with(open, &self.labels, Way::Elsewhere) {
            Some(at) => {
                state.open = None;
                shell.publish_maybe((self.on_choice)(at));
            }
            None => state.close(&self.labels, self.name_of(self.chosen)),
        }
        changed(shell);
    }
}

/// It looks different from now on.
fn changed<Message>(shell: &mut Shell<'_, Message>) {
    shell.invalidate_layout();
    shell.request_redraw();
}

trait Publish<Message> {
    fn publish_maybe(&mut self, message: Option<Message>);
}

impl<Message> Publish<Message> for Shell<'_, Message> {
    fn publish_maybe(&mut self, message: Option<Message>) {
        if let Some(message) = message {
            self.publish(message);
        }
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
        let chosen = self.name_of(self.chosen);
        if let Some(open) = &mut state.open {
            open.options.list(&self.labels, &open.written);
        }
        // Another value makes an earlier attempt old.
        state.refused = state.refused.take().filter(|refused| refused.chosen == chosen);
        let refusal = state.refused.as_ref().map(|it| (self.words.refused)(&it.written, it.fitting));
        let written = state.open.as_ref().map(|open| open.written.as_str()).filter(|written| !written.is_empty());
        let room = (size.width - 2.0 * INSET - HANDLE).max(0.0);
        let refusal_room = if refusal.is_some() && self.chosen.is_some() { room * 0.6 } else { room };
        state.refusal.update(refusal.as_deref().unwrap_or_default(), theme::REGULAR, theme::SMALL, refusal_room);
        let reads = match (written, &refusal) {
            (Some(written), _) => written.to_owned(),
            (None, Some(refusal)) if self.chosen.is_none() => refusal.clone(),
            _ => chosen.to_owned(),
        };
        let room = if refusal.is_some() && self.chosen.is_some() { room - state.refusal.width() - GAP } else { room };
        state.line.update(&reads, theme::REGULAR, theme::BODY, room);
        state.reads = reads;
        state.handle.update(&char::from(Icon::ChevronDown).to_string(), ICONS, theme::BODY, HANDLE);
        layout::Node::new(size)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State>();
        operation.focusable(self.id.as_ref(), layout.bounds(), state);
        operation.text_input(self.id.as_ref(), layout.bounds(), state);
        if state.refused.is_some() && self.chosen.is_some() {
            let words = state.refused.as_ref().map(|it| (self.words.refused)(&it.written, it.fitting));
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
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let is_meant = is_over && !shell.is_event_captured();
                if is_meant && state.open.is_none() {
                    state.open(&self.labels, self.chosen, "");
                    shell.capture_event();
                }
                let focus = is_meant.then_some(Focus::Pointer);
                if state.focus != focus || state.refused.is_some() || is_meant {
                    (state.focus, state.refused) = (focus, None);
                    changed(shell);
                }
                self.settle(state, shell);
            }
            // It has opened since the list was asked, by a key that came with this one.
            Event::Keyboard(keyboard::Event::KeyPressed { key, text, modifiers, repeat, .. })
                if state.focus.is_some() && state.open.is_some() && !shell.is_event_captured() =>
            {
                let mut sheet = Sheet { field: self, state, anchor: layout.bounds() };
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
            // Something else is done by now.
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
        let tone = match (written, self.chosen, &state.refused) {
            (true, ..) | (false, Some(_), _) => colours.ink,
            (false, None, Some(_)) => colours.warning,
            (false, None, None) => colours.muted,
        };
        state.line.draw(renderer, inner, tone, clip);
        if written {
            // Where the next letter will stand.
            let caret = Rectangle { x: inner.x + state.line.width() + 1.0, width: 1.0, ..bounds.shrink(7.0) };
            renderer.fill_quad(renderer::Quad { bounds: caret, snap: true, ..renderer::Quad::default() }, colours.ink);
        } else if state.refused.is_some() && self.chosen.is_some() {
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
        // The keyboard opens it out of sight as well: then the list stands at the edge.
        let anchor = layout.bounds() + translation;
        let state = tree.state.downcast_mut::<State>();
        state.open.is_some().then(|| overlay::Element::new(Box::new(Sheet { field: self, state, anchor })))
    }
}

/// The list that has dropped down.
struct Sheet<'a, 'b, Message> {
    field: &'b DropDown<'a, Message>,
    state: &'b mut State,
    /// Where the field stands.
    anchor: Rectangle,
}

impl<Message: Clone> Sheet<'_, '_, Message> {
    fn choose(&mut self, at: usize, focus: Focus, shell: &mut Shell<'_, Message>) {
        self.state.open = None;
        self.state.focus = Some(focus);
        if self.field.chosen != Some(at) {
            shell.publish_maybe((self.field.on_choice)(at));
        }
        changed(shell);
    }

    /// Leaves it. Says whether something was written that chose nothing.
    fn leave(&mut self, way: Way, shell: &mut Shell<'_, Message>) -> bool {
        let field = self.field;
        let Some(open) = &self.state.open else { return false };
        let is_written = !open.written.trim().is_empty();
        let choice = left_with(open, &field.labels, way);
        match choice {
            Some(at) => self.choose(at, Focus::Keyboard, shell),
            None => self.state.close(&field.labels, field.name_of(field.chosen)),
        }
        changed(shell);
        is_written && choice.is_none()
    }

    fn key(
        &mut self,
        (key, text, modifiers, is_held): (&Key, Option<&str>, Modifiers, bool),
        clipboard: &dyn Clipboard,
        shell: &mut Shell<'_, Message>,
    ) {
        let field = self.field;
        let Some(open) = &mut self.state.open else { return };
        let at = open.options.at();
        match key {
            Key::Named(
                Named::Shift
                | Named::Control
                | Named::Alt
                | Named::AltGraph
                | Named::Super
                | Named::Meta
                | Named::CapsLock,
            ) => return,
            Key::Named(Named::Tab) => {
                self.leave(Way::Key, shell);
                return;
            }
            Key::Named(Named::Escape) => self.state.open = None,
            Key::Named(Named::ArrowUp | Named::ArrowDown) if modifiers.alt() => self.state.open = None,
            Key::Character(letter) if modifiers.command() && letter.eq_ignore_ascii_case("v") => {
                let pasted = clipboard.read(clipboard::Kind::Standard).unwrap_or_default();
                let pasted: String =
                    pasted.lines().next().unwrap_or_default().chars().filter(|it| !it.is_control()).collect();
                self.state.write(&field.labels, |written| written.push_str(&pasted));
            }
            Key::Named(Named::Backspace) if modifiers.command() => self.state.write(&field.labels, String::clear),
            _ if !is_plain(modifiers) => {
                // What it would do is not done past something that was written here.
                let is_in_vain = !open.written.trim().is_empty() && left_with(open, &field.labels, Way::Key).is_none();
                if !is_in_vain {
                    self.leave(Way::Key, shell);
                    return;
                }
            }
            Key::Named(Named::Enter) => {
                if let Some(at) = at.filter(|_| !is_held) {
                    self.choose(at, Focus::Keyboard, shell);
                }
            }
            Key::Named(Named::Space) if open.written.is_empty() => {
                if let Some(at) = at.filter(|_| !is_held) {
                    self.choose(at, Focus::Keyboard, shell);
                }
            }
            Key::Named(Named::Backspace) => self.state.write(&field.labels, |written| {
                written.pop();
            }),
            _ => match (motion(key), letters(text, modifiers)) {
                (Some(motion), _) => open.options.go(motion),
                (None, Some(letters)) => self.state.write(&field.labels, |written| written.push_str(letters)),
                (None, None) => return,
            },
        }
        shell.capture_event();
        changed(shell);
    }

    fn press(&mut self, place: Option<Point>, sheet: Rectangle, shell: &mut Shell<'_, Message>) {
        let Some(open) = &mut self.state.open else { return };
        match place {
            Some(place) if sheet.contains(place) => {
                if !open.options.take_hold(place, sheet)
                    && let Some(at) = open.options.choice_at(place, sheet)
                {
                    self.choose(at, Focus::Pointer, shell);
                }
                shell.capture_event();
            }
            Some(place) if self.anchor.contains(place) => {
                self.state.open = None;
                shell.capture_event();
            }
            // What was written in vain is seen before anything else is done.
            _ if self.leave(Way::Elsewhere, shell) => shell.capture_event(),
            _ => {}
        }
        changed(shell);
    }
}

impl<Message: Clone> Overlay<Message, Theme, Renderer> for Sheet<'_, '_, Message> {
    fn layout(&mut self, _: &Renderer, window: Size) -> layout::Node {
        let field = self.field;
        let Some(open) = &mut self.state.open else { return layout::Node::new(Size::ZERO) };
        let nothing = (field.words.nothing_fits)(open.written.trim());
        let (size, place) = open.options.place(self.anchor, window);
        open.options.prepare(&field.labels, &nothing, size);
        layout::Node::new(size).move_to(place)
    }

    fn draw(&self, renderer: &mut Renderer, theme: &Theme, _: &renderer::Style, layout: Layout<'_>, _: mouse::Cursor) {
        if let Some(open) = &self.state.open {
            open.options.draw(renderer, theme, layout.bounds(), &self.field.labels, self.field.chosen);
        }
    }

    fn operate(&mut self, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        if let Some(open) = &self.state.open {
            let nothing = (self.field.words.nothing_fits)(open.written.trim());
            open.options.operate(layout.bounds(), &self.field.labels, &nothing, operation);
        }
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
    ) {
        let sheet = layout.bounds();
        if self.state.focus.is_none() {
            // Something else has taken the focus; the field itself sees to it.
            return;
        }
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key, text, modifiers, repeat, .. }) => {
                self.key((key, text.as_deref(), *modifiers, *repeat), clipboard, shell);
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => self.press(cursor.position(), sheet, shell),
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => {
                if let Some(open) = &mut self.state.open {
                    open.options.let_go();
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                let (Some(open), Some(place)) = (&mut self.state.open, cursor.position()) else { return };
                if open.options.is_dragged() {
                    open.options.drag(place, sheet);
                    changed(shell);
                } else if let Some(at) = open.options.choice_at(place, sheet)
                    && open.options.at() != Some(at)
                {
                    open.options.stand_at(Some(at));
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) => {
                if cursor.is_over(sheet) {
                    if let Some(open) = &mut self.state.open {
                        open.options.turn(*delta);
                    }
                    shell.capture_event();
                    changed(shell);
                } else {
                    self.leave(Way::Elsewhere, shell);
                }
            }
            Event::Window(window::Event::Resized(_) | window::Event::Unfocused) => {
                self.leave(Way::Elsewhere, shell);
            }
            _ => {}
        }
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, _: &Renderer) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Pointer } else { mouse::Interaction::None }
    }
}

impl<'a, Message: Clone + 'a> From<DropDown<'a, Message>> for Element<'a, Message> {
    fn from(it: DropDown<'a, Message>) -> Self {
        Element::new(it)
    }
}
