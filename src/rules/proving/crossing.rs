use super::layers::{Layer, Pair, Spot};
use crate::rules::book::CriterionKind;
use crate::rules::coverage::{Moments, Place, go_together};

/// The rules that match every message to one of the authority's numbers (or from one sender): which is the first before and
/// after, and when. Every moment is in one of them.
pub type Mandatory = Vec<(Pair, Moments)>;

/// The order of blocks, in which none comes last.
fn rank(block: Option<usize>) -> usize {
    block.unwrap_or(usize::MAX)
}

/// Finds all pairs that decide a message between the two books.
///
/// The first rule before is the lowest of those that are the first for each fact of the message, and so is the first after.
/// So a pair comes from one fact, or from two: then the one before comes from a fact for which the one after it is later
/// than the pair's, and the other way round. All other facts a message may lack, but the mandatory ones.
pub struct Crossing<'l> {
    layers: &'l [Layer],
    /// For each block before, the layers in which it is; and for each block after.
    by_before: Vec<Vec<usize>>,
    by_after: Vec<Vec<usize>>,
}

impl<'l> Crossing<'l> {
    pub fn new(layers: &'l [Layer], blocks: (usize, usize)) -> Self {
        let (mut by_before, mut by_after) = (vec![Vec::new(); blocks.0], vec![Vec::new(); blocks.1]);
        for (at, layer) in layers.iter().enumerate() {
            if let Some(before) = layer.pair.0 {
                by_before[before].push(at);
            }
            if let Some(after) = layer.pair.1 {
                by_after[after].push(at);
            }
        }
        Self { layers, by_before, by_after }
    }

    /// Calls `see` with each pair that is wanted, once or more often. It returns whether to go on.
    pub fn find(
        &self,
        mandatory: &Mandatory,
        wanted: impl Fn(Pair) -> bool,
        mut see: impl FnMut(Pair, Moments, &[Choice<'l>]) -> bool,
    ) {
        for (pair, moments) in mandatory {
            if wanted(*pair) && !see(*pair, moments.clone(), &[]) {
                return;
            }
        }
        for layer in self.layers.iter().filter(|layer| wanted(layer.pair)) {
            let free = free_for(mandatory, layer.pair);
            let moments = free.both(&all_of(layer.spots.iter()));
            if !moments.is_empty() && !see(layer.pair, moments, &[Choice { kind: layer.kind, layers: vec![layer] }]) {
                return;
            }
        }
        self.find_across(mandatory, &wanted, &mut see);
    }

    fn find_across(
        &self,
        mandatory: &Mandatory,
        wanted: &impl Fn(Pair) -> bool,
        see: &mut impl FnMut(Pair, Moments, &[Choice<'l>]) -> bool,
    ) {
        let latest_before: Vec<usize> = self.by_after.iter().map(|layers| self.latest(layers, |pair| pair.0)).collect();
        let peaks = Peaks::new(&latest_before);
        for (before, layers) in self.by_before.iter().enumerate().filter(|(_, layers)| !layers.is_empty()) {
            let end = self.latest(layers, |pair| pair.1).min(self.by_after.len());
            for after in peaks.above(before, end) {
                if wanted((Some(before), Some(after))) && !self.cross(before, after, mandatory, see) {
                    return;
                }
            }
        }
        // The one side is a rule that matches the message whatever it says.
        for (pair, moments) in mandatory {
            if let Some(before) = pair.0 {
                for after in peaks.above(before, rank(pair.1).min(self.by_after.len())) {
                    let pair = (Some(before), Some(after));
                    let choice = self.choice(&self.by_after[after], |other| rank(other.0) > before);
                    let Some((choice, own)) = choice.filter(|_| wanted(pair)) else { continue };
                    let moments = moments.both(&own);
                    if !moments.is_empty() && !see(pair, moments, &[choice]) {
                        return;
                    }
                }
            }
            let Some(after) = pair.1 else { continue };
            for (before, layers) in self.by_before.iter().enumerate().take(rank(pair.0).min(self.by_before.len())) {
                let pair = (Some(before), Some(after));
                if layers.is_empty() || !wanted(pair) {
                    continue;
                }
                let Some((choice, own)) = self.choice(layers, |other| rank(other.1) > after) else { continue };
                let moments = moments.both(&own);
                if !moments.is_empty() && !see(pair, moments, &[choice]) {
                    return;
                }
            }
        }
    }

    /// The latest block of the other side in these layers.
    fn latest(&self, layers: &[usize], side: impl Fn(Pair) -> Option<usize>) -> usize {
        layers.iter().map(|at| rank(side(self.layers[*at].pair))).max().unwrap_or_default()
    }

    fn cross(
        &self,
        before: usize,
        after: usize,
        mandatory: &Mandatory,
        see: &mut impl FnMut(Pair, Moments, &[Choice<'l>]) -> bool,
    ) -> bool {
        let pair = (Some(before), Some(after));
        let kind = |layers: &[usize]| layers.first().map(|at| self.layers[*at].kind);
        let (Some(one), Some(other)) = (kind(&self.by_before[before]), kind(&self.by_after[after])) else {
            return true;
        };
        if one == other || !go_together(one, other) {
            return true;
        }
        let one = self.choice(&self.by_before[before], |other| rank(other.1) > after);
        let other = self.choice(&self.by_after[after], |other| rank(other.0) > before);
        let (Some((one, first)), Some((other, second))) = (one, other) else { return true };
        let moments = first.both(&second);
        if moments.is_empty() {
            return true;
        }
        let moments = moments.both(&free_for(mandatory, pair));
        moments.is_empty() || see(pair, moments, &[one, other])
    }

    /// Those of the layers whose pair will do, and their moments; `None` if there is none.
    fn choice(&self, layers: &[usize], will_do: impl Fn(Pair) -> bool) -> Option<(Choice<'l>, Moments)> {
        let chosen = layers.iter().map(|at| &self.layers[*at]).filter(|layer| will_do(layer.pair));
        let layers: Vec<&'l Layer> = chosen.collect();
        let moments = all_of(layers.iter().flat_map(|layer| &layer.spots));
        Some((Choice { kind: layers.first()?.kind, layers }, moments))
    }
}

/// A fact that a message has, and where its value may come from: from any spot of any of the layers.
#[derive(Debug, Clone)]
pub struct Choice<'l> {
    pub kind: CriterionKind,
    layers: Vec<&'l Layer>,
}

impl Choice<'_> {
    /// A value that serves at a moment.
    pub fn place_at(&self, moment: u32) -> Option<Place> {
        let mut spots = self.layers.iter().flat_map(|layer| &layer.spots);
        spots.find(|spot| spot.moments.contains(moment)).map(|spot| spot.place)
    }
}

fn all_of<'s>(mut spots: impl Iterator<Item = &'s Spot>) -> Moments {
    let first = spots.next().map(|spot| spot.moments.clone()).unwrap_or_default();
    spots.fold(first, |all, spot| if all.covers(&spot.moments) { all } else { all.either(&spot.moments) })
}

/// The moments at which no mandatory rule comes before either of a pair.
fn free_for(mandatory: &Mandatory, pair: Pair) -> Moments {
    let free = mandatory.iter().filter(|(other, _)| rank(pair.0) <= rank(other.0) && rank(pair.1) <= rank(other.1));
    free.fold(Moments::default(), |all, (_, moments)| all.either(moments))
}

/// Finds the values in a list that are above another: a tree of the greatest of each half.
struct Peaks {
    leaves: usize,
    greatest: Vec<usize>,
}

impl Peaks {
    fn new(values: &[usize]) -> Self {
        let leaves = values.len().next_power_of_two();
        let mut greatest = vec![0; 2 * leaves];
        greatest[leaves..leaves + values.len()].copy_from_slice(values);
        for at in (1..leaves).rev() {
            greatest[at] = greatest[2 * at].max(greatest[2 * at + 1]);
        }
        Self { leaves, greatest }
    }

    /// The positions before `end` whose value is greater than `bound`, in order.
    fn above(&self, bound: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        let mut waiting = vec![(1, 0, self.leaves)];
        std::iter::from_fn(move || {
            while let Some((node, first, width)) = waiting.pop() {
                if first >= end || self.greatest[node] <= bound {
                    continue;
                }
                if node >= self.leaves {
                    return Some(first);
                }
                let half = width / 2;
                waiting.push((2 * node + 1, first + half, half));
                waiting.push((2 * node, first, half));
            }
            None
        })
    }
}
