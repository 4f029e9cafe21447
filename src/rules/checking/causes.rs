//! Which earlier rules leave nothing to one.

use std::collections::HashMap;

use crate::rules::book::CriterionKind;
use crate::rules::coverage::{Block, Coverage, Moments, Place};

/// Of more rules than this that together cover another one, those that could be left out are not searched for: the search
/// takes time with the square of their number, and nobody reads a longer list.
const MAX_PRUNED: usize = 40;

/// The earlier blocks that together take all that a block matches at these moments, in order, none of which could be left
/// out. They do take all.
pub fn causes(coverage: &Coverage, at: usize, moments: &Moments) -> Vec<usize> {
    if let Some(alone) = alone(coverage, at, moments) {
        return vec![alone];
    }
    let together = Together { coverage, block: coverage.block(at), moments };
    let mut causes = together.candidates(at);
    if causes.len() > MAX_PRUNED {
        return causes;
    }
    for left_out in (0..causes.len()).rev() {
        let mut fewer = causes.clone();
        fewer.remove(left_out);
        if together.take_all(&fewer) {
            causes = fewer;
        }
    }
    causes
}

/// The first block that takes all alone, of those that decide anything.
fn alone(coverage: &Coverage, at: usize, moments: &Moments) -> Option<usize> {
    let block = coverage.block(at);
    let takes_all = |other: &Block| other.moments.covers(moments);
    let first = |kind: CriterionKind, place: Place| {
        let earlier = coverage.cover(kind).blocks_at_start(place).filter_map(|blocks| {
            let mut earlier = blocks.iter().copied().take_while(|other| *other < at);
            earlier.find(|other| {
                let candidate = coverage.block(*other);
                candidate.kind == kind
                    && candidate.place.covers(place)
                    && takes_all(candidate)
                    && !coverage.decides(*other).is_empty()
            })
        });
        earlier.min()
    };
    let alike = first(block.kind, block.place);
    let everything = match coverage.blocks.recipients.as_slice() {
        [Some(only)] => first(CriterionKind::RecipientCvr, Place::Point(*only)),
        _ => None,
    };
    alike.into_iter().chain(everything).min()
}

/// Blocks that may together take all that one matches at some moments.
struct Together<'c> {
    coverage: &'c Coverage,
    block: &'c Block,
    moments: &'c Moments,
}

impl Together<'_> {
    /// The blocks before it that decide any of it.
    fn candidates(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut see = |other: usize, _, moments: &Moments| {
            if other < at && moments.meets(self.moments) {
                found.push(other);
            }
        };
        self.coverage.first_over(self.block.kind, self.block.place, &mut see);
        if self.block.kind != CriterionKind::RecipientCvr {
            for number in self.coverage.blocks.recipients.iter().flatten() {
                let place = Place::Point(*number);
                self.coverage.first_over(CriterionKind::RecipientCvr, place, &mut see);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether these alone would take all of it.
    fn take_all(&self, some: &[usize]) -> bool {
        let blocks: Vec<&Block> = some.iter().map(|at| self.coverage.block(*at)).collect();
        let mut taken = self.taken_of_own(&blocks);
        if self.block.kind != CriterionKind::RecipientCvr {
            taken.add(&self.closed_by(&blocks));
        }
        taken.covers(self.moments)
    }

    /// The moments at which the blocks take every value of its place.
    fn taken_of_own(&self, blocks: &[&Block]) -> Moments {
        let alike = blocks.iter().filter(|other| other.kind == self.block.kind);
        let shared: Vec<(Place, &Moments)> =
            alike.filter_map(|other| Some((self.block.place.both(other.place)?, &other.moments))).collect();
        let parts = match self.block.place {
            Place::Point(_) => vec![self.block.place],
            Place::Range(from, to) => parts(from, to, shared.iter().map(|(place, _)| *place)),
        };
        let taken = parts.into_iter().map(|part| {
            let here = shared.iter().filter(|(place, _)| place.covers(part));
            here.fold(Moments::default(), |all, (_, moments)| all.either(moments))
        });
        taken.reduce(|all, part| all.both(&part)).unwrap_or_default()
    }

    /// The moments at which the blocks take every number of the authority.
    fn closed_by(&self, blocks: &[&Block]) -> Moments {
        let mut taken: HashMap<Place, Moments> = HashMap::new();
        for block in blocks.iter().filter(|block| block.kind == CriterionKind::RecipientCvr) {
            taken.entry(block.place).or_default().add(&block.moments);
        }
        let each = self
            .coverage
            .blocks
            .recipients
            .iter()
            .map(|number| number.and_then(|number| taken.get(&Place::Point(number)).cloned()).unwrap_or_default());
        each.reduce(|all, taken| all.both(&taken)).unwrap_or_default()
    }
}

/// A range cut where any of the places begins or ends.
fn parts(from: u32, to: u32, places: impl Iterator<Item = Place>) -> Vec<Place> {
    let ends = places.flat_map(|place| match place {
        Place::Range(first, end) => vec![first, end],
        Place::Point(_) => Vec::new(),
    });
    let mut cuts: Vec<u32> = [from, to].into_iter().chain(ends).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|pair| Place::Range(pair[0], pair[1])).collect()
}
