//! What the journal will store of a message, collected along the way.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use uuid::Uuid;

use super::limits::MessagePermit;
use super::message_locks::MessageLock;
use crate::clock::Clock;
use crate::memo::{Header, MessageUuid};
use crate::router::intake::header_budget::HeaderPart;
use crate::router::intake::receipt::transmission_id;
use crate::rules::{Authority, SenderKind};
use crate::store::{Digest, EarlierDelivery, JournalEntry, Outcome, OwnNames, Reason};

/// What the journal will store of a message, collected along the way.
pub(in crate::router) struct Story {
    pub begun: Instant,
    /// The id in the receipt and in the delivery.
    pub transmission: Uuid,
    pub entry: JournalEntry,
    /// The number of its row in the journal.
    pub number: Option<i64>,
    /// The digest of its bytes, once it is whole.
    pub digest: Arc<OnceLock<Digest>>,
    /// The row of an earlier call, whose fagsystem alone may get the message.
    pub binding: Option<EarlierDelivery>,
    /// Held once its body has begun to come.
    pub permit: Option<Arc<MessagePermit>>,
    /// Its share of the memory for headers.
    pub header_part: Option<HeaderPart>,
    /// Held until the journal has the outcome, because the next call with this message depends on that.
    pub lock: Option<MessageLock<MessageUuid>>,
}

impl Story {
    pub fn begin(clock: &Clock) -> Self {
        let received_at = clock.now();
        let transmission = transmission_id(received_at);
        let entry = JournalEntry::new(received_at, Outcome::BrokenOff);
        let entry = JournalEntry { transmission_id: Some(transmission), ..entry };
        Self {
            begun: Instant::now(),
            transmission,
            entry,
            number: None,
            digest: Arc::default(),
            binding: None,
            permit: None,
            header_part: None,
            lock: None,
        }
    }

    pub fn set_facts(&mut self, header: &Header, sender: SenderKind, authority: Option<&Authority>) {
        self.entry.facts = Some((header.facts.clone(), sender));
        self.entry.own_names = authority.map(|authority| OwnNames::of(&header.facts, authority)).unwrap_or_default();
    }

    /// Binds the message to the fagsystem of that earlier row.
    pub fn bind_to(&mut self, earlier: EarlierDelivery) {
        self.entry.follows = Some(earlier.number);
        self.entry.routed = Some(earlier.routed.clone());
        self.binding = Some(earlier);
    }

    /// Marks the message as a repetition of that accepted row, so that it is not delivered.
    pub fn mark_repeat(&mut self, accepted: i64) {
        self.entry.repeats = Some(accepted);
        self.entry.differs_from = None;
        self.finish(Outcome::Accepted, None);
    }

    pub fn finish(&mut self, outcome: Outcome, reason: Option<Reason>) {
        self.entry.digest = self.digest.get().copied();
        if let (Some(mine), Some(earlier)) = (self.entry.digest, &self.binding)
            && self.entry.repeats.is_none()
            && earlier.digest.is_some_and(|digest| digest != mine)
        {
            self.entry.differs_from = Some(earlier.number);
        }
        self.entry.outcome = outcome;
        self.entry.reason = reason;
        self.entry.timing.total = self.begun.elapsed();
    }
}

/// Whether a message is of a kind that anybody can send in any number. Never one that has to do with a fagsystem, because its
/// rows say where the message may go, nor one that a person should look at.
pub(in crate::router) fn is_junk(entry: &JournalEntry) -> bool {
    let may_be_many = matches!(
        entry.outcome,
        Outcome::Invalid
            | Outcome::NemSms
            | Outcome::TooLarge
            | Outcome::UnknownRecipient
            | Outcome::BrokenOff
            | Outcome::NotAllowed
            | Outcome::Busy
    );
    may_be_many && entry.routed.is_none()
}
