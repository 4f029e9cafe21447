//! Holds the journal against what really happened, letter by letter and row by row.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use super::ledger::{Ledger, Record};
use super::plan::FAGSYSTEMS;
use super::rules::Rules;
use super::sender::BUSY;

/// A row of the journal, as far as it is looked at.
#[derive(Debug, Clone)]
struct Row {
    number: i64,
    message_uuid: Option<String>,
    fagsystem: Option<String>,
    publication: Option<usize>,
    outcome: String,
    reason: Option<String>,
    repeats: Option<i64>,
    follows: Option<i64>,
}

/// What the journal comes to, and everything that is wrong.
#[derive(Debug, Default)]
pub struct Audit {
    /// Rows by outcome and reason.
    pub rows: BTreeMap<String, usize>,
    pub problems: Vec<String>,
}

/// Holds the journal in that data directory against the ledger.
pub fn audit(data: &Path, ledger: &Ledger) -> Audit {
    let database = Connection::open(data.join("postfordeler.db")).unwrap();
    let rows = rows(&database);
    let mut audit = Audit::default();
    for row in &rows {
        let reason = row.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        let told_again = if row.repeats.is_some() { " (told again)" } else { "" };
        *audit.rows.entry(format!("row: {}{reason}{told_again}", row.outcome)).or_default() += 1;
        if row.follows.is_some() {
            *audit.rows.entry("row: of these, bound to the fagsystem of an earlier one".to_owned()).or_default() += 1;
        }
    }
    let mut by_letter = vec![Vec::new(); ledger.letters.len()];
    for row in rows {
        // Without a UUID it broke off within the header.
        match row.message_uuid.as_deref().map(|uuid| ledger.number_of(uuid)) {
            Some(Some(letter)) => by_letter[letter].push(row),
            Some(None) => audit.problems.push(format!("a row of a message that nobody sent: {row:?}")),
            None if row.outcome == "afbrudt" => {}
            None => audit.problems.push(format!("a row without a message: {row:?}")),
        }
    }
    let records = ledger.records().clone();
    let mut tried_elsewhere = 0;
    for (letter, (rows, record)) in by_letter.iter().zip(&records).enumerate() {
        let mut fagsystems = rows.iter().filter_map(|row| row.fagsystem.as_ref());
        let one = fagsystems.next();
        tried_elsewhere += usize::from(fagsystems.any(|other| Some(other) != one));
        let mut wrong = Vec::new();
        look_at_deliveries(record, rows, &mut wrong);
        look_at_ties(rows, &mut wrong);
        look_at_decisions(ledger, letter, rows, &mut wrong);
        look_at_answers(record, rows, &mut wrong);
        if !wrong.is_empty() {
            let rows: Vec<_> = rows.iter().map(|row| format!("\n    {row:?}")).collect();
            audit.problems.push(format!("letter {letter}: {}\n  {record:?}{}", wrong.join("; "), rows.concat()));
        }
    }
    audit.rows.insert("messages for which rules named more than one fagsystem in turn".to_owned(), tried_elsewhere);
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    if sound != "ok" {
        audit.problems.push(format!("the database is damaged: {sound}"));
    }
    audit.problems.append(&mut ledger.failures.lock().unwrap());
    audit
}

fn rows(database: &Connection) -> Vec<Row> {
    let columns = "number, message_uuid, fagsystem, publication, outcome, reason, repeats, follows";
    let mut statement = database.prepare(&format!("SELECT {columns} FROM journal ORDER BY number")).unwrap();
    let rows = statement.query_map([], |row| {
        Ok(Row {
            number: row.get(0)?,
            message_uuid: row.get(1)?,
            fagsystem: row.get(2)?,
            publication: row.get::<_, Option<u32>>(3)?.map(|number| number as usize),
            outcome: row.get(4)?,
            reason: row.get(5)?,
            repeats: row.get(6)?,
            follows: row.get(7)?,
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// Each letter is kept by one fagsystem alone, and the journal names that one; whatever came whole has its row.
fn look_at_deliveries(record: &Record, rows: &[Row], wrong: &mut Vec<String>) {
    let accepted: Vec<_> = rows.iter().filter(|row| row.outcome == "accepteret" && row.repeats.is_none()).collect();
    match (&record.keepers[..], &accepted[..]) {
        ([keeper], [row]) if row.fagsystem == Some(Rules::id(*keeper)) => {}
        ([_], [_]) => wrong.push("the journal names another fagsystem than the one that has it".to_owned()),
        ([], _) => wrong.push("no fagsystem has it".to_owned()),
        ([_, _, ..], _) => wrong.push("more than one fagsystem has it".to_owned()),
        (_, rows) => wrong.push(format!("{} rows say that it was accepted", rows.len())),
    }
    for fagsystem in 0..FAGSYSTEMS {
        let id = Rules::id(fagsystem);
        let count = |outcomes: &[&str]| {
            let is_one = |row: &&Row| row.repeats.is_none() && outcomes.contains(&row.outcome.as_str());
            rows.iter().filter(|row| row.fagsystem.as_ref() == Some(&id)).filter(is_one).count()
        };
        let whole = record.whole[fagsystem];
        if whole > count(&["accepteret", "fagsystem.afvist", "fagsystem.utilgaengeligt", "uvist"]) {
            wrong.push(format!("it came to {id} {whole} times, and not every time has its row"));
        }
        if whole < count(&["accepteret", "fagsystem.afvist"]) {
            wrong.push(format!("{id} is said to have judged it more often than it came there"));
        }
    }
}

/// A row that was told again, or that was bound to an earlier one's fagsystem, names an earlier row of which that is so.
fn look_at_ties(rows: &[Row], wrong: &mut Vec<String>) {
    let mut bound_to = None;
    for row in rows {
        let earlier = |number: i64| rows.iter().find(|other| other.number == number && number < row.number);
        if row.outcome == "undervejs" {
            wrong.push(format!("row {} has no end", row.number));
        }
        if let Some(number) = row.repeats {
            let is_accepted = |other: &Row| other.outcome == "accepteret" && other.repeats.is_none();
            if row.outcome != "accepteret" || !earlier(number).is_some_and(is_accepted) {
                wrong.push(format!("row {} tells again what was not accepted", row.number));
            }
        }
        if let Some(number) = row.follows {
            let is_unknown = |other: &Row| other.outcome == "uvist" && other.fagsystem == row.fagsystem;
            if !earlier(number).is_some_and(is_unknown) {
                wrong.push(format!("row {} follows none of unknown outcome to that fagsystem", row.number));
            }
        }
        if bound_to.is_some() && row.fagsystem.is_some() && row.fagsystem != bound_to {
            wrong.push(format!("row {} went elsewhere though {bound_to:?} may have it", row.number));
        }
        if row.outcome == "uvist" && bound_to.is_none() {
            bound_to.clone_from(&row.fagsystem);
        }
    }
}

/// A letter that nothing binds goes where the rules of its publication say.
fn look_at_decisions(ledger: &Ledger, letter: usize, rows: &[Row], wrong: &mut Vec<String>) {
    for row in rows.iter().filter(|row| row.follows.is_none() && row.repeats.is_none()) {
        let (Some(publication), Some(fagsystem)) = (row.publication, &row.fagsystem) else { continue };
        let expected = Rules::of(ledger.seed, publication).fagsystem_for(&ledger.letters[letter]);
        if *fagsystem != Rules::id(expected) {
            wrong.push(format!("row {} went against publication {publication}", row.number));
        }
    }
}

/// Each answer that the sender read has its row, unless the message was not even read; and no row is there without a try.
fn look_at_answers(record: &Record, rows: &[Row], wrong: &mut Vec<String>) {
    let kinds: [(Option<&str>, u16, &[&str]); 4] = [
        (None, 200, &["accepteret"]),
        (Some("fagsystem.afvist"), 422, &["fagsystem.afvist"]),
        (Some("fagsystem.utilgaengeligt"), 503, &["fagsystem.utilgaengeligt", "uvist"]),
        (Some("memo.ugyldig"), 400, &["memo.ugyldig", "afbrudt"]),
    ];
    let is_busy = |answer: &&(u16, Option<String>)| answer.0 == 503 && answer.1.as_deref() == Some(BUSY);
    let mut answers = record.answers.iter().filter(is_busy).count();
    for (code, status, outcomes) in kinds {
        let is_it = |answer: &&(u16, Option<String>)| answer.0 == status && answer.1.as_deref() == code;
        let answered = record.answers.iter().filter(is_it).count();
        let written = rows.iter().filter(|row| outcomes.contains(&row.outcome.as_str())).count();
        answers += answered;
        if answered > written {
            wrong.push(format!("{answered} answers {status} {code:?}, {written} rows"));
        }
    }
    if answers < record.answers.len() {
        wrong.push("it was answered as no message of the campaign may be".to_owned());
    }
    if rows.len() > record.tries {
        wrong.push(format!("{} rows of {} tries", rows.len(), record.tries));
    }
    if !record.answers.iter().any(|answer| answer.0 == 200) {
        wrong.push("its sender was never told that it was accepted".to_owned());
    }
}
