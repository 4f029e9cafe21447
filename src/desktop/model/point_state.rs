use crate::rules::ContactPoint;

/// How something stands with a contact point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PointState {
    /// It can be written to.
    Open,
    /// It can, by those who know it: it is not shown.
    Hidden,
    /// It cannot.
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

/// What becomes of post that no rule takes which names its contact point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rest {
    /// It goes to the default recipient.
    #[default]
    Default,
    /// Other rules may take it by what else it says; what these leave goes to the default recipient.
    Others,
}
