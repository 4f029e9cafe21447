use super::cuts::Place;
use super::moments::Moments;

/// Which block is the first for each value of a fact, or of several that have single values only.
///
/// It is a painter's canvas, where what is painted first stays: blocks are painted in the order of the rules, and each gets
/// what is free yet. Numbers are divided at the cuts, and the intervals between them are the leaves of a binary tree: node
/// `n` has the children `2n` and `2n + 1`, and node 0 is unused. A range is painted at the few nodes that together make it
/// up, so ten thousand overlapping ranges cost a few more steps than ten. Single values are leaves that nobody looks at
/// from above.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// How many leaves there are, a power of two.
    leaves: u32,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    /// At which moments all values below it are taken.
    taken: Moments,
    /// At which of them it was painted itself.
    painted: Moments,
    /// At which moments any value below it was painted at a node below it.
    touched: Moments,
    /// The blocks that have been painted at the node, in order, whether anything was free or not.
    blocks: Vec<usize>,
    /// Which block is the first for all values below it, at which moments.
    first: Vec<(usize, Moments)>,
    /// Whether it or any node below it has a first block.
    has_first: bool,
}

/// A part of a fact's values and moments for which one block is the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub place: Place,
    pub moments: Moments,
}

impl Cover {
    pub fn new(leaves: usize) -> Self {
        let leaves = u32::try_from(leaves.next_power_of_two()).unwrap_or(1);
        Self { leaves, nodes: vec![Node::default(); 2 * leaves as usize] }
    }

    /// Paints a block behind those before it, and returns what it is the first for.
    pub fn paint(&mut self, block: usize, place: Place, moments: &Moments) -> Vec<Piece> {
        let mut free = Vec::new();
        match place {
            Place::Point(number) => {
                let node = &mut self.nodes[(self.leaves + number) as usize];
                node.blocks.push(block);
                free.push((self.leaves + number, moments.without(&node.taken)));
                node.taken.add(moments);
            }
            Place::Range(from, to) => {
                self.keep_block(block, (from, to));
                self.paint_below(1, (from, to), moments, &mut free);
            }
        }
        free.retain(|(_, moments)| !moments.is_empty());
        for (node, moments) in &free {
            self.nodes[*node as usize].first.push((block, moments.clone()));
            let above =
                std::iter::successors(Some(*node), |node| Some(node / 2).filter(|_| matches!(place, Place::Range(..))));
            for node in above.take_while(|node| *node > 0) {
                self.nodes[node as usize].has_first = true;
            }
        }
        let is_point = matches!(place, Place::Point(_));
        free.into_iter().map(|(node, moments)| Piece { place: self.place_of(node, is_point), moments }).collect()
    }

    fn keep_block(&mut self, block: usize, (from, to): (u32, u32)) {
        for node in canonical(self.leaves, from, to) {
            self.nodes[node as usize].blocks.push(block);
        }
    }

    fn paint_below(&mut self, node: u32, wanted: (u32, u32), moments: &Moments, free: &mut Vec<(u32, Moments)>) {
        let left = moments.without(&self.nodes[node as usize].taken);
        if left.is_empty() {
            return;
        }
        let (first, end) = self.span(node);
        if wanted.0 <= first && end <= wanted.1 {
            self.find_free(node, &left, free);
            let here = &mut self.nodes[node as usize];
            here.painted.add(&left);
            here.taken.add(&left);
            return;
        }
        for child in [2 * node, 2 * node + 1] {
            let (first, end) = self.span(child);
            if first < wanted.1 && wanted.0 < end {
                self.paint_below(child, wanted, &left, free);
            }
        }
        let below = self.nodes[2 * node as usize].taken.both(&self.nodes[2 * node as usize + 1].taken);
        let here = &mut self.nodes[node as usize];
        here.taken = here.painted.either(&below);
        here.touched.add(&left);
    }

    /// What is free at a node and below it at these moments, at which the nodes above it are.
    fn find_free(&self, node: u32, moments: &Moments, free: &mut Vec<(u32, Moments)>) {
        let here = &self.nodes[node as usize];
        let left = moments.without(&here.taken);
        if left.is_empty() {
            return;
        }
        free.push((node, left.without(&here.touched)));
        let below = left.both(&here.touched);
        if !below.is_empty() {
            self.find_free(2 * node, &below, free);
            self.find_free(2 * node + 1, &below, free);
        }
    }

    /// The leaves below a node, from the first up to the end.
    fn span(&self, node: u32) -> (u32, u32) {
        let level = node.ilog2();
        let width = self.leaves >> level;
        let first = (node - (1 << level)) * width;
        (first, first + width)
    }

    fn place_of(&self, node: u32, is_point: bool) -> Place {
        let (first, end) = self.span(node);
        if is_point { Place::Point(first) } else { Place::Range(first, end) }
    }

    /// Shows the blocks that are the first for any value of that place, each with the values of the place for which it is and
    /// the moments at which it is, until `see` has seen enough. Returns whether it has.
    pub fn first_over(&self, place: Place, mut see: impl FnMut(usize, Place, &Moments) -> bool) -> bool {
        match place {
            Place::Point(number) => {
                let node = &self.nodes[(self.leaves + number) as usize];
                node.first.iter().any(|(block, moments)| see(*block, place, moments))
            }
            Place::Range(from, to) => {
                let mut waiting = vec![1];
                while let Some(node) = waiting.pop() {
                    let (first, end) = self.span(node);
                    let here = &self.nodes[node as usize];
                    if !here.has_first || end <= from || to <= first {
                        continue;
                    }
                    let shared = Place::Range(first.max(from), end.min(to));
                    if here.first.iter().any(|(block, moments)| see(*block, shared, moments)) {
                        return true;
                    }
                    if node < self.leaves {
                        waiting.extend([2 * node, 2 * node + 1]);
                    }
                }
                false
            }
        }
    }

    /// Every part of the values, with the blocks that are the first for it in this cover and in the other, which has the same
    /// values. Parts for which there is none in either are left out.
    pub fn laid_over(&self, other: &Self, mut see: impl FnMut(u32, &[(usize, Moments)], &[(usize, Moments)])) {
        self.lay_over(other, 1, &mut Vec::new(), &mut Vec::new(), &mut see);
    }

    fn lay_over(
        &self,
        other: &Self,
        node: u32,
        own: &mut Vec<(usize, Moments)>,
        others: &mut Vec<(usize, Moments)>,
        see: &mut impl FnMut(u32, &[(usize, Moments)], &[(usize, Moments)]),
    ) {
        let (had_own, had_others) = (own.len(), others.len());
        let (here, there) = (&self.nodes[node as usize], &other.nodes[node as usize]);
        own.extend(here.first.iter().cloned());
        others.extend(there.first.iter().cloned());
        let has_more = |cover: &Self| {
            node < self.leaves && [2 * node, 2 * node + 1].iter().any(|child| cover.nodes[*child as usize].has_first)
        };
        if has_more(self) || has_more(other) {
            self.lay_over(other, 2 * node, own, others, see);
            self.lay_over(other, 2 * node + 1, own, others, see);
        } else if !own.is_empty() || !others.is_empty() {
            see(self.span(node).0, own, others);
        }
        own.truncate(had_own);
        others.truncate(had_others);
    }

    /// Every part of the values for which any block is the first, from the first leaf up to the end, with these blocks, until
    /// `see` has seen enough. The parts come in order.
    pub fn parts(&self, see: &mut impl FnMut(Place, &[&(usize, Moments)]) -> bool) {
        self.parts_below(1, &mut Vec::new(), see);
    }

    fn parts_below<'c>(
        &'c self,
        node: u32,
        above: &mut Vec<&'c (usize, Moments)>,
        see: &mut impl FnMut(Place, &[&(usize, Moments)]) -> bool,
    ) -> bool {
        let had = above.len();
        above.extend(&self.nodes[node as usize].first);
        let children = [2 * node, 2 * node + 1];
        let has_more = node < self.leaves && children.iter().any(|child| self.nodes[*child as usize].has_first);
        let is_enough = if has_more {
            self.parts_below(children[0], above, see) || self.parts_below(children[1], above, see)
        } else {
            !above.is_empty() && see(self.place_of(node, false), above)
        };
        above.truncate(had);
        is_enough
    }

    /// The same for single values: each by its number.
    pub fn points_over(&self, other: &Self, mut see: impl FnMut(u32, &[(usize, Moments)], &[(usize, Moments)])) {
        for number in 0..self.leaves {
            let node = (self.leaves + number) as usize;
            let (own, others) = (&self.nodes[node].first, &other.nodes[node].first);
            if !own.is_empty() || !others.is_empty() {
                see(number, own, others);
            }
        }
    }

    /// The blocks that were painted over the first value of a place, node by node and in order at each.
    pub fn blocks_at_start(&self, place: Place) -> impl Iterator<Item = &[usize]> {
        let (leaf, is_point) = match place {
            Place::Point(number) => (number, true),
            Place::Range(first, _) => (first, false),
        };
        let path = std::iter::successors(Some(self.leaves + leaf), move |node| Some(node / 2).filter(|_| !is_point));
        path.take_while(|node| *node > 0).map(|node| self.nodes[node as usize].blocks.as_slice())
    }

    /// The moments at which a single value is taken.
    pub fn taken_at(&self, number: u32) -> &Moments {
        &self.nodes[(self.leaves + number) as usize].taken
    }

    /// The blocks that are the first for a single value.
    pub fn first_at(&self, number: u32) -> &[(usize, Moments)] {
        &self.nodes[(self.leaves + number) as usize].first
    }

    /// The first block after that one which was painted over the first value of a place and is one of those.
    pub fn next_at(&self, place: Place, after: usize, is_one: impl Fn(usize) -> bool) -> Option<usize> {
        let later = |painted: &[usize]| {
            let from = painted.partition_point(|block| *block <= after);
            painted[from..].iter().copied().find(|block| is_one(*block))
        };
        self.blocks_at_start(place).filter_map(later).min()
    }
}

/// The nodes that together make up a range of leaves.
fn canonical(leaves: u32, from: u32, to: u32) -> Vec<u32> {
    let (mut left, mut right) = (from + leaves, to + leaves);
    let mut nodes = Vec::new();
    while left < right {
        if left % 2 == 1 {
            nodes.push(left);
            left += 1;
        }
        if right % 2 == 1 {
            right -= 1;
            nodes.push(right);
        }
        left /= 2;
        right /= 2;
    }
    nodes
}
