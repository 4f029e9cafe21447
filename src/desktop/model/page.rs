/// The screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// *Overblik*: figures, and what needs attention.
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
    /// *Meddelelser*: every message that was received.
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
    /// All screens, in the order of the sidebar.
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
