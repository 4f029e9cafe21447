use iced::widget::{Button, button};
use iced::{Element, Padding, Theme};

use super::focusable;

/// The toolkit's button, reached with Tab and pressed with Enter and Space as well.
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

    pub fn on_press_maybe(self, message: Option<Message>) -> Self {
        Self { on_press: message, ..self }
    }
}

impl<'a, Message: Clone + 'a> From<FocusButton<'a, Message>> for Element<'a, Message> {
    fn from(it: FocusButton<'a, Message>) -> Self {
        focusable(it.button.on_press_maybe(it.on_press.clone())).on_activate_maybe(it.on_press).into()
    }
}
