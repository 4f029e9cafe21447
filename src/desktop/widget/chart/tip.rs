use iced::advanced::widget::Operation;
use iced::advanced::{Renderer as _, renderer};
use iced::{Border, Color, Point, Rectangle, Renderer, Size, Theme, border};

use super::look::Look;
use super::plot::ABOVE;
use super::words::{Words, words};
use crate::desktop::theme;

/// The words about the bar that the mouse is over.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct Tip {
    pub title: String,
    /// The number of each kind.
    pub lines: Vec<(Look, String)>,
    pub sum: String,
    /// What is marked there, each in a line.
    pub marks: Vec<String>,
}

impl Tip {
    const PADDING: f32 = 10.0;
    const LINE: f32 = 19.0;
    const SWATCH: f32 = 11.0;
    /// The space between a swatch and its number.
    const GAP: f32 = 8.0;

    fn size(&self) -> Size {
        let width = |line: Words<'_>| line.size().width;
        let lines = self.lines.iter().map(|(_, line)| Self::SWATCH + Self::GAP + width(words(line, Color::BLACK)));
        let title = Words { font: theme::SEMIBOLD, ..words(&self.title, Color::BLACK) };
        let plain = [width(title), width(words(&self.sum, Color::BLACK))];
        let marks = self.marks.iter().map(|mark| width(words(mark, Color::BLACK)));
        let widest = lines.chain(plain).chain(marks).fold(0.0, f32::max);
        #[expect(clippy::cast_precision_loss, reason = "there are few lines")]
        let lines = (self.lines.len() + self.marks.len()) as f32 + 2.0;
        Size::new(widest.ceil() + 2.0 * Self::PADDING, lines * Self::LINE + 2.0 * Self::PADDING - 4.0)
    }

    /// Draws it beside a bar, on the side with room for it.
    pub(super) fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        bounds: Rectangle,
        bar: Rectangle,
        clip: Rectangle,
    ) {
        const AWAY: f32 = 10.0;
        let (colours, size) = (theme::colours(theme), self.size());
        let right = bar.x + bar.width + AWAY;
        let is_right = right + size.width <= bounds.x + bounds.width;
        let x = if is_right { right } else { (bar.x - AWAY - size.width).max(bounds.x) };
        let place = Rectangle { x: x.round(), y: bounds.y + ABOVE, width: size.width, height: size.height };
        let border: Border = border::rounded(theme::ROUND).color(colours.strong_line).width(1);
        let box_ = renderer::Quad { bounds: place, border, snap: true, ..renderer::Quad::default() };
        renderer.fill_quad(box_, colours.surface);
        let mut y = place.y + Self::PADDING - 2.0;
        let left = place.x + Self::PADDING;
        let title = Words { font: theme::SEMIBOLD, ..words(&self.title, colours.ink) };
        title.write(renderer, Point::new(left, y), clip);
        for (look, line) in &self.lines {
            y += Self::LINE;
            let swatch = Rectangle { x: left, y: y + 3.0, width: Self::SWATCH, height: Self::SWATCH };
            look.fill(renderer, theme, swatch);
            words(line, colours.ink).write(renderer, Point::new(left + Self::SWATCH + Self::GAP, y), clip);
        }
        for line in std::iter::once(&self.sum).chain(&self.marks) {
            y += Self::LINE;
            words(line, colours.muted).write(renderer, Point::new(left, y), clip);
        }
    }

    /// Tells each line to whoever asks for the text.
    pub(super) fn tell(&self, bounds: Rectangle, operation: &mut dyn Operation) {
        operation.text(None, bounds, &self.title);
        self.lines.iter().for_each(|(_, words)| operation.text(None, bounds, words));
        operation.text(None, bounds, &self.sum);
        self.marks.iter().for_each(|words| operation.text(None, bounds, words));
    }
}
