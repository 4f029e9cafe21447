//! What things are called, whatever the language.

use std::cmp::Ordering;
use std::sync::OnceLock;
use std::time::Duration;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::clock;
pub use crate::rules::Element;
use crate::rules::{Access, Authority, Criterion, FagsystemId, Interval, KleNumbers, Priority, Rule};
use crate::store::PublicationNumber;

/// Something that was done to the draft, as its notice and the way back name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    RuleAdded(Priority),
    RuleChanged(Priority),
    RulesCloned(Vec<Priority>),
    RulesDeleted(Vec<Priority>),
    /// With their new numbers.
    RulesMoved(Vec<Priority>),
    RulesSwitched {
        rules: Vec<Priority>,
        on: bool,
    },
    /// With the fagsystem's name.
    RulesRedirected(Vec<Priority>, String),
    RulesLimited(Vec<Priority>),
    RulesAddressed(Vec<Priority>),
    NumbersSpread,
    FagsystemSwitched {
        from: String,
        to: String,
    },
    FagsystemAdded(String),
    FagsystemChanged(String),
    FagsystemDeleted(String),
    DefaultChosen(String),
    DifferenceReverted,
    DraftDropped,
    Restored(PublicationNumber),
}

/// What a fagsystem knows the router by, before what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessKind {
    Open,
    Header,
    ClientCertificate,
}

impl AccessKind {
    pub const ALL: [Self; 3] = [Self::Open, Self::Header, Self::ClientCertificate];

    pub fn of(access: &Access) -> Self {
        match access {
            Access::Open => Self::Open,
            Access::Header { .. } => Self::Header,
            Access::ClientCertificate => Self::ClientCertificate,
        }
    }
}

/// How something stands with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleState {
    Active,
    Coming,
    /// Its last day lies within the next thirty.
    Expiring,
    Expired,
    Off,
    Shadowed,
}

impl RuleState {
    pub const ALL: [Self; 6] = [Self::Active, Self::Coming, Self::Expiring, Self::Expired, Self::Off, Self::Shadowed];

    /// From so many days before its last day, a rule expires soon.
    const SOON: i32 = 30;

    pub fn of(rule: &Rule, is_shadowed: bool, today: Date) -> Self {
        let to = rule.validity.to();
        let soon = today.saturating_add(Self::SOON.days());
        if !rule.active {
            Self::Off
        } else if to.is_some_and(|to| to < today) {
            Self::Expired
        } else if is_shadowed {
            Self::Shadowed
        } else if today < rule.validity.from() {
            Self::Coming
        } else if to.is_some_and(|to| to <= soon) {
            Self::Expiring
        } else {
            Self::Active
        }
    }
}

/// A date as it is written in Denmark: 25-10-2020.
pub fn date_text(day: Date) -> String {
    day.strftime("%d-%m-%Y").to_string()
}

/// What a criterion wants, by its plain name where it has one; `None` where there is no value to name.
pub fn value_name(authority: &Authority, criterion: &Criterion) -> Option<String> {
    let name = match criterion {
        Criterion::ContactPoint(id) => match authority.contact_point(id) {
            Some(point) if !point.title.is_empty() => point.title.clone(),
            _ => id.to_string(),
        },
        Criterion::ContactGroup(name) => name.to_string(),
        Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => cvr.to_string(),
        Criterion::Kle(interval) => interval.to_string(),
        Criterion::Form(interval) => interval.to_string(),
        Criterion::NoContactPoint(_) => return None,
    };
    Some(name)
}

/// A fagsystem's name, or its id where it has none.
pub fn fagsystem_name<'a>(authority: &'a Authority, id: &'a FagsystemId) -> &'a str {
    let name = authority.fagsystem(id).map(|fagsystem| fagsystem.name.as_str());
    name.filter(|name| !name.is_empty()).unwrap_or(id.as_str())
}

/// A name that a drop-down list has room for: at most so many characters, the last one "…" where more are left out.
pub fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let beginning: String = name.chars().take(most - 1).collect();
    format!("{}…", beginning.trim_end())
}

/// The order of a Danish dictionary: æ, ø and å last.
pub fn danish_order(one: &str, other: &str) -> Ordering {
    static COLLATOR: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    let collator = COLLATOR.get_or_init(|| Collator::try_new(locale!("da").into(), CollatorOptions::default()).ok());
    match collator {
        Some(collator) => collator.compare(one, other),
        None => one.cmp(other),
    }
}

/// The main groups (*hovedgrupper*) of KL Emnesystematik, each with its title, in order.
pub fn main_groups() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../resources/kle/hovedgrupper.txt").lines().filter_map(|line| line.split_once(' '))
}

/// What numbers of a KLE interval are about; `None` for a number of no main group.
pub fn kle_title(interval: &Interval<KleNumbers>) -> Option<String> {
    let title = |number: &str| main_groups().find(|(group, _)| number.starts_with(group)).map(|(_, title)| title);
    let text = interval.to_string();
    let Some((from, to)) = text.split_once(" - ") else { return title(&text).map(str::to_owned) };
    match (title(from)?, title(to)) {
        (from, Some(to)) if from != to => Some(format!("{from} – {to}")),
        (from, _) => Some(from.to_owned()),
    }
}

/// A KLE interval with what it is about: "28 (Dagtilbud)".
pub fn kle_name(interval: &Interval<KleNumbers>) -> String {
    kle_title(interval).map_or_else(|| interval.to_string(), |title| format!("{interval} ({title})"))
}

/// A day and time of day in Denmark: 25-10-2020 13:05.
pub fn moment_text(moment: Timestamp) -> String {
    clock::in_denmark(moment).strftime("%d-%m-%Y %H:%M").to_string()
}

/// A duration as people read it, to the millisecond.
pub fn duration_text(duration: Duration) -> String {
    match duration.as_millis() {
        0 => "< 1 ms".to_owned(),
        10_000.. => format!("{} s", duration.as_secs()),
        milliseconds => format!("{milliseconds} ms"),
    }
}
