use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use loom::future::block_on;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use super::permits::Permits;

fn address(last: u8) -> IpAddr {
    Ipv4Addr::new(10, 0, 0, last).into()
}

fn model(test: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(test);
}

/// Carries a message where there is a permit for it. Says whether it left for its fagsystem.
fn carry(permits: &Arc<Permits>, from: u8, max: usize, leaving: &AtomicUsize) -> bool {
    let Some(permit) = permits.try_acquire(address(from)) else { return false };
    if !permit.pin() {
        block_on(permit.revoked());
        return false;
    }
    let now = leaving.fetch_add(1, Ordering::SeqCst) + 1;
    assert!(now <= max, "{now} messages leave where {max} may");
    leaving.fetch_sub(1, Ordering::SeqCst);
    true
}

#[test]
fn no_more_messages_leave_than_may_and_every_permit_is_given_back() {
    model(|| {
        let (permits, leaving) = (Permits::new(1), Arc::new(AtomicUsize::new(0)));
        let other = {
            let (permits, leaving) = (Arc::clone(&permits), Arc::clone(&leaving));
            thread::spawn(move || carry(&permits, 1, 1, &leaving))
        };
        let left = carry(&permits, 2, 1, &leaving);
        let others_left = other.join().unwrap();
        assert!(left || others_left, "neither call got the permit");
        let again = permits.try_acquire(address(3)).expect("the permit has been given back");
        assert!(permits.try_acquire(address(4)).is_some_and(|_| !again.pin()), "a permit was given back twice");
    });
}

#[test]
fn a_permit_is_either_pinned_or_revoked_and_who_loses_it_hears_so() {
    model(|| {
        let permits = Permits::new(1);
        let first = permits.try_acquire(address(1)).expect("it is free");
        let other = {
            let permits = Arc::clone(&permits);
            thread::spawn(move || permits.try_acquire(address(2)).is_some_and(|permit| permit.pin()))
        };
        let is_pinned = first.pin();
        if !is_pinned {
            block_on(first.revoked());
        }
        assert_ne!(is_pinned, other.join().unwrap(), "both calls or neither hold the only permit");
    });
}

#[test]
fn a_permit_that_is_unpinned_goes_to_the_next_call_and_wakes_its_holder() {
    model(|| {
        let permits = Permits::new(1);
        let first = permits.try_acquire(address(1)).expect("it is free");
        assert!(first.pin());
        assert!(!permits.has_room(address(2)), "a pinned permit can be taken over");
        let refused = thread::spawn(move || block_on(first.unpin_until_revoked()));
        let next = loop {
            match permits.try_acquire(address(2)) {
                Some(permit) => break permit,
                None => thread::yield_now(),
            }
        };
        refused.join().unwrap();
        assert!(next.pin());
    });
}
