use std::borrow::Cow;

use iced::widget::{Row, column, container, row};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::button::{icon_button, labelled_button};
use super::line::horizontal_line;
use super::measure::{bold_width, text_width};
use super::one_line::one_line;
use crate::desktop::theme;

/// The space between tools, in logical pixels.
const SPACING: f32 = 6.0;
/// The space between title and tools.
const GAP: f32 = 12.0;
const PADDING: [u16; 2] = [16, 20];
/// The width of a button without its words: icon, space, and padding.
const AROUND_WORDS: f32 = 16.0 + 8.0 + 28.0;
/// The width of a button with an icon alone.
const ICON_BUTTON: f32 = 16.0 + 14.0;

/// A button for something that can be done with a list.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct Tool<'a, Message> {
    pub symbol: Icon,
    pub words: Cow<'a, str>,
    pub on_press: Message,
}

impl<'a, Message> Tool<'a, Message> {
    pub fn new(symbol: Icon, words: impl Into<Cow<'a, str>>, on_press: Message) -> Self {
        Self { symbol, words: words.into(), on_press }
    }

    fn width(&self) -> f32 {
        AROUND_WORDS + text_width(&self.words, theme::BODY)
    }
}

/// The head of a list with tools: title, tools, the main button at the end, and below them a line about the list. That line
/// changes as people work, and must not move a tool. Where not even icons fit beside the title, the tools go below.
pub(in crate::desktop) struct Head<'a, Message> {
    pub title: &'a str,
    pub about: Element<'a, Message>,
    pub tools: Vec<Tool<'a, Message>>,
    pub end: Option<Tool<'a, Message>>,
}

impl<'a, Message: Clone + 'a> Head<'a, Message> {
    /// With a line of text below the title.
    pub fn new(title: &'a str, about: String) -> Self {
        let about = one_line(about).size(theme::SMALL).tone(theme::muted).into();
        Self { title, about, tools: Vec::new(), end: None }
    }

    /// With that below the title, which may be more than a line.
    pub fn about(self, about: impl Into<Element<'a, Message>>) -> Self {
        Self { about: about.into(), ..self }
    }

    /// Lays it out in that width, in logical pixels.
    pub fn view(self, width: f32) -> Element<'a, Message> {
        let width = width - 2.0 * f32::from(PADDING[1]);
        let end = self.end.as_ref().map_or(0.0, |end| end.width() + SPACING);
        #[expect(clippy::cast_precision_loss, reason = "there are few")]
        let icons = self.tools.len() as f32 * (ICON_BUTTON + SPACING);
        let beside = width - bold_width(self.title, theme::TITLE) - GAP - end;
        let has_room = icons <= beside;
        let buttons = tools(self.tools, if has_room { beside } else { width - end });
        let end =
            self.end.map(|end| labelled_button(end.symbol, end.words).style(theme::primary).on_press(end.on_press));
        let buttons = row![buttons, end].spacing(SPACING).align_y(Center);
        let title = one_line(self.title).bold().size(theme::TITLE);
        let head: Element<'a, Message> = if has_room {
            let title = row![container(title).width(Fill), buttons].spacing(GAP).align_y(Center);
            column![title, self.about].spacing(2).into()
        } else {
            column![column![title, self.about].spacing(2), buttons].spacing(8).into()
        };
        column![container(head).padding(PADDING), horizontal_line()].into()
    }
}

/// Tools in a row. As many as fit show their words, from the last one back; the others are icons with their words as a
/// tooltip.
pub(in crate::desktop) fn tools<'a, Message: Clone + 'a>(
    tools: Vec<Tool<'a, Message>>,
    room: f32,
) -> Element<'a, Message> {
    #[expect(clippy::cast_precision_loss, reason = "there are few")]
    let mut left = room - tools.len() as f32 * (ICON_BUTTON + SPACING);
    let mut buttons: Vec<Element<'a, Message>> = Vec::new();
    for tool in tools.into_iter().rev() {
        let more = tool.width() - ICON_BUTTON;
        let has_words = more <= left;
        // All tools before the first that does not fit are icons too, even if a shorter one would fit.
        left = if has_words { left - more } else { 0.0 };
        buttons.push(if has_words {
            labelled_button(tool.symbol, tool.words).style(theme::secondary).on_press(tool.on_press).into()
        } else {
            icon_button(tool.symbol, tool.words).on_press(tool.on_press)
        });
    }
    buttons.reverse();
    Row::with_children(buttons).spacing(SPACING).align_y(Center).into()
}
