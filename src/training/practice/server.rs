//! The practice fagsystem as a server.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::behaviour::{Practice, PracticeAnswer};
use super::letter_line::Receiving;
use super::reply::PracticeReply;
use crate::memo::{Header, MAX_MESSAGE_BYTES, MemoError, Reader};
use crate::private_files;
use crate::router::{PracticePort, RouterCertificate, RouterError, takes_with_certificate};
use crate::store::CertificateChoice;

/// A fagsystem to practise with. It receives messages at any path and answers as configured.
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
    /// Starts one without TLS. With `keep` it stores each complete message in that directory.
    ///
    /// # Errors
    ///
    /// The address cannot be listened on; or the directory cannot be created, belongs to another user or is shared.
    pub async fn start(listen: SocketAddr, answer: PracticeAnswer, keep: Option<PathBuf>) -> io::Result<Self> {
        let open = || PracticePort::open(listen, &CertificateChoice::None, None, Path::new(""));
        let practice = Practice { answer: Some(answer), keep, ..Practice::default() };
        Self::start_at(open, practice).await.map_err(|error| match error {
            PracticeError::Directory(error) | PracticeError::Port(RouterError::Listen { source: error, .. }) => error,
            PracticeError::Port(error) => io::Error::other(error),
        })
    }

    /// Starts one at the port that `open` opens, after the directory for messages has been created.
    ///
    /// # Errors
    ///
    /// See [`PracticeError`]. The directory must not belong to another user or be shared.
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

    /// Whether the directory for messages was open to others before.
    #[must_use]
    pub fn has_closed_directory(&self) -> bool {
        self.has_closed
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its TLS certificate; `None` without TLS.
    #[must_use]
    pub fn certificate(&self) -> Option<&RouterCertificate> {
        self.certificate.as_ref()
    }

    /// Stops accepting messages, and returns when those under way are answered.
    pub async fn stop(self) {
        self.stop.cancel();
        let _ = self.serving.await;
    }
}

/// Handles a request. The listener hears of it even if the caller disconnects before the answer.
async fn receive(State(practice): State<Arc<Practice>>, request: Request) -> Response {
    let has_certificate = takes_with_certificate(&request);
    let (head, body) = request.into_parts();
    if head.method != Method::POST {
        return StatusCode::NO_CONTENT.into_response();
    }
    let mut receiving = Receiving::begin(practice.listener.clone());
    if let Err(denied) = practice.lets_in(&head.headers, has_certificate) {
        discard(body.into_data_stream()).await;
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

/// Why a message was not received.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotReceived {
    #[error(transparent)]
    Memo(#[from] MemoError),
    #[error("the message was broken off")]
    BrokenOff,
    #[error("the message could not be stored: {0}")]
    NotStored(#[from] io::Error),
}

impl NotReceived {
    pub fn answer(&self) -> PracticeReply {
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

/// Reads the rest of a refused message, so that the caller gets to reading the answer.
pub(super) async fn discard(mut chunks: BodyDataStream) {
    let mut left = MAX_MESSAGE_BYTES;
    while let Some(Ok(chunk)) = chunks.next().await {
        let Some(still_left) = left.checked_sub(chunk.len() as u64) else { return };
        left = still_left;
    }
}

/// Runs blocking file operations off the async threads.
async fn blocking<T: Send + 'static>(what: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(what).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Stores the message, under a temporary name until it is complete.
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
