//! Traffic: drives [`Traffic`], through the router that runs on these data, and only where these are for training.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Instant;

use futures_util::stream;
use jiff::Timestamp;
use reqwest::Body;
use tokio::task::spawn_blocking;
use tokio::time::sleep_until;
use uuid::Uuid;

use super::driven_traffic::State;
use super::services::Services;
use crate::desktop::model::error::Error;
use crate::desktop::model::router_state::RouterState;
use crate::router::{LocalClient, Router};
use crate::rules::{Cvr, RuleBook};
use crate::store::{JournalRow, MessageQuery, RouterNow, RouterSettings};
use crate::training::{
    DeliveryError, MessageMaker, Postman, SentFate, TrafficOrder, TrafficPace, TrafficSnapshot, TrafficStep, Turn, Wish,
};

/// Which messages are wanted.
#[derive(Debug, Clone)]
pub struct TrafficRequest {
    /// The rules by which they are made.
    pub book: Arc<RuleBook>,
    /// The authority that they are for.
    pub authority: Cvr,
    pub seed: u64,
    /// How many bytes each has; `None`: as many as it takes.
    pub size: Option<u64>,
    pub wish: Wish,
}

/// What is to happen with the traffic.
#[derive(Debug, Clone)]
pub enum TrafficCommand {
    /// Send so many.
    Send(TrafficRequest, u32),
    /// Begin a stream, or give it another pace.
    Stream(TrafficRequest, TrafficPace),
    /// Make something else from now on.
    Order(TrafficRequest),
    /// End the stream, and what is left of a handful.
    Pause,
    /// Whether what is refused for now is sent again.
    SendAgain(bool),
    /// Begin again with the first number.
    BeginAgain,
}

/// How many messages were written to files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptMessages {
    /// All.
    pub all: u32,
    /// Those that were there already.
    pub already: u32,
}

/// A postman, and the address and the key that he was made for.
type Hired = Option<(String, Option<String>, Postman)>;

impl TrafficRequest {
    fn maker(&self) -> Result<MessageMaker, Error> {
        let authority = self.book.authority(self.authority).ok_or(Error::Lost)?;
        let maker = MessageMaker::new(&self.book, authority, self.seed);
        Ok(match self.size {
            Some(bytes) => maker.sized(bytes),
            None => maker,
        })
    }

    async fn order(self) -> Result<Arc<TrafficOrder>, Error> {
        let order = || Ok(Arc::new(TrafficOrder { maker: self.maker()?, wish: self.wish }));
        spawn_blocking(order).await.unwrap_or(Err(Error::Lost))
    }
}

impl Services {
    /// What is known of the traffic.
    pub fn traffic(&self) -> TrafficSnapshot {
        self.traffic_state().traffic.snapshot()
    }

    /// Counts the changes of what [`traffic`](Self::traffic) returns.
    pub fn traffic_version(&self) -> u64 {
        self.traffic_state().traffic.version()
    }

    /// Whether a stream, or what is left of a handful, is being sent.
    pub fn is_traffic_flowing(&self) -> bool {
        self.traffic_state().traffic.is_flowing()
    }

    /// Carries out a command. What is to be sent is sent from then on, while this returns.
    pub async fn direct_traffic(self: Arc<Self>, command: TrafficCommand) -> Result<(), Error> {
        if !self.is_training() {
            return Err(Error::NotTraining);
        }
        // They take effect in the order in which they come, however long it takes to prepare each.
        let _in_turn = self.traffic.commands.lock().await;
        match command {
            TrafficCommand::Send(request, count) => {
                let order = request.order().await?;
                self.traffic_state().traffic.send(order, count);
            }
            TrafficCommand::Stream(request, pace) => {
                let order = request.order().await?;
                self.traffic_state().traffic.stream(order, pace, Instant::now());
            }
            TrafficCommand::Order(request) => {
                let order = request.order().await?;
                self.traffic_state().traffic.order(order);
            }
            TrafficCommand::Pause => self.traffic_state().traffic.pause(),
            TrafficCommand::SendAgain(sends_again) => self.traffic_state().traffic.send_again(sends_again),
            TrafficCommand::BeginAgain => self.traffic_state().traffic.begin_again(),
        }
        let was_driven = std::mem::replace(&mut self.traffic_state().is_driven, true);
        if !was_driven {
            tokio::spawn(Arc::clone(&self).drive_traffic());
        }
        self.traffic.told.notify_one();
        Ok(())
    }

    /// Ends the traffic, because the router stops.
    pub(super) fn halt_traffic(&self) {
        self.traffic_state().traffic.halt();
        self.traffic.told.notify_one();
    }

    /// The number in the journal of a message that was sent: of the call with that receipt, or else of the latest with that
    /// messageUUID. `None` when the journal has none.
    pub async fn sent_message(
        self: Arc<Self>,
        transmission_id: Option<Uuid>,
        message_uuid: String,
    ) -> Result<Option<i64>, Error> {
        let row = self.newest_row_with(transmission_id.map_or(message_uuid, |id| id.to_string())).await?;
        Ok(row.map(|row| row.number))
    }

    /// The newest row of the journal with that receipt or messageUUID.
    async fn newest_row_with(self: Arc<Self>, text: String) -> Result<Option<JournalRow>, Error> {
        let query = MessageQuery { text, ..MessageQuery::default() };
        self.with_store(move |store| {
            let page = store.read_messages(&query, None, 1, || true)?;
            Ok(page.and_then(|page| page.rows.into_iter().next()))
        })
        .await
    }

    /// Writes so many messages of the request, from the first number on, into a directory, which is made when absent; no
    /// file in it is overwritten.
    pub async fn keep_messages(request: TrafficRequest, directory: PathBuf) -> Result<KeptMessages, Error> {
        let failed = |path: &PathBuf, error: &io::Error| Error::File {
            path: path.display().to_string(),
            reason: error.to_string(),
        };
        let keep = move || {
            let maker = request.maker()?;
            fs::create_dir_all(&directory).map_err(|error| failed(&directory, &error))?;
            let mut kept = KeptMessages { all: 0, already: 0 };
            for message in maker.messages(&request.wish, 0) {
                let path = directory.join(message.file_name());
                let is_new = message.keep(&path).map_err(|error| match error.kind() {
                    io::ErrorKind::AlreadyExists => Error::FileExists(path.clone()),
                    _ => failed(&path, &error),
                })?;
                kept.all += 1;
                kept.already += u32::from(!is_new);
            }
            Ok(kept)
        };
        spawn_blocking(keep).await.unwrap_or(Err(Error::Lost))
    }

    fn traffic_state(&self) -> MutexGuard<'_, State> {
        self.traffic.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what is to be sent, until nothing is.
    async fn drive_traffic(self: Arc<Self>) {
        let mut hired: Hired = None;
        loop {
            let step = {
                let mut state = self.traffic_state();
                let step = state.traffic.step(Instant::now());
                if step == TrafficStep::Rest {
                    state.is_driven = false;
                    return;
                }
                step
            };
            match step {
                TrafficStep::Send => self.send_next(&mut hired).await,
                TrafficStep::WaitUntil(due) => {
                    tokio::select! {
                        () = sleep_until(due.into()) => {}
                        () = self.traffic.told.notified() => {}
                    }
                }
                TrafficStep::WaitForAnswer | TrafficStep::Rest => self.traffic.told.notified().await,
            }
        }
    }

    async fn send_next(self: &Arc<Self>, hired: &mut Hired) {
        let Some(postman) = self.postman(hired).await else {
            self.traffic_state().traffic.halt();
            return;
        };
        let turn = self.traffic_state().traffic.turn(Instant::now());
        if let Some(turn) = turn {
            tokio::spawn(Arc::clone(self).deliver_turn(postman, turn));
        }
    }

    /// A postman for the router that runs now: the window's own, or else another on the same data; `None` when none takes
    /// messages from this window, or the data are not for training.
    async fn postman(&self, hired: &mut Hired) -> Option<Postman> {
        if !self.is_training() {
            return None;
        }
        let own = self.router.lock().await.as_ref().map(Router::local_client);
        let local_client = own.or_else(|| self.router_elsewhere())?;
        let (url, key) = (local_client.url(), local_client.key().map(|key| key.reveal().to_owned()));
        if let Some((known_url, known_key, postman)) = hired
            && *known_url == url
            && *known_key == key
        {
            return Some(postman.clone());
        }
        let postman = Postman::through(&local_client).ok()?;
        *hired = Some((url, key, postman.clone()));
        Some(postman)
    }

    fn router_elsewhere(&self) -> Option<LocalClient> {
        let Ok(RouterNow::Runs(by)) = self.store.router_now() else { return None };
        let settings = self.store.settings().ok()?;
        let listen = RouterState::Elsewhere(by).practised_with(&settings)?;
        LocalClient::expected(&RouterSettings { listen, ..settings }, self.data())
    }

    async fn deliver_turn(self: Arc<Self>, postman: Postman, turn: Turn) {
        let message = turn.message();
        let bytes = message.length();
        self.traffic_state().traffic.began(&turn, &message, bytes, Timestamp::now());
        let pieces = Body::wrap_stream(stream::iter(message.pieces().map(Ok::<_, io::Error>)));
        let delivered = postman.deliver(pieces, bytes, message.letter.message_uuid.to_string()).await;
        let (fate, transmission_id) = match &delivered {
            Ok(receipt) => (SentFate::of(receipt), Some(receipt.transmission_id)),
            Err(DeliveryError::Broken(_) | DeliveryError::Silent { .. }) => (SentFate::Unanswered, None),
            Err(_) => (SentFate::NotSent, None),
        };
        let row = match transmission_id {
            Some(id) => Arc::clone(&self).newest_row_with(id.to_string()).await.ok().flatten(),
            None => None,
        };
        let mut state = self.traffic_state();
        if let Some(fagsystem) = row.and_then(|row| row.fagsystem) {
            state.traffic.went_to(turn.turn, fagsystem);
        }
        state.traffic.answered(turn.turn, fate, transmission_id, Instant::now());
        if fate == SentFate::NotSent {
            state.traffic.halt();
        }
        drop(state);
        self.traffic.told.notify_one();
    }
}
