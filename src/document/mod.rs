//! Documents that people keep, sign and send: what they say as a value, printed as PDF or as a web page in one file.
//!
//! A [`Document`] has headings, paragraphs, lists and tables (`content`), whatever they are about. [`Document::to_pdf`] puts
//! them on pages of A4, tagged so that they can be read aloud; [`Document::to_html`] writes one page that needs nothing beside
//! it. The same document gives the same bytes.

mod content;
mod html;
mod pdf;
mod words;

pub use content::{Block, Column, Definition, Document, Level, Look, Run, Table, Text};
pub use pdf::PdfError;
