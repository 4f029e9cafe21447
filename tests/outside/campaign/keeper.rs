//! Who sees to the router: starts it, kills it, and publishes rules meanwhile.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpSocket;
use tokio::sync::watch;
use tokio::task::block_in_place;

use super::ledger::Ledger;
use super::plan::Moment;
use super::rules::Rules;
use crate::support::{Running, publish};

/// How many tries end between two publications.
const TRIES_BETWEEN_PUBLICATIONS: usize = 75;

/// An address that nobody but the router can listen on, also while it is down.
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

pub fn start(data: &Path, address: SocketAddr) -> Running {
    let listen = address.to_string();
    Running::start(&["serve", "--listen", &listen, "--data", data.to_str().unwrap()])
}

/// Kills the router that often, each time at a planned moment, and starts it again. Returns the last one.
pub async fn kill_again_and_again(
    mut running: Running,
    data: &Path,
    ledger: &Ledger,
    is_up: &watch::Sender<bool>,
    kills: usize,
) -> Running {
    let address = running.address();
    let mut accepted = ledger.accepted.subscribe();
    for number in 0..kills {
        let enough = ledger.letters.len() * (number + 1) / (kills + 1);
        accepted.wait_for(|accepted| *accepted >= enough).await.unwrap();
        let moment = Moment::of(number);
        ledger.next(moment).await;
        ledger.count(format!("kill: {moment:?}"));
        is_up.send_replace(false);
        running = block_in_place(|| {
            kill(running);
            // Now and then before it has done anything.
            if number % 5 == 4 {
                ledger.count("kill: as soon as it listens");
                kill(start(data, address));
            }
            start(data, address)
        });
        is_up.send_replace(true);
    }
    running
}

/// Publishes other rules ever again, for as long as it is let.
pub async fn publish_again_and_again(data: &Path, ledger: &Arc<Ledger>, fagsystems: &[SocketAddr]) {
    let mut tries = ledger.tries.subscribe();
    // The first publication was there before the router.
    for publication in 2.. {
        let enough = (publication - 1) * TRIES_BETWEEN_PUBLICATIONS;
        tries.wait_for(|tries| *tries >= enough).await.unwrap();
        let rules = Rules::of(ledger.seed, publication).configuration(fagsystems);
        block_in_place(|| publish(data, &rules));
        ledger.count("publication");
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
