use std::fmt;

use crate::rules::Cvr;

/// What a letter says besides what rules can look at. Where nothing is given, the words of a bare exercise stand.
///
/// The texts are at most 256 characters, as in the letter itself.
#[derive(Debug, Clone, Default)]
pub struct LetterDetails {
    /// The sender's name.
    pub sender_name: Option<String>,
    /// The CPR number, where the sender is a citizen.
    pub citizen: MadeUpCpr,
    /// The person at the sender who wrote.
    pub attention: Option<String>,
    /// The name of the sender's own contact point, where it has one.
    pub own_point_name: Option<String>,
    /// Who sent it for the sender. MeMo 1.1 has no place for that: there it is left out.
    pub representative: Option<Representative>,
    /// The recipient's name.
    pub recipient_name: Option<String>,
    /// The name of the recipient's contact point.
    pub point_name: Option<String>,
    /// What the writer filled in at the contact point: fields and values, of which [`Self::MOST_FIELDS`] are written.
    pub fields: Vec<(String, String)>,
    /// The number plate of the vehicle that it is about, at most seven characters.
    pub licence_plate: Option<String>,
    /// The case that it belongs to.
    pub case: Option<Case>,
    /// What its KLE or FORM number means.
    pub classified_name: Option<String>,
    /// Who wrote the message that it forwards.
    pub original_sender: Option<String>,
    /// The contact point of the message that it answers or forwards, which is not where this one goes.
    pub original_point: Option<String>,
    /// What is remarked where it answers or forwards a message, at most 512 characters.
    pub comment: Option<String>,
    /// The attachments besides the letter.
    pub attachments: Vec<Attachment>,
}

impl LetterDetails {
    /// How many fields the schemas allow at a contact point.
    pub const MOST_FIELDS: usize = 2;
}

/// A CPR number that no person can have, since its month is 00.
///
/// ```
/// use postfordeler::memo::MadeUpCpr;
/// assert_eq!(MadeUpCpr::default().to_string(), "0100000000");
/// assert_eq!(MadeUpCpr::new(30_990_001).to_string(), "3100990001");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MadeUpCpr(u32);

impl MadeUpCpr {
    /// How many there are.
    pub const COUNT: u32 = 31_000_000;

    /// One of them; after [`Self::COUNT`] they come again.
    #[must_use]
    pub fn new(number: u32) -> Self {
        Self(number % Self::COUNT)
    }
}

impl fmt::Display for MadeUpCpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, rest) = (self.0 / 1_000_000 + 1, self.0 % 1_000_000);
        write!(f, "{day:02}00{rest:06}")
    }
}

/// Who sent a letter for somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Representative {
    /// Its CVR number.
    pub cvr: Cvr,
    /// Its name.
    pub name: String,
}

/// The case that a letter belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its number.
    pub number: String,
    /// The system that numbers cases so.
    pub system: String,
}

/// A text file with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is.
    pub name: String,
    /// The file's name.
    pub file_name: String,
    /// What is in it.
    pub text: String,
}
