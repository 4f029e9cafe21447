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

/// Between a field and the words below it.
const BELOW: Padding = Padding { top: 2.0, right: 0.0, bottom: 0.0, left: 0.0 };

/// What stands around a value to be filled in: its name above, what is wrong with it or a hint below.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Field {
    pub label: &'static str,
    pub error: Option<String>,
    pub hint: Option<String>,
    /// What may not be meant so.
    pub doubt: Option<String>,
    /// How what is written was understood.
    pub reading: Option<String>,
    /// What is written counts to the letter, also what cannot be seen in it.
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

    /// To be filled in with an address: nobody can know where one leads that holds what cannot be seen, so that is told and
    /// not left out.
    pub fn address(mut self) -> Self {
        self.is_verbatim = true;
        self
    }

    pub fn hint(mut self, hint: impl Into<Option<String>>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A field with its name above and words below, which come and go without moving the fields that follow.
pub(in crate::desktop) fn field<'a, Message: 'a>(
    about: Field,
    input: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let is_told = Rc::default();
    framed(about, input, &is_told)
}

/// The cell says whether what is wrong is to look so when it is drawn.
fn framed<'a, Message: 'a>(
    about: Field,
    input: impl Into<Element<'a, Message>>,
    is_told: &Rc<Cell<bool>>,
) -> Element<'a, Message> {
    let is_wrong = about.error.is_some() || about.doubt.is_some();
    let told = match (about.error, about.doubt, about.reading) {
        (Some(error), ..) => Some(told(error, theme::bad, is_told)),
        (None, Some(doubt), _) => Some(told(doubt, theme::warning, is_told)),
        (None, None, reading) => reading.map(note),
    };
    let label = text(about.label).size(theme::SMALL).font(theme::SEMIBOLD);
    let input = column![label, input.into()].spacing(4);
    let below: Element<'a, Message> = match (told, about.hint) {
        // It stands where the hint stood.
        (told, Some(hint)) => container(told.unwrap_or_else(|| note(hint))).padding(BELOW).into(),
        (told, None) => hanging(container(column![told]).padding(BELOW)).into(),
    };
    frame(column![input, below].width(Fill), is_wrong, Rc::clone(is_told)).into()
}

/// What is wrong, in that tone once it is to look so.
fn told<'a>(words: String, tone: Tone, is_told: &Rc<Cell<bool>>) -> iced::widget::Text<'a> {
    let is_told = Rc::clone(is_told);
    text(words).size(theme::SMALL).style(move |theme| if is_told.get() { tone(theme) } else { theme::muted(theme) })
}

/// Where one writes what is to be found.
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

/// A text to write. What is copied into it comes without the characters that nobody can see in it.
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
    written_field(about, text_input(placeholder, value).id(id).on_input(on_input).on_submit(on_submit))
}

/// A field that one writes in.
fn written_field<'a, Message: Clone + 'a>(about: Field, input: TextInput<'a, Message>) -> Element<'a, Message> {
    let is_wrong = about.error.is_some();
    let is_told = Rc::new(Cell::new(true));
    let looks_wrong = Rc::clone(&is_told);
    let input = input
        .padding([6, 9])
        .size(theme::BODY)
        .style(move |theme, status| theme::told_input(is_wrong && looks_wrong.get())(theme, status));
    framed(about, input, &is_told)
}

/// A text that nobody should see over one's shoulder.
pub(in crate::desktop) fn secret_field<'a, Message: Clone + 'a>(
    about: Field,
    id: &'static str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
    on_submit: Message,
) -> Element<'a, Message> {
    written_field(about, text_input("", value).id(id).secure(true).on_input(on_input).on_submit(on_submit))
}

/// Something that is on or off.
pub(in crate::desktop) fn switch<'a, Message: Clone + 'a>(
    label: &'a str,
    is_on: bool,
    on_toggle: impl Fn(bool) -> Message + 'a,
) -> Element<'a, Message> {
    let toggled = on_toggle(!is_on);
    let switch = toggler(is_on).label(label).on_toggle(on_toggle).style(theme::switch);
    // The ring needs space around the switch.
    focusable(container(switch).padding([3, 4])).on_activate(toggled).into()
}
