use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use uuid::Uuid;

use super::turn::What;
use super::{SentFate, SentMessage, TrafficCounts, TrafficOrder, TrafficPace, TrafficStep, Turn};
use crate::rules::FagsystemId;
use crate::training::MadeMessage;

/// What is to be sent, what is under way, and what became of the rest.
#[derive(Debug, Default)]
pub struct Traffic {
    order: Option<Arc<TrafficOrder>>,
    next_number: u64,
    next_turn: u64,
    wanted: u32,
    stream: Option<Stream>,
    sends_again: bool,
    /// Those that are to be sent again, the earliest first.
    kept: VecDeque<Kept>,
    under_way: HashMap<u64, UnderWay>,
    counts: TrafficCounts,
    /// The latest last.
    latest: VecDeque<SentMessage>,
    has_halted: bool,
    version: u64,
}

#[derive(Debug)]
struct Stream {
    pace: TrafficPace,
    due: Instant,
}

/// A message that is to be sent again.
#[derive(Debug)]
struct Kept {
    message: Arc<MadeMessage>,
    number: u64,
    before: u32,
    due: Instant,
}

#[derive(Debug)]
struct UnderWay {
    /// `None` while it is being made.
    message: Option<Arc<MadeMessage>>,
    number: u64,
    before: u32,
}

/// What is known of the traffic at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrafficSnapshot {
    /// Counts the changes.
    pub version: u64,
    /// The number of the next new message, from 0 on.
    pub next_number: u64,
    /// How many of a handful are still to be sent.
    pub wanted: u32,
    /// The pace of the stream; `None` while there is none.
    pub pace: Option<TrafficPace>,
    /// How many are under way.
    pub under_way: usize,
    /// Whether those that were refused for now are sent again.
    pub sends_again: bool,
    /// How many are waiting to be sent again.
    pub kept: usize,
    /// How many were sent, and what became of them.
    pub counts: TrafficCounts,
    /// The latest messages, the latest first.
    pub latest: Vec<SentMessage>,
    /// Whether sending came to a halt by itself, as no router takes messages.
    pub has_halted: bool,
}

impl Traffic {
    /// At most this many are under way at a time.
    pub const MAX_UNDER_WAY: usize = 8;
    /// At most this many are wanted at a time.
    pub const MAX_WANTED: u32 = 1000;
    /// At most this many are kept to be sent again.
    pub const MAX_KEPT: usize = 100;
    /// The time until a message that was refused for now is sent again: what a router asks for.
    pub const AGAIN_AFTER: Duration = Duration::from_secs(30);
    /// So many of the latest messages are remembered.
    pub const MAX_LATEST: usize = 200;

    /// Has that many more sent of what is ordered, at most [`MAX_WANTED`](Self::MAX_WANTED) at a time.
    pub fn send(&mut self, order: Arc<TrafficOrder>, count: u32) {
        self.order = Some(order);
        self.wanted = self.wanted.saturating_add(count).min(Self::MAX_WANTED);
        self.resume();
    }

    /// Begins a stream, the first of it now, or changes the pace of the stream.
    pub fn stream(&mut self, order: Arc<TrafficOrder>, pace: TrafficPace, now: Instant) {
        self.order = Some(order);
        let next = now + pace.interval();
        let due = self.stream.as_ref().map_or(now, |stream| stream.due.min(next));
        self.stream = Some(Stream { pace, due });
        self.resume();
    }

    /// Has something else made from now on.
    pub fn order(&mut self, order: Arc<TrafficOrder>) {
        self.order = Some(order);
        self.version += 1;
    }

    /// Ends the stream and what is left of a handful. What is under way goes on, and what is kept stays.
    pub fn pause(&mut self) {
        (self.stream, self.wanted) = (None, 0);
        self.version += 1;
    }

    /// Says whether what is refused for now is sent again. Without that, nothing is kept.
    pub fn send_again(&mut self, sends_again: bool) {
        self.sends_again = sends_again;
        if !sends_again {
            self.kept.clear();
        }
        self.version += 1;
    }

    /// Begins again with the first number, and forgets what was sent. What is under way is not counted any more.
    pub fn begin_again(&mut self) {
        self.pause();
        self.kept.clear();
        self.latest.clear();
        self.counts = TrafficCounts::default();
        self.next_number = 0;
        self.has_halted = false;
        // Their answers change nothing; how many there are still bounds what is sent.
        for under_way in self.under_way.values_mut() {
            under_way.message = None;
        }
    }

    /// Ends everything, as there is nobody who takes messages. What is kept stays, for when there is.
    pub fn halt(&mut self) {
        self.has_halted |= self.stream.is_some() || self.wanted > 0 || !self.kept.is_empty();
        self.pause();
    }

    /// What is to be done now.
    #[must_use]
    pub fn step(&self, now: Instant) -> TrafficStep {
        let kept = self.kept.front().filter(|_| !self.has_halted).map(|kept| kept.due);
        let streamed = self.stream.as_ref().map(|stream| stream.due);
        let handful = (self.wanted > 0).then_some(now);
        let earliest = [kept, streamed, handful].into_iter().flatten().min();
        match earliest {
            Some(_) if self.under_way.len() >= Self::MAX_UNDER_WAY => TrafficStep::WaitForAnswer,
            Some(due) if due <= now => TrafficStep::Send,
            Some(due) => TrafficStep::WaitUntil(due),
            None if self.under_way.is_empty() => TrafficStep::Rest,
            None => TrafficStep::WaitForAnswer,
        }
    }

    /// The message to send now; `None` when none is.
    pub fn turn(&mut self, now: Instant) -> Option<Turn> {
        if self.step(now) != TrafficStep::Send {
            return None;
        }
        let is_kept_due = !self.has_halted && self.kept.front().is_some_and(|kept| kept.due <= now);
        let (number, before, what) = match self.kept.pop_front_if(|_| is_kept_due) {
            Some(kept) => (kept.number, kept.before, What::Again(kept.message)),
            None => (self.new_number(now), 0, What::New(Arc::clone(self.order.as_ref()?))),
        };
        let turn = self.next_turn;
        self.next_turn += 1;
        self.under_way.insert(turn, UnderWay { message: None, number, before });
        self.version += 1;
        Some(Turn { turn, number, before, what })
    }

    /// Counts one of the handful or of the stream.
    fn new_number(&mut self, now: Instant) -> u64 {
        if self.wanted > 0 {
            self.wanted -= 1;
        } else if let Some(stream) = &mut self.stream {
            // One that was held up does not catch up in a burst.
            stream.due = (stream.due + stream.pace.interval()).max(now);
        }
        let number = self.next_number;
        self.next_number += 1;
        number
    }

    /// The message of a turn has been made and is being sent.
    pub fn began(&mut self, turn: &Turn, message: &Arc<MadeMessage>, bytes: u64, at: Timestamp) {
        let Some(under_way) = self.under_way.get_mut(&turn.turn) else { return };
        under_way.message = Some(Arc::clone(message));
        self.counts.sent += 1;
        self.counts.again += u64::from(turn.before > 0);
        if self.latest.len() == Self::MAX_LATEST {
            self.latest.pop_front();
        }
        self.latest.push_back(SentMessage {
            turn: turn.turn,
            number: turn.number,
            before: turn.before,
            at,
            writer: message.writer,
            subject: message.subject,
            bytes,
            message_uuid: message.letter.message_uuid.to_string(),
            transmission_id: None,
            fagsystem: None,
            fate: SentFate::UnderWay,
        });
        self.version += 1;
    }

    /// What became of the message of a turn.
    pub fn answered(&mut self, turn: u64, fate: SentFate, transmission_id: Option<Uuid>, now: Instant) {
        let Some(under_way) = self.under_way.remove(&turn) else { return };
        self.version += 1;
        let Some(message) = under_way.message else { return };
        self.counts.add(fate);
        if let Some(sent) = self.latest.iter_mut().rev().find(|sent| sent.turn == turn) {
            (sent.fate, sent.transmission_id) = (fate, transmission_id);
        }
        if !self.sends_again || !fate.is_for_now() {
            return;
        }
        if self.kept.len() == Self::MAX_KEPT {
            self.counts.dropped += 1;
            return;
        }
        let (number, before, due) = (under_way.number, under_way.before.saturating_add(1), now + Self::AGAIN_AFTER);
        self.kept.push_back(Kept { message, number, before, due });
    }

    /// The rules chose that fagsystem for the message of a turn.
    pub fn went_to(&mut self, turn: u64, fagsystem: FagsystemId) {
        if let Some(sent) = self.latest.iter_mut().rev().find(|sent| sent.turn == turn) {
            sent.fagsystem = Some(fagsystem);
            self.version += 1;
        }
    }

    /// Whether there is a stream, or something left of a handful.
    #[must_use]
    pub fn is_flowing(&self) -> bool {
        self.stream.is_some() || self.wanted > 0
    }

    /// Counts the changes of what [`snapshot`](Self::snapshot) returns.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// What is known now.
    #[must_use]
    pub fn snapshot(&self) -> TrafficSnapshot {
        TrafficSnapshot {
            version: self.version,
            next_number: self.next_number,
            wanted: self.wanted,
            pace: self.stream.as_ref().map(|stream| stream.pace),
            under_way: self.under_way.len(),
            sends_again: self.sends_again,
            kept: self.kept.len(),
            counts: self.counts,
            latest: self.latest.iter().rev().cloned().collect(),
            has_halted: self.has_halted,
        }
    }

    /// Somebody wants something: what was kept when sending halted is sent, too.
    fn resume(&mut self) {
        self.has_halted = false;
        self.version += 1;
    }
}
