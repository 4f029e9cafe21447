//! Which screens there are.

/// The table of the screens, in the order in which the sidebar lists them. It is handed to the macro that is named: to
/// [`pages`] for what they are called, and to `screen::table` for what they hold. A row says a page, the folder of
/// `screen`, and the type of its state.
macro_rules! screens {
    ($hand_to:ident) => {
        $hand_to! {
            /// *Overblik*: how it goes.
            Overview, overview, OverviewScreen;
            /// *Fordelingsregler*.
            Rules, rules, RulesScreen;
            /// *Fagsystemer*.
            Fagsystems, fagsystems, FagsystemsScreen;
            /// *Kontaktpunkter*.
            ContactPoints, contact_points, ContactPointsScreen;
            /// *Myndigheder*.
            Authorities, authorities, AuthoritiesScreen;
            /// *KLE-plan*.
            Kle, kle, KleScreen;
            /// *Meddelelser*: every message that has come.
            Messages, messages, MessagesScreen;
            /// *Router*.
            Router, router, RouterScreen;
            /// *Ændringer*: what the draft would change.
            Changes, changes, ChangesScreen;
            /// *Udgivelser*.
            History, history, HistoryScreen;
            /// *Filer*.
            Files, files, FilesScreen;
        }
    };
}

macro_rules! pages {
    ($($(#[$doc:meta])* $Page:ident, $folder:ident, $State:ident;)*) => {
        /// Which screen is shown.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Page {
            $($(#[$doc])* $Page,)*
        }

        impl Page {
            /// Every screen, in the order in which the sidebar lists them.
            pub const ALL: [Self; [$(Self::$Page),*].len()] = [$(Self::$Page),*];
        }
    };
}

screens!(pages);

pub(in crate::desktop) use screens;
