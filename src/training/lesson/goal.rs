//! What a lesson is to reach.

use jiff::civil::Date;

use super::error::LessonProblem;
use super::format::{GoalFile, LettersFile};
use super::words::{MAX_MESSAGES, WRITERS};
use super::{InTwoLanguages, LessonError, relative_day};
use crate::rules::{Caseless, FagsystemId, PostType};
use crate::training::{Wish, WishedAddress, WishedNumber, Writer};

/// Something that must be so for a lesson to be solved.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What it asks for, in people's words.
    pub text: InTwoLanguages,
    /// How it is checked.
    pub kind: GoalKind,
}

/// How a goal is checked.
#[derive(Debug, Clone, PartialEq)]
pub enum GoalKind {
    /// These messages reach that fagsystem, if they come today or on that day.
    Mail {
        /// Which messages.
        wish: Wish,
        /// The group that each names besides its contact point, where the file says both.
        group: Option<String>,
        /// Where they belong.
        fagsystem: FagsystemId,
        /// The day, as the file has it: see [`Goal::day`].
        day: Option<String>,
    },
    /// A guard says that some message must reach that fagsystem.
    Guarded(FagsystemId),
    /// That fagsystem has accepted so many messages since the lesson began.
    Received(FagsystemId, u64),
    /// One of the choices is right; it is counted from 0.
    Question {
        /// What there is to choose from.
        choices: Vec<InTwoLanguages>,
        /// The right one.
        right: usize,
    },
}

impl Goal {
    /// Reads a goal; `place` is where it stands.
    pub(super) fn read(file: &GoalFile, place: &str, today: Date) -> Result<Self, LessonError> {
        let kinds = [file.letters.is_some(), file.guard.is_some(), file.received.is_some(), !file.choices.is_empty()];
        if kinds.into_iter().filter(|is_there| *is_there).count() != 1 {
            return Err(LessonError::wrong(place, LessonProblem::NotOneKind));
        }
        let id = |id: &str, key: &str| {
            FagsystemId::new(id).ok_or_else(|| LessonError::wrong(format!("{place}.{key}"), LessonProblem::EmptyId))
        };
        let kind = if let Some(letters) = &file.letters {
            let fagsystem = file.fagsystem.as_deref().unwrap_or_default();
            if let Some(day) = file.day.as_deref().filter(|day| relative_day::read(day, today).is_none()) {
                return Err(LessonError::wrong(format!("{place}.dag"), LessonProblem::Day(day.to_owned())));
            }
            let wish = wish(letters, &format!("{place}.breve"))?;
            let group = letters.contact_group.clone().filter(|_| letters.contact_point.is_some());
            GoalKind::Mail { wish, group, fagsystem: id(fagsystem, "fagsystem")?, day: file.day.clone() }
        } else if let Some(guard) = &file.guard {
            GoalKind::Guarded(id(&guard.fagsystem, "vagt.fagsystem")?)
        } else if let Some(received) = &file.received {
            GoalKind::Received(id(&received.fagsystem, "modtaget.fagsystem")?, received.count)
        } else {
            let right = file.right.and_then(|right| right.checked_sub(1)).filter(|right| *right < file.choices.len());
            let wrong = || LessonError::wrong(format!("{place}.rigtigt"), LessonProblem::Right);
            let right = right.ok_or_else(wrong)?;
            GoalKind::Question { choices: file.choices.clone(), right }
        };
        Ok(Self { text: file.text.clone(), kind })
    }

    /// The day on which its messages come.
    #[must_use]
    pub fn day(&self, today: Date) -> Date {
        match &self.kind {
            GoalKind::Mail { day: Some(day), .. } => relative_day::read(day, today).unwrap_or(today),
            _ => today,
        }
    }
}

impl LettersFile {
    /// Who writes, and the words for them in files.
    pub const WRITERS: [(&'static str, Writer); 12] = WRITERS;

    /// The messages that are wished for; `None` where a value makes no sense.
    #[must_use]
    pub fn wish(&self) -> Option<Wish> {
        wish(self, "").ok()
    }
}

pub(super) fn wish(file: &LettersFile, place: &str) -> Result<Wish, LessonError> {
    let wrong = |key: &str, reason| LessonError::wrong(format!("{place}.{key}"), reason);
    if !(1..=MAX_MESSAGES).contains(&file.count) {
        return Err(wrong("antal", LessonProblem::Count));
    }
    let writer = file.writer.as_deref().map(|word| {
        let found = WRITERS.into_iter().find(|(known, _)| *known == word).map(|(_, writer)| writer);
        found.ok_or_else(|| wrong("afsender", LessonProblem::Writer))
    });
    let without = |what: &str| file.without.iter().any(|word| word == what);
    if file.without.iter().any(|word| word != "kontaktpunkt" && word != "nummer") {
        return Err(wrong("uden", LessonProblem::Without));
    }
    let address = match (&file.contact_point, &file.contact_group) {
        (Some(id), _) => Some(WishedAddress::ContactPoint(Caseless::new(id))),
        (None, Some(group)) => Some(WishedAddress::Group(Caseless::new(group))),
        (None, None) => without("kontaktpunkt").then_some(WishedAddress::Nowhere),
    };
    let number = match (&file.kle, &file.form) {
        (Some(_), Some(_)) => return Err(wrong("kle", LessonProblem::BothNumbers)),
        (Some(kle), None) => Some(WishedNumber::Kle(kle.parse().map_err(|_| wrong("kle", LessonProblem::Kle))?)),
        (None, Some(form)) => Some(WishedNumber::Form(form.parse().map_err(|_| wrong("form", LessonProblem::Form))?)),
        (None, None) => without("nummer").then_some(WishedNumber::Missing),
    };
    let post_type = file.post_type.as_deref().map(|word| match word {
        "myndighedspost" => Ok(PostType::Authority),
        "virksomhedspost" => Ok(PostType::Company),
        "ikkeAngivet" => Ok(PostType::Unspecified),
        _ => Err(wrong("posttype", LessonProblem::PostType)),
    });
    Ok(Wish {
        writer: writer.transpose()?,
        address,
        number,
        post_type: post_type.transpose()?,
        ..Wish::any(file.count)
    })
}
