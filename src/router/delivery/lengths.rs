//! Which fagsystems must be told the length of a message beforehand, and the memory in which messages wait for it.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{StatusCode, Version};
use bytes::{Bytes, BytesMut};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::rules::Endpoint;

/// How large the pieces are in which a message waits.
const PIECE: usize = 64 * 1024;
/// In how many of them messages may wait in all: 128 MiB, so that the largest has room.
const MOST_PIECES: usize = 2048;
/// Of how many endpoints it is remembered at most. Those few that cannot read chunks are.
const MOST_ENDPOINTS: usize = 1024;

/// Knows which endpoints cannot read a message that comes in chunks, so that they must hear its length first.
#[derive(Debug)]
pub(in crate::router) struct RequiredLengths {
    needed: Mutex<HashMap<String, Need>>,
    room: Arc<Semaphore>,
}

/// Why an endpoint must hear the length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// It last answered with HTTP/1.0, or a message in chunks was the last that it did not answer.
    UntilHeardOtherwise,
    /// It has refused chunks as such, or accepted a message in chunks before its end was there.
    Always,
}

impl Default for RequiredLengths {
    fn default() -> Self {
        Self { needed: Mutex::default(), room: Arc::new(Semaphore::new(MOST_PIECES)) }
    }
}

/// Whether an answer to a message in chunks says that they cannot be read.
pub(in crate::router) fn refuses_chunks(status: StatusCode) -> bool {
    matches!(status, StatusCode::LENGTH_REQUIRED | StatusCode::NOT_IMPLEMENTED)
}

impl RequiredLengths {
    /// Whether a message may go there only with its length.
    pub fn is_needed_by(&self, endpoint: &Endpoint) -> bool {
        self.needed().contains_key(endpoint.as_str())
    }

    /// Takes note of an answer from there.
    pub fn note_answer(&self, endpoint: &Endpoint, version: Version, status: StatusCode, was_in_chunks: bool) {
        if was_in_chunks && refuses_chunks(status) {
            self.note(endpoint, Need::Always);
        } else if version < Version::HTTP_11 {
            self.note(endpoint, Need::UntilHeardOtherwise);
        } else {
            self.needed().retain(|known, need| *need == Need::Always || known != endpoint.as_str());
        }
    }

    /// Takes note that a message in chunks was accepted there before its end had been sent.
    pub fn note_early_answer(&self, endpoint: &Endpoint) {
        self.note(endpoint, Need::Always);
    }

    /// Takes note that a message in chunks went there, and the connection broke before there was an answer.
    pub fn note_no_answer(&self, endpoint: &Endpoint) {
        self.note(endpoint, Need::UntilHeardOtherwise);
    }

    /// Room for a message to wait in.
    pub fn buffer(&self) -> BufferedMessage {
        let room = Arc::clone(&self.room);
        BufferedMessage { room, taken: None, full: Vec::new(), last: BytesMut::new() }
    }

    fn note(&self, endpoint: &Endpoint, need: Need) {
        let mut needed = self.needed();
        if needed.len() >= MOST_ENDPOINTS {
            // What is forgotten is learned again, and no message is lost by it.
            needed.clear();
        }
        let known = needed.entry(endpoint.as_str().to_owned()).or_insert(need);
        if need == Need::Always {
            *known = need;
        }
    }

    fn needed(&self) -> MutexGuard<'_, HashMap<String, Need>> {
        self.needed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A message that waits in memory until it is here whole. Its room is given back when this is dropped.
#[derive(Debug)]
pub(in crate::router) struct BufferedMessage {
    room: Arc<Semaphore>,
    taken: Option<OwnedSemaphorePermit>,
    full: Vec<Bytes>,
    last: BytesMut,
}

/// So many messages wait that there is no room for more.
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

    /// What has come, in pieces.
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
        let full = mem::replace(&mut self.last, BytesMut::with_capacity(PIECE));
        if !full.is_empty() {
            self.full.push(full.freeze());
        }
        Ok(())
    }
}
