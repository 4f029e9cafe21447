//! What things are called, whatever the language.

use jiff::civil::Date;

use crate::rules::{Authority, Criterion, FagsystemId};

/// What a change to the rules is called: in the history, and in the notice that offers to take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    RuleAdded(String),
    RuleChanged(String),
    RuleDeleted(String),
    FagsystemAdded(String),
    FagsystemChanged(String),
    FagsystemDeleted(String),
    DefaultChosen(String),
    AuthorityMade(String),
    SampleBegun,
    TakenBack,
}

/// What kind of fact a rule looks at, before its value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    ContactPoint,
    ContactGroup,
    SenderCvr,
    RecipientCvr,
    Kle,
    Form,
    NoContactPoint,
}

impl Element {
    pub const ALL: [Self; 7] = [
        Self::ContactPoint,
        Self::ContactGroup,
        Self::SenderCvr,
        Self::RecipientCvr,
        Self::Kle,
        Self::Form,
        Self::NoContactPoint,
    ];

    pub fn of(criterion: &Criterion) -> Self {
        match criterion {
            Criterion::ContactPoint(_) => Self::ContactPoint,
            Criterion::ContactGroup(_) => Self::ContactGroup,
            Criterion::SenderCvr(_) => Self::SenderCvr,
            Criterion::RecipientCvr(_) => Self::RecipientCvr,
            Criterion::Kle(_) => Self::Kle,
            Criterion::Form(_) => Self::Form,
            Criterion::NoContactPoint(_) => Self::NoContactPoint,
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
