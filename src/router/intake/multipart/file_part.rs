use axum::body::Body;
use bytes::Bytes;
use futures_util::StreamExt;

use super::error::MultipartError;
use super::parameters::{Ambiguous, Parameters, trimmed};
use super::parts::{FormPiece, Parts};
use super::shared_body::SharedBody;

/// The name of the part that holds the message.
const PART_NAME: &[u8] = b"file";
/// The most bytes of a form besides the message.
const MAX_OTHER_BYTES: u64 = crate::memo::MAX_MESSAGE_BYTES;
/// The most parts of a form, including the message.
const MAX_PARTS: usize = 1000;

/// The message in a `multipart/form-data` body, which is how Digital Post's REST push delivers.
///
/// Other parts are skipped. A second message in the same call is refused, because one answer cannot speak of two.
pub(in crate::router) struct FilePart {
    body: SharedBody,
    parts: Parts,
    state: State,
    /// How many parts have begun.
    begun: usize,
    /// How many bytes have been skipped.
    passed_over: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Within,
    After,
}

impl FilePart {
    pub fn new(body: SharedBody, content_type: &Parameters<'_>) -> Result<Self, MultipartError> {
        let boundary = content_type.get("boundary");
        let boundary = boundary.map_err(|Ambiguous| MultipartError::Format("it has more than one boundary"))?;
        let parts = Parts::new(boundary.unwrap_or_default())?;
        Ok(Self { body, parts, state: State::Before, begun: 0, passed_over: 0 })
    }

    /// The next bytes of the message; `None` when the whole form has come and contained one message.
    pub async fn next(&mut self) -> Result<Option<Bytes>, MultipartError> {
        loop {
            match self.parts.next()? {
                FormPiece::Content(bytes) if self.state == State::Within => return Ok(Some(bytes)),
                FormPiece::Content(bytes) | FormPiece::Outside(bytes) => self.pass_over(bytes.len())?,
                FormPiece::Head(head) => self.begin(&head)?,
                FormPiece::Wanting => {
                    let bytes = self.body.next().await.transpose().map_err(|_| MultipartError::BrokenOff)?;
                    self.parts.push(bytes);
                }
                FormPiece::End if self.state == State::Before => {
                    return Err(MultipartError::Format("it has no part named 'file'"));
                }
                FormPiece::End => return Ok(None),
            }
        }
    }

    fn begin(&mut self, head: &[u8]) -> Result<(), MultipartError> {
        self.begun += 1;
        if self.begun > MAX_PARTS {
            return Err(MultipartError::Format("it has too many parts"));
        }
        self.state = match (self.state, is_message(head)?) {
            (State::Before, true) => State::Within,
            (State::Before, false) => State::Before,
            (_, true) => return Err(MultipartError::Format("it has more than one part named 'file'")),
            (_, false) => State::After,
        };
        Ok(())
    }

    fn pass_over(&mut self, bytes: usize) -> Result<(), MultipartError> {
        self.passed_over += bytes as u64;
        let is_too_much = self.passed_over > MAX_OTHER_BYTES;
        if is_too_much { Err(MultipartError::Format("it holds too much besides the message")) } else { Ok(()) }
    }
}

/// Whether a part with those headers is the message. A part that would have to be decoded is refused: the fagsystem gets
/// exactly what came.
fn is_message(head: &[u8]) -> Result<bool, MultipartError> {
    let lines = unfolded(head)?;
    let headers = lines.iter().map(|line| {
        let (name, value) = line.split_at(line.iter().position(|byte| *byte == b':')?);
        Some((trimmed(name), trimmed(&value[1..])))
    });
    let headers: Vec<_> = headers.collect::<Option<_>>().ok_or(UNREADABLE)?;
    let of = |wanted: &'static str| {
        let is_wanted = move |header: &&(&[u8], _)| header.0.eq_ignore_ascii_case(wanted.as_bytes());
        headers.iter().filter(is_wanted).map(|header| header.1)
    };
    let mut dispositions = of("content-disposition");
    let Some(disposition) = dispositions.next() else { return Ok(false) };
    let disposition = Parameters::read(disposition).map_err(|Ambiguous| UNREADABLE)?;
    if dispositions.next().is_some() {
        return Err(UNREADABLE);
    }
    let name = disposition.get("name").map_err(|Ambiguous| UNREADABLE)?;
    if !disposition.kind.eq_ignore_ascii_case(b"form-data") || name != Some(PART_NAME) {
        return Ok(false);
    }
    let is_one_of = |value: &[u8], plain: &[&str]| plain.iter().any(|it| value.eq_ignore_ascii_case(it.as_bytes()));
    if !of("content-transfer-encoding").all(|value| is_one_of(value, &["", "7bit", "8bit", "binary"])) {
        return Err(MultipartError::Format(
            "its part named 'file' is coded (Content-Transfer-Encoding); send the message as it is",
        ));
    }
    if !of("content-encoding").all(|value| is_one_of(value, &["", "identity"])) {
        return Err(MultipartError::Format(
            "its part named 'file' is compressed (Content-Encoding); send the message as it is",
        ));
    }
    let is_several = |value: &[u8]| value.get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case(b"multipart/"));
    if of("content-type").any(is_several) {
        return Err(MultipartError::Format(
            "its part named 'file' has parts of its own; send one message in each call",
        ));
    }
    Ok(true)
}

const UNREADABLE: MultipartError = MultipartError::Format("the headers of one of its parts cannot be read");

/// The header lines, with folded ones joined. Anything that other programs may read as the end of a line is refused.
fn unfolded(head: &[u8]) -> Result<Vec<Vec<u8>>, MultipartError> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for line in head.split_inclusive(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r\n").unwrap_or(line)) {
        if line.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            return Err(UNREADABLE);
        }
        match line {
            [b' ' | b'\t', ..] => lines.last_mut().ok_or(UNREADABLE)?.extend_from_slice(line),
            line => lines.push(line.to_vec()),
        }
    }
    Ok(lines)
}

/// Reads the message from a whole form as the router would.
///
/// `content_type` is the header of the call, with the boundary.
///
/// # Errors
///
/// The form does not contain exactly one message that can be read.
pub async fn message_of_form(content_type: &str, form: Body) -> Result<Vec<u8>, MultipartError> {
    let content_type = Parameters::read(content_type.as_bytes());
    let content_type = content_type.map_err(|Ambiguous| MultipartError::Format("its Content-Type cannot be read"))?;
    let mut part = FilePart::new(SharedBody::new(form), &content_type)?;
    let mut message = Vec::new();
    while let Some(bytes) = part.next().await? {
        message.extend_from_slice(&bytes);
    }
    Ok(message)
}
