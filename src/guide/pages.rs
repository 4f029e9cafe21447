//! The pages.

use crate::LanguageChoice;

macro_rules! guide_pages {
    ($($(#[$doc:meta])* $Page:ident, $file:literal;)*) => {
        /// A page of the guide.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum GuidePage {
            $($(#[$doc])* $Page,)*
        }

        impl GuidePage {
            /// All pages, in the order of their file names; the contents come first.
            pub const ALL: [Self; [$($file),*].len()] = [$(Self::$Page),*];

            /// The name of the file, the same in both languages, without its ending.
            #[must_use]
            pub fn file(self) -> &'static str {
                match self {
                    $(Self::$Page => $file,)*
                }
            }

            /// The page as it is written.
            #[must_use]
            pub fn markdown(self, language: LanguageChoice) -> &'static str {
                match (self, language) {
                    $(
                        (Self::$Page, LanguageChoice::Danish) =>
                            include_str!(concat!("../../resources/guide/da/", $file, ".md")),
                        (Self::$Page, LanguageChoice::English) =>
                            include_str!(concat!("../../resources/guide/en/", $file, ".md")),
                    )*
                }
            }
        }
    };
}

guide_pages! {
    /// What pages there are, and which to begin with.
    Contents, "README";
    /// Backup and restore.
    Backup, "backup";
    /// Delivering to the router.
    Caller, "caller";
    /// Certificates.
    Certificates, "certificates";
    /// The command line.
    CommandLine, "command-line";
    /// The configuration file.
    Configuration, "configuration";
    /// Why it is as it is.
    Design, "design";
    /// Building and testing the program.
    Development, "development";
    /// Connecting a fagsystem.
    Fagsystem, "fagsystem";
    /// Excel, CSV, contact structures, packages.
    Files, "files";
    /// The first ten minutes.
    GettingStarted, "getting-started";
    /// What the words mean.
    Glossary, "glossary";
    /// The log.
    Log, "log";
    /// What happened to the mail.
    Monitoring, "monitoring";
    /// Ports and addresses.
    Network, "network";
    /// Personal data.
    PersonalData, "personal-data";
    /// Why a message did not get through.
    Reasons, "reasons";
    /// What rules refer to.
    Registers, "registers";
    /// The router.
    Router, "router";
    /// Rules, the draft and publications.
    Rules, "rules";
    /// Each alert, and what to do.
    Runbook, "runbook";
    /// Training.
    Training, "training";
}

impl GuidePage {
    /// The page in the file of that name, which has no ending.
    #[must_use]
    pub fn of_file(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.file() == file)
    }
}
