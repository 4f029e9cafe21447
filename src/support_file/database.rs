//! What the database says, and why it could not be opened.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::{rules, settings};
use crate::clock;
use crate::reasons::Reason;
use crate::store::{Outcome, PublicationNumber, RouterNow, Store, StoreError};

/// How far back failures are told.
const RECENT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How far back days are told.
const DAYS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The word for an outcome that this version does not know.
const UNKNOWN: &str = "unknown_to_this_version";

/// Why it could not be opened, by code.
pub(super) fn error(error: &StoreError) -> Value {
    let mut facts = Map::new();
    facts.insert("opened".to_owned(), false.into());
    facts.insert("error".to_owned(), error.code().into());
    if let StoreError::Newer { schema, program, .. } = error {
        facts.insert("schema".to_owned(), (*schema).into());
        facts.insert("written_by".to_owned(), program.clone().into());
    }
    if let Some(code) = error.sqlite_code() {
        facts.insert("sqlite_code".to_owned(), code.into());
    }
    Value::Object(facts)
}

/// Everything that is told of an open database. A part that cannot be read is told by the code of the error.
pub(super) fn facts(store: &Store, now: Timestamp) -> Map<String, Value> {
    let told = |read: Result<Value, StoreError>| read.unwrap_or_else(|error| json!({"error": error.code()}));
    let mut facts = Map::new();
    facts.insert("database".to_owned(), told(of_file(store)));
    facts.insert("router".to_owned(), told(store.router_now().map(router)));
    facts.insert("router_settings".to_owned(), told(store.settings().map(|it| settings::of_router(&it))));
    facts.insert("window_settings".to_owned(), told(store.window_settings().map(settings::of_windows)));
    facts.insert("publications".to_owned(), told(publications(store)));
    facts.insert("published_rules".to_owned(), told(published_rules(store, now)));
    facts.insert("journal".to_owned(), told(journal(store, now)));
    facts
}

fn of_file(store: &Store) -> Result<Value, StoreError> {
    let upgraded_from = store.upgrade().map(|upgrade| upgrade.from);
    let is_training = store.training_beginnings()?.is_some();
    Ok(json!({"opened": true, "schema": Store::SCHEMA, "upgraded_from": upgraded_from, "is_training": is_training}))
}

fn router(now: RouterNow) -> Value {
    match now {
        RouterNow::Nobody => json!({"runs": false}),
        RouterNow::Runs(None) => json!({"runs": true}),
        RouterNow::Runs(Some(router)) => json!({
            "runs": true,
            "since": format!("{:.0}", router.since),
            "is_encrypted": router.is_encrypted,
            "publication": router.publication.map(PublicationNumber::get),
        }),
    }
}

fn publications(store: &Store) -> Result<Value, StoreError> {
    let entries = store.publications()?;
    let newest = entries.iter().max_by_key(|entry| entry.number.get());
    Ok(json!({
        "count": entries.len(),
        "newest": newest.map(|entry| entry.number.get()),
        "newest_at": newest.map(|entry| format!("{:.0}", entry.published_at)),
        "draft_differs": store.draft()?.book.is_some(),
    }))
}

fn published_rules(store: &Store, now: Timestamp) -> Result<Value, StoreError> {
    let publication = store.newest_publication()?;
    Ok(publication.map_or(Value::Null, |publication| rules::facts(&publication.book, clock::day_of(now))))
}

fn journal(store: &Store, now: Timestamp) -> Result<Value, StoreError> {
    let since = |duration| now.saturating_sub(duration).unwrap_or(Timestamp::MIN);
    let word = |outcome: Option<Outcome>| outcome.map_or(UNKNOWN, Outcome::code);
    let mut days = Map::new();
    for tally in store.tally_by_day(since(DAYS))? {
        let day = days.entry(tally.day.to_string()).or_insert_with(|| json!({}));
        if let Value::Object(day) = day {
            day.insert(word(tally.outcome).to_owned(), tally.messages.into());
        }
    }
    let failures: Vec<_> = store
        .tally_of_failures(since(RECENT))?
        .into_iter()
        .map(|tally| {
            json!({
                "outcome": word(tally.outcome),
                "reason": tally.reason.map(Reason::code),
                "answer_status": tally.answer_status,
                "messages": tally.messages,
                "last": format!("{:.0}", tally.last),
            })
        })
        .collect();
    Ok(json!({"rows": store.count_journal()?, "messages_by_day": days, "not_accepted_in_30_days": failures}))
}
