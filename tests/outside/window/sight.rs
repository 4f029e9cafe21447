//! What the window shows.

use std::time::{Duration, Instant};

use iced_test::Selector;
use iced_test::core::Rectangle;
use iced_test::core::widget::operation::{Outcome, black_box};
use iced_test::core::widget::{Id, Operation};
use iced_test::selector::Candidate;
use lucide_icons::Icon;

use super::Window;

/// How long something that must happen may take before it counts as not happening.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A text in sight: a label, or the contents of a field.
#[derive(Debug, Clone)]
pub struct Text {
    pub words: String,
    pub bounds: Rectangle,
}

impl Window {
    /// The first widget that is wanted.
    pub fn first<T: Clone + Send>(&mut self, wanted: impl FnMut(Candidate<'_>) -> Option<T> + Send) -> Option<T> {
        self.first_selected(wanted)
    }

    /// Every widget that is wanted.
    pub fn all<T: Clone + Send>(&mut self, wanted: impl FnMut(Candidate<'_>) -> Option<T> + Send) -> Vec<T> {
        let mut find = wanted.find_all();
        self.with_interface(|interface, renderer, _| interface.operate(renderer, &mut black_box(&mut find)));
        match find.finish() {
            Outcome::Some(found) => found,
            _ => Vec::new(),
        }
    }

    pub(super) fn first_selected<S: Selector + Send>(&mut self, selector: S) -> Option<S::Output>
    where
        S::Output: Clone + Send,
    {
        let mut find = selector.find();
        self.with_interface(|interface, renderer, _| interface.operate(renderer, &mut black_box(&mut find)));
        match find.finish() {
            Outcome::Some(found) => found,
            _ => None,
        }
    }

    /// Every text in sight, from behind to in front.
    pub fn texts(&mut self) -> Vec<Text> {
        self.all(|candidate| match candidate {
            Candidate::Text { content, visible_bounds, .. } => {
                Some(Text { words: content.to_owned(), bounds: visible_bounds? })
            }
            Candidate::TextInput { state, visible_bounds, .. } => {
                Some(Text { words: state.text().to_owned(), bounds: visible_bounds? })
            }
            _ => None,
        })
    }

    /// What can have the focus, in the order of Tab.
    pub fn focusables(&mut self) -> Vec<Rectangle> {
        self.all(|candidate| match candidate {
            Candidate::Focusable { visible_bounds, .. } => visible_bounds,
            _ => None,
        })
    }

    /// The bounds of the field, list or button with that id.
    #[track_caller]
    pub fn field(&mut self, id: &'static str) -> Rectangle {
        let found = self.first_selected(Id::new(id)).and_then(|found| found.visible_bounds());
        found.unwrap_or_else(|| panic!("no field {id} in sight; the screen shows:\n{}", listed(&self.texts())))
    }

    /// What is written in a field, or its placeholder.
    #[track_caller]
    pub fn text_in(&mut self, field: &'static str) -> String {
        let bounds = self.field(field);
        let text = self.texts().into_iter().find(|text| bounds.contains(text.bounds.center()));
        text.map(|text| text.words).unwrap_or_default()
    }

    /// The bounds of the first text that is those words.
    #[track_caller]
    pub fn find(&mut self, words: &str) -> Rectangle {
        let texts = self.texts();
        let found = texts.iter().find(|text| text.words == words);
        found.map_or_else(
            || panic!("'{words}' is not on the screen, which shows:\n{}", listed(&texts)),
            |found| found.bounds,
        )
    }

    /// The bounds of every text that is those words.
    pub fn find_all(&mut self, words: &str) -> Vec<Rectangle> {
        self.texts().into_iter().filter(|text| text.words == words).map(|text| text.bounds).collect()
    }

    /// The bounds of every button with that icon, and of every other place that it is drawn in.
    pub fn icons(&mut self, icon: Icon) -> Vec<Rectangle> {
        self.find_all(&char::from(icon).to_string())
    }

    pub fn shows(&mut self, words: &str) -> bool {
        self.texts().iter().any(|text| text.words == words)
    }

    /// Whether the words are a text in sight, or part of one.
    pub fn shows_part(&mut self, words: &str) -> bool {
        self.texts().iter().any(|text| text.words.contains(words))
    }

    /// How many texts are those words.
    pub fn count(&mut self, words: &str) -> usize {
        self.find_all(words).len()
    }

    #[track_caller]
    pub fn must_show(&mut self, words: &str) {
        self.find(words);
    }

    #[track_caller]
    pub fn must_show_part(&mut self, words: &str) {
        let texts = self.texts();
        let is_shown = texts.iter().any(|text| text.words.contains(words));
        assert!(is_shown, "'… {words} …' is not on the screen, which shows:\n{}", listed(&texts));
    }

    #[track_caller]
    pub fn must_not_show(&mut self, words: &str) {
        assert!(!self.shows(words), "'{words}' is on the screen");
    }

    /// The words must be directly below the field.
    #[track_caller]
    pub fn must_show_below(&mut self, words: &str, field: &'static str) {
        let at = self.field(field);
        let is_below = |text: &Text| {
            let gap = text.bounds.y - at.y - at.height;
            text.words == words && (0.0..12.0).contains(&gap) && (text.bounds.x - at.x).abs() < 12.0
        };
        let texts = self.texts();
        assert!(texts.iter().any(is_below), "'{words}' is not below {field}; the screen shows:\n{}", listed(&texts));
    }

    /// Polls until the words are on the screen.
    #[track_caller]
    pub fn wait_for(&mut self, words: &str) {
        self.wait_until(|window| window.shows(words));
    }

    /// Polls until the condition holds.
    #[track_caller]
    pub fn wait_until(&mut self, condition: impl Fn(&mut Self) -> bool) {
        let begun = Instant::now();
        while !condition(self) {
            assert!(begun.elapsed() < TIMEOUT, "waited in vain; the screen shows:\n{}", listed(&self.texts()));
            self.poll();
        }
    }
}

fn listed(texts: &[Text]) -> String {
    texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join("\n  ")
}
