use jiff::civil::Date;
use serde::Serialize;

use super::fagsystem::FagsystemId;
use crate::rules::facts::Facts;

/// A message that must reach a certain fagsystem (*vagtmeddelelse*), whatever else changes in the rules.
///
/// It describes the message by what rules look at, so it holds no person's number. It may name the day for which it is meant;
/// otherwise it is for every day to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guard {
    /// What it stands for, in people's words: unique within the authority, never empty.
    #[serde(rename = "navn")]
    pub name: String,
    /// The fagsystem that the message must reach.
    pub fagsystem: FagsystemId,
    /// The only day on which it is tried; `None`: every day.
    #[serde(rename = "dag", skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The message. Its recipient is one of the authority's numbers.
    #[serde(rename = "meddelelse")]
    pub facts: Facts,
}
