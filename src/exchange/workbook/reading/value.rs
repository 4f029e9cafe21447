//! Reads values from cells. What a spreadsheet has made of the text that was typed is undone where that is unambiguous.

use std::borrow::Cow;
use std::str::FromStr;

use jiff::civil::{Date, Time};

use super::table::{Field, Row};
use super::{MAX_ITEMS, Reading};
use crate::exchange::text::decimal::{NotANumber, number_in_text};
use crate::exchange::text::resemblance::meant;
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::format::words::{self, Words};
use crate::exchange::workbook::format::{listed, title};
use crate::exchange::workbook::source::Cell;
use crate::rules::{Classification, Cvr, Interval, NotAnInterval, Number, Priority};
use crate::visible::{as_seen, is_dash, without_invisible};

impl Reading<'_> {
    pub(super) fn fault_at<T>(&mut self, field: Field<'_>, problem: CellProblem) -> Option<T> {
        self.fault(field.place(), problem)
    }

    /// A cell that must not be empty. A missing column is a fault of its own.
    pub(super) fn required<'a, T>(
        &mut self,
        row: Row<'a>,
        title: &'static str,
        read: impl FnOnce(&mut Self, Field<'a>) -> Option<T>,
    ) -> Option<T> {
        let field = row.field(title)?;
        if field.cell.is_none() {
            return self.fault_at(field, CellProblem::Missing(title));
        }
        read(self, field)
    }

    /// A cell that may be empty, or not there.
    pub(super) fn optional<'a, T>(
        &mut self,
        row: Row<'a>,
        title: &str,
        empty: T,
        read: impl FnOnce(&mut Self, Field<'a>) -> Option<T>,
    ) -> Option<T> {
        match row.field(title).filter(|field| field.cell.is_some()) {
            Some(field) => read(self, field),
            None => Some(empty),
        }
    }

    /// Free text, unchanged. A number or a date is read as it is displayed.
    pub(super) fn words(&mut self, row: Row<'_>, title: &str) -> Option<String> {
        let Some(field) = row.field(title) else { return Some(String::new()) };
        match field.written() {
            None => Some(String::new()),
            Some(Cell::Text(text)) => Some(text.clone()),
            Some(Cell::Number(number)) => Some(number.to_string().replace('.', ",")),
            Some(Cell::Day(day)) => Some(day.strftime("%d-%m-%Y").to_string()),
            Some(Cell::Switch(is_on)) => self.fault_at(field, CellProblem::NotAText(found_switch(*is_on))),
            Some(Cell::Moment(text)) => self.fault_at(field, CellProblem::NotAText(Excerpt::new(text))),
            Some(Cell::Fault(problem)) => self.fault_at(field, CellProblem::clone(problem)),
        }
    }

    /// A name for people, without invisible characters.
    pub(super) fn label(&mut self, row: Row<'_>, title: &str) -> Option<String> {
        self.words(row, title).map(|words| without_invisible(&words).into_owned())
    }

    /// A text that identifies something, in its visible form and trimmed. A fault for a number that may have lost digits.
    pub(super) fn name(&mut self, field: Field<'_>) -> Option<String> {
        self.plain(field).map(|text| as_seen(&text).trim().to_owned())
    }

    /// A trimmed text. A fault for a number that may have lost digits.
    fn plain(&mut self, field: Field<'_>) -> Option<String> {
        match field.cell? {
            Cell::Text(text) => Some(text.trim().to_owned()),
            Cell::Number(number) => match whole(*number) {
                Some(number) => Some(number.to_string()),
                None => self.fault_at(field, CellProblem::NumberForText(Excerpt::new(&danish(*number)))),
            },
            other => self.not_text(field, other),
        }
    }

    fn not_text<T>(&mut self, field: Field<'_>, cell: &Cell) -> Option<T> {
        let problem = match cell {
            Cell::Day(day) => CellProblem::DateForText(Excerpt::new(&day.strftime("%d-%m-%Y").to_string())),
            Cell::Switch(is_on) => CellProblem::NotAText(found_switch(*is_on)),
            Cell::Fault(problem) => CellProblem::clone(problem),
            other => CellProblem::NotAText(found(other)),
        };
        self.fault_at(field, problem)
    }

    /// A cell whose content is not what the column needs; an error in the cell takes precedence.
    pub(super) fn unfit<T>(&mut self, field: Field<'_>, problem: impl FnOnce(Excerpt) -> CellProblem) -> Option<T> {
        match field.cell? {
            Cell::Fault(problem) => self.fault_at(field, CellProblem::clone(problem)),
            other => self.fault_at(field, problem(found(other))),
        }
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        field: Field<'_>,
        meanings: &Words<T>,
        choices: &[&'static str],
    ) -> Option<T> {
        let chosen = match field.cell? {
            Cell::Text(text) => words::meaning(meanings, text),
            _ => None,
        };
        chosen.or_else(|| match field.cell? {
            Cell::Text(text) => self.no_such_choice(field, text, meanings, choices),
            _ => self.unfit(field, |found| CellProblem::NoSuchChoice { found, choices: choices.to_vec(), meant: None }),
        })
    }

    /// A word that is not among the choices, with a suggestion if it resembles one.
    pub(super) fn no_such_choice<T>(
        &mut self,
        field: Field<'_>,
        text: &str,
        meanings: &Words<T>,
        choices: &[&'static str],
    ) -> Option<T> {
        // The documented words come first, so that they are suggested rather than their synonyms.
        let known = choices.iter().copied().chain(meanings.iter().map(|(word, _)| *word));
        let meant = self.guess(|| meant(text, known));
        self.fault_at(field, CellProblem::NoSuchChoice { found: Excerpt::new(text), choices: choices.to_vec(), meant })
    }

    /// A switch that is on when absent.
    pub(super) fn switch(&mut self, row: Row<'_>, title: &str) -> Option<bool> {
        self.optional(row, title, true, |this, field| match field.cell? {
            Cell::Switch(is_on) => Some(*is_on),
            Cell::Number(1.0) => Some(true),
            Cell::Number(0.0) => Some(false),
            Cell::Text(text) if title == title::VISIBLE && words::meaning(&words::VISIBILITIES, text).is_some() => {
                words::meaning(&words::VISIBILITIES, text)
            }
            _ => this.choice(field, &words::SWITCHES, &words::SWITCH_WORDS),
        })
    }

    /// Eight digits, perhaps with spaces between them. A number below 10,000,000 has lost its leading zeros.
    pub(super) fn cvr(&mut self, field: Field<'_>) -> Option<Cvr> {
        match field.cell? {
            Cell::Text(text) => self.cvr_in(field, text),
            Cell::Number(number) => match whole(*number) {
                Some(number) if number < 10_000_000 => {
                    self.fault_at(field, CellProblem::NumberForText(Excerpt::new(&number.to_string())))
                }
                Some(number) => self.cvr_in(field, &number.to_string()),
                None => self.unfit(field, CellProblem::NotACvr),
            },
            _ => self.unfit(field, CellProblem::NotACvr),
        }
    }

    pub(super) fn cvr_in(&mut self, field: Field<'_>, text: &str) -> Option<Cvr> {
        let digits: String = as_seen(text).chars().filter(|character| !character.is_whitespace()).collect();
        digits.parse().ok().or_else(|| self.fault_at(field, CellProblem::NotACvr(Excerpt::new(text))))
    }

    /// A number or an interval of a classification. Excel stores 27.36 as a number, which is unambiguous; but also 27.30 as
    /// 27.3, and 27.00 as 27.
    pub(super) fn interval<C: Classification>(&mut self, field: Field<'_>) -> Option<Interval<C>> {
        match field.cell? {
            Cell::Text(text) => self.interval_in(field, text),
            Cell::Number(number) => match two_decimals(*number) {
                Some(text) => self.interval_in(field, &text),
                None => self.fault_at(field, CellProblem::NumberForText(Excerpt::new(&danish(*number)))),
            },
            other => self.not_text(field, other),
        }
    }

    fn interval_in<C: Classification>(&mut self, field: Field<'_>, text: &str) -> Option<Interval<C>> {
        match Interval::from_str(text) {
            Ok(interval) => Some(interval),
            Err(NotAnInterval::Backwards) => self.fault_at(field, CellProblem::Backwards(Excerpt::interval(text))),
            Err(NotAnInterval::NotANumber(classification)) => {
                self.fault_at(field, CellProblem::NotAnInterval { found: Excerpt::interval(text), classification })
            }
        }
    }

    /// A number of a classification, as messages have it.
    pub(super) fn number<C: Classification>(&mut self, field: Field<'_>) -> Option<Number<C>> {
        let text = match field.cell? {
            Cell::Text(text) => Cow::Borrowed(text.as_str()),
            Cell::Number(number) => match two_decimals(*number) {
                Some(text) => Cow::Owned(text),
                None => return self.fault_at(field, CellProblem::NumberForText(Excerpt::new(&danish(*number)))),
            },
            other => return self.not_text(field, other),
        };
        as_seen(&text).trim().parse().ok().or_else(|| {
            let problem = CellProblem::NotANumber { found: Excerpt::interval(&text), classification: C::NAME };
            self.fault_at(field, problem)
        })
    }

    pub(super) fn priority(&mut self, field: Field<'_>) -> Option<Priority> {
        let number = whole_in(field).and_then(|number| u32::try_from(number).ok());
        number.and_then(Priority::new).or_else(|| self.unfit(field, CellProblem::NotAPriority))
    }

    pub(super) fn day(&mut self, field: Field<'_>) -> Option<Date> {
        match field.cell? {
            Cell::Day(day) => Some(*day),
            Cell::Text(text) => match parts_of_day(&with_plain_dashes(text)) {
                Some((year, month, day)) => Date::new(year, month, day)
                    .ok()
                    .or_else(|| self.fault_at(field, CellProblem::NoSuchDate(Excerpt::new(text)))),
                None => self.unfit(field, CellProblem::NotADate),
            },
            Cell::Moment(_) => self.fault_at(field, CellProblem::TimeOfDay),
            _ => self.unfit(field, CellProblem::NotADate),
        }
    }

    /// Several texts in one cell.
    pub(super) fn texts(&mut self, row: Row<'_>, title: &str) -> Option<Vec<String>> {
        self.items(row, title, |this, field, item| match listed::unquoted(item) {
            Ok(text) => Some(text.into_owned()),
            Err(listed::OpenQuote) => this.fault_at(field, CellProblem::OpenQuote),
        })
    }

    /// Several things in one cell, with semicolons between.
    pub(super) fn items<T>(
        &mut self,
        row: Row<'_>,
        title: &str,
        mut read: impl FnMut(&mut Self, Field<'_>, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.optional(row, title, Vec::new(), |this, field| {
            let text = this.plain(field)?;
            let Ok(items) = listed::items(&text) else { return this.fault_at(field, CellProblem::OpenQuote) };
            // A group's place has several names.
            this.items = this.items.saturating_add(items.len() + text.matches(['›', '>']).count());
            if this.items > MAX_ITEMS {
                return None;
            }
            let items: Vec<_> = items.into_iter().map(|item| read(this, field, item)).collect();
            items.into_iter().collect()
        })
    }
}

/// A whole number that is not negative, also one that is written as text.
pub(super) fn whole_in(field: Field<'_>) -> Option<u64> {
    match field.cell? {
        Cell::Number(number) => whole(*number),
        Cell::Text(text) => as_seen(text).trim().parse().ok(),
        _ => None,
    }
}

/// A number, also one that is written as text.
pub(super) fn number_in(field: Field<'_>) -> Result<f64, NotANumber> {
    match field.cell {
        Some(Cell::Number(number)) => Ok(*number),
        Some(Cell::Text(text)) => number_in_text(text),
        _ => Err(NotANumber::Unreadable),
    }
}

/// The text with a plain hyphen for every dash, as people see it and without space around it.
fn with_plain_dashes(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(as_seen(text).trim().chars().map(|sign| if is_dash(sign) { '-' } else { sign }).collect())
}

/// The number, when it is whole and not so large that digits are lost.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it has been looked at before")]
fn whole(number: f64) -> Option<u64> {
    const MAX: f64 = 1e15;
    (number.fract() == 0.0 && (0.0..MAX).contains(&number)).then_some(number as u64)
}

/// Two times two digits, where no zero can be lost at the end.
fn two_decimals(number: f64) -> Option<String> {
    let text = format!("{number:05.2}");
    let is_whole = text.parse::<f64>().is_ok_and(|read| read.to_bits() == number.to_bits());
    (is_whole && text.len() == "27.36".len() && !text.ends_with('0')).then_some(text)
}

/// The year, month and day of 25-10-2020 or 2020-10-25.
fn parts_of_day(text: &str) -> Option<(i16, i8, i8)> {
    let parts: Vec<_> = without_midnight(text).split('-').collect();
    let [first, month, last] = parts[..] else { return None };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let fits = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    if !fits || !parts.iter().all(|part| is_digits(part)) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// A day as systems write it that have a time for everything: 2020-10-25T00:00:00Z.
fn without_midnight(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((day, time)) if time.trim_end_matches('Z').parse::<Time>().is_ok_and(|time| time == Time::midnight()) => {
            day
        }
        _ => text,
    }
}

fn found(cell: &Cell) -> Excerpt {
    match cell {
        Cell::Text(text) | Cell::Moment(text) => Excerpt::new(text),
        Cell::Fault(problem) => Excerpt::new(&problem.to_string()),
        Cell::Number(number) => Excerpt::new(&danish(*number)),
        Cell::Switch(is_on) => found_switch(*is_on),
        Cell::Day(day) => Excerpt::new(&day.strftime("%d-%m-%Y").to_string()),
    }
}

fn danish(number: f64) -> String {
    number.to_string().replace('.', ",")
}

fn found_switch(is_on: bool) -> Excerpt {
    Excerpt::new(if is_on { "SAND" } else { "FALSK" })
}
