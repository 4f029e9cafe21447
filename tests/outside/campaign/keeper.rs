//! Who sees to the router: starts it, kills it, and publishes rules meanwhile.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use postfordeler::exchange::read_configuration;
use postfordeler::store::Store;
use rusqlite::Connection;
use serde_json::Value;
use tokio::net::TcpSocket;
use tokio::sync::watch;
use tokio::task::{JoinSet, block_in_place};
use tokio::time::{sleep, timeout};

use super::clock;
use super::dice::Dice;
use super::ledger::Ledger;
use super::plan::{Clockwork, Moment};
use super::rules::Rules;
use super::sender::Sender;
use crate::support::Running;

/// How many tries end between two publications.
const TRIES_BETWEEN_PUBLICATIONS: usize = 75;
const MAX_BETWEEN_PUBLICATIONS: Duration = Duration::from_secs(1);
/// How often is looked whether rows are being moved; a piece of them takes longer.
const LOOK_INTERVAL: Duration = Duration::from_millis(1);
/// How many letters that were accepted are sent again when a router has been started.
const SENT_AGAIN: usize = 12;

/// An address that only the router can listen on, also while it is down.
pub struct Reserved {
    pub address: SocketAddr,
    _socket: TcpSocket,
}

impl Reserved {
    pub fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        Self { address: socket.local_addr().unwrap(), _socket: socket }
    }
}

/// Starts a router with that clock: the program itself if the clock is right, else a process of the test.
pub fn start(data: &Path, address: SocketAddr, clockwork: Clockwork) -> Running {
    let listen = address.to_string();
    match clockwork {
        Clockwork::Right => Running::start(&["serve", "--listen", &listen, "--data", data.to_str().unwrap()]),
        wrong => clock::start(data, &listen, wrong),
    }
}

/// Kills the router that often, each time at a planned moment, and starts it again, every other time by a wrong clock.
/// Returns the last one, whose clock is right.
pub async fn kill_again_and_again(
    mut running: Running,
    data: &Path,
    ledger: &Ledger,
    is_up: &watch::Sender<bool>,
    sender: Sender,
    kills: usize,
) -> Running {
    let address = running.address();
    let mut accepted = ledger.accepted.subscribe();
    let mut sending_again = JoinSet::new();
    for number in 0..kills {
        let enough = ledger.messages * (number + 1) / (kills + 1);
        accepted.wait_for(|accepted| *accepted >= enough).await.unwrap();
        let moment = Moment::of(number);
        // When all are accepted, nothing may happen any more.
        tokio::select! {
            () = rows_are_moved(data), if moment == Moment::Moving => ledger.count("kill: among the rows that were moved"),
            () = ledger.next(moment), if moment != Moment::Moving => {}
            () = ledger.all_accepted() => {}
        }
        ledger.count(format!("kill: {moment:?}"));
        let is_last = number + 1 == kills;
        let clockwork = if is_last { Clockwork::Right } else { Clockwork::of(number + 1) };
        ledger.count(format!("start: clock {clockwork:?}"));
        is_up.send_replace(false);
        running = block_in_place(|| {
            kill(running);
            if first_arrival(&database(data)).is_some() {
                ledger.count("kill: with rows among the arrivals");
            }
            // Now and then before it has done anything.
            if number % 5 == 4 {
                ledger.count("kill: as soon as it listens");
                kill(start(data, address, Clockwork::Right));
            }
            start(data, address, clockwork)
        });
        is_up.send_replace(true);
        let (letters, mut sender) = (some_accepted(ledger, number), sender.clone());
        sending_again.spawn(async move {
            for letter in letters {
                sender.send_again(letter).await;
            }
        });
    }
    sending_again.join_all().await;
    running
}

/// Waits until some rows have been moved from the arrivals into the journal and others are still there: the router is at it.
async fn rows_are_moved(data: &Path) {
    let database = database(data);
    let mut first = None;
    loop {
        let now = first_arrival(&database);
        if first.is_some() && now > first {
            return;
        }
        first = now;
        sleep(LOOK_INTERVAL).await;
    }
}

fn database(data: &Path) -> Connection {
    Connection::open(data.join("postfordeler.db")).unwrap()
}

/// The number of the first row among the arrivals.
fn first_arrival(database: &Connection) -> Option<i64> {
    database.query_row("SELECT min(number) FROM arrivals", [], |row| row.get(0)).unwrap()
}

/// Some of the letters that their senders know to be accepted.
fn some_accepted(ledger: &Ledger, start: usize) -> Vec<usize> {
    let mut dice = Dice::new(ledger.seed, "again", &[start]);
    let records = ledger.records();
    let firsts = records.iter().take(ledger.messages).enumerate();
    let accepted: Vec<_> = firsts.filter(|(_, record)| record.is_told_accepted()).map(|(letter, _)| letter).collect();
    drop(records);
    if accepted.is_empty() { Vec::new() } else { (0..SENT_AGAIN).map(|_| dice.one_of(&accepted)).collect() }
}

/// Publishes other rules ever again, for as long as it is let.
pub async fn publish_again_and_again(data: &Path, ledger: &Arc<Ledger>, fagsystems: &[SocketAddr]) {
    let mut tries = ledger.tries.subscribe();
    // The first publication was there before the router.
    for publication in 2.. {
        let enough = (publication - 1) * TRIES_BETWEEN_PUBLICATIONS;
        // At the end few letters are left, and they may wait for these rules.
        let _ = timeout(MAX_BETWEEN_PUBLICATIONS, tries.wait_for(|tries| *tries >= enough)).await;
        let rules = Rules::of(ledger.seed, publication).configuration(fagsystems);
        block_in_place(|| publish(data, &rules, ledger));
        ledger.count("publication");
    }
}

/// Publishes, and tries again if the router held the database for too long.
fn publish(data: &Path, rules: &Value, ledger: &Ledger) {
    let book = read_configuration(rules.to_string().as_bytes()).unwrap().compile().unwrap();
    while let Err(error) = Store::open(data).and_then(|store| store.publish_over(&book, "")) {
        assert!(error.to_string().contains("locked") || error.to_string().contains("busy"), "{error}");
        ledger.count("publication: the database was busy for seconds");
    }
}

/// Dropped, it is killed with SIGKILL and waited for.
fn kill(mut running: Running) {
    assert_no_panic(&mut running);
}

pub fn assert_no_panic(running: &mut Running) {
    let log = running.log();
    assert!(!log.contains("panicked"), "the router has panicked: {log}");
}
