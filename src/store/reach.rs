use crate::rules::Endpoint;

/// How far a router sends messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// To any endpoint.
    #[default]
    Anywhere,
    /// To loopback addresses alone, as in training: nothing leaves the machine, and nobody elsewhere can call the router.
    ThisMachine,
}

impl Reach {
    /// Whether messages may be sent to that endpoint.
    #[must_use]
    pub fn includes(self, endpoint: &Endpoint) -> bool {
        self == Self::Anywhere || endpoint.is_loopback()
    }
}
