//! A picture as SVG: shapes as paths, words as text in the program's typeface where the reader has it, else in a sans serif.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};

use super::ink::{Ink, Palette, Rgb};
use super::outline::{Outline, Step};
use super::shape::{Picture, Shape};
use super::words::{Anchor, Words};
use crate::typeface;

impl Picture {
    /// The picture as an SVG file, on the palette's page. The same picture gives the same bytes.
    #[must_use]
    pub fn to_svg(&self, palette: &Palette) -> String {
        let mut file = Writer::new(Vec::new());
        // Writing into memory does not fail.
        if write(self, palette, &mut file).is_err() {
            return String::new();
        }
        String::from_utf8(file.into_inner()).unwrap_or_default()
    }
}

fn write(picture: &Picture, palette: &Palette, file: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let side = |side: f32| number(if side.is_finite() { side.max(0.0) } else { 0.0 });
    let (width, height) = (side(picture.size.width), side(picture.size.height));
    let view = format!("0 0 {width} {height}");
    let family = format!("'{}', sans-serif", typeface::FAMILY);
    let attributes = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("width", &width),
        ("height", &height),
        ("viewBox", &view),
        ("role", "img"),
        ("font-family", &family),
    ];
    file.create_element("svg").with_attributes(attributes).write_inner_content(|file| {
        file.create_element("title").write_text_content(BytesText::new(&written(&picture.about)))?;
        let page = hex(palette.page);
        let ground = [("width", width.as_str()), ("height", &height), ("fill", &page)];
        file.create_element("rect").with_attributes(ground).write_empty()?;
        for shape in picture.drawable() {
            match shape {
                Shape::Area(outline, ink) => write_area(outline, *ink, palette, file)?,
                Shape::Line { outline, ink, width, dash } => {
                    write_line(outline, (*ink, *width, *dash), palette, file)?;
                }
                Shape::Words(words) => write_words(words, palette, file)?,
            }
        }
        Ok(())
    })?;
    file.write_event(Event::Text(BytesText::new("\n")))
}

fn write_area(outline: &Outline, ink: Ink, palette: &Palette, file: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let (path, colour, opacity) = (path(outline), hex(palette.colour(ink.tone)), number(ink.opacity));
    let attributes = [("d", path.as_str()), ("fill", &colour), ("fill-opacity", &opacity)];
    file.create_element("path").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn write_line(
    outline: &Outline,
    (ink, width, dash): (Ink, f32, Option<f32>),
    palette: &Palette,
    file: &mut Writer<Vec<u8>>,
) -> io::Result<()> {
    let (path, colour, opacity) = (path(outline), hex(palette.colour(ink.tone)), number(ink.opacity));
    let (width, dash) = (number(width), dash.map(number));
    let attributes = [
        ("d", path.as_str()),
        ("fill", "none"),
        ("stroke", &colour),
        ("stroke-opacity", &opacity),
        ("stroke-width", &width),
    ];
    let dash = dash.as_deref().map(|dash| ("stroke-dasharray", dash));
    file.create_element("path").with_attributes(attributes.into_iter().chain(dash)).write_empty()?;
    Ok(())
}

fn write_words(words: &Words, palette: &Palette, file: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let [x, y, size, opacity] = [words.at.x, words.at.y, words.size, words.ink.opacity].map(number);
    let colour = hex(palette.colour(words.ink.tone));
    let anchor = match words.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let attributes = [
        ("x", x.as_str()),
        ("y", &y),
        ("font-size", &size),
        ("font-weight", if words.is_bold { "600" } else { "400" }),
        ("text-anchor", anchor),
        ("fill", &colour),
        ("fill-opacity", &opacity),
    ];
    let element = file.create_element("text").with_attributes(attributes);
    element.write_text_content(BytesText::new(&written(&words.text)))?;
    Ok(())
}

fn path(outline: &Outline) -> String {
    let mut path = String::new();
    for step in outline.steps() {
        let (sign, points): (_, &[_]) = match step {
            Step::Move(to) => ('M', &[*to]),
            Step::Line(to) => ('L', &[*to]),
            Step::Curve(one, other, to) => ('C', &[*one, *other, *to]),
            Step::Close => ('Z', &[]),
        };
        path.push(sign);
        for (at, point) in points.iter().enumerate() {
            let between = if at == 0 { "" } else { " " };
            // Writing into memory does not fail.
            let _ = write!(path, "{between}{} {}", number(point.x), number(point.y));
        }
    }
    path
}

/// A text with only such characters as XML can hold.
fn written(text: &str) -> Cow<'_, str> {
    let is_allowed = |sign: char| !sign.is_control() && !matches!(sign, '\u{fffe}' | '\u{ffff}');
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|sign| if is_allowed(sign) { sign } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// A number with at most two decimals.
fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn hex(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
