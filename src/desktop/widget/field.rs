use iced::widget::{Id, TextInput, column, container, text, text_input, toggler};
use iced::{Element, Fill};
use lucide_icons::Icon;

use super::{ICONS, focusable, note};
use crate::desktop::theme;

/// What stands around a value to be filled in: its name above, what is wrong with it or a hint below.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Field {
    pub label: &'static str,
    pub error: Option<String>,
    pub hint: Option<String>,
    /// What may not be meant so.
    pub doubt: Option<String>,
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

    pub fn hint(mut self, hint: impl Into<Option<String>>) -> Self {
        self.hint = hint.into();
        self
    }
}

pub(super) fn field<'a, Message: 'a>(about: Field, input: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let below = match (about.error, about.doubt, about.hint) {
        (Some(error), ..) => Some(text(error).size(theme::SMALL).style(theme::bad)),
        (None, Some(doubt), _) => Some(text(doubt).size(theme::SMALL).style(theme::warning)),
        (None, None, hint) => hint.map(note),
    };
    let label = text(about.label).size(theme::SMALL).font(theme::SEMIBOLD);
    column![label, input.into(), below].spacing(4).width(Fill).into()
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
    let field = text_input(placeholder, value).id(id).on_input(on_input).icon(icon);
    field.padding([5, 9]).size(theme::BODY).style(theme::input(false))
}

pub(in crate::desktop) fn text_field<'a, Message: Clone + 'a>(
    about: Field,
    id: impl Into<Id>,
    placeholder: &str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
    on_submit: Message,
) -> Element<'a, Message> {
    let is_wrong = about.error.is_some();
    let input = text_input(placeholder, value).id(id).on_input(on_input).on_submit(on_submit);
    field(about, input.padding([6, 9]).size(theme::BODY).style(theme::input(is_wrong)))
}

/// A text that nobody should see over one's shoulder.
pub(in crate::desktop) fn secret_field<'a, Message: Clone + 'a>(
    about: Field,
    id: &'static str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
    on_submit: Message,
) -> Element<'a, Message> {
    let is_wrong = about.error.is_some();
    let input = text_input("", value).id(id).secure(true).on_input(on_input).on_submit(on_submit);
    field(about, input.padding([6, 9]).size(theme::BODY).style(theme::input(is_wrong)))
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
