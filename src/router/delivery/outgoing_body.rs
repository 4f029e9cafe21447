//! The body of a call to a fagsystem, of which the last piece goes only when the router says so.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::router::intake::pace::Pace;

/// A request body that is handed over piece by piece.
///
/// Until its [last](BodyFeed::give_last) piece has been given it can only end in an error, and the connection with
/// it: the receiver never sees a complete request.
#[derive(Debug)]
pub struct OutgoingBody {
    pieces: mpsc::Receiver<Piece>,
    length: Option<u64>,
    end: End,
}

/// Whether the last piece has gone or will never go. Once it is one of the two it stays so.
#[derive(Debug, Clone, Default)]
pub struct End(Arc<AtomicU8>);

const OPEN: u8 = 0;
const TAKEN: u8 = 1;
const REVOKED: u8 = 2;

impl End {
    /// Sees to it that the last piece does not go any more; `false` when the connection has taken it already, to send
    /// it.
    #[must_use]
    pub fn revoke(&self) -> bool {
        self.set(REVOKED)
    }

    fn set(&self, state: u8) -> bool {
        let before = self.0.compare_exchange(OPEN, state, Ordering::AcqRel, Ordering::Acquire);
        before.is_ok() || before == Err(state)
    }

    /// Whether the connection has taken the last piece, to send it.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.0.load(Ordering::Acquire) == TAKEN
    }
}

/// The other end of a [`OutgoingBody`]. Dropping it before the last piece has been given breaks the connection off.
#[derive(Debug)]
pub struct BodyFeed {
    pieces: mpsc::Sender<Piece>,
    pace: Pace,
}

#[derive(Debug)]
struct Piece {
    bytes: Bytes,
    is_last: bool,
}

/// Why the next piece could not be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedError {
    /// Nobody takes it any more.
    Gone,
    /// It was not taken in time.
    TooSlow,
}

/// The message was broken off before its last piece went.
#[derive(Debug, thiserror::Error)]
#[error("the message was broken off")]
pub struct BrokenOff;

impl OutgoingBody {
    /// A body of that many bytes, when that is known, for each piece of which the receiver has so much time, and for all
    /// of them no more besides what a slow line needs.
    #[must_use]
    pub fn new(length: Option<u64>, patience: Duration) -> (Self, BodyFeed) {
        let (sender, pieces) = mpsc::channel(1);
        let body = Self { pieces, length, end: End::default() };
        (body, BodyFeed { pieces: sender, pace: Pace::new(patience, patience) })
    }

    /// Whether it goes out in chunks, since nobody knows its length beforehand.
    #[must_use]
    pub fn is_in_chunks(&self) -> bool {
        self.length.is_none()
    }

    /// Tells, and settles, whether the connection takes the last piece.
    #[must_use]
    pub fn end(&self) -> End {
        self.end.clone()
    }
}

impl BodyFeed {
    /// Returns when there is room for the next piece, which is not the last one.
    ///
    /// # Errors
    ///
    /// When nobody takes it any more, or not in time.
    pub async fn give(&mut self, bytes: Bytes) -> Result<(), FeedError> {
        self.send(Piece { bytes, is_last: false }).await
    }

    /// Returns when it has been taken: a fagsystem that has said yes beforehand must not be judged earlier.
    ///
    /// # Errors
    ///
    /// When nobody takes it any more, or not in time.
    pub async fn give_last(&mut self, bytes: Bytes) -> Result<(), FeedError> {
        self.send(Piece { bytes, is_last: true }).await?;
        timeout(self.pace.patience(), self.pieces.closed()).await.map_err(|_| FeedError::TooSlow)
    }

    async fn send(&mut self, piece: Piece) -> Result<(), FeedError> {
        let (begun, length) = (Instant::now(), piece.bytes.len());
        let sent = self.pieces.send_timeout(piece, self.pace.patience()).await;
        self.pace.waited(begun.elapsed(), length);
        sent.map_err(|error| match error {
            mpsc::error::SendTimeoutError::Timeout(_) => FeedError::TooSlow,
            mpsc::error::SendTimeoutError::Closed(_) => FeedError::Gone,
        })
    }
}

impl Body for OutgoingBody {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        if self.is_end_stream() {
            return Poll::Ready(None);
        }
        let Some(piece) = ready!(self.pieces.poll_recv(context)) else { return Poll::Ready(Some(Err(BrokenOff))) };
        if piece.is_last {
            if !self.end.set(TAKEN) {
                return Poll::Ready(Some(Err(BrokenOff)));
            }
            self.pieces.close();
        }
        Poll::Ready(Some(Ok(Frame::data(piece.bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.end.is_taken()
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}
