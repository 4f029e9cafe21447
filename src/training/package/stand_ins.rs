//! What stands in for what is real: drawn at random, so that nothing can be calculated back. There is no key, and nothing of what
//! was drawn outlives the making.

use std::collections::{HashMap, HashSet};

use ring::rand::{SecureRandom, SystemRandom};
use uuid::{Builder, Uuid};

use crate::rules::{Caseless, Cvr};

/// Random numbers of the system. Where it has none to give, it says so at the end, and nothing that was made is used.
pub(super) struct Dice {
    source: SystemRandom,
    failed: bool,
}

impl Dice {
    pub fn new() -> Self {
        Self { source: SystemRandom::new(), failed: false }
    }

    /// Whether the system has given every number.
    pub fn are_fair(&self) -> bool {
        !self.failed
    }

    pub fn bytes(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.failed |= self.source.fill(&mut bytes).is_err();
        bytes
    }

    /// A number below that one, which is small beside 2^64, so that none is likelier than others.
    pub fn below(&mut self, count: u64) -> u64 {
        let bytes = self.bytes();
        let number =
            u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]]);
        number % count.max(1)
    }

    pub fn uuid(&mut self) -> Uuid {
        Builder::from_random_bytes(self.bytes()).into_uuid()
    }
}

/// Numbers that stand in for CVR numbers.
pub(super) struct CvrStandIns {
    /// Those that are given out, and those that are never to be: the real ones.
    taken: HashSet<Cvr>,
    drawn: HashMap<Cvr, Cvr>,
}

impl CvrStandIns {
    /// None of those real numbers will stand for another.
    pub fn beside(real: HashSet<Cvr>) -> Self {
        Self { taken: real, drawn: HashMap::new() }
    }

    /// What stands in for a number, if anything does yet.
    pub fn known(&self, real: Cvr) -> Option<Cvr> {
        self.drawn.get(&real).copied()
    }

    /// What stands in for a number: the same each time.
    pub fn of(&mut self, real: Cvr, dice: &mut Dice) -> Cvr {
        if let Some(known) = self.known(real) {
            return known;
        }
        let new = self.draw(dice);
        self.drawn.insert(real, new);
        new
    }

    /// Lets one number stand in for several real ones.
    pub fn of_all(&mut self, real: &[Cvr], dice: &mut Dice) {
        let new = self.draw(dice);
        self.drawn.extend(real.iter().map(|real| (*real, new)));
    }

    /// Lets a number stand for itself.
    pub fn keep(&mut self, real: Cvr) {
        self.drawn.insert(real, real);
    }

    /// A number that begins with 0, as no company's does, and has a valid check digit.
    fn draw(&mut self, dice: &mut Dice) -> Cvr {
        const FIRST: u64 = 1_000_000;
        const BEYOND: u64 = 10_000_000;
        loop {
            let number = u32::try_from(FIRST + dice.below(BEYOND - FIRST)).ok().and_then(Cvr::of_number);
            if let Some(cvr) = number.filter(|cvr| cvr.has_valid_check_digit())
                && self.taken.insert(cvr)
            {
                return cvr;
            }
            // Where there is no chance there is no result either; see `Dice::are_fair`.
            if !dice.are_fair() {
                return number.or(Cvr::of_number(0)).unwrap_or_else(|| unreachable!("0 has at most eight digits"));
            }
        }
    }
}

/// Texts that stand in for ids and names: the same for those that differ only in case.
#[derive(Default)]
pub(super) struct NameStandIns(HashMap<Caseless, Caseless>);

impl NameStandIns {
    pub fn keep(&mut self, name: &Caseless) {
        self.0.entry(name.clone()).or_insert_with(|| name.clone());
    }

    /// What stands in for a name, if anything does yet.
    pub fn known(&self, name: &Caseless) -> Option<Caseless> {
        self.0.get(name).cloned()
    }

    /// What stands in for a name: the same each time. `new` is given how many there will be.
    pub fn of(&mut self, name: &Caseless, new: impl FnOnce(usize) -> String) -> Caseless {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let made = Caseless::new(&new(self.0.len() + 1));
        self.0.insert(name.clone(), made.clone());
        made
    }
}
