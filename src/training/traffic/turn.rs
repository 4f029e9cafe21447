use std::sync::Arc;
use std::time::Instant;

use crate::training::{MadeMessage, MessageMaker, Wish};

/// Which messages are sent: who makes them, and what is wished for. The wish's count does not matter.
#[derive(Debug)]
pub struct TrafficOrder {
    /// Who makes them.
    pub maker: MessageMaker,
    /// What is wished for.
    pub wish: Wish,
}

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrafficStep {
    /// Take a turn.
    Send,
    /// Wait until then, unless an answer or a wish comes before.
    WaitUntil(Instant),
    /// Wait for an answer.
    WaitForAnswer,
    /// Nothing, until somebody wants something.
    Rest,
}

/// A message that is to be sent now.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Which of all turns it is, from 0 on.
    pub turn: u64,
    /// The message's number.
    pub number: u64,
    /// How often it was sent before.
    pub before: u32,
    pub(super) what: What,
}

/// Where a turn's message comes from.
#[derive(Debug, Clone)]
pub(super) enum What {
    New(Arc<TrafficOrder>),
    Again(Arc<MadeMessage>),
}

impl Turn {
    /// The message. It is made here, which takes a moment.
    #[must_use]
    pub fn message(&self) -> Arc<MadeMessage> {
        match &self.what {
            What::New(order) => Arc::new(order.maker.message(self.number, &order.wish)),
            What::Again(message) => Arc::clone(message),
        }
    }
}
