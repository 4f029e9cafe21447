use iced::advanced::layout::{self, Layout};
use iced::advanced::text as core_text;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{mouse, renderer};
use iced::{Element, Font, Length, Rectangle, Renderer, Size, Theme};

use super::Tone;
use super::line_of_text::LineOfText;
use crate::desktop::theme;

/// A text on one line that ends in "…" where there is no room for the rest. The toolkit's own text would be cut off
/// in the middle of a letter.
pub(in crate::desktop) struct OneLine<'a> {
    content: core_text::Fragment<'a>,
    font: Font,
    size: f32,
    tone: Option<Tone>,
}

pub(in crate::desktop) fn one_line<'a>(content: impl core_text::IntoFragment<'a>) -> OneLine<'a> {
    OneLine { content: content.into_fragment(), font: theme::REGULAR, size: theme::BODY, tone: None }
}

impl OneLine<'_> {
    pub fn bold(self) -> Self {
        Self { font: theme::SEMIBOLD, ..self }
    }

    pub fn size(self, size: f32) -> Self {
        Self { size, ..self }
    }

    pub fn tone(self, tone: Tone) -> Self {
        Self { tone: Some(tone), ..self }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for OneLine<'_> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<LineOfText>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(LineOfText::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let line = tree.state.downcast_mut::<LineOfText>();
        line.update(&self.content, self.font, self.size, limits.max().width);
        layout::Node::new(limits.resolve(Length::Shrink, Length::Shrink, line.size()))
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        defaults: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let style = self.tone.map(|tone| tone(theme)).unwrap_or_default();
        let colour = style.color.unwrap_or(defaults.text_color);
        let line = tree.state.downcast_ref::<LineOfText>();
        line.draw(renderer, layout.bounds(), colour, *viewport);
    }

    fn operate(&mut self, _: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.content);
    }
}

impl<'a, Message: 'a> From<OneLine<'a>> for Element<'a, Message> {
    fn from(line: OneLine<'a>) -> Self {
        Element::new(line)
    }
}
