//! Traffic: what is sent when, what is sent again, and what is counted.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use postfordeler::router::Receipt;
use postfordeler::store::Outcome;
use postfordeler::training::{
    MadeMessage, SentFate, Traffic, TrafficCounts, TrafficOrder, TrafficPace, TrafficStep, Turn, Wish,
};
use serde_json::json;

use super::{book, maker};

const ACCEPTED: SentFate = SentFate::Answered(Outcome::Accepted);
const REJECTED: SentFate = SentFate::Answered(Outcome::Rejected);
const UNAVAILABLE: SentFate = SentFate::Answered(Outcome::Unavailable);

fn order() -> Arc<TrafficOrder> {
    Arc::new(TrafficOrder { maker: maker(&book(), 3), wish: Wish::any(1) })
}

/// Begins the next message that is due.
fn begin(traffic: &mut Traffic, now: Instant) -> (Turn, Arc<MadeMessage>) {
    let turn = traffic.turn(now).expect("one is due");
    let message = turn.message();
    traffic.began(&turn, &message, message.length(), Timestamp::UNIX_EPOCH);
    (turn, message)
}

/// Sends the next one, of which that becomes.
fn send(traffic: &mut Traffic, fate: SentFate, now: Instant) -> u64 {
    let (turn, _) = begin(traffic, now);
    traffic.answered(turn.turn, fate, None, now);
    turn.number
}

#[test]
fn a_handful_is_sent_in_order_and_only_some_are_under_way_at_a_time() {
    let (mut traffic, now) = (Traffic::default(), Instant::now());
    assert_eq!(traffic.step(now), TrafficStep::Rest);
    traffic.send(order(), 20);
    let begun: Vec<_> = (0..Traffic::MAX_UNDER_WAY).map(|_| begin(&mut traffic, now)).collect();
    let numbers: Vec<_> = begun.iter().map(|(turn, _)| turn.number).collect();
    assert_eq!(numbers, (0..8).collect::<Vec<_>>());
    assert_eq!(traffic.step(now), TrafficStep::WaitForAnswer);
    assert!(traffic.turn(now).is_none());
    traffic.answered(begun[3].0.turn, ACCEPTED, None, now);
    assert_eq!(send(&mut traffic, ACCEPTED, now), 8);
    let snapshot = traffic.snapshot();
    assert_eq!((snapshot.wanted, snapshot.under_way, snapshot.next_number), (11, 7, 9));
    assert_eq!(snapshot.latest.first().map(|sent| (sent.number, sent.fate)), Some((8, ACCEPTED)));
    traffic.pause();
    assert_eq!(traffic.step(now), TrafficStep::WaitForAnswer);
    for (turn, _) in begun {
        traffic.answered(turn.turn, REJECTED, None, now);
    }
    assert_eq!(traffic.step(now), TrafficStep::Rest);
    let counts = traffic.snapshot().counts;
    assert_eq!(counts, TrafficCounts { sent: 9, accepted: 2, rejected: 7, ..TrafficCounts::default() });
}

#[test]
fn a_handful_has_a_limit() {
    let (mut traffic, now) = (Traffic::default(), Instant::now());
    traffic.send(order(), 900);
    traffic.send(order(), 900);
    assert_eq!(traffic.snapshot().wanted, Traffic::MAX_WANTED);
    assert_eq!(traffic.step(now), TrafficStep::Send);
}

#[test]
fn a_stream_keeps_its_pace_and_one_that_was_held_up_sends_no_burst() {
    let (mut traffic, begun) = (Traffic::default(), Instant::now());
    for pace in TrafficPace::ALL {
        traffic.stream(order(), pace, begun);
        send(&mut traffic, ACCEPTED, begun);
        let next = begun + pace.interval();
        assert_eq!(traffic.step(begun), TrafficStep::WaitUntil(next), "{pace:?}");
        assert!(traffic.turn(begun + pace.interval() * 9 / 10).is_none());
        send(&mut traffic, ACCEPTED, next);
        assert_eq!(traffic.step(next), TrafficStep::WaitUntil(next + pace.interval()));
        // Held up for an hour, it owes one message and not hundreds.
        let late = begun + Duration::from_hours(1);
        send(&mut traffic, ACCEPTED, late);
        send(&mut traffic, ACCEPTED, late);
        assert_eq!(traffic.step(late), TrafficStep::WaitUntil(late + pace.interval()));
        traffic.pause();
        assert_eq!(traffic.step(late), TrafficStep::Rest);
    }
}

#[test]
fn a_stream_takes_up_another_pace_at_once() {
    let (mut traffic, begun) = (Traffic::default(), Instant::now());
    traffic.stream(order(), TrafficPace::EveryFiveSeconds, begun);
    send(&mut traffic, ACCEPTED, begun);
    traffic.stream(order(), TrafficPace::TwentyASecond, begun);
    assert_eq!(traffic.step(begun), TrafficStep::WaitUntil(begun + Duration::from_millis(50)));
    traffic.stream(order(), TrafficPace::EveryFiveSeconds, begun);
    assert_eq!(traffic.snapshot().pace, Some(TrafficPace::EveryFiveSeconds));
}

#[test]
fn only_what_is_refused_for_now_is_sent_again_and_only_if_asked() {
    let (mut traffic, begun) = (Traffic::default(), Instant::now());
    traffic.send(order(), 1);
    send(&mut traffic, UNAVAILABLE, begun);
    assert_eq!(traffic.snapshot().kept, 0, "nobody asked");
    traffic.send_again(true);
    traffic.send(order(), 4);
    let (first, message) = begin(&mut traffic, begun);
    traffic.answered(first.turn, UNAVAILABLE, None, begun);
    for fate in [ACCEPTED, REJECTED, SentFate::Unanswered] {
        send(&mut traffic, fate, begun);
    }
    assert_eq!(traffic.snapshot().kept, 2);
    let due = begun + Traffic::AGAIN_AFTER;
    assert_eq!(traffic.step(begun), TrafficStep::WaitUntil(due));
    let (again, same) = begin(&mut traffic, due);
    assert_eq!((again.number, again.before), (first.number, 1));
    assert_eq!(same.bytes(), message.bytes());
    traffic.answered(again.turn, ACCEPTED, None, due);
    traffic.send_again(false);
    assert_eq!(traffic.step(due), TrafficStep::Rest);
    let counts = traffic.snapshot().counts;
    assert_eq!((counts.sent, counts.again, counts.unavailable, counts.unanswered), (6, 1, 2, 1));
}

#[test]
fn what_is_kept_has_a_limit_and_what_goes_beyond_it_is_counted() {
    let (mut traffic, now) = (Traffic::default(), Instant::now());
    traffic.send_again(true);
    traffic.send(order(), 103);
    for _ in 0..103 {
        send(&mut traffic, UNAVAILABLE, now);
    }
    let snapshot = traffic.snapshot();
    assert_eq!((snapshot.kept, snapshot.counts.dropped), (Traffic::MAX_KEPT, 3));
}

#[test]
fn without_a_router_everything_ends_and_what_is_kept_waits_for_one() {
    let (mut traffic, begun) = (Traffic::default(), Instant::now());
    traffic.halt();
    assert!(!traffic.snapshot().has_halted, "nothing was being sent");
    traffic.send_again(true);
    traffic.stream(order(), TrafficPace::OneASecond, begun);
    send(&mut traffic, UNAVAILABLE, begun);
    traffic.halt();
    let later = begun + Traffic::AGAIN_AFTER;
    assert_eq!(traffic.step(later), TrafficStep::Rest);
    let snapshot = traffic.snapshot();
    assert_eq!((snapshot.has_halted, snapshot.pace, snapshot.kept), (true, None, 1));
    traffic.send(order(), 1);
    let (again, _) = begin(&mut traffic, later);
    assert_eq!((again.number, again.before), (0, 1));
}

#[test]
fn beginning_again_makes_the_same_messages_again() {
    let (mut traffic, now) = (Traffic::default(), Instant::now());
    traffic.send(order(), 3);
    let first: Vec<_> = (0..3).map(|_| begin(&mut traffic, now)).collect();
    traffic.begin_again();
    assert_eq!(traffic.snapshot().counts, TrafficCounts::default());
    // Answers to what was sent before count no more.
    for (turn, _) in &first {
        traffic.answered(turn.turn, ACCEPTED, None, now);
    }
    assert_eq!(traffic.snapshot().counts, TrafficCounts::default());
    traffic.send(order(), 3);
    for (turn, message) in first {
        let (again, same) = begin(&mut traffic, now);
        assert_eq!(again.number, turn.number);
        assert_eq!(same.bytes(), message.bytes());
    }
}

#[test]
fn only_the_latest_are_remembered() {
    let (mut traffic, now) = (Traffic::default(), Instant::now());
    traffic.send(order(), 250);
    for _ in 0..250 {
        send(&mut traffic, ACCEPTED, now);
    }
    let latest = traffic.snapshot().latest;
    assert_eq!(latest.len(), Traffic::MAX_LATEST);
    assert_eq!((latest[0].number, latest[199].number), (249, 50));
}

#[test]
fn a_receipt_says_what_became_of_a_message() {
    let fate = |status: &str, code: Option<&str>| {
        let receipt = json!({"transmissionId": "51ac03e7-3d5f-4c1b-9a77-0b6e2f84c9d1", "messageUUID": null,
                             "receiptStatus": status, "errorCode": code, "errorMessage": null,
                             "timeStamp": "2026-11-04T08:00:00Z"});
        SentFate::of(&serde_json::from_value::<Receipt>(receipt).unwrap())
    };
    assert_eq!(fate("COMPLETED", None), ACCEPTED);
    let cases = [
        ("fagsystem.utilgaengeligt", Outcome::Unavailable, true),
        ("router.optaget", Outcome::Busy, true),
        ("router.utilgaengelig", Outcome::NotWritten, true),
        ("fagsystem.afvist", Outcome::Rejected, false),
        ("memo.ugyldig", Outcome::Invalid, false),
        ("memo.for_stor", Outcome::TooLarge, false),
        ("afsender.ikke_godkendt", Outcome::NotAllowed, false),
    ];
    for (code, outcome, is_for_now) in cases {
        assert_eq!(fate("INVALID", Some(code)), SentFate::Answered(outcome), "{code}");
        assert_eq!(fate("INVALID", Some(code)).is_for_now(), is_for_now, "{code}");
    }
    // Digital Post takes any code for a refusal.
    assert_eq!(fate("COMPLETED", Some("ukendt")), REJECTED);
}
