//! Practice: fagsystems with inboxes and moods, and sample messages.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, MutexGuard, PoisonError};

use tokio::net::TcpStream;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::memo::write;
use crate::private_files;
use crate::router::{LocalClient, Router};
use crate::store::RouterSettings;
use crate::training::{Postman, PracticeMood, PracticeRoom, RoomSnapshot, SampleLetter};

/// The port of the practice fagsystems, unless the data name another.
pub(super) const PRACTICE_PORT: u16 = 9111;
/// The file in the data directory that the window has locked which runs the practice fagsystems.
const CLAIM_FILE: &str = "practice.lock";

impl Services {
    /// Starts the practice fagsystems at that address, and returns the address that they have.
    pub async fn start_practice(self: Arc<Self>, address: SocketAddr) -> Result<SocketAddr, Error> {
        let practice = PracticeRoom::open(address).map_err(|_| Error::Practice(address))?;
        let address = practice.address();
        let before = self.practice_room().replace(practice);
        self.keep_practice_claimed();
        if let Some(before) = before {
            before.stop().await;
        }
        Ok(address)
    }

    /// Starts the practice fagsystems in this window, where the data say that they are.
    pub async fn restart_practice(self: Arc<Self>) -> Result<SocketAddr, Error> {
        let settings = Arc::clone(&self).with_store(|store| Ok(store.window_settings()?)).await?;
        let usual = (Ipv4Addr::LOCALHOST, PRACTICE_PORT).into();
        self.start_practice(settings.practice.unwrap_or(usual)).await
    }

    /// What the practice fagsystems of this window have received, and how they answer; `None` where it runs none.
    pub fn practice_inboxes(&self) -> Option<RoomSnapshot> {
        self.practice_room().as_ref().map(PracticeRoom::snapshot)
    }

    /// Counts the changes of what [`practice_inboxes`](Self::practice_inboxes) returns.
    pub fn practice_version(&self) -> Option<u64> {
        self.practice_room().as_ref().map(PracticeRoom::version)
    }

    /// Where the practice fagsystems of this window listen; `None` where it runs none.
    pub fn practice_address(&self) -> Option<SocketAddr> {
        self.practice_room().as_ref().map(PracticeRoom::address)
    }

    /// Gives one practice fagsystem, or all of them, another mood.
    pub fn set_practice_mood(&self, path: Option<&str>, mood: PracticeMood) {
        if let Some(room) = self.practice_room().as_ref() {
            match path {
                Some(path) => room.set_mood(path, mood),
                None => room.set_all_moods(mood),
            }
        }
    }

    /// Empties the inboxes of the practice fagsystems.
    pub fn empty_practice_inboxes(&self) {
        if let Some(room) = self.practice_room().as_ref() {
            room.empty();
        }
    }

    pub(super) fn practice_room(&self) -> MutexGuard<'_, Option<PracticeRoom>> {
        self.practice.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep_practice_claimed(&self) {
        let mut claim = self.practice_claim.lock().unwrap_or_else(PoisonError::into_inner);
        *claim = claim.take().or_else(|| self.claim_practice());
    }

    /// Says to other windows on these data that this one runs the practice fagsystems, until what it returns is dropped; `None`
    /// where another one does.
    fn claim_practice(&self) -> Option<File> {
        let file = private_files::open_or_create(&self.data().join(CLAIM_FILE)).ok()??;
        file.try_lock().ok().map(|()| file)
    }

    /// Starts the practice fagsystems that ran when the window was last closed, unless another window on these data runs them.
    /// Those of somebody else, who has the same port, do not count: messages would go to a stranger's.
    pub async fn resume_practice(self: Arc<Self>, address: SocketAddr) -> Result<SocketAddr, Error> {
        match Arc::clone(&self).start_practice(address).await {
            Err(Error::Practice(address))
                if self.claim_practice().is_none() && TcpStream::connect(address).await.is_ok() =>
            {
                Ok(address)
            }
            started => {
                if let Ok(address) = started {
                    self.resume_lesson_moods(address).await?;
                }
                started
            }
        }
    }

    /// Sends sample messages to the window's own router, or else to another one at the address of those settings, which is
    /// protected as they say.
    pub async fn send(self: Arc<Self>, letters: Vec<SampleLetter>, settings: RouterSettings) -> Result<(), Error> {
        let own = self.router.lock().await.as_ref().map(Router::local_client);
        let local_client = own.or_else(|| LocalClient::expected(&settings, self.data())).ok_or(Error::Lost)?;
        let postman = Postman::through(&local_client)?;
        for letter in letters {
            let letter = letter.letter();
            let message = write(&letter);
            let length = message.len() as u64;
            postman.deliver(message, length, letter.message_uuid.to_string()).await?;
        }
        Ok(())
    }
}
