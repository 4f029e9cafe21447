//! Which earlier rules take a part of what one matches to another fagsystem.

use crate::rules::book::CriterionKind;
use crate::rules::coverage::{Coverage, go_together};

/// The earlier blocks that decide a message which the block matches too, and send it to another fagsystem; in order, at most
/// so many.
pub fn overlaps(coverage: &Coverage, at: usize, most: usize) -> Vec<usize> {
    (0..at).filter(|earlier| takes_a_part(coverage, *earlier, at)).take(most).collect()
}

fn takes_a_part(coverage: &Coverage, earlier: usize, at: usize) -> bool {
    let (block, other) = (coverage.block(at), coverage.block(earlier));
    if other.fagsystem == block.fagsystem || !go_together(block.kind, other.kind) {
        return false;
    }
    // Who writes to a number is decided by rules on that number, whatever happens to the authority's others.
    let decides = match block.kind {
        CriterionKind::RecipientCvr => coverage.is_first(earlier),
        _ => coverage.decides(earlier),
    };
    if !decides.meets(&block.moments) {
        return false;
    }
    if other.kind == block.kind {
        let shares = |piece: &crate::rules::coverage::Piece| {
            block.place.both(piece.place).is_some() && piece.moments.both(&block.moments).meets(decides)
        };
        return coverage.pieces(earlier).iter().any(shares);
    }
    // A message with both facts, for whose other one the block itself or one after the earlier is the first.
    coverage.is_first(at).meets(decides)
        || coverage
            .cover(block.kind)
            .first_over(block.place, |first, _, moments| first > earlier && moments.both(&block.moments).meets(decides))
}
