use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use crate::router::sync::{Arc, Instant, Mutex, MutexGuard, Notify, PoisonError, timeout};

/// How often a new connection that waits for room checks again.
const INTERVAL: Duration = Duration::from_millis(20);
/// How long a new connection is left alone, to complete a TLS handshake and a head, before it can be closed to make room.
const UNDISTURBED: Duration = Duration::from_millis(250);

/// The open connections, and which of them is closed to make room for a new one.
///
/// Never one whose message is being carried. Of the others, first those whose call was refused; then those of the address
/// that has most connections, so that whoever opens many only closes their own. Among equals the one that has been silent
/// longest, and none that is quite new.
#[derive(Debug, Default)]
pub(in crate::router) struct Connections {
    open: Mutex<Vec<Arc<Connection>>>,
    /// Notified when a connection has closed, or may be closed from now on.
    changed: Notify,
}

impl Connections {
    /// Waits until there is room for one more connection, and makes room where it can. `most` returns how many there may be
    /// now; `wait_limit` is how long the new one may stay without a call.
    pub async fn admit(
        this: &Arc<Self>,
        from: IpAddr,
        mut most: impl FnMut() -> usize,
        wait_limit: Duration,
    ) -> ConnectionSlot {
        loop {
            let most = most();
            {
                let mut open = this.open();
                if open.len() < most {
                    let connection = Arc::new(Connection::new(from, wait_limit));
                    open.push(Arc::clone(&connection));
                    return ConnectionSlot { connections: Arc::clone(this), connection };
                }
            }
            this.make_room();
            let _ = timeout(INTERVAL, this.changed.notified()).await;
        }
    }

    /// The number of open connections.
    pub fn count(&self) -> usize {
        self.open().len()
    }

    /// Closes the connection that can best be spared, unless one is being closed already.
    pub fn make_room(&self) {
        let open = self.open();
        if open.iter().any(|connection| matches!(*connection.state(), State::Closing)) {
            return;
        }
        let mut refused: Option<(Instant, &Arc<Connection>)> = None;
        let mut silent: HashMap<IpAddr, (usize, Instant, &Arc<Connection>)> = HashMap::new();
        for connection in open.iter() {
            match *connection.state() {
                State::Refused { since, .. } if refused.is_none_or(|(oldest, _)| since < oldest) => {
                    refused = Some((since, connection));
                }
                State::Idle { since, .. } | State::Called { since } => {
                    let of_address = silent.entry(connection.from).or_insert((0, since, connection));
                    of_address.0 += 1;
                    if since < of_address.1 {
                        (of_address.1, of_address.2) = (since, connection);
                    }
                }
                _ => {}
            }
        }
        let most_silent = silent.into_values().max_by_key(|(count, since, _)| (*count, std::cmp::Reverse(*since)));
        let most_silent = most_silent.filter(|(_, since, _)| since.elapsed() >= UNDISTURBED);
        let spared = refused.map(|(_, connection)| connection).or(most_silent.map(|(.., connection)| connection));
        if let Some(connection) = spared
            && connection.close()
        {
            connection.must_close.notify_one();
        }
    }

    fn open(&self) -> MutexGuard<'_, Vec<Arc<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The slot of an open connection, freed when this is dropped.
pub(in crate::router) struct ConnectionSlot {
    connections: Arc<Connections>,
    connection: Arc<Connection>,
}

impl ConnectionSlot {
    /// From now on the connection waits for a call, for at most that long.
    pub fn waits(&self, wait_limit: Duration) {
        self.connection.waits(wait_limit);
    }

    /// Waits until the connection must close to make room.
    pub async fn must_close(&self) {
        self.connection.must_close.notified().await;
    }

    /// Until when the connection may be without a call; `None` while a call has no answer yet.
    pub fn idle_until(&self) -> Option<Instant> {
        match *self.connection.state() {
            State::Idle { until, .. } => Some(until),
            State::Refused { until, .. } => until,
            _ => None,
        }
    }

    /// Closes the connection to further calls, unless a message is being carried. Returns whether it is closed.
    pub fn close(&self) -> bool {
        self.connection.close()
    }

    /// The same, but only while no call is without its answer.
    pub fn close_idle(&self) -> bool {
        let mut state = self.connection.state();
        let is_idle = matches!(*state, State::Idle { .. } | State::Refused { until: Some(_), .. } | State::Closing);
        if is_idle {
            *state = State::Closing;
        }
        is_idle
    }

    /// The address that the connection came from.
    pub fn from(&self) -> IpAddr {
        self.connection.from
    }

    /// Begins a call; `None` when the connection is being closed and nothing may begin. `idle` is how long the next call may
    /// take to come once this one has been answered.
    pub fn begin_call(&self, idle: Duration) -> Option<(Call, Answering)> {
        if !self.connection.begin_call() {
            return None;
        }
        let call = Call { connections: Arc::clone(&self.connections), connection: Arc::clone(&self.connection) };
        Some((call.clone(), Answering { call, idle }))
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        self.connections.open().retain(|connection| !Arc::ptr_eq(connection, &self.connection));
        self.connections.changed.notify_one();
    }
}

/// Held until a call has its answer.
pub(in crate::router) struct Answering {
    call: Call,
    idle: Duration,
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.call.connection.waits(self.idle);
        self.call.connections.changed.notify_one();
    }
}

/// A call on a connection, which can still be closed to make room until the call's message is carried.
#[derive(Debug, Clone)]
pub(in crate::router) struct Call {
    connections: Arc<Connections>,
    connection: Arc<Connection>,
}

impl Call {
    /// The address that the call came from.
    pub fn from(&self) -> IpAddr {
        self.connection.from
    }

    /// Keeps the connection open for the call; `false` when it is being closed already.
    pub fn carry(&self) -> bool {
        self.connection.advance(State::Carried)
    }

    /// Marks the call as refused: even while more of it comes, its connection is the first to make room.
    pub fn refuse(&self) {
        if self.connection.advance(State::Refused { since: Instant::now(), until: None }) {
            self.connections.changed.notify_one();
        }
    }
}

#[derive(Debug)]
struct Connection {
    from: IpAddr,
    state: Mutex<State>,
    must_close: Notify,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// No call has come yet, or the last one has been answered.
    Idle { since: Instant, until: Instant },
    /// A call has come, and its body has not begun to arrive.
    Called { since: Instant },
    /// A message is being carried.
    Carried,
    /// A call has been refused and the rest of it is being discarded. `until` is set once it has been answered.
    Refused { since: Instant, until: Option<Instant> },
    /// The connection is being closed.
    Closing,
}

impl Connection {
    fn new(from: IpAddr, wait_limit: Duration) -> Self {
        let since = Instant::now();
        let state = Mutex::new(State::Idle { since, until: since + wait_limit });
        Self { from, state, must_close: Notify::new() }
    }

    /// A connection stays refused until its next call, because the rest of the refused one may still be arriving.
    fn waits(&self, wait_limit: Duration) {
        let mut state = self.state();
        let now = Instant::now();
        *state = match *state {
            State::Closing => State::Closing,
            State::Refused { since, .. } => State::Refused { since, until: Some(now + wait_limit) },
            _ => State::Idle { since: now, until: now + wait_limit },
        };
    }

    fn begin_call(&self) -> bool {
        self.advance(State::Called { since: Instant::now() })
    }

    fn advance(&self, next: State) -> bool {
        let mut state = self.state();
        let is_open = !matches!(*state, State::Closing);
        if is_open {
            *state = next;
        }
        is_open
    }

    fn close(&self) -> bool {
        let mut state = self.state();
        let may_close = !matches!(*state, State::Carried);
        if may_close {
            *state = State::Closing;
        }
        may_close
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
