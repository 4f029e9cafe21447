//! The table of screens.

/// The screens, in the order of the sidebar. A row has the name of the page, its folder in `screen`, and the type of its
/// state. The table is passed to another macro: to [`pages`] for the names, and to one of `screen::table` for the states.
macro_rules! screens {
    ($hand_to:ident) => {
        $hand_to! {
            /// *Overblik*: figures, and what needs attention.
            Overview, overview, OverviewScreen;
            /// *Kort*: who gets what, as a picture.
            Map, map, MapScreen;
            /// *Opsamling*: what rules decide, and what falls to the default recipient.
            DefaultMail, default_mail, DefaultMailScreen;
            /// *Opgaver*: what to reach with the rules, and whether one is there. Shown only in training.
            Lessons, lessons, LessonsScreen;
            /// *Øvelsesfagsystemer*: their inboxes, and how they answer. Shown only with practice fagsystems.
            Practice, practice, PracticeScreen;
            /// *Trafik*: made-up messages to send, and what became of them. Shown only in training.
            Traffic, traffic, TrafficScreen;
            /// *Fordelingsregler*.
            Rules, rules, RulesScreen;
            /// *Tidslinje*: on which days each rule is valid and decides.
            Timeline, timeline, TimelineScreen;
            /// *Dækning*: who gets mail by its KLE or FORM number.
            Coverage, coverage, CoverageScreen;
            /// *Prøv en meddelelse*: where a message would go, and why.
            TryMessage, try_message, TryMessageScreen;
            /// *Fagsystemer*.
            Fagsystems, fagsystems, FagsystemsScreen;
            /// *Kontaktpunkter*.
            ContactPoints, contact_points, ContactPointsScreen;
            /// *Myndigheder*.
            Authorities, authorities, AuthoritiesScreen;
            /// *KLE-plan*.
            Kle, kle, KleScreen;
            /// *Meddelelser*: every message that was received.
            Messages, messages, MessagesScreen;
            /// *Router*.
            Router, router, RouterScreen;
            /// *Driftsmål*: how far the service agreement is kept.
            ServiceLevels, service_levels, ServiceLevelsScreen;
            /// *Ændringer*: what the draft would change.
            Changes, changes, ChangesScreen;
            /// *Skyggekørsel*: what the draft would do with the mail that comes.
            Shadow, shadow, ShadowScreen;
            /// *Udgivelser*.
            History, history, HistoryScreen;
            /// *Gennemsyn*: who receives what, as a document to look through and sign.
            Review, review, ReviewScreen;
            /// *Filer*.
            Files, files, FilesScreen;
        }
    };
}

macro_rules! pages {
    ($($(#[$doc:meta])* $Page:ident, $folder:ident, $State:ident;)*) => {
        /// A screen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Page {
            $($(#[$doc])* $Page,)*
        }

        impl Page {
            /// All screens, in the order of the sidebar.
            pub const ALL: [Self; [$(Self::$Page),*].len()] = [$(Self::$Page),*];
        }
    };
}

screens!(pages);

/// What pages have in common, as the sidebar groups them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageGroup {
    /// How it all stands. It has no heading, as it comes first.
    Overview,
    /// What there is only in training.
    Training,
    Rules,
    /// What rules refer to.
    Registers,
    Operation,
    /// From draft to publication, and out into files.
    Publishing,
}

impl Page {
    /// The group that the page belongs to. The pages of a group follow each other.
    #[must_use]
    pub fn group(self) -> PageGroup {
        match self {
            Self::Overview | Self::Map | Self::DefaultMail => PageGroup::Overview,
            Self::Lessons | Self::Practice | Self::Traffic => PageGroup::Training,
            Self::Rules | Self::Timeline | Self::Coverage | Self::TryMessage => PageGroup::Rules,
            Self::Fagsystems | Self::ContactPoints | Self::Authorities | Self::Kle => PageGroup::Registers,
            Self::Messages | Self::Router | Self::ServiceLevels => PageGroup::Operation,
            Self::Changes | Self::Shadow | Self::History | Self::Review | Self::Files => PageGroup::Publishing,
        }
    }
}

pub(in crate::desktop) use screens;
