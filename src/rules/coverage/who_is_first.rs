use super::blocks::{Block, Blocks};
use super::cover::Cover;
pub use super::cover::Piece;
use super::cuts::Values;
use super::moments::Moments;
use crate::rules::book::CriterionKind;

/// Which block is the first for each value of each fact, and when rules on the recipient leave nothing to anybody.
#[derive(Debug)]
pub struct Coverage {
    pub blocks: Blocks,
    points: Cover,
    kle: Cover,
    form: Cover,
    /// What each block is the first for among those that look at the same fact.
    pieces: Vec<Vec<Piece>>,
    /// At which moments it is the first for any value.
    first: Vec<Moments>,
    /// At which moments it decides any message.
    decides: Vec<Moments>,
    /// The moments at which every number of the authority is taken, each time that this grows.
    closings: Vec<Moments>,
    /// For each block, which of these there was before it.
    closing: Vec<usize>,
}

impl Coverage {
    pub fn of(blocks: Blocks, values: &Values<'_>) -> Self {
        let count = blocks.in_order.len();
        let mut coverage = Self {
            blocks,
            points: Cover::new(values.points()),
            kle: Cover::new(values.leaves(CriterionKind::Kle)),
            form: Cover::new(values.leaves(CriterionKind::Form)),
            pieces: Vec::with_capacity(count),
            first: Vec::with_capacity(count),
            decides: Vec::with_capacity(count),
            closings: vec![Moments::default()],
            closing: Vec::with_capacity(count),
        };
        for at in 0..count {
            coverage.closing.push(coverage.closings.len() - 1);
            let Block { kind, place, moments, .. } = &coverage.blocks.in_order[at];
            let cover = match kind {
                CriterionKind::Kle => &mut coverage.kle,
                CriterionKind::Form => &mut coverage.form,
                _ => &mut coverage.points,
            };
            let kind = *kind;
            let pieces = cover.paint(at, *place, moments);
            let first = pieces.iter().fold(Moments::default(), |all, piece| all.either(&piece.moments));
            if kind == CriterionKind::RecipientCvr && !first.is_empty() {
                let closed = coverage.closed_for_all();
                coverage.closings.push(closed);
            }
            coverage.decides.push(match kind {
                CriterionKind::RecipientCvr => first.clone(),
                _ => first.without(coverage.closed_before(at)),
            });
            coverage.pieces.push(pieces);
            coverage.first.push(first);
        }
        coverage
    }

    fn closed_for_all(&self) -> Moments {
        let mut taken = self.blocks.recipients.iter().map(|number| number.map(|number| self.points.taken_at(number)));
        let Some(Some(first)) = taken.next() else { return Moments::default() };
        taken.fold(first.clone(), |closed, taken| taken.map_or_else(Moments::default, |taken| closed.both(taken)))
    }

    pub fn cover(&self, kind: CriterionKind) -> &Cover {
        match kind {
            CriterionKind::Kle => &self.kle,
            CriterionKind::Form => &self.form,
            _ => &self.points,
        }
    }

    pub fn block(&self, at: usize) -> &Block {
        &self.blocks.in_order[at]
    }

    /// Whether the block looks at the recipient's number.
    pub fn is_on_recipient(&self, at: usize) -> bool {
        self.block(at).kind == CriterionKind::RecipientCvr
    }

    /// What the block is the first for among those that look at the same fact.
    pub fn pieces(&self, at: usize) -> &[Piece] {
        &self.pieces[at]
    }

    /// At which moments the block is the first for any value of its fact.
    pub fn is_first(&self, at: usize) -> &Moments {
        &self.first[at]
    }

    /// At which moments the blocks before it leave nothing to anybody, whichever number is written to.
    pub fn closed_before(&self, at: usize) -> &Moments {
        &self.closings[self.closing[at]]
    }

    /// At which moments no message goes to the default recipient.
    pub fn closed(&self) -> &Moments {
        &self.closings[self.closings.len() - 1]
    }

    /// At which moments the block decides any message.
    pub fn decides(&self, at: usize) -> &Moments {
        &self.decides[at]
    }

    /// The blocks that are the first for one of the authority's numbers, with the moments at which they are.
    pub fn first_for(&self, recipient: u32) -> &[(usize, Moments)] {
        self.points.first_at(recipient)
    }

    /// The moments at which any block takes what is written to that number.
    pub fn taken_for(&self, recipient: u32) -> &Moments {
        self.points.taken_at(recipient)
    }
}

/// Whether a message can have the facts of both kinds. One that is addressed to a contact point is not without one.
pub fn go_together(one: CriterionKind, other: CriterionKind) -> bool {
    use CriterionKind::{ContactGroup, ContactPoint, NoContactPoint};
    !matches!(
        (one, other),
        (NoContactPoint, ContactPoint | ContactGroup) | (ContactPoint | ContactGroup, NoContactPoint)
    )
}
