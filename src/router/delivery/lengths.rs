//! Which fagsystems need the length of a message beforehand, and the memory that buffers messages for them.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{StatusCode, Version};
use bytes::{Bytes, BytesMut};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::rules::Endpoint;

/// The size of the pieces that a message is buffered in, in bytes.
const PIECE_BYTES: usize = 64 * 1024;
/// How many pieces all buffered messages may use: 128 MiB, enough for the largest message.
const MAX_PIECES: usize = 2048;
/// The most endpoints that are remembered. Only those few that cannot read chunks are.
const MAX_ENDPOINTS: usize = 1024;

/// Knows which endpoints cannot read chunked messages and need the length first.
#[derive(Debug)]
pub(in crate::router) struct RequiredLengths {
    needed: Mutex<HashMap<String, LengthNeed>>,
    room: Arc<Semaphore>,
}

/// Why an endpoint needs the length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LengthNeed {
    /// It last answered with HTTP/1.0, or its last chunked message went unanswered.
    UntilHeardOtherwise,
    /// It has refused chunks as such, or accepted a chunked message before its end.
    Always,
}

impl Default for RequiredLengths {
    fn default() -> Self {
        Self { needed: Mutex::default(), room: Arc::new(Semaphore::new(MAX_PIECES)) }
    }
}

/// Whether an answer to a chunked message says that chunks cannot be read.
pub(in crate::router) fn refuses_chunks(status: StatusCode) -> bool {
    matches!(status, StatusCode::LENGTH_REQUIRED | StatusCode::NOT_IMPLEMENTED)
}

impl RequiredLengths {
    /// Whether messages must go there with their length.
    pub fn is_needed_by(&self, endpoint: &Endpoint) -> bool {
        self.needed().contains_key(endpoint.as_str())
    }

    /// Learns from an answer.
    pub fn note_answer(&self, endpoint: &Endpoint, version: Version, status: StatusCode, was_in_chunks: bool) {
        if was_in_chunks && refuses_chunks(status) {
            self.note(endpoint, LengthNeed::Always);
        } else if version < Version::HTTP_11 {
            self.note(endpoint, LengthNeed::UntilHeardOtherwise);
        } else {
            self.needed().retain(|known, need| *need == LengthNeed::Always || known != endpoint.as_str());
        }
    }

    /// Learns that a chunked message was accepted before its end had been sent.
    pub fn note_early_answer(&self, endpoint: &Endpoint) {
        self.note(endpoint, LengthNeed::Always);
    }

    /// Learns that the connection broke under a chunked message before there was an answer.
    pub fn note_no_answer(&self, endpoint: &Endpoint) {
        self.note(endpoint, LengthNeed::UntilHeardOtherwise);
    }

    /// An empty buffer for a message.
    pub fn buffer(&self) -> BufferedMessage {
        let room = Arc::clone(&self.room);
        BufferedMessage { room, taken: None, full: Vec::new(), last: BytesMut::new() }
    }

    fn note(&self, endpoint: &Endpoint, need: LengthNeed) {
        let mut needed = self.needed();
        if needed.len() >= MAX_ENDPOINTS {
            // What is forgotten is learned again, and costs no message.
            needed.clear();
        }
        let known = needed.entry(endpoint.as_str().to_owned()).or_insert(need);
        if need == LengthNeed::Always {
            *known = need;
        }
    }

    fn needed(&self) -> MutexGuard<'_, HashMap<String, LengthNeed>> {
        self.needed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A message buffered until it is whole. Its memory is given back when this is dropped.
#[derive(Debug)]
pub(in crate::router) struct BufferedMessage {
    room: Arc<Semaphore>,
    taken: Option<OwnedSemaphorePermit>,
    full: Vec<Bytes>,
    last: BytesMut,
}

/// Buffered messages use all the memory that there is for them.
#[derive(Debug)]
pub(in crate::router) struct BufferFull;

impl BufferedMessage {
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<(), BufferFull> {
        while !bytes.is_empty() {
            if self.last.len() == self.last.capacity() {
                self.begin_a_piece()?;
            }
            let count = bytes.len().min(self.last.capacity() - self.last.len());
            self.last.extend_from_slice(&bytes[..count]);
            bytes = &bytes[count..];
        }
        Ok(())
    }

    /// The bytes that have come, in pieces.
    pub fn pieces(&mut self) -> Vec<Bytes> {
        let mut pieces = mem::take(&mut self.full);
        pieces.push(mem::take(&mut self.last).freeze());
        pieces
    }

    fn begin_a_piece(&mut self) -> Result<(), BufferFull> {
        let permit = Arc::clone(&self.room).try_acquire_owned().map_err(|_| BufferFull)?;
        match &mut self.taken {
            Some(taken) => taken.merge(permit),
            none => *none = Some(permit),
        }
        let full = mem::replace(&mut self.last, BytesMut::with_capacity(PIECE_BYTES));
        if !full.is_empty() {
            self.full.push(full.freeze());
        }
        Ok(())
    }
}
