//! Which earlier rules leave nothing to one.

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
    let mut causes = candidates(coverage, at, moments);
    if causes.len() > MAX_PRUNED {
        return causes;
    }
    let together = Together::new(coverage, at, moments, &causes);
    let mut kept = vec![true; causes.len()];
    for left_out in (0..causes.len()).rev() {
        kept[left_out] = false;
        kept[left_out] = !together.take_all(&kept);
    }
    let mut kept = kept.into_iter();
    causes.retain(|_| kept.next().unwrap_or_default());
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

/// The blocks before it that decide any of what it matches at these moments.
fn candidates(coverage: &Coverage, at: usize, moments: &Moments) -> Vec<usize> {
    let block = coverage.block(at);
    let mut found = Vec::new();
    let mut see = |other: usize, _, first: &Moments| {
        if other < at && first.meets(moments) {
            found.push(other);
        }
        false
    };
    coverage.cover(block.kind).first_over(block.place, &mut see);
    if block.kind != CriterionKind::RecipientCvr {
        for number in coverage.blocks.recipients.iter().flatten() {
            coverage.cover(CriterionKind::RecipientCvr).first_over(Place::Point(*number), &mut see);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What blocks take of one that they may together leave nothing to. They are known by their positions in a list.
struct Together<'c> {
    moments: &'c Moments,
    /// For each part of its place, the blocks that take it, and when.
    parts: Vec<Vec<(usize, &'c Moments)>>,
    /// The same for each of the authority's numbers, where rules on them count.
    recipients: Vec<Vec<(usize, &'c Moments)>>,
}

impl<'c> Together<'c> {
    fn new(coverage: &'c Coverage, at: usize, moments: &'c Moments, blocks: &[usize]) -> Self {
        let block = coverage.block(at);
        let blocks: Vec<&Block> = blocks.iter().map(|at| coverage.block(*at)).collect();
        let alike = blocks.iter().enumerate().filter(|(_, other)| other.kind == block.kind);
        let shared: Vec<(usize, Place, &Moments)> =
            alike.filter_map(|(at, other)| Some((at, block.place.both(other.place)?, &other.moments))).collect();
        let places = match block.place {
            Place::Point(_) => vec![block.place],
            Place::Range(from, to) => parts(from, to, shared.iter().map(|(_, place, _)| *place)),
        };
        let parts = places.into_iter().map(|part| {
            let here = shared.iter().filter(|(_, place, _)| place.covers(part));
            here.map(|(at, _, moments)| (*at, *moments)).collect()
        });
        let numbers = coverage.blocks.recipients.iter().filter(|_| block.kind != CriterionKind::RecipientCvr);
        let on = |number: u32| {
            let is_on =
                move |other: &&Block| other.kind == CriterionKind::RecipientCvr && other.place == Place::Point(number);
            blocks.iter().enumerate().filter(move |(_, it)| is_on(it)).map(|(at, it)| (at, &it.moments)).collect()
        };
        let recipients = numbers.map(|number| number.map(on).unwrap_or_default());
        Self { moments, parts: parts.collect(), recipients: recipients.collect() }
    }

    /// Whether those that are kept take all of it.
    fn take_all(&self, kept: &[bool]) -> bool {
        let taken = |by: &Vec<(usize, &Moments)>| {
            let kept = by.iter().filter(|(at, _)| kept[*at]);
            kept.fold(Moments::default(), |all, (_, moments)| all.either(moments))
        };
        let closed = self.recipients.iter().map(taken).reduce(|all, taken| all.both(&taken)).unwrap_or_default();
        let left = self.moments.without(&closed);
        self.parts.iter().all(|part| taken(part).covers(&left))
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
