use std::net::SocketAddr;

use serde_json::{Value, json};

use super::dice::Dice;
use super::letter::{Letter, NUMBERS, POINT_OF_SMALL_LETTERS, POINTS, SENDERS};
use super::plan::{FAGSYSTEMS, Nature};
use crate::support::{configuration, fagsystem_entry, rule};

/// The rules of one publication: where each kind of letter goes.
#[derive(Debug, Clone)]
pub struct Rules {
    points: [usize; POINTS.len() - 1],
    numbers: [usize; NUMBERS.len()],
    senders: [usize; SENDERS.len()],
    default: usize,
    paused: Option<usize>,
    /// No rule names it, and it is not in the list of fagsystems.
    removed: Option<usize>,
}

impl Rules {
    /// What is published for the `publication`th time, counted from 1 as the store does.
    pub fn of(seed: u64, publication: usize) -> Self {
        let mut dice = Dice::new(seed, "rules", &[publication]);
        let paused = dice.one_in(3).then(|| dice.below(FAGSYSTEMS));
        let removed = (publication > 1 && dice.one_in(4)).then(|| dice.below(FAGSYSTEMS));
        let there: Vec<_> = (0..FAGSYSTEMS).filter(|fagsystem| removed != Some(*fagsystem)).collect();
        let takes_all = |fagsystem: &usize| Nature::of(*fagsystem) != Nature::TakesNoChunks;
        let for_all: Vec<_> = there.iter().copied().filter(takes_all).collect();
        let mut fagsystem = || dice.one_of(&for_all);
        let mut rules = Self {
            points: std::array::from_fn(|_| fagsystem()),
            numbers: std::array::from_fn(|_| fagsystem()),
            senders: std::array::from_fn(|_| fagsystem()),
            default: fagsystem(),
            paused: paused.filter(|paused| removed != Some(*paused)),
            removed,
        };
        // Every other time to one that the others cannot go to.
        let for_small: Vec<_> = there.iter().copied().filter(|fagsystem| !takes_all(fagsystem)).collect();
        if !for_small.is_empty() && dice.one_in(2) {
            rules.points[POINT_OF_SMALL_LETTERS] = dice.one_of(&for_small);
        }
        rules
    }

    /// The id of a fagsystem.
    pub fn id(fagsystem: usize) -> String {
        format!("fagsystem-{fagsystem}")
    }

    pub fn configuration(&self, addresses: &[SocketAddr]) -> Value {
        let mut there: Vec<_> = (0..FAGSYSTEMS).filter(|fagsystem| self.removed != Some(*fagsystem)).collect();
        // The first one is the default recipient.
        there.sort_by_key(|fagsystem| *fagsystem != self.default);
        let entries: Vec<_> = there
            .into_iter()
            .map(|fagsystem| {
                let endpoint = format!("http://{}/postmodtag", addresses[fagsystem]);
                let mut entry = fagsystem_entry(&Self::id(fagsystem), &endpoint);
                entry["aktiv"] = json!(self.paused != Some(fagsystem));
                entry
            })
            .collect();
        let points = POINTS.iter().zip(self.points).map(|(value, to)| ("kontaktpunkt", *value, to));
        let numbers = NUMBERS.iter().zip(self.numbers).map(|(value, to)| ("kle", *value, to));
        // The first sender is a citizen, whom no rule can name.
        let senders = SENDERS.iter().zip(self.senders).skip(1).map(|((cvr, _), to)| ("afsenderCvr", *cvr, to));
        let all = points.chain(numbers).chain(senders);
        let rules: Vec<_> = (1..)
            .zip(all)
            .map(|(priority, (element, value, to))| {
                let mut rule = rule(priority, &Self::id(to), element, value);
                // Whatever day a wrong clock shows.
                rule["gyldigFra"] = json!("1900-01-01");
                rule
            })
            .collect();
        configuration(&entries, &rules)
    }

    /// Where such a letter goes: its contact point decides before its KLE number, that before its sender.
    pub fn fagsystem_for(&self, letter: &Letter) -> usize {
        let by_point = letter.point.and_then(|point| self.points.get(point));
        let by_number = letter.kle.map(|kle| &self.numbers[kle]);
        let by_sender = (letter.sender > 0).then(|| &self.senders[letter.sender]);
        *by_point.or(by_number).or(by_sender).unwrap_or(&self.default)
    }
}
