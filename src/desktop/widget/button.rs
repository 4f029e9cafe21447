use std::borrow::Cow;

use iced::widget::{Button, button, container, row, text, tooltip};
use iced::{Center, Element, Padding, Theme};
use lucide_icons::Icon;

use super::focusable::focusable;
use super::icon::icon;
use super::one_line::one_line;
use crate::desktop::theme;

/// The toolkit's button, which Tab reaches and Enter and Space press as well.
pub(in crate::desktop) struct FocusButton<'a, Message> {
    button: Button<'a, Message>,
    on_press: Option<Message>,
}

pub(in crate::desktop) fn focus_button<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> FocusButton<'a, Message> {
    FocusButton { button: button(content), on_press: None }
}

impl<'a, Message: 'a> FocusButton<'a, Message> {
    pub fn style(self, style: impl Fn(&Theme, button::Status) -> button::Style + 'a) -> Self {
        Self { button: self.button.style(style), ..self }
    }

    pub fn padding(self, padding: impl Into<Padding>) -> Self {
        Self { button: self.button.padding(padding), ..self }
    }

    pub fn on_press(self, message: Message) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// Without a message the button is disabled.
    pub fn on_press_maybe(self, message: Option<Message>) -> Self {
        Self { on_press: message, ..self }
    }
}

impl<'a, Message: Clone + 'a> From<FocusButton<'a, Message>> for Element<'a, Message> {
    fn from(it: FocusButton<'a, Message>) -> Self {
        focusable(it.button.on_press_maybe(it.on_press.clone())).on_activate_maybe(it.on_press).into()
    }
}

/// A button with an icon before its words.
pub(in crate::desktop) fn labelled_button<'a, Message: 'a>(
    symbol: Icon,
    words: impl text::IntoFragment<'a>,
) -> FocusButton<'a, Message> {
    focus_button(row![icon(symbol), one_line(words)].spacing(8).align_y(Center)).padding([7, 14])
}

/// A button with words alone.
pub(in crate::desktop) fn plain_button<'a, Message: 'a>(
    words: impl text::IntoFragment<'a>,
) -> FocusButton<'a, Message> {
    focus_button(one_line(words)).padding([7, 14])
}

/// A button with an icon alone. Its words are a tooltip.
pub(in crate::desktop) fn icon_button<'a, Message: 'a>(
    symbol: Icon,
    words: impl Into<Cow<'a, str>>,
) -> IconButton<'a, Message> {
    IconButton { button: focus_button(icon(symbol)).padding(7).style(theme::quiet), words: words.into() }
}

/// See [`icon_button`].
pub(in crate::desktop) struct IconButton<'a, Message> {
    button: FocusButton<'a, Message>,
    words: Cow<'a, str>,
}

impl<'a, Message: Clone + 'a> IconButton<'a, Message> {
    pub fn style(self, style: impl Fn(&Theme, button::Status) -> button::Style + 'a) -> Self {
        Self { button: self.button.style(style), ..self }
    }

    pub fn on_press(self, message: Message) -> Element<'a, Message> {
        self.on_press_maybe(Some(message))
    }

    /// Without a message the button is disabled.
    pub fn on_press_maybe(self, message: Option<Message>) -> Element<'a, Message> {
        let words = container(text(self.words).size(theme::SMALL)).padding([4, 8]).style(theme::toast);
        tooltip(self.button.on_press_maybe(message), words, tooltip::Position::Bottom).into()
    }
}
