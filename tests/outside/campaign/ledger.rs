use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard};

use tokio::sync::{Notify, watch};

use super::letter::{Letter, Reuse};
use super::plan::{FAGSYSTEMS, Moment, reuses_of};

/// What really happened, as the senders and the fagsystems saw it.
#[derive(Debug)]
pub struct Ledger {
    pub seed: u64,
    /// How many letters are first with their UUIDs; the others come after them in `letters`.
    pub messages: usize,
    pub letters: Vec<Letter>,
    numbers: HashMap<(String, Option<Reuse>), usize>,
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
    /// How many times its delivery to any fagsystem has begun.
    pub arrivals: usize,
    /// How often any with its UUID has, where it is the first.
    pub arrivals_of_all: usize,
    /// How often it has come whole, by fagsystem.
    pub whole: [usize; FAGSYSTEMS],
    /// The fagsystems that have stored it.
    pub keepers: Vec<usize>,
    /// How often a fagsystem has rejected it.
    pub rejections: usize,
    /// How often a fagsystem's answer to it was none that can be understood.
    pub unclear: usize,
    /// How often it was sent.
    pub tries: usize,
    /// Each answer that its sender read whole: the HTTP status and the error code.
    pub answers: Vec<(u16, Option<String>)>,
}

impl Record {
    /// Whether its sender got a receipt that says accepted.
    pub fn is_told_accepted(&self) -> bool {
        self.answers.iter().any(|answer| answer.0 == 200)
    }

    /// What happened to both.
    pub fn and(mut self, other: &Self) -> Self {
        self.arrivals += other.arrivals;
        for (own, theirs) in self.whole.iter_mut().zip(other.whole) {
            *own += theirs;
        }
        self.keepers
            .extend(other.keepers.iter().filter(|keeper| !self.keepers.contains(keeper)).copied().collect::<Vec<_>>());
        self.rejections += other.rejections;
        self.unclear += other.unclear;
        self.tries += other.tries;
        self.answers.extend(other.answers.iter().cloned());
        self
    }
}

impl Ledger {
    pub fn new(seed: u64, messages: usize) -> Self {
        let firsts = (0..messages).map(|number| Letter::new(seed, number));
        let mut letters: Vec<_> = firsts.collect();
        for number in 0..messages {
            let others = reuses_of(seed, number).into_iter().map(|reuse| letters[number].reused(seed, number, reuse));
            let others: Vec<_> = others.collect();
            letters.extend(others);
        }
        let key = |letter: &Letter| (letter.uuid.to_lowercase(), letter.reuse);
        let numbers = letters.iter().enumerate().map(|(number, letter)| (key(letter), number)).collect();
        let records = Mutex::new(vec![Record::default(); letters.len()]);
        Self {
            seed,
            messages,
            letters,
            numbers,
            records,
            counts: Mutex::default(),
            failures: Mutex::default(),
            accepted: watch::Sender::new(0),
            tries: watch::Sender::new(0),
            awaited: Mutex::default(),
            reached: Notify::new(),
        }
    }

    /// The number of the letter with that UUID, in either case.
    pub fn number_of(&self, uuid: &str, reuse: Option<Reuse>) -> Option<usize> {
        self.numbers.get(&(uuid.to_lowercase(), reuse)).copied()
    }

    /// The first letter with that one's UUID, which may be itself.
    pub fn first_of(&self, letter: usize) -> usize {
        self.number_of(&self.letters[letter].uuid, None).expect("it was made from one")
    }

    /// The other letters with that one's UUID.
    pub fn others_of(&self, first: usize) -> Vec<usize> {
        let uuid = &self.letters[first].uuid;
        Reuse::ALL.iter().filter_map(|reuse| self.number_of(uuid, Some(*reuse))).collect()
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

    /// Counts that a letter with the UUID of that first one has begun to come to a fagsystem, and says how often that was
    /// so before.
    pub fn count_arrival(&self, first: usize) -> usize {
        self.change(first, |record| {
            record.arrivals_of_all += 1;
            record.arrivals_of_all - 1
        })
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

    /// Waits until every letter is known to be accepted.
    pub async fn all_accepted(&self) {
        self.accepted.subscribe().wait_for(|accepted| *accepted >= self.messages).await.expect("it is here");
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
