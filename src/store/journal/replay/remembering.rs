use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher, RandomState};

use super::columns::{AUTHORITY, FAGSYSTEM, NUMBER, OTHER_FACTS, OUTCOME, SENDER_CVR, SENDER_KIND};
use super::later_rows::LaterRows;
use crate::rules::{Cvr, Distributor, FagsystemId, Place, Receiver, Replay, Replaying};
use crate::store::engine::ValueRef;
use crate::store::engine::{self, Row};
use crate::store::journal::Outcome;
use crate::store::journal::facts::{by_number, read_facts};

/// Up to how many bytes of what messages say, with the place that each was decided to have, are remembered: some 200,000
/// different ones. The others are decided again each time.
const MAX_REMEMBERED: usize = 32 * 1024 * 1024;
/// About what one takes beside its own bytes.
const EACH_TAKES: usize = 64;

/// A replay that remembers the places of what messages said and where they went: most say what others have said.
pub(super) struct Remembering<'a> {
    replaying: Replaying<'a>,
    /// The CVR numbers of the senders whom the rules tell apart. All others count as one.
    senders: HashSet<[u8; 8], Seeds>,
    /// By the columns of a row, one after the other. `None`: its facts cannot be read.
    places: HashMap<Box<[u8]>, Option<Place>, Seeds>,
    /// Senders that are authorities by their numbers.
    listed: HashSet<Cvr>,
    bytes: usize,
    /// Of the row that is being counted; kept, so that a row takes no memory of its own.
    key: Vec<u8>,
}

impl<'a> Remembering<'a> {
    pub fn new(rules: &Distributor, replaying: Replaying<'a>, listed: HashSet<Cvr>) -> Self {
        let seeds = Seeds::random();
        let mut senders = HashSet::with_hasher(seeds);
        let told_apart = rules.told_apart_senders().chain(listed.iter().copied());
        senders.extend(told_apart.filter_map(|cvr| <[u8; 8]>::try_from(cvr.to_string().as_bytes()).ok()));
        Self { replaying, listed, senders, places: HashMap::with_hasher(seeds), bytes: 0, key: Vec::new() }
    }

    /// Counts a row that is the first one of its message.
    pub fn count(&mut self, row: &Row<'_>, later_rows: &mut LaterRows<'_>) -> engine::Result<()> {
        let is_accepted = row.get_ref(OUTCOME)? == ValueRef::from(Outcome::Accepted.code());
        let later = if is_accepted { None } else { later_rows.end_of(row)? };
        let (authority, fagsystem) = match &later {
            Some((authority, fagsystem)) => (ValueRef::from(authority.as_str()), ValueRef::from(fagsystem.as_str())),
            None => (row.get_ref(AUTHORITY)?, row.get_ref(FAGSYSTEM)?),
        };
        self.key.clear();
        append(&mut self.key, authority);
        append(&mut self.key, fagsystem);
        append(&mut self.key, row.get_ref(SENDER_KIND)?);
        let sender = row.get_ref(SENDER_CVR)?;
        let sender = if self.is_told_apart(sender) { sender } else { ValueRef::Integer(0) };
        append(&mut self.key, sender);
        for column in OTHER_FACTS {
            append(&mut self.key, row.get_ref(column)?);
        }
        let known = self.places.get(self.key.as_slice()).copied();
        let place = match known {
            Some(known) => known,
            None => self.decide(row, receiver(authority, fagsystem))?,
        };
        if let Some(place) = place {
            self.replaying.count(place, row.get(NUMBER)?);
        }
        Ok(())
    }

    pub fn finish(self) -> Replay {
        self.replaying.finish()
    }

    /// Whether the sender's number makes a difference to the rules.
    fn is_told_apart(&self, cvr: ValueRef<'_>) -> bool {
        match cvr {
            ValueRef::Text(digits) => <&[u8; 8]>::try_from(digits).is_ok_and(|digits| self.senders.contains(digits)),
            _ => false,
        }
    }

    /// Decides what the row says, and remembers its place while there is room.
    fn decide(&mut self, row: &Row<'_>, from: Option<Receiver>) -> engine::Result<Option<Place>> {
        let place = read_facts(row, SENDER_KIND)?.map(|(mut facts, _)| {
            by_number(&mut facts, &self.listed);
            self.replaying.place(&facts, from)
        });
        let bytes = self.bytes + self.key.len() + EACH_TAKES;
        if bytes <= MAX_REMEMBERED {
            self.bytes = bytes;
            self.places.insert(self.key.as_slice().into(), place);
        }
        Ok(place)
    }
}

/// Appends a column so that no two rows whose columns differ become the same bytes.
fn append(key: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => key.push(0),
        ValueRef::Integer(number) => {
            key.push(1);
            key.extend_from_slice(&number.to_le_bytes());
        }
        ValueRef::Real(number) => {
            key.push(2);
            key.extend_from_slice(&number.to_le_bytes());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            key.push(3);
            key.extend_from_slice(&bytes.len().to_le_bytes());
            key.extend_from_slice(bytes);
        }
    }
}

fn receiver(authority: ValueRef<'_>, fagsystem: ValueRef<'_>) -> Option<Receiver> {
    let authority: Cvr = authority.as_str().ok()?.parse().ok()?;
    Some(Receiver { authority, fagsystem: FagsystemId::new(fagsystem.as_str().ok()?)? })
}

/// Hashes keys of some hundred bytes a million times. The standard library's hash would take longer than reading the rows; the
/// seeds are random, so that no sender can make up messages whose hashes are the same.
#[derive(Debug, Clone, Copy)]
struct Seeds(u64, u64);

impl Seeds {
    fn random() -> Self {
        let random = || RandomState::new().hash_one(0_u8);
        Self(random(), random() | 1)
    }
}

impl BuildHasher for Seeds {
    type Hasher = SeededHasher;

    fn build_hasher(&self) -> SeededHasher {
        SeededHasher { state: self.0, factor: self.1 }
    }
}

struct SeededHasher {
    state: u64,
    factor: u64,
}

impl SeededHasher {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(self.factor ^ 0x9E37_79B9_7F4A_7C15);
        #[expect(clippy::cast_possible_truncation, reason = "the halves of the product are folded into one")]
        let folded = (product as u64) ^ ((product >> 64) as u64);
        self.state = folded.rotate_left(23);
    }
}

impl Hasher for SeededHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        self.state
    }
}
