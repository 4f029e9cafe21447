//! A picture as pixels, and as PNG.

use tiny_skia::{Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};
use ttf_parser::OutlineBuilder;

use super::ink::{Ink, Palette, Rgb};
use super::outline::{Outline, Step};
use super::shape::{Picture, Shape};
use super::words::{Words, advance, face};

/// A picture larger than this many pixels on a side is not drawn, nor one with more pixels than that altogether.
const MOST_PIXELS: f32 = 16_384.0;
const MOST_AREA: f32 = 100.0e6;
/// How many pixels of a screen there are to a metre, as documents count them.
const PIXELS_PER_METRE: f32 = 96.0 / 0.0254;

/// Why there is no image of a picture.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    /// It is empty, one of its sides would have more than 16,384 pixels, or it would have more than 100 million altogether.
    #[error(
        "an image of {0:.0} × {1:.0} pixels cannot be drawn; its sides must be from 1 to 16,384 pixels, and it can have at \
         most 100 million pixels"
    )]
    Size(f32, f32),
    /// The image could not be written as PNG.
    #[error("the image could not be written as PNG: {0}")]
    Png(#[from] png::EncodingError),
}

/// An image: rows from the top down, each pixel with its shares of red, green, blue and opacity, from 0 to 255.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Four bytes for each pixel.
    pub rgba: Vec<u8>,
}

impl Picture {
    /// The picture as an image on the palette's page, with that many pixels for each logical pixel.
    ///
    /// # Errors
    ///
    /// The image would be empty, larger than 16,384 pixels on a side, or larger than 100 million pixels.
    pub fn to_pixels(&self, palette: &Palette, scale: f32) -> Result<Pixels, NotDrawn> {
        let (width, height) = ((self.size.width * scale).ceil(), (self.size.height * scale).ceil());
        let is_drawable = |side: f32| (1.0..=MOST_PIXELS).contains(&side);
        if !is_drawable(width) || !is_drawable(height) || width * height > MOST_AREA {
            return Err(NotDrawn::Size(width, height));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both have just been checked")]
        let mut canvas = Pixmap::new(width as u32, height as u32).ok_or(NotDrawn::Size(width, height))?;
        canvas.fill(colour(palette.page, 1.0));
        let transform = Transform::from_scale(scale, scale);
        for shape in self.drawable() {
            draw(shape, palette, transform, &mut canvas);
        }
        let (width, height) = (canvas.width(), canvas.height());
        // The page covers everything, so no share of a colour has been multiplied by less than one.
        Ok(Pixels { width, height, rgba: canvas.take() })
    }

    /// The picture as a PNG file, likewise. A document shows it as large as the window does, however fine its pixels are.
    ///
    /// # Errors
    ///
    /// The image would be empty, larger than 16,384 pixels on a side, or larger than 100 million pixels.
    pub fn to_png(&self, palette: &Palette, scale: f32) -> Result<Vec<u8>, NotDrawn> {
        let pixels = self.to_pixels(palette, scale)?;
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, pixels.width, pixels.height);
        encoder.set_color(png::ColorType::Rgba);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a scale is small and not negative"
        )]
        let per_metre = (PIXELS_PER_METRE * scale).round() as u32;
        let unit = png::Unit::Meter;
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit }));
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels.rgba)?;
        writer.finish()?;
        Ok(file)
    }
}

fn draw(shape: &Shape, palette: &Palette, transform: Transform, canvas: &mut Pixmap) {
    match shape {
        Shape::Area(outline, ink) => {
            if let Some(path) = path(outline) {
                canvas.fill_path(&path, &paint(*ink, palette), FillRule::Winding, transform, None);
            }
        }
        Shape::Line { outline, ink, width, dash } => {
            let dash = dash.and_then(|dash| StrokeDash::new(vec![dash, dash], 0.0));
            let stroke = Stroke { width: *width, line_cap: LineCap::Butt, dash, ..Stroke::default() };
            if let Some(path) = path(outline) {
                canvas.stroke_path(&path, &paint(*ink, palette), &stroke, transform, None);
            }
        }
        Shape::Words(words) => {
            if let Some(path) = letters(words) {
                canvas.fill_path(&path, &paint(words.ink, palette), FillRule::Winding, transform, None);
            }
        }
    }
}

fn colour(Rgb(red, green, blue): Rgb, opacity: f32) -> Color {
    let mut colour = Color::from_rgba8(red, green, blue, 255);
    colour.set_alpha(opacity.clamp(0.0, 1.0));
    colour
}

fn paint(ink: Ink, palette: &Palette) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(colour(palette.colour(ink.tone), ink.opacity));
    paint
}

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

/// The outlines of a line's letters.
fn letters(words: &Words) -> Option<Path> {
    let face = face(words.is_bold)?;
    let begin = words.begin();
    let scale = words.size / f32::from(face.units_per_em().max(1));
    let mut pen = Pen { path: PathBuilder::new(), x: begin.x, y: begin.y, scale };
    for sign in words.text.chars() {
        face.outline_glyph(face.glyph_index(sign).unwrap_or_default(), &mut pen);
        pen.x += advance(face, sign, words.size);
    }
    pen.path.finish()
}

/// Draws letters, whose y goes up, at a place on the baseline.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
