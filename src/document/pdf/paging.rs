//! Pieces put onto pages.

use std::rc::Rc;

use super::Sheet;
use super::piece::{Head, Piece};

/// What is on a page, with how far below the top of its words each piece begins.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    /// The names of the columns of a table that goes on from the page before.
    pub head: Option<Rc<Head>>,
    pub pieces: Vec<(f32, &'a Piece)>,
    /// How far down it is filled.
    filled: f32,
}

impl<'a> Page<'a> {
    /// Whether these pieces fit below what is there.
    fn has_room_for(&self, pieces: &[Piece]) -> bool {
        let mut filled = self.filled;
        for (at, piece) in pieces.iter().enumerate() {
            filled += if at == 0 && self.pieces.is_empty() { 0.0 } else { piece.gap };
            filled += piece.height;
        }
        filled <= Sheet::DEPTH
    }

    fn put(&mut self, piece: &'a Piece) {
        if self.pieces.is_empty() {
            self.head.clone_from(&piece.head);
            self.filled += self.head.as_ref().map_or(0.0, |head| head.height);
        } else {
            self.filled += piece.gap;
        }
        self.pieces.push((self.filled, piece));
        self.filled += piece.height;
    }
}

/// The pages of the pieces: at least one. What stays together is on one page, unless it is higher than any.
pub(super) fn paged(pieces: &[Piece]) -> Vec<Page<'_>> {
    let mut pages = vec![Page::default()];
    let mut rest = pieces;
    while !rest.is_empty() {
        let ends = |at: &usize| !rest[*at].keeps_next || rest.get(at + 1).is_none_or(|next| next.begins_page);
        let together = (0..rest.len()).find(ends).map_or(rest.len(), |last| last + 1);
        let (group, after) = rest.split_at(together);
        rest = after;
        let is_fresh = pages.last().is_some_and(|page| page.pieces.is_empty());
        let needs_page = group.iter().any(|piece| piece.begins_page);
        if !is_fresh && (needs_page || !pages.last().is_some_and(|page| page.has_room_for(group))) {
            pages.push(Page::default());
        }
        for piece in group {
            let fits = pages.last().is_some_and(|page| page.has_room_for(std::slice::from_ref(piece)));
            if !fits && pages.last().is_some_and(|page| !page.pieces.is_empty()) {
                pages.push(Page::default());
            }
            if let Some(page) = pages.last_mut() {
                // Nothing stands where a page is broken.
                if piece.height > 0.0 || !piece.marks.is_empty() {
                    page.put(piece);
                }
            }
        }
    }
    if pages.len() > 1 && pages.last().is_some_and(|page| page.pieces.is_empty()) {
        pages.pop();
    }
    pages
}
