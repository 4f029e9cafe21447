use crate::rules::{AddressedContactPoint, Caseless, Facts, PostType, Sender, without_space_around};

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
    /// Something that routing needs has a comment or processing instruction in it. Readers that go by the first piece of a
    /// text alone would read another one.
    #[error("the message has a comment or processing instruction within {0}, so that it can be read in two ways")]
    AsideInText(&'static str),
    /// Something that routing needs is partly in a CDATA section, partly outside or in another one: the same danger.
    #[error("the message has a CDATA section that is not the whole of {0}, so that it can be read in two ways")]
    SectionInText(&'static str),
    /// Something that routing needs says by `xsi:nil` that it is not there, and holds something.
    #[error("the message says that {0} is nil, and yet there is something in it")]
    Nil(&'static str),
    /// An element has the name and place of what routing needs, but another namespace. Readers that go by the name alone
    /// would take it.
    #[error("the message has an element of another namespace in the place of {0}, so that it can be read in two ways")]
    Decoy(&'static str),
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
    SenderContactPointId,
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
            Self::SenderContactPointId => "the sender's contactPointID",
            Self::RecipientId => "recipientID",
            Self::RecipientIdType => "the recipient's idType",
            Self::ContactPointId => "the recipient's contactPointID",
            Self::ContactGroup => "the recipient's contactGroup",
            Self::Kle => "the KLE subjectKey",
            Self::Form => "the FORM taskKey",
        }
    }
}

impl Place {
    /// What people know it by; `None` where it makes no difference to routing.
    fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Text(text) => text.name(),
            Self::Header => "MessageHeader",
            Self::Sender => "Sender",
            Self::Recipient => "Recipient",
            Self::SenderContactPoint => "the sender's ContactPoint",
            Self::RecipientContactPoint => "the recipient's ContactPoint",
            Self::ContentData => "ContentData",
            Self::KleData => "KLEdata",
            Self::FormData => "FORMdata",
            Self::Message | Self::Elsewhere => return None,
        })
    }

    /// Whether it belongs to a KLE or FORM number. What is no such number counts as none, for mail must flow.
    fn classifies(self) -> bool {
        matches!(self, Self::ContentData | Self::KleData | Self::FormData | Self::Text(Text::Kle | Text::Form))
    }
}

/// The place of a child element by its name, and the namespace that makes it what it is. Others of that name stand
/// elsewhere: a `contactPointID` of what is replied to, labels.
fn child(parent: Place, local: &[u8]) -> Option<(Place, &'static [u8])> {
    let memo = |place| Some((place, NAMESPACE.as_bytes()));
    match (parent, local) {
        (Place::Message, b"MessageHeader") => memo(Place::Header),
        (Place::Header, b"messageType") => memo(Place::Text(Text::MessageType)),
        (Place::Header, b"messageUUID") => memo(Place::Text(Text::MessageUuid)),
        (Place::Header, b"postType") => memo(Place::Text(Text::PostType)),
        (Place::Header, b"Sender") => memo(Place::Sender),
        (Place::Header, b"Recipient") => memo(Place::Recipient),
        (Place::Header, b"ContentData") => memo(Place::ContentData),
        (Place::Sender, b"senderID") => memo(Place::Text(Text::SenderId)),
        (Place::Sender, b"idType") => memo(Place::Text(Text::SenderIdType)),
        (Place::Sender, b"ContactPoint") => memo(Place::SenderContactPoint),
        (Place::SenderContactPoint, b"contactPointID") => memo(Place::Text(Text::SenderContactPointId)),
        (Place::Recipient, b"recipientID") => memo(Place::Text(Text::RecipientId)),
        (Place::Recipient, b"idType") => memo(Place::Text(Text::RecipientIdType)),
        (Place::Recipient, b"ContactPoint") => memo(Place::RecipientContactPoint),
        (Place::RecipientContactPoint, b"contactPointID") => memo(Place::Text(Text::ContactPointId)),
        (Place::RecipientContactPoint, b"contactGroup") => memo(Place::Text(Text::ContactGroup)),
        (Place::ContentData, b"KLEdata") => Some((Place::KleData, KLE_NAMESPACE)),
        (Place::ContentData, b"FORMdata") => Some((Place::FormData, FORM_NAMESPACE)),
        (Place::KleData, b"subjectKey") => Some((Place::Text(Text::Kle), KLE_NAMESPACE)),
        (Place::FormData, b"taskKey") => Some((Place::Text(Text::Form), FORM_NAMESPACE)),
        _ => None,
    }
}

/// Picks out of a scanned document what routing needs.
#[derive(Debug, Default)]
struct MessageListener {
    /// The places of the open elements, the innermost last.
    places: Vec<Place>,
    texts: [Option<String>; Text::COUNT],
    /// The text of the element that is open, as far as it is needed, and how long it is in any case.
    text: Vec<u8>,
    text_bytes: usize,
    section: Section,
    /// The name of the open element that is said to be nil, if any.
    nil: Option<&'static str>,
    seen: Vec<Place>,
    /// The places for which there was an element of another namespace.
    decoys: Vec<Place>,
    message_uuid: Option<MessageUuid>,
    header: Option<Header>,
}

/// Whether the text of the element that is open is in a CDATA section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    #[default]
    None,
    Open,
    Closed,
}

impl Listener for MessageListener {
    type Error = MemoError;

    fn start(&mut self, uri: &[u8], local: &[u8], is_nil: bool) -> Result<(), MemoError> {
        let place = self.place(uri, local)?;
        if let Some(Place::Text(text)) = self.places.last() {
            return Err(MemoError::ElementsInText(text.name()));
        }
        if let Some(name) = self.nil {
            return Err(MemoError::Nil(name));
        }
        if self.places.len() == 1 && (self.header.is_none() != (place == Place::Header)) {
            return Err(MemoError::NotAMemo);
        }
        self.once_only(place)?;
        self.nil = place.name().filter(|_| is_nil);
        self.places.push(place);
        self.text.clear();
        self.text_bytes = 0;
        self.section = Section::None;
        Ok(())
    }

    fn end(&mut self) -> Result<(), MemoError> {
        match self.places.pop() {
            Some(Place::Text(text)) => {
                let read = String::from_utf8_lossy(&self.text);
                let read = without_space_around(&read).to_owned();
                if let Some(name) = self.nil.filter(|_| !read.is_empty()) {
                    return Err(MemoError::Nil(name));
                }
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
        self.nil = None;
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
        if let Some(Place::Text(place)) = self.places.last() {
            if self.section == Section::Closed && !text.is_empty() {
                return Err(MemoError::SectionInText(place.name()));
            }
            self.text.extend_from_slice(text);
        }
        Ok(())
    }

    fn aside(&mut self) -> Result<(), MemoError> {
        match self.places.last() {
            Some(Place::Text(text)) => Err(MemoError::AsideInText(text.name())),
            _ => Ok(()),
        }
    }

    fn section_start(&mut self) -> Result<(), MemoError> {
        match self.places.last() {
            Some(Place::Text(text)) if self.text_bytes > 0 || self.section != Section::None => {
                Err(MemoError::SectionInText(text.name()))
            }
            _ => {
                self.section = Section::Open;
                Ok(())
            }
        }
    }

    fn section_end(&mut self) {
        self.section = Section::Closed;
    }
}

impl MessageListener {
    /// Where the element that begins stands.
    fn place(&mut self, uri: &[u8], local: &[u8]) -> Result<Place, MemoError> {
        let Some(parent) = self.places.last() else {
            let is_message = uri == NAMESPACE.as_bytes() && local == b"Message";
            return if is_message { Ok(Place::Message) } else { Err(MemoError::NotAMemo) };
        };
        match child(*parent, local) {
            Some((place, namespace)) if uri == namespace => Ok(place),
            Some((place, _)) => self.decoy(place).map(|()| Place::Elsewhere),
            None => Ok(Place::Elsewhere),
        }
    }

    /// Takes note of an element that has the name of one that belongs in that place, but not its namespace. Beside a
    /// classification such a one is refused; alone it is none.
    fn decoy(&mut self, place: Place) -> Result<(), MemoError> {
        let Some(name) = place.name() else { return Ok(()) };
        // What comes before the header is told otherwise.
        let is_early = place == Place::Header && self.header.is_none();
        let is_harmless = place.classifies() && !self.seen.contains(&place);
        if !is_early && !is_harmless {
            return Err(MemoError::Decoy(name));
        }
        if !self.decoys.contains(&place) {
            self.decoys.push(place);
        }
        Ok(())
    }

    /// What routing needs stands once: a second one could send the message another way.
    fn once_only(&mut self, place: Place) -> Result<(), MemoError> {
        let Some(name) = place.name().filter(|_| place != Place::Header) else { return Ok(()) };
        if self.seen.contains(&place) {
            return Err(MemoError::Twice(name));
        }
        if self.decoys.contains(&place) {
            return Err(MemoError::Decoy(name));
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
        // One without an id is no contact point, and so in no group either.
        let contact_point = self.take(Text::ContactPointId).map(|id| AddressedContactPoint {
            id: Some(Caseless::new(&id)),
            group: self.take(Text::ContactGroup).map(|group| Caseless::new(&group)),
        });
        let facts = Facts {
            sender: match sender {
                (id, id_type) if is_cvr(&id_type) => Sender::Organisation(id.parse().ok()),
                (_, id_type) if id_type.eq_ignore_ascii_case("CPR") => Sender::Person,
                _ => Sender::Other,
            },
            sender_has_contact_point: self.take(Text::SenderContactPointId).is_some(),
            recipient: recipient.0.parse().ok().filter(|_| is_cvr(&recipient.1)),
            contact_point,
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
