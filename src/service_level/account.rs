/// Whether a promise is kept, as far as it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// What is known keeps it.
    Kept,
    /// What is known breaks it. Time that is lost stays lost; but of tries, those that are still to come may mend the share.
    Broken,
    /// Nothing is known.
    Unknown,
}

/// How much of what a promise allows to be lost has been lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strain {
    /// Less than half.
    Low,
    /// Half or more.
    Half,
    /// Four fifths or more.
    Most,
    /// More than is allowed: the promise is broken.
    Over,
}

impl Strain {
    /// Of so much allowed, so much used, in any unit. Nothing used is no strain, however little is allowed.
    #[must_use]
    pub fn of(used: u128, allowed: u128) -> Self {
        match used {
            0 => Self::Low,
            _ if used > allowed => Self::Over,
            _ if used * 5 >= allowed * 4 => Self::Most,
            _ if used * 2 >= allowed => Self::Half,
            _ => Self::Low,
        }
    }
}
