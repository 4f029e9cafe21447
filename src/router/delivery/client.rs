//! Calls fagsystems over HTTP/1.1, each on a connection that it has for itself until it is answered.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderValue, Request, Uri, header};
use tokio::time::timeout;

use super::answer::Answer;
use super::connector::{BoxError, Connector, USER_AGENT};
use super::line::Line;
use super::outgoing_body::OutgoingBody;
use super::pool::Pool;
use crate::router::connection::workers::{self, MAX_WORKERS};
use crate::rules::Endpoint;

/// The most endpoints that are remembered.
const MAX_REMEMBERED: usize = 1024;

/// Calls fagsystems, all in the same way, and keeps the connections for the next call.
#[derive(Debug)]
pub(in crate::router) struct Client {
    connector: Connector,
    /// For each of the router's threads, which use no connections of each other, and for all others.
    known: [Mutex<Known>; 1 + MAX_WORKERS],
}

#[derive(Debug, Default)]
struct Known {
    /// By their addresses as they were written.
    endpoints: HashMap<String, Arc<Destination>>,
    hosts: HashMap<(Scheme, Authority), Arc<Pool>>,
}

/// What a call to an endpoint says, and where it goes.
#[derive(Debug)]
struct Destination {
    url: Uri,
    by_proxy: bool,
    /// What is asked for: the path, or all of the address from a proxy.
    target: Uri,
    host: HeaderValue,
    pool: Arc<Pool>,
}

/// Why a call got no answer.
#[derive(Debug, thiserror::Error)]
pub(in crate::router) enum CallError {
    /// Nothing can be called at such an address.
    #[error("the address cannot be called")]
    Address(#[source] BoxError),
    /// No connection was made in time.
    #[error("no connection was made in time")]
    Late,
    /// No connection was made.
    #[error("no connection was made")]
    NoConnection(#[source] BoxError),
    /// The connection was closed before the call was begun. Nothing was sent.
    #[error("the connection was closed before the call was begun")]
    NotBegun(#[source] hyper::Error),
    /// Some or all of the call had been sent.
    #[error("the call was broken off")]
    Broken(#[source] hyper::Error),
}

impl Client {
    pub(super) fn new(connector: Connector) -> Self {
        Self { connector, known: Default::default() }
    }

    /// Makes a call there, and returns the beginning of its answer. The connection must be made within that time. A call is
    /// made again only where its connection was closed while it waited in the pool, and nothing of the call was sent.
    pub async fn call(
        &self,
        endpoint: &Endpoint,
        mut request: Request<OutgoingBody>,
        connect_limit: Duration,
    ) -> Result<Answer, CallError> {
        let destination = self.destination(endpoint)?;
        *request.uri_mut() = destination.target.clone();
        let headers = request.headers_mut();
        headers.insert(header::HOST, destination.host.clone());
        headers.insert(header::USER_AGENT, USER_AGENT);
        headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        loop {
            let connect = || {
                let to = destination.url.clone();
                open(self.connector.clone(), to, destination.by_proxy, connect_limit)
            };
            let (mut line, is_used) = destination.pool.line(connect).await?;
            match line.call(request).await {
                Ok(answer) => return Ok(Answer::new(answer, line, Arc::clone(&destination.pool))),
                Err(mut failed) => match failed.take_message() {
                    Some(unsent) if is_used => request = unsent,
                    Some(_) => return Err(CallError::NotBegun(failed.into_error())),
                    None => return Err(CallError::Broken(failed.into_error())),
                },
            }
        }
    }

    fn destination(&self, endpoint: &Endpoint) -> Result<Arc<Destination>, CallError> {
        let mut known = self.known();
        if let Some(destination) = known.endpoints.get(endpoint.as_str()) {
            return Ok(Arc::clone(destination));
        }
        if known.endpoints.len() >= MAX_REMEMBERED {
            *known = Known::default();
        }
        let by_proxy = self.connector.has_proxy() && !endpoint.is_loopback();
        let destination = Arc::new(Destination::of(endpoint, by_proxy, &mut known.hosts)?);
        known.endpoints.insert(endpoint.as_str().to_owned(), Arc::clone(&destination));
        Ok(destination)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known[workers::number()].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Destination {
    fn of(
        endpoint: &Endpoint,
        by_proxy: bool,
        hosts: &mut HashMap<(Scheme, Authority), Arc<Pool>>,
    ) -> Result<Self, CallError> {
        let unusable = |error: BoxError| CallError::Address(error);
        let url = Uri::from_str(endpoint.url().as_str()).map_err(|error| unusable(error.into()))?;
        let parts = url.clone().into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(unusable("it names no host".into()));
        };
        let host = HeaderValue::from_str(authority.as_str()).map_err(|error| unusable(error.into()))?;
        // A tunnel leads to the fagsystem itself.
        let target = match parts.path_and_query {
            _ if by_proxy && scheme == Scheme::HTTP => url.clone(),
            Some(path) => path.into(),
            None => Uri::from_static("/"),
        };
        let pool = Arc::clone(hosts.entry((scheme, authority)).or_default());
        Ok(Self { url, by_proxy, target, host, pool })
    }
}

async fn open(connector: Connector, to: Uri, by_proxy: bool, limit: Duration) -> Result<Line, CallError> {
    let connecting = timeout(limit, connector.connect(to, by_proxy, limit));
    let wire = connecting.await.map_err(|_| CallError::Late)?.map_err(CallError::NoConnection)?;
    Line::open(wire).await.map_err(CallError::NotBegun)
}
