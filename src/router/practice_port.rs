//! The port of a practice fagsystem: it listens as the router does, with TLS and within the same limits.

use std::future::ready;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::connection::connections::Call;
use super::connection::protection::{Caller, RouterCertificate, Tls, practice_tls};
use super::connection::server::{ConnectionLimits, Server, listen_at};
use super::error::RouterError;
use super::watch::callers::ConnectionWatch;
use crate::store::CertificateChoice;

/// Where a practice fagsystem listens.
pub struct PracticePort {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<Arc<Tls>>,
}

impl PracticePort {
    /// Listens at that address, with that certificate. A self-signed one is made in the data directory.
    ///
    /// # Errors
    ///
    /// [`RouterError::Protection`] and [`RouterError::Listen`].
    pub fn open(
        listen: SocketAddr,
        certificate: &CertificateChoice,
        client_issuers: Option<&Path>,
        data: &Path,
    ) -> Result<Self, RouterError> {
        let tls = practice_tls(certificate, client_issuers, listen.ip(), data)?;
        let failed = |source| RouterError::Listen { address: listen, source };
        let listener = listen_at(listen).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address, tls })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate that it shows, if any.
    #[must_use]
    pub fn certificate(&self) -> Option<RouterCertificate> {
        self.tls.as_ref().map(|tls| tls.certificate())
    }

    /// Has calls answered until told to stop; returns when those under way have their answer.
    pub async fn serve(self, routes: Router, stop: CancellationToken) {
        let listening = Server {
            routes,
            tls: self.tls,
            limits: ConnectionLimits::default(),
            observer: ConnectionWatch::default(),
            stop,
            cut_off: CancellationToken::new(),
        };
        listening.run(self.listener, ready(())).await;
    }
}

/// Takes a call, which keeps its connection until it is answered, and says whether a client certificate was shown.
#[must_use]
pub fn takes_with_certificate(request: &Request) -> bool {
    let extensions = request.extensions();
    if let Some(call) = extensions.get::<Call>() {
        // A connection that is being closed loses the call, as it does where there was none.
        let _ = call.carry();
    }
    extensions.get::<Caller>().is_some_and(|caller| caller.certificate.is_some())
}
