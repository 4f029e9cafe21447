//! What can be chosen from a list that drops down, and what it says.

use std::rc::Rc;

use super::super::options::Label;

/// The words of a list that drops down.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct ChoiceWords {
    /// Shown in place of the list when no choice matches the text.
    pub nothing_fits: fn(written: &str) -> String,
    /// Shown when the list was left and the text chose nothing, because `fitting` choices match it.
    pub refused: fn(written: &str, fitting: usize) -> String,
}

type OnChoice<'a, Message> = Rc<dyn Fn(usize) -> Option<Message> + 'a>;

/// What the closed field and the open list both need.
pub(super) struct Choices<'a, Message> {
    pub labels: Vec<Label>,
    /// Which of them is chosen.
    pub chosen: Option<usize>,
    /// Shown when nothing is chosen.
    pub placeholder: &'static str,
    pub words: ChoiceWords,
    pub on_choice: OnChoice<'a, Message>,
}

impl<Message> Choices<'_, Message> {
    /// The name of the choice, or the placeholder.
    pub fn chosen_name(&self) -> &str {
        self.chosen.and_then(|at| self.labels.get(at)).map_or(self.placeholder, |label| &label.name)
    }
}
