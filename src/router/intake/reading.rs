//! Reads a message as it arrives: up to the end of its header, until it is ready to leave, or to its end.

use bytes::{Bytes, BytesMut};

use super::header_budget::HeldHeader;
use super::incoming::Incoming;
use super::refusal::{MessageError, Refused};
use crate::memo::{MemoError, Reader};

/// Up to how many bytes a message is read whole before it is sent on. Nearly all messages are smaller.
const MAX_GATHERED_BYTES: usize = 64 * 1024;

/// Reads until the header is complete; the message may end before that. Returns the bytes read, or `None` when `held` has
/// them.
pub(in crate::router) async fn read_header(
    incoming: &mut Incoming,
    reader: &mut Reader,
    held: &mut HeldHeader,
) -> Result<Option<Bytes>, Refused> {
    while reader.header().is_none() {
        let Some(bytes) = incoming.next().await? else { return Err(MemoError::NotAMemo.into()) };
        reader.feed(&bytes)?;
        if held.is_empty() && reader.header().is_some() {
            return Ok(Some(bytes));
        }
        held.hold(&bytes)?;
    }
    Ok(None)
}

/// Reads a small message to its end, so that it is sent with its length and only once it is known to be well-formed. Of a
/// large one, returns what has been read already.
pub(in crate::router) async fn gather(
    incoming: &mut Incoming,
    reader: &mut Reader,
    begun: Bytes,
) -> Result<Bytes, Refused> {
    let is_large = incoming.length.is_some_and(|length| length > MAX_GATHERED_BYTES as u64);
    if is_large || begun.len() > MAX_GATHERED_BYTES {
        return Ok(begun);
    }
    // A message that comes in one piece is not copied.
    let mut joined = None;
    while !incoming.is_whole() && joined.as_ref().map_or(begun.len(), BytesMut::len) <= MAX_GATHERED_BYTES {
        match incoming.next().await? {
            Some(bytes) => {
                reader.feed(&bytes)?;
                joined.get_or_insert_with(|| BytesMut::from(&begun[..])).extend_from_slice(&bytes);
            }
            None => reader.check_end()?,
        }
    }
    Ok(joined.map_or(begun, BytesMut::freeze))
}

/// Reads a message that is not delivered to its end, with the checks of one that is: a broken message is not the repetition
/// of one that was accepted.
pub(in crate::router) async fn read_to_the_end(
    incoming: &mut Incoming,
    reader: &mut Reader,
) -> Result<(), MessageError> {
    while let Some(bytes) = incoming.next().await? {
        reader.feed(&bytes)?;
    }
    reader.check_end()?;
    Ok(())
}
