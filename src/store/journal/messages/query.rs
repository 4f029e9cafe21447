use std::time::Duration;

use jiff::Timestamp;

use super::finding::{Alternative, Vocabulary, few, subject_alternatives, text_alternatives};
use super::subject::MessageSubject;
use crate::rules::{CriterionKind, Cvr, FagsystemId, Priority};
use crate::store::engine::Value;
use crate::store::engine::{self, Connection};
use crate::store::time::nanoseconds;
use crate::store::{Outcome, PublicationNumber, Reason};

/// What to look for among the messages. What is empty or `None` matches every row; of several of one kind, one is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageQuery {
    /// A messageUUID or a transmissionId or a part of one, a CVR number of sender or recipient, a KLE or FORM number or the beginning of one, or
    /// a part of a contact point's id or of a contact group's name; the case does not matter.
    pub text: String,
    /// What else the text can mean, such as a contact point with that title.
    pub meanings: Vec<MessageSubject>,
    /// The earliest time that the call came.
    pub from: Option<Timestamp>,
    /// The call came before this time.
    pub to: Option<Timestamp>,
    /// What became of it.
    pub outcomes: Vec<Outcome>,
    /// Why a fagsystem was unavailable; of these and the outcomes together, one is enough.
    pub reasons: Vec<Reason>,
    /// Whether it counts in an [`Overview`](crate::store::Overview): it has an outcome, and is not a repeated
    /// acceptance.
    pub counts: bool,
    /// Where it was sent: an authority by its first CVR number, and its fagsystem.
    pub fagsystems: Vec<(Cvr, FagsystemId)>,
    /// On what ground it was sent there.
    pub grounds: Vec<MessageGround>,
    /// What the deciding rule looks at.
    pub elements: Vec<CriterionKind>,
    /// What the message said: one subject of each kind must match.
    pub subjects: Vec<MessageSubject>,
    /// A fagsystem was found for it, and its answer took longer than this.
    pub longer_than: Option<Duration>,
    /// A fagsystem was found for it, and its answer took no longer than this.
    pub within: Option<Duration>,
    /// Why a person should look at it.
    pub concerns: Vec<MessageConcern>,
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageGround {
    /// No rule: it went to the default recipient.
    Default,
    /// A rule.
    Rule {
        /// The authority's first CVR number.
        authority: Cvr,
        /// The rule's priority.
        priority: Priority,
        /// The publication that the rule belongs to; `None` for any.
        publication: Option<PublicationNumber>,
    },
}

/// Why a person should look at a message. Of one that came several times, only the last row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageConcern {
    /// Its fagsystem may have it or not, and has not accepted it since.
    Unsettled,
    /// It came with the messageUUID of another message.
    SharedUuid,
}

/// A query as SQL.
pub(super) struct Conditions {
    /// Where rows are read from: the table, and by which index.
    pub source: String,
    /// The values of the parameters in the source.
    pub source_values: Vec<Value>,
    /// With a parameter for each of the values.
    pub clause: String,
    pub values: Vec<Value>,
    /// Few rows fit, and they are read in one piece.
    pub is_few: bool,
}

impl MessageQuery {
    /// What fits by the connection's journal as it is now: names are looked up in it.
    pub(super) fn conditions(&self, connection: &Connection) -> engine::Result<Conditions> {
        let mut conditions = Conditions {
            source: self.source().to_owned(),
            source_values: Vec::new(),
            clause: "true".to_owned(),
            values: Vec::new(),
            is_few: false,
        };
        let mut vocabulary = Vocabulary::new(connection);
        let mut found_by = Vec::new();
        let text = self.text.trim();
        if !text.is_empty() {
            found_by.push(text_alternatives(text, &self.meanings, &mut vocabulary)?);
        }
        for subjects in by_kind(&self.subjects) {
            found_by.push(subject_alternatives(&subjects, &mut vocabulary)?);
        }
        for alternatives in &found_by {
            conditions.one_of_alternatives(alternatives);
        }
        for alternatives in found_by {
            if !conditions.is_few && few(connection, &alternatives)? {
                conditions.read_by(alternatives);
            }
        }
        self.add_plain_conditions(&mut conditions);
        Ok(conditions)
    }

    fn add_plain_conditions(&self, conditions: &mut Conditions) {
        if let Some(from) = self.from {
            conditions.all_of("received_at >= ?", [nanoseconds(from).into()]);
        }
        if let Some(to) = self.to {
            conditions.all_of("received_at < ?", [nanoseconds(to).into()]);
        }
        let outcomes = self.outcomes.iter().map(|outcome| ("outcome = ?", vec![outcome.code().to_owned().into()]));
        let reasons = self.reasons.iter().map(|reason| {
            let values = [Outcome::Unavailable.code(), reason.code()];
            ("outcome = ? AND reason = ?", values.map(|code| code.to_owned().into()).to_vec())
        });
        conditions.one_of(outcomes.chain(reasons));
        if self.is_of_few() {
            conditions.all_of("outcome <> 'accepteret'", []);
        }
        if self.counts {
            conditions.all_of("repeats IS NULL AND outcome <> 'undervejs'", []);
        }
        conditions.one_of(self.fagsystems.iter().map(|(authority, fagsystem)| {
            let values = vec![authority.to_string().into(), fagsystem.as_str().to_owned().into()];
            ("authority = ? AND fagsystem = ?", values)
        }));
        conditions.one_of(self.grounds.iter().map(|ground| match ground {
            MessageGround::Default => ("fagsystem IS NOT NULL AND priority IS NULL", Vec::new()),
            MessageGround::Rule { authority, priority, publication } => {
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
        let micros = |duration: Duration| Value::from(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX));
        if let Some(limit) = self.longer_than {
            conditions.all_of("fagsystem IS NOT NULL AND total_us > ?", [micros(limit)]);
        }
        if let Some(limit) = self.within {
            conditions.all_of("fagsystem IS NOT NULL AND total_us <= ?", [micros(limit)]);
        }
        conditions.one_of(self.concerns.iter().map(|concern| (concern.clause(), Vec::new())));
    }

    /// Whether the query is for outcomes that few messages have.
    fn is_of_few(&self) -> bool {
        let is_named = !self.outcomes.is_empty() || !self.reasons.is_empty();
        (is_named && !self.outcomes.contains(&Outcome::Accepted)) || self.concerns == [MessageConcern::Unsettled]
    }

    fn source(&self) -> &'static str {
        if self.concerns == [MessageConcern::SharedUuid] {
            "journal INDEXED BY journal_differing"
        } else if self.is_of_few() {
            "journal INDEXED BY journal_not_accepted"
        } else {
            // By their numbers alone.
            "journal NOT INDEXED"
        }
    }

    /// The times that rows which fit lie between: the first belongs to them, the last does not.
    pub(super) fn bounds(&self) -> (i64, i64) {
        (self.from.map_or(i64::MIN, nanoseconds), self.to.map_or(i64::MAX, nanoseconds))
    }
}

/// Groups subjects by kind: of each kind, one is enough.
fn by_kind(subjects: &[MessageSubject]) -> Vec<Vec<MessageSubject>> {
    let mut kinds: Vec<Vec<MessageSubject>> = Vec::new();
    for subject in subjects {
        let is_like = |kind: &&mut Vec<MessageSubject>| {
            kind.first().is_some_and(|first| std::mem::discriminant(first) == std::mem::discriminant(subject))
        };
        match kinds.iter_mut().find(is_like) {
            Some(kind) => kind.push(subject.clone()),
            None => kinds.push(vec![subject.clone()]),
        }
    }
    kinds
}

impl MessageConcern {
    fn clause(self) -> &'static str {
        match self {
            Self::Unsettled => {
                "outcome = 'uvist' AND fagsystem IS NOT NULL AND message_uuid IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM journal AS other
                                 WHERE other.message_uuid = journal.message_uuid COLLATE NOCASE
                                       AND (other.outcome = 'accepteret'
                                            AND (other.digest = journal.digest OR other.digest IS NULL
                                                 OR journal.digest IS NULL)
                                            OR other.outcome = 'uvist' AND other.authority = journal.authority
                                               AND other.fagsystem = journal.fagsystem
                                               AND other.number > journal.number))"
            }
            Self::SharedUuid => {
                "differs_from IS NOT NULL AND message_uuid IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM journal AS later
                                 WHERE later.message_uuid = journal.message_uuid COLLATE NOCASE
                                       AND later.differs_from IS NOT NULL AND later.number > journal.number)"
            }
        }
    }
}

impl Conditions {
    fn all_of<const COUNT: usize>(&mut self, clause: &str, values: [Value; COUNT]) {
        self.clause.push_str(" AND ");
        self.clause.push_str(clause);
        self.values.extend(values);
    }

    fn one_of(&mut self, several: impl Iterator<Item = (&'static str, Vec<Value>)>) {
        let (clauses, values): (Vec<_>, Vec<_>) =
            several.map(|(clause, values)| (format!("({clause})"), values)).unzip();
        if clauses.is_empty() {
            return;
        }
        self.all_of(&format!("({})", clauses.join(" OR ")), []);
        self.values.extend(values.into_iter().flatten());
    }

    /// Without alternatives nothing matches.
    fn one_of_alternatives(&mut self, alternatives: &[Alternative]) {
        let clauses: Vec<_> = alternatives.iter().map(|it| format!("({})", it.clause)).collect();
        let clause = if clauses.is_empty() { "false".to_owned() } else { clauses.join(" OR ") };
        self.all_of(&format!("({clause})"), []);
        self.values.extend(alternatives.iter().flat_map(|it| it.values.iter().cloned()));
    }

    /// Reads only what one of these finds by its index.
    fn read_by(&mut self, alternatives: Vec<Alternative>) {
        let found = alternatives.iter().map(|it| {
            let index = it.index.unwrap_or_default();
            format!("SELECT number AS found FROM journal INDEXED BY {index} WHERE {}", it.clause)
        });
        let found: Vec<_> = found.collect();
        let nothing = "SELECT 0 AS found WHERE false".to_owned();
        let found = if found.is_empty() { nothing } else { found.join(" UNION ") };
        self.source = format!("({found}) AS found_rows CROSS JOIN journal ON journal.number = found");
        self.source_values = alternatives.into_iter().flat_map(|it| it.values).collect();
        self.is_few = true;
    }
}
