//! The eyes.

use std::time::Instant;

use iced_test::Selector;
use iced_test::core::Rectangle;
use iced_test::core::widget::operation::{Outcome, black_box};
use iced_test::core::widget::{Id, Operation};
use iced_test::selector::Candidate;

use super::{PATIENCE, Seen, Window};

impl Window {
    pub(super) fn look_for<S: Selector + Send + 'static>(&mut self, what: S) -> Option<S::Output>
    where
        S::Output: Clone + Send + 'static,
    {
        let mut find = what.find();
        self.with_screen(|screen, renderer| screen.operate(renderer, &mut black_box(&mut find)));
        match find.finish() {
            Outcome::Some(found) => found,
            _ => None,
        }
    }

    /// All words in sight.
    pub fn seen(&mut self) -> Vec<Seen> {
        let see = |candidate: Candidate<'_>| match candidate {
            Candidate::Text { content, visible_bounds, .. } => {
                Some(Seen { words: content.to_owned(), bounds: visible_bounds? })
            }
            Candidate::TextInput { state, visible_bounds, .. } => {
                Some(Seen { words: state.text().to_owned(), bounds: visible_bounds? })
            }
            _ => None,
        };
        let mut find = see.find_all();
        self.with_screen(|screen, renderer| screen.operate(renderer, &mut black_box(&mut find)));
        match find.finish() {
            Outcome::Some(found) => found,
            _ => Vec::new(),
        }
    }

    /// What can have the focus, in the order of Tab.
    pub fn focusables(&mut self) -> Vec<Rectangle> {
        let see = |candidate: Candidate<'_>| match candidate {
            Candidate::Focusable { visible_bounds, .. } => visible_bounds,
            _ => None,
        };
        let mut find = see.find_all();
        self.with_screen(|screen, renderer| screen.operate(renderer, &mut black_box(&mut find)));
        match find.finish() {
            Outcome::Some(found) => found,
            _ => Vec::new(),
        }
    }

    /// Where a field stands.
    #[track_caller]
    pub fn field(&mut self, field: &'static str) -> Rectangle {
        let found = self.look_for(Id::new(field)).and_then(|found| found.visible_bounds());
        found.unwrap_or_else(|| panic!("no field {field} in sight"))
    }

    /// What is written in a field, or its placeholder.
    #[track_caller]
    pub fn written_in(&mut self, field: &'static str) -> String {
        let bounds = self.field(field);
        let written = self.seen().into_iter().find(|seen| bounds.contains(seen.bounds.center()));
        written.map(|seen| seen.words).unwrap_or_default()
    }

    #[track_caller]
    pub fn find(&mut self, words: &str) -> Rectangle {
        let seen = self.seen();
        let found = seen.iter().find(|seen| seen.words == words);
        found.map_or_else(
            || panic!("'{words}' does not stand on the screen, but:\n{}", all(&seen)),
            |found| found.bounds,
        )
    }

    pub fn shows(&mut self, words: &str) -> bool {
        self.seen().iter().any(|seen| seen.words == words)
    }

    /// How often the words stand on the screen.
    pub fn shows_part(&mut self, words: &str) -> bool {
        self.seen().iter().any(|seen| seen.words.contains(words))
    }

    pub fn count(&mut self, words: &str) -> usize {
        self.seen().iter().filter(|seen| seen.words == words).count()
    }

    #[track_caller]
    pub fn must_show(&mut self, words: &str) {
        self.find(words);
    }

    #[track_caller]
    pub fn must_show_part(&mut self, words: &str) {
        let seen = self.seen();
        let is_shown = seen.iter().any(|seen| seen.words.contains(words));
        assert!(is_shown, "'… {words} …' does not stand on the screen, but:\n{}", all(&seen));
    }

    #[track_caller]
    pub fn must_not_show(&mut self, words: &str) {
        assert!(!self.shows(words), "'{words}' stands on the screen");
    }

    /// The words stand below the field, and nothing else between.
    #[track_caller]
    pub fn must_show_below(&mut self, words: &str, field: &'static str) {
        let at = self.field(field);
        let is_below = |seen: &Seen| {
            let gap = seen.bounds.y - at.y - at.height;
            seen.words == words && (0.0..12.0).contains(&gap) && (seen.bounds.x - at.x).abs() < 12.0
        };
        let seen = self.seen();
        assert!(seen.iter().any(is_below), "'{words}' does not stand below {field}, but:\n{}", all(&seen));
    }

    /// Looks at the store again and again, as the window does by itself, until the words stand there.
    #[track_caller]
    pub fn wait_for(&mut self, words: &str) {
        self.wait_until(|window| window.shows(words));
    }

    /// The same until that is so.
    #[track_caller]
    pub fn wait_until(&mut self, is_so: impl Fn(&mut Self) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < PATIENCE, "that never came; what stands there is:\n{}", all(&self.seen()));
            self.look();
        }
    }
}

pub(super) fn all(seen: &[Seen]) -> String {
    seen.iter().map(|seen| seen.words.as_str()).collect::<Vec<_>>().join("\n  ")
}
