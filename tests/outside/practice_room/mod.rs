//! The practice fagsystems of the window: each with an inbox and a mood of its own, and the router's own way to them.

mod inboxes;
mod moods;
mod sample;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use postfordeler::training::{InboxLetter, PracticeInbox, PracticeRoom};

use crate::support::{Answer, Call, block_on};

const FREE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// So long that no test could wait for it.
const FOR_EVER: Duration = Duration::from_hours(24);

fn room() -> PracticeRoom {
    block_on(async { PracticeRoom::open_with(FREE, FOR_EVER).expect("a port is free") })
}

/// Sends it to the fagsystem at that path, and leaves the answer.
fn send(room: &PracticeRoom, path: &str, message: &[u8]) -> Call {
    let (address, length) = (room.address(), message.len());
    let head = format!("POST {path} HTTP/1.1\r\nContent-Type: application/xml\r\nContent-Length: {length}");
    let mut call = Call::begin(address, &head);
    call.send(message);
    call
}

fn deliver(room: &PracticeRoom, path: &str, message: &[u8]) -> Answer {
    send(room, path, message).answer()
}

fn inbox(room: &PracticeRoom, path: &str) -> PracticeInbox {
    room.snapshot().inboxes.remove(path).expect("it has an inbox")
}

fn latest(room: &PracticeRoom, path: &str) -> Arc<InboxLetter> {
    inbox(room, path).letters.remove(0)
}
