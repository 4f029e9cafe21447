use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::rules::{Never, Rule};

/// Whether a rule can decide anything today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleState {
    Active,
    Coming,
    /// Its last day is within the next thirty.
    Expiring,
    Expired,
    Off,
    /// Rules with lower numbers match everything that it would match.
    Shadowed,
    /// Its own criteria exclude each other.
    Impossible,
}

impl RuleState {
    pub const ALL: [Self; 7] =
        [Self::Active, Self::Coming, Self::Expiring, Self::Expired, Self::Off, Self::Shadowed, Self::Impossible];

    /// A rule expires soon if its last day is at most this many days ahead.
    const EXPIRY_NOTICE_DAYS: i32 = 30;

    pub fn of(rule: &Rule, never: Option<&Never>, today: Date) -> Self {
        let to = rule.validity.to();
        let soon = today.saturating_add(Self::EXPIRY_NOTICE_DAYS.days());
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
