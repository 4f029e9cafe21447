use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::rules::Facts;

/// What the program needs from a message's header. It has no names and no CPR numbers, unless a sender wrote them into the id
/// or group of a contact point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The message's UUID.
    pub message_uuid: MessageUuid,
    /// What rules can look at.
    pub facts: Facts,
}

/// A message's UUID (`messageUUID`): compared as a number, shown as the message writes it, in upper or lower case.
///
/// ```
/// use postfordeler::memo::MessageUuid;
/// let upper: MessageUuid = "8C2EA15D-61FB-4BA9-9366-42F8B194C114".parse().unwrap();
/// assert_eq!(Ok(upper), "8c2ea15d-61fb-4ba9-9366-42f8b194c114".parse());
/// assert_eq!(upper.to_string(), "8C2EA15D-61FB-4BA9-9366-42F8B194C114");
/// ```
#[derive(Clone, Copy)]
pub struct MessageUuid {
    uuid: Uuid,
    written: [u8; uuid::fmt::Hyphenated::LENGTH],
}

/// The text is not a UUID with hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a message UUID has 32 hexadecimal digits in groups of 8-4-4-4-12")]
pub struct NotAMessageUuid;

impl MessageUuid {
    /// A new random one (version 4).
    #[must_use]
    pub fn random() -> Self {
        Self::written_in_lower_case(Uuid::new_v4())
    }

    /// The one of version 4 with those random bits, of which six say the version and are replaced.
    #[must_use]
    pub fn from_random_bytes(bytes: [u8; 16]) -> Self {
        Self::written_in_lower_case(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    fn written_in_lower_case(uuid: Uuid) -> Self {
        let mut written = [0; uuid::fmt::Hyphenated::LENGTH];
        uuid.hyphenated().encode_lower(&mut written);
        Self { uuid, written }
    }

    /// As the message writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.written).unwrap_or_default()
    }
}

impl FromStr for MessageUuid {
    type Err = NotAMessageUuid;

    fn from_str(text: &str) -> Result<Self, NotAMessageUuid> {
        let written = text.as_bytes().try_into().map_err(|_| NotAMessageUuid)?;
        let uuid = Uuid::try_parse(text).map_err(|_| NotAMessageUuid)?;
        Ok(Self { uuid, written })
    }
}

impl PartialEq for MessageUuid {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl Eq for MessageUuid {}

impl std::hash::Hash for MessageUuid {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl fmt::Display for MessageUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for MessageUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
