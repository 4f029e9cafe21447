//! The port of a practice fagsystem: it listens as the router does, with TLS and the same limits.

use std::future::ready;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::connection::connections::Call;
use super::connection::protection::{Caller, RouterCertificate, Tls, practice_tls};
use super::connection::server::{ConnectionLimits, HangUp, Server, listen_at};
use super::connection::workers::Places;
use super::error::RouterError;
use super::watch::callers::ConnectionWatch;
use crate::store::CertificateChoice;

/// The port of a practice fagsystem.
pub struct PracticePort {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<Arc<Tls>>,
}

impl PracticePort {
    /// Listens at that address, with that certificate. Creates a self-signed one in the data directory where that is chosen.
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

    /// The address that it listens at.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate that it shows, if any.
    #[must_use]
    pub fn certificate(&self) -> Option<RouterCertificate> {
        self.tls.as_ref().map(|tls| tls.certificate())
    }

    /// Has calls answered until `stop`; returns when those under way have been answered.
    pub async fn serve(self, routes: Router, stop: CancellationToken) {
        let listening = Server {
            routes,
            tls: self.tls,
            limits: ConnectionLimits::default(),
            observer: ConnectionWatch::default(),
            stop,
            cut_off: CancellationToken::new(),
        };
        listening.run(self.listener, Places::default(), ready(())).await;
    }
}

/// Keeps the connection of a call open until it is answered. Returns whether a client certificate was shown.
#[must_use]
pub fn takes_with_certificate(request: &Request) -> bool {
    let extensions = request.extensions();
    if let Some(call) = extensions.get::<Call>() {
        // A connection that is being closed loses the call, as if there had been no connection.
        let _ = call.carry();
    }
    extensions.get::<Caller>().is_some_and(|caller| caller.certificate.is_some())
}

/// In place of an answer: the connection is closed without one, with whatever of the call has not been read.
#[must_use]
pub fn hang_up() -> Response {
    let mut answer = ().into_response();
    answer.extensions_mut().insert(HangUp);
    answer
}
