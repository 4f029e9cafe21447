use iced::Element;
use lucide_icons::Icon;

use super::drop_down::{ChoiceWords, DropDown, drop_down};
use super::field::{Field, field};
use super::options::Label;

/// A value to choose, with its name in the window's language.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<T> {
    pub value: T,
    pub(super) label: Label,
}

impl<T> Choice<T> {
    pub fn new(value: T, name: impl Into<String>) -> Self {
        Self { value, label: Label::new(name) }
    }

    pub fn name(&self) -> &str {
        &self.label.name
    }

    /// Under that heading. Choices with the same heading must be adjacent.
    pub fn under(self, heading: &'static str) -> Self {
        Self { label: Label { heading, ..self.label }, ..self }
    }

    /// Typing this word finds it as well; it is not shown.
    pub fn also(self, word: impl Into<String>) -> Self {
        Self { label: Label { also: word.into(), ..self.label }, ..self }
    }

    pub fn symbol(self, symbol: Icon) -> Self {
        Self { label: Label { symbol: Some(char::from(symbol)), ..self.label }, ..self }
    }
}

pub(in crate::desktop) fn choice_field<'a, T, Message>(
    about: Field,
    id: &'static str,
    choices: impl IntoIterator<Item = Choice<T>>,
    chosen: Option<&T>,
    (placeholder, words): (&'static str, ChoiceWords),
    on_choice: impl Fn(T) -> Message + 'a,
) -> Element<'a, Message>
where
    T: PartialEq + Clone + 'a,
    Message: Clone + 'a,
{
    let is_wrong = about.error.is_some();
    let list = choice_list(choices, chosen, (placeholder, words), on_choice);
    field(about, list.id(id).marked(is_wrong))
}

/// A drop-down list of choices. See [`DropDown`].
pub(in crate::desktop) fn choice_list<'a, T, Message>(
    choices: impl IntoIterator<Item = Choice<T>>,
    chosen: Option<&T>,
    (placeholder, words): (&'static str, ChoiceWords),
    on_choice: impl Fn(T) -> Message + 'a,
) -> DropDown<'a, Message>
where
    T: PartialEq + Clone + 'a,
    Message: Clone + 'a,
{
    let (mut values, mut labels) = (Vec::new(), Vec::new());
    for choice in choices {
        values.push(choice.value);
        labels.push(choice.label);
    }
    let at = chosen.and_then(|chosen| values.iter().position(|value| value == chosen));
    let on_choice = move |at: usize| values.get(at).cloned().map(&on_choice);
    drop_down(labels, at, placeholder, words, on_choice)
}
