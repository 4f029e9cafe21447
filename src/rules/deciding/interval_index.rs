use jiff::civil::Date;

use super::timeline::{Candidate, Contender, Timeline};
use crate::rules::facts::SenderKind;
use crate::rules::segment_tree::SegmentTree;
use crate::rules::values::{Classification, Interval, Number};

/// Which of the rules on a classification wins for a number.
#[derive(Debug, Clone, Default)]
pub(super) struct IntervalIndex(SegmentTree<Timeline>);

impl IntervalIndex {
    pub fn new<C: Classification>(rules: &[(Interval<C>, Contender)]) -> Self {
        let cuts = rules.iter().flat_map(|(interval, _)| [interval.lowest(), interval.highest() + 1]);
        let mut tree: SegmentTree<Vec<Contender>> = SegmentTree::new(cuts);
        for (interval, contender) in rules {
            tree.store((interval.lowest(), interval.highest()), |node| node.push(*contender));
        }
        Self(tree.map(|contenders| Timeline::new(&contenders)))
    }

    /// The timelines that together decide for a number.
    pub fn timelines<C: Classification>(&self, number: Number<C>) -> impl Iterator<Item = &Timeline> {
        self.0.around(number.lowest())
    }

    pub fn winner<C: Classification>(&self, number: Number<C>, sender: SenderKind, day: Date) -> Option<Candidate> {
        self.0.around(number.lowest()).filter_map(|timeline| timeline.winner(sender, day)).min()
    }
}
