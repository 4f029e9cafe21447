use postfordeler::store::RouterSettings;
use serde_json::{Value, json};

use super::{AMPLE_SECONDS, IMPATIENT_MS, begin_to_deliver};
use crate::support::{
    Expected, Fagsystem, Gate, Memo, Request, Router, assert_receipt, configuration, fagsystem_entry, rule,
};

/// A fagsystem that answers once the gate is opened.
fn held_by(gate: &Gate) -> Fagsystem {
    let gate = gate.clone();
    Fagsystem::start(move |connection| {
        if connection.take_all() {
            gate.pass();
            connection.answer(200, "");
        }
    })
}

fn wait_for(fagsystem: &Fagsystem, count: usize) {
    let are_there = |requests: &[Request]| requests.iter().filter(|request| request.is_whole()).count() == count;
    fagsystem.wait_until("the messages are there", are_there);
}

#[test]
fn a_fagsystem_gets_so_many_messages_at_a_time_and_its_slowness_holds_up_no_other() {
    let gate = Gate::default();
    let (slow, quick) = (held_by(&gate), Fagsystem::accepting());
    let fagsystems = [("langsom", &slow), ("hurtig", &quick)].map(|(id, it)| fagsystem_entry(id, &it.endpoint()));
    let rules = configuration(&fagsystems, &[rule(1, "hurtig", "kontaktpunkt", "punkt")]);
    let router = Router::start_with(&rules, &RouterSettings { most_per_fagsystem: 2, ..RouterSettings::default() });
    let calls = [(); 2].map(|()| begin_to_deliver(&router, &Memo::new().xml()));
    wait_for(&slow, 2);

    let one_too_many = Memo::new();
    let deliver = || router.deliver(&one_too_many.xml());
    assert_receipt("one too many", &deliver(), Expected::BUSY, Some(&one_too_many.uuid));
    for _ in 0..5 {
        let message = Memo { contact_point: Some("punkt".to_owned()), ..Memo::new() };
        assert_receipt("another", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    }
    assert_eq!(router.health().status(), 200);

    gate.open();
    for call in calls {
        assert_eq!(call.answer().status(), 200);
    }
    assert_receipt("again", &deliver(), Expected::ACCEPTED, Some(&one_too_many.uuid));
    assert_eq!((slow.requests().len(), quick.requests().len()), (3, 5));
}

#[test]
fn so_many_messages_are_under_way_at_a_time() {
    let gate = Gate::default();
    let slow = held_by(&gate);
    let rules = configuration(&[fagsystem_entry("langsom", &slow.endpoint())], &[]);
    let router = Router::start_with(&rules, &RouterSettings { most_under_way: 3, ..RouterSettings::default() });
    let calls = [(); 3].map(|()| begin_to_deliver(&router, &Memo::new().xml()));
    wait_for(&slow, 3);
    // It is answered without having been read.
    assert_receipt("one too many", &router.deliver(&Memo::new().xml()), Expected::BUSY, None);
    assert_eq!(router.health().status(), 200);
    gate.open();
    for call in calls {
        assert_eq!(call.answer().status(), 200);
    }
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200);
    assert_eq!(slow.requests().len(), 4);
}

/// Whichever limit is the router's own, the other one counts where it is given.
#[test]
fn a_fagsystem_with_a_limit_of_its_own_is_waited_for_so_long_and_no_other() {
    wait_for_two(AMPLE_SECONDS, &json!({"forbindelse": 1, "svar": 1}), &json!({}));
    wait_for_two(IMPATIENT_MS, &json!({}), &json!({"forbindelse": 60, "svar": 60}));
}

fn wait_for_two(router_ms: u32, short: &Value, long: &Value) {
    let gate = Gate::default();
    let silent = Fagsystem::start(|connection| {
        connection.take_all();
        connection.await_hang_up();
    });
    let patient = held_by(&gate);
    let mut fagsystems = [("kort", &silent), ("lang", &patient)].map(|(id, it)| fagsystem_entry(id, &it.endpoint()));
    fagsystems[0]["tidsgraenser"] = short.clone();
    fagsystems[1]["tidsgraenser"] = long.clone();
    let rules = configuration(&fagsystems, &[rule(1, "lang", "kontaktpunkt", "punkt")]);
    let router = Router::start_impatient(&rules, router_ms);
    let to_patient = Memo { contact_point: Some("punkt".to_owned()), ..Memo::new() };
    let call = begin_to_deliver(&router, &to_patient.xml());
    wait_for(&patient, 1);
    let to_silent = Memo::new();
    assert_receipt("silent", &router.deliver(&to_silent.xml()), Expected::UNAVAILABLE, Some(&to_silent.uuid));
    let outcomes: Vec<_> = router.journal().into_iter().map(|row| (row.fagsystem.unwrap(), row.outcome)).collect();
    let expected = [("lang", "undervejs"), ("kort", "uvist")].map(|(id, outcome)| (id.to_owned(), outcome.to_owned()));
    assert_eq!(outcomes, expected);
    gate.open();
    assert_receipt("patient", &call.answer(), Expected::ACCEPTED, Some(&to_patient.uuid));
}
