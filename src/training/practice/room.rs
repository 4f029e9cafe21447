//! The practice fagsystems of a municipality: all at one address of this machine, each at a path of its own.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::inbox::{InboxLetter, Inboxes, LetterFate, RoomSnapshot};
use super::mood::PracticeMood;
use super::reply::PracticeReply;
use super::server::{NotReceived, discard};
use crate::memo::{Header, LetterText, LetterTextReader, Reader};
use crate::router::{PracticePort, ReceiptStatus, RouterError, hang_up, takes_with_certificate};
use crate::rules::{Endpoint, is_loopback};
use crate::store::CertificateChoice;

/// What an unclear fagsystem says.
const UNCLEAR: &str = "<html><body><h1>Tak</h1></body></html>";

/// The practice fagsystems of a municipality, with their inboxes and [moods](PracticeMood). Whatever path a message comes to
/// is a fagsystem of its own, so none has to be announced. Everything is in memory and ends with the room.
#[derive(Debug)]
pub struct PracticeRoom {
    address: SocketAddr,
    desk: Arc<Desk>,
    stop: CancellationToken,
    serving: JoinHandle<()>,
}

impl PracticeRoom {
    /// How long a [slow](PracticeMood::Slow) fagsystem takes to answer.
    pub const SLOW_ANSWER: Duration = Duration::from_secs(6);

    /// Opens a room at that address of this machine.
    ///
    /// # Errors
    ///
    /// The address cannot be listened on, or is not on this machine alone.
    pub fn open(listen: SocketAddr) -> io::Result<Self> {
        Self::open_with(listen, Self::SLOW_ANSWER)
    }

    /// The same, where slow fagsystems take that long.
    ///
    /// # Errors
    ///
    /// See [`PracticeRoom::open`].
    pub fn open_with(listen: SocketAddr, slow_answer: Duration) -> io::Result<Self> {
        if !listen.ip().is_loopback() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "practice fagsystems stay on this machine"));
        }
        let port = PracticePort::open(listen, &CertificateChoice::None, None, Path::new(""));
        let port = port.map_err(|error| match error {
            RouterError::Listen { source, .. } => source,
            other => io::Error::other(other),
        })?;
        let desk = Arc::new(Desk { inboxes: Mutex::default(), changed: Notify::new(), slow_answer });
        let (address, stop) = (port.address(), CancellationToken::new());
        let routes = Router::new().fallback(receive).with_state(Arc::clone(&desk));
        let serving = tokio::spawn(port.serve(routes, stop.clone()));
        Ok(Self { address, desk, stop, serving })
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Counts its changes, so that whoever shows it need not look at what they know already.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.desk.inboxes().version()
    }

    /// All inboxes as they are now.
    #[must_use]
    pub fn snapshot(&self) -> RoomSnapshot {
        self.desk.inboxes().snapshot()
    }

    /// Gives the fagsystem at that path another mood. It holds at once, for messages under way as well.
    pub fn set_mood(&self, path: &str, mood: PracticeMood) {
        self.desk.inboxes().set_mood(path, mood);
        self.desk.changed.notify_waiters();
    }

    /// Gives all fagsystems the same mood, also those that have received nothing yet.
    pub fn set_all_moods(&self, mood: PracticeMood) {
        self.desk.inboxes().set_all_moods(mood);
        self.desk.changed.notify_waiters();
    }

    /// Empties all inboxes. Moods stay as they are.
    pub fn empty(&self) {
        self.desk.inboxes().empty();
    }

    /// Stops accepting messages, and returns when those under way are answered. Slow fagsystems answer at once.
    pub async fn stop(self) {
        self.set_all_moods(PracticeMood::Accepts);
        self.stop.cancel();
        let _ = self.serving.await;
    }
}

/// The path by which a room at that address knows the fagsystem with that endpoint; `None` where its messages go elsewhere.
#[must_use]
pub fn practice_path(endpoint: &Endpoint, room: SocketAddr) -> Option<String> {
    let url = Url::parse(endpoint.as_str()).ok()?;
    let is_here = url.scheme() == "http" && is_loopback(&url) && url.port_or_known_default() == Some(room.port());
    is_here.then(|| url.path().to_owned())
}

/// What the calls to a room share.
#[derive(Debug)]
struct Desk {
    inboxes: Mutex<Inboxes>,
    /// Notified when a mood has changed.
    changed: Notify,
    slow_answer: Duration,
}

impl Desk {
    fn inboxes(&self) -> MutexGuard<'_, Inboxes> {
        self.inboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mood(&self, path: &str) -> PracticeMood {
        self.inboxes().mood(path)
    }

    /// Waits until a slow fagsystem answers, or is slow no more.
    async fn wait_while_slow(&self, path: &str) {
        let until = Instant::now() + self.slow_answer;
        loop {
            let changed = self.changed.notified();
            if self.mood(path) != PracticeMood::Slow || timeout_at(until, changed).await.is_err() {
                return;
            }
        }
    }
}

/// Handles a call to the fagsystem at its path.
async fn receive(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let _ = takes_with_certificate(&request);
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let is_letter = head.method == Method::POST;
    if desk.mood(path) == PracticeMood::Down {
        return turn_away(&desk, path, is_letter, body).await;
    }
    if !is_letter {
        return StatusCode::NO_CONTENT.into_response();
    }
    let mut letter = Receiving::begin(&desk, path);
    let mut chunks = body.into_data_stream();
    match letter.read(&mut chunks).await {
        Ok(header) => {
            desk.wait_while_slow(path).await;
            letter.answer(desk.mood(path), &header)
        }
        Err(NotTaken::HungUp) => letter.ends(LetterFate::HungUp, hang_up()),
        Err(NotTaken::Refused(NotReceived::BrokenOff)) => letter.ends(LetterFate::BrokenOff, hang_up()),
        Err(NotTaken::Refused(why)) => {
            discard(chunks).await;
            letter.ends(LetterFate::Unreadable, why.answer().response)
        }
    }
}

/// Answers as the gateway before a system that is down.
async fn turn_away(desk: &Desk, path: &str, is_letter: bool, body: Body) -> Response {
    if is_letter {
        desk.inboxes().miss(path);
        discard(body.into_data_stream()).await;
    }
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// Why a letter was not taken.
enum NotTaken {
    /// The fagsystem hung up while it came.
    HungUp,
    Refused(NotReceived),
}

impl<E: Into<NotReceived>> From<E> for NotTaken {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

/// A letter that is being received. It is put into its inbox when dropped, so also if the caller disconnects.
struct Receiving<'a> {
    desk: &'a Desk,
    path: &'a str,
    header: Option<Header>,
    bytes: u64,
    fate: LetterFate,
    text: LetterText,
}

impl<'a> Receiving<'a> {
    fn begin(desk: &'a Desk, path: &'a str) -> Self {
        let (fate, text) = (LetterFate::BrokenOff, LetterText::default());
        Self { desk, path, header: None, bytes: 0, fate, text }
    }

    /// Reads the letter to its end, or until the fagsystem hangs up.
    async fn read(&mut self, chunks: &mut BodyDataStream) -> Result<Header, NotTaken> {
        let (mut reader, mut text) = (Reader::new(), LetterTextReader::default());
        let read = self.read_with(chunks, &mut reader, &mut text).await;
        self.text = text.finish();
        read?;
        Ok(reader.finish()?)
    }

    async fn read_with(
        &mut self,
        chunks: &mut BodyDataStream,
        reader: &mut Reader,
        text: &mut LetterTextReader,
    ) -> Result<(), NotTaken> {
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| NotReceived::BrokenOff)?;
            let fed = reader.feed(&chunk);
            self.bytes = reader.bytes();
            if self.header.is_none() {
                self.header = reader.header().cloned();
            }
            text.feed(&chunk);
            fed?;
            if self.desk.mood(self.path) == PracticeMood::HangsUp {
                return Err(NotTaken::HungUp);
            }
        }
        Ok(())
    }

    /// Answers a whole message in that mood.
    fn answer(self, mood: PracticeMood, about: &Header) -> Response {
        match mood {
            PracticeMood::Accepts | PracticeMood::Slow => {
                let reply = PracticeReply::receipt(StatusCode::OK, Some(about), ReceiptStatus::Completed, None);
                self.ends(LetterFate::Accepted, reply.response)
            }
            PracticeMood::Rejects => {
                let words = "the practice business system rejects every message";
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                let reply = PracticeReply::refusal(status, Some(about), "oevelse.afvist", words);
                self.ends(LetterFate::Rejected, reply.response)
            }
            PracticeMood::Unclear => {
                let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
                self.ends(LetterFate::Unclear, (html, UNCLEAR).into_response())
            }
            // It went down, or was told to hang up, after it had read all of it.
            PracticeMood::Down | PracticeMood::HangsUp => self.ends(LetterFate::HungUp, hang_up()),
        }
    }

    fn ends(mut self, fate: LetterFate, answer: Response) -> Response {
        self.fate = fate;
        answer
    }
}

impl Drop for Receiving<'_> {
    fn drop(&mut self) {
        let letter = InboxLetter {
            number: 0,
            at: Timestamp::now(),
            header: self.header.take(),
            bytes: self.bytes,
            fate: self.fate,
            text: std::mem::take(&mut self.text),
        };
        self.desk.inboxes().put(self.path, letter);
    }
}
