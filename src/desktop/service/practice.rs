//! Practice: fagsystems that accept everything, and sample messages.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpStream;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::memo::write;
use crate::router::{LocalClient, Router};
use crate::store::RouterSettings;
use crate::training::{Postman, PracticeAnswer, PracticeFagsystem, SampleLetter};

impl Services {
    /// Starts the practice fagsystems at that address, and returns the address that they have.
    pub async fn start_practice(self: Arc<Self>, address: SocketAddr) -> Result<SocketAddr, Error> {
        let started = PracticeFagsystem::start(address, PracticeAnswer::Accept, None).await;
        let practice = started.map_err(|_| Error::Practice(address))?;
        let address = practice.address();
        *self.practice.lock().await = Some(practice);
        Ok(address)
    }

    /// Starts the practice fagsystems that ran when the window was last closed, unless another window runs them.
    pub async fn resume_practice(self: Arc<Self>, address: SocketAddr) -> Result<SocketAddr, Error> {
        match self.start_practice(address).await {
            Err(Error::Practice(address)) if TcpStream::connect(address).await.is_ok() => Ok(address),
            started => started,
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
