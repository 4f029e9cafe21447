use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard};

use tokio::sync::{Notify, watch};

use super::letter::Letter;
use super::plan::{FAGSYSTEMS, Moment};

/// What really happened, as the senders and the fagsystems saw it.
#[derive(Debug)]
pub struct Ledger {
    pub seed: u64,
    pub letters: Vec<Letter>,
    numbers: HashMap<String, usize>,
    records: Mutex<Vec<Record>>,
    counts: Mutex<BTreeMap<String, usize>>,
    /// What must never happen, and did.
    pub failures: Mutex<Vec<String>>,
    /// How many letters their senders know to be accepted.
    pub accepted: watch::Sender<usize>,
    /// How many tries have ended, whichever way.
    pub tries: watch::Sender<usize>,
    awaited: Mutex<Option<Moment>>,
    reached: Notify,
}

/// What happened to one letter.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// How often it has begun to come to any fagsystem.
    pub arrivals: usize,
    /// How often it has come whole, by fagsystem.
    pub whole: [usize; FAGSYSTEMS],
    /// Which fagsystems have kept it.
    pub keepers: Vec<usize>,
    /// How often it was sent.
    pub tries: usize,
    /// Each answer that its sender read whole: the HTTP status and the error code.
    pub answers: Vec<(u16, Option<String>)>,
}

impl Ledger {
    pub fn new(seed: u64, messages: usize) -> Self {
        let letters: Vec<_> = (0..messages).map(|number| Letter::new(seed, number)).collect();
        let numbers = letters.iter().enumerate().map(|(number, letter)| (letter.uuid.clone(), number)).collect();
        Self {
            seed,
            letters,
            numbers,
            records: Mutex::new(vec![Record::default(); messages]),
            counts: Mutex::default(),
            failures: Mutex::default(),
            accepted: watch::Sender::new(0),
            tries: watch::Sender::new(0),
            awaited: Mutex::default(),
            reached: Notify::new(),
        }
    }

    /// The number of the letter with that UUID, in either case.
    pub fn number_of(&self, uuid: &str) -> Option<usize> {
        self.numbers.get(&uuid.to_lowercase()).copied()
    }

    pub fn records(&self) -> MutexGuard<'_, Vec<Record>> {
        self.records.lock().unwrap()
    }

    pub fn record(&self, letter: usize) -> Record {
        self.records()[letter].clone()
    }

    pub fn change<T>(&self, letter: usize, change: impl FnOnce(&mut Record) -> T) -> T {
        change(&mut self.records()[letter])
    }

    /// The fagsystem keeps the letter: however often it gets it, that counts once.
    pub fn keep(&self, letter: usize, fagsystem: usize) {
        self.change(letter, |record| {
            if !record.keepers.contains(&fagsystem) {
                record.keepers.push(fagsystem);
            }
        });
    }

    /// A task of its own cannot fail the test; it says here what is wrong.
    pub fn fail(&self, what: String) {
        self.failures.lock().unwrap().push(what);
    }

    pub fn count(&self, what: impl Into<String>) {
        *self.counts.lock().unwrap().entry(what.into()).or_default() += 1;
    }

    pub fn counts(&self) -> BTreeMap<String, usize> {
        self.counts.lock().unwrap().clone()
    }

    /// Waits until that happens for the next time, anywhere.
    pub async fn next(&self, moment: Moment) {
        *self.awaited.lock().unwrap() = Some(moment);
        self.reached.notified().await;
    }

    /// Says that this happens now.
    pub fn reach(&self, moment: Moment) {
        let mut awaited = self.awaited.lock().unwrap();
        if *awaited == Some(moment) {
            *awaited = None;
            self.reached.notify_one();
        }
    }
}
