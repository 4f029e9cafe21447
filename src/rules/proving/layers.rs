use std::collections::HashMap;

use crate::rules::book::CriterionKind;
use crate::rules::coverage::{Coverage, Moments, Place, Values};

/// A block before and one after which are the first for the same values, each in its own coverage; `None` where there is
/// none.
pub type Pair = (Option<usize>, Option<usize>);

/// Values at which a pair is the first, and when.
#[derive(Debug, Clone)]
pub struct Spot {
    pub place: Place,
    pub moments: Moments,
}

/// A pair, the fact that both look at, and where it is the first.
#[derive(Debug)]
pub struct Layer {
    pub kind: CriterionKind,
    pub pair: Pair,
    pub spots: Vec<Spot>,
}

/// The layers of two coverages with the same values, of rules on facts that a message may lack.
pub fn layers(before: &Coverage, after: &Coverage, values: &Values<'_>, mandatory: &[CriterionKind]) -> Vec<Layer> {
    let mut found: HashMap<(CriterionKind, Pair), Vec<Spot>> = HashMap::new();
    for kind in [CriterionKind::Kle, CriterionKind::Form] {
        before.cover(kind).laid_over(after.cover(kind), |leaf, one, other| {
            pairs(one, other, |pair, moments| {
                let spot = Spot { place: Place::Range(leaf, leaf + 1), moments };
                found.entry((kind, pair)).or_default().push(spot);
            });
        });
    }
    let points = CriterionKind::ContactPoint;
    before.cover(points).points_over(after.cover(points), |number, one, other| {
        let Some(kind) = values.point(number).map(CriterionKind::of).filter(|kind| !mandatory.contains(kind)) else {
            return;
        };
        pairs(one, other, |pair, moments| {
            found.entry((kind, pair)).or_default().push(Spot { place: Place::Point(number), moments });
        });
    });
    let mut layers: Vec<_> = found.into_iter().map(|((kind, pair), spots)| Layer { kind, pair, spots }).collect();
    layers.sort_unstable_by_key(|layer| layer.pair);
    layers
}

/// The pairs of two lists in which each moment has one block at most.
pub fn pairs(before: &[(usize, Moments)], after: &[(usize, Moments)], mut see: impl FnMut(Pair, Moments)) {
    let mut see = |pair, moments: Moments| {
        if !moments.is_empty() {
            see(pair, moments);
        }
    };
    for (one, moments) in before {
        let mut left = moments.clone();
        for (other, others) in after {
            see((Some(*one), Some(*other)), moments.both(others));
            left = left.without(others);
        }
        see((Some(*one), None), left);
    }
    for (other, moments) in after {
        let left = before.iter().fold(moments.clone(), |left, (_, taken)| left.without(taken));
        see((None, Some(*other)), left);
    }
}
