use std::collections::BTreeMap;
use std::net::SocketAddr;

use jiff::civil::Date;

use super::format::{AttemptFile, GoalFile, LessonFile, ReceivedFile, StartFile};
use super::proposing::proposed_goals;
use super::words::{FORMAT, VERSION};
use super::{Attempt, InTwoLanguages, LessonError};
use crate::rules::{Difference, Facts, FagsystemId, RuleBook};
use crate::training::PracticeMood;

/// What was sent while a lesson was recorded.
#[derive(Debug, Clone, Default)]
pub struct RecordedLetters {
    /// What rules see of the letters, each with how many there were.
    pub kinds: Vec<(Facts, u64)>,
    /// How many each fagsystem has accepted.
    pub accepted: BTreeMap<FagsystemId, u64>,
}

/// What a recorded solution does, and what of it a lesson cannot hold.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// What leads from the start to the solution.
    pub solution: AttemptFile,
    /// What else differs from the start, such as a new fagsystem. It is left out.
    pub left_out: Vec<Difference>,
}

impl LessonFile {
    /// A lesson of which only the start is known: the rules of that book, and fagsystems that do not accept. Its practice fagsystems
    /// are at that address.
    ///
    /// # Errors
    ///
    /// What of the book a lesson cannot begin with: all that differs from the sample municipality and is no rule.
    pub fn starting(
        book: &RuleBook,
        moods: &BTreeMap<FagsystemId, PracticeMood>,
        practice: SocketAddr,
        today: Date,
    ) -> Result<Self, Vec<Difference>> {
        let moods = moods.iter().filter(|(_, mood)| **mood != PracticeMood::Accepts);
        let moods = moods.map(|(id, mood)| (id.as_str().to_owned(), mood.word().to_owned())).collect();
        let start = StartFile { moods, ..StartFile::of(book, practice, today)? };
        Ok(Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            id: String::new(),
            par: 0,
            title: InTwoLanguages::default(),
            text: InTwoLanguages::default(),
            hints: Vec::new(),
            start,
            goals: Vec::new(),
            solution: AttemptFile::default(),
            mistakes: Vec::new(),
        })
    }

    /// What leads from its start to that book, whose practice fagsystems are at that address.
    ///
    /// # Errors
    ///
    /// The rules of the start have faults.
    pub fn recorded(&self, book: &RuleBook, practice: SocketAddr, today: Date) -> Result<Recorded, LessonError> {
        let start = self.start.book(practice, today)?;
        let (solution, left_out) = AttemptFile::between(&start, book, today);
        Ok(Recorded { solution, left_out })
    }

    /// The rules of its start, and those of its solution, with practice fagsystems at that address.
    ///
    /// # Errors
    ///
    /// The rules have faults.
    pub fn books(&self, practice: SocketAddr, today: Date) -> Result<(RuleBook, RuleBook), LessonError> {
        let start = self.start.book(practice, today)?;
        let solution = Attempt { file: self.solution.clone(), place: "loesning".to_owned() };
        let solution = solution.apply(&start, today)?;
        Ok((start, solution))
    }

    /// Takes the rules of that book for its solution, and their number for par. Answers to questions stay, and so does what
    /// fagsystems accept meanwhile.
    ///
    /// # Errors
    ///
    /// The rules of the start have faults; then nothing is changed.
    pub fn take_solution(&mut self, book: &RuleBook, practice: SocketAddr, today: Date) -> Result<(), LessonError> {
        let Recorded { solution, .. } = self.recorded(book, practice, today)?;
        self.solution = AttemptFile {
            answers: std::mem::take(&mut self.solution.answers),
            received: std::mem::take(&mut self.solution.received),
            ..solution
        };
        let rules = book.authorities.first().map_or(0, |it| it.rules.iter().filter(|rule| rule.active).count());
        self.par = rules;
        Ok(())
    }

    /// Proposes goals for what was sent, and for the fagsystems that did not accept at the start and have accepted something.
    /// Their texts are empty.
    ///
    /// # Errors
    ///
    /// The rules of the start or of the solution have faults; then nothing is changed.
    pub fn propose_goals(
        &mut self,
        letters: &RecordedLetters,
        practice: SocketAddr,
        today: Date,
    ) -> Result<(), LessonError> {
        let (start, solution) = self.books(practice, today)?;
        let (Ok(start), Ok(solution)) = (start.compile(), solution.compile()) else { return Ok(()) };
        self.goals = proposed_goals(&letters.kinds, &start, &solution, today);
        for id in self.start.moods.keys() {
            let accepted = letters.accepted.iter().find(|(fagsystem, count)| fagsystem.as_str() == id && **count > 0);
            if accepted.is_some() {
                let received = ReceivedFile { fagsystem: id.clone(), count: 1 };
                self.solution.received.insert(id.clone(), 1);
                self.goals.push(GoalFile { received: Some(received), ..GoalFile::default() });
            }
        }
        Ok(())
    }
}
