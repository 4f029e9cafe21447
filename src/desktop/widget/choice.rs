use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use iced::keyboard::{Key, Modifiers, key};
use iced::widget::pick_list;
use iced::{Element, Fill, Theme};

use super::field::field;
use super::{Field, Focusable, focusable, theme};
use crate::desktop::naming::shortened;

/// Something to choose, with its name in the language of the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<T> {
    pub value: T,
    pub name: String,
}

impl<T> Choice<T> {
    pub fn new(value: T, name: impl Into<String>) -> Self {
        Self { value, name: name.into() }
    }

    /// As it stands in a list that has room for so many characters.
    pub fn shortened(self, most: usize) -> Self {
        Self { name: shortened(&self.name, most), ..self }
    }
}

impl<T> fmt::Display for Choice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

pub(in crate::desktop) fn choice_field<'a, T, Message>(
    about: Field,
    id: &'static str,
    choices: impl IntoIterator<Item = Choice<T>>,
    chosen: Option<&T>,
    placeholder: &'static str,
    on_choice: impl Fn(T) -> Message + 'a,
) -> Element<'a, Message>
where
    T: PartialEq + Clone + 'a,
    Message: Clone + 'a,
{
    let is_wrong = about.error.is_some();
    field(about, choice_list(choices, chosen, placeholder, is_wrong, on_choice).id(id))
}

/// A list that drops down to choose from; with the keyboard the choice is made without its dropping down.
pub(in crate::desktop) fn choice_list<'a, T, Message>(
    choices: impl IntoIterator<Item = Choice<T>>,
    chosen: Option<&T>,
    placeholder: &'static str,
    is_wrong: bool,
    on_choice: impl Fn(T) -> Message + 'a,
) -> Focusable<'a, Message>
where
    T: PartialEq + Clone + 'a,
    Message: Clone + 'a,
{
    let choices: Rc<[Choice<T>]> = choices.into_iter().collect();
    let on_choice = Rc::new(on_choice);
    let at = chosen.and_then(|chosen| choices.iter().position(|choice| choice.value == *chosen));
    let chosen = at.map(|at| choices[at].clone());
    let (by_key, on_key) = (Rc::clone(&choices), Rc::clone(&on_choice));
    let words = chosen.as_ref().map_or_else(|| placeholder.to_owned(), ToString::to_string);
    let style = redrawn_with(&words, theme::choice(is_wrong));
    let list = pick_list(choices, chosen, move |choice: Choice<T>| on_choice(choice.value))
        .placeholder(placeholder)
        .width(Fill);
    let list = list.padding([6, 9]).text_size(theme::BODY).style(style).menu_style(theme::choices);
    focusable(list).drops_down().on_key(move |key, modifiers| {
        let to = choice_by_key(&by_key, at, key, modifiers)?;
        by_key.get(to).map(|choice| on_key(choice.value.clone()))
    })
}

/// A list whose words change is drawn as a whole. The toolkit takes words in the middle of a line for standing below the
/// middle, and erases them only there; so the corners are rounder by less than can be seen, and differ for each word.
fn redrawn_with<Style: Fn(&Theme, pick_list::Status) -> pick_list::Style>(
    words: &str,
    style: Style,
) -> impl Fn(&Theme, pick_list::Status) -> pick_list::Style + use<Style> {
    let mut hash = DefaultHasher::new();
    words.hash(&mut hash);
    let trifle = f32::from(u16::try_from(hash.finish() % 4096).unwrap_or_default()) / 500_000.0;
    move |theme, status| {
        let style = style(theme, status);
        pick_list::Style { border: style.border.rounded(theme::ROUND + trifle), ..style }
    }
}

/// The place of the choice that a key goes to. At either end the keys of that direction stay there, and are not left to
/// what stands around.
fn choice_by_key<T>(choices: &[Choice<T>], at: Option<usize>, key: &Key, modifiers: Modifiers) -> Option<usize> {
    if modifiers.command() || modifiers.control() || modifiers.alt() || modifiers.logo() {
        return None;
    }
    let last = choices.len().checked_sub(1)?;
    match key {
        Key::Named(key::Named::ArrowUp) => Some(at.map_or(last, |at| at.saturating_sub(1))),
        Key::Named(key::Named::ArrowDown) => Some(at.map_or(0, |at| last.min(at + 1))),
        Key::Named(key::Named::Home) => Some(0),
        Key::Named(key::Named::End) => Some(last),
        Key::Character(letter) => {
            let letter = letter.to_lowercase();
            let after = at.map_or(0, |at| at + 1);
            (after..choices.len()).chain(0..after).find(|&at| choices[at].name.to_lowercase().starts_with(&letter))
        }
        _ => None,
    }
}
