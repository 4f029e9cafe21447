use iced::advanced::layout::{self, Layout};
use iced::advanced::text::paragraph::Plain;
use iced::advanced::text::{self as core_text, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, Widget, text, tree};
use iced::advanced::{mouse, renderer};
use iced::{Element, Font, Length, Pixels, Rectangle, Renderer, Size, Theme, alignment};

use super::Tone;
use crate::desktop::theme;

/// A text on one line that ends in "…" where there is no room for the rest. The toolkit's own text would be cut off
/// in the middle of a letter.
pub(in crate::desktop) struct OneLine<'a> {
    content: core_text::Fragment<'a>,
    font: Font,
    size: Pixels,
    tone: Option<Tone>,
}

pub(in crate::desktop) fn one_line<'a>(content: impl core_text::IntoFragment<'a>) -> OneLine<'a> {
    OneLine { content: content.into_fragment(), font: theme::REGULAR, size: theme::BODY.into(), tone: None }
}

impl OneLine<'_> {
    pub fn bold(self) -> Self {
        Self { font: theme::SEMIBOLD, ..self }
    }

    pub fn size(self, size: f32) -> Self {
        Self { size: size.into(), ..self }
    }

    pub fn tone(self, tone: Tone) -> Self {
        Self { tone: Some(tone), ..self }
    }

    fn line<'b>(&self, content: &'b str) -> core_text::Text<&'b str, Font> {
        core_text::Text {
            content,
            bounds: Size::INFINITE,
            size: self.size,
            line_height: core_text::LineHeight::default(),
            font: self.font,
            align_x: core_text::Alignment::Default,
            align_y: alignment::Vertical::Top,
            shaping: Shaping::default(),
            wrapping: Wrapping::None,
        }
    }
}

type Paragraph = <Renderer as core_text::Renderer>::Paragraph;

/// The line as it is drawn, and what it was made from.
#[derive(Debug, Default)]
struct State {
    drawn: Plain<Paragraph>,
    content: String,
    room: f32,
}

impl<Message> Widget<Message, Theme, Renderer> for OneLine<'_> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    #[expect(clippy::float_cmp, reason = "only the very same width needs no new line")]
    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        let room = limits.max().width;
        let as_drawn = state.drawn.as_text();
        let is_same_style = as_drawn.font == self.font && as_drawn.size == self.size;
        if !is_same_style || state.content != self.content || state.room != room {
            state.drawn.update(self.line(&self.content));
            if state.drawn.min_width() > room {
                shorten(&mut state.drawn, &self.content, room, |content| self.line(content));
            }
            self.content.as_ref().clone_into(&mut state.content);
            state.room = room;
        }
        layout::Node::new(limits.resolve(Length::Shrink, Length::Shrink, state.drawn.min_bounds()))
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
        let state = tree.state.downcast_ref::<State>();
        let style = self.tone.map(|tone| tone(theme)).unwrap_or_default();
        text::draw(renderer, defaults, layout.bounds(), state.drawn.raw(), style, viewport);
    }

    fn operate(&mut self, _: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.content);
    }
}

/// Finds the longest beginning of the text that fits with "…" behind it.
fn shorten(drawn: &mut Plain<Paragraph>, content: &str, room: f32, line: impl Fn(&str) -> core_text::Text<&str, Font>) {
    let ends: Vec<usize> = content.char_indices().map(|(at, _)| at).collect();
    let beginning = |length: usize| format!("{}…", content[..ends[length]].trim_end());
    let (mut fits, mut too_long) = (0, ends.len());
    while fits + 1 < too_long {
        let middle = usize::midpoint(fits, too_long);
        drawn.update(line(&beginning(middle)));
        if drawn.min_width() <= room {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    drawn.update(line(&beginning(fits)));
}

impl<'a, Message: 'a> From<OneLine<'a>> for Element<'a, Message> {
    fn from(line: OneLine<'a>) -> Self {
        Element::new(line)
    }
}
