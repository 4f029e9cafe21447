use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::BodyDataStream;
use bytes::Bytes;
use futures_util::Stream;
use multer::{Field, Multipart};

/// The name of the part that holds the message.
const PART_NAME: &str = "file";
/// The most bytes that may be taken in and not yet given out: part headers, and what lies before a boundary.
const MOST_HELD: usize = 1024 * 1024;

/// The message within a `multipart/form-data` body, the shape in which Digital Post's REST push delivers.
///
/// Other parts are passed over; a second message in the same call is refused, for one answer cannot speak of two.
pub(super) struct FilePart {
    multipart: Multipart<'static>,
    field: Option<Field<'static>>,
    state: State,
    held: Arc<AtomicUsize>,
}

/// Why the message cannot be had out of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum MultipartError {
    #[error("the multipart/form-data cannot be read: {0}")]
    Format(&'static str),
    #[error("the body ended before it was whole")]
    BrokenOff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Within,
    After,
}

impl FilePart {
    pub fn new(body: BodyDataStream, boundary: String) -> Self {
        let held = Arc::new(AtomicUsize::new(0));
        let body = OneAtATime { body, held: Arc::clone(&held), may_give: true };
        Self { multipart: Multipart::new(body, boundary), field: None, state: State::Before, held }
    }

    pub async fn next(&mut self) -> Result<Option<Bytes>, MultipartError> {
        loop {
            if let Some(field) = &mut self.field {
                match field.chunk().await.map_err(explained)? {
                    Some(chunk) => {
                        self.held.fetch_sub(chunk.len(), Ordering::Relaxed);
                        if self.state == State::Within {
                            return Ok(Some(chunk));
                        }
                        continue;
                    }
                    None if self.state == State::Within => self.state = State::After,
                    None => {}
                }
                self.field = None;
            }
            let Some(field) = self.multipart.next_field().await.map_err(explained)? else {
                let no_part = MultipartError::Format("it has no part named 'file'");
                return if self.state == State::After { Ok(None) } else { Err(no_part) };
            };
            if field.name() == Some(PART_NAME) {
                if self.state != State::Before {
                    return Err(MultipartError::Format("it has more than one part named 'file'"));
                }
                self.state = State::Within;
            }
            self.field = Some(field);
        }
    }
}

fn explained(error: multer::Error) -> MultipartError {
    match error {
        multer::Error::StreamReadFailed(error) if error.is::<TooMuchHeld>() => {
            MultipartError::Format("its parts have too long headers")
        }
        multer::Error::StreamReadFailed(_)
        | multer::Error::IncompleteStream
        | multer::Error::IncompleteFieldData { .. }
        | multer::Error::IncompleteHeaders => MultipartError::BrokenOff,
        _ => MultipartError::Format("its parts do not follow the format"),
    }
}

#[derive(Debug, thiserror::Error)]
#[error("too much is held")]
struct TooMuchHeld;

/// Gives the parser one chunk each time it asks. Left to itself it takes in whatever has arrived before it gives
/// anything out, and from a quick sender that is the whole message.
struct OneAtATime {
    body: BodyDataStream,
    held: Arc<AtomicUsize>,
    may_give: bool,
}

impl Stream for OneAtATime {
    type Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !std::mem::replace(&mut self.may_give, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = Pin::new(&mut self.body).poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &next {
            self.may_give = false;
            if self.held.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len() > MOST_HELD {
                return Poll::Ready(Some(Err(Box::new(TooMuchHeld))));
            }
        }
        next.map_err(Into::into)
    }
}
