//! The fault campaign: thousands of messages from a sender that sends each again until it is accepted, while the fagsystems
//! misbehave in every way they can and say yes and no in every spelling, other messages come with UUIDs that were used,
//! intruders call, other rules are published, fagsystems are paused and taken away, and the router is killed and started
//! again, with wrong clocks too. At the end each message is with exactly one fagsystem, byte for byte, no receipt says
//! otherwise, and the journal agrees.
//!
//! What goes wrong is drawn from a seed and repeats itself, as far as the order in which threads run allows. Other sizes
//! and seeds:
//!
//! ```sh
//! cargo test --test outside campaign -- --nocapture                    # the small one, with its counts
//! cargo test --test outside long_campaign -- --ignored --nocapture     # 20,000 messages, 50 kills
//! CAMPAIGN_SEED=7 CAMPAIGN_MESSAGES=100000 CAMPAIGN_KILLS=200 cargo test --test outside long_campaign -- --ignored --nocapture
//! ```

mod audit;
mod clock;
mod dice;
mod fagsystem;
mod intruders;
mod keeper;
mod ledger;
mod letter;
mod plan;
mod rules;
mod saying;
mod sender;

use std::env;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use postfordeler::store::{ApiKey, RouterSettings, Store};
use tempfile::TempDir;
use tokio::runtime;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use self::audit::audit;
use self::fagsystem::Fagsystem;
use self::intruders::{INTRUDERS, Intruder};
use self::keeper::{Reserved, assert_no_panic, kill_again_and_again, publish_again_and_again, start};
use self::ledger::Ledger;
use self::plan::{Clockwork, FAGSYSTEMS};
use self::rules::Rules;
use self::sender::Sender;
use crate::support::publish;

/// How many letters are being delivered at a time.
const SENDERS: usize = 24;

/// How large a campaign is, and which.
#[derive(Debug, Clone, Copy)]
struct Campaign {
    seed: u64,
    messages: usize,
    kills: usize,
}

#[test]
fn whatever_breaks_each_message_ends_with_exactly_one_fagsystem() {
    Campaign { seed: 4, messages: 1_500, kills: 10 }.run();
}

#[test]
#[ignore = "takes minutes; see the beginning of this file"]
fn whatever_breaks_in_a_long_campaign_each_message_ends_with_exactly_one_fagsystem() {
    let number = |name, default| env::var(name).map_or(default, |value| value.parse().unwrap());
    let kills = usize::try_from(number("CAMPAIGN_KILLS", 50)).unwrap();
    let messages = usize::try_from(number("CAMPAIGN_MESSAGES", 20_000)).unwrap();
    Campaign { seed: number("CAMPAIGN_SEED", 1), messages, kills }.run();
}

impl Campaign {
    fn run(self) {
        eprintln!("{self:?}");
        let runtime = runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let data = TempDir::new().unwrap();
        let begun = Instant::now();
        let ledger = runtime.block_on(self.happen(data.path()));
        let audit = audit(data.path(), &ledger);
        let tries = *ledger.tries.borrow();
        let reused = ledger.letters.len() - self.messages;
        let counts =
            [("messages", self.messages), ("messages with a UUID that was used before", reused), ("tries", tries)];
        let counts = counts.into_iter().map(|(what, count)| (what.to_owned(), count));
        for (what, count) in counts.chain(ledger.counts()).chain(audit.rows) {
            eprintln!("{count:>8}  {what}");
        }
        eprintln!("{:>8}  seconds", begun.elapsed().as_secs());
        let problems = &audit.problems;
        let some = problems.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
        assert!(problems.is_empty(), "{self:?}: {} problems, of them\n{some}", problems.len());
    }

    async fn happen(self, data: &Path) -> Arc<Ledger> {
        let key = ApiKey::random().unwrap();
        let settings = RouterSettings {
            api_key: Some(key.hash().into()),
            connect_timeout_ms: 200,
            answer_timeout_ms: 400,
            most_per_fagsystem: 8,
            most_under_way: 30,
            ..RouterSettings::default()
        };
        let ledger = Arc::new(Ledger::new(self.seed, self.messages));
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let start_one = |number| Fagsystem::start(number, &ledger, settings.answer_timeout(), stop.clone(), &tasks);
        let fagsystems: Vec<_> = (0..FAGSYSTEMS).map(start_one).collect();
        publish(data, &Rules::of(self.seed, 1).configuration(&fagsystems));
        Store::open(data).unwrap().save_settings(&settings).unwrap();

        let reserved = Reserved::new();
        let running = start(data, reserved.address, Clockwork::Right);
        let (up, is_up) = watch::channel(true);
        let mut senders = JoinSet::new();
        let queue = Arc::default();
        let (key, router): (Arc<str>, _) = (key.reveal().into(), reserved.address);
        let mut intruders = JoinSet::new();
        for number in 0..INTRUDERS {
            let (ledger, is_up, key) = (Arc::clone(&ledger), is_up.clone(), Arc::clone(&key));
            intruders.spawn(Intruder { ledger, router, is_up, key }.work(number));
        }
        let sender = Sender { ledger: Arc::clone(&ledger), router, is_up, key };
        for _ in 0..SENDERS {
            senders.spawn(sender.clone().work(Arc::clone(&queue)));
        }
        let mut running = tokio::select! {
            running = async {
                let killing = kill_again_and_again(running, data, &ledger, &up, sender.clone(), self.kills);
                let (running, _) = tokio::join!(killing, senders.join_all());
                send_all_again(&sender).await;
                running
            } => running,
            () = publish_again_and_again(data, &ledger, &fagsystems) => unreachable!("it goes on for ever"),
        };

        drop(intruders);
        running.terminate();
        let status = running.exit_status();
        assert_no_panic(&mut running);
        assert_eq!(status, Some(0), "the router does not end in an orderly way");
        stop.cancel();
        tasks.close();
        // Whoever still waits hears that the router has hung up.
        tokio::time::timeout(Duration::from_mins(1), tasks.wait()).await.expect("the fagsystems come to an end");
        ledger
    }
}

/// Whatever was accepted stays with its fagsystem, whatever has been published since.
async fn send_all_again(sender: &Sender) {
    let queue = Arc::new(AtomicUsize::new(0));
    let mut senders = JoinSet::new();
    for _ in 0..SENDERS {
        let (mut sender, queue) = (sender.clone(), Arc::clone(&queue));
        senders.spawn(async move {
            loop {
                let letter = queue.fetch_add(1, Ordering::Relaxed);
                if letter >= sender.ledger.messages {
                    return;
                }
                sender.send_again(letter).await;
            }
        });
    }
    senders.join_all().await;
}
