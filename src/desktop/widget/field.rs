use iced::widget::{column, container, pick_list, text, text_input};
use iced::{Element, Fill};

use super::note;
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

fn field<'a, Message: 'a>(about: Field, input: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let below = match (about.error, about.doubt, about.hint) {
        (Some(error), ..) => Some(text(error).size(theme::SMALL).style(theme::bad)),
        (None, Some(doubt), _) => Some(text(doubt).size(theme::SMALL).style(theme::warning)),
        (None, None, hint) => hint.map(note),
    };
    let label = text(about.label).size(theme::SMALL).font(theme::SEMIBOLD);
    column![label, input.into(), below].spacing(4).width(Fill).into()
}

pub(in crate::desktop) fn text_field<'a, Message: Clone + 'a>(
    about: Field,
    id: &'static str,
    placeholder: &str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
    on_submit: Message,
) -> Element<'a, Message> {
    let is_wrong = about.error.is_some();
    let input = text_input(placeholder, value).id(id).on_input(on_input).on_submit(on_submit);
    field(about, input.padding([6, 9]).size(theme::BODY).style(theme::input(is_wrong)))
}

pub(in crate::desktop) fn choice_field<'a, T, Message>(
    about: Field,
    id: &'static str,
    choices: Vec<T>,
    chosen: Option<T>,
    placeholder: &'static str,
    on_choice: impl Fn(T) -> Message + 'a,
) -> Element<'a, Message>
where
    T: ToString + PartialEq + Clone + 'a,
    Message: Clone + 'a,
{
    let is_wrong = about.error.is_some();
    let list = pick_list(choices, chosen, on_choice).placeholder(placeholder).width(Fill).padding([6, 9]);
    let list = list.text_size(theme::BODY).style(theme::choice(is_wrong)).menu_style(theme::choices);
    field(about, container(list).id(id))
}
