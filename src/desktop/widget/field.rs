use std::cell::Cell;
use std::rc::Rc;

use iced::widget::{Id, TextInput, column, container, text, text_input, toggler};
use iced::{Element, Fill, Padding};
use lucide_icons::Icon;

use super::focusable::focusable;
use super::frame::frame;
use super::hanging::hanging;
use super::icon::ICONS;
use super::words::note;
use crate::desktop::theme::{self, Tone};
use crate::visible::as_seen;

/// The space between a field and the words below it.
const BELOW: Padding = Padding { top: 2.0, right: 0.0, bottom: 0.0, left: 0.0 };

/// The words around an input: its label above, an error or a hint below.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Field {
    pub label: &'static str,
    pub error: Option<String>,
    pub hint: Option<String>,
    /// Why the value may not be intended; it can be saved all the same.
    pub doubt: Option<String>,
    /// How the typed text was understood.
    pub reading: Option<String>,
    /// Invisible characters in the text are part of the value.
    is_verbatim: bool,
}

impl Field {
    pub fn new(label: &'static str) -> Self {
        Self { label, ..Self::default() }
    }

    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    pub fn doubt(mut self, doubt: Option<String>) -> Self {
        self.doubt = doubt;
        self
    }

    pub fn reading(mut self, reading: Option<String>) -> Self {
        self.reading = reading;
        self
    }

    /// For an address. Invisible characters are reported and not removed: nobody could know where the address without them
    /// leads.
    pub fn address(mut self) -> Self {
        self.is_verbatim = true;
        self
    }

    pub fn hint(mut self, hint: impl Into<Option<String>>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// An input with its label above and words below. The words appear without moving the fields below.
pub(in crate::desktop) fn field<'a, Message: 'a>(
    about: Field,
    input: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let shows_errors = Rc::default();
    framed(about, input, &shows_errors)
}

/// The cell says, when it is drawn, whether an error looks like one.
fn framed<'a, Message: 'a>(
    about: Field,
    input: impl Into<Element<'a, Message>>,
    shows_errors: &Rc<Cell<bool>>,
) -> Element<'a, Message> {
    let is_wrong = about.error.is_some() || about.doubt.is_some();
    let problem_or_reading = match (about.error, about.doubt, about.reading) {
        (Some(error), ..) => Some(problem(error, theme::bad, shows_errors)),
        (None, Some(doubt), _) => Some(problem(doubt, theme::warning, shows_errors)),
        (None, None, reading) => reading.map(note),
    };
    let label = text(about.label).size(theme::SMALL).font(theme::SEMIBOLD);
    let input = column![label, input.into()].spacing(4);
    let below: Element<'a, Message> = match (problem_or_reading, about.hint) {
        // The error replaces the hint.
        (words, Some(hint)) => container(words.unwrap_or_else(|| note(hint))).padding(BELOW).into(),
        (words, None) => hanging(container(column![words]).padding(BELOW)).into(),
    };
    frame(column![input, below].width(Fill), is_wrong, Rc::clone(shows_errors)).into()
}

/// An error or doubt, in that tone once it should look like one.
fn problem<'a>(words: String, tone: Tone, shows_errors: &Rc<Cell<bool>>) -> iced::widget::Text<'a> {
    let shows_errors = Rc::clone(shows_errors);
    text(words)
        .size(theme::SMALL)
        .style(move |theme| if shows_errors.get() { tone(theme) } else { theme::muted(theme) })
}

/// A field for text to search for.
pub(in crate::desktop) fn search_field<'a, Message: Clone + 'a>(
    id: &'static str,
    placeholder: &str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
) -> TextInput<'a, Message> {
    let icon = text_input::Icon {
        font: ICONS,
        code_point: char::from(Icon::Search),
        size: Some(15.0.into()),
        spacing: 8.0,
        side: text_input::Side::Left,
    };
    let on_input = move |text: String| on_input(as_seen(&text).into_owned());
    let field = text_input(placeholder, value).id(id).on_input(on_input).icon(icon);
    field.padding([5, 9]).size(theme::BODY).style(theme::input(false))
}

/// A field for a line of text. Invisible characters are removed from what is pasted into it, unless it is for an address.
pub(in crate::desktop) fn text_field<'a, Message: Clone + 'a>(
    about: Field,
    id: impl Into<Id>,
    placeholder: &str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
    on_submit: Message,
) -> Element<'a, Message> {
    let is_verbatim = about.is_verbatim;
    let on_input = move |text: String| on_input(if is_verbatim { text } else { as_seen(&text).into_owned() });
    styled_field(about, text_input(placeholder, value).id(id).on_input(on_input).on_submit(on_submit))
}

/// What all text fields have in common.
fn styled_field<'a, Message: Clone + 'a>(about: Field, input: TextInput<'a, Message>) -> Element<'a, Message> {
    let is_wrong = about.error.is_some();
    let shows_errors = Rc::new(Cell::new(true));
    let looks_wrong = Rc::clone(&shows_errors);
    let input = input
        .padding([6, 9])
        .size(theme::BODY)
        .style(move |theme, status| theme::checked_input(is_wrong && looks_wrong.get())(theme, status));
    framed(about, input, &shows_errors)
}

/// A field for a secret, which is shown as dots.
pub(in crate::desktop) fn secret_field<'a, Message: Clone + 'a>(
    about: Field,
    id: &'static str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
    on_submit: Message,
) -> Element<'a, Message> {
    styled_field(about, text_input("", value).id(id).secure(true).on_input(on_input).on_submit(on_submit))
}

/// A switch with its label.
pub(in crate::desktop) fn switch<'a, Message: Clone + 'a>(
    label: &'a str,
    is_on: bool,
    on_toggle: impl Fn(bool) -> Message + 'a,
) -> Element<'a, Message> {
    let toggled = on_toggle(!is_on);
    let switch = toggler(is_on).label(label).on_toggle(on_toggle).style(theme::switch);
    // The focus ring needs space around the switch.
    focusable(container(switch).padding([3, 4])).on_activate(toggled).into()
}
