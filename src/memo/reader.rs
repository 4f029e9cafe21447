use crate::rules::{AddressedContactPoint, Caseless, Facts, PostType, Sender};

use super::scanner::{Listener, NotWellFormed, Scanner};
use super::{Header, MAX_HEADER_BYTES, MAX_MESSAGE_BYTES, MessageUuid, NAMESPACE};

const KLE_NAMESPACE: &[u8] = b"http://kle-online.dk/";
const FORM_NAMESPACE: &[u8] = b"http://www.form-online.dk/";
/// The most bytes of text that one element of the header may hold; the schemas allow 512 characters.
const MAX_HEADER_TEXT: usize = 16 * 1024;

/// Why a message cannot be taken. Says nothing of what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemoError {
    /// It is no XML document as it must be.
    #[error("the message is not well-formed XML: {0}")]
    NotWellFormed(#[from] NotWellFormed),
    /// Its outermost element is not `Message`, or its header is missing, comes late or comes twice.
    #[error("the document is not a MeMo message: it must be one Message that begins with one MessageHeader")]
    NotAMemo,
    /// There is no `messageUUID`, or it is no UUID.
    #[error("the message has no valid messageUUID")]
    NoMessageUuid,
    /// There is no `Sender` with an id and its type.
    #[error("the message names no sender")]
    NoSender,
    /// There is no `Recipient` with an id and its type.
    #[error("the message names no recipient")]
    NoRecipient,
    /// Something that routing needs stands twice, so that the message could go two ways.
    #[error("the message gives {0} twice")]
    Twice(&'static str),
    /// Something that routing needs has elements in it where a text belongs.
    #[error("the message has elements within {0}, where a text belongs")]
    ElementsInText(&'static str),
    /// The header is longer than 1 MiB, or a text in it longer than 16 KiB.
    #[error("the message's header is too long")]
    HeaderTooLong,
    /// It is a `NemSMS`, which is no post.
    #[error("the message is a NemSMS, which cannot be received as post")]
    NemSms,
    /// It is larger than 99.5 MiB.
    #[error("the message is larger than 99.5 MiB (104,333,312 bytes)")]
    TooLarge,
}

/// Reads a message in chunks as they arrive.
///
/// Yields the header as soon as it has closed, and watches to the end that the document is well-formed and is one
/// message. Elements it does not know pass by; nothing is validated that routing does not need. Its memory does not
/// grow with the message.
///
/// ```
/// # use postfordeler::memo::{Letter, Party, Reader, write};
/// let message = write(&Letter::new(Party::Citizen, "66137112".parse().unwrap()));
/// let mut reader = Reader::new();
/// for chunk in message.chunks(100) {
///     reader.feed(chunk)?;
/// }
/// let header = reader.finish()?;
/// assert_eq!(header.facts.recipient, Some("66137112".parse().unwrap()));
/// # Ok::<(), postfordeler::memo::MemoError>(())
/// ```
#[derive(Debug)]
pub struct Reader {
    scanner: Scanner,
    message: MessageListener,
    bytes: u64,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// Begins a message.
    #[must_use]
    pub fn new() -> Self {
        Self { scanner: Scanner::new(), message: MessageListener::default(), bytes: 0 }
    }

    /// Takes the next bytes. Where chunks are cut changes nothing in the result.
    ///
    /// # Errors
    ///
    /// The message cannot be taken, whatever follows; the reader is of no more use.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), MemoError> {
        let (header_part, rest) = split_at_most(chunk, MAX_HEADER_BYTES.saturating_sub(self.bytes));
        let (body_part, excess) =
            split_at_most(rest, MAX_MESSAGE_BYTES.saturating_sub(self.bytes.max(MAX_HEADER_BYTES)));
        self.bytes += chunk.len() as u64;
        self.scanner.feed(header_part, &mut self.message)?;
        if !rest.is_empty() && self.message.header.is_none() {
            return Err(MemoError::HeaderTooLong);
        }
        self.scanner.feed(body_part, &mut self.message)?;
        if excess.is_empty() { Ok(()) } else { Err(MemoError::TooLarge) }
    }

    /// The header, once it has closed.
    #[must_use]
    pub fn header(&self) -> Option<&Header> {
        self.message.header.as_ref()
    }

    /// The message's UUID, as soon as it has been read; it may be known where the header is not fit to be used.
    #[must_use]
    pub fn message_uuid(&self) -> Option<MessageUuid> {
        self.message.message_uuid
    }

    /// How many bytes have been taken.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Says whether the message could end here.
    ///
    /// # Errors
    ///
    /// The message is not complete, or has no header.
    pub fn check_end(&self) -> Result<(), MemoError> {
        self.scanner.finish()?;
        self.header().map(|_| ()).ok_or(MemoError::NotAMemo)
    }

    /// Ends the message.
    ///
    /// # Errors
    ///
    /// The message is not complete, or has no header.
    pub fn finish(self) -> Result<Header, MemoError> {
        self.check_end()?;
        self.message.header.ok_or(MemoError::NotAMemo)
    }
}

fn split_at_most(bytes: &[u8], most: u64) -> (&[u8], &[u8]) {
    bytes.split_at(usize::try_from(most).unwrap_or(usize::MAX).min(bytes.len()))
}

/// Where in a message an element stands, as far as routing cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Message,
    Header,
    Sender,
    SenderContactPoint,
    Recipient,
    RecipientContactPoint,
    ContentData,
    KleData,
    FormData,
    Text(Text),
    /// Anything else, with all that is in it.
    Elsewhere,
}

/// A text that routing needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    MessageType,
    MessageUuid,
    PostType,
    SenderId,
    SenderIdType,
    RecipientId,
    RecipientIdType,
    ContactPointId,
    ContactGroup,
    Kle,
    Form,
}

impl Text {
    const COUNT: usize = Self::Form as usize + 1;

    fn name(self) -> &'static str {
        match self {
            Self::MessageType => "messageType",
            Self::MessageUuid => "messageUUID",
            Self::PostType => "postType",
            Self::SenderId => "senderID",
            Self::SenderIdType => "the sender's idType",
            Self::RecipientId => "recipientID",
            Self::RecipientIdType => "the recipient's idType",
            Self::ContactPointId => "the recipient's contactPointID",
            Self::ContactGroup => "the recipient's contactGroup",
            Self::Kle => "the KLE subjectKey",
            Self::Form => "the FORM taskKey",
        }
    }
}

/// The place of a child element. Decoys stand elsewhere: a contact point of the sender's, a `contactPointID` of what
/// is replied to, labels.
fn child(parent: Place, uri: &[u8], local: &[u8]) -> Place {
    if parent == Place::Elsewhere {
        return Place::Elsewhere;
    }
    let is_memo = uri == NAMESPACE.as_bytes();
    match (parent, local) {
        (Place::Message, b"MessageHeader") if is_memo => Place::Header,
        (Place::Header, b"messageType") if is_memo => Place::Text(Text::MessageType),
        (Place::Header, b"messageUUID") if is_memo => Place::Text(Text::MessageUuid),
        (Place::Header, b"postType") if is_memo => Place::Text(Text::PostType),
        (Place::Header, b"Sender") if is_memo => Place::Sender,
        (Place::Header, b"Recipient") if is_memo => Place::Recipient,
        (Place::Header, b"ContentData") if is_memo => Place::ContentData,
        (Place::Sender, b"senderID") if is_memo => Place::Text(Text::SenderId),
        (Place::Sender, b"idType") if is_memo => Place::Text(Text::SenderIdType),
        (Place::Sender, b"ContactPoint") if is_memo => Place::SenderContactPoint,
        (Place::Recipient, b"recipientID") if is_memo => Place::Text(Text::RecipientId),
        (Place::Recipient, b"idType") if is_memo => Place::Text(Text::RecipientIdType),
        (Place::Recipient, b"ContactPoint") if is_memo => Place::RecipientContactPoint,
        (Place::RecipientContactPoint, b"contactPointID") if is_memo => Place::Text(Text::ContactPointId),
        (Place::RecipientContactPoint, b"contactGroup") if is_memo => Place::Text(Text::ContactGroup),
        (Place::ContentData, b"KLEdata") if uri == KLE_NAMESPACE => Place::KleData,
        (Place::ContentData, b"FORMdata") if uri == FORM_NAMESPACE => Place::FormData,
        (Place::KleData, b"subjectKey") if uri == KLE_NAMESPACE => Place::Text(Text::Kle),
        (Place::FormData, b"taskKey") if uri == FORM_NAMESPACE => Place::Text(Text::Form),
        _ => Place::Elsewhere,
    }
}

/// Picks out of a scanned document what routing needs.
#[derive(Debug, Default)]
struct MessageListener {
    /// The places of the open elements, the innermost last.
    places: Vec<Place>,
    texts: [Option<String>; Text::COUNT],
    sender_has_contact_point: bool,
    recipient_has_contact_point: bool,
    /// The text of the element that is open, as far as it is needed, and how long it is in any case.
    text: Vec<u8>,
    text_bytes: usize,
    seen: Vec<Place>,
    message_uuid: Option<MessageUuid>,
    header: Option<Header>,
}

impl Listener for MessageListener {
    type Error = MemoError;

    fn start(&mut self, uri: &[u8], local: &[u8]) -> Result<(), MemoError> {
        let place = match self.places.last() {
            None if uri == NAMESPACE.as_bytes() && local == b"Message" => Place::Message,
            None => return Err(MemoError::NotAMemo),
            Some(parent) => child(*parent, uri, local),
        };
        if let Some(Place::Text(text)) = self.places.last() {
            return Err(MemoError::ElementsInText(text.name()));
        }
        if self.places.len() == 1 && (self.header.is_none() != (place == Place::Header)) {
            return Err(MemoError::NotAMemo);
        }
        self.once_only(place)?;
        match place {
            Place::SenderContactPoint => self.sender_has_contact_point = true,
            Place::RecipientContactPoint => self.recipient_has_contact_point = true,
            _ => {}
        }
        self.places.push(place);
        self.text.clear();
        self.text_bytes = 0;
        Ok(())
    }

    fn end(&mut self) -> Result<(), MemoError> {
        match self.places.pop() {
            Some(Place::Text(text)) => {
                let read = String::from_utf8_lossy(&self.text).trim().to_owned();
                if text == Text::MessageUuid {
                    self.message_uuid = read.parse().ok();
                }
                self.texts[text as usize] = Some(read);
            }
            Some(Place::Header) => {
                self.header = Some(self.take_header()?);
                self.seen = Vec::new();
            }
            _ => {}
        }
        self.text_bytes = 0;
        Ok(())
    }

    fn text(&mut self, text: &[u8]) -> Result<(), MemoError> {
        if self.header.is_some() {
            return Ok(());
        }
        self.text_bytes += text.len();
        if self.text_bytes > MAX_HEADER_TEXT {
            return Err(MemoError::HeaderTooLong);
        }
        if let Some(Place::Text(_)) = self.places.last() {
            self.text.extend_from_slice(text);
        }
        Ok(())
    }
}

impl MessageListener {
    /// What routing needs stands once: a second one could send the message another way.
    fn once_only(&mut self, place: Place) -> Result<(), MemoError> {
        let name = match place {
            Place::Text(text) => text.name(),
            Place::Sender => "Sender",
            Place::Recipient => "Recipient",
            Place::SenderContactPoint => "the sender's ContactPoint",
            Place::RecipientContactPoint => "the recipient's ContactPoint",
            Place::ContentData => "ContentData",
            Place::KleData => "KLEdata",
            Place::FormData => "FORMdata",
            Place::Message | Place::Header | Place::Elsewhere => return Ok(()),
        };
        if self.seen.contains(&place) {
            return Err(MemoError::Twice(name));
        }
        self.seen.push(place);
        Ok(())
    }

    /// The text, unless it is missing or empty.
    fn take(&mut self, text: Text) -> Option<String> {
        self.texts[text as usize].take().filter(|text| !text.is_empty())
    }

    fn take_header(&mut self) -> Result<Header, MemoError> {
        if self.take(Text::MessageType).is_some_and(|it| it.eq_ignore_ascii_case("NEMSMS")) {
            return Err(MemoError::NemSms);
        }
        let message_uuid = self.message_uuid.ok_or(MemoError::NoMessageUuid)?;
        let sender = self.take(Text::SenderId).zip(self.take(Text::SenderIdType)).ok_or(MemoError::NoSender)?;
        let recipient = self.take(Text::RecipientId).zip(self.take(Text::RecipientIdType));
        let recipient = recipient.ok_or(MemoError::NoRecipient)?;
        let is_cvr = |id_type: &str| id_type.eq_ignore_ascii_case("CVR");
        let facts = Facts {
            sender: match sender {
                (id, id_type) if is_cvr(&id_type) => Sender::Organisation(id.parse().ok()),
                (_, id_type) if id_type.eq_ignore_ascii_case("CPR") => Sender::Person,
                _ => Sender::Other,
            },
            sender_has_contact_point: self.sender_has_contact_point,
            recipient: recipient.0.parse().ok().filter(|_| is_cvr(&recipient.1)),
            contact_point: self.recipient_has_contact_point.then(|| AddressedContactPoint {
                id: self.take(Text::ContactPointId).map(|it| Caseless::new(&it)),
                group: self.take(Text::ContactGroup).map(|it| Caseless::new(&it)),
            }),
            kle: self.take(Text::Kle).and_then(|it| it.parse().ok()),
            form: self.take(Text::Form).and_then(|it| it.parse().ok()),
            post_type: match self.take(Text::PostType) {
                None => Some(PostType::Unspecified),
                Some(it) if it.eq_ignore_ascii_case("MYNDIGHEDSPOST") => Some(PostType::Authority),
                Some(it) if it.eq_ignore_ascii_case("VIRKSOMHEDSPOST") => Some(PostType::Company),
                Some(_) => None,
            },
        };
        Ok(Header { message_uuid, facts })
    }
}
