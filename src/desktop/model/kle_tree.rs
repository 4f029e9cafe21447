//! The tree of KLE numbers, of which people unfold the parts that they look for.

use std::collections::BTreeSet;

use crate::rules::Kle;

/// Which numbers are unfolded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KleTree {
    unfolded: BTreeSet<Kle>,
}

/// A line of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    pub number: Kle,
    pub has_below: bool,
    pub is_open: bool,
}

impl KleTree {
    pub fn unfold(&mut self, number: Kle) {
        self.unfolded.insert(number);
    }

    pub fn fold(&mut self, number: Kle) {
        self.unfolded.remove(&number);
    }

    pub fn toggle(&mut self, number: Kle) {
        if !self.unfolded.remove(&number) {
            self.unfolded.insert(number);
        }
    }

    /// Unfolds everything above the number, so that its line is listed.
    pub fn unfold_to(&mut self, number: Kle) {
        self.unfolded.extend(std::iter::successors(number.above(), |number| number.above()));
    }

    pub fn unfold_all(&mut self, numbers: impl Iterator<Item = Kle>) {
        self.unfolded.extend(numbers);
    }

    pub fn fold_all(&mut self) {
        self.unfolded.clear();
    }

    /// The lines to list, of numbers in ascending order: those with nothing folded above them. A number whose parent is
    /// not among the numbers is listed too.
    pub fn branches(&self, numbers: impl Iterator<Item = Kle>) -> Vec<Branch> {
        let mut branches = Vec::new();
        let mut folded: Option<Kle> = None;
        let mut numbers = numbers.peekable();
        while let Some(number) = numbers.next() {
            if folded.is_some_and(|folded| number.is_below(folded)) {
                continue;
            }
            let has_below = numbers.peek().is_some_and(|next| next.is_below(number));
            let is_open = has_below && self.unfolded.contains(&number);
            folded = (has_below && !is_open).then_some(number);
            branches.push(Branch { number, has_below, is_open });
        }
        branches
    }
}
