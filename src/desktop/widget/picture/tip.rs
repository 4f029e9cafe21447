use iced::advanced::text::{self as core_text, Alignment, Paragraph as _, Renderer as _, Shaping, Wrapping};
use iced::advanced::widget::Operation;
use iced::advanced::{Renderer as _, renderer};
use iced::{Color, Font, Pixels, Point, Rectangle, Renderer, Size, Theme, alignment, border};

use super::drawing::draw_look;
use crate::desktop::theme;
use crate::picture::{Look, wrapped};

const PADDING: f32 = 10.0;
const LINE: f32 = 19.0;
const SIZE: f32 = 12.5;
/// Words that would make it wider than that go on in the next line.
const MOST_WIDTH: f32 = 440.0;
const SWATCH: f32 = 11.0;
/// The space between a swatch and its words.
const GAP: f32 = 8.0;
/// How far it is from the mouse, and from an area.
const AWAY: f32 = 16.0;
const BESIDE: f32 = 10.0;

/// The words about a spot.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::desktop) struct Tip {
    /// Empty where there is nothing to say.
    pub title: String,
    /// What each look stands for there.
    pub lines: Vec<(Look, String)>,
    /// What else there is to say, each in a line.
    pub notes: Vec<String>,
}

/// What a tip stands beside.
#[derive(Debug, Clone, Copy)]
pub(super) enum Beside {
    Mouse(Point),
    /// An area of a picture, and the whole picture, which the tip leaves only where it has no room for it.
    Area(Rectangle, Rectangle),
}

impl Tip {
    /// The first of the words as the title.
    pub fn of(words: &[String]) -> Self {
        let mut words = words.iter().cloned();
        Self { title: words.next().unwrap_or_default(), lines: Vec::new(), notes: words.collect() }
    }

    /// Tells each line to whoever asks for the text.
    pub(super) fn tell(&self, bounds: Rectangle, operation: &mut dyn Operation) {
        let lines = self.lines.iter().map(|(_, words)| words);
        let all = std::iter::once(&self.title).chain(lines).chain(&self.notes);
        all.filter(|words| !words.is_empty()).for_each(|words| operation.text(None, bounds, words));
    }

    /// Each line as it is drawn, from the top down; none is wider than the room.
    fn drawn(&self, room: f32) -> Vec<Line> {
        let title = (None, &self.title, Weight::Title);
        let lines = self.lines.iter().map(|(look, words)| (Some(*look), words, Weight::Plain));
        let notes = self.notes.iter().map(|words| (None, words, Weight::Muted));
        let all = std::iter::once(title).chain(lines).chain(notes);
        all.flat_map(|(look, words, weight)| {
            let indent = if look.is_some() { SWATCH + GAP } else { 0.0 };
            let broken = wrapped(words, SIZE, weight == Weight::Title, room - indent);
            let line = move |(at, words)| Line { look: look.filter(|_| at == 0), indent, words, weight };
            broken.into_iter().enumerate().map(line)
        })
        .collect()
    }
}

struct Line {
    look: Option<Look>,
    indent: f32,
    words: String,
    weight: Weight,
}

#[derive(Clone, Copy, PartialEq)]
enum Weight {
    Title,
    Plain,
    Muted,
}

impl Line {
    fn text<T>(&self, content: T, bounds: Size) -> core_text::Text<T, Font> {
        core_text::Text {
            content,
            bounds,
            size: Pixels(SIZE),
            line_height: core_text::LineHeight::default(),
            font: if self.weight == Weight::Title { theme::SEMIBOLD } else { theme::REGULAR },
            align_x: Alignment::Left,
            align_y: alignment::Vertical::Top,
            shaping: Shaping::default(),
            wrapping: Wrapping::None,
        }
    }

    fn size(&self) -> Size {
        let text = self.text(self.words.as_str(), Size::INFINITE);
        <Renderer as core_text::Renderer>::Paragraph::with_text(text).min_bounds()
    }
}

/// Draws the words about what is pointed at, where there is room for them.
pub(super) fn draw_tip(renderer: &mut Renderer, theme: &Theme, tip: &Tip, beside: Beside, room: Rectangle) {
    if tip.title.is_empty() {
        return;
    }
    let colours = theme::colours(theme);
    let lines = tip.drawn(MOST_WIDTH.min(room.width) - 2.0 * PADDING);
    let sizes: Vec<Size> = lines.iter().map(Line::size).collect();
    let widest = lines.iter().zip(&sizes).fold(0.0, |widest: f32, (line, size)| widest.max(size.width + line.indent));
    #[expect(clippy::cast_precision_loss, reason = "there are few lines")]
    let height = sizes.len() as f32 * LINE + 2.0 * PADDING - 4.0;
    let width = (widest.ceil() + 2.0 * PADDING).min(room.width);
    let (left, right, y, edge) = match beside {
        Beside::Mouse(mouse) => (mouse.x - AWAY, mouse.x + AWAY, mouse.y + AWAY, room.x + room.width),
        Beside::Area(area, whole) => {
            let (left, right) = (area.x - BESIDE, area.x + area.width + BESIDE);
            let edge = if left - width < whole.x { room.x + room.width } else { whole.x + whole.width };
            (left, right, area.y, edge)
        }
    };
    let x = if right + width <= edge { right } else { (left - width).max(room.x) };
    let y = y.min(room.y + room.height - height).max(room.y);
    let place = Rectangle { x: x.round(), y: y.round(), width, height };
    let Some(layer) = place.intersection(&room) else { return };
    renderer.with_layer(layer, |renderer| {
        let border = border::rounded(theme::ROUND).color(colours.strong_line).width(1);
        let sheet = renderer::Quad { bounds: place, border, snap: true, ..renderer::Quad::default() };
        renderer.fill_quad(sheet, colours.surface);
        let mut at = Point::new(place.x + PADDING, place.y + PADDING - 2.0);
        for (line, size) in lines.into_iter().zip(sizes) {
            if let Some(look) = line.look {
                let swatch = Rectangle { x: at.x, y: at.y + 3.0, width: SWATCH, height: SWATCH };
                draw_look(look, renderer, theme, swatch);
            }
            let colour: Color = if line.weight == Weight::Muted { colours.muted } else { colours.ink };
            let text = line.text(line.words.clone(), size.expand(Size::new(1.0, 1.0)));
            renderer.fill_text(text, Point::new(at.x + line.indent, at.y), colour, layer);
            at.y += LINE;
        }
    });
}
