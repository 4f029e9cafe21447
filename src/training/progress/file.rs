use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use uuid::Uuid;

use super::error::{ProgressFault, ProgressFileError};
use super::limits;
use crate::rules::without_cpr;
use crate::store::{LessonProgress, MachineProgress};
use crate::visible::is_hidden;

const FORMAT: &str = "postfordeler-fremgang";
const VERSION: u64 = 1;
/// The longest id of a lesson, in bytes.
const LONGEST_ID: usize = 64;

/// How far the people at one machine have come with the lessons, as JSON in UTF-8.
///
/// It holds the names that people have typed, ids of lessons, times and numbers: nothing of rules, mail or settings.
#[derive(Debug)]
pub struct ProgressFile;

#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    format: String,
    version: u64,
    #[serde(rename = "maskine")]
    machine: Uuid,
    #[serde(rename = "maskinnavn")]
    name: String,
    #[serde(rename = "gemt")]
    saved_at: String,
    #[serde(rename = "fremgang")]
    lines: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(rename = "navn")]
    learner: String,
    #[serde(rename = "opgave")]
    lesson: String,
    #[serde(rename = "begyndt")]
    begun_at: String,
    #[serde(rename = "tjek")]
    checks: u32,
    #[serde(rename = "vink")]
    hints: u32,
    #[serde(rename = "loest", default, skip_serializing_if = "Option::is_none")]
    solved_at: Option<String>,
    #[serde(rename = "regler", default, skip_serializing_if = "Option::is_none")]
    rules: Option<u32>,
}

impl ProgressFile {
    /// How the names of such files end.
    pub const ENDING: &str = limits::ENDING;
    /// The most bytes of the file.
    pub const MOST_BYTES: u64 = limits::MOST_BYTES;
    /// The most lines: one for each person and lesson.
    pub const MOST_LINES: usize = limits::MOST_LINES;
    /// The longest name of a person or a machine, in characters.
    pub const LONGEST_NAME: usize = limits::LONGEST_NAME;

    /// Writes the progress of a machine. Names lose characters that cannot be seen, and one that may hold a CPR number is left
    /// out; people whom nothing else tells apart become one.
    ///
    /// # Errors
    ///
    /// There are more lines than a file may have.
    pub fn write(machine: &MachineProgress) -> Result<String, ProgressFileError> {
        let mut lines: BTreeMap<(String, &str), LessonProgress> = BTreeMap::new();
        for line in &machine.progress {
            let key = (fit_name(&line.learner), line.lesson.as_str());
            lines.entry(key).and_modify(|known| *known = together(known, line)).or_insert_with(|| line.clone());
        }
        if lines.len() > Self::MOST_LINES {
            let (place, fault) = ("fremgang".to_owned(), ProgressFault::TooMany);
            return Err(ProgressFileError::Wrong { place, fault });
        }
        let body = Body {
            format: FORMAT.to_owned(),
            version: VERSION,
            machine: machine.machine,
            name: fit_name(&machine.name),
            saved_at: fit_moment(machine.saved_at),
            lines: lines.into_iter().map(|((learner, _), line)| line_of(learner, &line)).collect(),
        };
        let mut text = serde_json::to_string_pretty(&body).expect("its keys are texts, so it can be printed as JSON");
        text.push('\n');
        Ok(text)
    }

    /// Reads the progress of a machine, whole or not at all.
    ///
    /// # Errors
    ///
    /// [`ProgressFileError`], which says what is wrong where.
    pub fn read(file: &[u8]) -> Result<MachineProgress, ProgressFileError> {
        if file.len() as u64 > Self::MOST_BYTES {
            return Err(ProgressFileError::TooLarge);
        }
        let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
        if !says(file, FORMAT) {
            return Err(ProgressFileError::NotOurs);
        }
        let head: Head = serde_json::from_slice(file).map_err(|error| misread(&error))?;
        match (head.format.as_deref(), head.version) {
            (Some(FORMAT), Some(VERSION)) => {}
            (Some(FORMAT), Some(newer)) if newer > VERSION => return Err(ProgressFileError::Newer(newer)),
            _ => return Err(ProgressFileError::NotOurs),
        }
        let body: Body = serde_json::from_slice(file).map_err(|error| misread(&error))?;
        body.checked()
    }
}

impl Body {
    fn checked(self) -> Result<MachineProgress, ProgressFileError> {
        let wrong = |place: &str, fault| ProgressFileError::Wrong { place: place.to_owned(), fault };
        if self.lines.len() > ProgressFile::MOST_LINES {
            return Err(wrong("fremgang", ProgressFault::TooMany));
        }
        check_name(&self.name).map_err(|fault| wrong("maskinnavn", fault))?;
        let saved_at = moment(&self.saved_at).map_err(|fault| wrong("gemt", fault))?;
        let mut progress: Vec<LessonProgress> = Vec::with_capacity(self.lines.len());
        for (at, line) in self.lines.into_iter().enumerate() {
            let read = line.checked();
            progress.push(read.map_err(|(key, fault)| wrong(&format!("fremgang[{at}].{key}"), fault))?);
        }
        let mut seen: Vec<_> = progress.iter().enumerate().map(|(at, it)| (&it.learner, &it.lesson, at)).collect();
        seen.sort();
        let twice = seen.windows(2).find(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1));
        if let Some([_, (.., at)]) = twice {
            return Err(wrong(&format!("fremgang[{at}]"), ProgressFault::Twice));
        }
        Ok(MachineProgress { machine: self.machine, name: self.name, saved_at, progress })
    }
}

impl Line {
    fn checked(self) -> Result<LessonProgress, (&'static str, ProgressFault)> {
        let key = |key: &'static str| move |fault| (key, fault);
        check_name(&self.learner).map_err(key("navn"))?;
        if !is_lesson_id(&self.lesson) {
            return Err(("opgave", ProgressFault::Lesson));
        }
        let solved_at = self.solved_at.as_deref().map(moment).transpose().map_err(key("loest"))?;
        if solved_at.is_some() != self.rules.is_some() {
            return Err(("loest", ProgressFault::HalfSolved));
        }
        Ok(LessonProgress {
            begun_at: moment(&self.begun_at).map_err(key("begyndt"))?,
            learner: self.learner,
            lesson: self.lesson,
            checks: self.checks.into(),
            hints: self.hints as usize,
            solved_at,
            rules: self.rules.map(|rules| rules as usize),
        })
    }
}

fn line_of(learner: String, line: &LessonProgress) -> Line {
    let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    // Both, or neither.
    let solved = line.solved_at.zip(line.rules);
    Line {
        learner,
        lesson: line.lesson.clone(),
        begun_at: fit_moment(line.begun_at),
        checks: number(line.checks),
        hints: number(line.hints as u64),
        solved_at: solved.map(|(at, _)| fit_moment(at)),
        rules: solved.map(|(_, rules)| number(rules as u64)),
    }
}

/// What two have done with a lesson who cannot be told apart.
fn together(one: &LessonProgress, other: &LessonProgress) -> LessonProgress {
    fn first<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
        one.into_iter().chain(other).min()
    }
    LessonProgress {
        learner: one.learner.clone(),
        lesson: one.lesson.clone(),
        begun_at: one.begun_at.min(other.begun_at),
        checks: one.checks.saturating_add(other.checks),
        hints: one.hints.max(other.hints),
        solved_at: first(one.solved_at, other.solved_at),
        rules: first(one.rules, other.rules),
    }
}

/// The name as a file can have it.
fn fit_name(name: &str) -> String {
    let visible: String = name.chars().filter(|it| !is_hidden(*it)).collect();
    without_cpr(visible.trim())
        .trim()
        .chars()
        .take(ProgressFile::LONGEST_NAME)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn check_name(name: &str) -> Result<(), ProgressFault> {
    let is_fit =
        name.chars().count() <= ProgressFile::LONGEST_NAME && name.trim() == name && !name.chars().any(is_hidden);
    if is_fit { Ok(()) } else { Err(ProgressFault::Name) }
}

fn is_lesson_id(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(is_plain)
}

/// The year 2000 begins, in seconds since 1970.
const EARLIEST: i64 = 946_684_800;
/// The year 2199 ends.
const LATEST: i64 = 7_258_118_399;

/// The moment as a file can have it: that of a clock that is far off is the nearest one.
fn fit_moment(at: Timestamp) -> String {
    let second = at.as_second().clamp(EARLIEST, LATEST);
    let fit = if second == at.as_second() { at } else { Timestamp::from_second(second).unwrap_or(at) };
    fit.to_string()
}

fn moment(text: &str) -> Result<Timestamp, ProgressFault> {
    const LONGEST: usize = 40;
    let moment = text.parse::<Timestamp>().ok().filter(|_| text.len() <= LONGEST);
    moment.filter(|at| (EARLIEST..=LATEST).contains(&at.as_second())).ok_or(ProgressFault::Moment)
}

/// Whether the beginning of a file has those words.
fn says(file: &[u8], words: &str) -> bool {
    const BEGINNING: usize = 2_000;
    memchr::memmem::find(&file[..file.len().min(BEGINNING)], words.as_bytes()).is_some()
}

/// What is wrong, without the words of the reader of JSON, which may repeat what the file says.
fn misread(error: &serde_json::Error) -> ProgressFileError {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        Category::Data => ProgressFileError::Foreign { line, column },
        Category::Syntax | Category::Eof | Category::Io => ProgressFileError::Damaged { line, column },
    }
}
