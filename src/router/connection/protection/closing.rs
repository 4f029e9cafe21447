/// Why the router closed a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closing {
    /// Another connection needed its slot.
    Room,
    /// TLS, or the head of its first request, took too long.
    Slow,
    /// No further request came in time.
    Idle,
}

impl Closing {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Room, Self::Slow, Self::Idle];

    /// Its name in log and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Slow => "slow",
            Self::Idle => "idle",
        }
    }

    /// What it means.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Room => "there were as many connections as allowed, and this one was the most dispensable",
            Self::Slow => "the TLS handshake or the head of the first request did not come in time",
            Self::Idle => "no further request came in time",
        }
    }

    /// What whoever runs the router can do about it.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Room => "find out who opens so many connections; --most-under-way raises the limit",
            Self::Slow => "nothing, unless you know the caller: then look at the network between",
            Self::Idle => "nothing: the caller connects again when it has something to send",
        }
    }
}
