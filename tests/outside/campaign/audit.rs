//! Holds the journal against what really happened, letter by letter and row by row.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use super::ledger::{Ledger, Record};
use super::letter::Reuse;
use super::plan::FAGSYSTEMS;
use super::rules::Rules;
use super::sender::{BUSY, REUSED};
use crate::support::database_with_arrivals;

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

/// The figures of the journal, and everything that is wrong.
#[derive(Debug, Default)]
pub struct Audit {
    /// Rows by outcome and reason, and what must be none.
    pub rows: BTreeMap<String, usize>,
    pub problems: Vec<String>,
}

/// What must never become of a letter; each is counted, also where there is none.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    WithTwo,
    Lost,
    ToldAndNobodyHasIt,
    ReusedAndSeen,
    NotUnderstood,
    RefusedByNobody,
    Journal,
}

impl Wrong {
    const ALL: [Self; 7] = [
        Self::WithTwo,
        Self::Lost,
        Self::ToldAndNobodyHasIt,
        Self::ReusedAndSeen,
        Self::NotUnderstood,
        Self::RefusedByNobody,
        Self::Journal,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::WithTwo => "with two fagsystems",
            Self::Lost => "lost: sent until it was accepted, and with no fagsystem",
            Self::ToldAndNobodyHasIt => "told accepted, and nobody has these bytes",
            Self::ReusedAndSeen => "of other facts than the first with their UUID, and seen by a fagsystem",
            Self::NotUnderstood => "accepted in words that the router did not understand",
            Self::RefusedByNobody => "told rejected, and no fagsystem rejected them",
            Self::Journal => "of which the journal says something else than what happened",
        }
    }
}

/// What is wrong with the letters of one UUID.
#[derive(Debug, Default)]
struct Findings(Vec<(Wrong, String)>);

impl Findings {
    fn add(&mut self, wrong: Wrong, words: impl Into<String>) {
        self.0.push((wrong, words.into()));
    }

    fn journal(&mut self, words: impl Into<String>) {
        self.add(Wrong::Journal, words);
    }
}

/// Holds the journal in that data directory against the ledger.
pub fn audit(data: &Path, ledger: &Ledger) -> Audit {
    let database = database_with_arrivals(data);
    let rows = rows(&database);
    let mut audit = Audit::default();
    audit.count_rows(&rows);
    for wrong in Wrong::ALL {
        audit.rows.insert(format!("AUDIT: letters {}", wrong.words()), 0);
    }
    let by_letter = audit.sorted(ledger, rows);
    let records = ledger.records().clone();
    let mut tried_elsewhere = 0;
    for (first, rows) in by_letter.iter().enumerate() {
        let mut fagsystems = rows.iter().filter_map(|row| row.fagsystem.as_ref());
        let one = fagsystems.next();
        tried_elsewhere += usize::from(fagsystems.any(|other| Some(other) != one));
        let others = ledger.others_of(first);
        let record = others.iter().fold(records[first].clone(), |record, other| record.and(&records[*other]));
        let mut findings = Findings::default();
        for letter in others.iter().copied().chain([first]) {
            look_at_letter(ledger.letters[letter].reuse, &records[letter], &mut findings);
        }
        if record.keepers.len() > 1 {
            findings.add(Wrong::WithTwo, format!("it is with {:?}", record.keepers));
        }
        look_at_deliveries(&record, rows, others.is_empty(), &mut findings);
        look_at_ties(rows, others.is_empty(), &mut findings);
        look_at_decisions(ledger, first, rows, &mut findings);
        look_at_answers(&record, rows, &mut findings);
        let all = others.iter().map(|other| format!("\n  and {:?} {:?}", ledger.letters[*other], records[*other]));
        let shown = [format!("{:?}", records[first])].into_iter().chain(all).collect::<String>();
        audit.add(first, findings, &shown, rows);
    }
    audit.rows.insert("messages for which rules named more than one fagsystem in turn".to_owned(), tried_elsewhere);
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    if sound != "ok" {
        audit.problems.push(format!("the database is damaged: {sound}"));
    }
    let failures = std::mem::take(&mut *ledger.failures.lock().unwrap());
    audit.rows.insert("AUDIT: other failures".to_owned(), failures.len());
    // Shown first: they are few and say the most.
    audit.problems.splice(0..0, failures);
    audit
}

impl Audit {
    fn count_rows(&mut self, rows: &[Row]) {
        for row in rows {
            let reason = row.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
            let told_again = if row.repeats.is_some() { " (told again)" } else { "" };
            *self.rows.entry(format!("row: {}{reason}{told_again}", row.outcome)).or_default() += 1;
            if row.follows.is_some() {
                let bound = "row: of these, bound to the fagsystem of an earlier one";
                *self.rows.entry(bound.to_owned()).or_default() += 1;
            }
        }
    }

    /// The rows of each UUID, by the first letter with it.
    fn sorted(&mut self, ledger: &Ledger, rows: Vec<Row>) -> Vec<Vec<Row>> {
        let mut by_letter = vec![Vec::new(); ledger.messages];
        for row in rows {
            // Without a UUID it broke off within the header, or its caller was turned away.
            match row.message_uuid.as_deref().map(|uuid| ledger.number_of(uuid, None)) {
                Some(Some(letter)) => by_letter[letter].push(row),
                Some(None) => self.problems.push(format!("a row of a message that nobody sent: {row:?}")),
                None if ["afbrudt", "afsender.ikke_godkendt", "memo.ugyldig"].contains(&row.outcome.as_str()) => {}
                None => self.problems.push(format!("a row without a message: {row:?}")),
            }
        }
        by_letter
    }

    fn add(&mut self, letter: usize, findings: Findings, shown: &str, rows: &[Row]) {
        let Findings(findings) = findings;
        if findings.is_empty() {
            return;
        }
        for (wrong, _) in &findings {
            *self.rows.entry(format!("AUDIT: letters {}", wrong.words())).or_default() += 1;
        }
        let words: Vec<_> = findings.into_iter().map(|(_, words)| words).collect();
        let rows: Vec<_> = rows.iter().map(|row| format!("\n    {row:?}")).collect();
        self.problems.push(format!("letter {letter}: {}\n  {shown}{}", words.join("; "), rows.concat()));
    }
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

/// Whether the bytes of a letter are where its receipts say.
fn look_at_letter(reuse: Option<Reuse>, record: &Record, findings: &mut Findings) {
    let told = record.is_told_accepted();
    if told && record.keepers.is_empty() {
        findings.add(Wrong::ToldAndNobodyHasIt, format!("{reuse:?}: told accepted, and nobody has these bytes"));
    }
    match reuse {
        None if record.keepers.is_empty() => findings.add(Wrong::Lost, "no fagsystem has it"),
        None if !told => findings.journal("its sender was never told that it was accepted"),
        Some(Reuse::OtherFacts) if record.arrivals > 0 => {
            findings.add(Wrong::ReusedAndSeen, "another message with its UUID came to a fagsystem");
        }
        Some(Reuse::OtherFacts) if told => findings.journal("another message with its UUID was told accepted"),
        _ => {}
    }
}

/// The journal names the fagsystem that keeps each letter; whatever came whole has its row, and no row tells more.
fn look_at_deliveries(record: &Record, rows: &[Row], is_alone: bool, findings: &mut Findings) {
    let accepted: Vec<_> = rows.iter().filter(|row| row.outcome == "accepteret" && row.repeats.is_none()).collect();
    let of_keepers = |row: &&&Row| record.keepers.iter().any(|keeper| row.fagsystem == Some(Rules::id(*keeper)));
    if accepted.iter().any(|row| !of_keepers(&row)) {
        findings.journal("the journal names another fagsystem than the one that has it");
    }
    if accepted.is_empty() || (is_alone && accepted.len() > 1) {
        findings.journal(format!("{} rows say that it was accepted", accepted.len()));
    }
    for fagsystem in 0..FAGSYSTEMS {
        let id = Rules::id(fagsystem);
        let count = |outcomes: &[&str]| {
            let is_one = |row: &&Row| row.repeats.is_none() && outcomes.contains(&row.outcome.as_str());
            rows.iter().filter(|row| row.fagsystem.as_ref() == Some(&id)).filter(is_one).count()
        };
        let whole = record.whole[fagsystem];
        if whole > count(&["accepteret", "fagsystem.afvist", "fagsystem.utilgaengeligt", "uvist"]) {
            findings.journal(format!("it came to {id} {whole} times, and not every time has its row"));
        }
        if whole < count(&["accepteret", "fagsystem.afvist"]) {
            findings.journal(format!("{id} is said to have judged it more often than it came there"));
        }
    }
    let count = |outcome: &str, reason: Option<&str>| {
        rows.iter()
            .filter(|row| row.outcome == outcome && (reason.is_none() || row.reason.as_deref() == reason))
            .count()
    };
    let (rejected, unclear) = (count("fagsystem.afvist", None), count("uvist", Some("uklart_svar")));
    if rejected > record.rejections {
        findings.add(Wrong::RefusedByNobody, format!("{rejected} rows of {} rejections", record.rejections));
    }
    if unclear > record.unclear {
        findings.add(Wrong::NotUnderstood, format!("{unclear} rows of {} unclear answers", record.unclear));
    }
}

/// A row that repeats an acceptance, or is bound to an earlier row's fagsystem, names an earlier row for which that is
/// right.
fn look_at_ties(rows: &[Row], is_alone: bool, findings: &mut Findings) {
    let mut bound_to = None;
    for row in rows {
        let earlier = |number: i64| rows.iter().find(|other| other.number == number && number < row.number);
        if row.outcome == "undervejs" {
            findings.journal(format!("row {} has no end", row.number));
        }
        if let Some(number) = row.repeats {
            let is_accepted = |other: &Row| other.outcome == "accepteret" && other.repeats.is_none();
            if row.outcome != "accepteret" || !earlier(number).is_some_and(is_accepted) {
                findings.journal(format!("row {} tells again what was not accepted", row.number));
            }
        }
        if let Some(number) = row.follows {
            // Other content with the same UUID follows the first also when that was accepted.
            let may_be_there = |other: &Row| other.outcome == "uvist" || (!is_alone && other.outcome == "accepteret");
            let is_followed = |other: &Row| may_be_there(other) && other.fagsystem == row.fagsystem;
            if !earlier(number).is_some_and(is_followed) {
                findings.journal(format!("row {} follows none that its fagsystem may have", row.number));
            }
        }
        if bound_to.is_some() && row.fagsystem.is_some() && row.fagsystem != bound_to && row.outcome != REUSED {
            findings.journal(format!("row {} went elsewhere though {bound_to:?} may have it", row.number));
        }
        if matches!(row.outcome.as_str(), "uvist" | "accepteret") && bound_to.is_none() {
            bound_to.clone_from(&row.fagsystem);
        }
    }
}

/// A letter that nothing binds goes where the rules of its publication say.
fn look_at_decisions(ledger: &Ledger, first: usize, rows: &[Row], findings: &mut Findings) {
    let is_decided = |row: &&Row| row.follows.is_none() && row.repeats.is_none() && row.outcome != REUSED;
    for row in rows.iter().filter(is_decided) {
        let (Some(publication), Some(fagsystem)) = (row.publication, &row.fagsystem) else { continue };
        let expected = Rules::of(ledger.seed, publication).fagsystem_for(&ledger.letters[first]);
        if *fagsystem != Rules::id(expected) {
            findings.journal(format!("row {} went against publication {publication}", row.number));
        }
    }
}

/// Each answer that a sender read has its row, unless the message was not even read; and no row is there without a try.
fn look_at_answers(record: &Record, rows: &[Row], findings: &mut Findings) {
    let kinds: [(Option<&str>, u16, &[&str]); 5] = [
        (None, 200, &["accepteret"]),
        (Some("fagsystem.afvist"), 422, &["fagsystem.afvist"]),
        (Some("fagsystem.utilgaengeligt"), 503, &["fagsystem.utilgaengeligt", "uvist"]),
        (Some("memo.ugyldig"), 400, &["memo.ugyldig", "afbrudt"]),
        (Some(REUSED), 422, &[REUSED]),
    ];
    let is_busy = |answer: &&(u16, Option<String>)| answer.0 == 503 && answer.1.as_deref() == Some(BUSY);
    let mut answers = record.answers.iter().filter(is_busy).count();
    for (code, status, outcomes) in kinds {
        let is_it = |answer: &&(u16, Option<String>)| answer.0 == status && answer.1.as_deref() == code;
        let answered = record.answers.iter().filter(is_it).count();
        let written = rows.iter().filter(|row| outcomes.contains(&row.outcome.as_str())).count();
        answers += answered;
        if answered > written {
            findings.journal(format!("{answered} answers {status} {code:?}, {written} rows"));
        }
    }
    if answers < record.answers.len() {
        findings.journal("it was answered as no message of the campaign may be");
    }
    if rows.len() > record.tries {
        findings.journal(format!("{} rows of {} tries", rows.len(), record.tries));
    }
}
