//! What the fagsystems of a practice room have received. It is kept in memory alone, and there is an end to it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use super::mood::PracticeMood;
use crate::memo::{Header, LetterText};

/// The most fagsystems of a room. Further ones answer, and have no inbox.
const MAX_INBOXES: usize = 64;
/// The longest path of one, in bytes.
const MAX_PATH: usize = 200;
/// The most letters of an inbox. Further ones push out the oldest.
const MAX_LETTERS: usize = 100;
/// The most bytes of text in all inboxes. Further ones push out the oldest letter of the fullest inbox.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// A letter in the inbox of a practice fagsystem.
#[derive(Debug, Clone)]
pub struct InboxLetter {
    /// Its number in the room; later ones have higher numbers.
    pub number: u64,
    /// When it was answered, or broke off.
    pub at: Timestamp,
    /// Its messageUUID and what rules can look at, where that could be read.
    pub header: Option<Header>,
    /// How many bytes of it came.
    pub bytes: u64,
    /// What became of it.
    pub fate: LetterFate,
    /// Its subject and text, as far as they came.
    pub text: LetterText,
}

/// What became of a letter that a practice fagsystem received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterFate {
    /// It was accepted.
    Accepted,
    /// It was rejected.
    Rejected,
    /// It was answered with something that is no receipt.
    Unclear,
    /// The fagsystem hung up in the middle.
    HungUp,
    /// It was refused, because it is no message.
    Unreadable,
    /// The caller broke it off.
    BrokenOff,
}

/// The inbox of a practice fagsystem at one moment.
#[derive(Debug, Clone)]
pub struct PracticeInbox {
    /// How the fagsystem takes its messages.
    pub mood: PracticeMood,
    /// Its letters, the latest first: at most 100.
    pub letters: Vec<Arc<InboxLetter>>,
    /// How many it has received, with those that have been pushed out.
    pub received: u64,
    /// How many calls it has turned away while it was down.
    pub missed: u64,
}

/// All inboxes of a practice room at one moment.
#[derive(Debug, Clone)]
pub struct RoomSnapshot {
    /// Counts the changes of the room.
    pub version: u64,
    /// The mood of fagsystems that have no inbox yet.
    pub usual: PracticeMood,
    /// By the path of the fagsystem's address. A fagsystem gets its inbox with its first letter or its own mood.
    pub inboxes: BTreeMap<String, PracticeInbox>,
}

impl RoomSnapshot {
    /// How the fagsystem at that path takes its messages.
    #[must_use]
    pub fn mood(&self, path: &str) -> PracticeMood {
        self.inboxes.get(path).map_or(self.usual, |inbox| inbox.mood)
    }
}

/// The inboxes and moods of a room.
#[derive(Debug, Default)]
pub(super) struct Inboxes {
    version: u64,
    usual: PracticeMood,
    by_path: BTreeMap<String, Inbox>,
    next: u64,
    bytes: usize,
}

#[derive(Debug, Default)]
struct Inbox {
    mood: PracticeMood,
    letters: VecDeque<Arc<InboxLetter>>,
    received: u64,
    missed: u64,
}

impl Inboxes {
    pub fn version(&self) -> u64 {
        self.version
    }

    pub fn snapshot(&self) -> RoomSnapshot {
        let inboxes = self.by_path.iter().map(|(path, inbox)| {
            let Inbox { mood, letters, received, missed } = inbox;
            let letters = letters.iter().rev().cloned().collect();
            (path.clone(), PracticeInbox { mood: *mood, letters, received: *received, missed: *missed })
        });
        RoomSnapshot { version: self.version, usual: self.usual, inboxes: inboxes.collect() }
    }

    pub fn mood(&self, path: &str) -> PracticeMood {
        self.by_path.get(path).map_or(self.usual, |inbox| inbox.mood)
    }

    pub fn set_mood(&mut self, path: &str, mood: PracticeMood) {
        self.version += 1;
        if let Some(inbox) = self.inbox(path) {
            inbox.mood = mood;
        }
    }

    pub fn set_all_moods(&mut self, mood: PracticeMood) {
        self.version += 1;
        self.usual = mood;
        self.by_path.values_mut().for_each(|inbox| inbox.mood = mood);
    }

    /// Records a call that was turned away.
    pub fn miss(&mut self, path: &str) {
        self.version += 1;
        if let Some(inbox) = self.inbox(path) {
            inbox.missed += 1;
        }
    }

    /// Puts a letter into an inbox, whatever number it has.
    pub fn put(&mut self, path: &str, mut letter: InboxLetter) {
        self.version += 1;
        self.next += 1;
        letter.number = self.next;
        let bytes = letter.text.bytes();
        let Some(inbox) = self.inbox(path) else { return };
        inbox.received += 1;
        inbox.letters.push_back(Arc::new(letter));
        let pushed_out = if inbox.letters.len() > MAX_LETTERS { inbox.letters.pop_front() } else { None };
        self.bytes = (self.bytes + bytes).saturating_sub(pushed_out.map_or(0, |letter| letter.text.bytes()));
        while self.bytes > MAX_BYTES && self.push_out() {}
    }

    /// Pushes out the oldest letter of the fullest inbox.
    fn push_out(&mut self) -> bool {
        let fullest = self.by_path.values_mut().max_by_key(|inbox| inbox.letters.len());
        let Some(letter) = fullest.and_then(|inbox| inbox.letters.pop_front()) else { return false };
        self.bytes = self.bytes.saturating_sub(letter.text.bytes());
        true
    }

    /// Empties all inboxes; moods stay.
    pub fn empty(&mut self) {
        self.version += 1;
        self.bytes = 0;
        for inbox in self.by_path.values_mut() {
            *inbox = Inbox { mood: inbox.mood, ..Inbox::default() };
        }
    }

    /// The inbox of a fagsystem, which is made where there is room for one.
    fn inbox(&mut self, path: &str) -> Option<&mut Inbox> {
        if !self.by_path.contains_key(path) && (self.by_path.len() >= MAX_INBOXES || path.len() > MAX_PATH) {
            return None;
        }
        let mood = self.usual;
        Some(self.by_path.entry(path.to_owned()).or_insert_with(|| Inbox { mood, ..Inbox::default() }))
    }
}
