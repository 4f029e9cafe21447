//! The router that this window runs, and whether any other program runs one on the same data.

use std::io::ErrorKind::AddrInUse;
use std::net::SocketAddr;
use std::sync::Arc;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::router::{Hindrance, NotReady, Router, RouterCertificate, RouterError};
use crate::store::{ApiKeys, Guard, Permissions, Program, Protection, RouterNow, RouterSettings, SharingRouter};

/// The router that this window runs, as it was started.
#[derive(Debug, Clone)]
pub struct OwnRouter {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where messages are delivered.
    pub url: String,
    /// The certificate that it shows; `None`: connections are not encrypted.
    pub certificate: Option<RouterCertificate>,
    /// Whom it lets in.
    pub protection: Protection,
    /// The API keys that it accepts; `None`: it demands none.
    pub api_key: Option<ApiKeys>,
    /// All settings that it was started with.
    pub settings: Box<RouterSettings>,
}

impl Services {
    /// Whether a router runs on the data; `None` when that is unknown.
    pub fn router_now(&self) -> Option<RouterNow> {
        self.store.router_now().ok()
    }

    /// The routers that share the database; `None` where it is in the data directory, and where they are unknown.
    pub fn sharing_routers(&self) -> Option<Vec<SharingRouter>> {
        self.store.sharing_routers().ok().flatten()
    }

    /// Whether the database is on a server, which several routers may share.
    pub fn is_shared(&self) -> bool {
        self.store.server().is_some()
    }

    /// The name that the database has for the user, if it is on a server, and what they may do.
    pub fn user(&self) -> Result<(Option<String>, Permissions), Error> {
        Ok((self.store.user_name()?, self.store.permissions()?))
    }

    /// Whether a window ran the last router. A window may start that one again without asking.
    pub fn window_ran_last(&self) -> bool {
        matches!(self.store.router_ran_last(), Ok(Some(Program::Window)))
    }

    /// Whether no program is known to have run the router, as after an update from a version that did not record it. On a server that is
    /// known, and what windows remember is not of this machine alone.
    pub fn nobody_ran_last(&self) -> bool {
        !self.is_shared() && matches!(self.store.router_ran_last(), Ok(None))
    }

    /// Starts the router with the protection that is stored: another program may have made an API key. It does not start
    /// while a setting that guards it is damaged.
    pub async fn start_router(self: Arc<Self>, settings: RouterSettings) -> Result<OwnRouter, Error> {
        let mut running = self.router.lock().await;
        if let Some(router) = running.take() {
            router.stop().await;
        }
        let mut stored = self.store.settings()?;
        // The address was typed in this window, unless it was read damaged here too.
        if !settings.damaged.contains(Guard::Listen) {
            stored.damaged.mend(Guard::Listen);
        }
        let RouterSettings { protection, api_key, trusted_issuers, proxy, reach, damaged, .. } = stored;
        let settings = RouterSettings { protection, api_key, trusted_issuers, proxy, reach, damaged, ..settings };
        let start = |address| Router::start(&self.store, address, &settings, Arc::clone(&self.secrets));
        let router = match start(settings.listen).await {
            // Somebody else at the machine trains too: nobody has to know the port of this one.
            Err(RouterError::Listen { source, address }) if self.is_training() && source.kind() == AddrInUse => {
                start(SocketAddr::new(address.ip(), 0)).await?
            }
            started => started?,
        };
        let own = OwnRouter {
            address: router.address(),
            url: router.url(),
            certificate: router.certificate(),
            protection: settings.protection.clone(),
            api_key: settings.api_key.clone(),
            settings: Box::new(settings),
        };
        *running = Some(router);
        Ok(own)
    }

    /// Why the window's router refuses every message; `None` when it does not.
    pub fn router_refusal(&self) -> Option<NotReady> {
        let running = self.router.try_lock().ok()?;
        running.as_ref().and_then(|router| router.rules().ready().err())
    }

    /// The certificate that the window's router shows now: it may have been renewed since the start.
    pub fn router_certificate(&self) -> Option<RouterCertificate> {
        let running = self.router.try_lock().ok()?;
        running.as_ref().and_then(Router::certificate)
    }

    /// What the window's router has found that will not work; empty where none runs, and `None` while it is being started
    /// or stopped.
    pub fn hindrances(&self) -> Option<Arc<Vec<Hindrance>>> {
        let running = self.router.try_lock().ok()?;
        Some(running.as_ref().map(Router::hindrances).unwrap_or_default())
    }

    /// Stops the window's router once its messages under way have finished.
    pub async fn stop_router(self: Arc<Self>) {
        self.halt_traffic();
        // Without the lock: the last messages may take their time, and others wait for it.
        let router = self.router.lock().await.take();
        if let Some(router) = router {
            router.stop().await;
        }
    }

    /// Stops whatever this window runs, when it closes: messages under way finish first.
    pub async fn shut_down(self: Arc<Self>) {
        Arc::clone(&self).stop_router().await;
        let practice = self.practice_room().take();
        if let Some(practice) = practice {
            practice.stop().await;
        }
        drop(self.practice_claim.lock().map(|mut claim| claim.take()));
    }
}
