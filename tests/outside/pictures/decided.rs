//! What the router makes of messages: each is written, read and decided by the program's own code, with the rules that
//! were published at that time. So no picture can tell of a decision that the rules do not make.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use postfordeler::memo::{self, ClassifiedAs, Letter, Party, Reader};
use postfordeler::rules::{CriterionKind, Distributor, Facts, Ground, PostType, SenderKind};
use postfordeler::store::{JournalEntry, Outcome, PublicationNumber, Routed, Store};

use super::data::{MUNICIPALITY, cvr};

/// Every publication of a store, ready to decide.
pub struct Publications(Vec<(Timestamp, PublicationNumber, Distributor)>);

/// A message as the router sees it, and what it decides.
#[derive(Clone)]
pub struct Decided {
    pub facts: Facts,
    pub sender: SenderKind,
    /// `None` where the recipient is none of the authorities.
    pub routed: Option<Routed>,
}

impl Publications {
    pub fn of(store: &Store) -> Self {
        let entries = store.publications().expect("they can be read");
        let publication = |number| store.publication(number).expect("it can be read").expect("it is there");
        let of = |number| publication(number).book.compile().expect("no fault");
        Self(entries.iter().map(|entry| (entry.published_at, entry.number, of(entry.number))).collect())
    }

    /// What becomes of a message that comes at that time.
    pub fn decide(&self, letter: &Letter, at: Timestamp) -> Decided {
        let in_force = self.0.iter().filter(|(from, ..)| *from <= at).max_by_key(|(from, ..)| *from);
        let (_, publication, distributor) = in_force.expect("something was published before the first message");
        let mut reader = Reader::new();
        reader.feed(&memo::write(letter)).expect("what the program writes it can read");
        let facts = reader.finish().expect("it is whole").facts;
        let sender = distributor.sender_kind(&facts);
        let day = at.to_zoned(TimeZone::get("Europe/Copenhagen").expect("it is known")).date();
        let routed = distributor.decide(&facts, day).ok().map(|decision| Routed {
            publication: *publication,
            authority: decision.authority.cvr,
            fagsystem: decision.fagsystem.id.clone(),
            priority: decision.ground.priority(),
            element: match decision.ground {
                Ground::Rule(rule) => Some(CriterionKind::of(&rule.criterion)),
                Ground::Default => None,
            },
        });
        Decided { facts, sender, routed }
    }
}

impl Decided {
    /// The journal's entry of it, if it has one; a message without a recipient has an unknown recipient in any case.
    pub fn entry(self, at: Timestamp, outcome: Outcome) -> JournalEntry {
        let outcome = if self.routed.is_some() { outcome } else { Outcome::UnknownRecipient };
        JournalEntry { facts: Some((self.facts, self.sender)), routed: self.routed, ..JournalEntry::new(at, outcome) }
    }
}

/// A letter to the municipality: from whom, to which contact point and group, with which KLE number.
pub fn letter(from: Party, contact_point: Option<(&str, &str)>, kle: &str, post_type: PostType) -> Letter {
    Letter {
        contact_point: contact_point.map(|(id, group)| (id.to_owned(), Some(group.to_owned()))),
        classified_as: (!kle.is_empty()).then(|| ClassifiedAs::Kle(kle.to_owned())),
        post_type,
        ..Letter::new(from, cvr(MUNICIPALITY))
    }
}
