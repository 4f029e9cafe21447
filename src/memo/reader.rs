use super::error::MemoError;
use super::format::{MAX_HEADER_BYTES, MAX_MESSAGE_BYTES};
use super::header::{Header, MessageUuid};
use super::header_listener::HeaderListener;
use super::xml::Scanner;

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
    message: HeaderListener,
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
        Self { scanner: Scanner::new(), message: HeaderListener::default(), bytes: 0 }
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
