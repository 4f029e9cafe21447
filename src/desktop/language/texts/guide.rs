//! The guide in the window, and the tour of the window.

use crate::desktop::model::tour::TourStep;

#[derive(Debug)]
pub(in crate::desktop) struct GuideTexts {
    pub title: &'static str,
    /// On the question mark.
    pub open: &'static str,
    /// In the palette.
    pub open_contents: &'static str,
    pub glossary: &'static str,
    pub contents: &'static str,
    pub back: &'static str,
    pub forward: &'static str,
    pub search: &'static str,
    /// No place has these words.
    pub nothing: fn(query: &str) -> String,
    pub tour: TourTexts,
}

#[derive(Debug)]
pub(in crate::desktop) struct TourTexts {
    /// Begins the tour.
    pub begin: &'static str,
    pub step_of: fn(step: usize, steps: usize) -> String,
    /// What is said at a step: a heading, and a few sentences.
    pub step: fn(TourStep) -> (&'static str, &'static str),
    pub previous: &'static str,
    pub next: &'static str,
    pub done: &'static str,
    pub leave: &'static str,
}
