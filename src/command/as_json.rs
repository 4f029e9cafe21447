//! Days and deciders as several calls print them in JSON.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::rules::Destination;

/// A stretch of days. One without an end has null for its last day.
pub(super) fn period((from, to): &(Date, Option<Date>)) -> Value {
    json!({"fra": from, "til": to})
}

/// What decides for a message; `None` when it is refused.
pub(super) fn ground(destination: Option<&Destination>) -> Value {
    let word = match destination.map(|it| it.rule) {
        Some(Some(_)) => "regel",
        Some(None) => "opsamlingssystem",
        None => "afvist",
    };
    json!({"grundlag": word, "prioritet": destination.and_then(|it| it.rule)})
}
