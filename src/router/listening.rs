use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::allowance::Allowance;
use super::connections::{Connections, OpenConnection};
use super::metrics::Metrics;
use super::protection::Caller;
use super::reports::Reports;

/// How much of a connection is read ahead. A head that has not come to its end then is answered with 431. Of as many
/// connections as there may be it is all in memory at once.
const READ_AHEAD_BYTES: usize = 64 * 1024;
/// How many connections the system holds until they are taken. Those beyond are tried again by their callers after a
/// second or more, so a flood of strangers must not fill it.
const BACKLOG: u32 = 4096;
/// How long to wait after the system has refused a connection, for want of file descriptors, say.
const BREATHER: Duration = Duration::from_millis(100);
/// How long an idle connection has to say goodbye when the router stops.
const FAREWELL: Duration = Duration::from_secs(1);

/// How connections are held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// The most connections at once. When one more comes, the one that can best be spared makes room for it. Default 512,
    /// so that with as many file descriptors again for deliveries the common limit of 1024 suffices.
    pub most: usize,
    /// How long the TLS handshake may take, and then the head of the first request. Default 10 s.
    pub head: Duration,
    /// How long the next request's head may take to come when one has been answered. Default 75 s.
    pub idle: Duration,
    /// How long the first byte of a message may take to come after its head. Default 5 s.
    pub first_byte: Duration,
    /// How long messages under way have to come in, besides their fagsystem's time to answer, when the router is
    /// stopped. Default 30 s.
    pub grace: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            most: 512,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            first_byte: Duration::from_secs(5),
            grace: Duration::from_secs(30),
        }
    }
}

impl ConnectionLimits {
    /// The default, with room for others beside that many messages under way.
    #[must_use]
    pub fn beside(most_under_way: u16) -> Self {
        let default = Self::default();
        Self { most: default.most.max(2 * usize::from(most_under_way)), ..default }
    }
}

/// What takes connections and has their requests answered.
#[derive(Clone)]
pub(super) struct Listening {
    pub routes: Router,
    pub tls: Option<TlsAcceptor>,
    pub limits: ConnectionLimits,
    pub metrics: Arc<Metrics>,
    pub reports: Arc<Reports>,
    /// No more are taken, and those without a message under way are closed.
    pub stop: CancellationToken,
    /// Those that are left are closed too.
    pub cut_off: CancellationToken,
}

impl Listening {
    /// Takes connections until told to stop; returns when the last has ended.
    pub async fn hold_connections(self, listener: TcpListener) {
        let (stop, connections) = (self.stop.clone(), TaskTracker::new());
        tokio::select! {
            () = self.take_connections(&listener, &connections) => {}
            () = stop.cancelled() => {}
        }
        drop((self, listener));
        connections.close();
        connections.wait().await;
    }

    async fn take_connections(&self, listener: &TcpListener, tasks: &TaskTracker) {
        let open = Arc::<Connections>::default();
        let mut allowance = Allowance::new(self.limits.most);
        loop {
            match listener.accept().await {
                Ok((stream, from)) => {
                    let from = address_of(from);
                    let connection = Connections::admit(&open, from, || allowance.now(), self.limits.head).await;
                    tasks.spawn(self.clone().receive(stream, connection));
                }
                // The caller has gone again already.
                Err(error) if is_callers_own(&error) => {}
                Err(error) => {
                    // Deliveries need their part of what the system gives.
                    if allowance.shrink(open.count()) && self.reports.admit("connections") {
                        let most = allowance.now();
                        tracing::warn!(%error, "the system gives no more connections: at most {most} for a while");
                    }
                    open.make_room();
                    sleep(BREATHER).await;
                }
            }
        }
    }

    async fn receive(self, stream: TcpStream, connection: OpenConnection) {
        let cut_off = self.cut_off.clone();
        cut_off.run_until_cancelled(self.answer(stream, &connection)).await;
    }

    async fn answer(&self, stream: TcpStream, connection: &OpenConnection) {
        // Answers are small and waited for.
        let _ = stream.set_nodelay(true);
        let _open = self.metrics.connection_open();
        let Some(tls) = &self.tls else { return self.hold(stream, Caller::default(), connection).await };
        let shaken = tokio::select! {
            shaken = timeout(self.limits.head, tls.accept(stream)) => shaken,
            () = connection.must_close() => return self.metrics.connection_closed("room"),
            () = self.stop.cancelled() => return,
        };
        match shaken {
            Ok(Ok(stream)) => {
                let caller = Caller::of(stream.get_ref().1.peer_certificates());
                self.hold(stream, caller, connection).await;
            }
            Ok(Err(error)) => {
                self.metrics.caller_refused("tls");
                if self.reports.admit("tls") {
                    tracing::info!(%error, "a caller could not set up TLS");
                }
            }
            Err(_) => self.metrics.connection_closed("idle"),
        }
    }

    /// Answers what comes on a connection, until it ends, has been idle too long, or must make room.
    async fn hold(&self, stream: impl AsyncRead + AsyncWrite + Unpin, caller: Caller, open: &OpenConnection) {
        open.waits(self.limits.head);
        let routes = TowerToHyperService::new(self.routes.clone());
        let service = service_fn(|mut request: Request<Incoming>| {
            let begun = open.begin_call(self.limits.idle).map(|(call, answering)| {
                request.extensions_mut().insert(caller.clone());
                request.extensions_mut().insert(call);
                (answering, routes.call(request))
            });
            async move {
                let (_answering, answer) = begun.ok_or(MakesRoom)?;
                let answer: Result<_, Infallible> = answer.await;
                Ok::<_, MakesRoom>(answer.unwrap_or_else(|never| match never {}))
            }
        });
        let mut http = http1::Builder::new();
        // A caller may have closed its side once it has sent everything, and still waits for the answer.
        let http = http.half_close(true).max_buf_size(READ_AHEAD_BYTES);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        let often = self.limits.head.min(self.limits.idle);
        let (mut look_again, mut is_stopping) = (Instant::now() + often, false);
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection has broken");
                    }
                    return;
                }
                () = open.must_close() => return self.metrics.connection_closed("room"),
                () = sleep_until(look_again) => match open.idle_until() {
                    Some(until) if until <= Instant::now() && open.close() => {
                        return self.metrics.connection_closed("idle");
                    }
                    Some(until) => look_again = until.min(Instant::now() + often),
                    None => look_again = Instant::now() + often,
                },
                () = self.stop.cancelled(), if !is_stopping => {
                    is_stopping = true;
                    connection.as_mut().graceful_shutdown();
                    if open.close() {
                        let _ = timeout(FAREWELL, connection).await;
                        return;
                    }
                }
            }
        }
    }
}

/// Listens at that address.
pub(super) fn listen_at(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // An address that was used a moment ago may be used again. On Windows this would let two programs share it.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// An IPv4 address is the same one whichever way it is written.
fn address_of(from: SocketAddr) -> IpAddr {
    from.ip().to_canonical()
}

fn is_callers_own(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// A call came on a connection that was just being closed to make room.
#[derive(Debug, thiserror::Error)]
#[error("the connection makes room for another")]
struct MakesRoom;
