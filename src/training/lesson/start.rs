//! The rules that a lesson begins with, and what an attempt makes of them.
//!
//! Both are written as configuration files have them, so they go through the reader of those, which finds their faults.

use std::net::SocketAddr;

use jiff::civil::Date;
use serde_json::{Value, json};
use toml::Table;

use super::error::LessonProblem;
use super::format::{AttemptFile, MovedFile, StartFile};
use super::{LessonError, relative_day};
use crate::exchange::{read_configuration, write_configuration};
use crate::rules::RuleBook;
use crate::training::sample_book;

/// Where a lesson begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Start(pub StartFile);

impl Start {
    /// The sample municipality with the rules of the lesson, and its practice fagsystems at that address.
    pub fn book(&self, practice: SocketAddr, today: Date) -> Result<RuleBook, LessonError> {
        let mut book = Configuration::of(&sample_book(practice), "start")?;
        if !self.0.keeps_rules {
            book.list("regler").clear();
        }
        for rule in &self.0.rules {
            book.put_rule(rule, today)?;
        }
        book.read()
    }
}

/// A rule book as a configuration file has it, of whose first authority parts are changed.
pub(super) struct Configuration {
    file: Value,
    place: String,
}

impl Configuration {
    pub fn of(book: &RuleBook, place: &str) -> Result<Self, LessonError> {
        let file = serde_json::from_str(&write_configuration(book));
        let file = file.map_err(|_| LessonError::wrong(place, LessonProblem::Unwritable))?;
        Ok(Self { file, place: place.to_owned() })
    }

    /// A list of the first authority, which is made where there is none.
    pub fn list(&mut self, name: &str) -> &mut Vec<Value> {
        let list = &mut self.file["myndigheder"][0][name];
        if !list.is_array() {
            *list = json!([]);
        }
        match list {
            Value::Array(list) => list,
            // It was made an array just now.
            _ => unreachable!("a list of an authority is an array"),
        }
    }

    /// Adds a rule, or puts it in the place of the one with the same priority.
    pub fn put_rule(&mut self, rule: &Table, today: Date) -> Result<(), LessonError> {
        let place = format!("{}.regler", self.place);
        let mut rule = in_json(rule, &place)?;
        for key in ["gyldigFra", "gyldigTil"] {
            fill_in_day(&mut rule, key, today, &place)?;
        }
        if rule["gyldigFra"].is_null() {
            rule["gyldigFra"] = json!(today.to_string());
        }
        if rule["segment"].is_null() {
            rule["segment"] = json!("alle");
        }
        let rules = self.list("regler");
        rules.retain(|other| other["prioritet"] != rule["prioritet"]);
        rules.push(rule);
        Ok(())
    }

    pub fn read(&self) -> Result<RuleBook, LessonError> {
        let read = read_configuration(self.file.to_string().as_bytes());
        read.map_err(|faults| LessonError::Rules { place: self.place.clone(), faults })
    }

    /// Does all that an attempt does.
    pub fn apply(&mut self, attempt: &AttemptFile, today: Date) -> Result<(), LessonError> {
        self.list("regler").retain(|rule| attempt.deleted.iter().all(|deleted| rule["prioritet"] != json!(deleted)));
        for MovedFile { from, to } in &attempt.moved {
            for rule in self.list("regler").iter_mut().filter(|rule| rule["prioritet"] == json!(from)) {
                rule["prioritet"] = json!(to);
            }
        }
        for rule in &attempt.rules {
            self.put_rule(rule, today)?;
        }
        for guard in &attempt.guards {
            let place = format!("{}.vagter", self.place);
            let mut guard = in_json(guard, &place)?;
            fill_in_day(&mut guard, "dag", today, &place)?;
            self.list("vagtmeddelelser").push(guard);
        }
        for paused in &attempt.paused {
            for fagsystem in self.list("fagsystemer").iter_mut().filter(|it| it["id"] == json!(paused)) {
                fagsystem["aktiv"] = json!(false);
            }
        }
        Ok(())
    }
}

fn in_json(table: &Table, place: &str) -> Result<Value, LessonError> {
    serde_json::to_value(table).map_err(|_| LessonError::wrong(place, LessonProblem::Unwritable))
}

fn fill_in_day(of: &mut Value, key: &str, today: Date, place: &str) -> Result<(), LessonError> {
    if let Some(day) = of[key].as_str() {
        let wrong = || LessonError::wrong(format!("{place}.{key}"), LessonProblem::Day(day.to_owned()));
        of[key] = json!(relative_day::read(day, today).ok_or_else(wrong)?.to_string());
    } else if of.get(key).is_some_and(|day| !day.is_null()) {
        return Err(LessonError::wrong(format!("{place}.{key}"), LessonProblem::BareDay));
    }
    Ok(())
}
