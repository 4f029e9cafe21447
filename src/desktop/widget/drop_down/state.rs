//! The typed text of an open list, and what leaving the list chooses.

use iced::advanced::widget::operation;
use iced::keyboard::{Key, Modifiers};

use super::super::focusable::{Focus, is_plain};
use super::super::line_of_text::LineOfText;
use super::super::options::{Label, Meaning, Options, meaning};
use super::super::scroll::Motion;

/// The open list and the text typed in it.
#[derive(Debug)]
pub(super) struct Open {
    pub written: String,
    pub options: Options,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub focus: Option<Focus>,
    pub open: Option<Open>,
    /// The text that chose nothing when the list was left.
    pub refused: Option<Refused>,
    pub is_hovered: bool,
    /// The text that the field shows.
    pub reads: String,
    pub line: LineOfText,
    pub refusal: LineOfText,
    pub handle: LineOfText,
}

#[derive(Debug)]
pub(super) struct Refused {
    pub written: String,
    /// The name that was chosen then.
    pub chosen: String,
    pub fitting: usize,
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

/// Operations, such as tests, see the text as that of a text field.
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
    pub fn open(&mut self, labels: &[Label], chosen: Option<usize>, written: &str) {
        let mut options = Options::new(labels, chosen);
        if !written.is_empty() {
            options.list(labels, written);
            options.go_to_best(labels, written);
        }
        self.refused = None;
        self.open = Some(Open { written: written.to_owned(), options });
    }

    pub fn write(&mut self, labels: &[Label], change: impl FnOnce(&mut String)) {
        let Some(open) = &mut self.open else { return };
        change(&mut open.written);
        open.options.list(labels, &open.written);
        open.options.go_to_best(labels, &open.written);
    }

    /// Closes it without choosing. Typed text is remembered as refused.
    pub fn close(&mut self, labels: &[Label], chosen: &str) {
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

/// How a list is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// With Tab, or with a shortcut.
    Key,
    /// With a click elsewhere, or because another widget took the focus.
    Elsewhere,
}

/// The option that leaving the list chooses, if any.
pub(super) fn left_with(open: &Open, labels: &[Label], way: Way) -> Option<usize> {
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

pub(super) fn motion(key: &Key) -> Option<Motion> {
    match key {
        Key::Named(key) => Motion::of(*key),
        _ => None,
    }
}

/// The text that a key types, if any.
pub(super) fn letters(text: Option<&str>, modifiers: Modifiers) -> Option<&str> {
    text.filter(|text| is_plain(modifiers) && !text.is_empty() && !text.chars().any(char::is_control))
}
