//! What a goal asks for, and how it is changed.

use crate::rules::PostType;
use crate::training::{GoalFile, GuardFile, LettersFile, ReceivedFile, WishedAddress, Writer};

/// The longest title, hint or text of a goal, in characters.
const LONGEST_LINE: usize = 1_000;
/// How many letters a goal sends, unless somebody says otherwise.
const LETTERS: u32 = 8;

/// What a goal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalSort {
    Letters,
    Guard,
    Received,
    /// A question, which is written by hand.
    Question,
}

/// Which number letters have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberSort {
    Any,
    Missing,
    Kle,
    Form,
}

/// A change of a goal.
#[derive(Debug, Clone)]
pub enum GoalEdit {
    Sort(GoalSort),
    Fagsystem(String),
    Count(String),
    Writer(Option<Writer>),
    Address(Option<WishedAddress>),
    NumberSort(NumberSort),
    Number(String),
    PostType(Option<PostType>),
    Day(String),
    Danish(String),
    English(String),
}

impl GoalSort {
    pub(super) fn of(goal: &GoalFile) -> Self {
        if goal.letters.is_some() {
            Self::Letters
        } else if goal.guard.is_some() {
            Self::Guard
        } else if goal.received.is_some() {
            Self::Received
        } else {
            Self::Question
        }
    }
}

impl NumberSort {
    pub(super) fn of(letters: &LettersFile) -> Self {
        if letters.kle.is_some() {
            Self::Kle
        } else if letters.form.is_some() {
            Self::Form
        } else if letters.without.iter().any(|word| word == "nummer") {
            Self::Missing
        } else {
            Self::Any
        }
    }
}

/// The id of the fagsystem that a goal is about.
pub(super) fn fagsystem_of(goal: &GoalFile) -> Option<&str> {
    let guarded = goal.guard.as_ref().map(|guard| guard.fagsystem.as_str());
    let received = goal.received.as_ref().map(|received| received.fagsystem.as_str());
    guarded.or(received).or(goal.fagsystem.as_deref())
}

fn count_of(typed: &str) -> u32 {
    // More than there may be is as wrong as it can be.
    typed.chars().filter(char::is_ascii_digit).take(6).collect::<String>().parse().unwrap_or_default()
}

impl GoalEdit {
    pub(super) fn apply(self, goal: &mut GoalFile) {
        match self {
            Self::Sort(sort) => change_sort(goal, sort),
            Self::Fagsystem(id) => {
                if let Some(guard) = &mut goal.guard {
                    guard.fagsystem = id;
                } else if let Some(received) = &mut goal.received {
                    received.fagsystem = id;
                } else {
                    goal.fagsystem = Some(id);
                }
            }
            Self::Day(typed) => {
                let days = typed.trim().trim_start_matches('+');
                goal.day = (!days.is_empty())
                    .then(|| if days.starts_with('-') { days.to_owned() } else { format!("+{days}") });
            }
            Self::Danish(text) => goal.text.danish = line_of(&text),
            Self::English(text) => goal.text.english = line_of(&text),
            Self::Count(typed) => {
                if let Some(received) = &mut goal.received {
                    received.count = count_of(&typed).into();
                } else if let Some(letters) = &mut goal.letters {
                    letters.count = count_of(&typed);
                }
            }
            edit => {
                if let Some(letters) = &mut goal.letters {
                    edit.apply_to(letters);
                }
            }
        }
    }

    fn apply_to(self, letters: &mut LettersFile) {
        let mut set = |word: &str, is_without: bool| {
            letters.without.retain(|other| other != word);
            if is_without {
                letters.without.push(word.to_owned());
            }
        };
        match self {
            Self::Writer(writer) => {
                let word = LettersFile::WRITERS.into_iter().find(|(_, known)| Some(*known) == writer);
                letters.writer = word.map(|(word, _)| word.to_owned());
            }
            Self::Address(address) => {
                set("kontaktpunkt", address == Some(WishedAddress::Nowhere));
                (letters.contact_point, letters.contact_group) = match address {
                    Some(WishedAddress::ContactPoint(id)) => (Some(id.as_str().to_owned()), None),
                    Some(WishedAddress::Group(name)) => (None, Some(name.as_str().to_owned())),
                    Some(WishedAddress::Nowhere | WishedAddress::Gone) | None => (None, None),
                };
            }
            Self::NumberSort(sort) => {
                set("nummer", sort == NumberSort::Missing);
                letters.kle = (sort == NumberSort::Kle).then(String::new);
                letters.form = (sort == NumberSort::Form).then(String::new);
            }
            Self::Number(typed) => {
                let typed: String = typed.trim().chars().take(32).collect();
                if letters.kle.is_some() {
                    letters.kle = Some(typed);
                } else if letters.form.is_some() {
                    letters.form = Some(typed);
                }
            }
            Self::PostType(post_type) => letters.post_type = post_type.map(|it| word_of(it).to_owned()),
            _ => {}
        }
    }
}

fn change_sort(goal: &mut GoalFile, sort: GoalSort) {
    if sort == GoalSort::of(goal) && goal.letters.is_some() {
        return;
    }
    let fagsystem = fagsystem_of(goal).unwrap_or_default().to_owned();
    *goal = GoalFile { text: std::mem::take(&mut goal.text), ..GoalFile::default() };
    match sort {
        GoalSort::Letters => {
            goal.letters = Some(LettersFile { count: LETTERS, ..LettersFile::default() });
            goal.fagsystem = Some(fagsystem);
        }
        GoalSort::Guard => goal.guard = Some(GuardFile { fagsystem }),
        GoalSort::Received => goal.received = Some(ReceivedFile { fagsystem, count: 1 }),
        GoalSort::Question => {}
    }
}

pub(super) fn word_of(post_type: PostType) -> &'static str {
    match post_type {
        PostType::Authority => "myndighedspost",
        PostType::Company => "virksomhedspost",
        PostType::Unspecified => "ikkeAngivet",
    }
}

pub(super) fn line_of(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(LONGEST_LINE).collect()
}
