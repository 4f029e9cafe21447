use jiff::Timestamp;

/// What a publication says besides its rules: when it was made, by whom and why.
///
/// A bare text is the note; the author is the user who runs the program, and the time is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// When it is published.
    pub at: Timestamp,
    /// Who publishes it: a user name of the operating system, empty when it is unknown.
    pub by: String,
    /// What they say of it.
    pub note: String,
}

impl Imprint {
    /// Who runs the program: a user name of the operating system, empty when it is unknown.
    #[must_use]
    pub fn user() -> String {
        whoami::username().unwrap_or_default()
    }
}

impl From<String> for Imprint {
    fn from(note: String) -> Self {
        Self { at: Timestamp::now(), by: Self::user(), note }
    }
}

impl From<&str> for Imprint {
    fn from(note: &str) -> Self {
        note.to_owned().into()
    }
}
