//! Pictures among the words of a page.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;

use super::blocks::BODY;
use super::drawing::Pen;
use super::fonts::Weight;
use super::lines::{Style, part};
use crate::document::content::Look;
use crate::picture::{Ink, Outline, Palette, Picture, Rgb, Shape, Step, Words};

impl Pen<'_> {
    /// The picture at the surface's place and scale. Nothing reaches beyond its edges.
    pub fn picture(&mut self, picture: &Picture, palette: &Palette, surface: &mut Surface<'_>) {
        let mut edge = PathBuilder::new();
        edge.push_rect(match Rect::from_xywh(0.0, 0.0, picture.size.width, picture.size.height) {
            Some(area) => area,
            None => return,
        });
        let Some(edge) = edge.finish() else { return };
        surface.push_clip_path(&edge, &FillRule::NonZero);
        for shape in picture.drawable() {
            match shape {
                Shape::Area(outline, ink) => {
                    surface.set_stroke(None);
                    surface.set_fill(Some(fill(*ink, palette)));
                    if let Some(path) = path(outline) {
                        surface.draw_path(&path);
                    }
                }
                Shape::Line { outline, ink, width, dash } => {
                    surface.set_fill(None);
                    surface.set_stroke(Some(stroke(*ink, (*width, *dash), palette)));
                    if let Some(path) = path(outline) {
                        surface.draw_path(&path);
                    }
                }
                Shape::Words(words) => self.line(words, palette, surface),
            }
        }
        surface.pop();
    }

    fn line(&mut self, words: &Words, palette: &Palette, surface: &mut Surface<'_>) {
        let weight = if words.is_bold { Weight::SemiBold } else { Weight::Regular };
        let style = Style { size: words.size, weight, ..BODY };
        let set = part(self.fonts, Look::Plain, &words.text, style);
        let begin = words.begin();
        self.part(&set, (begin.x, begin.y), fill(words.ink, palette), surface);
    }
}

fn fill(ink: Ink, palette: &Palette) -> Fill {
    Fill { paint: colour(ink, palette).into(), opacity: opacity(ink), ..Fill::default() }
}

fn stroke(ink: Ink, (width, dash): (f32, Option<f32>), palette: &Palette) -> Stroke {
    let dash = dash.map(|length| StrokeDash { array: vec![length, length], offset: 0.0 });
    Stroke { paint: colour(ink, palette).into(), opacity: opacity(ink), width, dash, ..Stroke::default() }
}

fn colour(ink: Ink, palette: &Palette) -> rgb::Color {
    let Rgb(red, green, blue) = palette.colour(ink.tone);
    rgb::Color::new(red, green, blue)
}

fn opacity(ink: Ink) -> NormalizedF32 {
    NormalizedF32::new(ink.opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}

/// The course of an outline; `None` where it has none.
fn path(outline: &Outline) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in outline.steps() {
        match *step {
            Step::Move(to) => path.move_to(to.x, to.y),
            Step::Line(to) => path.line_to(to.x, to.y),
            Step::Curve(one, other, to) => path.cubic_to(one.x, one.y, other.x, other.y, to.x, to.y),
            Step::Close => path.close(),
        }
    }
    path.finish()
}
