//! Reads a lesson, begins it, and checks what has been reached.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};

use jiff::civil::Date;

use super::attempt::Attempt;
use super::error::LessonProblem;
use super::format::{AttemptFile, LessonFile};
use super::goal::{Goal, GoalKind};
use super::start::Start;
use super::verdict::{Fault, Verdict, WrongMessage};
use super::{Lesson, LessonError, Mistake, relative_day};
use crate::language::LanguageChoice;
use crate::rules::{Authority, Distributor, FagsystemId, RuleBook};
use crate::training::{MadeMessage, MessageMaker, PracticeMood, Wish};

/// A room sees the same messages.
const SEED: u64 = 17;
/// The numbers of a goal's messages begin this far after those of the goal before.
const APART: u64 = 1_000;

/// What is known of an attempt.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The rules in force.
    pub rules: &'a Distributor,
    /// The day.
    pub today: Date,
    /// How many messages each fagsystem has accepted since the lesson began.
    pub accepted: &'a BTreeMap<FagsystemId, u64>,
    /// The choice made for each goal that is a question, counted from 0.
    pub answers: &'a [Option<usize>],
}

impl Lesson {
    /// Reads a lesson's file.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its place: [`LessonError`].
    pub fn read(text: &str, today: Date) -> Result<Self, LessonError> {
        let file = LessonFile::read(text)?;
        let is_id = |id: &str| {
            (1..=64).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        if !is_id(&file.id) {
            return Err(LessonError::wrong("id", LessonProblem::Id));
        }
        if file.goals.is_empty() {
            return Err(LessonError::wrong("maal", LessonProblem::NoGoal));
        }
        let goals = (1..).zip(&file.goals).map(|(number, goal)| Goal::read(goal, &format!("maal[{number}]"), today));
        let goals = goals.collect::<Result<Vec<_>, _>>()?;
        let moods = file.start.moods.iter().map(|(id, word)| {
            let place = format!("start.humoer.{id}");
            let id = FagsystemId::new(id).ok_or_else(|| LessonError::wrong(&place, LessonProblem::EmptyId))?;
            let mood = PracticeMood::from_word(word);
            Ok((id, mood.ok_or_else(|| LessonError::wrong(&place, LessonProblem::Mood))?))
        });
        let moods = moods.collect::<Result<_, LessonError>>()?;
        let mistakes = (1..).zip(file.mistakes).map(|(number, attempt): (usize, AttemptFile)| {
            let place = format!("forkert[{number}]");
            let goal = attempt.goal.and_then(|goal| goal.checked_sub(1)).filter(|goal| *goal < goals.len());
            let wrong = || LessonError::wrong(format!("{place}.maal"), LessonProblem::NoSuchGoal);
            let goal = goal.ok_or_else(wrong)?;
            Ok(Mistake { attempt: Attempt { file: attempt, place }, goal })
        });
        let lesson = Self {
            mistakes: mistakes.collect::<Result<_, LessonError>>()?,
            id: file.id,
            title: file.title,
            text: file.text,
            hints: file.hints,
            par: file.par,
            goals,
            moods,
            solution: Attempt { file: file.solution, place: "loesning".to_owned() },
            start: Start(file.start),
        };
        lesson.look_over(today)?;
        Ok(lesson)
    }

    /// Whether the rules have no faults and the goals name fagsystems that there are.
    fn look_over(&self, today: Date) -> Result<(), LessonError> {
        let book = self.begin((Ipv4Addr::LOCALHOST, 1).into(), today)?;
        let solved = self.solution.apply(&book, today)?;
        for (number, goal) in (1..).zip(&self.goals) {
            let (GoalKind::Mail { fagsystem, .. } | GoalKind::Guarded(fagsystem) | GoalKind::Received(fagsystem, _)) =
                &goal.kind
            else {
                continue;
            };
            let authority = first_authority(&solved);
            if authority.is_none_or(|authority| authority.fagsystem(fagsystem).is_none()) {
                let reason = LessonProblem::NoFagsystem(fagsystem.clone());
                return Err(LessonError::wrong(format!("maal[{number}].fagsystem"), reason));
            }
        }
        Ok(())
    }

    /// What it is about, with its days as they fall on that day.
    #[must_use]
    pub fn text(&self, language: LanguageChoice, today: Date) -> String {
        relative_day::fill_in(self.text.of(language), today)
    }

    /// A goal's words, with its days as they fall on that day.
    #[must_use]
    pub fn goal_text(&self, goal: &Goal, language: LanguageChoice, today: Date) -> String {
        relative_day::fill_in(goal.text.of(language), today)
    }

    /// The rules to begin with, with practice fagsystems at that address.
    ///
    /// # Errors
    ///
    /// The rules have faults, which [`Lesson::read`] has found already unless the day is another.
    pub fn begin(&self, practice: SocketAddr, today: Date) -> Result<RuleBook, LessonError> {
        self.start.book(practice, today)
    }

    /// The messages that a goal sends; none where it sends none. They are the same whatever has been done to the rules.
    #[must_use]
    pub fn messages(&self, goal: usize, today: Date) -> Vec<MadeMessage> {
        match self.goals.get(goal).map(|goal| &goal.kind) {
            Some(GoalKind::Mail { wish, group, .. }) => self.made(goal, wish, group.as_ref(), today),
            _ => Vec::new(),
        }
    }

    fn made(&self, goal: usize, wish: &Wish, group: Option<&String>, today: Date) -> Vec<MadeMessage> {
        let Ok(book) = self.begin((Ipv4Addr::LOCALHOST, 1).into(), today) else { return Vec::new() };
        let Some(authority) = first_authority(&book) else { return Vec::new() };
        let first = APART * goal as u64;
        let maker = MessageMaker::new(&book, authority, SEED);
        let mut messages: Vec<_> = maker.messages(wish, first).collect();
        for letter in messages.iter_mut().map(|message| &mut message.letter) {
            // Its other numbers are a matter of their own.
            letter.to = authority.cvr;
            if let (Some(group), Some((_, named))) = (group, &mut letter.contact_point) {
                *named = Some(group.clone());
            }
        }
        messages
    }

    /// Sends the messages of every goal through the rules in force, and says what is still wrong.
    #[must_use]
    pub fn check(&self, evidence: &Evidence<'_>) -> Verdict {
        let faults = (0..).zip(&self.goals).filter_map(|(number, goal)| self.fault(number, goal, evidence)).collect();
        let rules = first_authority(evidence.rules.book());
        let rules = rules.map_or(0, |authority| authority.rules.iter().filter(|rule| rule.active).count());
        Verdict { faults, rules, par: self.par }
    }

    fn fault(&self, number: usize, goal: &Goal, evidence: &Evidence<'_>) -> Option<Fault> {
        match &goal.kind {
            GoalKind::Mail { fagsystem, .. } => self.wrong_message(number, goal, fagsystem, evidence),
            GoalKind::Guarded(fagsystem) => {
                let authority = first_authority(evidence.rules.book());
                let is_guarded =
                    authority.is_some_and(|it| it.guards.iter().any(|guard| guard.fagsystem == *fagsystem));
                (!is_guarded).then(|| Fault::Unguarded(number, fagsystem.clone()))
            }
            GoalKind::Received(fagsystem, wanted) => {
                let accepted = evidence.accepted.get(fagsystem).copied().unwrap_or_default();
                let not_received =
                    || Fault::NotReceived { goal: number, fagsystem: fagsystem.clone(), accepted, wanted: *wanted };
                (accepted < *wanted).then(not_received)
            }
            GoalKind::Question { right, .. } => match evidence.answers.get(number).copied().flatten() {
                None => Some(Fault::Unanswered(number)),
                Some(answer) => (answer != *right).then_some(Fault::WrongAnswer(number)),
            },
        }
    }

    fn wrong_message(
        &self,
        number: usize,
        goal: &Goal,
        fagsystem: &FagsystemId,
        evidence: &Evidence<'_>,
    ) -> Option<Fault> {
        let day = goal.day(evidence.today);
        let messages = self.messages(number, evidence.today);
        let of = messages.len();
        let mut wrong = messages.into_iter().filter_map(|message| {
            let facts = message.letter.facts();
            let decision = evidence.rules.decide(&facts, day).ok()?;
            let is_right = decision.fagsystem.id == *fagsystem && decision.fagsystem.active;
            (!is_right).then_some((message, facts, decision))
        });
        let (message, facts, decision) = wrong.next()?;
        let wrong = Box::new(WrongMessage {
            goal: number,
            message,
            facts,
            day,
            goes_to: decision.fagsystem.id.clone(),
            by: decision.ground.priority(),
            belongs_to: fagsystem.clone(),
            wrong: 1 + wrong.count(),
            of,
        });
        Some(if wrong.goes_to == wrong.belongs_to { Fault::Held(wrong) } else { Fault::Misrouted(wrong) })
    }
}

fn first_authority(book: &RuleBook) -> Option<&Authority> {
    book.authorities.first()
}
