//! Training.

#[derive(Debug)]
pub(in crate::desktop) struct TrainingTexts {
    /// The word on every screen that says that this is training.
    pub mark: &'static str,
    /// What it means.
    pub about: &'static str,
    pub reset: &'static str,
    /// The same, where the word does not stand on training's own band.
    pub reset_all: &'static str,
    pub was_reset: &'static str,
    pub leave: &'static str,
    /// Opens training from real data.
    pub open: &'static str,
    /// It was opened in a window of its own.
    pub opened: &'static str,
    /// While it is set up.
    pub preparing: &'static str,
    /// The note of the first publication.
    pub first_note: &'static str,
    pub window_title: &'static str,
}
