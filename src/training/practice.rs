use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use bytes::Bytes;
use futures_util::StreamExt;
use jiff::Timestamp;
use subtle::ConstantTimeEq;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::letter_line::{LetterListener, Receiving};
use crate::memo::{Header, MAX_MESSAGE_BYTES, MemoError, Reader};
use crate::private_files;
use crate::router::{PracticePort, Receipt, ReceiptStatus, RouterCertificate, RouterError, takes_with_certificate};
use crate::rules::HeaderName;
use crate::secrets::Secret;
use crate::store::CertificateChoice;

/// How a practice fagsystem answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PracticeAnswer {
    /// Accepts every message.
    Accept,
    /// Rejects every message.
    Reject,
    /// Says that it is unavailable.
    Unavailable,
    /// Accepts, after so long.
    Slow(Duration),
}

/// The text named no way to answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("answer with accept, reject, unavailable or slow:<milliseconds>")]
pub struct UnknownAnswer;

impl FromStr for PracticeAnswer {
    type Err = UnknownAnswer;

    fn from_str(text: &str) -> Result<Self, UnknownAnswer> {
        match text {
            "accept" => Ok(Self::Accept),
            "reject" => Ok(Self::Reject),
            "unavailable" => Ok(Self::Unavailable),
            _ => {
                let milliseconds = text.strip_prefix("slow:").and_then(|number| number.parse().ok());
                milliseconds.map(|number| Self::Slow(Duration::from_millis(number))).ok_or(UnknownAnswer)
            }
        }
    }
}

/// What a practice fagsystem does with a whole message. The default accepts it, keeps nothing and wants nothing of the caller.
#[derive(Clone, Default)]
pub struct Practice {
    /// The receipt that it answers with; `None` stands for [`PracticeAnswer::Accept`].
    pub answer: Option<PracticeAnswer>,
    /// The HTTP status in place of the answer's own. Alone, without answer and body, it comes with an empty body.
    pub status: Option<StatusCode>,
    /// The body in place of the receipt; `{messageUUID}` in it becomes the message's.
    pub body: Option<Vec<u8>>,
    /// The body's `Content-Type`; without it, JSON or plain text as the body is.
    pub content_type: Option<HeaderValue>,
    /// Where each whole message is stored as `<messageUUID>.xml`. They are letters: nobody but the directory's owner may
    /// look into it from then on.
    pub keep: Option<PathBuf>,
    /// The header that callers must show, and its value.
    pub wanted_header: Option<(HeaderName, Secret)>,
    /// Whether callers must show a client certificate that one of the port's issuers has issued.
    pub wants_certificate: bool,
    /// Hears of each letter when it has been answered.
    pub listener: Option<LetterListener>,
}

/// A fagsystem to practise with: takes messages at any path, as a real one would, and answers as it was listener.
#[derive(Debug)]
pub struct PracticeFagsystem {
    address: SocketAddr,
    certificate: Option<RouterCertificate>,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    has_closed: bool,
}

/// Why a practice fagsystem cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// The directory for the messages cannot be used.
    #[error(transparent)]
    Directory(#[from] io::Error),
    /// Its port cannot be opened.
    #[error(transparent)]
    Port(#[from] RouterError),
}

impl PracticeFagsystem {
    /// Starts one that answers so, without TLS. With `keep` it stores each whole message there.
    ///
    /// # Errors
    ///
    /// The address cannot be listened on; the directory cannot be made, belongs to somebody else or is shared by many.
    pub async fn start(listen: SocketAddr, answer: PracticeAnswer, keep: Option<PathBuf>) -> io::Result<Self> {
        let open = || PracticePort::open(listen, &CertificateChoice::None, None, Path::new(""));
        let practice = Practice { answer: Some(answer), keep, ..Practice::default() };
        Self::start_at(open, practice).await.map_err(|error| match error {
            PracticeError::Directory(error) | PracticeError::Port(RouterError::Listen { source: error, .. }) => error,
            PracticeError::Port(error) => io::Error::other(error),
        })
    }

    /// Starts one at the port that this opens, once the directory for the messages is there.
    ///
    /// # Errors
    ///
    /// See [`PracticeError`]. The directory must not belong to somebody else or be shared by many.
    pub async fn start_at(
        open: impl FnOnce() -> Result<PracticePort, RouterError>,
        practice: Practice,
    ) -> Result<Self, PracticeError> {
        let has_closed = match practice.keep.clone() {
            None => false,
            Some(directory) => blocking(move || private_files::directory(&directory)).await?,
        };
        let port = open()?;
        let (address, certificate, stop) = (port.address(), port.certificate(), CancellationToken::new());
        let routes = Router::new().fallback(receive).with_state(Arc::new(practice));
        let serving = tokio::spawn(port.serve(routes, stop.clone()));
        Ok(Self { address, certificate, stop, serving, has_closed })
    }

    /// Whether others could look into the directory for the messages until it was started.
    #[must_use]
    pub fn has_closed_directory(&self) -> bool {
        self.has_closed
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate that it shows; `None`: what is sent to it is not encrypted.
    #[must_use]
    pub fn certificate(&self) -> Option<&RouterCertificate> {
        self.certificate.as_ref()
    }

    /// Takes no more messages, and returns when those under way are answered.
    pub async fn stop(self) {
        self.stop.cancel();
        let _ = self.serving.await;
    }
}

/// Takes a call. It is told of also where the caller has gone before it was answered.
async fn receive(State(practice): State<Arc<Practice>>, request: Request) -> Response {
    let has_certificate = takes_with_certificate(&request);
    let (head, body) = request.into_parts();
    if head.method != Method::POST {
        return StatusCode::NO_CONTENT.into_response();
    }
    let mut receiving = Receiving::begin(practice.listener.clone());
    if let Err(denied) = practice.lets_in(&head.headers, has_certificate) {
        discard(body).await;
        return receiving.answered(*denied);
    }
    let received = match &practice.keep {
        None => read(body, None, &mut receiving).await,
        Some(directory) => keep(body, directory, &mut receiving).await,
    };
    let answer = match received {
        Ok(header) => practice.answer(&header).await,
        Err(why) => why.answer(),
    };
    receiving.answered(answer)
}

/// An answer, and what it says in a word.
pub(super) struct PracticeReply {
    pub response: Response,
    pub says: String,
}

impl PracticeReply {
    /// A receipt.
    fn receipt(http: StatusCode, about: Option<&Header>, status: ReceiptStatus, error: Option<(&str, String)>) -> Self {
        let says = error.as_ref().map_or_else(|| "COMPLETED".to_owned(), |(code, _)| (*code).to_owned());
        let (error_code, error_message) = error.map(|(code, words)| (code.to_owned(), words)).unzip();
        let receipt = Receipt {
            transmission_id: Uuid::new_v4(),
            message_uuid: about.map(|header| header.message_uuid.to_string()),
            receipt_status: status,
            error_code,
            error_message,
            time_stamp: Timestamp::now(),
        };
        Self { response: (http, Json(receipt)).into_response(), says }
    }

    fn refusal(http: StatusCode, about: Option<&Header>, code: &str, words: impl Into<String>) -> Self {
        Self::receipt(http, about, ReceiptStatus::Invalid, Some((code, words.into())))
    }
}

impl Practice {
    /// Whether the caller shows what is wanted of it.
    fn lets_in(&self, headers: &HeaderMap, has_certificate: bool) -> Result<(), Box<PracticeReply>> {
        // Words and no receipt: with one that says NOT_ALLOWED the letter would be rejected, and go back to its sender, where
        // only a key has to be renewed.
        let not_allowed = |words: String| {
            let response = (StatusCode::UNAUTHORIZED, words).into_response();
            Box::new(PracticeReply { response, says: "oevelse.ingen_adgang".to_owned() })
        };
        if self.wants_certificate && !has_certificate {
            return Err(not_allowed("a client certificate is wanted, and none was shown".to_owned()));
        }
        let Some((name, secret)) = &self.wanted_header else { return Ok(()) };
        match headers.get(name.as_str()) {
            None => Err(not_allowed(format!("the header {name} is wanted, and was not there"))),
            Some(shown) if bool::from(shown.as_bytes().ct_eq(secret.reveal().as_bytes())) => Ok(()),
            Some(_) => Err(not_allowed(format!("the value of the header {name} is another one"))),
        }
    }

    /// Answers a whole message as it was told to.
    async fn answer(&self, about: &Header) -> PracticeReply {
        if let Some(PracticeAnswer::Slow(pause)) = self.answer {
            tokio::time::sleep(pause).await;
        }
        let mut reply = self.receipt(about);
        if let Some(status) = self.status {
            *reply.response.status_mut() = status;
        }
        let is_bare = self.status.is_some() && self.answer.is_none();
        if self.body.is_some() || is_bare {
            let body = self.body.as_deref().map(|body| with_uuid(body, about)).unwrap_or_default();
            reply.says = if body.is_empty() { "an empty body".to_owned() } else { "a body of its own".to_owned() };
            let content_type = (!body.is_empty()).then(|| media_type(&body));
            *reply.response.body_mut() = Body::from(body);
            let headers = reply.response.headers_mut();
            headers.remove(header::CONTENT_LENGTH);
            headers.remove(header::CONTENT_TYPE);
            headers.extend(content_type.map(|content_type| (header::CONTENT_TYPE, content_type)));
        }
        if let Some(content_type) = &self.content_type {
            reply.response.headers_mut().insert(header::CONTENT_TYPE, content_type.clone());
        }
        reply
    }

    /// The receipt of its answer.
    fn receipt(&self, about: &Header) -> PracticeReply {
        match self.answer {
            None | Some(PracticeAnswer::Accept | PracticeAnswer::Slow(_)) => {
                PracticeReply::receipt(StatusCode::OK, Some(about), ReceiptStatus::Completed, None)
            }
            Some(PracticeAnswer::Reject) => {
                let words = "the practice business system rejects every message";
                PracticeReply::refusal(StatusCode::UNPROCESSABLE_ENTITY, Some(about), "oevelse.afvist", words)
            }
            Some(PracticeAnswer::Unavailable) => {
                let words = "the practice business system is unavailable";
                PracticeReply::refusal(StatusCode::SERVICE_UNAVAILABLE, Some(about), "oevelse.utilgaengeligt", words)
            }
        }
    }
}

/// The body with the message's UUID where it asks for that.
fn with_uuid(body: &[u8], about: &Header) -> Vec<u8> {
    match std::str::from_utf8(body) {
        Ok(text) => text.replace("{messageUUID}", about.message_uuid.as_str()).into_bytes(),
        Err(_) => body.to_vec(),
    }
}

fn media_type(body: &[u8]) -> HeaderValue {
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
    HeaderValue::from_static(if is_json { "application/json" } else { "text/plain; charset=utf-8" })
}

/// Why a message was not received.
#[derive(Debug, thiserror::Error)]
enum NotReceived {
    #[error(transparent)]
    Memo(#[from] MemoError),
    #[error("the message was broken off")]
    BrokenOff,
    #[error("the message could not be stored: {0}")]
    NotStored(#[from] io::Error),
}

impl NotReceived {
    fn answer(&self) -> PracticeReply {
        let (status, code) = match self {
            Self::NotStored(_) => (StatusCode::SERVICE_UNAVAILABLE, "oevelse.ikke_gemt"),
            Self::Memo(MemoError::TooLarge) => (StatusCode::PAYLOAD_TOO_LARGE, "memo.for_stor"),
            Self::Memo(_) | Self::BrokenOff => (StatusCode::BAD_REQUEST, "memo.ugyldig"),
        };
        let mut reply = PracticeReply::refusal(status, None, code, self.to_string());
        reply.says = format!("{code}: {self}");
        reply
    }
}

async fn read(body: Body, mut file: Option<&mut File>, receiving: &mut Receiving) -> Result<Header, NotReceived> {
    let mut reader = Reader::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk: Bytes = chunk.map_err(|_| NotReceived::BrokenOff)?;
        let fed = reader.feed(&chunk);
        receiving.has(reader.bytes(), reader.header());
        fed?;
        if let Some(file) = &mut file {
            file.write_all(&chunk).await?;
        }
    }
    Ok(reader.finish()?)
}

/// Reads what a caller sends that is not let in, so that it is ready to hear why.
async fn discard(body: Body) {
    let mut left = MAX_MESSAGE_BYTES;
    let mut chunks = body.into_data_stream();
    while let Some(Ok(chunk)) = chunks.next().await {
        let Some(still_left) = left.checked_sub(chunk.len() as u64) else { return };
        left = still_left;
    }
}

/// Does in a thread of its own what may wait for a disk.
async fn blocking<T: Send + 'static>(what: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(what).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Stores the message under another name until it is whole.
async fn keep(body: Body, directory: &Path, receiving: &mut Receiving) -> Result<Header, NotReceived> {
    let unfinished = directory.join(format!("{}.part", Uuid::new_v4()));
    let stored = async {
        let path = unfinished.clone();
        let mut file = File::from_std(blocking(move || private_files::create(&path)).await?);
        let header = read(body, Some(&mut file), receiving).await?;
        file.sync_all().await?;
        fs::rename(&unfinished, directory.join(format!("{}.xml", header.message_uuid))).await?;
        Ok(header)
    };
    let stored = stored.await;
    if stored.is_err() {
        let _ = fs::remove_file(&unfinished).await;
    }
    stored
}
