use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// A request body that is handed over piece by piece.
///
/// Until its [last](ParcelFeed::give_last) piece has been given it can only end in an error, and the connection with
/// it: the receiver never sees a complete request.
pub(super) struct Parcel {
    pieces: mpsc::Receiver<Piece>,
    length: Option<u64>,
    is_taken: Arc<AtomicBool>,
}

/// The other end of a [`Parcel`]. Dropping it before the last piece has been given breaks the connection off.
pub(super) struct ParcelFeed {
    pieces: mpsc::Sender<Piece>,
    patience: Duration,
}

struct Piece {
    bytes: Bytes,
    is_last: bool,
}

/// Why the next piece could not be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FeedError {
    /// Nobody takes it any more.
    Gone,
    /// It was not taken in time.
    TooSlow,
}

#[derive(Debug, thiserror::Error)]
#[error("the message was broken off")]
pub(super) struct BrokenOff;

impl Parcel {
    /// A body of that many bytes, when that is known, each piece of which must be taken within `patience`.
    pub fn new(length: Option<u64>, patience: Duration) -> (Self, ParcelFeed) {
        let (sender, pieces) = mpsc::channel(1);
        let parcel = Self { pieces, length, is_taken: Arc::default() };
        (parcel, ParcelFeed { pieces: sender, patience })
    }

    /// Turns true when the connection has taken the last piece, to send it.
    pub fn taken(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_taken)
    }
}

impl ParcelFeed {
    pub async fn give(&self, bytes: Bytes) -> Result<(), FeedError> {
        self.send(Piece { bytes, is_last: false }).await
    }

    /// Returns when it has been taken: a fagsystem that has said yes beforehand must not be judged earlier.
    pub async fn give_last(&self, bytes: Bytes) -> Result<(), FeedError> {
        self.send(Piece { bytes, is_last: true }).await?;
        timeout(self.patience, self.pieces.closed()).await.map_err(|_| FeedError::TooSlow)
    }

    async fn send(&self, piece: Piece) -> Result<(), FeedError> {
        self.pieces.send_timeout(piece, self.patience).await.map_err(|error| match error {
            mpsc::error::SendTimeoutError::Timeout(_) => FeedError::TooSlow,
            mpsc::error::SendTimeoutError::Closed(_) => FeedError::Gone,
        })
    }
}

impl Body for Parcel {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        if self.is_end_stream() {
            return Poll::Ready(None);
        }
        let piece = ready!(self.pieces.poll_recv(context)).ok_or(BrokenOff);
        if piece.as_ref().is_ok_and(|piece| piece.is_last) {
            self.is_taken.store(true, Ordering::Release);
            self.pieces.close();
        }
        Poll::Ready(Some(piece.map(|piece| Frame::data(piece.bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.is_taken.load(Ordering::Acquire)
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}
