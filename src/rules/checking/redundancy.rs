//! Whether messages would go to the same fagsystem without a rule.

use crate::rules::book::CriterionKind;
use crate::rules::coverage::{Coverage, Moments, Piece, Place, go_together};

/// Whether the block decides, and each message that it decides would go to the same fagsystem without it.
pub fn is_redundant(coverage: &Coverage, at: usize) -> bool {
    if coverage.decides(at).is_empty() {
        return false;
    }
    let without = Without { coverage, at };
    if without.no_later_one_differs() {
        return true;
    }
    let recipients = without.by_recipient();
    !without.differs_at_the_start_of_a_piece(&recipients) && without.every_message_stays(&recipients)
}

/// What would decide for a block's messages if it were not there.
struct Without<'c> {
    coverage: &'c Coverage,
    at: usize,
}

/// The block that is next, or `None`: the default recipient.
type Next = Option<usize>;

/// What is next by rules on one of the authority's numbers, and when.
type ByRecipient = Vec<(Next, Moments)>;

impl Without<'_> {
    /// Whether no block after it, and not the default recipient, has another fagsystem.
    fn no_later_one_differs(&self) -> bool {
        let own = self.fagsystem(Some(self.at));
        let later = &self.coverage.blocks.in_order[self.at + 1..];
        self.coverage.blocks.default == own && later.iter().all(|block| block.fagsystem == own)
    }

    fn fagsystem(&self, decider: Next) -> u32 {
        decider.map_or(self.coverage.blocks.default, |at| self.coverage.block(at).fagsystem)
    }

    /// What the block decides: the values, at moments at which it decides them for one of the authority's numbers.
    fn decided(&self) -> impl Iterator<Item = Piece> + '_ {
        let closed = match self.kind() {
            CriterionKind::RecipientCvr => Moments::default(),
            _ => self.coverage.closed_before(self.at).clone(),
        };
        let pieces = self.coverage.pieces(self.at).iter();
        let open = pieces.map(move |piece| Piece { place: piece.place, moments: piece.moments.without(&closed) });
        open.filter(|piece| !piece.moments.is_empty())
    }

    fn kind(&self) -> CriterionKind {
        self.coverage.block(self.at).kind
    }

    /// For each of the authority's numbers, what is next by rules on the recipient, at the moments at which none of these
    /// comes before the block.
    fn by_recipient(&self) -> Vec<ByRecipient> {
        let all = self.coverage.blocks.calendar.all();
        if self.kind() == CriterionKind::RecipientCvr {
            return vec![vec![(None, all)]];
        }
        let each = self.coverage.blocks.recipients.iter().map(|number| {
            let Some(number) = number else { return vec![(None, all.clone())] };
            let first = self.coverage.first_for(*number);
            let free = (None, all.without(self.coverage.taken_for(*number)));
            let later = first.iter().filter(|(block, _)| *block > self.at);
            later.map(|(block, moments)| (Some(*block), moments.clone())).chain([free]).collect()
        });
        let mut distinct: Vec<ByRecipient> = Vec::new();
        for next in each {
            if !distinct.contains(&next) {
                distinct.push(next);
            }
        }
        distinct
    }

    /// Looks at one value and moment of each piece, which is enough for most rules.
    fn differs_at_the_start_of_a_piece(&self, recipients: &[ByRecipient]) -> bool {
        let cover = self.coverage.cover(self.kind());
        self.decided().any(|piece| {
            piece.moments.beginnings().any(|moment| {
                let matches = |block: usize| self.coverage.block(block).moments.contains(moment);
                let next = cover.next_at(piece.place, self.at, matches);
                let now = Moments::at(moment);
                self.some_message_moves(next, &now, recipients)
            })
        })
    }

    fn every_message_stays(&self, recipients: &[ByRecipient]) -> bool {
        self.decided().all(|piece| {
            let mut left = vec![piece];
            for next in self.at + 1..self.coverage.blocks.in_order.len() {
                let block = self.coverage.block(next);
                if block.kind != self.kind() {
                    continue;
                }
                if left.is_empty() {
                    break;
                }
                let mut still_left = Vec::with_capacity(left.len());
                for piece in left {
                    let Some(shared) = piece.place.both(block.place).filter(|_| piece.moments.meets(&block.moments))
                    else {
                        still_left.push(piece);
                        continue;
                    };
                    let now = piece.moments.both(&block.moments);
                    if self.some_message_moves(Some(next), &now, recipients) {
                        return false;
                    }
                    let rest = Piece { place: shared, moments: piece.moments.without(&now) };
                    still_left.extend(Some(rest).filter(|rest| !rest.moments.is_empty()));
                    still_left.extend(around(&piece, shared));
                }
                left = still_left;
            }
            left.iter().all(|piece| !self.some_message_moves(None, &piece.moments, recipients))
        })
    }

    /// Whether a message that the block decides at these moments goes elsewhere without it, where the next of its own kind is
    /// that one.
    fn some_message_moves(&self, next: Next, moments: &Moments, recipients: &[ByRecipient]) -> bool {
        let own = self.fagsystem(Some(self.at));
        recipients.iter().flatten().any(|(by_recipient, free)| {
            let now = moments.both(free);
            if now.is_empty() {
                return false;
            }
            let decider = sooner(next, *by_recipient);
            self.fagsystem(decider) != own || self.another_comes_first(decider, &now)
        })
    }

    /// Whether a block on another fact that a message may have comes before the decider and has another fagsystem.
    fn another_comes_first(&self, decider: Next, moments: &Moments) -> bool {
        let own = self.fagsystem(Some(self.at));
        let end = decider.unwrap_or(self.coverage.blocks.in_order.len());
        (self.at + 1..end).any(|other| {
            let block = self.coverage.block(other);
            block.fagsystem != own
                && block.kind != self.kind()
                && block.kind != CriterionKind::RecipientCvr
                && go_together(block.kind, self.kind())
                && self.coverage.is_first(other).meets(moments)
        })
    }
}

fn sooner(one: Next, other: Next) -> Next {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// What is left of a piece beside a part of its range.
fn around(piece: &Piece, part: Place) -> impl Iterator<Item = Piece> {
    let sides = match (piece.place, part) {
        (Place::Range(from, to), Place::Range(first, end)) => [(from, first), (end, to)],
        _ => [(0, 0), (0, 0)],
    };
    let moments = piece.moments.clone();
    sides
        .into_iter()
        .filter(|(from, to)| from < to)
        .map(move |(from, to)| Piece { place: Place::Range(from, to), moments: moments.clone() })
}
