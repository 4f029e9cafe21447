//! A picture by the toolkit: its shapes as geometry, which is kept while the picture is the same, and its words as text.

use std::sync::Arc;

use iced::advanced::Renderer as _;
use iced::advanced::graphics::geometry::{self, Frame, LineDash, Path, Renderer as _, Stroke, Style};
use iced::advanced::text::{self as core_text, Alignment, Renderer as _, Shaping, Wrapping};
use iced::widget::canvas::Cache;
use iced::{Color, Pixels, Point, Rectangle, Renderer, Size, Theme, Vector, alignment};

use crate::desktop::theme;
use crate::picture::{
    Anchor, BASELINE, Bounds, Ink, LINE_HEIGHT, Look, Outline, Palette, Picture, Rgb, Shape, Step, Words, width,
};

/// What was drawn last.
#[derive(Default)]
pub(super) struct Drawn {
    cache: Cache,
    of: Option<(Arc<Picture>, Palette)>,
    /// Whether an odd number of pictures have been drawn.
    is_odd: bool,
    /// Whether each word is drawn by itself. The toolkit keeps the letters that it has made, but makes each space anew, which took
    /// half of the time of a redraw.
    pub is_by_word: bool,
}

/// How much smaller the layer of every other picture is, in logical pixels.
const LAYER_INSET: f32 = 0.01;

impl Drawn {
    /// Draws the picture with its upper left corner there, as far as it lies in `clip`.
    pub fn draw(&mut self, picture: &Arc<Picture>, renderer: &mut Renderer, theme: &Theme, at: Point, clip: Rectangle) {
        let palette = theme::shown_palette(theme);
        let is_same = self
            .of
            .as_ref()
            .is_some_and(|(drawn, with)| (Arc::ptr_eq(drawn, picture) || drawn == picture) && *with == palette);
        if !is_same {
            self.cache.clear();
            self.is_odd = !self.is_odd;
        }
        // Lines that lie on whole pixels of the picture are sharp only if the picture does.
        let at = Point::new(at.x.round(), at.y.round());
        let size = Size::new(picture.size.width, picture.size.height);
        let geometry = self.cache.draw(renderer, size, |frame| draw_shapes(picture, &palette, frame));
        // The toolkit draws the window anew for each place where the words of a layer have changed, and hundreds of those took
        // seconds. A layer with other bounds is drawn once, as a whole.
        let inset = if self.is_odd { LAYER_INSET } else { 0.0 };
        let layer = Rectangle { width: clip.width - inset, ..clip };
        renderer.with_layer(layer, |renderer| {
            renderer.with_translation(Vector::new(at.x, at.y), |renderer| renderer.draw_geometry(geometry));
            for shape in picture.drawable() {
                if let Shape::Words(words) = shape {
                    if self.is_by_word {
                        by_word(words).for_each(|word| write(&word, &palette, renderer, at, clip));
                    } else {
                        write(words, &palette, renderer, at, clip);
                    }
                }
            }
        });
        // The same picture, made anew, is not compared again and again.
        self.of = Some((Arc::clone(picture), palette));
    }
}

/// Draws an area with a look, without keeping its geometry.
pub(super) fn draw_look(look: Look, renderer: &mut Renderer, theme: &Theme, area: Rectangle) {
    let size = crate::picture::Size::new(area.width, area.height);
    let mut picture = Picture::new(size, "");
    picture.fill_with(Bounds::new(0.0, 0.0, area.width, area.height), look);
    let mut frame = Frame::new(renderer, area.size());
    draw_shapes(&picture, &theme::shown_palette(theme), &mut frame);
    let geometry = frame.into_geometry();
    let at = Vector::new(area.x.round(), area.y.round());
    renderer.with_translation(at, |renderer| renderer.draw_geometry(geometry));
}

fn draw_shapes(picture: &Picture, palette: &Palette, frame: &mut Frame<Renderer>) {
    for shape in picture.drawable() {
        match shape {
            Shape::Area(outline, ink) => frame.fill(&path(outline), colour(*ink, palette)),
            Shape::Line { outline, ink, width, dash } => {
                let segments = dash.map(|dash| [dash, dash]);
                let line_dash = LineDash { segments: segments.as_ref().map_or(&[], |it| it.as_slice()), offset: 0 };
                let style = Style::Solid(colour(*ink, palette));
                frame.stroke(&path(outline), Stroke { style, width: *width, line_dash, ..Stroke::default() });
            }
            Shape::Words(_) => {}
        }
    }
}

fn path(outline: &Outline) -> Path {
    let point = |point: crate::picture::Point| Point::new(point.x, point.y);
    Path::new(|path: &mut geometry::path::Builder| {
        for step in outline.steps() {
            match *step {
                Step::Move(to) => path.move_to(point(to)),
                Step::Line(to) => path.line_to(point(to)),
                Step::Curve(one, other, to) => path.bezier_curve_to(point(one), point(other), point(to)),
                Step::Close => path.close(),
            }
        }
    })
}

pub(super) fn colour(ink: Ink, palette: &Palette) -> Color {
    let Rgb(red, green, blue) = palette.colour(ink.tone);
    Color { a: ink.opacity, ..Color::from_rgb8(red, green, blue) }
}

/// Where a line of a picture is whose upper left corner is there.
pub(super) fn place_of(words: &Words, corner: Point) -> Rectangle {
    let begin = words.begin();
    Rectangle {
        x: corner.x + begin.x,
        y: corner.y + begin.y - BASELINE * words.size,
        width: width(&words.text, words.size, words.is_bold),
        height: LINE_HEIGHT * words.size,
    }
}

/// Each word of a line at its place.
fn by_word(line: &Words) -> impl Iterator<Item = Words> {
    let begin = line.begin();
    let mut passed = 0;
    line.text.split(' ').filter_map(move |word| {
        let before = &line.text[..passed];
        passed += word.len() + 1;
        let x = begin.x + width(before, line.size, line.is_bold);
        let at = crate::picture::Point::new(x, begin.y);
        (!word.is_empty()).then(|| Words { text: word.to_owned(), at, anchor: Anchor::Start, ..line.clone() })
    })
}

/// Writes a line whose bounds the toolkit can erase, and none that sticks out of the clip: it would be drawn all the same.
fn write(words: &Words, palette: &Palette, renderer: &mut Renderer, corner: Point, clip: Rectangle) {
    let place = place_of(words, corner);
    let place = Rectangle { width: place.width + 2.0, height: place.height + 1.0, ..place };
    if place.y < clip.y || place.y + place.height > clip.y + clip.height {
        return;
    }
    let Some(in_sight) = place.intersection(&clip) else { return };
    let text = core_text::Text {
        content: words.text.clone(),
        bounds: place.size(),
        size: Pixels(words.size),
        line_height: core_text::LineHeight::Relative(LINE_HEIGHT),
        font: if words.is_bold { theme::SEMIBOLD } else { theme::REGULAR },
        align_x: Alignment::Left,
        align_y: alignment::Vertical::Top,
        shaping: Shaping::default(),
        wrapping: Wrapping::None,
    };
    // The toolkit draws a line by way of a mask of the whole window wherever what it draws anew does not hold these bounds, and passes
    // over a line whose bounds lie outside: they are no larger than the line.
    renderer.fill_text(text, place.position(), colour(words.ink, palette), in_sight);
}
