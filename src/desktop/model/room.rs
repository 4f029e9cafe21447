//! The people of a room, whichever machines they learn at.

use std::collections::HashMap;

use jiff::Timestamp;

use super::names::danish_order;
use crate::rules::without_cpr;
use crate::store::{LessonProgress, MachineProgress};
use crate::training::Lesson;

/// Everybody whose progress is known, in the order of a Danish dictionary; those without a name come last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    pub learners: Vec<RoomLearner>,
}

/// Somebody who learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomLearner {
    /// The name as it was typed; empty where nobody has typed one.
    pub name: String,
    /// What tells them from others of that name; `None` where there are none.
    pub machine: Option<RoomMachine>,
    /// How far they have come, a line for each lesson that they have begun.
    progress: Vec<LessonProgress>,
}

/// The machine that somebody learns at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomMachine {
    /// The one of this window.
    Own,
    /// Another one, by its name, which may be empty, and by the beginning of its id where that is needed.
    Other(String, Option<String>),
}

/// How far somebody has come with a lesson that they have begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonMark {
    /// Solved with as few rules as it can be.
    Within,
    Solved,
    /// Begun and not solved.
    Tried,
}

/// Somebody's progress with a lesson.
#[derive(Debug, Clone, Copy)]
pub struct LearntLesson<'a> {
    /// The lesson and its number; `None` where this program does not know it.
    pub lesson: Option<(usize, &'a Lesson)>,
    pub progress: &'a LessonProgress,
}

impl LessonMark {
    fn of(progress: &LessonProgress, lesson: Option<&Lesson>) -> Self {
        match (progress.solved_at, progress.rules, lesson) {
            (None, ..) => Self::Tried,
            (Some(_), Some(rules), Some(lesson)) if rules <= lesson.par => Self::Within,
            (Some(_), ..) => Self::Solved,
        }
    }
}

impl LearntLesson<'_> {
    pub fn mark(&self) -> LessonMark {
        LessonMark::of(self.progress, self.lesson.map(|(_, lesson)| lesson))
    }
}

impl RoomLearner {
    /// What they have begun, in the order of the lessons; what this program does not know comes last.
    pub fn lessons<'a>(&'a self, lessons: &'a [Lesson]) -> Vec<LearntLesson<'a>> {
        let numbered = || (1..).zip(lessons);
        let known = numbered().filter_map(|(number, lesson)| {
            let progress = self.progress.iter().find(|it| it.lesson == lesson.id)?;
            Some(LearntLesson { lesson: Some((number, lesson)), progress })
        });
        let strange = self.progress.iter().filter(|it| lessons.iter().all(|lesson| lesson.id != it.lesson));
        known.chain(strange.map(|progress| LearntLesson { lesson: None, progress })).collect()
    }

    /// How many of those lessons they have solved.
    pub fn solved(&self, lessons: &[Lesson]) -> usize {
        let known = self.progress.iter().filter(|it| lessons.iter().any(|lesson| lesson.id == it.lesson));
        known.filter(|it| it.solved_at.is_some()).count()
    }

    pub fn hints(&self) -> usize {
        self.progress.iter().map(|it| it.hints).fold(0, usize::saturating_add)
    }

    /// When they last solved a lesson for the first time.
    pub fn last_solved(&self) -> Option<Timestamp> {
        self.progress.iter().filter_map(|it| it.solved_at).max()
    }
}

impl Room {
    /// Puts together what was learnt here and on other machines.
    pub fn of(own: &[LessonProgress], others: &[MachineProgress]) -> Self {
        let mut learners = learners_of(own, &RoomMachine::Own);
        for other in others {
            let name = without_cpr(&other.name).into_owned();
            let id = other.machine.simple().to_string().chars().take(4).collect();
            learners.extend(learners_of(&other.progress, &RoomMachine::Other(name, Some(id))));
        }
        tell_apart(&mut learners);
        learners.sort_by(|one, other| {
            let order = one.name.is_empty().cmp(&other.name.is_empty());
            let order = order.then_with(|| danish_order(&one.name, &other.name));
            order.then_with(|| one.machine_key().cmp(&other.machine_key()))
        });
        Self { learners }
    }
}

impl RoomLearner {
    fn machine_key(&self) -> Option<(&str, Option<&str>)> {
        match self.machine.as_ref()? {
            RoomMachine::Own => None,
            RoomMachine::Other(name, id) => Some((name, id.as_deref())),
        }
    }
}

fn learners_of(progress: &[LessonProgress], machine: &RoomMachine) -> Vec<RoomLearner> {
    let mut learners: Vec<RoomLearner> = Vec::new();
    for line in progress {
        // Two names with a CPR number in them are two people, though they look alike.
        let is_its = |learner: &RoomLearner| learner.progress.first().is_some_and(|it| it.learner == line.learner);
        match learners.iter_mut().find(|learner| is_its(learner)) {
            Some(learner) => learner.progress.push(line.clone()),
            None => learners.push(RoomLearner {
                name: without_cpr(&line.learner).into_owned(),
                machine: Some(machine.clone()),
                progress: vec![line.clone()],
            }),
        }
    }
    learners
}

/// Leaves the machine only with those who share a name, and its id only where their machines share one too.
fn tell_apart(learners: &mut [RoomLearner]) {
    let fold = |name: &str| name.to_lowercase();
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut machines: HashMap<(String, String), usize> = HashMap::new();
    for learner in learners.iter() {
        *names.entry(fold(&learner.name)).or_default() += 1;
        if let Some(RoomMachine::Other(machine, _)) = &learner.machine {
            *machines.entry((fold(&learner.name), fold(machine))).or_default() += 1;
        }
    }
    for learner in learners {
        if names.get(&fold(&learner.name)).is_none_or(|count| *count < 2) && !learner.name.is_empty() {
            learner.machine = None;
        } else if let Some(RoomMachine::Other(machine, id)) = &mut learner.machine
            && !machine.is_empty()
            && machines.get(&(fold(&learner.name), fold(machine))).is_none_or(|count| *count < 2)
        {
            *id = None;
        }
    }
}
