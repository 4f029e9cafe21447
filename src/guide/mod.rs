//! The guide, as the window shows it: the Markdown pages under `resources/guide`, which are part of the program, read into
//! blocks; where a link leads; the words of the glossary; and the search over all pages.
//!
//! The pages are written to be read in the repository. Nothing here asks more of them than that.

mod block;
mod glossary;
mod library;
mod likeness;
mod marking;
mod pages;
mod pictures;
mod reading;
mod searching;

pub use self::block::{Block, Cell, Document, Link, Place, Span};
pub use self::glossary::{Term, glossary};
pub use self::library::document;
pub use self::marking::marked;
pub use self::pages::GuidePage;
pub use self::pictures::{Pixels, picture};
pub use self::searching::{Found, search};
