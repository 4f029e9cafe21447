use std::time::{Duration, Instant};

use axum::http::Version;
use bytes::Bytes;
use reqwest::Response;
use tokio::pin;
use tokio::time::timeout;

use super::causes::Cause;
use super::courier::{Courier, Ids, SendError};
use super::lengths::{BufferFull, BufferedMessage, refuses_chunks};
use super::outgoing_body::{BodyFeed, FeedError, OutgoingBody};
use super::verdict::{Judgement, Verdict, of_unread, understand};
use crate::memo::{MemoError, MessageUuid, Reader};
use crate::reasons::Reason;
use crate::router::intake::incoming::{Incoming, IncomingError};
use crate::rules::{Cvr, Fagsystem};

/// A message whose header has been read; its body is still coming.
pub(in crate::router) struct HandoverMessage {
    pub ids: Ids,
    pub incoming: Incoming,
    pub reader: Reader,
    /// What has come so far.
    pub begun: Bytes,
}

/// What became of handing a message over.
#[derive(Debug)]
pub(in crate::router) struct Handover {
    /// How many bytes of it came.
    pub bytes: u64,
    /// When the fagsystem had the last of them.
    pub whole: Option<Instant>,
    /// From then until its answer.
    pub answered: Option<Duration>,
    /// What the fagsystem said.
    pub result: Result<Verdict, Flaw>,
}

/// Why a message that was begun cannot be delivered, whatever the fagsystem says.
#[derive(Debug)]
pub(in crate::router) enum Flaw {
    Memo(MemoError),
    Call(IncomingError),
}

impl From<MemoError> for Flaw {
    fn from(error: MemoError) -> Self {
        Self::Memo(error)
    }
}

impl From<IncomingError> for Flaw {
    fn from(error: IncomingError) -> Self {
        Self::Call(error)
    }
}

/// Streams a message to its fagsystem while it is still coming in. Whatever stops it, the rest of the message is read and
/// thrown away, so that the caller is ready to hear why.
pub(in crate::router) async fn hand_over(
    courier: &Courier,
    message: HandoverMessage,
    authority: Cvr,
    fagsystem: &Fagsystem,
) -> Handover {
    let HandoverMessage { ids, mut incoming, mut reader, begun } = message;
    let not_whole = |bytes, result| Handover { bytes, whole: None, answered: None, result };
    let mut buffer = courier.lengths.buffer();
    let begun = if incoming.length.is_none() && courier.lengths.is_needed_by(&fagsystem.endpoint) {
        buffer_whole(&mut incoming, &mut reader, begun, &mut buffer).await
    } else {
        Ok(vec![begun])
    };
    let begun = match begun {
        Ok(begun) => begun,
        Err(error) => {
            incoming.discard().await;
            return not_whole(reader.bytes(), error.result());
        }
    };
    let patience = courier.answer_limit(fagsystem);
    let (body, mut feed) = OutgoingBody::new(incoming.length, patience);
    let is_in_chunks = body.is_in_chunks();
    let end = body.end();
    let sending = courier.send(authority, fagsystem, ids, body);
    pin!(sending);

    let (mut early, mut is_early) = (None, false);
    let pumped = {
        let pumping = pump(&mut incoming, &mut reader, begun, &mut feed);
        pin!(pumping);
        loop {
            tokio::select! {
                pumped = &mut pumping => break Some(pumped),
                answer = &mut sending, if early.is_none() => {
                    // A proper answer may be here before it is noticed that the last piece has gone.
                    is_early = !end.is_taken();
                    let is_yes = answer.as_ref().is_ok_and(|response| response.status().is_success());
                    early = Some(answer);
                    if !is_yes {
                        break None;
                    }
                    // It says yes, but must have the whole message for that to count.
                    if is_early && is_in_chunks {
                        courier.lengths.note_early_answer(&fagsystem.endpoint);
                    }
                },
            }
        }
    };
    let bytes = reader.bytes();
    match pumped {
        Some(Err(PumpError::Flaw(flaw))) => {
            drop((early, feed));
            incoming.discard().await;
            return not_whole(bytes, Err(flaw));
        }
        Some(Err(PumpError::Feed(FeedError::TooSlow))) if end.revoke() => {
            drop(feed);
            incoming.discard().await;
            let cause = Cause::with(Reason::TooSlow, &format!("limit {patience:?}"));
            return not_whole(bytes, Ok(Verdict::unavailable(&cause)));
        }
        Some(Ok(()) | Err(PumpError::Feed(_))) | None => {}
    }
    let whole_since = Instant::now();
    let answering = async {
        let response = match early {
            Some(response) => response,
            None => sending.await,
        };
        match response {
            Ok(response) => read_answer(response, ids.message, is_in_chunks, is_early).await,
            Err(SendError::Broken(cause)) => Verdict::unknown(&cause),
            Err(error) => Verdict::unavailable(&error.cause()),
        }
    };
    let verdict = timeout(patience, answering).await;
    let verdict =
        verdict.unwrap_or_else(|_| Verdict::unknown(&Cause::with(Reason::Silent, &format!("limit {patience:?}"))));
    let verdict = name_access(courier, verdict, authority, fagsystem).await;
    let is_whole = !end.revoke();
    // Not before the answer has been read: breaking off the message breaks off the answer too.
    drop(feed);
    if is_whole {
        return Handover {
            bytes,
            whole: Some(whole_since),
            answered: Some(whole_since.elapsed()),
            result: Ok(verdict),
        };
    }
    incoming.discard().await;
    not_whole(bytes, Ok(without_the_whole(verdict)))
}

/// Why a message did not wait in memory until it was whole.
enum BufferError {
    Flaw(Flaw),
    BufferFull,
}

impl<E: Into<Flaw>> From<E> for BufferError {
    fn from(error: E) -> Self {
        Self::Flaw(error.into())
    }
}

impl From<BufferFull> for BufferError {
    fn from(BufferFull: BufferFull) -> Self {
        Self::BufferFull
    }
}

impl BufferError {
    fn result(self) -> Result<Verdict, Flaw> {
        let detail = "too many wait already whose length must be known before they go there";
        match self {
            Self::Flaw(flaw) => Err(flaw),
            Self::BufferFull => Ok(Verdict::unavailable(&Cause::with(Reason::Busy, detail))),
        }
    }
}

/// Reads a message to its end and holds it in memory, for a fagsystem that must hear its length first.
async fn buffer_whole(
    incoming: &mut Incoming,
    reader: &mut Reader,
    begun: Bytes,
    buffer: &mut BufferedMessage,
) -> Result<Vec<Bytes>, BufferError> {
    buffer.push(&begun)?;
    drop(begun);
    while let Some(bytes) = incoming.next().await? {
        reader.feed(&bytes)?;
        buffer.push(&bytes)?;
    }
    reader.check_end()?;
    Ok(buffer.pieces())
}

/// What a fagsystem said to a message. From one that cannot read chunks, nothing that it says of a message in chunks
/// counts: it takes such a message for an empty one, and may well accept that, at once.
async fn read_answer(response: Response, message: MessageUuid, was_in_chunks: bool, is_early: bool) -> Verdict {
    let is_old = response.version() < Version::HTTP_11;
    let refuses_chunks = refuses_chunks(response.status());
    let verdict = understand(response, message).await;
    let is_of_unread = match verdict.judgement {
        Judgement::Accepted => is_old || is_early,
        Judgement::Rejected => is_old || refuses_chunks,
        Judgement::Unavailable | Judgement::Unknown => refuses_chunks,
    };
    if was_in_chunks && is_of_unread { of_unread(verdict) } else { verdict }
}

/// A fagsystem that does not let the router in by a certificate that has expired is said to be of that kind.
async fn name_access(courier: &Courier, verdict: Verdict, authority: Cvr, fagsystem: &Fagsystem) -> Verdict {
    let Some(reason @ Reason::AccessRefused) = verdict.reason else { return verdict };
    let certificate = Courier::certificate_for(authority, fagsystem);
    let named = courier.named(reason.into(), certificate.as_ref()).await.reason;
    if named == reason {
        return verdict;
    }
    let words = named.told(verdict.status.map(|status| format!("HTTP status {status}")).as_deref());
    Verdict { reason: Some(named), words, ..verdict }
}

/// What a fagsystem's answer comes to when it has not had the whole message: it cannot have taken it.
fn without_the_whole(verdict: Verdict) -> Verdict {
    match verdict.judgement {
        Judgement::Rejected | Judgement::Unavailable => verdict,
        Judgement::Accepted => {
            let words = Reason::TooEarly.words().to_owned();
            Verdict { judgement: Judgement::Unavailable, reason: Some(Reason::TooEarly), words, ..verdict }
        }
        Judgement::Unknown if verdict.reason == Some(Reason::NoAnswer) => {
            Verdict::unavailable(&Reason::BrokenOff.into())
        }
        Judgement::Unknown => Verdict { judgement: Judgement::Unavailable, ..verdict },
    }
}

/// Reads a message that goes nowhere to its end, as if it did: a broken one is no message that was sent again.
pub(in crate::router) async fn read_to_the_end(message: &mut HandoverMessage) -> Result<u64, Flaw> {
    while let Some(bytes) = message.incoming.next().await? {
        message.reader.feed(&bytes)?;
    }
    message.reader.check_end()?;
    Ok(message.reader.bytes())
}

enum PumpError {
    Flaw(Flaw),
    Feed(FeedError),
}

impl<E: Into<Flaw>> From<E> for PumpError {
    fn from(error: E) -> Self {
        Self::Flaw(error.into())
    }
}

/// Hands the message on as it comes. The last piece is held back until the message has proved whole and well-formed,
/// so that the fagsystem never sees a complete request of one that is not.
async fn pump(
    incoming: &mut Incoming,
    reader: &mut Reader,
    begun: Vec<Bytes>,
    feed: &mut BodyFeed,
) -> Result<(), PumpError> {
    let mut begun = begun.into_iter();
    let mut held_back = begun.next().unwrap_or_default();
    for bytes in begun {
        feed.give(std::mem::replace(&mut held_back, bytes)).await.map_err(PumpError::Feed)?;
    }
    while let Some(bytes) = incoming.next().await? {
        reader.feed(&bytes)?;
        let piece = std::mem::replace(&mut held_back, bytes);
        feed.give(piece).await.map_err(PumpError::Feed)?;
    }
    reader.check_end()?;
    feed.give_last(held_back).await.map_err(PumpError::Feed)
}
