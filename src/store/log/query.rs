use jiff::{SignedDuration, Timestamp};
use rusqlite::types::Value;

use crate::rules::{Cvr, Element, FagsystemId, Priority};
use crate::store::{Outcome, PublicationNumber};

/// How long a UUID is.
const UUID_LENGTH: usize = 36;

/// What is looked for in the log. What is empty or `None` lets every row through; of several of one kind, one is
/// enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// The messageUUID, or a part of it; the case does not matter.
    pub text: String,
    /// The earliest time that the call came.
    pub from: Option<Timestamp>,
    /// The call came before this time.
    pub to: Option<Timestamp>,
    /// What became of it.
    pub outcomes: Vec<Outcome>,
    /// Where it was sent: an authority by its first CVR number, and its fagsystem.
    pub fagsystems: Vec<(Cvr, FagsystemId)>,
    /// On what ground it was sent there.
    pub grounds: Vec<LogGround>,
    /// What the deciding rule looks at.
    pub elements: Vec<Element>,
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogGround {
    /// No rule: it went to the default recipient.
    Default,
    /// A rule.
    Rule {
        /// The authority's first CVR number.
        authority: Cvr,
        /// The rule's priority.
        priority: Priority,
        /// The publication that it stood in; `None` for any.
        publication: Option<PublicationNumber>,
    },
}

/// A query in SQLite's words.
pub(super) struct Conditions {
    /// The table, and the index that rows are found by.
    pub source: &'static str,
    /// With a place for each of the values.
    pub clause: String,
    pub values: Vec<Value>,
    /// Only rows of one message fit, which are few.
    pub is_one_message: bool,
}

impl LogQuery {
    pub(super) fn conditions(&self) -> Conditions {
        let text = self.text.trim();
        let is_one_message = text.chars().count() == UUID_LENGTH;
        let mut conditions = Conditions {
            source: self.source(is_one_message),
            clause: "true".to_owned(),
            values: Vec::new(),
            is_one_message,
        };
        if is_one_message {
            conditions.all_of("message_uuid = ? COLLATE NOCASE", [text.to_owned().into()]);
        } else if !text.is_empty() {
            conditions.all_of(r"message_uuid LIKE ? ESCAPE '\'", [pattern(text).into()]);
        }
        // Times are compared without their Z: a second would else come after its parts.
        if let Some(from) = self.from {
            conditions.all_of("rtrim(received_at, 'Z') >= rtrim(?, 'Z')", [from.to_string().into()]);
        }
        if let Some(to) = self.to {
            conditions.all_of("rtrim(received_at, 'Z') < rtrim(?, 'Z')", [to.to_string().into()]);
        }
        let outcomes = self.outcomes.iter().map(|outcome| ("outcome = ?", vec![outcome.code().to_owned().into()]));
        conditions.one_of(outcomes);
        if self.is_of_few() {
            conditions.all_of("outcome <> 'accepteret'", []);
        }
        conditions.one_of(self.fagsystems.iter().map(|(authority, fagsystem)| {
            let values = vec![authority.to_string().into(), fagsystem.as_str().to_owned().into()];
            ("authority = ? AND fagsystem = ?", values)
        }));
        conditions.one_of(self.grounds.iter().map(|ground| match ground {
            LogGround::Default => ("fagsystem IS NOT NULL AND priority IS NULL", Vec::new()),
            LogGround::Rule { authority, priority, publication } => {
                let rule = [authority.to_string().into(), i64::from(priority.get()).into()];
                let publication = publication.map(|publication| publication.get().into());
                let clause = match publication {
                    Some(_) => "authority = ? AND priority = ? AND publication = ?",
                    None => "authority = ? AND priority = ?",
                };
                (clause, rule.into_iter().chain(publication).collect())
            }
        }));
        conditions.one_of(self.elements.iter().map(|element| ("element = ?", vec![element.word().to_owned().into()])));
        conditions
    }

    /// Whether only outcomes are wanted that few messages have.
    fn is_of_few(&self) -> bool {
        !self.outcomes.is_empty() && !self.outcomes.contains(&Outcome::Accepted)
    }

    fn source(&self, is_one_message: bool) -> &'static str {
        if is_one_message {
            "journal INDEXED BY journal_by_message"
        } else if self.is_of_few() {
            "journal INDEXED BY journal_not_accepted"
        } else {
            // By their numbers alone.
            "journal NOT INDEXED"
        }
    }

    /// The whole seconds that the times asked for lie in: the first, and the one after the last, as texts that sort
    /// before every moment of theirs.
    pub(super) fn seconds(&self) -> (String, String) {
        let second = |moment: Timestamp| moment.to_string().chars().take("2026-11-23T14:05:09".len()).collect();
        let from = self.from.map_or_else(String::new, second);
        let to = self.to.map(|to| to.saturating_add(SignedDuration::from_secs(1)).unwrap_or(to));
        (from, to.map_or_else(|| "~".to_owned(), second))
    }
}

impl Conditions {
    fn all_of<const COUNT: usize>(&mut self, clause: &str, values: [Value; COUNT]) {
        self.clause.push_str(" AND ");
        self.clause.push_str(clause);
        self.values.extend(values);
    }

    fn one_of(&mut self, several: impl Iterator<Item = (&'static str, Vec<Value>)>) {
        let (clauses, values): (Vec<_>, Vec<_>) = several.unzip();
        if clauses.is_empty() {
            return;
        }
        self.all_of(&format!("({})", clauses.join(" OR ")), []);
        self.values.extend(values.into_iter().flatten());
    }
}

/// The text anywhere, with nothing in it that stands for anything else.
fn pattern(text: &str) -> String {
    let mut pattern = "%".to_owned();
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
