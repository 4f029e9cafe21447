use std::marker::PhantomData;

use iced::advanced::layout::{self, Layout};
use iced::advanced::text as core_text;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, overlay, renderer};
use iced::{Element, Event, Font, Length, Rectangle, Renderer, Size, Theme, Vector};

use super::line_of_text::LineOfText;
use super::whole_words::WholeWords;
use crate::desktop::theme::{self, Tone};

/// Text on one line. If it does not fit it ends in "…", and is shown in full while the mouse is over it. The toolkit's own
/// text would be cut off in the middle of a letter.
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

/// The line as a widget. It sends no messages, but a widget of the toolkit has a type for them.
struct Drawn<'a, Message> {
    line: OneLine<'a>,
    message: PhantomData<Message>,
}

#[derive(Debug, Default)]
struct State {
    line: LineOfText,
    /// The mouse is over it, and it is shortened.
    shows_whole: bool,
    whole: WholeWords,
}

impl<Message> Widget<Message, Theme, Renderer> for Drawn<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let line = &mut tree.state.downcast_mut::<State>().line;
        line.update(&self.line.content, self.line.font, self.line.size, limits.max().width);
        layout::Node::new(limits.resolve(Length::Shrink, Length::Shrink, line.size()))
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        _: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let shows_whole = state.line.is_shortened() && cursor.is_over(layout.bounds()) && cursor.is_over(*viewport);
        if state.shows_whole != shows_whole {
            state.shows_whole = shows_whole;
            shell.invalidate_layout();
            shell.request_redraw();
        }
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
        let style = self.line.tone.map(|tone| tone(theme)).unwrap_or_default();
        let colour = style.color.unwrap_or(defaults.text_color);
        let line = &tree.state.downcast_ref::<State>().line;
        line.draw(renderer, layout.bounds(), colour, *viewport);
    }

    fn operate(&mut self, _: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.line.content);
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _: &Renderer,
        _: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let State { line, shows_whole, whole } = tree.state.downcast_mut::<State>();
        let anchor = layout.bounds() + translation;
        (*shows_whole && line.is_shortened()).then(|| whole.beside(anchor, &self.line.content))
    }
}

impl<'a, Message: 'a> From<OneLine<'a>> for Element<'a, Message> {
    fn from(line: OneLine<'a>) -> Self {
        Element::new(Drawn { line, message: PhantomData })
    }
}
