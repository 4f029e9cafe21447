/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// *Overblik*: how it goes.
    Overview,
    /// *Fordelingsregler*.
    Rules,
    /// *Fagsystemer*.
    Fagsystems,
    /// *Kontaktpunkter*.
    ContactPoints,
    /// *Myndigheder*.
    Authorities,
    /// *KLE-plan*.
    Kle,
    /// *Meddelelser*: every message that has come.
    Messages,
    /// *Router*.
    Router,
    /// *Ændringer*: what the draft would change.
    Changes,
    /// *Udgivelser*.
    History,
    /// *Filer*.
    Files,
}

impl Page {
    /// Every screen, in the order in which the sidebar lists them.
    pub const ALL: [Self; 11] = [
        Self::Overview,
        Self::Rules,
        Self::Fagsystems,
        Self::ContactPoints,
        Self::Authorities,
        Self::Kle,
        Self::Messages,
        Self::Router,
        Self::Changes,
        Self::History,
        Self::Files,
    ];
}
