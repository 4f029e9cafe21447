use jiff::civil::Date;

use super::timeline::{Candidate, Contender, Timeline};
use crate::rules::facts::SenderKind;
use crate::rules::values::{Classification, Interval, Number};

/// Which of the rules on a classification wins for a number: a segment tree over the interval ends.
///
/// Each rule stands in at most twice as many nodes as the tree is high, and a look-up climbs from one leaf to the
/// root, so ten thousand overlapping intervals cost a few more steps than ten.
#[derive(Debug, Clone, Default)]
pub(super) struct IntervalIndex {
    /// Where the line of numbers is cut, ascending.
    cuts: Vec<u32>,
    /// Nodes of the tree; leaf `n` is node `cuts.len() + n`, and node `n` has the children `2n` and `2n + 1`.
    nodes: Vec<Timeline>,
}

impl IntervalIndex {
    pub fn new<C: Classification>(rules: &[(Interval<C>, Contender)]) -> Self {
        let mut cuts: Vec<u32> = rules.iter().flat_map(|(it, _)| [it.lowest(), it.highest() + 1]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let leaves = cuts.len();
        let mut members: Vec<Vec<Contender>> = vec![Vec::new(); 2 * leaves];
        for (interval, contender) in rules {
            let mut left = cuts.partition_point(|cut| *cut < interval.lowest()) + leaves;
            let mut right = cuts.partition_point(|cut| *cut <= interval.highest()) + leaves;
            while left < right {
                if left % 2 == 1 {
                    members[left].push(*contender);
                    left += 1;
                }
                if right % 2 == 1 {
                    right -= 1;
                    members[right].push(*contender);
                }
                left /= 2;
                right /= 2;
            }
        }
        Self { cuts, nodes: members.iter().map(|members| Timeline::new(members)).collect() }
    }

    pub fn winner<C: Classification>(&self, number: Number<C>, sender: SenderKind, day: Date) -> Option<Candidate> {
        let leaf = self.cuts.partition_point(|cut| *cut <= number.lowest()).checked_sub(1)?;
        let path = std::iter::successors(Some(leaf + self.cuts.len()), |node| Some(node / 2)).take_while(|n| *n > 0);
        path.filter_map(|node| self.nodes[node].winner(sender, day)).min()
    }
}
