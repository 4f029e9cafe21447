//! The body of a call to a fagsystem, whose last piece is only sent when the router says so.

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
use crate::store::Claim;

/// A request body that is fed piece by piece.
///
/// Until its [last](BodyFeed::give_last) piece has been fed it can only end in an error, which breaks the connection: the
/// receiver never sees a complete request.
#[derive(Debug)]
pub struct OutgoingBody {
    pieces: mpsc::Receiver<BodyPiece>,
    length: Option<u64>,
    claim: Claim,
    end: LastPiece,
}

/// Whether the connection has taken the last piece to send it, or never will. Either is final.
#[derive(Debug, Clone, Default)]
pub struct LastPiece(Arc<AtomicU8>);

const OPEN: u8 = 0;
const TAKEN: u8 = 1;
const REVOKED: u8 = 2;

impl LastPiece {
    /// Prevents the last piece from being sent; `false` when the connection has taken it already.
    #[must_use]
    pub fn revoke(&self) -> bool {
        self.set(REVOKED)
    }

    fn set(&self, state: u8) -> bool {
        let before = self.0.compare_exchange(OPEN, state, Ordering::AcqRel, Ordering::Acquire);
        before.is_ok() || before == Err(state)
    }

    /// Whether the connection has taken the last piece to send it.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.0.load(Ordering::Acquire) == TAKEN
    }
}

/// Feeds an [`OutgoingBody`]. Dropping it before the last piece breaks the connection.
#[derive(Debug)]
pub struct BodyFeed {
    pieces: mpsc::Sender<BodyPiece>,
    pace: Pace,
}

#[derive(Debug)]
struct BodyPiece {
    bytes: Bytes,
    is_last: bool,
}

/// Why the next piece could not be fed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedError {
    /// The connection has ended.
    Gone,
    /// The receiver did not take it in time.
    TooSlow,
}

/// The message ends before its last piece.
#[derive(Debug, thiserror::Error)]
#[error("the message was broken off")]
pub struct BrokenOff;

impl OutgoingBody {
    /// A body of that length, if it is known. The receiver has `wait_limit` for each piece, and for all of them together no
    /// more than that on top of what a slow line needs.
    #[must_use]
    pub fn new(length: Option<u64>, wait_limit: Duration) -> (Self, BodyFeed) {
        let (sender, pieces) = mpsc::channel(1);
        let body = Self { pieces, length, claim: Claim::alone(), end: LastPiece::default() };
        (body, BodyFeed { pieces: sender, pace: Pace::new(wait_limit, wait_limit) })
    }

    /// The same, whose last piece is only sent while that claim on the message holds.
    #[must_use]
    pub fn under(self, claim: Claim) -> Self {
        Self { claim, ..self }
    }

    /// The body of a call without one.
    #[must_use]
    pub fn none() -> Self {
        let end = LastPiece::default();
        end.set(TAKEN);
        Self { pieces: mpsc::channel(1).1, length: Some(0), claim: Claim::alone(), end }
    }

    /// Whether it is sent in chunks, because its length is not known beforehand.
    #[must_use]
    pub fn is_in_chunks(&self) -> bool {
        self.length.is_none()
    }

    /// Shows whether the last piece has been taken, and can prevent it.
    #[must_use]
    pub fn end(&self) -> LastPiece {
        self.end.clone()
    }
}

impl BodyFeed {
    /// Feeds a piece that is not the last. Returns when there is room for the next.
    ///
    /// # Errors
    ///
    /// The connection has ended, or the receiver is too slow.
    pub async fn give(&mut self, bytes: Bytes) -> Result<(), FeedError> {
        self.send(BodyPiece { bytes, is_last: false }).await
    }

    /// Feeds the last piece. Returns when it has been taken: a fagsystem that answered early must not be judged before.
    ///
    /// # Errors
    ///
    /// The connection has ended, or the receiver is too slow.
    pub async fn give_last(&mut self, bytes: Bytes) -> Result<(), FeedError> {
        self.send(BodyPiece { bytes, is_last: true }).await?;
        timeout(self.pace.wait_limit(), self.pieces.closed()).await.map_err(|_| FeedError::TooSlow)
    }

    async fn send(&mut self, piece: BodyPiece) -> Result<(), FeedError> {
        let (begun, length) = (Instant::now(), piece.bytes.len());
        let sent = self.pieces.send_timeout(piece, self.pace.wait_limit()).await;
        self.pace.record_wait(begun.elapsed(), length);
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
            if !self.claim.holds() || !self.end.set(TAKEN) {
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
