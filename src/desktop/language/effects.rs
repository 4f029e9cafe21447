//! The texts of what rules would do with past messages.

use jiff::civil::Date;

use crate::rules::Priority;

/// What would become of past messages if other rules decided.
#[derive(Debug)]
pub(in crate::desktop) struct EffectTexts {
    pub working_out: &'static str,
    /// Nobody can say, since the rules contradict one another.
    pub contradiction: &'static str,
    /// The draft is begun on an older publication than that one.
    pub behind: fn(i64) -> String,
    pub turnout: fn(&Turnout) -> String,
    /// On so many more days it changes.
    pub more_days: fn(usize) -> String,
    /// On so many more days it may change; that has not been worked out.
    pub left_out: fn(usize) -> String,
    pub catch: fn(&Caught) -> String,
    /// How many a rule would take from later days on.
    pub later: fn(&[(Date, u64)]) -> String,
    /// Which earlier rules take how many of those that fit, and whether none is left.
    pub lost: fn(&[Priority], u64, is_all: bool) -> String,
    pub none_fits: &'static str,
    /// The rule's last day is past.
    pub is_over: fn(Date) -> String,
}

/// What becomes of messages.
#[derive(Debug)]
pub(in crate::desktop) struct Turnout {
    pub when: When,
    /// How many were tried.
    pub all: u64,
    pub ways: Vec<Way>,
    /// How many go another way than those.
    pub elsewhere: u64,
    /// How many wait for a fagsystem that is paused.
    pub held: u64,
}

impl Turnout {
    /// How many change receiver.
    pub fn changed(&self) -> u64 {
        self.ways.iter().map(|way| way.count).sum::<u64>() + self.elsewhere
    }
}

/// On which day something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum When {
    /// On any, from today on.
    Always,
    /// Today, and no longer from a later day on.
    Today,
    From(Date),
}

/// How many messages would go from one receiver to another, by name; `None`: they are refused.
#[derive(Debug)]
pub(in crate::desktop) struct Way {
    pub from: Option<String>,
    pub to: Option<String>,
    pub count: u64,
}

/// What a rule would take.
#[derive(Debug)]
pub(in crate::desktop) struct Caught {
    /// From that later day on.
    pub from: Option<Date>,
    /// It is switched off.
    pub is_off: bool,
    /// How many messages were tried.
    pub all: u64,
    pub taken: Vec<Taken>,
}

impl Caught {
    pub fn count(&self) -> u64 {
        self.taken.iter().map(|taken| taken.count).sum()
    }
}

/// Where messages go now that a rule would take.
#[derive(Debug)]
pub(in crate::desktop) struct Taken {
    /// By name; `None`: they are refused now.
    pub from: Option<String>,
    /// It is where the rule sends them, too.
    pub is_same: bool,
    pub count: u64,
}
