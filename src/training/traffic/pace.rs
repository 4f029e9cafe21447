use std::time::Duration;

/// How fast a stream is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrafficPace {
    /// One every five seconds.
    EveryFiveSeconds,
    /// One every two seconds.
    EveryTwoSeconds,
    /// One a second.
    #[default]
    OneASecond,
    /// Two a second.
    TwoASecond,
    /// Five a second.
    FiveASecond,
    /// Ten a second.
    TenASecond,
    /// Twenty a second.
    TwentyASecond,
}

impl TrafficPace {
    /// Every pace, from the slowest on.
    pub const ALL: [Self; 7] = [
        Self::EveryFiveSeconds,
        Self::EveryTwoSeconds,
        Self::OneASecond,
        Self::TwoASecond,
        Self::FiveASecond,
        Self::TenASecond,
        Self::TwentyASecond,
    ];

    /// The time from one message to the next.
    #[must_use]
    pub fn interval(self) -> Duration {
        Duration::from_millis(match self {
            Self::EveryFiveSeconds => 5000,
            Self::EveryTwoSeconds => 2000,
            Self::OneASecond => 1000,
            Self::TwoASecond => 500,
            Self::FiveASecond => 200,
            Self::TenASecond => 100,
            Self::TwentyASecond => 50,
        })
    }
}
