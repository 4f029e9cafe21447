//! The pictures of the guide, which the tests make of the program itself: each in both languages, as the window is.

use std::sync::OnceLock;

/// A picture, dot by dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// In dots.
    pub width: u32,
    /// In dots.
    pub height: u32,
    /// Four bytes for each dot, row by row: red, green, blue, opacity.
    pub rgba: Vec<u8>,
}

macro_rules! files {
    ($($file:literal),*) => {
        const FILES: &[(&str, &[u8])] = &[$(($file, include_bytes!(concat!("../../resources/pictures/", $file)))),*];
    };
}

files!(
    "contact-points.png",
    "contact-points-en.png",
    "overview.png",
    "overview-en.png",
    "package.png",
    "package-en.png",
    "router.png",
    "router-en.png",
    "rules.png",
    "rules-en.png",
    "story.png",
    "story-en.png"
);

/// The picture in the file of that name, read when it is first asked for; `None` if the guide has none such.
#[must_use]
pub fn picture(file: &str) -> Option<&'static Pixels> {
    static READ: [OnceLock<Option<Pixels>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    let at = FILES.iter().position(|(name, _)| *name == file)?;
    READ[at].get_or_init(|| read(FILES[at].1)).as_ref()
}

fn read(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgba).ok()?;
    (info.color_type == png::ColorType::Rgba).then_some(Pixels { width: info.width, height: info.height, rgba })
}
