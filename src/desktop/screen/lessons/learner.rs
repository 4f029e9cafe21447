//! Who learns at this machine, how far they have come with a lesson, and the hints that they have looked at.

use super::{HINTS_BEFORE_SOLUTION, LessonsScreen, Message};
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::store::LessonProgress;
use crate::training::Lesson;

impl Message {
    /// Whether it tells something of the learner, or leaves these data: the name must be kept before.
    pub(super) fn is_of_learner(&self) -> bool {
        matches!(self, Self::Begin | Self::End | Self::Check | Self::Show(_))
    }
}

impl LessonsScreen {
    /// The name that has been typed and not been kept.
    pub(super) fn typed_name(&self) -> Option<&str> {
        let known = &self.now.as_ref()?.learner;
        self.name.as_deref().filter(|name| name.trim() != known)
    }

    /// Whether the typed name may be that of the one who learns now, written otherwise: they have learnt something, and
    /// nobody of that name has.
    pub(super) fn may_be_correction(&self) -> bool {
        let (Some(now), Some(typed)) = (&self.now, self.typed_name()) else { return false };
        let has_learnt = |name: &str| now.progress.iter().any(|it| it.learner == name);
        !now.learner.is_empty() && has_learnt(&now.learner) && !typed.trim().is_empty() && !has_learnt(typed.trim())
    }

    pub(super) fn keep_name(&self, is_same: bool, then: Option<Box<Message>>, scene: Scene<'_>) -> Action<Message> {
        let Some(name) = self.typed_name().map(str::to_owned) else { return Action::None };
        scene.serve(move |services| services.name_learner(name, is_same), move |kept| Message::Kept(kept, then.clone()))
    }

    /// Whether the solution may be asked for: after two hints, or all that there are, and a check that found something wrong.
    pub(super) fn offers_solution(&self, lesson: &Lesson) -> bool {
        let is_tried = self.progress(&lesson.id).is_some_and(|it| it.checks > 0 && it.solved_at.is_none());
        self.hints_shown(lesson) >= HINTS_BEFORE_SOLUTION.min(lesson.hints.len())
            && (is_tried || self.failed.contains(&lesson.id))
    }

    /// How far the one who learns has come with a lesson.
    pub(super) fn progress(&self, id: &str) -> Option<&LessonProgress> {
        let now = self.now.as_ref()?;
        now.progress.iter().find(|it| it.learner == now.learner && it.lesson == id)
    }

    /// How many hints of a lesson the one who learns has looked at, now or before.
    pub(super) fn hints_shown(&self, lesson: &Lesson) -> usize {
        let before = self.progress(&lesson.id).map_or(0, |it| it.hints);
        self.hints.get(&lesson.id).copied().unwrap_or_default().max(before).min(lesson.hints.len())
    }

    pub(super) fn hint(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(id) = self.shown_id() else { return Action::None };
        let Some((_, lesson)) = self.lesson(&id) else { return Action::None };
        let shown = (self.hints_shown(lesson) + 1).min(lesson.hints.len());
        self.hints.insert(id.clone(), shown);
        let now = scene.now;
        scene.serve(move |services| services.show_lesson_hints(id, shown, now), Message::HintsKept)
    }
}
