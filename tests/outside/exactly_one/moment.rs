//! Which publication and which day a message is decided by.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use postfordeler::clock::Clock;
use postfordeler::router::{ConnectionLimits, Router as OwnRouter};
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::Store;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{begin_to_deliver, first, letter, row, rules_to, story};
use crate::support::{
    Answer, Call, Fagsystem, Gate, Request, Router, block_on, configuration, eventually, fagsystem_entry, publish, rule,
};

/// A router in this process with a clock that the test sets.
struct OnClock {
    router: OwnRouter,
    _data: TempDir,
}

impl OnClock {
    fn start(configuration: &Value, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let data = TempDir::new().unwrap();
        publish(data.path(), configuration);
        let store = Store::open(data.path()).unwrap();
        let settings = store.settings().unwrap();
        let anywhere = (Ipv4Addr::LOCALHOST, 0).into();
        let nothing_secret = Arc::new(Secrets::at(SecretsLocation::of(Some(data.path().join("secrets")))));
        let (limits, clock) = (ConnectionLimits::default(), Clock::by(now));
        let router = OwnRouter::start_by(&store, anywhere, &settings, nothing_secret, limits, clock);
        Self { router: block_on(router).unwrap(), _data: data }
    }

    fn address(&self) -> SocketAddr {
        self.router.address()
    }

    fn deliver(&self, message: &[u8]) -> Answer {
        let mut call = Call::with_length(self.address(), "application/xml", message.len());
        call.send(message);
        call.answer()
    }
}

#[test]
fn what_waited_for_another_call_with_the_same_message_goes_by_the_rules_that_are_in_force_then() {
    let gate = Gate::default();
    let held = gate.clone();
    let old = first(move |connection| {
        connection.take_all();
        held.pass();
        connection.answer(503, "");
    });
    let new = Fagsystem::accepting();
    let router = Router::start(&rules_to("gammel", &old.endpoint(), &new.endpoint()));
    let message = letter();
    let one = begin_to_deliver(&router, &message.xml());
    old.wait_until("the message is there", |requests| requests.iter().any(Request::is_whole));
    let another = begin_to_deliver(&router, &message.xml());
    router.publish(&rules_to("ny", &old.endpoint(), &new.endpoint()));
    gate.open();
    assert_eq!((one.answer().status(), another.answer().status()), (503, 200));
    assert_eq!((old.requests().len(), new.requests().len()), (1, 1));
    assert_eq!(story(&router), [row("fagsystem.utilgaengeligt", "gammel"), row("accepteret", "ny")]);
    let publications: Vec<_> = router.journal().into_iter().map(|row| row.publication).collect();
    assert_eq!(publications, [Some(1), Some(2)]);
}

#[test]
fn a_message_is_decided_by_the_day_on_which_it_arrived_though_midnight_comes_meanwhile() {
    let (old, new) = (Fagsystem::accepting(), Fagsystem::accepting());
    let mut until = rule(1, "gammel", "kontaktpunkt", "punkt");
    until["gyldigTil"] = json!("2026-11-26");
    let mut from = rule(2, "ny", "kontaktpunkt", "punkt");
    from["gyldigFra"] = json!("2026-11-27");
    let fagsystems =
        [("rest", &old), ("gammel", &old), ("ny", &new)].map(|(id, it)| fagsystem_entry(id, &it.endpoint()));
    // Each look at the clock is later than the one before: the first is the last one before midnight in Denmark.
    let moments = ["2026-11-26T22:59:59.9Z", "2026-11-26T23:00:00Z", "2026-11-26T23:00:00.5Z"];
    let looks = Arc::new(AtomicUsize::new(0));
    let look = Arc::clone(&looks);
    let router = OnClock::start(&configuration(&fagsystems, &[until, from]), move || {
        moments[look.fetch_add(1, Ordering::Relaxed).min(moments.len() - 1)].parse().unwrap()
    });
    let receives = |by: &Fagsystem| {
        let before = by.requests().len();
        assert_eq!(router.deliver(&letter().xml()).status(), 200);
        by.requests().len() > before
    };
    eventually("a message arrives after midnight", || receives(&new).then_some(()));
    // What else the router looks at the clock for may come between.
    eventually("a message arrives before midnight", || {
        looks.store(0, Ordering::Relaxed);
        receives(&old).then_some(())
    });
}
