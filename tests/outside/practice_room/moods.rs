use std::time::Duration;

use postfordeler::training::{LetterFate, PracticeMood, PracticeRoom};
use serde_json::Value;

use super::{FREE, deliver, inbox, latest, room, send};
use crate::support::{Call, Memo, Router, block_on, configuration, fagsystem_entry, rule};

/// A configuration with a fagsystem at each of two paths of the room; the first is the default recipient.
fn with_two(room: &PracticeRoom) -> Value {
    let entry = |id: &str| fagsystem_entry(id, &format!("http://{}/{id}", room.address()));
    configuration(&[entry("a"), entry("b")], &[rule(1, "b", "kontaktpunkt", "punkt")])
}

/// What the router's journal says of a letter to the fagsystem in that mood.
fn outcome(router: &Router, message: &Memo) -> String {
    router.deliver(&message.xml());
    router.journal().pop().expect("a row").outcome
}

#[test]
fn each_mood_has_its_outcome_at_the_router() {
    let room = room();
    let router = Router::start(&with_two(&room));
    let cases = [
        (PracticeMood::Accepts, "accepteret", Some(LetterFate::Accepted)),
        (PracticeMood::Rejects, "fagsystem.afvist", Some(LetterFate::Rejected)),
        (PracticeMood::Unclear, "uvist", Some(LetterFate::Unclear)),
        (PracticeMood::Down, "fagsystem.utilgaengeligt", None),
        (PracticeMood::HangsUp, "uvist", Some(LetterFate::HungUp)),
        (PracticeMood::Accepts, "accepteret", Some(LetterFate::Accepted)),
    ];
    for (mood, expected, fate) in cases {
        room.set_mood("/a", mood);
        let before = inbox(&room, "/a");
        assert_eq!(outcome(&router, &Memo::new()), expected, "{mood:?}");
        let after = inbox(&room, "/a");
        match fate {
            Some(fate) => {
                assert_eq!(latest(&room, "/a").fate, fate, "{mood:?}");
                assert_eq!(after.received, before.received + 1, "{mood:?}");
            }
            None => assert_eq!((after.received, after.missed), (before.received, before.missed + 1), "{mood:?}"),
        }
    }
}

#[test]
fn one_that_hangs_up_within_a_large_message_has_certainly_not_received_it() {
    let room = room();
    room.set_mood("/a", PracticeMood::HangsUp);
    let router = Router::start(&with_two(&room));
    router.deliver(&Memo::new().xml_of_length(20_000_000));
    assert_eq!(router.journal().pop().expect("a row").outcome, "fagsystem.utilgaengeligt");
    assert!(latest(&room, "/a").bytes < 20_000_000);
}

#[test]
fn a_mood_is_of_one_fagsystem_or_of_all() {
    let room = room();
    let router = Router::start(&with_two(&room));
    let to_b = || Memo { contact_point: Some("punkt".to_owned()), ..Memo::new() };
    room.set_mood("/b", PracticeMood::Rejects);
    assert_eq!(outcome(&router, &Memo::new()), "accepteret");
    assert_eq!(outcome(&router, &to_b()), "fagsystem.afvist");
    room.set_all_moods(PracticeMood::Down);
    assert_eq!(outcome(&router, &Memo::new()), "fagsystem.utilgaengeligt");
    assert_eq!(outcome(&router, &to_b()), "fagsystem.utilgaengeligt");
    assert_eq!(room.snapshot().mood("/nobody-yet"), PracticeMood::Down);
}

#[test]
fn a_slow_fagsystem_is_slow_no_more_as_soon_as_it_is_told() {
    let room = room();
    room.set_mood("/a", PracticeMood::Slow);
    let call = send(&room, "/a", &Memo::new().xml());
    // Whether the letter waits already or comes later: what it is answered with is what was chosen last.
    room.set_mood("/a", PracticeMood::Rejects);
    assert_eq!(call.answer().status(), 422);
    assert_eq!(latest(&room, "/a").fate, LetterFate::Rejected);
}

#[test]
fn a_slow_fagsystem_accepts_in_the_end() {
    let room = block_on(async { PracticeRoom::open_with(FREE, Duration::ZERO) }).expect("a port");
    room.set_mood("/a", PracticeMood::Slow);
    assert_eq!(deliver(&room, "/a", &Memo::new().xml()).status(), 200);
    assert_eq!(latest(&room, "/a").fate, LetterFate::Accepted);
}

#[test]
fn one_that_is_down_turns_a_question_away_too() {
    let room = room();
    let ask = || Call::begin(room.address(), "GET /a HTTP/1.1").answer_head();
    assert!(ask().starts_with("HTTP/1.1 204"));
    room.set_mood("/a", PracticeMood::Down);
    assert!(ask().starts_with("HTTP/1.1 503"));
    assert_eq!(inbox(&room, "/a").missed, 0, "nobody wrote");
    assert_eq!(deliver(&room, "/a", &Memo::new().xml_of_length(3_000_000)).status(), 503, "large letters as well");
}
