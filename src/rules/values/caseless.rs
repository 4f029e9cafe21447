use std::fmt;
use std::hash::{Hash, Hasher};

use serde::Serialize;

/// The text without the white space around it, of which XML knows four characters: space, tab, carriage return and line
/// feed. Any other, as a no-break space, is a part of the text to everyone who reads XML.
#[must_use]
pub fn without_space_around(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

fn lower_case(letter: char) -> char {
    match letter {
        'Æ' => 'æ',
        'Ø' => 'ø',
        'Å' => 'å',
        other => other.to_ascii_lowercase(),
    }
}

/// A text that is compared without regard to case, as contact point ids and contact group names are.
///
/// Surrounding white space is dropped, as [XML knows it](without_space_around); the rest is kept as written, so that an
/// export shows what was imported. The letters of English and Danish have case, A to Z, Æ, Ø and Å; any other character
/// is equal to itself alone, for an id is no word: a Kelvin sign (U+212A) is no K, and an A with a combining ring is no Å.
///
/// ```
/// use postfordeler::rules::Caseless;
/// assert_eq!(Caseless::new("Børn og Unge"), Caseless::new(" BØRN OG UNGE "));
/// assert_eq!(Caseless::new(" Dagtilbud ").as_str(), "Dagtilbud");
/// ```
#[derive(Debug, Clone, Serialize)]
#[serde(into = "String")]
pub struct Caseless {
    written: Box<str>,
    folded: Box<str>,
}

impl Caseless {
    /// Takes a text as it is written.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let written = without_space_around(text);
        Self { written: written.into(), folded: written.chars().map(lower_case).collect::<String>().into() }
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The lower-case form that comparison goes by.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether nothing but white space was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }
}

impl PartialEq for Caseless {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Caseless {}

impl Hash for Caseless {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl fmt::Display for Caseless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl From<Caseless> for String {
    fn from(text: Caseless) -> Self {
        text.written.into()
    }
}
