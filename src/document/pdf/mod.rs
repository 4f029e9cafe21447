//! A document as a PDF file.
//!
//! Words are shaped (`fonts`) and broken into lines (`lines`), blocks become pieces that are never divided (`blocks`,
//! `table`), pieces go onto pages (`paging`), and pages are drawn (`drawing`, `figure`) together with what says what is a heading, a
//! list or a cell (`structure`). Distances are in points, 72 to an inch, from the top left.

mod blocks;
mod drawing;
mod figure;
mod fonts;
mod ink;
mod lines;
mod paging;
mod piece;
mod structure;
mod table;

use self::blocks::{Pieces, Setter};
use self::paging::paged;
use super::content::Document;

/// Why a document could not be printed as PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the document cannot be made a PDF file: {0}")]
pub struct PdfError(String);

/// A page and what is kept free around it: A4, in points.
#[derive(Debug, Clone, Copy)]
struct Sheet;

impl Sheet {
    const WIDTH: f32 = 595.276;
    const HEIGHT: f32 = 841.89;
    const LEFT: f32 = 56.7;
    const TOP: f32 = 68.0;
    const BOTTOM: f32 = 62.0;
    /// How wide the words are.
    const ROOM: f32 = Self::WIDTH - 2.0 * Self::LEFT;
    /// How high a page's words are.
    const DEPTH: f32 = Self::HEIGHT - Self::TOP - Self::BOTTOM;
}

impl Document {
    /// The document as a PDF file of A4 pages, accessible by PDF/UA-1.
    ///
    /// # Errors
    ///
    /// [`PdfError`] when the file would not be accessible, or the bundled fonts are damaged. No document that was tried is.
    pub fn to_pdf(&self) -> Result<Vec<u8>, PdfError> {
        let mut setter = Setter::new()?;
        let Pieces { pieces, structure } = setter.set(self);
        drawing::draw(self, &mut setter.fonts, structure, &paged(&pieces))
    }
}
