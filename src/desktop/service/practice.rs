//! Practice: fagsystems that accept everything, the sample municipality, and sample messages.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpStream;

use super::router::OwnRouter;
use super::services::Services;
use crate::desktop::model::error::Error;
use crate::memo::write;
use crate::router::{LocalClient, Router};
use crate::store::{Imprint, RouterSettings, WindowSettings};
use crate::training::{Postman, PracticeAnswer, PracticeFagsystem, SampleLetter, sample_book};

/// The port of the practice fagsystems, unless another program uses it.
const PRACTICE_PORT: u16 = 9101;

/// What a first start with the sample municipality leads to.
#[derive(Debug, Clone)]
pub struct SampleStarted {
    /// The router that was started.
    pub router: Box<OwnRouter>,
    /// The settings that it needs.
    pub settings: RouterSettings,
    /// What windows remember of it.
    pub window_settings: WindowSettings,
}

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

    /// Sets up the sample municipality with its practice fagsystems, and starts the router. Where other programs use the
    /// usual ports, it takes free ones. Refused while a router runs on the data: that one may receive real mail.
    pub async fn start_sample(
        self: Arc<Self>,
        imprint: Imprint,
        mut settings: RouterSettings,
        window_before: WindowSettings,
    ) -> Result<SampleStarted, Error> {
        Arc::clone(&self).with_store(|store| Ok(store.check_no_router_runs()?)).await?;
        let free: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();
        let usual = (Ipv4Addr::LOCALHOST, PRACTICE_PORT).into();
        let practice = match Arc::clone(&self).start_practice(usual).await {
            Ok(address) => address,
            Err(_) => Arc::clone(&self).start_practice(free).await?,
        };
        let before = settings.clone();
        let router = if let Ok(reception) = Arc::clone(&self).start_router(settings.clone()).await {
            reception
        } else {
            settings.listen = free;
            Arc::clone(&self).start_router(settings.clone()).await?
        };
        // Not before the router runs: where it cannot, nothing is published either.
        if let Err(error) = Arc::clone(&self).publish_first(sample_book(practice), imprint).await {
            self.stop_router().await;
            return Err(error);
        }
        settings.listen = router.address;
        Arc::clone(&self).save_settings(before, settings.clone()).await?;
        let window_settings =
            WindowSettings { practice: Some(practice), router_runs: true, ..WindowSettings::default() };
        Arc::clone(&self).save_window_settings(window_before, window_settings).await?;
        Ok(SampleStarted { router: Box::new(router), settings, window_settings })
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
