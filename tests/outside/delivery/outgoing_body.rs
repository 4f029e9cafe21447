//! When the last piece is taken and revoked at the same time, one of the two wins, and both know which.

use std::sync::Barrier;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use http_body::Body;
use proptest::prelude::*;

use futures_util::FutureExt;
use postfordeler::router::outgoing_body::{BodyFeed, OutgoingBody};
use tokio::runtime::{Builder, Runtime};

/// Has the clock that a feed waits by.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("a runtime")
}

/// Gives a piece without waiting. For the last one it is not said whether there was room: feeding it ends when it has been
/// taken.
fn give(feed: &mut BodyFeed, piece: &'static [u8], is_last: bool) {
    let bytes = Bytes::from_static(piece);
    if is_last {
        feed.give_last(bytes).now_or_never();
    } else {
        feed.give(bytes).now_or_never();
    }
}

fn body_with_last_piece() -> (OutgoingBody, BodyFeed) {
    let (body, mut feed) = OutgoingBody::new(None, Duration::from_secs(1));
    give(&mut feed, b"</Message>", true);
    (body, feed)
}

/// Whether the connection gets the last piece.
fn is_taken(body: OutgoingBody) -> bool {
    let mut body = std::pin::pin!(body);
    match body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Some(Ok(_))) => true,
        Poll::Ready(Some(Err(_))) => false,
        other => panic!("the last piece is there, so it goes or the message breaks off: {other:?}"),
    }
}

#[test]
fn the_last_piece_is_either_taken_or_revoked_when_both_are_tried_at_once() {
    let (runtime, mut taken, mut revoked) = (runtime(), 0, 0);
    let _clock = runtime.enter();
    for round in 0..4_000 {
        let (body, feed) = body_with_last_piece();
        let (end, begin) = (body.end(), Barrier::new(2));
        let (is_taken, is_revoked) = thread::scope(|threads| {
            let taking = threads.spawn(|| {
                begin.wait();
                is_taken(body)
            });
            begin.wait();
            let is_revoked = end.revoke();
            (taking.join().expect("it does not panic"), is_revoked)
        });
        assert_ne!(is_taken, is_revoked, "round {round}");
        assert_eq!((end.revoke(), end.is_taken()), (is_revoked, is_taken), "once settled it stays so");
        if is_taken {
            taken += 1;
        } else {
            revoked += 1;
        }
        drop(feed);
    }
    assert_eq!(taken + revoked, 4_000);
}

/// What happens to a body.
#[derive(Debug, Clone, Copy)]
enum Step {
    Give,
    GiveLast,
    Take,
    Revoke,
    DropFeed,
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    /// In whatever order: a body ends well only after its last piece, and never once that was revoked.
    #[test]
    fn a_body_ends_well_by_its_last_piece_alone(
        steps in proptest::collection::vec(
            prop_oneof![Just(Step::Give), Just(Step::GiveLast), Just(Step::Take), Just(Step::Revoke), Just(Step::DropFeed)],
            0..12,
        ),
    ) {
        let runtime = runtime();
        let _clock = runtime.enter();
        let (body, feed) = OutgoingBody::new(None, Duration::from_secs(1));
        let (end, mut body, mut feed) = (body.end(), Box::pin(body), Some(feed));
        let (mut is_full, mut has_given_last, mut has_taken_last, mut is_revoked) = (false, false, false, false);
        for step in steps {
            match step {
                Step::Give | Step::GiveLast => {
                    let is_last = matches!(step, Step::GiveLast);
                    if let Some(feed) = feed.as_mut().filter(|_| !is_full && !has_given_last) {
                        give(feed, b"x", is_last);
                        (is_full, has_given_last) = (true, is_last);
                    }
                }
                Step::Take => match body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(Some(Ok(_))) => {
                        is_full = false;
                        has_taken_last |= body.is_end_stream();
                    }
                    Poll::Ready(None) => prop_assert!(has_taken_last),
                    Poll::Ready(Some(Err(_))) => {
                        is_full = false;
                        prop_assert!(!has_taken_last && (is_revoked || feed.is_none()));
                    }
                    Poll::Pending => prop_assert!(!has_taken_last),
                },
                Step::Revoke => {
                    let was_in_time = end.revoke();
                    prop_assert_eq!(was_in_time, !has_taken_last);
                    is_revoked |= was_in_time;
                }
                Step::DropFeed => feed = None,
            }
            prop_assert_eq!((body.is_end_stream(), end.is_taken()), (has_taken_last, has_taken_last));
            prop_assert!(!has_taken_last || has_given_last);
        }
    }
}
