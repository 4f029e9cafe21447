use crate::rules::ContactPoint;

/// Whether citizens can write to a contact point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PointState {
    /// They can.
    Open,
    /// Only those who know it: it is not shown.
    Hidden,
    /// They cannot.
    Closed,
}

impl PointState {
    pub fn of(point: &ContactPoint) -> Self {
        match (point.details.is_active, point.details.is_visible) {
            (false, _) => Self::Closed,
            (true, false) => Self::Hidden,
            (true, true) => Self::Open,
        }
    }
}

/// Where mail to a contact point goes if no rule that names the contact point matches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rest {
    /// To the default recipient.
    #[default]
    Default,
    /// Wherever a rule with other criteria sends it, or else to the default recipient.
    Others,
}
