//! The locks of messages under every order of events that a seeded scheduler comes upon: calls come, wait, get the lock, are dropped
//! while they wait or while they have it. The scheduler polls a call only when it was woken, so that a wake-up that is
//! lost leaves a call waiting for ever.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use proptest::prelude::*;

use postfordeler::memo::MessageUuid;
use postfordeler::router::message_locks::{MessageLock, MessageLocks};

/// A call of which one thing after the other happens.
enum Call {
    Waits { lock: Pin<Box<dyn Future<Output = MessageLock<MessageUuid>> + Send>>, woken: Arc<Woken> },
    Has { _lock: MessageLock<MessageUuid> },
    Gone,
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Call {
    fn coming(locks: &MessageLocks<MessageUuid>, message: MessageUuid) -> Self {
        let locks = locks.clone();
        let lock = Box::pin(async move { locks.lock(message).await });
        Self::Waits { lock, woken: Arc::new(Woken(AtomicBool::new(true))) }
    }

    /// Polls it when it waits and was woken, and says whether anything happened.
    fn goes_on(&mut self) -> bool {
        let Self::Waits { lock, woken } = self else { return false };
        if !woken.0.swap(false, Ordering::Relaxed) {
            return false;
        }
        let waker = Waker::from(Arc::clone(woken));
        if let Poll::Ready(lock) = lock.as_mut().poll(&mut Context::from_waker(&waker)) {
            *self = Self::Has { _lock: lock };
        }
        true
    }

    fn has_its_turn(&self) -> bool {
        matches!(self, Self::Has { .. })
    }
}

/// What the scheduler does next, to which call.
#[derive(Debug, Clone, Copy)]
enum Step {
    Comes(usize),
    GoesOn(usize),
    /// It ends, or its caller hangs up.
    Ends(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..3_usize).prop_map(Step::Comes),
        (0..40_usize).prop_map(Step::GoesOn),
        (0..40_usize).prop_map(Step::Ends),
    ]
}

fn messages() -> [MessageUuid; 3] {
    [
        "11111111-1111-4111-8111-111111111111",
        "22222222-2222-4222-8222-222222222222",
        "11111111-1111-4111-8111-111111111112",
    ]
    .map(|uuid| uuid.parse().expect("a UUID"))
}

/// At most one call has each message, and never two.
fn check_alone(calls: &[(usize, Call)]) {
    for message in 0..messages().len() {
        let having = calls.iter().filter(|(of, call)| *of == message && call.has_its_turn()).count();
        assert!(having <= 1, "{having} calls have message {message}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn each_call_gets_its_turn_alone_whatever_the_order_and_nothing_is_left(
        steps in proptest::collection::vec(step(), 0..60),
    ) {
        let locks = MessageLocks::default();
        let mut calls: Vec<(usize, Call)> = Vec::new();
        for step in steps {
            let of = |at: usize| at % calls.len().max(1);
            match step {
                Step::Comes(message) => calls.push((message, Call::coming(&locks, messages()[message]))),
                Step::GoesOn(at) => {
                    let at = of(at);
                    calls.get_mut(at).map(|(_, call)| call.goes_on());
                }
                Step::Ends(at) => {
                    let at = of(at);
                    if let Some((_, call)) = calls.get_mut(at) {
                        *call = Call::Gone;
                    }
                }
            }
            check_alone(&calls);
        }
        // From here on each that has the lock ends, until nothing happens any more.
        loop {
            let has_gone_on = calls.iter_mut().fold(false, |any, (_, call)| call.goes_on() || any);
            check_alone(&calls);
            let mut has_ended = false;
            for (_, call) in calls.iter_mut().filter(|(_, call)| call.has_its_turn()) {
                *call = Call::Gone;
                has_ended = true;
            }
            if !has_gone_on && !has_ended {
                break;
            }
        }
        let waiting = calls.iter().filter(|(_, call)| !matches!(call, Call::Gone)).count();
        prop_assert_eq!(waiting, 0, "calls wait for ever");
        prop_assert!(locks.is_empty(), "lines stay behind");
    }
}

/// The same with threads, where a call leaves while another comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_that_come_and_leave_never_have_the_same_message_together() {
    let (locks, message) = (MessageLocks::default(), messages()[0]);
    let is_taken = Arc::new(AtomicBool::new(false));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (locks, is_taken) = (locks.clone(), Arc::clone(&is_taken));
        calls.spawn(async move {
            for _ in 0..500 {
                let lock = locks.lock(message).await;
                assert!(!is_taken.swap(true, Ordering::SeqCst), "two calls have it");
                tokio::task::yield_now().await;
                is_taken.store(false, Ordering::SeqCst);
                drop(lock);
            }
        });
    }
    while let Some(call) = calls.join_next().await {
        call.expect("no call fails");
    }
    assert!(locks.is_empty());
}
