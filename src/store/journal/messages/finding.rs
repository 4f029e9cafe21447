//! Finds messages by what they said, by indexes where there are any, so that a long journal need not be read through.

use std::collections::HashMap;

use super::subject::MessageSubject;
use crate::rules::{Caseless, Classification, Cvr, FormNumbers, Interval, KleNumbers};
use crate::store::engine::Value;
use crate::store::engine::{self, Connection, params_from_iter};

/// How long a UUID is.
const UUID_LENGTH: usize = 36;
/// How many digits a CVR number has, and how many must be written before one is looked for.
const CVR_LENGTH: usize = 8;
const MIN_CVR_DIGITS: usize = 4;
/// Up to this many rows are found by an index and sorted. If more match, reading the newest rows soon finds enough.
const MAX_SORTED_ROWS: i64 = 5_000;
/// At most this many different texts of a kind are searched.
const MAX_TEXTS: i64 = 20_000;
/// A text may mean at most this many fagsystems.
const MAX_FAGSYSTEMS: usize = 100;

/// A way in which a row can fit.
#[derive(Debug)]
pub(super) struct Alternative {
    /// The SQL that finds such rows; `None` if only reading through the journal does.
    pub index: Option<&'static str>,
    pub clause: String,
    pub values: Vec<Value>,
}

/// A text that the journal stores of messages, each with an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Sender,
    Recipient,
    ContactPoint,
    ContactGroup,
    Kle,
    Form,
}

impl Column {
    /// Whether the subject is of this kind.
    fn is_of(self, subject: &MessageSubject) -> bool {
        matches!(
            (self, subject),
            (Self::ContactPoint, MessageSubject::ContactPoint(_))
                | (Self::ContactGroup, MessageSubject::ContactGroup(_))
                | (Self::Kle, MessageSubject::Kle(_))
                | (Self::Form, MessageSubject::Form(_))
        )
    }

    /// Whether a text of this kind is the subject, or lies in it.
    fn is_meant(self, subject: &MessageSubject, text: &Caseless) -> bool {
        match (self, subject) {
            (Self::ContactPoint, MessageSubject::ContactPoint(name))
            | (Self::ContactGroup, MessageSubject::ContactGroup(name)) => text == name,
            (Self::Kle, MessageSubject::Kle(interval)) => {
                text.as_str().parse().is_ok_and(|number| interval.contains(number))
            }
            (Self::Form, MessageSubject::Form(interval)) => {
                text.as_str().parse().is_ok_and(|number| interval.contains(number))
            }
            _ => false,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sender => "sender_cvr",
            Self::Recipient => "recipient_cvr",
            Self::ContactPoint => "contact_point_id",
            Self::ContactGroup => "contact_group",
            Self::Kle => "kle",
            Self::Form => "form",
        }
    }

    fn index(self) -> &'static str {
        match self {
            Self::Sender => "journal_by_sender",
            Self::Recipient => "journal_by_recipient",
            Self::ContactPoint => "journal_by_contact_point",
            Self::ContactGroup => "journal_by_contact_group",
            Self::Kle => "journal_by_kle",
            Self::Form => "journal_by_form",
        }
    }

    /// The text is one of these.
    fn one_of(self, texts: Vec<String>) -> Option<Alternative> {
        let places = vec!["?"; texts.len()].join(", ");
        let clause = format!("{} IN ({places})", self.name());
        let values = texts.into_iter().map(Value::from).collect();
        Some(Alternative { index: Some(self.index()), clause, values }).filter(|it| !it.values.is_empty())
    }

    /// The text sorts from the first on and before the second.
    fn between(self, from: String, before: String) -> Alternative {
        let name = self.name();
        let clause = format!("{name} >= ? AND {name} < ?");
        Alternative { index: Some(self.index()), clause, values: vec![from.into(), before.into()] }
    }

    /// The text begins like that.
    fn begins(self, text: &str) -> Alternative {
        self.between(text.to_owned(), after_all(text))
    }

    /// The number lies in the interval. All have two digits a part, so that their texts sort as they do.
    fn within<C: Classification>(self, interval: Interval<C>) -> Alternative {
        let last = interval.last().unwrap_or(interval.first());
        self.between(interval.first().to_string(), format!("{last}/"))
    }
}

/// The first text that sorts after all that begin like that one, which ends with an ASCII character.
fn after_all(text: &str) -> String {
    let mut after = text.to_owned();
    let last = after.pop().and_then(|last| char::from_u32(u32::from(last) + 1));
    after.extend(last);
    after
}

/// The different texts of a column, read on first use.
pub(super) struct Vocabulary<'a> {
    connection: &'a Connection,
    known: HashMap<Column, Vec<Caseless>>,
}

impl<'a> Vocabulary<'a> {
    pub fn new(connection: &'a Connection) -> Self {
        Self { connection, known: HashMap::new() }
    }

    /// The texts for which that holds, each as it is stored.
    fn that(&mut self, column: Column, is_so: impl Fn(&Caseless) -> bool) -> engine::Result<Vec<String>> {
        if !self.known.contains_key(&column) {
            let texts = different_texts(self.connection, column)?;
            self.known.insert(column, texts);
        }
        let texts = self.known.get(&column).into_iter().flatten();
        Ok(texts.filter(|text| is_so(text)).map(|text| text.as_str().to_owned()).collect())
    }
}

/// Steps through the index from one text to the next.
fn different_texts(connection: &Connection, column: Column) -> engine::Result<Vec<Caseless>> {
    let (name, index) = (column.name(), column.index());
    let query = format!(
        "WITH RECURSIVE texts (text) AS (
             SELECT min({name}) FROM journal INDEXED BY {index} WHERE {name} IS NOT NULL
             UNION ALL
             SELECT (SELECT min({name}) FROM journal INDEXED BY {index} WHERE {name} > text)
             FROM texts WHERE text IS NOT NULL
         )
         SELECT text FROM texts WHERE text IS NOT NULL LIMIT {MAX_TEXTS}"
    );
    let mut statement = connection.prepare_cached(&query)?;
    let texts = statement.query_map([], |row| row.get::<String>(0))?;
    texts.map(|text| text.map(|text| Caseless::new(&text))).collect()
}

/// Whether each of these has an index, and all of them together find few rows.
pub(super) fn few(connection: &Connection, alternatives: &[Alternative]) -> engine::Result<bool> {
    let mut count = 0;
    for Alternative { index, clause, values } in alternatives {
        let Some(index) = index else { return Ok(false) };
        let query = format!(
            "SELECT count(*) FROM (SELECT 1 FROM journal INDEXED BY {index} WHERE {clause} LIMIT {MAX_SORTED_ROWS}) AS few"
        );
        let mut statement = connection.prepare_cached(&query)?;
        count += statement.query_row(params_from_iter(values), |row| row.get::<i64>(0))?;
        if count >= MAX_SORTED_ROWS {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The ways in which a row is about one of those subjects.
pub(super) fn subject_alternatives(
    subjects: &[MessageSubject],
    vocabulary: &mut Vocabulary<'_>,
) -> engine::Result<Vec<Alternative>> {
    let numbers =
        |of: fn(&MessageSubject) -> Option<Cvr>| subjects.iter().filter_map(of).map(|cvr| cvr.to_string()).collect();
    let senders = Column::Sender.one_of(numbers(|subject| match subject {
        MessageSubject::Sender(cvr) => Some(*cvr),
        _ => None,
    }));
    let recipients = Column::Recipient.one_of(numbers(|subject| match subject {
        MessageSubject::Recipient(cvr) => Some(*cvr),
        _ => None,
    }));
    let mut alternatives: Vec<_> = senders.into_iter().chain(recipients).collect();
    for column in [Column::ContactPoint, Column::ContactGroup, Column::Kle, Column::Form] {
        if subjects.iter().any(|subject| column.is_of(subject)) {
            // One condition for all of them: SQLite limits the length of chains of `OR`.
            let texts =
                vocabulary.that(column, |text| subjects.iter().any(|subject| column.is_meant(subject, text)))?;
            alternatives.extend(column.one_of(texts));
        }
    }
    let fagsystems = subjects.iter().filter_map(|subject| match subject {
        MessageSubject::Fagsystem(authority, id) => Some(Alternative {
            index: None,
            clause: "authority = ? AND fagsystem = ?".to_owned(),
            values: vec![authority.to_string().into(), id.as_str().to_owned().into()],
        }),
        _ => None,
    });
    alternatives.extend(fagsystems.take(MAX_FAGSYSTEMS));
    Ok(alternatives)
}

/// The ways in which a row matches a search text.
pub(super) fn text_alternatives(
    text: &str,
    meanings: &[MessageSubject],
    vocabulary: &mut Vocabulary<'_>,
) -> engine::Result<Vec<Alternative>> {
    let mut alternatives: Vec<_> = by_uuid(text).into_iter().flatten().chain(by_number(text)).collect();
    let wanted = Caseless::new(text);
    for column in [Column::ContactPoint, Column::ContactGroup] {
        let texts = vocabulary.that(column, |it| it.folded().contains(wanted.folded()))?;
        alternatives.extend(column.one_of(texts));
    }
    alternatives.extend(subject_alternatives(meanings, vocabulary)?);
    Ok(alternatives)
}

/// A messageUUID, in whichever case the message writes it, or a transmissionId, which the journal writes in lower case.
fn by_uuid(text: &str) -> Option<[Alternative; 2]> {
    let is_number = text.len() == CVR_LENGTH && text.bytes().all(|byte| byte.is_ascii_digit());
    let each = |clause: &str, values: &[String]| {
        let values = || values.iter().cloned().map(Value::from).collect::<Vec<_>>();
        let [message, transmission] = ["message_uuid", "transmission_id"].map(|column| clause.replace("{}", column));
        // SQLite only uses a partial index if the clause excludes NULL too.
        let transmission = format!("transmission_id IS NOT NULL AND {}", transmission.replace(" COLLATE NOCASE", ""));
        [
            Alternative { index: Some("journal_by_message"), clause: message, values: values() },
            Alternative { index: Some("journal_by_transmission"), clause: transmission, values: values() },
        ]
    };
    if text.chars().count() == UUID_LENGTH {
        Some(each("{} = ? COLLATE NOCASE", &[text.to_ascii_lowercase()]))
    } else if is_number {
        // A CVR number, or the beginning of a UUID.
        Some(each("{} >= ? COLLATE NOCASE AND {} < ? COLLATE NOCASE", &[text.to_owned(), after_all(text)]))
    } else {
        // No UUID has other letters, full stops or spaces.
        let is_foreign = |letter: char| {
            letter.is_alphabetic() && !letter.is_ascii_hexdigit() || letter == '.' || letter.is_whitespace()
        };
        let part = || each(r"{} LIKE ? ESCAPE '\'", &[pattern(text)]).map(|it| Alternative { index: None, ..it });
        (!text.contains(is_foreign)).then(part)
    }
}

/// A CVR number or the beginning of one; KLE and FORM numbers, intervals of them, or the beginning of one.
fn by_number(text: &str) -> Vec<Alternative> {
    let lower = text.to_lowercase();
    let after = |name: &str| lower.strip_prefix(name).map(|rest| rest.trim_start_matches(['-', ' ', ':', '.']).trim());
    let of_cvr = ["cvr-nr", "cvr nr", "cvr", "dk"].into_iter().find_map(after);
    let (of_kle, of_form) = (after("kle"), after("form"));
    let is_named = of_cvr.is_some() || of_kle.is_some() || of_form.is_some();
    let unnamed = (!is_named).then_some(lower.as_str());
    let mut alternatives = Vec::new();
    if let Some(number) = of_cvr.or(unnamed) {
        let digits: String = number.split_whitespace().collect();
        let is_cvr =
            (MIN_CVR_DIGITS..=CVR_LENGTH).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_cvr {
            alternatives.extend([Column::Sender, Column::Recipient].map(|column| column.begins(&digits)));
        }
    }
    alternatives.extend(of_kle.or(unnamed).and_then(|number| classified(Column::Kle, number)));
    alternatives.extend(of_form.or(unnamed).and_then(|number| classified(Column::Form, number)));
    alternatives
}

/// Numbers that begin so, or lie in the interval that is written.
fn classified(column: Column, text: &str) -> Option<Alternative> {
    let is_begun = text.starts_with(|first: char| first.is_ascii_digit())
        && text.split('.').all(|part| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_begun {
        return Some(column.begins(text));
    }
    let text = text.replace(['–', '—', '‑', '−'], "-");
    match column {
        Column::Kle => text.parse().ok().map(|interval: Interval<KleNumbers>| column.within(interval)),
        _ => text.parse().ok().map(|interval: Interval<FormNumbers>| column.within(interval)),
    }
}

/// The text anywhere in another, with its own wildcards escaped.
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
