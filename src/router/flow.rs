use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use tokio::pin;
use tokio::time::timeout;

use super::courier::Courier;
use super::delivery::{Judgement, Verdict, understand};
use super::following::{InForce, RulesInForce};
use super::incoming::{Incoming, IncomingError};
use super::parcel::{FeedError, Parcel, ParcelFeed};
use super::receipt::Answer;
use crate::clock;
use crate::memo::{Header, MAX_MESSAGE_BYTES, MemoError, Reader};
use crate::rules::{Cvr, Fagsystem, SenderKind};
use crate::store::{Journal, JournalEntry, Outcome, Routed, Timing};

/// Carries messages from the intake to their fagsystems.
pub(super) struct Flow {
    pub rules: Arc<RulesInForce>,
    pub courier: Courier,
    pub journal: Journal,
}

/// A message whose header has been read and whose fagsystem is known; its body is still coming.
struct Addressed {
    incoming: Incoming,
    reader: Reader,
    /// What has come so far.
    begun: Bytes,
    /// Whose fagsystem it is.
    authority: Cvr,
    fagsystem: Fagsystem,
}

/// Why a message goes no further, before any fagsystem has judged it.
struct Refused {
    outcome: Outcome,
    words: String,
}

impl Refused {
    fn new(outcome: Outcome, words: impl Into<String>) -> Self {
        Self { outcome, words: words.into() }
    }
}

impl From<MemoError> for Refused {
    fn from(error: MemoError) -> Self {
        Self::new(Outcome::from(&error), error.to_string())
    }
}

impl From<IncomingError> for Refused {
    fn from(error: IncomingError) -> Self {
        let outcome = if error == IncomingError::BrokenOff { Outcome::BrokenOff } else { Outcome::Invalid };
        Self::new(outcome, error.to_string())
    }
}

/// What the journal will hold of a message, gathered on its way.
struct Story {
    begun: Instant,
    entry: JournalEntry,
}

impl Story {
    fn new() -> Self {
        let entry = JournalEntry {
            received_at: Timestamp::now(),
            message_uuid: None,
            bytes: 0,
            facts: None,
            routed: None,
            outcome: Outcome::BrokenOff,
            answer: (None, None),
            timing: Timing::default(),
        };
        Self { begun: Instant::now(), entry }
    }

    fn knows(&mut self, header: &Header, sender: SenderKind) {
        self.entry.facts = Some((header.facts.clone(), sender));
        self.entry.timing.header = Some(self.begun.elapsed());
    }
}

impl Flow {
    /// Takes a message all the way, and answers. The journal holds the outcome before the answer goes back.
    pub async fn carry(&self, incoming: Incoming) -> Answer {
        let mut story = Story::new();
        let (outcome, words) = match self.deliver(incoming, &mut story).await {
            Err(refused) => (refused.outcome, Some(refused.words)),
            Ok(verdict) => {
                story.entry.answer = (verdict.status, verdict.code);
                match verdict.judgement {
                    Judgement::Accepted => (Outcome::Accepted, None),
                    Judgement::Rejected => (Outcome::Rejected, Some(verdict.words)),
                    Judgement::Unavailable => (Outcome::Unavailable, Some(verdict.words)),
                }
            }
        };
        self.conclude(story, outcome, words).await
    }

    /// Refuses a call, whatever it holds.
    pub async fn turn_away(&self, incoming: Incoming, words: &str) -> Answer {
        incoming.discard().await;
        self.conclude(Story::new(), Outcome::NotAllowed, Some(words.to_owned())).await
    }

    async fn conclude(&self, story: Story, outcome: Outcome, words: Option<String>) -> Answer {
        let Story { begun, mut entry } = story;
        entry.outcome = outcome;
        entry.timing.total = begun.elapsed();
        let message_uuid = entry.message_uuid.clone();
        tracing::info!(
            message = message_uuid.as_deref().unwrap_or("-"),
            outcome = outcome.code(),
            fagsystem = entry.routed.as_ref().map_or("-", |routed| routed.fagsystem.as_str()),
            bytes = entry.bytes,
            milliseconds = entry.timing.total.as_millis(),
            "message"
        );
        let written = self.journal.record(entry).await;
        if let Err(error) = &written {
            tracing::error!(error, "the journal could not be written");
        }
        self.rules.journal_is_written(written.is_ok());
        Answer { outcome, message_uuid, words }
    }

    /// The way from the first byte to the fagsystem's answer. Whatever stops it, the rest of the message is read and
    /// thrown away, so that the caller is ready to hear why.
    async fn deliver(&self, mut incoming: Incoming, story: &mut Story) -> Result<Verdict, Refused> {
        if incoming.length.is_some_and(|length| length > MAX_MESSAGE_BYTES) {
            incoming.discard().await;
            return Err(MemoError::TooLarge.into());
        }
        let mut reader = Reader::new();
        let read = read_header(&mut incoming, &mut reader).await;
        story.entry.bytes = reader.bytes();
        story.entry.message_uuid = reader.message_uuid().map(|uuid| uuid.to_string());
        let in_force = self.rules.now();
        let addressed = match (read, reader.header()) {
            // Where the header has closed it decides, also when what came with it is broken: the answer must not
            // depend on how the network cut the message.
            (read, Some(header)) => {
                story.knows(header, in_force.distributor.sender_kind(&header.facts));
                address(header, &in_force, story).and_then(|addressed| Ok((read?, addressed)))
            }
            (Ok(_), None) => Err(MemoError::NotAMemo.into()),
            (Err(refused), None) => Err(refused),
        };
        let (begun, (authority, fagsystem)) = match addressed {
            Ok(addressed) => addressed,
            Err(refused) => {
                incoming.discard().await;
                return Err(refused);
            }
        };
        self.hand_over(Addressed { incoming, reader, begun, authority, fagsystem }, story).await
    }

    /// Streams the message to its fagsystem while it is still coming in.
    async fn hand_over(&self, addressed: Addressed, story: &mut Story) -> Result<Verdict, Refused> {
        let Addressed { mut incoming, mut reader, begun, authority, fagsystem } = addressed;
        let patience = self.courier.answer_timeout;
        let (parcel, feed) = Parcel::new(incoming.length, patience);
        let taken = parcel.taken();
        let sending = self.courier.send(authority, &fagsystem, parcel);
        pin!(sending);

        let mut early = None;
        let pumped = {
            let pumping = pump(&mut incoming, &mut reader, begun, &feed);
            pin!(pumping);
            loop {
                tokio::select! {
                    pumped = &mut pumping => break Some(pumped),
                    answer = &mut sending, if early.is_none() => match answer {
                        // It says yes, but must have the whole message for that to count.
                        Ok(response) if response.status().is_success() => early = Some(Ok(response)),
                        other => {
                            early = Some(other);
                            break None;
                        }
                    },
                }
            }
        };
        story.entry.bytes = reader.bytes();
        match pumped {
            Some(Err(PumpError::Refused(refused))) => {
                drop((early, feed));
                incoming.discard().await;
                return Err(refused);
            }
            Some(Err(PumpError::Feed(FeedError::TooSlow))) => {
                drop(feed);
                incoming.discard().await;
                return Ok(Verdict::unavailable(format!("it took the message too slowly (limit {patience:?})")));
            }
            Some(Ok(()) | Err(PumpError::Feed(FeedError::Gone))) | None => {}
        }
        let whole_since = Instant::now();
        let answering = async {
            let response = match early {
                Some(response) => response,
                None => sending.await,
            };
            match response {
                Ok(response) => understand(response).await,
                Err(error) => Verdict::unavailable(error.to_string()),
            }
        };
        let mut verdict = timeout(patience, answering)
            .await
            .unwrap_or_else(|_| Verdict::unavailable(format!("it did not answer in time (limit {patience:?})")));
        // Not before the answer has been read: breaking off the message breaks off the answer too.
        drop(feed);
        let is_whole = taken.load(Ordering::Acquire);
        story.entry.timing.answer = is_whole.then(|| whole_since.elapsed());
        if !is_whole {
            incoming.discard().await;
            if verdict.judgement == Judgement::Accepted {
                verdict.judgement = Judgement::Unavailable;
                "it said yes without having taken the whole message".clone_into(&mut verdict.words);
            }
        }
        Ok(verdict)
    }
}

/// Reads until the header has closed; the message may well end before that. Returns what has come.
async fn read_header(incoming: &mut Incoming, reader: &mut Reader) -> Result<Bytes, Refused> {
    let mut begun = BytesMut::new();
    while reader.header().is_none() {
        let Some(bytes) = incoming.next().await? else { break };
        reader.feed(&bytes)?;
        if begun.is_empty() && reader.header().is_some() {
            return Ok(bytes);
        }
        begun.extend_from_slice(&bytes);
    }
    Ok(begun.freeze())
}

/// Finds the fagsystem that the rules name for the message, and whose it is.
fn address(header: &Header, in_force: &InForce, story: &mut Story) -> Result<(Cvr, Fagsystem), Refused> {
    let decided = in_force.distributor.decide(&header.facts, clock::today());
    let decision = decided.map_err(|error| Refused::new(Outcome::UnknownRecipient, error.to_string()))?;
    story.entry.routed = in_force.publication.map(|publication| Routed {
        publication,
        authority: decision.authority.cvr,
        fagsystem: decision.fagsystem.id.clone(),
        priority: decision.ground.priority(),
    });
    if decision.fagsystem.active {
        Ok((decision.authority.cvr, decision.fagsystem.clone()))
    } else {
        let words = format!("the fagsystem '{}' is paused", decision.fagsystem.id);
        Err(Refused::new(Outcome::Unavailable, words))
    }
}

enum PumpError {
    Refused(Refused),
    Feed(FeedError),
}

impl<E: Into<Refused>> From<E> for PumpError {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

/// Hands the message on as it comes. The last piece is held back until the message has proved whole and well-formed,
/// so that the fagsystem never sees a complete request of one that is not.
async fn pump(incoming: &mut Incoming, reader: &mut Reader, begun: Bytes, feed: &ParcelFeed) -> Result<(), PumpError> {
    let mut held_back = begun;
    while let Some(bytes) = incoming.next().await? {
        reader.feed(&bytes)?;
        let piece = std::mem::replace(&mut held_back, bytes);
        feed.give(piece).await.map_err(PumpError::Feed)?;
    }
    reader.check_end()?;
    feed.give_last(held_back).await.map_err(PumpError::Feed)
}
