//! A lesson's start and solution as they are found in rule books, in place of being written by hand.

use std::net::SocketAddr;

use jiff::civil::Date;
use serde_json::Value as Json;
use toml::{Table, Value};

use super::format::{AttemptFile, MovedFile, StartFile};
use super::start::{Configuration, Start};
use super::{LessonError, relative_day};
use crate::rules::{Authority, Difference, Rule, RuleBook};
use crate::training::sample_book;

impl StartFile {
    /// The start at which the rules are those of the book, whose practice fagsystems are at that address.
    ///
    /// # Errors
    ///
    /// What of the book a lesson cannot begin with: all that differs from the sample municipality and is no rule.
    pub fn of(book: &RuleBook, practice: SocketAddr, today: Date) -> Result<Self, Vec<Difference>> {
        let sample = sample_book(practice);
        let own = rules_of(book);
        let known = rules_of(&sample);
        let keeps = !known.is_empty() && known.iter().all(|rule| own.iter().any(|it| it.priority == rule.priority));
        let with_sample = Self { keeps_rules: true, rules: tables(&own, &known, today), ..Self::default() };
        let alone = Self { rules: tables(&own, &[], today), ..Self::default() };
        // Whichever says less, as long as it says the same.
        let start = if keeps && with_sample.rules.len() < alone.rules.len() { with_sample } else { alone };
        let begun = Start(start.clone()).book(practice, today);
        match begun.map(|begun| begun.compare(book)) {
            Ok(differences) if differences.is_empty() => Ok(start),
            Ok(differences) => Err(differences),
            Err(_) => Err(sample.compare(book)),
        }
    }

    /// The rules to begin with, with practice fagsystems at that address.
    ///
    /// # Errors
    ///
    /// The rules have faults.
    pub fn book(&self, practice: SocketAddr, today: Date) -> Result<RuleBook, LessonError> {
        Start(self.clone()).book(practice, today)
    }
}

impl AttemptFile {
    /// What leads from the one book to the other, and what of that no attempt can do.
    #[must_use]
    pub fn between(before: &RuleBook, after: &RuleBook, today: Date) -> (Self, Vec<Difference>) {
        let (old, new) = (rules_of(before), rules_of(after));
        let has = |rules: &[&Rule], rule: &Rule| rules.iter().any(|it| it.priority == rule.priority);
        let mut gone: Vec<&Rule> = old.iter().copied().filter(|rule| !has(&new, rule)).collect();
        let mut come: Vec<&Rule> = new.iter().copied().filter(|rule| !has(&old, rule)).collect();
        let mut moved = Vec::new();
        come.retain(|rule| {
            let from = gone.iter().position(|it| Rule { priority: rule.priority, ..Rule::clone(it) } == **rule);
            let Some(from) = from.map(|at| gone.remove(at)) else { return true };
            moved.push(MovedFile { from: from.priority.get(), to: rule.priority.get() });
            false
        });
        let changed =
            new.iter().copied().filter(|rule| old.iter().any(|it| it.priority == rule.priority && it != rule));
        let mut rules: Vec<&Rule> = come.into_iter().chain(changed).collect();
        rules.sort_by_key(|rule| rule.priority);
        let attempt = Self {
            deleted: gone.iter().map(|rule| rule.priority.get()).collect(),
            moved,
            rules: tables(&rules, &[], today),
            guards: new_guards(before, after, today),
            paused: newly_paused(before, after),
            ..Self::default()
        };
        let reached = Configuration::of(before, "loesning").and_then(|mut changed| {
            changed.apply(&attempt, today)?;
            changed.read()
        });
        let left = reached.map_or_else(|_| before.compare(after), |reached| reached.compare(after));
        (attempt, left)
    }
}

fn first(book: &RuleBook) -> Option<&Authority> {
    book.authorities.first()
}

fn rules_of(book: &RuleBook) -> Vec<&Rule> {
    let mut rules: Vec<&Rule> = first(book).into_iter().flat_map(|it| &it.rules).map(AsRef::as_ref).collect();
    rules.sort_by_key(|rule| rule.priority);
    rules
}

/// The rules as files have them, but for those that are known.
fn tables(rules: &[&Rule], known: &[&Rule], today: Date) -> Vec<Table> {
    let unknown = rules.iter().filter(|rule| !known.contains(rule));
    unknown.filter_map(|rule| table(&serde_json::to_value(rule).ok()?, today)).collect()
}

fn new_guards(before: &RuleBook, after: &RuleBook, today: Date) -> Vec<Table> {
    let known = first(before).map_or(&[][..], |authority| &authority.guards);
    let guards = first(after).into_iter().flat_map(|authority| &authority.guards);
    let guards = guards.filter(|guard| known.iter().all(|it| it.name != guard.name));
    guards.filter_map(|guard| table(&serde_json::to_value(guard).ok()?, today)).collect()
}

fn newly_paused(before: &RuleBook, after: &RuleBook) -> Vec<String> {
    let was_active = |id| first(before).and_then(|it| it.fagsystem(id)).is_some_and(|it| it.active);
    let fagsystems = first(after).into_iter().flat_map(|authority| &authority.fagsystems);
    let paused = fagsystems.filter(|it| !it.active && was_active(&it.id));
    paused.map(|it| it.id.as_str().to_owned()).collect()
}

/// A rule or a guard as files of lessons have it: its days counted from today, and without what goes without saying.
fn table(written: &Json, today: Date) -> Option<Table> {
    let Json::Object(entries) = written else { return None };
    let mut table = Table::new();
    for (key, value) in entries {
        let plain = match (key.as_str(), value) {
            ("segment", Json::String(segment)) if segment == "alle" => continue,
            ("aktiv", Json::Bool(true)) => continue,
            ("note", Json::String(note)) if note.is_empty() => continue,
            ("gyldigFra" | "gyldigTil" | "dag", Json::String(day)) => {
                let day: Date = day.parse().ok()?;
                if key == "gyldigFra" && day == today {
                    continue;
                }
                Value::String(relative_day::write(day, today))
            }
            _ => match in_toml(value) {
                Some(value) => value,
                None => continue,
            },
        };
        table.insert(key.clone(), plain);
    }
    Some(table)
}

/// `None` for null, which TOML has not.
fn in_toml(value: &Json) -> Option<Value> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(is_so) => Value::Boolean(*is_so),
        Json::String(text) => Value::String(text.clone()),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| number.as_f64().map(Value::Float), |it| Some(Value::Integer(it)))?
        }
        Json::Array(values) => Value::Array(values.iter().filter_map(in_toml).collect()),
        Json::Object(entries) => {
            Value::Table(entries.iter().filter_map(|(key, value)| Some((key.clone(), in_toml(value)?))).collect())
        }
    })
}
