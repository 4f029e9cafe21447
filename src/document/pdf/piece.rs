//! What goes onto pages: pieces that are never divided.

use std::rc::Rc;

use super::ink::Ink;
use super::lines::Line;
use super::structure::NodeNumber;
use crate::picture::{Palette, Picture};

/// A stretch of a page as wide as its words, which stays whole.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    /// What is kept free above it, unless it is the first on its page.
    pub gap: f32,
    pub height: f32,
    /// Whether the next piece must be on the same page.
    pub keeps_next: bool,
    /// Whether it begins a page.
    pub begins_page: bool,
    /// The number of the heading that begins with it.
    pub heading: Option<usize>,
    /// What stands above it where it is the first of its page, though not where it begins a table.
    pub head: Option<Rc<Head>>,
    pub marks: Vec<Mark>,
}

/// The names of a table's columns.
#[derive(Debug)]
pub(super) struct Head {
    pub height: f32,
    pub marks: Vec<Mark>,
}

/// What is drawn, from the top left of its piece.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    Words {
        x: f32,
        baseline: f32,
        line: Line,
        node: NodeNumber,
    },
    Line {
        x: f32,
        y: f32,
        width: f32,
        thickness: f32,
        ink: Ink,
    },
    Picture {
        picture: Rc<Picture>,
        palette: Rc<Palette>,
        scale: f32,
        node: NodeNumber,
    },
    /// The page of the heading of that number, which ends at `right`.
    PageOf {
        right: f32,
        baseline: f32,
        heading: usize,
        node: NodeNumber,
    },
    /// Leads to the heading of that number, from anywhere in the piece.
    Link {
        heading: usize,
        words: String,
        node: NodeNumber,
    },
}
