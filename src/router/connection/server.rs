use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::allowance::Allowance;
use super::connections::{ConnectionSlot, Connections};
use super::protection::{Caller, CallerRefusal, Closing, FirstBytes, NotAccepted, Refusal, Tls};
use super::recorded_stream::RecordedStream;
use super::workers::Places;

/// How much of a connection is read ahead. A head that is longer is answered with 431. Every connection may use this much
/// memory at once.
const READ_AHEAD_BYTES: usize = 64 * 1024;
/// How many connections the system queues before they are accepted. Callers retry those beyond after a second or more, so a
/// flood of connections must not fill the queue.
const BACKLOG: u32 = 4096;
/// How long to wait after the system has refused a connection, for want of file descriptors, say.
const ACCEPT_BACKOFF: Duration = Duration::from_millis(100);
/// How long a connection that is being closed may take.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(1);
/// How long a connection without a request is held when the router stops, because a request may be on its way already.
const LAST_REQUEST_WAIT: Duration = Duration::from_millis(250);
/// The most bytes that are still read of a connection that is being closed.
const MAX_LINGERING_BYTES: usize = 1024 * 1024;

/// How many connections are held, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// The most connections at once. When one more comes, the one that can best be spared is closed for it. Default 512: with
    /// as many file descriptors again for deliveries, the common limit of 1024 suffices.
    pub most: usize,
    /// How long the TLS handshake may take, and then the head of the first request. Default 10 s.
    pub head: Duration,
    /// How long the head of the next request may take once a request has been answered. Default 75 s.
    pub idle: Duration,
    /// How long the first byte of a message may take after its head. Default 5 s.
    pub first_byte: Duration,
    /// How long messages under way may take to come in when the router is stopped, on top of their fagsystem's time to
    /// answer. Default 30 s.
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
    /// The default, with room for other connections besides those of that many messages under way.
    #[must_use]
    pub fn beside(most_under_way: u16) -> Self {
        let default = Self::default();
        Self { most: default.most.max(2 * usize::from(most_under_way)), ..default }
    }
}

/// Is notified of the connections of a [`Server`].
pub(in crate::router) trait ConnectionObserver: Clone + Send + Sync + 'static {
    /// Kept for as long as the connection is open.
    type Open: Send;

    /// A connection has been accepted.
    fn opened(&self) -> Self::Open;

    /// The server has closed a connection from that address.
    fn closed(&self, closing: Closing, from: IpAddr);

    /// The system refuses more connections; for a while there are at most `max`.
    fn limited(&self, error: &io::Error, max: usize);

    /// A connection ended without a request that could be read.
    fn refused(&self, caller: CallerRefusal) -> impl Future<Output = ()> + Send;
}

/// Accepts connections and has their requests answered.
#[derive(Clone)]
pub(in crate::router) struct Server<Observer> {
    pub routes: Router,
    pub tls: Option<Arc<Tls>>,
    pub limits: ConnectionLimits,
    pub observer: Observer,
    /// Begins the shutdown: requests under way are answered, and so are those that still come until the last of them is.
    pub stop: CancellationToken,
    /// Ends the connections that are left.
    pub cut_off: CancellationToken,
}

impl<Observer: ConnectionObserver> Server<Observer> {
    /// Accepts connections until `stop`, and goes on until the connections from before that have ended and `until` is done,
    /// so that health checks are answered meanwhile. Returns when the last connection has ended. Connections are carried in
    /// those places.
    pub async fn run(self, listener: TcpListener, places: Places, until: impl Future<Output = ()>) {
        let (earlier, later, over) = (TaskTracker::new(), TaskTracker::new(), CancellationToken::new());
        let ended = async {
            self.stop.cancelled().await;
            earlier.close();
            earlier.wait().await;
            until.await;
        };
        tokio::select! {
            () = self.accept_connections(&listener, &places, [&earlier, &later], &over) => {}
            () = ended => {}
        }
        drop((self, listener));
        over.cancel();
        later.close();
        later.wait().await;
    }

    async fn accept_connections(
        &self,
        listener: &TcpListener,
        places: &Places,
        tasks: [&TaskTracker; 2],
        over: &CancellationToken,
    ) {
        let open = Arc::<Connections>::default();
        let mut allowance = Allowance::new(self.limits.most);
        loop {
            match listener.accept().await {
                Ok((stream, from)) => {
                    let from = address_of(from);
                    let connection = Connections::admit(&open, from, || allowance.now(), self.limits.head).await;
                    let is_late = self.stop.is_cancelled();
                    let end = if is_late { over } else { &self.stop };
                    let (server, end) = (self.clone(), end.clone());
                    places.carry(stream, tasks[usize::from(is_late)], move |stream| {
                        server.receive(stream, connection, end)
                    });
                }
                // The caller has hung up already.
                Err(error) if is_callers_own(&error) => {}
                Err(error) => {
                    // Deliveries need their share of the file descriptors.
                    if allowance.shrink(open.count()) {
                        self.observer.limited(&error, allowance.now());
                    }
                    open.make_room();
                    sleep(ACCEPT_BACKOFF).await;
                }
            }
        }
    }

    async fn receive(self, stream: TcpStream, connection: ConnectionSlot, end: CancellationToken) {
        let cut_off = self.cut_off.clone();
        cut_off.run_until_cancelled(self.answer(stream, &connection, &end)).await;
    }

    async fn answer(&self, stream: TcpStream, open: &ConnectionSlot, end: &CancellationToken) {
        // Answers are small, and their callers wait for them.
        let _ = stream.set_nodelay(true);
        let _open = self.observer.opened();
        let mut stream = RecordedStream::of(stream);
        let Some(tls) = &self.tls else {
            let broken = self.hold(&mut stream, Caller::default(), open, end).await;
            return self.report_broken(broken, &stream.first_bytes, open).await;
        };
        let shaken = tokio::select! {
            shaken = timeout(self.limits.head, tls.accept(stream)) => shaken,
            () = open.must_close() => return self.observer.closed(Closing::Room, open.from()),
            () = async { end.cancelled().await; sleep(SHUTDOWN_GRACE).await } => return,
        };
        match shaken {
            Ok(Ok(mut stream)) => {
                let caller = Caller::of(stream.get_ref().1.peer_certificates());
                let broken = self.hold(&mut stream, caller, open, end).await;
                self.report_broken(broken, &FirstBytes::default(), open).await;
            }
            Ok(Err(NotAccepted { error, mut stream, shown })) => {
                if let Some((refusal, detail)) = Refusal::of_tls(&error, &stream.first_bytes) {
                    self.observer
                        .refused(CallerRefusal {
                            certificate: shown,
                            detail,
                            ..CallerRefusal::new(refusal, open.from())
                        })
                        .await;
                }
                // The caller should learn why, and may have sent more than was read.
                tokio::select! {
                    () = linger(&mut stream) => {}
                    () = open.must_close() => {}
                }
            }
            Err(_) => self.observer.closed(Closing::Slow, open.from()),
        }
    }

    /// Serves a connection until it ends, has been idle too long or must make room. Returns how it broke, if it did.
    async fn hold<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: &mut S,
        caller: Caller,
        open: &ConnectionSlot,
        end: &CancellationToken,
    ) -> Option<hyper::Error> {
        let broken = self.serve(&mut *stream, caller, open, end).await;
        if end.is_cancelled() {
            linger(stream).await;
        }
        broken
    }

    async fn serve(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin,
        caller: Caller,
        open: &ConnectionSlot,
        end: &CancellationToken,
    ) -> Option<hyper::Error> {
        open.waits(self.limits.head);
        let has_called = AtomicBool::new(false);
        let routes = TowerToHyperService::new(self.routes.clone());
        let service = service_fn(|mut request: Request<Incoming>| {
            has_called.store(true, Ordering::Relaxed);
            let begun = open.begin_call(self.limits.idle).map(|(call, answering)| {
                request.extensions_mut().insert(caller.clone());
                request.extensions_mut().insert(call);
                (answering, routes.call(request))
            });
            async move {
                let (_answering, answer) = begun.ok_or(NoAnswer::MakesRoom)?;
                let answer: Result<_, Infallible> = answer.await;
                let mut answer = answer.unwrap_or_else(|never| match never {});
                if answer.extensions().get::<HangUp>().is_some() {
                    return Err(NoAnswer::HangsUp);
                }
                if self.stop.is_cancelled() {
                    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, NoAnswer>(answer)
            }
        });
        let mut http = http1::Builder::new();
        // A caller may have closed its side once it has sent everything, and still waits for the answer.
        let http = http.half_close(true).max_buf_size(READ_AHEAD_BYTES);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        let often = self.limits.head.min(self.limits.idle);
        let mut look_again = Instant::now() + often;
        let mut shutdown_at = None;
        loop {
            let is_due = async {
                match shutdown_at {
                    Some(due) => sleep_until(due).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                ended = connection.as_mut() => return ended.err(),
                () = open.must_close() => {
                    self.observer.closed(Closing::Room, open.from());
                    return None;
                }
                () = sleep_until(look_again) => match open.idle_until() {
                    Some(until) if until <= Instant::now() && open.close() => {
                        let is_idle = has_called.load(Ordering::Relaxed);
                        self.observer.closed(if is_idle { Closing::Idle } else { Closing::Slow }, open.from());
                        return None;
                    }
                    Some(until) => look_again = until.min(Instant::now() + often),
                    None => look_again = Instant::now() + often,
                },
                // A request may be on its way.
                () = end.cancelled(), if shutdown_at.is_none() => shutdown_at = Some(Instant::now() + LAST_REQUEST_WAIT),
                () = is_due => {
                    if open.close_idle() {
                        connection.as_mut().graceful_shutdown();
                        let _ = timeout(SHUTDOWN_GRACE, connection).await;
                        return None;
                    }
                    shutdown_at = Some(Instant::now() + LAST_REQUEST_WAIT);
                }
            }
        }
    }

    /// Reports how a connection broke, where the caller sent what could not be read.
    async fn report_broken(&self, broken: Option<hyper::Error>, first_bytes: &FirstBytes, open: &ConnectionSlot) {
        let Some(error) = broken else { return };
        if let Some(refusal) = Refusal::of_http(&error, first_bytes, self.tls.is_some()) {
            self.observer.refused(CallerRefusal::new(refusal, open.from())).await;
        } else {
            tracing::debug!(from = %open.from(), %error, "a connection has broken");
        }
    }
}

/// Ends a connection so that what was sent last arrives: the system would reset a connection with unread bytes.
async fn linger(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) {
    let lingering = async {
        if stream.shutdown().await.is_err() {
            return;
        }
        let (mut left, mut piece) = (MAX_LINGERING_BYTES, [0; 4096]);
        while let Ok(count @ 1..) = stream.read(&mut piece).await {
            let Some(still_left) = left.checked_sub(count) else { return };
            left = still_left;
        }
    };
    let _ = timeout(SHUTDOWN_GRACE, lingering).await;
}

/// Listens at that address.
pub(in crate::router) fn listen_at(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Allows an address that was in use a moment ago. On Windows this option would let two programs share one address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// The caller's IP address; an IPv4 address written as IPv6 is the same one.
fn address_of(from: SocketAddr) -> IpAddr {
    from.ip().to_canonical()
}

fn is_callers_own(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Among the extensions of an answer: the connection is closed in place of it.
#[derive(Debug, Clone, Copy)]
pub(in crate::router) struct HangUp;

/// Why a call gets no answer.
#[derive(Debug, thiserror::Error)]
enum NoAnswer {
    /// It came on a connection that was just being closed.
    #[error("the connection makes room for another")]
    MakesRoom,
    #[error("whoever should answer hangs up instead")]
    HangsUp,
}
