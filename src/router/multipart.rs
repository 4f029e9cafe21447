use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use futures_util::Stream;
use multer::{Field, Multipart};

/// The name of the part that holds the message.
const PART_NAME: &str = "file";
/// The most bytes that may have been taken in and not given out when more comes: part headers, and what lies before a
/// boundary. The parser searches all of them anew each time.
const MOST_HELD: usize = 64 * 1024;
/// The longest boundary that the format allows (RFC 2046, §5.1.1).
const MAX_BOUNDARY: usize = 70;

/// The message within a `multipart/form-data` body, the shape in which Digital Post's REST push delivers.
///
/// Other parts are passed over; a second message in the same call is refused, for one answer cannot speak of two.
pub(super) struct FilePart {
    multipart: Multipart<'static>,
    field: Option<Field<'static>>,
    state: State,
    held: Arc<AtomicUsize>,
}

/// Why the message cannot be had out of a form. Says nothing of what the form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MultipartError {
    /// The form is not written as it must be, or is not one message; the words say in which way.
    #[error("the multipart/form-data cannot be read: {0}")]
    Format(&'static str),
    /// The connection ended before the form did.
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
    pub fn new(body: SharedBody, content_type: &str) -> Result<Self, MultipartError> {
        let boundary = multer::parse_boundary(content_type);
        let boundary = boundary.map_err(|_| MultipartError::Format("its boundary is missing"))?;
        if boundary.len() > MAX_BOUNDARY {
            return Err(MultipartError::Format("its boundary is too long"));
        }
        let held = Arc::new(AtomicUsize::new(0));
        let body = OneAtATime { body, held: Arc::clone(&held), may_give: true };
        Ok(Self { multipart: Multipart::new(body, boundary), field: None, state: State::Before, held })
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

/// The message within a whole form, read as the router reads one that arrives: what a form comes to, without a router.
///
/// `content_type` is the call's header, with the boundary in it.
///
/// # Errors
///
/// There is not one message to be had out of the form.
pub async fn message_of_form(content_type: &str, form: Body) -> Result<Vec<u8>, MultipartError> {
    let mut part = FilePart::new(SharedBody::new(form), content_type)?;
    let mut message = Vec::new();
    while let Some(bytes) = part.next().await? {
        message.extend_from_slice(&bytes);
    }
    Ok(message)
}

fn explained(error: multer::Error) -> MultipartError {
    match error {
        multer::Error::StreamReadFailed(error) if error.is::<TooMuchHeld>() => {
            MultipartError::Format("its parts have too long headers")
        }
        multer::Error::StreamReadFailed(_) => MultipartError::BrokenOff,
        multer::Error::IncompleteStream
        | multer::Error::IncompleteFieldData { .. }
        | multer::Error::IncompleteHeaders => MultipartError::Format("it ends before its last part does"),
        _ => MultipartError::Format("its parts do not follow the format"),
    }
}

#[derive(Debug, thiserror::Error)]
#[error("too much is held")]
struct TooMuchHeld;

/// The bytes of a call's body, which both the parser reads and, when that has given up, whoever throws away the rest.
#[derive(Clone)]
pub(super) struct SharedBody(Arc<Mutex<BodyDataStream>>);

impl SharedBody {
    pub fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(body.into_data_stream())))
    }
}

impl Stream for SharedBody {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_next(context)
    }
}

/// Gives the parser one chunk each time it asks. Left to itself it takes in whatever has arrived before it gives
/// anything out, and from a quick sender that is the whole message.
struct OneAtATime {
    body: SharedBody,
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
            if self.held.fetch_add(bytes.len(), Ordering::Relaxed) > MOST_HELD {
                return Poll::Ready(Some(Err(Box::new(TooMuchHeld))));
            }
        }
        next.map_err(Into::into)
    }
}
