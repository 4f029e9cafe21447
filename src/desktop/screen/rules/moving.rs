//! Rules on their way to another place in the order: by mouse, or by Alt and the arrow keys.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use iced::Point;

use crate::desktop::screen::scene::Scene;
use crate::rules::{Priority, Renumbering, RuleBook};

/// How far the mouse must go before a click becomes a drag.
const DRAG_DISTANCE: f32 = 6.0;

/// The mouse button is down on a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Press {
    pub on: Priority,
    start: Option<Point>,
}

impl Press {
    pub fn on(priority: Priority) -> Self {
        Self { on: priority, start: None }
    }

    /// Whether the mouse has gone far enough for a drag.
    pub fn becomes_a_drag(&mut self, position: Point) -> bool {
        let start = *self.start.get_or_insert(position);
        start.distance(position) > DRAG_DISTANCE
    }
}

/// Chosen rules on their way, and what would come of it.
#[derive(Debug, Clone)]
pub(super) struct Moving {
    pub chosen: BTreeSet<Priority>,
    /// The listed rules that stay, in order.
    staying: Vec<Priority>,
    /// Before which of them the chosen ones would come.
    at: usize,
    /// The new numbers.
    pub numbers: Renumbering,
    /// The draft with them; `None` while nothing would change.
    pub preview: Option<Arc<RuleBook>>,
}

impl Moving {
    /// Takes the chosen rules up from among those listed; they stay where the first one stands.
    pub fn start(chosen: &BTreeSet<Priority>, listed: impl Iterator<Item = Priority> + Clone) -> Option<Self> {
        let first = listed.clone().position(|priority| chosen.contains(&priority))?;
        let staying: Vec<_> = listed.filter(|priority| !chosen.contains(priority)).collect();
        let (chosen, numbers) = (chosen.clone(), Renumbering::default());
        Some(Self { chosen, staying, at: first, numbers, preview: None })
    }

    /// The rule that the chosen ones would come before; `None` after the last.
    pub fn before(&self) -> Option<Priority> {
        self.staying.get(self.at).copied()
    }

    /// One place up (-1) or down (1). Says whether that is another place.
    pub fn step(&mut self, steps: isize, scene: Scene<'_>) -> bool {
        self.go_to(self.at.saturating_add_signed(steps), scene)
    }

    /// To the gap above the row at that place of the list.
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
            // After the last one that is listed need not be after the last of all.
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

    /// The numbers that the chosen rules would have.
    pub fn new_numbers(&self) -> BTreeSet<Priority> {
        let numbers: HashMap<_, _> = self.numbers.0.iter().copied().collect();
        self.chosen.iter().map(|priority| numbers.get(priority).copied().unwrap_or(*priority)).collect()
    }
}
