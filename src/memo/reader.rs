use super::error::MemoError;
use super::format::{MAX_HEADER_BYTES, MAX_MESSAGE_BYTES};
use super::header::{Header, MessageUuid};
use super::header_listener::HeaderListener;
use super::xml::Scanner;

/// Reads a message in chunks as they arrive.
///
/// It yields the header as soon as its end tag has been read, and checks to the end that the document is well-formed and is
/// one message. Unknown elements are ignored, so both versions of MeMo are accepted, and nothing is validated that routing
/// does not need. Its memory does not grow with the message.
///
/// ```
/// use postfordeler::memo::{ClassifiedAs, Letter, MemoError, NotWellFormed, Party, Reader, write};
///
/// let mut letter = Letter::new(Party::Citizen, "66137112".parse().unwrap());
/// letter.classified_as = Some(ClassifiedAs::Kle("27.36.04".to_owned()));
/// let message = write(&letter);
///
/// let mut reader = Reader::new();
/// let mut bytes_until_header = None;
/// for chunk in message.chunks(100) {
///     reader.feed(chunk)?;
///     if reader.header().is_some() && bytes_until_header.is_none() {
///         bytes_until_header = Some(reader.bytes());
///     }
/// }
/// assert!(bytes_until_header < Some(message.len() as u64));
///
/// let header = reader.finish()?;
/// assert_eq!(header.message_uuid, letter.message_uuid);
/// assert_eq!(header.facts.recipient, Some("66137112".parse().unwrap()));
/// assert_eq!(header.facts.kle, Some("27.36.04".parse().unwrap()));
///
/// // A message that breaks off is not one.
/// let mut reader = Reader::new();
/// reader.feed(&message[..message.len() - 20])?;
/// assert_eq!(reader.finish(), Err(MemoError::NotWellFormed(NotWellFormed::Unfinished)));
/// # Ok::<(), MemoError>(())
/// ```
#[derive(Debug)]
pub struct Reader {
    scanner: Scanner,
    listener: HeaderListener,
    bytes: u64,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader at the beginning of a message.
    #[must_use]
    pub fn new() -> Self {
        Self { scanner: Scanner::new(), listener: HeaderListener::default(), bytes: 0 }
    }

    /// Reads the next bytes. The result does not depend on where the message is cut into chunks.
    ///
    /// # Errors
    ///
    /// The message must be refused, whatever follows. The reader cannot be used any more.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), MemoError> {
        let (header_part, rest) = split_at_most(chunk, MAX_HEADER_BYTES.saturating_sub(self.bytes));
        let (body_part, excess) =
            split_at_most(rest, MAX_MESSAGE_BYTES.saturating_sub(self.bytes.max(MAX_HEADER_BYTES)));
        self.bytes += chunk.len() as u64;
        self.scanner.feed(header_part, &mut self.listener)?;
        if !rest.is_empty() && self.listener.header.is_none() {
            return Err(MemoError::HeaderTooLong);
        }
        self.scanner.feed(body_part, &mut self.listener)?;
        if excess.is_empty() { Ok(()) } else { Err(MemoError::TooLarge) }
    }

    /// The header, once its end tag has been read.
    #[must_use]
    pub fn header(&self) -> Option<&Header> {
        self.listener.header.as_ref()
    }

    /// The message's UUID, once it has been read. It may be known even though the header turns out to be invalid.
    #[must_use]
    pub fn message_uuid(&self) -> Option<MessageUuid> {
        self.listener.message_uuid
    }

    /// The number of bytes read.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Checks that the message may end here.
    ///
    /// # Errors
    ///
    /// The message is incomplete, or has no header.
    pub fn check_end(&self) -> Result<(), MemoError> {
        self.scanner.finish()?;
        self.header().map(|_| ()).ok_or(MemoError::NotAMemo)
    }

    /// Ends the message and returns its header.
    ///
    /// # Errors
    ///
    /// The message is incomplete, or has no header.
    pub fn finish(self) -> Result<Header, MemoError> {
        self.check_end()?;
        self.listener.header.ok_or(MemoError::NotAMemo)
    }
}

fn split_at_most(bytes: &[u8], most: u64) -> (&[u8], &[u8]) {
    bytes.split_at(usize::try_from(most).unwrap_or(usize::MAX).min(bytes.len()))
}
