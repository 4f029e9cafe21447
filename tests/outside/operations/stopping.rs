//! How the program takes signals: after SIGTERM everything finishes, and the program says so; SIGHUP ends nothing.

use std::io::Read;
use std::net::TcpStream;

use super::{Served, everything_to, get};
use crate::support::{Call, Fagsystem, Gate, Memo, Request, Running, TIMEOUT, eventually, header, postfordeler};

/// A fagsystem that has its answer wait for the gate.
fn slow(gate: &Gate) -> Fagsystem {
    let keeper = gate.clone();
    Fagsystem::start(move |connection| {
        if connection.take_all() {
            keeper.pass();
            connection.answer(200, "");
        }
    })
}

/// Delivers a message on a connection that the caller would go on using, and waits until its fagsystem has it.
fn under_way(served: &Served, fagsystem: &Fagsystem) -> Call {
    let xml = Memo::new().xml();
    let head = format!("POST /memo HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n", xml.len());
    let call = Call::raw(served.running.address(), [head.as_bytes(), &xml].concat());
    fagsystem.wait_until("it has the message", |requests| requests.iter().any(Request::is_whole));
    call
}

#[test]
fn a_router_that_is_stopping_says_so_at_both_ports_and_answers_all_that_has_begun() {
    let gate = Gate::default();
    let fagsystem = slow(&gate);
    let (mut served, metrics) = Served::with_metrics_and(&everything_to(&fagsystem.endpoint()), &["--log", "json"]);
    let address = served.running.address();
    let idle = TcpStream::connect(address).unwrap();
    idle.set_read_timeout(Some(TIMEOUT)).unwrap();
    let mut call = under_way(&served, &fagsystem);
    served.running.terminate();
    let stopping = eventually("it is stopping", || Some(get(address, "/sundhed")).filter(|it| it.status() == 503));
    for answer in [stopping, get(address, "/sundhed"), get(metrics, "/sundhed")] {
        assert_eq!(answer.status(), 503);
        assert_eq!(answer.json()["grund"], "stopping", "{answer:?}");
        assert_eq!(answer.header("connection"), Some("close"));
    }
    let text = get(metrics, "/metrics").body;
    assert!(text.lines().any(|line| line == "postfordeler_ready 0"), "{text}");
    // What comes now goes back, so that it is sent again.
    let turned_down = served.deliver(&Memo::new().xml());
    assert_eq!((turned_down.status(), turned_down.header("connection")), (503, Some("close")));
    assert!(turned_down.header("retry-after").is_some());
    assert_eq!(turned_down.json()["errorCode"], "router.utilgaengelig");
    // A connection without a request is closed in order, and not reset.
    assert_eq!((&idle).read(&mut [0; 16]).expect("it is not reset"), 0);
    assert!(!served.running.has_ended(), "a message is under way");
    gate.open();
    let head = call.answer_head();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(header(&head, "connection"), Some("close"));
    assert_eq!(served.running.exit_status(), Some(0));
    assert!(served.running.log().contains("\"ended\""), "{}", served.running.log());
    assert_eq!(fagsystem.whole_requests().len(), 1);
}

#[test]
fn an_answer_at_the_end_arrives_though_the_caller_goes_on_sending() {
    let gate = Gate::default();
    let fagsystem = slow(&gate);
    let mut served = Served::start(&everything_to(&fagsystem.endpoint()), &[]);
    let mut call = under_way(&served, &fagsystem);
    // More than is read ahead: what is left unread when a connection is closed resets it.
    call.send(vec![b'x'; 150_000]);
    served.running.terminate();
    eventually("it is stopping", || (get(served.running.address(), "/sundhed").status() == 503).then_some(()));
    gate.open();
    assert!(call.answer_head().starts_with("HTTP/1.1 200"));
    call.rest().expect("it is not reset");
    assert_eq!(served.running.exit_status(), Some(0));
}

#[test]
fn a_second_signal_ends_the_router_at_once() {
    let gate = Gate::default();
    let fagsystem = slow(&gate);
    let mut served = Served::start(&everything_to(&fagsystem.endpoint()), &[]);
    let _call = under_way(&served, &fagsystem);
    served.running.terminate();
    eventually("it is stopping", || (get(served.running.address(), "/sundhed").status() == 503).then_some(()));
    served.running.terminate();
    assert_eq!(served.running.exit_status(), Some(0));
    assert!(served.running.log().contains("ended with messages under way"), "{}", served.running.log());
    gate.open();
}

#[test]
fn sighup_ends_neither_a_router_nor_what_is_under_way_nor_a_practice_fagsystem() {
    let gate = Gate::default();
    let fagsystem = slow(&gate);
    let mut served = Served::start(&everything_to(&fagsystem.endpoint()), &[]);
    let mut call = under_way(&served, &fagsystem);
    for _ in 0..3 {
        served.running.hang_up();
    }
    let asked = |served: &mut Served| served.running.log().contains("asked to read certificates and secrets again");
    eventually("it has heard", || asked(&mut served).then_some(()));
    assert_eq!(get(served.running.address(), "/sundhed").status(), 200);
    gate.open();
    assert!(call.answer_head().starts_with("HTTP/1.1 200"));
    served.end();

    let mut practice = Running::start(&["fagsystem", "--listen", "127.0.0.1:0"]);
    practice.hang_up();
    let xml = Memo::new().xml();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), xml).unwrap();
    let router = Served::start(&everything_to(&practice.receiving_at), &[]);
    let sent = postfordeler(&["send", file.path().to_str().unwrap(), "--to", &router.running.receiving_at]);
    assert_eq!(sent.status.code(), Some(0), "{}", String::from_utf8_lossy(&sent.stdout));
    assert!(!practice.has_ended());
    practice.terminate();
    assert_eq!(practice.exit_status(), Some(0));
}
