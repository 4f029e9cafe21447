//! What things are called, whatever the language.

pub use crate::desktop::model::names::{danish_order, fagsystem_name};
use crate::rules::{Authority, Criterion, Cvr, FagsystemId, Interval, KleNumbers, KlePlan, RuleBook};

/// What things are called: by an authority's own lists, and by the registers that all authorities share.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    pub authority: &'a Authority,
    pub registers: Registers<'a>,
}

/// What all authorities share.
#[derive(Debug, Clone, Copy)]
pub struct Registers<'a> {
    pub book: &'a RuleBook,
    pub kle: &'a KlePlan,
}

impl<'a> Names<'a> {
    pub fn fagsystem(&self, id: &'a FagsystemId) -> &'a str {
        fagsystem_name(self.authority, id)
    }

    /// The value of a criterion, by its plain name where it has one; `None` where there is no value to name.
    pub fn value(&self, criterion: &Criterion) -> Option<String> {
        let name = match criterion {
            Criterion::ContactPoint(id) => match self.authority.contact_point(id) {
                Some(point) if !point.title.is_empty() => point.title.clone(),
                _ => id.to_string(),
            },
            Criterion::ContactGroup(name) => name.to_string(),
            Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => self.registers.cvr(*cvr),
            Criterion::Kle(interval) => self.registers.kle(interval),
            Criterion::Form(interval) => interval.to_string(),
            Criterion::NoContactPoint(_) => return None,
        };
        Some(name)
    }
}

impl Registers<'_> {
    /// A CVR number with whose it is: "12345674 (Eksempelby Kommune)".
    pub fn cvr(&self, cvr: Cvr) -> String {
        self.cvr_name(cvr).map_or_else(|| cvr.to_string(), |name| format!("{cvr} ({name})"))
    }

    /// Whose number it is: one of our authorities', or a known one's.
    pub fn cvr_name(&self, cvr: Cvr) -> Option<&str> {
        let own = self.book.authorities.iter().find(|it| it.cvrs().any(|own| own == cvr)).map(|it| it.name.as_str());
        let known = || self.book.known_authorities.iter().find(|it| it.cvr == cvr).map(|it| it.name.as_str());
        own.or_else(known).filter(|name| !name.is_empty())
    }

    /// The KLE number that a message carried, as the journal has it, with its title: "KLE 28.06.00 (Optagelse …)".
    pub fn carried_kle(&self, number: &str) -> String {
        let named = number.parse().map(|interval| self.kle(&interval));
        format!("KLE {}", named.as_deref().unwrap_or(number))
    }

    /// A KLE interval with what it is about: "28 (Dagtilbud)".
    pub fn kle(&self, interval: &Interval<KleNumbers>) -> String {
        self.kle.about(interval).map_or_else(|| interval.to_string(), |about| format!("{interval} ({about})"))
    }
}
