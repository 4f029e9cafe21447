use std::fmt;
use std::hash::{Hash, Hasher};

use serde::Serialize;

/// The text without the white space around it, which in XML is four characters: space, tab, carriage return and line feed.
/// Any other, such as a no-break space, is part of the text for everyone who reads XML.
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

/// A text that is compared without regard to case: the id of a contact point or the name of a group.
///
/// [Surrounding white space](without_space_around) is dropped, and the rest is kept as written, so that an export shows what
/// was imported. Only the letters of English and Danish have case, A to Z, Æ, Ø and Å. Any other character equals itself
/// alone, since an id is not a word: a Kelvin sign (U+212A) is not a K, and an A with a combining ring is not an Å. Otherwise
/// the router could read another id than a fagsystem does.
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
    /// The text as a caseless one.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let written = without_space_around(text);
        Self { written: written.into(), folded: written.chars().map(lower_case).collect::<String>().into() }
    }

    /// The text as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The lower-case form, by which texts are compared.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether nothing is left without white space.
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
