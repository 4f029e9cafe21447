/// Values stored for ranges of whole numbers, found by one number: a segment tree.
///
/// It is there for intervals of KLE and FORM numbers, which may overlap as people like. A range is stored at no more than
/// twice as many nodes as the tree is high, and a look-up visits the nodes from one leaf to the root, so ten thousand
/// overlapping intervals cost a few more steps than ten.
///
/// The numbers are divided at the given cuts, and a leaf covers the numbers from its cut up to the next one. A range
/// reaches the leaves whose cuts lie in it, so look-ups are exact for every number when the cuts are the beginnings of all
/// ranges and the numbers after their ends; where only beginnings of ranges are looked up, the beginnings are enough.
#[derive(Debug, Clone, Default)]
pub(super) struct SegmentTree<T> {
    /// Ascending, each once.
    cuts: Vec<u32>,
    /// Leaf `n` is node `cuts.len() + n`, and node `n` has the children `2n` and `2n + 1`; node 0 is unused.
    nodes: Vec<T>,
}

impl<T: Default> SegmentTree<T> {
    pub fn new(cuts: impl IntoIterator<Item = u32>) -> Self {
        let mut cuts: Vec<u32> = cuts.into_iter().collect();
        cuts.sort_unstable();
        cuts.dedup();
        Self { nodes: std::iter::repeat_with(T::default).take(2 * cuts.len()).collect(), cuts }
    }
}

impl<T> SegmentTree<T> {
    /// Calls `store` with each of the nodes that together make up the range from `first` through `last`.
    pub fn store(&mut self, (first, last): (u32, u32), mut store: impl FnMut(&mut T)) {
        let leaves = self.cuts.len();
        let mut left = self.cuts.partition_point(|cut| *cut < first) + leaves;
        let mut right = self.cuts.partition_point(|cut| *cut <= last) + leaves;
        while left < right {
            if left % 2 == 1 {
                store(&mut self.nodes[left]);
                left += 1;
            }
            if right % 2 == 1 {
                right -= 1;
                store(&mut self.nodes[right]);
            }
            left /= 2;
            right /= 2;
        }
    }

    /// The nodes of all ranges that hold the number, from its leaf to the root; none for a number below the first cut.
    pub fn around(&self, number: u32) -> impl Iterator<Item = &T> {
        let leaf = self.cuts.partition_point(|cut| *cut <= number).checked_sub(1).map(|leaf| leaf + self.cuts.len());
        let path = std::iter::successors(leaf, |node| Some(node / 2)).take_while(|node| *node > 0);
        path.map(|node| &self.nodes[node])
    }

    /// The tree with each node's value replaced.
    pub fn map<U>(self, value: impl FnMut(T) -> U) -> SegmentTree<U> {
        SegmentTree { cuts: self.cuts, nodes: self.nodes.into_iter().map(value).collect() }
    }
}
