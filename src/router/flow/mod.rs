//! Carries each message from the first byte of its body to the receipt.

pub(super) mod limits;
pub mod message_locks;
pub(super) mod refusal;
mod story;

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::timeout;

use self::limits::{ConcurrencyLimits, FagsystemPermit, Permit};
use self::message_locks::MessageLocks;
use self::refusal::{Ending, Refused};
use self::story::{Story, is_junk};
use crate::clock::{self, Clock};
use crate::memo::{Header, MAX_MESSAGE_BYTES, MemoError, Reader};
use crate::router::connection::connections::Call;
use crate::router::connection::protection::CallerRefusal;
use crate::router::delivery::courier::{Courier, Ids};
use crate::router::delivery::handover::{Flaw, HandoverMessage, hand_over, read_to_the_end};
use crate::router::delivery::verdict::{Judgement, Verdict};
use crate::router::intake::header_budget::{HeaderBudget, HeldHeader};
use crate::router::intake::incoming::{Incoming, IncomingError};
use crate::router::intake::receipt::Answer;
use crate::router::rules_in_force::{InForce, RulesInForce};
use crate::router::watch::caller_log::caller_refused;
use crate::router::watch::message_log;
use crate::router::watch::metrics::Metrics;
use crate::router::watch::refusal_budget::RefusalBudget;
use crate::rules::{CriterionKind, Cvr, Fagsystem, Ground};
use crate::store::{
    Earlier, Entered, Journal, JournalEntry, JournalError, Outcome, Reason, RefusedCaller, Routed, RouterLock,
};

/// Up to how many bytes a message is waited for before it departs. Nearly all messages are smaller.
const MOST_GATHERED: usize = 64 * 1024;

/// What whoever sends is told of a messageUUID that was used twice.
const REUSED: &str = "its messageUUID was used before for another message, with another recipient, sender, contact point, post \
                      type, KLE or FORM number; a message needs a messageUUID of its own";

/// Carries messages from the intake to their fagsystems.
pub(in crate::router) struct Flow {
    pub rules: Arc<RulesInForce>,
    pub courier: Arc<Courier>,
    pub journal: Journal,
    pub limits: Arc<ConcurrencyLimits>,
    pub headers: HeaderBudget,
    /// How long the first byte of a message may take to come after its head.
    pub first_byte: Duration,
    pub metrics: Arc<Metrics>,
    pub locks: MessageLocks,
    pub refusals: Arc<RefusalBudget>,
    pub clock: Clock,
    /// No other router may deliver from this data directory until the last message here has come to its end.
    pub _lock: Arc<RouterLock>,
}

/// That a message has been handed over whole.
#[derive(Debug)]
enum Delivery {
    /// Now, and its fagsystem has judged it.
    Now(Verdict),
    /// When it came before, and its fagsystem accepted it, as the row with that number says.
    Before(i64),
}

/// How a message goes on when its header has been read.
struct Departure {
    /// What has come of it.
    begun: Bytes,
    to: Destination,
    /// What was accepted with the same messageUUID and the same facts, when it may be one of those: that shows at its end.
    may_repeat: Vec<Earlier>,
}

/// Where a message departs to.
enum Destination {
    Fagsystem(Recipient),
    /// Nowhere: a fagsystem has accepted it before, as the row with that number says.
    AlreadyAccepted(i64),
    /// Nowhere until it is known whether it is one of those that were accepted.
    Undecided,
}

/// The fagsystem that a message goes to, and its place on the way there.
struct Recipient {
    /// Whose fagsystem it is.
    authority: Cvr,
    fagsystem: Fagsystem,
    _permit: FagsystemPermit,
}

impl Flow {
    /// Takes a message all the way, and answers. The journal holds the outcome before the answer goes back; where it cannot,
    /// nothing counts as accepted.
    pub async fn carry(&self, incoming: Incoming, call: &Call) -> Answer {
        let mut story = Story::begin(&self.clock);
        let (written, words) = match self.deliver(incoming, &mut story, call).await {
            Err(Ending::NotWritten(error)) => (Err(error), None),
            Err(Ending::RefusedAndRecorded(refused)) => (Ok(true), Some(refused.words)),
            Err(Ending::RefusedUnrecorded(refused)) => (Ok(false), Some(refused.words)),
            Err(Ending::Refused(refused)) => {
                story.finish(refused.outcome, refused.reason);
                (self.conclude(&story).await, Some(refused.words))
            }
            Ok(Delivery::Before(accepted)) => {
                story.mark_repeat(accepted);
                (self.conclude(&story).await, None)
            }
            Ok(Delivery::Now(verdict)) => {
                let (outcome, words) = match verdict.judgement {
                    Judgement::Accepted => (Outcome::Accepted, None),
                    Judgement::Rejected => (Outcome::Rejected, Some(verdict.words)),
                    Judgement::Unavailable => (Outcome::Unavailable, Some(verdict.words)),
                    Judgement::Unknown => (Outcome::Unknown, Some(verdict.words)),
                };
                story.entry.answer = (verdict.status, verdict.code);
                story.finish(outcome, verdict.reason);
                (self.conclude(&story).await, words)
            }
        };
        self.answer(story, written, words)
    }

    /// Refuses a call of one who may not deliver, or that cannot be read, whatever it holds.
    pub async fn turn_away(&self, refused: CallerRefusal) -> Answer {
        self.metrics.caller_refused(refused.refusal.code());
        let story = self.story_of(&refused);
        let is_told = self.refusals.allows(refused.refusal.code());
        if is_told {
            self.record_refused(&story).await;
        }
        self.metrics.message_ended(&story.entry);
        if is_told {
            caller_refused(&refused, Some((story.transmission, story.entry.timing.total)));
        }
        Answer::new(story.transmission, story.entry.outcome, None, Some(refused.refusal.words().to_owned()))
    }

    /// Takes down that a connection came to no call. One that showed a certificate was to deliver something, so the journal
    /// hears of it too.
    pub async fn turn_away_connection(&self, refused: CallerRefusal) {
        self.metrics.caller_refused(refused.refusal.code());
        let mut story = self.story_of(&refused);
        // Nobody gets a receipt.
        story.entry.transmission_id = None;
        if self.refusals.allows(refused.refusal.code()) {
            if refused.certificate.is_some() {
                self.record_refused(&story).await;
            }
            caller_refused(&refused, None);
        }
    }

    /// Refuses a message that comes while the router is stopping. Nothing has been done with it.
    pub fn turn_down(&self) -> Answer {
        let mut story = Story::begin(&self.clock);
        story.finish(Outcome::NotWritten, None);
        let words = "the router is stopping; send the message again, to the one that takes its place".to_owned();
        let is_reported = self.refusals.allows(Outcome::NotWritten.code());
        self.tell(&story, Some(words), is_reported)
    }

    fn story_of(&self, refused: &CallerRefusal) -> Story {
        let mut story = Story::begin(&self.clock);
        story.entry.refused =
            Some(RefusedCaller { reason: refused.refusal.code().into(), caller: Some(refused.caller()) });
        story.finish(refused.refusal.outcome(), None);
        story
    }

    /// Writes a row for a caller that may not deliver, unless there are many already of this minute. It is refused all the
    /// same when the journal cannot be written.
    async fn record_refused(&self, story: &Story) {
        if !self.refusals.allows(story.entry.outcome.code()) {
            return;
        }
        let written = self.journal.record(story.entry.clone()).await;
        self.rules.note_journal_result(written.as_ref().err());
    }

    /// Writes what became of a message: into its row, when it has one.
    async fn conclude(&self, story: &Story) -> Result<bool, JournalError> {
        let Story { entry, number, .. } = story;
        if let Some(number) = *number {
            return self.journal.conclude(number, entry.clone()).await.map(|()| true);
        }
        let is_reported = !is_junk(entry) || self.refusals.allows(entry.outcome.code());
        let found_no_permit = entry.outcome == Outcome::Busy && entry.message_uuid.is_none();
        if is_reported && !found_no_permit {
            self.journal.record(entry.clone()).await?;
        }
        Ok(is_reported)
    }

    /// Answers a message that was written, and reported or left out, or could not be written.
    fn answer(&self, mut story: Story, written: Result<bool, JournalError>, words: Option<String>) -> Answer {
        self.rules.note_journal_result(written.as_ref().err());
        match written {
            Ok(is_reported) => self.tell(&story, words, is_reported),
            Err(error) => {
                story.entry.outcome = Outcome::NotWritten;
                let is_reported = self.refusals.allows(Outcome::NotWritten.code());
                self.tell(&story, Some(error.to_string()), is_reported)
            }
        }
    }

    /// Counts a message, logs it when it is to be reported, and answers it.
    fn tell(&self, story: &Story, words: Option<String>, is_reported: bool) -> Answer {
        let Story { transmission, entry, .. } = story;
        self.metrics.message_ended(entry);
        let words = words.map(|words| with_code(words, entry));
        let answer = Answer::new(*transmission, entry.outcome, entry.message_uuid.clone(), words);
        if is_reported {
            message_log::record(entry, *transmission);
        }
        answer
    }

    /// The way from the first byte to the fagsystem's answer. Whatever stops it, the rest of the message is read and
    /// thrown away, so that the caller is ready to hear why.
    async fn deliver(&self, mut incoming: Incoming, story: &mut Story, call: &Call) -> Result<Delivery, Ending> {
        let mut reader = Reader::new();
        let permit = match self.find_permit(&mut incoming, call).await {
            Ok(permit) => Arc::clone(story.permit.insert(permit)),
            Err(ending) => {
                call.refuse();
                return give_up(incoming, ending, None).await;
            }
        };
        let read = tokio::select! {
            read = self.receive(&mut incoming, &mut reader, story) => read,
            () = permit.revoked() => Err(too_many()),
        };
        let begun = match read {
            Ok(begun) => begun,
            Err(ending) => return give_up(incoming, ending, Some(&permit)).await,
        };
        story.entry.bytes = reader.bytes();
        story.entry.announced = incoming.length;
        let Some(header) = reader.header() else { return Err(MemoError::NotAMemo.into()) };
        let lock = timeout(self.courier.answer_timeout, self.locks.lock(header.message_uuid)).await;
        story.lock = lock.ok();
        // Not before the turn has come: something may have been published while the call waited.
        let in_force = self.rules.now();
        let rules = &in_force.distributor;
        story.set_facts(header, rules.sender_kind(&header.facts), rules.authority(&header.facts));
        let departed = match story.lock {
            _ if !permit.pin() => Err(too_many()),
            Some(_) => self.depart(header, begun, &in_force, story).await,
            None => Err(Refused::new(Outcome::Busy, "another call delivers this message at the moment").into()),
        };
        let Departure { begun, to, may_repeat } = match departed {
            Ok(departed) => departed,
            Err(ending) => return give_up(incoming, ending, Some(&permit)).await,
        };
        incoming.recognise(may_repeat);
        let ids = Ids { transmission: story.transmission, message: header.message_uuid };
        let mut message = HandoverMessage { ids, incoming, reader, begun };
        match to {
            Destination::Fagsystem(recipient) => {
                let handover = hand_over(&self.courier, message, recipient.authority, &recipient.fagsystem).await;
                story.entry.bytes = handover.bytes;
                story.entry.timing.whole = handover.whole.map(|whole| whole.duration_since(story.begun));
                story.entry.timing.answer = handover.answered;
                match handover.result {
                    Err(Flaw::Call(IncomingError::Repeats(accepted))) => Ok(Delivery::Before(accepted)),
                    result => Ok(Delivery::Now(result.map_err(Refused::from)?)),
                }
            }
            Destination::AlreadyAccepted(_) | Destination::Undecided => {
                let read = read_to_the_end(&mut message).await;
                story.entry.bytes = message.reader.bytes();
                match (read, to) {
                    (Ok(_), Destination::AlreadyAccepted(accepted))
                    | (Err(Flaw::Call(IncomingError::Repeats(accepted))), _) => Ok(Delivery::Before(accepted)),
                    (Ok(_), _) => Err(has_other_content(story).into()),
                    (Err(flaw), _) => give_up(message.incoming, Refused::from(flaw).into(), Some(&permit)).await,
                }
            }
        }
    }

    /// Waits for the first byte of the message and takes a place for it. What its head already speaks against is refused
    /// before the caller is told to send the rest.
    async fn find_permit(&self, incoming: &mut Incoming, call: &Call) -> Result<Arc<Permit>, Ending> {
        if let Some(error) = self.rules.journal_error() {
            return Err(Ending::NotWritten(error));
        }
        if incoming.length.is_some_and(|length| length > MAX_MESSAGE_BYTES) {
            return Err(MemoError::TooLarge.into());
        }
        if !self.limits.has_room(call.from()) {
            return Err(too_many());
        }
        incoming.begin(self.first_byte).await?;
        if !call.carry() {
            return Err(IncomingError::BrokenOff.into());
        }
        self.limits.try_acquire(call.from()).map(Arc::new).ok_or_else(too_many)
    }

    /// Reads until the message can depart: its header, and the whole of a small one.
    async fn receive(
        &self,
        incoming: &mut Incoming,
        reader: &mut Reader,
        story: &mut Story,
    ) -> Result<Result<Bytes, Refused>, Ending> {
        let begun = self.receive_header(incoming, reader, story).await?;
        story.entry.timing.header = Some(story.begun.elapsed());
        let Ok(begun) = begun else { return Ok(begun) };
        let message_uuid = story.entry.message_uuid.as_deref().unwrap_or_default();
        story.digest = incoming.identify(self.journal.digest_key().message(&begun, message_uuid));
        Ok(gather(incoming, reader, begun).await)
    }

    /// Reads until the header has closed. Where it has, it decides, also when what came with it is broken: the answer must
    /// not depend on how the network cut the message. So that flaw stays inside.
    async fn receive_header(
        &self,
        incoming: &mut Incoming,
        reader: &mut Reader,
        story: &mut Story,
    ) -> Result<Result<Bytes, Refused>, Ending> {
        let mut held = self.headers.begin();
        let read = read_header(incoming, reader, &mut held).await.map(|begun| {
            begun.unwrap_or_else(|| {
                let (bytes, part) = held.into_parts();
                story.header_part = Some(part);
                bytes.into()
            })
        });
        story.entry.bytes = reader.bytes();
        story.entry.message_uuid = reader.message_uuid().map(|uuid| uuid.to_string());
        match read {
            Err(refused) if reader.header().is_none() => Err(refused.into()),
            read => {
                story.entry.timing.header = Some(story.begun.elapsed());
                Ok(read)
            }
        }
    }

    /// Finds the fagsystem that the message goes to, and sees to it that the journal holds so before it goes. What earlier
    /// rows say of the message comes before what the rules say now.
    async fn depart(
        &self,
        header: &Header,
        begun: Result<Bytes, Refused>,
        in_force: &InForce,
        story: &mut Story,
    ) -> Result<Departure, Ending> {
        let mut decided = decide(header, in_force, story);
        let mut may_repeat = Vec::new();
        loop {
            let admitted = self.admit(decided, story).and_then(|recipient| Ok((begun.clone()?, recipient)));
            match &admitted {
                Ok(_) => story.finish(Outcome::UnderWay, None),
                Err(refused) => story.finish(refused.outcome, refused.reason),
            }
            let entry = &mut story.entry;
            entry.is_left_out = is_junk(entry) && !self.refusals.allows(entry.outcome.code());
            match self.journal.enter(story.entry.clone()).await.map_err(Ending::NotWritten)? {
                Entered::Written(number) => {
                    story.number = Some(number);
                    let departs =
                        |(begun, recipient)| Departure { begun, to: Destination::Fagsystem(recipient), may_repeat };
                    return admitted.map(departs).map_err(Ending::RefusedAndRecorded);
                }
                Entered::LeftOut => {
                    let departs =
                        |(begun, recipient)| Departure { begun, to: Destination::Fagsystem(recipient), may_repeat };
                    return admitted.map(departs).map_err(Ending::RefusedUnrecorded);
                }
                Entered::Accepted(earlier) => {
                    story.entry.routed = Some(earlier.routed);
                    return Ok(Departure {
                        begun: begun?,
                        to: Destination::AlreadyAccepted(earlier.number),
                        may_repeat,
                    });
                }
                Entered::Bound(earlier) => {
                    decided = bound(&earlier, in_force);
                    story.bind_to(earlier);
                }
                Entered::Differs(earlier) => {
                    decided = bound(&earlier, in_force);
                    story.entry.differs_from = Some(earlier.number);
                    story.bind_to(earlier);
                }
                Entered::Undecided { accepted, has_differed } => {
                    let first = accepted[0].clone();
                    may_repeat = accepted;
                    if !has_differed {
                        story.entry.routed = Some(first.routed.clone());
                        story.binding = Some(first);
                        return Ok(Departure { begun: begun?, to: Destination::Undecided, may_repeat });
                    }
                    decided = bound(&first, in_force);
                    story.entry.differs_from = Some(first.number);
                    story.bind_to(first);
                }
                Entered::Reused(earlier) => {
                    story.entry.routed = None;
                    story.entry.differs_from = Some(earlier);
                    return Err(Refused::new(Outcome::Reused, REUSED).into());
                }
            }
        }
    }

    /// Takes a message in among those on their way to a fagsystem.
    fn admit(&self, decided: Result<Fagsystem, Refused>, story: &Story) -> Result<Recipient, Refused> {
        let fagsystem = decided?;
        if !fagsystem.active {
            return Err(Refused::unavailable(Reason::Paused, Some(&format!("business system '{}'", fagsystem.id))));
        }
        let placed = story.entry.routed.as_ref().and_then(|to| Some((to.authority, self.limits.try_acquire_for(to)?)));
        let (authority, permit) = placed.ok_or_else(|| Refused {
            outcome: Outcome::Busy,
            reason: Some(Reason::Busy),
            words: Reason::Busy.told(Some(&format!("business system '{}'", fagsystem.id))),
        })?;
        Ok(Recipient { authority, fagsystem, _permit: permit })
    }
}

/// The words for a message that a fagsystem did not get, with what that means and the code by which log, metrics and
/// journal know it.
fn with_code(words: String, entry: &JournalEntry) -> String {
    let Some(reason) = entry.reason else { return words };
    let may_be_taken = if entry.outcome == Outcome::Unknown { "; it may have got the message" } else { "" };
    format!("{words}{may_be_taken} [{}]", reason.code())
}

fn too_many() -> Ending {
    Refused::new(Outcome::Busy, "too many messages are under way already").into()
}

/// Ends a message's way, once the rest of it has come and been thrown away; its place is another's meanwhile, when one
/// wants it. Where there is too much to do, the answer comes at once.
async fn give_up(incoming: Incoming, ending: Ending, permit: Option<&Permit>) -> Result<Delivery, Ending> {
    if ending.is_busy() {
        tokio::spawn(incoming.discard());
    } else {
        let wanted = async {
            match permit {
                Some(permit) => permit.unpin_until_revoked().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = incoming.discard() => {}
            () = wanted => {}
        }
    }
    Err(ending)
}

/// Reads until the header has closed; the message may well end before that. Returns what has come, or `None` when it is
/// held.
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

/// Reads on until a small message is here whole, so that it goes out with its length and a flaw in it is found first.
pub(in crate::router) async fn gather(
    incoming: &mut Incoming,
    reader: &mut Reader,
    begun: Bytes,
) -> Result<Bytes, Refused> {
    let is_large = incoming.length.is_some_and(|length| length > MOST_GATHERED as u64);
    if is_large || begun.len() > MOST_GATHERED {
        return Ok(begun);
    }
    let mut gathered = BytesMut::from(begun);
    while !incoming.is_whole() && gathered.len() <= MOST_GATHERED {
        match incoming.next().await? {
            Some(bytes) => {
                reader.feed(&bytes)?;
                gathered.extend_from_slice(&bytes);
            }
            None => reader.check_end()?,
        }
    }
    Ok(gathered.freeze())
}

/// A message that was read and not delivered has other content than what was accepted. It is gone from memory by then;
/// when it comes again it goes to the fagsystem of the first one.
fn has_other_content(story: &mut Story) -> Refused {
    story.entry.differs_from = story.binding.as_ref().map(|earlier| earlier.number);
    Refused::unavailable(Reason::OtherContent, None)
}

/// Finds the fagsystem that the rules name for the message.
fn decide(header: &Header, in_force: &InForce, story: &mut Story) -> Result<Fagsystem, Refused> {
    let decided = in_force.distributor.decide(&header.facts, clock::day_of(story.entry.received_at));
    let decision = decided.map_err(|error| Refused::new(Outcome::UnknownRecipient, error.to_string()))?;
    story.entry.routed = in_force.publication.map(|publication| Routed {
        publication,
        authority: decision.authority.cvr,
        fagsystem: decision.fagsystem.id.clone(),
        priority: decision.ground.priority(),
        element: match decision.ground {
            Ground::Rule(rule) => Some(CriterionKind::of(&rule.criterion)),
            Ground::Default => None,
        },
    });
    Ok(decision.fagsystem.clone())
}

/// Finds the fagsystem that an earlier try of unknown outcome went to, as the rules know it now.
fn bound(earlier: &Earlier, in_force: &InForce) -> Result<Fagsystem, Refused> {
    let Routed { authority, fagsystem: id, .. } = &earlier.routed;
    let authority = in_force.distributor.book().authority(*authority);
    authority
        .and_then(|authority| authority.fagsystem(id))
        .cloned()
        .ok_or_else(|| Refused::unavailable(Reason::Removed, Some(&format!("business system '{id}'"))))
}
