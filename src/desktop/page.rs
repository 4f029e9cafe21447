use lucide_icons::Icon;

use super::language::Texts;

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
    Log,
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
        Self::Log,
        Self::Router,
        Self::Changes,
        Self::History,
        Self::Files,
    ];

    /// Its icon and its name.
    pub(super) fn sign(self, t: &'static Texts) -> (Icon, &'static str) {
        match self {
            Self::Overview => (Icon::ChartColumn, t.overview.title),
            Self::Rules => (Icon::ListOrdered, t.rules.title),
            Self::Fagsystems => (Icon::Server, t.fagsystems.title),
            Self::ContactPoints => (Icon::MapPin, t.contact_points.title),
            Self::Authorities => (Icon::Building2, t.authorities.title),
            Self::Kle => (Icon::FolderTree, t.kle.title),
            Self::Log => (Icon::Mail, t.log.title),
            Self::Router => (Icon::Radio, t.router.title),
            Self::Changes => (Icon::PencilLine, t.changes.title),
            Self::History => (Icon::History, t.history.title),
            Self::Files => (Icon::ArrowDownUp, t.files.title),
        }
    }
}
