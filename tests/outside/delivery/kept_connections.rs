//! Over which connections messages go to a fagsystem that keeps them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::router_to;
use crate::support::{Answer, Call, Connection, Fagsystem, Gate, Memo, Router, TIMEOUT};

const YES: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// What happens on a fagsystem's connections, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// A message came, and was accepted.
    Message(usize),
    /// It is closed, by whomever.
    Closed(usize),
}

/// A fagsystem that accepts each message once `answers` returns, and keeps the connection if `keeps` says so.
fn fagsystem(
    answers: impl Fn() + Send + Sync + 'static,
    keeps: impl Fn(&mut Connection) -> bool + Send + Sync + 'static,
) -> (Fagsystem, Receiver<Event>) {
    let (tell, told) = channel();
    let (tell, opened) = (Mutex::new(tell), AtomicUsize::new(0));
    let fagsystem = Fagsystem::start(move |connection| {
        let tell: Sender<Event> = tell.lock().unwrap().clone();
        let number = opened.fetch_add(1, Ordering::Relaxed);
        while connection.take_all() {
            let _ = tell.send(Event::Message(number));
            answers();
            if !connection.write(YES) || !keeps(connection) {
                break;
            }
        }
        let _ = tell.send(Event::Closed(number));
    });
    (fagsystem, told)
}

fn next(events: &Receiver<Event>) -> Event {
    events.recv_timeout(TIMEOUT).expect("something happens")
}

/// One more message from a caller that keeps its connection.
fn deliver_on(caller: &mut Call) -> Answer {
    let message = Memo::new().xml();
    let head = "POST /memo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/xml";
    caller.send(format!("{head}\r\nContent-Length: {}\r\n\r\n", message.len()));
    caller.send(&message);
    caller.next_answer()
}

fn caller_of(router: &Router) -> Call {
    Call::connect(router.address())
}

#[test]
fn messages_one_after_another_go_over_one_connection() {
    let (fagsystem, events) = fagsystem(|| (), |_| true);
    let router = router_to(&fagsystem);
    let mut caller = caller_of(&router);
    for _ in 0..5 {
        assert_eq!(deliver_on(&mut caller).status(), 200);
        assert_eq!(next(&events), Event::Message(0));
    }
}

#[test]
fn a_connection_that_the_fagsystem_has_closed_is_not_used_again() {
    let (fagsystem, events) = fagsystem(
        || (),
        |connection| {
            connection.hang_up();
            false
        },
    );
    let router = router_to(&fagsystem);
    let mut caller = caller_of(&router);
    for number in 0..10 {
        assert_eq!(deliver_on(&mut caller).status(), 200);
        assert_eq!((next(&events), next(&events)), (Event::Message(number), Event::Closed(number)));
    }
    assert_eq!(fagsystem.whole_requests().len(), 10);
}

#[test]
fn messages_at_once_have_a_connection_each() {
    let gate = Gate::default();
    let held = gate.clone();
    let (fagsystem, events) = fagsystem(move || held.pass(), |_| true);
    let router = Arc::new(router_to(&fagsystem));
    let callers: Vec<_> = (0..3)
        .map(|_| {
            let router = Arc::clone(&router);
            thread::spawn(move || router.deliver(&Memo::new().xml()))
        })
        .collect();
    let mut on: Vec<_> = (0..3).map(|_| next(&events)).collect();
    on.sort_by_key(|event| format!("{event:?}"));
    assert_eq!(on, [0, 1, 2].map(Event::Message));
    gate.open();
    for caller in callers {
        assert_eq!(caller.join().unwrap().status(), 200);
    }
}

#[test]
fn a_connection_that_nobody_uses_is_closed() {
    let (fagsystem, events) = fagsystem(|| (), |_| true);
    let router = router_to(&fagsystem);
    assert_eq!(deliver_on(&mut caller_of(&router)).status(), 200);
    assert_eq!((next(&events), next(&events)), (Event::Message(0), Event::Closed(0)));
}
