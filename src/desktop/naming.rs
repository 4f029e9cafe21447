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
use crate::rules::{
    Access, Authority, Criterion, Cvr, FagsystemId, Interval, KleNumbers, KlePlan, Never, Priority, Rule, RuleBook,
};
use crate::store::PublicationNumber;

/// Something that was done to the draft, as its notice and the way back name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftEdit {
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
    /// All that went to one goes to the other now.
    FagsystemReplaced {
        from: String,
        to: String,
    },
    AuthorityAdded(String),
    AuthorityChanged(String),
    AuthorityDeleted(String),
    KnownAuthorityAdded(String),
    KnownAuthorityChanged(String),
    KnownAuthorityDeleted(String),
    /// With the contact point's name.
    ContactPointAdded(String),
    ContactPointChanged(String),
    ContactPointDeleted(String),
    DifferenceReverted,
    DraftDropped,
    /// With the files' names.
    FilesTakenIn(String),
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
    /// Earlier rules leave nothing to it.
    Shadowed,
    /// Its own parts exclude each other.
    Impossible,
}

impl RuleState {
    pub const ALL: [Self; 7] =
        [Self::Active, Self::Coming, Self::Expiring, Self::Expired, Self::Off, Self::Shadowed, Self::Impossible];

    /// From so many days before its last day, a rule expires soon.
    const SOON: i32 = 30;

    pub fn of(rule: &Rule, never: Option<&Never>, today: Date) -> Self {
        let to = rule.validity.to();
        let soon = today.saturating_add(Self::SOON.days());
        if !rule.active {
            Self::Off
        } else if to.is_some_and(|to| to < today) {
            Self::Expired
        } else if let Some(never) = never {
            if matches!(never, Never::Clash(_)) { Self::Impossible } else { Self::Shadowed }
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

/// What things are called: by an authority's own lists, and by the registers that all authorities share.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    pub authority: &'a Authority,
    pub registers: Registers<'a>,
}

/// What all authorities share.
#[derive(Debug, Clone, Copy)]
pub struct Registers<'a> {
    pub book: &'a RuleBook,
    pub kle: &'a KlePlan,
}

impl<'a> Names<'a> {
    pub fn fagsystem(&self, id: &'a FagsystemId) -> &'a str {
        fagsystem_name(self.authority, id)
    }

    /// What a criterion wants, by its plain name where it has one; `None` where there is no value to name.
    pub fn value(&self, criterion: &Criterion) -> Option<String> {
        let name = match criterion {
            Criterion::ContactPoint(id) => match self.authority.contact_point(id) {
                Some(point) if !point.title.is_empty() => point.title.clone(),
                _ => id.to_string(),
            },
            Criterion::ContactGroup(name) => name.to_string(),
            Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => self.registers.cvr(*cvr),
            Criterion::Kle(interval) => self.registers.kle(interval),
            Criterion::Form(interval) => interval.to_string(),
            Criterion::NoContactPoint(_) => return None,
        };
        Some(name)
    }
}

impl Registers<'_> {
    /// A CVR number with whose it is: "12345674 (Eksempelby Kommune)".
    pub fn cvr(&self, cvr: Cvr) -> String {
        self.cvr_name(cvr).map_or_else(|| cvr.to_string(), |name| format!("{cvr} ({name})"))
    }

    /// Whose number it is: one of our authorities', or a known one's.
    pub fn cvr_name(&self, cvr: Cvr) -> Option<&str> {
        let own = self.book.authorities.iter().find(|it| it.cvrs().any(|own| own == cvr)).map(|it| it.name.as_str());
        let known = || self.book.known_authorities.iter().find(|it| it.cvr == cvr).map(|it| it.name.as_str());
        own.or_else(known).filter(|name| !name.is_empty())
    }

    /// The KLE number that a message carried, as the journal has it, with its title: "KLE 28.06.00 (Optagelse …)".
    pub fn carried_kle(&self, number: &str) -> String {
        let named = number.parse().map(|interval| self.kle(&interval));
        format!("KLE {}", named.as_deref().unwrap_or(number))
    }

    /// A KLE interval with what it is about: "28 (Dagtilbud)".
    pub fn kle(&self, interval: &Interval<KleNumbers>) -> String {
        self.kle.about(interval).map_or_else(|| interval.to_string(), |about| format!("{interval} ({about})"))
    }
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

/// The beginning of a message's id, by which people tell it from others.
pub fn short_uuid(uuid: &str) -> String {
    shortened(uuid, 9)
}
