use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use iced::keyboard::{Key, Modifiers, key};
use iced::widget::{Id, TextInput, column, container, pick_list, text, text_input, toggler};
use iced::{Element, Fill, Theme};
use lucide_icons::Icon;

use super::{Focusable, ICONS, focusable, note};
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
    field(about, choice_list(choices, chosen, placeholder, is_wrong, on_choice).id(id))
}

/// A list that drops down to choose from; with the keyboard the choice is made without its dropping down.
pub(in crate::desktop) fn choice_list<'a, T, Message>(
    choices: Vec<T>,
    chosen: Option<T>,
    placeholder: &'static str,
    is_wrong: bool,
    on_choice: impl Fn(T) -> Message + 'a,
) -> Focusable<'a, Message>
where
    T: ToString + PartialEq + Clone + 'a,
    Message: Clone + 'a,
{
    let choices: Rc<[T]> = choices.into();
    let on_choice = Rc::new(on_choice);
    let at = chosen.as_ref().and_then(|chosen| choices.iter().position(|choice| choice == chosen));
    let (by_key, on_key) = (Rc::clone(&choices), Rc::clone(&on_choice));
    let words = chosen.as_ref().map_or_else(|| placeholder.to_owned(), ToString::to_string);
    let style = redrawn_with(&words, theme::choice(is_wrong));
    let list = pick_list(choices, chosen, move |choice| on_choice(choice)).placeholder(placeholder).width(Fill);
    let list = list.padding([6, 9]).text_size(theme::BODY).style(style).menu_style(theme::choices);
    focusable(list).drops_down().on_key(move |key, modifiers| {
        let to = choice_by_key(&by_key, at, key, modifiers)?;
        by_key.get(to).cloned().map(|choice| on_key(choice))
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
fn choice_by_key<T: ToString>(choices: &[T], at: Option<usize>, key: &Key, modifiers: Modifiers) -> Option<usize> {
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
            (after..choices.len())
                .chain(0..after)
                .find(|&at| choices[at].to_string().to_lowercase().starts_with(&letter))
        }
        _ => None,
    }
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
