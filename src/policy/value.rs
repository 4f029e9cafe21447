//! The names of the decisions, and what they can hold.

use std::fmt;

/// What can be decided, by the name that it has in group policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyName {
    /// The data directory: an absolute path.
    DataDirectory,
    /// The database that several programs share: a URL.
    DatabaseUrl,
    /// Where a router may listen: 0 nowhere, 1 on this machine only, 2 anywhere.
    RouterListens,
    /// The language of the screens: `da` or `en`.
    Language,
    /// Whether the organisation hands out new versions itself: 0 or 1.
    UpdatesOff,
}

impl PolicyName {
    /// All of them, in the order of the administrative template.
    pub const ALL: [Self; 5] =
        [Self::DataDirectory, Self::DatabaseUrl, Self::RouterListens, Self::Language, Self::UpdatesOff];

    /// The name of the value in the registry, and of the key in the file.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::DataDirectory => "DataDirectory",
            Self::DatabaseUrl => "DatabaseUrl",
            Self::RouterListens => "RouterListens",
            Self::Language => "Language",
            Self::UpdatesOff => "UpdatesOff",
        }
    }
}

impl fmt::Display for PolicyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// A value as it stands in the registry or the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyValue {
    /// `REG_SZ` or `REG_EXPAND_SZ`, with its variables replaced; a JSON string.
    Text(String),
    /// `REG_DWORD`; a whole JSON number.
    Number(u32),
}
