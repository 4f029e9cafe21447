use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use loom::future::block_on;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;

use super::message_locks::MessageLocks;

/// Takes the lock of a message, and fails when another call has it too.
async fn hold(locks: &MessageLocks<u8>, message: u8, is_held: &AtomicBool) {
    let lock = locks.lock(message).await;
    assert!(!is_held.swap(true, Ordering::SeqCst), "two calls hold the lock of one message");
    thread::yield_now();
    is_held.store(false, Ordering::SeqCst);
    drop(lock);
}

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn model(test: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(test);
}

#[test]
fn a_message_has_one_holder_at_a_time_and_is_forgotten_afterwards() {
    model(|| {
        let (locks, is_held) = (MessageLocks::default(), Arc::new(AtomicBool::new(false)));
        let others: Vec<_> = (0..2)
            .map(|_| {
                let (locks, is_held) = (locks.clone(), Arc::clone(&is_held));
                thread::spawn(move || block_on(hold(&locks, 1, &is_held)))
            })
            .collect();
        others.into_iter().for_each(|other| other.join().unwrap());
        assert!(locks.is_empty(), "an idle message is remembered");
    });
}

#[test]
fn a_call_that_hangs_up_while_it_waits_leaves_nothing_and_wakes_the_next() {
    model(|| {
        let (locks, is_held) = (MessageLocks::default(), Arc::new(AtomicBool::new(false)));
        let holder = {
            let (locks, is_held) = (locks.clone(), Arc::clone(&is_held));
            thread::spawn(move || block_on(hold(&locks, 1, &is_held)))
        };
        let leaver = {
            let locks = locks.clone();
            thread::spawn(move || {
                let mut waiting = pin!(locks.lock(1));
                let _ = poll_once(waiting.as_mut());
            })
        };
        block_on(hold(&locks, 1, &is_held));
        holder.join().unwrap();
        leaver.join().unwrap();
        assert!(locks.is_empty(), "an idle message is remembered");
    });
}

#[test]
fn calls_get_the_lock_in_the_order_in_which_they_asked_and_other_messages_do_not_wait() {
    model(|| {
        let locks = MessageLocks::default();
        let first = block_on(locks.lock(1));
        let (mut second, mut third) = (pin!(locks.lock(1)), pin!(locks.lock(1)));
        assert!(poll_once(second.as_mut()).is_pending());
        assert!(poll_once(third.as_mut()).is_pending());
        drop(block_on(locks.lock(2)));
        drop(first);
        assert!(poll_once(third.as_mut()).is_pending(), "the third call overtakes the second");
        let Poll::Ready(second) = poll_once(second.as_mut()) else { panic!("the second call still waits") };
        drop(second);
        assert!(poll_once(third.as_mut()).is_ready(), "the third call still waits");
    });
}
