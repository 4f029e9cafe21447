use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::metrics::Metrics;
use super::protection::Caller;

/// How much of a connection is read ahead. A head that has not come to its end then is answered with 431.
const READ_AHEAD_BYTES: usize = 256 * 1024;
/// How long to wait after the system has refused a connection, for want of file descriptors, say.
const BREATHER: Duration = Duration::from_millis(100);
/// However few connections the system gives, so many are held.
const LEAST: usize = 8;
/// How long an idle connection has to say goodbye when the router stops.
const FAREWELL: Duration = Duration::from_secs(1);

/// How connections are held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// The most connections at once. When one more comes, the one that has been idle longest makes room for it. Default
    /// 512, so that with as many file descriptors again for deliveries the common limit of 1024 suffices.
    pub most: usize,
    /// How long the TLS handshake may take, and then the head of the first request. Default 10 s.
    pub head: Duration,
    /// How long the next request's head may take to come when one has been answered. Default 75 s.
    pub idle: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self { most: 512, head: Duration::from_secs(10), idle: Duration::from_secs(75) }
    }
}

/// Takes connections and has their requests answered, until told to stop; returns when the last has ended. Those
/// without a request under way are closed then.
pub(super) async fn hold_connections(
    listener: TcpListener,
    routes: Router,
    tls: Option<TlsAcceptor>,
    limits: ConnectionLimits,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
) {
    let house = House { routes, tls, limits, metrics, stop: stop.clone(), guests: Arc::default() };
    let connections = TaskTracker::new();
    let taking = async {
        let mut most = house.limits.most;
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let seat = Guests::seat(&house.guests, most, house.limits.head).await;
                    connections.spawn(house.clone().receive(stream, seat));
                }
                // The caller has gone again already.
                Err(error) if is_callers_own(&error) => {}
                Err(error) => {
                    // Deliveries need their part of what the system gives.
                    let fewer = (house.guests.all().len() * 3 / 4).max(LEAST);
                    if fewer < most {
                        tracing::warn!(%error, "the system gives no more connections: from now on at most {fewer}");
                        most = fewer;
                    }
                    house.guests.show_out_longest_idle();
                    sleep(BREATHER).await;
                }
            }
        }
    };
    tokio::select! {
        () = taking => {}
        () = stop.cancelled() => {}
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

fn is_callers_own(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// What every connection needs.
#[derive(Clone)]
struct House {
    routes: Router,
    tls: Option<TlsAcceptor>,
    limits: ConnectionLimits,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
    guests: Arc<Guests>,
}

impl House {
    async fn receive(self, stream: TcpStream, seat: Seat) {
        // Answers are small and waited for.
        let _ = stream.set_nodelay(true);
        let _open = self.metrics.connection_open();
        let Some(tls) = &self.tls else { return self.hold(stream, Caller::default(), &seat).await };
        let shaken = tokio::select! {
            shaken = timeout(self.limits.head, tls.accept(stream)) => shaken,
            () = seat.guest.leave.notified() => return self.metrics.connection_closed("room"),
            () = self.stop.cancelled() => return,
        };
        match shaken {
            Ok(Ok(stream)) => {
                let caller = Caller::of(stream.get_ref().1.peer_certificates());
                self.hold(stream, caller, &seat).await;
            }
            Ok(Err(error)) => {
                self.metrics.caller_refused("tls");
                tracing::info!(%error, "a caller could not set up TLS");
            }
            Err(_) => self.metrics.connection_closed("idle"),
        }
    }

    /// Answers what comes on a connection, until it ends, has been idle too long, or must make room.
    async fn hold(&self, stream: impl AsyncRead + AsyncWrite + Unpin, caller: Caller, seat: &Seat) {
        let guest = &seat.guest;
        guest.waits(self.limits.head);
        let routes = TowerToHyperService::new(self.routes.clone());
        let service = service_fn(|mut request: Request<Incoming>| {
            request.extensions_mut().insert(caller.clone());
            let answering = seat.begin_request(self.limits.idle).map(|busy| (busy, routes.call(request)));
            async move {
                let (_busy, answering) = answering.ok_or(ShownOut)?;
                let answer: Result<_, Infallible> = answering.await;
                Ok::<_, ShownOut>(answer.unwrap_or_else(|never| match never {}))
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
                () = guest.leave.notified() => return self.metrics.connection_closed("room"),
                () = sleep_until(look_again) => match guest.idle_until() {
                    Some(until) if until <= Instant::now() && guest.show_out() => {
                        return self.metrics.connection_closed("idle");
                    }
                    Some(until) => look_again = until.min(Instant::now() + often),
                    None => look_again = Instant::now() + often,
                },
                () = self.stop.cancelled(), if !is_stopping => {
                    is_stopping = true;
                    connection.as_mut().graceful_shutdown();
                    if guest.show_out() {
                        let _ = timeout(FAREWELL, connection).await;
                        return;
                    }
                }
            }
        }
    }
}

/// A request came on a connection that was just being closed to make room.
#[derive(Debug, thiserror::Error)]
#[error("the connection makes room for another")]
struct ShownOut;

/// The connections that there are.
#[derive(Debug, Default)]
struct Guests {
    all: Mutex<Vec<Arc<Guest>>>,
    /// One has left or become idle.
    changed: Notify,
}

impl Guests {
    /// Waits until there is a place for one more, and makes one where somebody is idle.
    async fn seat(this: &Arc<Self>, most: usize, patience: Duration) -> Seat {
        loop {
            {
                let mut all = this.all();
                if all.len() < most {
                    let guest = Arc::new(Guest::new(patience));
                    all.push(Arc::clone(&guest));
                    return Seat { guests: Arc::clone(this), guest };
                }
            }
            this.show_out_longest_idle();
            this.changed.notified().await;
        }
    }

    /// Closes the connection that has been idle longest, unless one is already on its way out.
    fn show_out_longest_idle(&self) {
        let all = self.all();
        if all.iter().any(|guest| matches!(*guest.state(), State::ShownOut)) {
            return;
        }
        if let Some((_, guest)) =
            all.iter().filter_map(|guest| Some((guest.idle_since()?, guest))).min_by_key(|it| it.0)
            && guest.show_out()
        {
            guest.leave.notify_one();
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Arc<Guest>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place among all; free again when it is dropped.
struct Seat {
    guests: Arc<Guests>,
    guest: Arc<Guest>,
}

impl Seat {
    /// `None` when the connection is just being closed: nothing may begin then.
    fn begin_request(&self, idle: Duration) -> Option<Busy> {
        self.guest.begin_request().then(|| Busy {
            guests: Arc::clone(&self.guests),
            guest: Arc::clone(&self.guest),
            idle,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.guests.all().retain(|guest| !Arc::ptr_eq(guest, &self.guest));
        self.guests.changed.notify_one();
    }
}

/// A request under way.
struct Busy {
    guests: Arc<Guests>,
    guest: Arc<Guest>,
    /// How long the next request may take to come.
    idle: Duration,
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.guest.waits(self.idle);
        self.guests.changed.notify_one();
    }
}

/// A connection, as others see it.
#[derive(Debug)]
struct Guest {
    state: Mutex<State>,
    /// It must make room.
    leave: Notify,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// No request is under way: none has come yet, or the last one has been answered.
    Idle { since: Instant, until: Instant },
    /// A request is under way.
    Busy,
    /// It is being closed.
    ShownOut,
}

impl Guest {
    fn new(patience: Duration) -> Self {
        let since = Instant::now();
        Self { state: Mutex::new(State::Idle { since, until: since + patience }), leave: Notify::new() }
    }

    /// From now on it waits for a request.
    fn waits(&self, patience: Duration) {
        let mut state = self.state();
        if !matches!(*state, State::ShownOut) {
            let since = Instant::now();
            *state = State::Idle { since, until: since + patience };
        }
    }

    fn begin_request(&self) -> bool {
        let mut state = self.state();
        let may_begin = !matches!(*state, State::ShownOut);
        if may_begin {
            *state = State::Busy;
        }
        may_begin
    }

    /// No request begins any more, unless one is under way.
    fn show_out(&self) -> bool {
        let mut state = self.state();
        let may_go = !matches!(*state, State::Busy);
        if may_go {
            *state = State::ShownOut;
        }
        may_go
    }

    fn idle_since(&self) -> Option<Instant> {
        match *self.state() {
            State::Idle { since, .. } => Some(since),
            State::Busy | State::ShownOut => None,
        }
    }

    fn idle_until(&self) -> Option<Instant> {
        match *self.state() {
            State::Idle { until, .. } => Some(until),
            State::Busy | State::ShownOut => None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
