use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use futures_util::StreamExt;
use jiff::Timestamp;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::memo::{MemoError, MessageUuid, Reader};
use crate::private_files;
use crate::router::{Receipt, ReceiptStatus};

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

/// A fagsystem to practise with: takes messages at any path, as a real one would, and answers as it was told.
#[derive(Debug)]
pub struct PracticeFagsystem {
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    has_closed: bool,
}

#[derive(Debug)]
struct Practice {
    answer: PracticeAnswer,
    keep: Option<PathBuf>,
}

impl PracticeFagsystem {
    /// Starts one. With `keep` it stores each whole message that it received there, as `<messageUUID>.xml`. They are letters:
    /// nobody but the directory's owner may look into it from now on.
    ///
    /// # Errors
    ///
    /// The address cannot be listened on; the directory cannot be made, belongs to somebody else or is shared by many.
    pub async fn start(listen: SocketAddr, answer: PracticeAnswer, keep: Option<PathBuf>) -> io::Result<Self> {
        let has_closed = match keep.clone() {
            None => false,
            Some(directory) => blocking(move || private_files::directory(&directory)).await?,
        };
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let stop = CancellationToken::new();
        let routes = Router::new().fallback(receive).with_state(Arc::new(Practice { answer, keep }));
        let stopped = stop.clone().cancelled_owned();
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).with_graceful_shutdown(stopped).await {
                tracing::error!(%error, "the practice business system stopped listening");
            }
        });
        Ok(Self { address, stop, serving, has_closed })
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

    /// Takes no more messages, and returns when those under way are answered.
    pub async fn stop(self) {
        self.stop.cancel();
        let _ = self.serving.await;
    }
}

async fn receive(State(practice): State<Arc<Practice>>, method: Method, body: Body) -> Response {
    if method != Method::POST {
        return StatusCode::NO_CONTENT.into_response();
    }
    let received = match &practice.keep {
        None => read(body, None).await,
        Some(directory) => keep(body, directory).await,
    };
    let message_uuid = match received {
        Ok(message_uuid) => message_uuid,
        Err(NotReceived::NotStored(error)) => {
            let words = format!("the message could not be stored: {error}");
            let refusal = receipt(None, ReceiptStatus::Invalid, Some(("oevelse.ikke_gemt", words)));
            return (StatusCode::SERVICE_UNAVAILABLE, refusal).into_response();
        }
        Err(error) => {
            let refusal = receipt(None, ReceiptStatus::Invalid, Some(("memo.ugyldig", error.to_string())));
            return (StatusCode::BAD_REQUEST, refusal).into_response();
        }
    };
    let accepted = || receipt(Some(message_uuid), ReceiptStatus::Completed, None).into_response();
    let refused = |status: StatusCode, code, words: &str| {
        let refusal = receipt(Some(message_uuid), ReceiptStatus::Invalid, Some((code, words.to_owned())));
        (status, refusal).into_response()
    };
    match practice.answer {
        PracticeAnswer::Accept => accepted(),
        PracticeAnswer::Slow(pause) => {
            tokio::time::sleep(pause).await;
            accepted()
        }
        PracticeAnswer::Reject => refused(
            StatusCode::UNPROCESSABLE_ENTITY,
            "oevelse.afvist",
            "the practice business system rejects every message",
        ),
        PracticeAnswer::Unavailable => refused(
            StatusCode::SERVICE_UNAVAILABLE,
            "oevelse.utilgaengeligt",
            "the practice business system is unavailable",
        ),
    }
}

fn receipt(message_uuid: Option<MessageUuid>, status: ReceiptStatus, error: Option<(&str, String)>) -> Json<Receipt> {
    let (error_code, error_message) = error.map(|(code, words)| (code.to_owned(), words)).unzip();
    Json(Receipt {
        transmission_id: Uuid::new_v4(),
        message_uuid: message_uuid.map(|uuid| uuid.to_string()),
        receipt_status: status,
        error_code,
        error_message,
        time_stamp: Timestamp::now(),
    })
}

#[derive(Debug, thiserror::Error)]
enum NotReceived {
    #[error(transparent)]
    Memo(#[from] MemoError),
    #[error("the message was broken off")]
    BrokenOff,
    #[error("the message could not be stored: {0}")]
    NotStored(#[from] io::Error),
}

async fn read(body: Body, mut file: Option<&mut File>) -> Result<MessageUuid, NotReceived> {
    let mut reader = Reader::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| NotReceived::BrokenOff)?;
        reader.feed(&chunk)?;
        if let Some(file) = &mut file {
            file.write_all(&chunk).await?;
        }
    }
    Ok(reader.finish()?.message_uuid)
}

/// Does in a thread of its own what may wait for a disk.
async fn blocking<T: Send + 'static>(what: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(what).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Stores the message under another name until it is whole.
async fn keep(body: Body, directory: &Path) -> Result<MessageUuid, NotReceived> {
    let unfinished = directory.join(format!("{}.part", Uuid::new_v4()));
    let stored = async {
        let path = unfinished.clone();
        let mut file = File::from_std(blocking(move || private_files::create(&path)).await?);
        let message_uuid = read(body, Some(&mut file)).await?;
        file.sync_all().await?;
        fs::rename(&unfinished, directory.join(format!("{message_uuid}.xml"))).await?;
        Ok(message_uuid)
    };
    let stored = stored.await;
    if stored.is_err() {
        let _ = fs::remove_file(&unfinished).await;
    }
    stored
}
