//! Which earlier rules take a part of what one matches to another fagsystem.

use crate::rules::book::CriterionKind;
use crate::rules::coverage::{Coverage, Moments, go_together};

/// The earlier blocks that decide a message which the block matches too, and send it to another fagsystem; in order, at most
/// so many.
pub fn overlaps(coverage: &Coverage, at: usize, most: usize) -> Vec<usize> {
    let block = coverage.block(at);
    // What the block matches is taken by the first of these for each value, whatever else the message says.
    let mut first: Vec<(usize, Moments)> = Vec::new();
    coverage.first_over(block.kind, block.place, |other, _, moments| {
        let shared = moments.both(&block.moments);
        if !shared.is_empty() {
            first.push((other, shared));
        }
    });
    let mut found = Vec::new();
    for earlier in 0..at {
        if found.len() == most {
            break;
        }
        let other = coverage.block(earlier);
        if other.fagsystem == block.fagsystem || !go_together(block.kind, other.kind) {
            continue;
        }
        let decides = if block.kind == CriterionKind::RecipientCvr {
            coverage.is_first(earlier)
        } else {
            coverage.decides(earlier)
        };
        let takes = if other.kind == block.kind {
            first.iter().any(|(first, moments)| *first == earlier && moments.meets(decides))
        } else {
            // A value for which a later one, or the block itself, is the first among its own.
            decides.meets(&block.moments)
                && first.iter().any(|(first, moments)| *first > earlier && moments.meets(decides))
        };
        if takes {
            found.push(earlier);
        }
    }
    found
}
