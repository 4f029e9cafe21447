//! Carries each message from the first byte of its body to the receipt.
//!
//! [`Flow::carry`] owns the body. It lends it to `intake`, which reads the header, asks `dispatch` where the message goes,
//! lends the body to `delivery`, which streams it there, and has `conclusion` write the outcome to the journal and make the
//! answer. Whatever is left of the body then is discarded in one place.

mod conclusion;
mod dispatch;
mod ending;
pub(super) mod limits;
pub mod message_locks;
mod permits;
mod story;

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::timeout;

use self::conclusion::Conclusions;
use self::dispatch::{Destination, Dispatch, Dispatcher, Recipient};
use self::ending::{Delivery, Ending};
use self::limits::{ConcurrencyLimits, MessagePermit};
use self::message_locks::MessageLocks;
use self::story::Story;
use crate::clock::Clock;
use crate::memo::{MAX_MESSAGE_BYTES, MemoError, MessageUuid, Reader};
use crate::router::connection::connections::Call;
use crate::router::delivery::courier::{Courier, Ids};
use crate::router::delivery::handover::{Outgoing, hand_over};
use crate::router::intake::header_budget::HeaderBudget;
use crate::router::intake::incoming::{Incoming, IncomingError};
use crate::router::intake::reading::{gather, read_header, read_to_the_end};
use crate::router::intake::receipt::Answer;
use crate::router::intake::refusal::{MessageError, Refused};
use crate::router::rules_in_force::RulesInForce;
use crate::router::watch::records::Records;
use crate::store::{Outcome, Reason, RouterLock};

/// Carries messages to their fagsystems.
pub(super) struct Flow {
    rules: Arc<RulesInForce>,
    courier: Arc<Courier>,
    dispatcher: Dispatcher,
    conclusions: Conclusions,
    limits: Arc<ConcurrencyLimits>,
    locks: MessageLocks<MessageUuid>,
    headers: HeaderBudget,
    first_byte: Duration,
    clock: Clock,
    /// Keeps other routers from delivering from this data directory while a message is under way here.
    _lock: Arc<RouterLock>,
}

impl Flow {
    /// `first_byte` is how long the first byte of a message may take after its head.
    pub fn new(
        records: &Records,
        courier: Arc<Courier>,
        limits: ConcurrencyLimits,
        first_byte: Duration,
        clock: Clock,
        lock: Arc<RouterLock>,
    ) -> Self {
        let limits = Arc::new(limits);
        Self {
            rules: Arc::clone(&records.rules),
            courier,
            dispatcher: Dispatcher { records: records.clone(), limits: Arc::clone(&limits) },
            conclusions: Conclusions { records: records.clone() },
            limits,
            locks: MessageLocks::default(),
            headers: HeaderBudget::new(),
            first_byte,
            clock,
            _lock: lock,
        }
    }

    /// Whether messages can be accepted, and why not.
    pub fn rules(&self) -> &RulesInForce {
        &self.rules
    }

    /// Carries a message all the way, and answers. What is left of the body is discarded first, so that the caller has
    /// finished sending and sees the answer.
    pub async fn carry(&self, mut incoming: Incoming, call: &Call) -> Answer {
        let mut story = Story::begin(&self.clock);
        let delivered = self.deliver(&mut incoming, &mut story, call).await;
        if !incoming.is_whole() {
            discard_rest(incoming, &delivered, story.permit.as_deref()).await;
        }
        self.conclusions.conclude(story, delivered).await
    }

    /// Refuses a message that comes while the router is stopping. Nothing has been done with it.
    pub fn refuse_stopping(&self) -> Answer {
        self.conclusions.refuse_stopping(Story::begin(&self.clock))
    }

    /// From the first byte to the fagsystem's answer.
    async fn deliver(&self, incoming: &mut Incoming, story: &mut Story, call: &Call) -> Result<Delivery, Ending> {
        let permit = self.find_permit(incoming, call).await.inspect_err(|_| call.refuse())?;
        let permit = Arc::clone(story.permit.insert(Arc::new(permit)));
        let mut reader = Reader::new();
        let begun = tokio::select! {
            begun = self.receive(incoming, &mut reader, story) => begun?,
            () = permit.revoked() => return Err(too_many()),
        };
        story.entry.bytes = reader.bytes();
        story.entry.announced = incoming.length;
        let Some(header) = reader.header() else { return Err(MemoError::NotAMemo.into()) };
        let lock = timeout(self.courier.answer_timeout, self.locks.lock(header.message_uuid)).await;
        story.lock = lock.ok();
        // Read after waiting for the lock: something may have been published meanwhile.
        let in_force = self.rules.now();
        let rules = &in_force.distributor;
        story.set_facts(header, rules.sender_kind(&header.facts), rules.authority(&header.facts));
        if !permit.pin() {
            return Err(too_many());
        }
        if story.lock.is_none() {
            return Err(Refused::new(Outcome::Busy, "another call delivers this message at the moment").into());
        }
        let claim = self.dispatcher.records.journal.claim();
        let Dispatch { begun, to, may_repeat } = self.dispatcher.dispatch(header, begun, &in_force, story).await?;
        incoming.recognise(may_repeat);
        let ids = Ids { transmission: story.transmission, message: header.message_uuid };
        match to {
            Destination::Fagsystem(recipient) => {
                self.hand_over(Outgoing { ids, claim, incoming, reader: &mut reader, begun }, &recipient, story).await
            }
            Destination::AlreadyAccepted(accepted) => {
                let repeated = read_undelivered(incoming, &mut reader, story).await?;
                Ok(Delivery::Before(repeated.unwrap_or(accepted)))
            }
            Destination::Undecided => match read_undelivered(incoming, &mut reader, story).await? {
                Some(accepted) => Ok(Delivery::Before(accepted)),
                None => Err(has_other_content(story).into()),
            },
        }
    }

    /// Waits for the first byte of the message and takes a permit for it. What its head already speaks against is refused
    /// before the caller is told to send the rest.
    async fn find_permit(&self, incoming: &mut Incoming, call: &Call) -> Result<MessagePermit, Ending> {
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
        self.limits.try_acquire(call.from()).ok_or_else(too_many)
    }

    /// Reads until the message can leave: its header, and the whole of a small one. Once the header is known it decides,
    /// also when what came with it is broken: the answer must not depend on how the network cut the message into pieces. So
    /// that error stays in the inner result.
    async fn receive(
        &self,
        incoming: &mut Incoming,
        reader: &mut Reader,
        story: &mut Story,
    ) -> Result<Result<Bytes, Refused>, Ending> {
        let read = self.receive_header(incoming, reader, story).await;
        story.entry.bytes = reader.bytes();
        story.entry.message_uuid = reader.message_uuid().map(|uuid| uuid.to_string());
        let begun = match read {
            Err(refused) if reader.header().is_none() => return Err(refused.into()),
            read => read,
        };
        story.entry.timing.header = Some(story.begun.elapsed());
        let Ok(begun) = begun else { return Ok(begun) };
        let message_uuid = story.entry.message_uuid.as_deref().unwrap_or_default();
        story.digest = incoming.identify(self.dispatcher.records.journal.digest_key().message(&begun, message_uuid));
        Ok(gather(incoming, reader, begun).await)
    }

    async fn receive_header(
        &self,
        incoming: &mut Incoming,
        reader: &mut Reader,
        story: &mut Story,
    ) -> Result<Bytes, Refused> {
        let mut held = self.headers.begin();
        let begun = read_header(incoming, reader, &mut held).await?;
        Ok(begun.unwrap_or_else(|| {
            let (bytes, part) = held.into_parts();
            story.header_part = Some(part);
            bytes.into()
        }))
    }

    async fn hand_over(
        &self,
        outgoing: Outgoing<'_>,
        recipient: &Recipient,
        story: &mut Story,
    ) -> Result<Delivery, Ending> {
        let handover = hand_over(&self.courier, outgoing, recipient.authority, &recipient.fagsystem).await;
        story.entry.bytes = handover.bytes;
        story.entry.timing.whole = handover.whole.map(|whole| whole.duration_since(story.begun));
        story.entry.timing.answer = handover.answered;
        match handover.result {
            Err(MessageError::Call(IncomingError::Repeats(accepted))) => Ok(Delivery::Before(accepted)),
            result => Ok(Delivery::Now(result.map_err(Refused::from)?)),
        }
    }
}

fn too_many() -> Ending {
    Refused::new(Outcome::Busy, "too many messages are under way already").into()
}

/// Discards the rest of a message that has ended before its last byte. The permit of a refused one can go to another call
/// meanwhile; and where the router has too much to do, the answer does not wait at all.
async fn discard_rest(incoming: Incoming, delivered: &Result<Delivery, Ending>, permit: Option<&MessagePermit>) {
    let revoked = async {
        match (delivered, permit) {
            (Err(_), Some(permit)) => permit.unpin_until_revoked().await,
            _ => pending().await,
        }
    };
    if delivered.as_ref().is_err_and(Ending::is_busy) {
        tokio::spawn(incoming.discard());
        return;
    }
    tokio::select! {
        () = incoming.discard() => {}
        () = revoked => {}
    }
}

/// Reads a message to its end that is not delivered. Returns the journal's row of the accepted message that it repeats, where
/// its content shows that it does.
async fn read_undelivered(
    incoming: &mut Incoming,
    reader: &mut Reader,
    story: &mut Story,
) -> Result<Option<i64>, Ending> {
    let read = read_to_the_end(incoming, reader).await;
    story.entry.bytes = reader.bytes();
    match read {
        Ok(()) => Ok(None),
        Err(MessageError::Call(IncomingError::Repeats(accepted))) => Ok(Some(accepted)),
        Err(error) => Err(Refused::from(error).into()),
    }
}

/// Refuses a message that was read and not delivered, because its content differs from what was accepted with its
/// messageUUID. Its bytes are gone by then; when it is sent again it goes to the fagsystem of the accepted one.
fn has_other_content(story: &mut Story) -> Refused {
    story.entry.differs_from = story.binding.as_ref().map(|earlier| earlier.number);
    Refused::unavailable(Reason::OtherContent, None)
}
