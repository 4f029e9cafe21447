//! Changes of what a lesson says.

use iced::widget::text_editor;

use super::Builder;
use super::goal_edit::{GoalEdit, GoalSort, line_of};
use crate::training::{GoalFile, InTwoLanguages};

/// The most hints and goals that one adds here.
const MAX_PARTS: usize = 40;

/// A language, as a field of two has it: 0 is Danish.
pub type Language = usize;

/// A change of what a lesson says, or of what is open in it.
#[derive(Debug, Clone)]
pub enum LessonEdit {
    Title(Language, String),
    Text(Language, text_editor::Action),
    Id(String),
    AddHint,
    Hint(usize, Language, String),
    RemoveHint(usize),
    AddGoal,
    OpenGoal(Option<usize>),
    Goal(usize, GoalEdit),
    RemoveGoal(usize),
}

impl Builder {
    pub(super) fn update_lesson(&mut self, edit: LessonEdit) {
        match edit {
            LessonEdit::Title(language, text) => {
                self.edit(|file| *side(&mut file.title, language) = line_of(&text));
            }
            LessonEdit::Text(language, action) => self.write(language, action),
            LessonEdit::Id(id) => self.edit(|file| file.id = id.trim().chars().take(64).collect()),
            LessonEdit::AddHint => self.edit(|file| {
                if file.hints.len() < MAX_PARTS {
                    file.hints.push(InTwoLanguages::default());
                }
            }),
            LessonEdit::Hint(at, language, text) => self.edit(|file| {
                if let Some(hint) = file.hints.get_mut(at) {
                    *side(hint, language) = line_of(&text);
                }
            }),
            LessonEdit::RemoveHint(at) => self.edit(|file| {
                if at < file.hints.len() {
                    file.hints.remove(at);
                }
            }),
            LessonEdit::AddGoal => self.add_goal(),
            LessonEdit::OpenGoal(goal) => self.open_goal = goal,
            LessonEdit::Goal(at, edit) => self.edit(|file| {
                if let Some(goal) = file.goals.get_mut(at) {
                    edit.apply(goal);
                }
            }),
            LessonEdit::RemoveGoal(at) => self.remove_goal(at),
        }
    }

    fn write(&mut self, language: Language, action: text_editor::Action) {
        let Some(content) = self.texts.get_mut(language) else { return };
        let is_edit = action.is_edit();
        content.perform(action);
        if is_edit {
            let text = content.text().trim_end().to_owned();
            self.edit(|file| *side(&mut file.text, language) = text);
        }
    }

    fn add_goal(&mut self) {
        let mut added = None;
        self.edit(|file| {
            if file.goals.len() < MAX_PARTS {
                let mut goal = GoalFile::default();
                GoalEdit::Sort(GoalSort::Letters).apply(&mut goal);
                file.goals.push(goal);
                added = Some(file.goals.len() - 1);
            }
        });
        self.open_goal = added.or(self.open_goal);
    }

    fn remove_goal(&mut self, at: usize) {
        self.open_goal = None;
        self.edit(|file| {
            if at < file.goals.len() {
                file.goals.remove(at);
            }
        });
    }
}

fn side(text: &mut InTwoLanguages, language: Language) -> &mut String {
    if language == 0 { &mut text.danish } else { &mut text.english }
}
