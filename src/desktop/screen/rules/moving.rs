//! Moving rules in the order of evaluation, by mouse or with Alt and the arrow keys.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use iced::Point;

use crate::desktop::screen::scene::Scene;
use crate::rules::{Priority, Renumbering, RuleBook};

/// The distance, in logical pixels, after which a press is a drag rather than a click.
const DRAG_DISTANCE: f32 = 6.0;

/// A mouse button held down on a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Press {
    pub on: Priority,
    start: Option<Point>,
}

impl Press {
    pub fn on(priority: Priority) -> Self {
        Self { on: priority, start: None }
    }

    /// Whether the mouse has moved far enough for a drag.
    pub fn becomes_a_drag(&mut self, position: Point) -> bool {
        let start = *self.start.get_or_insert(position);
        start.distance(position) > DRAG_DISTANCE
    }
}

/// A move that has not been dropped, and its result.
#[derive(Debug, Clone)]
pub(super) struct Moving {
    pub chosen: BTreeSet<Priority>,
    /// The other listed rules, in order.
    staying: Vec<Priority>,
    /// The index in `staying` that the chosen rules would come before.
    at: usize,
    pub numbers: Renumbering,
    /// The draft with the new numbers; `None` if nothing would change.
    pub preview: Option<Arc<RuleBook>>,
}

impl Moving {
    /// Starts with the chosen rules at the position of the first of them; `None` if none of them is listed.
    pub fn start(chosen: &BTreeSet<Priority>, listed: impl Iterator<Item = Priority> + Clone) -> Option<Self> {
        let first = listed.clone().position(|priority| chosen.contains(&priority))?;
        let staying: Vec<_> = listed.filter(|priority| !chosen.contains(priority)).collect();
        let (chosen, numbers) = (chosen.clone(), Renumbering::default());
        Some(Self { chosen, staying, at: first, numbers, preview: None })
    }

    /// The rule that the chosen ones would come before; `None` if they would come last.
    pub fn before(&self) -> Option<Priority> {
        self.staying.get(self.at).copied()
    }

    /// Moves down by this many rows, up if negative. Returns whether the position has changed.
    pub fn step(&mut self, steps: isize, scene: Scene<'_>) -> bool {
        self.go_to(self.at.saturating_add_signed(steps), scene)
    }

    /// Moves to the gap above the row with this index in the list.
    pub fn hover(&mut self, gap: usize, listed: impl Iterator<Item = Priority>, scene: Scene<'_>) {
        let staying_above = listed.take(gap).filter(|priority| !self.chosen.contains(priority)).count();
        self.go_to(staying_above, scene);
    }

    fn go_to(&mut self, at: usize, scene: Scene<'_>) -> bool {
        let authority = scene.authority;
        let at = at.min(self.staying.len());
        let is_elsewhere = at != self.at;
        self.at = at;
        if is_elsewhere {
            // The list may be filtered: rules that are not listed can come after the last listed one.
            let before = self.before().or_else(|| {
                let last = self.staying.last()?;
                let after = authority.rules.iter().map(|rule| rule.priority).filter(|other| other > last);
                after.filter(|other| !self.chosen.contains(other)).min()
            });
            self.numbers = authority.moved(&self.chosen, before);
            let preview = || scene.with_authority(|authority| authority.renumber(&self.numbers));
            self.preview = (!self.numbers.is_empty()).then(|| Arc::new(preview()));
        }
        is_elsewhere
    }

    /// The numbers of the chosen rules after the move.
    pub fn new_numbers(&self) -> BTreeSet<Priority> {
        let numbers: HashMap<_, _> = self.numbers.0.iter().copied().collect();
        self.chosen.iter().map(|priority| numbers.get(priority).copied().unwrap_or(*priority)).collect()
    }
}
