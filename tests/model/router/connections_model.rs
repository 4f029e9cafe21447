use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use loom::future::block_on;
use loom::thread;

use super::connections::{ConnectionSlot, Connections};

const LONG: Duration = Duration::from_secs(60);

fn model(test: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(test);
}

fn admit(open: &Arc<Connections>, last: u8, most: usize) -> ConnectionSlot {
    let from: IpAddr = Ipv4Addr::new(10, 0, 0, last).into();
    let slot = block_on(Connections::admit(open, from, || most, LONG));
    assert!(open.count() <= most, "{} connections are open where {most} may be", open.count());
    slot
}

#[test]
fn an_idle_connection_is_told_to_make_room_and_the_new_one_comes_in() {
    model(|| {
        let open = Arc::<Connections>::default();
        let idle = admit(&open, 1, 1);
        let held = thread::spawn(move || {
            block_on(idle.must_close());
            drop(idle);
        });
        let new = admit(&open, 2, 1);
        held.join().unwrap();
        assert_eq!(open.count(), 1);
        drop(new);
        assert_eq!(open.count(), 0, "a closed connection keeps its slot");
    });
}

#[test]
fn a_connection_whose_message_is_carried_stays_and_makes_room_once_it_is_answered() {
    model(|| {
        let open = Arc::<Connections>::default();
        let busy = admit(&open, 1, 1);
        let held = thread::spawn(move || {
            let is_carried = busy.begin_call(LONG).is_some_and(|(call, answering)| {
                let is_carried = call.carry();
                assert!(!is_carried || !busy.close(), "a connection is closed under a message");
                drop(answering);
                is_carried
            });
            block_on(busy.must_close());
            drop(busy);
            is_carried
        });
        let _new = admit(&open, 2, 1);
        held.join().unwrap();
        assert_eq!(open.count(), 1);
    });
}

#[test]
fn a_refused_call_makes_room_at_once() {
    model(|| {
        let open = Arc::<Connections>::default();
        let refused = admit(&open, 1, 1);
        let held = thread::spawn(move || {
            if let Some((call, _answering)) = refused.begin_call(LONG) {
                call.refuse();
                block_on(refused.must_close());
            }
            drop(refused);
        });
        let _new = admit(&open, 2, 1);
        held.join().unwrap();
        assert_eq!(open.count(), 1);
    });
}
