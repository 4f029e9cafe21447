//! Each message ends with one fagsystem and no other, whatever breaks on the way: what is sent again is not delivered
//! again, or goes where it may have gone, or is decided anew because it surely went nowhere.

#[cfg(target_os = "linux")]
mod clocks;
#[cfg(unix)]
mod data_directory;
mod dead_connection;
mod journal_errors;
mod limits;
mod message_locks;
mod moment;
mod same_uuid;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::support::{
    Call, Connection, Expected, Fagsystem, Gate, Memo, NobodyThere, Request, Router, assert_receipt, configuration,
    eventually, fagsystem_entry, postfordeler, rule,
};

const AMPLE_SECONDS: u32 = 60_000;
const IMPATIENT_MS: u32 = 300;

/// Two fagsystems, `gammel` and `ny`, and a rule that sends letters to one of them.
fn rules_to(chosen: &str, old: &str, new: &str) -> Value {
    let fagsystems = [fagsystem_entry("gammel", old), fagsystem_entry("ny", new)];
    configuration(&fagsystems, &[rule(1, chosen, "kontaktpunkt", "punkt")])
}

fn letter() -> Memo {
    Memo { contact_point: Some("punkt".to_owned()), ..Memo::new() }
}

fn begin_to_deliver(router: &Router, xml: &[u8]) -> Call {
    let mut call = Call::with_length(router.address(), "application/xml", xml.len());
    call.send(xml);
    call
}

/// A fagsystem that treats the first message as given, and accepts those after it.
fn first(script: impl Fn(&mut Connection) + Send + Sync + 'static) -> Fagsystem {
    let count = AtomicUsize::new(0);
    Fagsystem::start(move |connection| {
        if count.fetch_add(1, Ordering::Relaxed) == 0 {
            script(connection);
        } else if connection.take_all() {
            connection.answer(200, "");
        }
    })
}

/// What the journal holds of the message: the outcome of each call, whether it delivered nothing but repeated an earlier
/// acceptance again, and whether it was bound to an earlier call's fagsystem.
fn story(router: &Router) -> Vec<(String, String, bool, bool)> {
    let database = router.database();
    let columns = "outcome, coalesce(fagsystem, '-'), repeats IS NOT NULL, follows IS NOT NULL";
    let mut statement = database.prepare(&format!("SELECT {columns} FROM journal ORDER BY number")).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn row(outcome: &str, fagsystem: &str) -> (String, String, bool, bool) {
    (outcome.to_owned(), fagsystem.to_owned(), false, false)
}

#[test]
fn what_was_accepted_is_accepted_again_and_not_delivered_again() {
    let gate = Gate::default();
    let held = gate.clone();
    let (old, new) = (
        first(move |connection| {
            connection.take_all();
            held.pass();
            connection.answer(200, "");
        }),
        Fagsystem::accepting(),
    );
    let mut router = Router::start(&rules_to("gammel", &old.endpoint(), &new.endpoint()));
    let message = letter();
    let call = begin_to_deliver(&router, &message.xml());
    old.wait_until("the message is there", |requests| requests.iter().any(Request::is_whole));
    // The answer is lost.
    call.hang_up();
    gate.open();
    eventually("it is accepted", || (story(&router) == [row("accepteret", "gammel")]).then_some(()));

    let send_again = |router: &Router, case: &str| {
        for uuid in [message.uuid.clone(), message.uuid.to_uppercase()] {
            let answer = router.deliver(&Memo { uuid: uuid.clone(), ..message.clone() }.xml());
            assert_receipt(case, &answer, Expected::ACCEPTED, Some(&uuid));
        }
    };
    send_again(&router, "again");
    router.publish(&rules_to("ny", &old.endpoint(), &new.endpoint()));
    send_again(&router, "by other rules");
    let mut paused = rules_to("gammel", &old.endpoint(), &new.endpoint());
    paused["myndigheder"][0]["fagsystemer"][0]["aktiv"] = json!(false);
    router.publish(&paused);
    send_again(&router, "while its fagsystem is paused");
    router.publish(&configuration(&[fagsystem_entry("ny", &new.endpoint())], &[]));
    send_again(&router, "when its fagsystem is no more");
    router = router.kill_and_start_again();
    send_again(&router, "to a router that was started again");

    let story = story(&router);
    assert_eq!(story[0], row("accepteret", "gammel"));
    assert_eq!(story.len(), 11);
    assert!(story[1..].iter().all(|(outcome, _, repeats, _)| outcome == "accepteret" && *repeats), "{story:?}");
    assert_eq!((old.requests().len(), new.requests().len()), (1, 0));
}

#[test]
fn the_journal_names_no_other_fagsystem_for_what_was_accepted_and_breaks_off_when_it_is_sent_again() {
    let (old, new) = (Fagsystem::accepting(), Fagsystem::accepting());
    let router = Router::start(&rules_to("gammel", &old.endpoint(), &new.endpoint()));
    let xml = letter().xml_of_length(100_000);
    assert_eq!(router.deliver(&xml).status(), 200);
    router.publish(&rules_to("ny", &old.endpoint(), &new.endpoint()));
    let mut call = Call::with_length(router.address(), "application/xml", xml.len());
    call.send(&xml[..50_000]);
    call.hang_up();
    let rows = eventually("both are written down", || Some(story(&router)).filter(|rows| rows.len() == 2));
    assert_eq!(rows, [row("accepteret", "gammel"), row("afbrudt", "gammel")]);
    assert!(new.requests().is_empty());
}

#[test]
fn what_may_have_been_taken_goes_to_the_same_fagsystem_though_the_rules_have_changed() {
    type Case = (&'static str, fn(&mut Connection));
    let cases: [Case; 7] = [
        ("falls silent until the router hangs up", |connection| connection.await_hang_up()),
        ("closes instead of an answer", |_| {}),
        ("breaks off within its answer", |connection| {
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{\"receiptStatus\":");
        }),
        ("answers 200 with what is no receipt", |connection| connection.answer(200, "OK")),
        ("answers with what is no HTTP", |connection| {
            connection.write("220 smtp.example.dk ready\r\n");
        }),
        ("answers 502", |connection| connection.answer(502, "")),
        ("answers 504", |connection| connection.answer(504, "")),
    ];
    for (case, script) in cases {
        let old = first(move |connection| {
            connection.take_all();
            script(connection);
        });
        let new = Fagsystem::accepting();
        let is_silent = case.contains("silent");
        let patience = if is_silent { IMPATIENT_MS } else { AMPLE_SECONDS };
        let router = Router::start_impatient(&rules_to("gammel", &old.endpoint(), &new.endpoint()), patience);
        let message = letter();
        assert_receipt(case, &router.deliver(&message.xml()), Expected::UNAVAILABLE, Some(&message.uuid));
        router.publish(&rules_to("ny", &old.endpoint(), &new.endpoint()));
        // Another message is decided by the new rules.
        assert_eq!(router.deliver(&letter().xml()).status(), 200, "{case}");
        let again = Memo { uuid: message.uuid.to_uppercase(), ..message.clone() };
        assert_receipt(case, &router.deliver(&again.xml()), Expected::ACCEPTED, Some(&again.uuid));
        assert_eq!((old.requests().len(), new.requests().len()), (2, 1), "{case}");
        let follows = ("accepteret".to_owned(), "gammel".to_owned(), false, true);
        assert_eq!(story(&router), [row("uvist", "gammel"), row("accepteret", "ny"), follows], "{case}");
    }
}

#[test]
fn what_was_surely_not_taken_is_decided_anew() {
    type Case = (&'static str, usize, fn(&mut Connection));
    // The longer message is more than sockets buffer when nobody reads.
    let cases: [Case; 7] = [
        ("hangs up within the message", 20_000_000, |connection| {
            connection.take_head();
            connection.await_untaken_bytes();
        }),
        ("answers 503", 3_000, |connection| {
            connection.take_all();
            connection.answer(503, "");
        }),
        ("answers 500", 3_000, |connection| {
            connection.take_all();
            connection.answer(500, "");
        }),
        ("answers 429", 3_000, |connection| {
            connection.take_all();
            connection.answer(429, "");
        }),
        ("answers 408", 3_000, |connection| {
            connection.take_all();
            connection.answer(408, "");
        }),
        ("says yes and hangs up within the message", 20_000_000, |connection| {
            connection.take_head();
            connection.await_untaken_bytes();
            connection.answer(200, "");
        }),
        ("refuses and hangs up within the message", 20_000_000, |connection| {
            connection.take_head();
            connection.await_untaken_bytes();
            connection.answer(503, "");
        }),
    ];
    for (case, length, script) in cases {
        let (old, new) = (first(script), Fagsystem::accepting());
        assert_decided_anew(case, length, &old.endpoint(), &new);
        assert_eq!(old.requests().len(), 1, "{case}");
    }
    assert_decided_anew("is not there", 3_000, &NobodyThere::new().endpoint(), &Fagsystem::accepting());
}

fn assert_decided_anew(case: &str, length: usize, old: &str, new: &Fagsystem) {
    let router = Router::start(&rules_to("gammel", old, &new.endpoint()));
    let message = letter();
    let xml = message.xml_of_length(length);
    assert_receipt(case, &router.deliver(&xml), Expected::UNAVAILABLE, Some(&message.uuid));
    router.publish(&rules_to("ny", old, &new.endpoint()));
    assert_receipt(case, &router.deliver(&xml), Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!(new.whole_requests().len(), 1, "{case}");
    assert_eq!(story(&router), [row("fagsystem.utilgaengeligt", "gammel"), row("accepteret", "ny")], "{case}");
}

#[test]
fn what_a_killed_router_had_under_way_goes_to_the_same_fagsystem() {
    let gate = Gate::default();
    let held = gate.clone();
    let old = first(move |connection| {
        connection.take_all();
        held.pass();
    });
    let new = Fagsystem::accepting();
    let mut router = Router::start(&rules_to("gammel", &old.endpoint(), &new.endpoint()));
    let message = letter();
    let _call = begin_to_deliver(&router, &message.xml());
    old.wait_until("the message is there", |requests| requests.iter().any(Request::is_whole));
    assert_eq!(story(&router), [row("undervejs", "gammel")], "the journal holds it before the fagsystem has it");

    router.publish(&rules_to("ny", &old.endpoint(), &new.endpoint()));
    router = router.kill_and_start_again();
    assert_eq!(story(&router), [row("uvist", "gammel")]);
    assert_receipt("again", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    gate.open();
    assert_eq!((old.whole_requests().len(), new.requests().len()), (2, 0));
}

#[test]
fn nobody_else_gets_what_may_be_with_a_fagsystem_that_is_paused_or_no_longer_known() {
    let old = first(|connection| {
        connection.take_all();
    });
    let new = Fagsystem::accepting();
    let router = Router::start(&rules_to("gammel", &old.endpoint(), &new.endpoint()));
    let message = letter();
    let deliver = |case: &str, expected: Expected| {
        assert_receipt(case, &router.deliver(&message.xml()), expected, Some(&message.uuid));
    };
    deliver("unknown", Expected::UNAVAILABLE);
    router.publish(&configuration(&[fagsystem_entry("ny", &new.endpoint())], &[]));
    deliver("gone", Expected::UNAVAILABLE);
    let mut paused = rules_to("ny", &old.endpoint(), &new.endpoint());
    paused["myndigheder"][0]["fagsystemer"][0]["aktiv"] = json!(false);
    router.publish(&paused);
    deliver("paused", Expected::UNAVAILABLE);
    assert_eq!((old.requests().len(), new.requests().len()), (1, 0));
    router.publish(&rules_to("ny", &old.endpoint(), &new.endpoint()));
    deliver("back", Expected::ACCEPTED);
    assert_eq!((old.requests().len(), new.requests().len()), (2, 0));
}

#[test]
fn a_fagsystem_that_may_have_it_still_may_when_it_says_no_the_next_time() {
    for status in [503, 422] {
        let count = AtomicUsize::new(0);
        let old = Fagsystem::start(move |connection| {
            connection.take_all();
            match count.fetch_add(1, Ordering::Relaxed) {
                0 => {}
                1 => connection.answer(status, ""),
                _ => connection.answer(200, ""),
            }
        });
        let new = Fagsystem::accepting();
        let router = Router::start(&rules_to("gammel", &old.endpoint(), &new.endpoint()));
        let message = letter();
        router.deliver(&message.xml());
        router.publish(&rules_to("ny", &old.endpoint(), &new.endpoint()));
        assert_eq!(router.deliver(&message.xml()).status(), status);
        assert_eq!(router.deliver(&message.xml()).status(), 200);
        assert_eq!((old.requests().len(), new.requests().len()), (3, 0), "{status}");
    }
}

#[test]
fn the_same_message_twice_at_once_is_delivered_once() {
    let gate = Gate::default();
    let held = gate.clone();
    let fagsystem = Fagsystem::start(move |connection| {
        connection.take_all();
        held.pass();
        connection.answer(200, "");
    });
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    let message = Memo::new();
    let capitals = Memo { uuid: message.uuid.to_uppercase(), ..message.clone() };
    let calls: Vec<_> = [&message, &capitals, &message, &capitals]
        .into_iter()
        .map(|message| begin_to_deliver(&router, &message.xml()))
        .collect();
    fagsystem.wait_until("one is there", |requests| requests.iter().any(Request::is_whole));
    gate.open();
    for call in calls {
        assert_eq!(call.answer().status(), 200);
    }
    assert_eq!(fagsystem.requests().len(), 1);
    let story = story(&router);
    let delivered = story.iter().filter(|(_, _, repeats, _)| !repeats).count();
    assert_eq!((story.len(), delivered), (4, 1), "{story:?}");
}

#[test]
fn the_same_message_twice_at_once_is_not_answered_before_its_fate_is_known() {
    let gate = Gate::default();
    let held = gate.clone();
    let fagsystem = Fagsystem::start(move |connection| {
        connection.take_all();
        held.pass();
    });
    let new = Fagsystem::accepting();
    let rules = rules_to("gammel", &fagsystem.endpoint(), &new.endpoint());
    let router = Router::start_impatient(&rules, IMPATIENT_MS);
    let message = letter();
    let answers = thread::scope(|scope| {
        let calls = [(); 3].map(|()| scope.spawn(|| router.deliver(&message.xml())));
        calls.map(|call| call.join().unwrap())
    });
    for answer in answers {
        let code = answer.json()["errorCode"].as_str().unwrap().to_owned();
        assert_eq!(answer.status(), 503);
        assert!(["fagsystem.utilgaengeligt", "router.optaget"].contains(&code.as_str()), "{code}");
    }
    gate.open();
    assert!(new.requests().is_empty());
}

#[test]
fn one_router_runs_on_a_data_directory() {
    let fagsystem = Fagsystem::accepting();
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    let directory = router.data.path().to_str().unwrap();
    let second = postfordeler(&["serve", "--listen", "127.0.0.1:0", "--data", directory]);
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!((second.status.code(), said.lines().count()), (Some(2), 1), "{said}");
    assert!(said.contains(directory) && said.contains("another router"), "{said}");
    assert!(second.stdout.is_empty());
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200, "the first one is not disturbed");
}
