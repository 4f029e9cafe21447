//! Which earlier rules take a part of what one matches to another fagsystem.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::rules::book::CriterionKind;
use crate::rules::coverage::{Coverage, Moments, Piece, go_together};

/// The earlier blocks that decide a message which the block matches too, and send it to another fagsystem; in order, at most
/// so many.
pub fn overlaps(coverage: &Coverage, at: usize, most: usize) -> Vec<usize> {
    let part = Part { coverage, at, others: OnceCell::new() };
    // Where it is the first for nothing, nothing after the last of those that are takes a part of it.
    let latest = || part.others().last_key_value().map_or(at, |(latest, _)| *latest + 1);
    let end = if coverage.is_first(at).is_empty() { latest() } else { at };
    (0..end.min(at)).filter(|earlier| part.is_taken_by(*earlier)).take(most).collect()
}

/// The blocks that are the first for a value that the block matches, at moments at which it is the first for none itself.
fn first_where_hidden(coverage: &Coverage, at: usize) -> BTreeMap<usize, Moments> {
    let block = coverage.block(at);
    let hidden = block.moments.without(coverage.is_first(at));
    let mut others: BTreeMap<usize, Moments> = BTreeMap::new();
    if !hidden.is_empty() {
        coverage.cover(block.kind).first_over(block.place, |first, _, moments| {
            let known = others.get(&first).is_some_and(|known| known.covers(moments));
            if !known && moments.meets(&hidden) {
                others.entry(first).or_default().add(&moments.both(&hidden));
            }
            false
        });
    }
    others
}

/// What a block matches, and earlier ones may take.
struct Part<'c> {
    coverage: &'c Coverage,
    at: usize,
    /// Worked out only when it matters.
    others: OnceCell<BTreeMap<usize, Moments>>,
}

impl Part<'_> {
    fn others(&self) -> &BTreeMap<usize, Moments> {
        self.others.get_or_init(|| first_where_hidden(self.coverage, self.at))
    }

    fn is_taken_by(&self, earlier: usize) -> bool {
        let (block, other) = (self.coverage.block(self.at), self.coverage.block(earlier));
        if other.fagsystem == block.fagsystem || !go_together(block.kind, other.kind) {
            return false;
        }
        // Who writes to a number is decided by rules on that number, whatever happens to the authority's others.
        let decides = match block.kind {
            CriterionKind::RecipientCvr => self.coverage.is_first(earlier),
            _ => self.coverage.decides(earlier),
        };
        if !decides.meets(&block.moments) {
            return false;
        }
        if other.kind == block.kind {
            let shares = |piece: &Piece| {
                block.place.both(piece.place).is_some() && piece.moments.both(&block.moments).meets(decides)
            };
            return self.coverage.pieces(earlier).iter().any(shares);
        }
        // A message with both facts, for whose other one the block itself or one after the earlier is the first.
        self.coverage.is_first(self.at).meets(decides)
            || self.others().range(earlier + 1..).any(|(_, moments)| moments.meets(decides))
    }
}
