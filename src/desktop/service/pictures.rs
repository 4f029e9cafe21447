//! Writes pictures to files and to the clipboard.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::files::{documents, free_path};
use super::services::Services;
use crate::desktop::model::error::Error;
use crate::exchange::write_atomically;
use crate::picture::{NotDrawn, Palette, Picture};

/// The pixels of a file for each logical pixel: sharp in print, and on a screen with small pixels. A picture too large for
/// that has fewer.
const SCALES: [f32; 3] = [2.0, 1.0, 0.5];

/// The format of a picture's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Pixels.
    Png,
    /// Shapes and words, which stay sharp however large they are shown.
    Svg,
}

impl PictureFormat {
    /// What the names of such files end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

/// A picture that is to be saved in a place that is being chosen.
#[derive(Debug, Clone)]
pub struct PictureToSave {
    pub picture: Picture,
    pub palette: Palette,
    pub format: PictureFormat,
    /// The suggested name of the file, without its ending.
    pub name: String,
}

impl PictureToSave {
    /// The suggested name of the file.
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.name, self.format.ending())
    }
}

impl Services {
    /// Puts a picture onto the clipboard.
    pub async fn copy_picture(self: Arc<Self>, picture: Picture, palette: Palette) -> Result<(), Error> {
        let copy = move || {
            let pixels = at_most_scale(|scale| picture.to_pixels(&palette, scale))?;
            self.clipboard.copy(pixels).map_err(|error| Error::Clipboard(error.to_string()))
        };
        spawn_blocking(copy).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes a picture, whole or not at all, and returns its path, which ends in the format's ending. A file that is there is
    /// replaced only under the very name that was chosen.
    pub async fn save_picture(picture: PictureToSave, chosen: PathBuf) -> Result<PathBuf, Error> {
        spawn_blocking(move || save(&picture, &chosen)).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes a picture among the person's documents, where it replaces nothing, and returns its path.
    pub async fn save_picture_among_documents(picture: PictureToSave) -> Result<PathBuf, Error> {
        let save = move || save(&picture, &free_path(documents(), &picture.name, picture.format.ending()));
        spawn_blocking(save).await.unwrap_or(Err(Error::Lost))
    }
}

fn save(PictureToSave { picture, palette, format, .. }: &PictureToSave, chosen: &Path) -> Result<PathBuf, Error> {
    let has_ending = chosen.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(format.ending()));
    let path = if has_ending { chosen.to_owned() } else { with_ending(chosen, *format) };
    if !has_ending && path.exists() {
        return Err(Error::FileExists(path));
    }
    let bytes = match format {
        PictureFormat::Png => at_most_scale(|scale| picture.to_png(palette, scale))?,
        PictureFormat::Svg => picture.to_svg(palette).into_bytes(),
    };
    write_atomically(&path, &bytes)?;
    Ok(path)
}

/// The path with the format's ending after whatever its name is.
fn with_ending(path: &Path, format: PictureFormat) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(format.ending());
    path.with_file_name(name)
}

/// Draws with as many pixels as there can be.
fn at_most_scale<T>(draw: impl Fn(f32) -> Result<T, NotDrawn>) -> Result<T, Error> {
    let mut drawn = draw(SCALES[0]);
    for scale in &SCALES[1..] {
        if !matches!(drawn, Err(NotDrawn::Size(..))) {
            break;
        }
        drawn = draw(*scale);
    }
    drawn.map_err(|error| Error::Picture(Arc::new(error)))
}
