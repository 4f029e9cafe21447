//! Hands a message over to its fagsystem.

use std::convert::Infallible;
use std::future::pending;
use std::pin::Pin;
use std::time::{Duration, Instant};

use axum::http::Version;
use bytes::Bytes;
use tokio::pin;
use tokio::time::timeout;

use super::answer::Answer;
use super::causes::Cause;
use super::courier::{Courier, Ids, SendError};
use super::lengths::{BufferFull, BufferedMessage, refuses_chunks};
use super::outgoing_body::{BodyFeed, FeedError, LastPiece, OutgoingBody};
use super::verdict::{Judgement, Verdict, of_unread, understand};
use crate::memo::{MessageUuid, Reader};
use crate::reasons::Reason;
use crate::router::intake::incoming::Incoming;
use crate::router::intake::refusal::MessageError;
use crate::rules::{Cvr, Fagsystem};
use crate::store::Claim;

/// A message whose header has been read; the rest of its body may still be coming.
pub(in crate::router) struct Outgoing<'a> {
    pub ids: Ids,
    pub claim: Claim,
    /// Lent, as `reader` is, for as long as the message is handed over. What is left of the message afterwards is for its owner to
    /// discard.
    pub incoming: &'a mut Incoming,
    pub reader: &'a mut Reader,
    /// The bytes that have come so far.
    pub begun: Bytes,
}

/// How a handover ended.
#[derive(Debug)]
pub(in crate::router) struct Handover {
    /// How many bytes of the message came.
    pub bytes: u64,
    /// When the fagsystem had the last of them; `None`: it never had.
    pub whole: Option<Instant>,
    /// The time from then until its answer.
    pub answered: Option<Duration>,
    pub result: Result<Verdict, MessageError>,
}

impl Handover {
    fn not_whole(bytes: u64, result: Result<Verdict, MessageError>) -> Self {
        Self { bytes, whole: None, answered: None, result }
    }
}

/// Streams a message to its fagsystem while it is still coming in.
pub(in crate::router) async fn hand_over(
    courier: &Courier,
    outgoing: Outgoing<'_>,
    authority: Cvr,
    fagsystem: &Fagsystem,
) -> Handover {
    let Outgoing { ids, claim, incoming, reader, begun } = outgoing;
    // Holds its share of the memory for buffered messages until the handover ends.
    let mut buffer = courier.lengths.buffer();
    let needs_length = incoming.length.is_none() && courier.lengths.is_needed_by(&fagsystem.endpoint);
    let begun = if needs_length { buffer_whole(incoming, reader, begun, &mut buffer).await } else { Ok(vec![begun]) };
    let begun = match begun {
        Ok(begun) => begun,
        Err(error) => return Handover::not_whole(reader.bytes(), error.result()),
    };
    let limit = courier.answer_limit(fagsystem);
    let (body, mut feed) = OutgoingBody::new(incoming.length, limit);
    let body = body.under(claim);
    let (is_in_chunks, end) = (body.is_in_chunks(), body.end());
    let sending = courier.send(authority, fagsystem, ids, body);
    pin!(sending);

    let pumping = pump(incoming, reader, begun, &mut feed);
    let on_early_yes = || {
        if is_in_chunks {
            courier.lengths.note_early_answer(&fagsystem.endpoint);
        }
    };
    let Streamed { pumped, early, is_early } = stream(pumping, sending.as_mut(), &end, on_early_yes).await;
    let bytes = reader.bytes();
    match pumped {
        Some(Err(PumpError::Message(error))) => {
            // Breaks the connection off.
            drop((early, feed));
            return Handover::not_whole(bytes, Err(error));
        }
        Some(Err(PumpError::Feed(FeedError::TooSlow))) if end.revoke() => {
            let cause = Cause::with(Reason::TooSlow, &format!("limit {limit:?}"));
            drop((early, feed));
            return Handover::not_whole(bytes, Ok(Verdict::unavailable(&cause)));
        }
        Some(Ok(()) | Err(PumpError::Feed(_))) | None => {}
    }
    let whole_since = Instant::now();
    let answering = async {
        let answer = match early {
            Some(answer) => answer,
            None => sending.await,
        };
        match answer {
            Ok(answer) => read_answer(answer, ids.message, is_in_chunks, is_early).await,
            Err(SendError::Broken(cause)) => Verdict::unknown(&cause),
            Err(error) => Verdict::unavailable(&error.cause()),
        }
    };
    let silent = || Verdict::unknown(&Cause::with(Reason::Silent, &format!("limit {limit:?}")));
    let verdict = timeout(limit, answering).await.unwrap_or_else(|_| silent());
    let verdict = name_access(courier, verdict, authority, fagsystem).await;
    let is_whole = !end.revoke();
    // Only now that the answer has been read: breaking off the message breaks off the answer too.
    drop(feed);
    if !is_whole {
        return Handover::not_whole(bytes, Ok(without_the_whole(verdict)));
    }
    let answered = Some(whole_since.elapsed());
    Handover { bytes, whole: Some(whole_since), answered, result: Ok(verdict) }
}

/// How far a message got, and what its fagsystem answered before its end.
struct Streamed {
    /// `None`: the fagsystem refused the message before its end.
    pumped: Option<Result<(), PumpError>>,
    early: Option<Result<Answer, SendError>>,
    /// Whether that answer came before the last byte had been taken.
    is_early: bool,
}

/// Pumps the message until its end, or until the fagsystem refuses it. An early "yes" does not end that: it counts only once
/// the fagsystem has had the whole message.
async fn stream(
    pumping: impl Future<Output = Result<(), PumpError>>,
    mut sending: Pin<&mut impl Future<Output = Result<Answer, SendError>>>,
    end: &LastPiece,
    on_early_yes: impl Fn(),
) -> Streamed {
    let (mut early, mut is_early) = (None, false);
    pin!(pumping);
    loop {
        tokio::select! {
            // First what there is to send, so that it goes out at once.
            biased;
            pumped = &mut pumping => return Streamed { pumped: Some(pumped), early, is_early },
            answer = &mut sending, if early.is_none() => {
                // The last byte may have gone out before this task hears of it.
                is_early = !end.is_taken();
                let is_yes = answer.as_ref().is_ok_and(|answer| answer.status().is_success());
                early = Some(answer);
                if !is_yes {
                    return Streamed { pumped: None, early, is_early };
                }
                if is_early {
                    on_early_yes();
                }
            },
            never = go_on(&mut early), if early.is_some() => match never {},
        }
    }
}

/// Goes on with a call that has its answer already. Never done.
async fn go_on(early: &mut Option<Result<Answer, SendError>>) -> Infallible {
    match early {
        Some(Ok(answer)) => answer.go_on().await,
        _ => pending().await,
    }
}

/// Why a message was not buffered until it was whole.
enum BufferError {
    Message(MessageError),
    Full,
}

impl<E: Into<MessageError>> From<E> for BufferError {
    fn from(error: E) -> Self {
        Self::Message(error.into())
    }
}

impl From<BufferFull> for BufferError {
    fn from(BufferFull: BufferFull) -> Self {
        Self::Full
    }
}

impl BufferError {
    fn result(self) -> Result<Verdict, MessageError> {
        let detail = "too many wait already whose length must be known before they go there";
        match self {
            Self::Message(error) => Err(error),
            Self::Full => Ok(Verdict::unavailable(&Cause::with(Reason::Busy, detail))),
        }
    }
}

/// Reads a message to its end into memory, for a fagsystem that must know its length first.
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

/// What a fagsystem answered to a message. From one that cannot read chunks, no answer to a message in chunks counts: it
/// takes such a message for an empty one, and may well accept that, at once.
async fn read_answer(answer: Answer, message: MessageUuid, was_in_chunks: bool, is_early: bool) -> Verdict {
    let is_old = answer.version() < Version::HTTP_11;
    let refuses_chunks = refuses_chunks(answer.status());
    let verdict = understand(answer, message).await;
    let is_of_unread = match verdict.judgement {
        Judgement::Accepted => is_old || is_early,
        Judgement::Rejected => is_old || refuses_chunks,
        Judgement::Unavailable | Judgement::Unknown => refuses_chunks,
    };
    if was_in_chunks && is_of_unread { of_unread(verdict) } else { verdict }
}

/// Names the cause where a fagsystem refuses the router's client certificate because that has expired.
async fn name_access(courier: &Courier, verdict: Verdict, authority: Cvr, fagsystem: &Fagsystem) -> Verdict {
    let Some(reason @ Reason::AccessRefused) = verdict.reason else { return verdict };
    let certificate = Courier::certificate_for(authority, fagsystem);
    let named = courier.named(reason.into(), certificate.as_ref()).await.reason;
    if named == reason {
        return verdict;
    }
    let words = named.with_detail(verdict.status.map(|status| format!("HTTP status {status}")).as_deref());
    Verdict { reason: Some(named), words, ..verdict }
}

/// What an answer means from a fagsystem that has not had the whole message: it cannot have accepted it.
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

enum PumpError {
    Message(MessageError),
    Feed(FeedError),
}

impl<E: Into<MessageError>> From<E> for PumpError {
    fn from(error: E) -> Self {
        Self::Message(error.into())
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
