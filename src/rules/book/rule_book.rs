use std::collections::HashSet;
use std::sync::Arc;

use serde::Serialize;

use super::authority::Authority;
use super::criterion::Criterion;
use super::fagsystem::Fagsystem;
use super::known_authority::KnownAuthority;
use crate::rules::facts::Sender;
use crate::rules::values::Cvr;

/// Everything that decides where messages go, as one value. A draft is one that is being edited, a publication one that is
/// frozen, and an export one that is printed.
///
/// It serializes to the configuration file, whose keys are the Danish terms of the domain.
///
/// A book may be unfinished or contradict itself. [`RuleBook::compile`] reports that, and is the only way to a
/// [`Distributor`](crate::rules::Distributor).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RuleBook {
    /// Other authorities that write to ours (*kendteMyndigheder*): their senders count as authorities.
    #[serde(rename = "kendteMyndigheder")]
    pub known_authorities: Vec<KnownAuthority>,
    /// The receiving authorities. The rules of each are independent of the others'.
    #[serde(rename = "myndigheder")]
    pub authorities: Vec<Authority>,
}

impl RuleBook {
    /// The authority with that main CVR number; one that has it among its further numbers does not count.
    #[must_use]
    pub fn authority(&self, cvr: Cvr) -> Option<&Authority> {
        self.authorities.iter().find(|authority| authority.cvr == cvr)
    }

    /// The CVR numbers whose senders are authorities: those of the receiving authorities and of the known ones.
    #[must_use]
    pub fn authority_cvrs(&self) -> HashSet<Cvr> {
        let known = self.known_authorities.iter().map(|it| it.cvr);
        known.chain(self.authorities.iter().flat_map(Authority::cvrs)).collect()
    }

    /// The fagsystems whose mail would cross a network unencrypted, whatever their access, each with its authority's number,
    /// in the order of the book.
    pub fn in_clear(&self) -> impl Iterator<Item = (Cvr, &Fagsystem)> {
        let all = self.authorities.iter().flat_map(|it| it.fagsystems.iter().map(|fagsystem| (it.cvr, fagsystem)));
        all.filter(|(_, fagsystem)| fagsystem.endpoint.is_in_clear())
    }

    /// Replaces a CVR number by another in all rules that look for it and all guards that name it, as the sender's or the
    /// recipient's.
    pub fn replace_cvr(&mut self, from: Cvr, to: Cvr) {
        for rule in self.authorities.iter_mut().flat_map(|authority| &mut authority.rules) {
            let criterion = match rule.criterion {
                Criterion::SenderCvr(cvr) if cvr == from => Criterion::SenderCvr(to),
                Criterion::RecipientCvr(cvr) if cvr == from => Criterion::RecipientCvr(to),
                _ => continue,
            };
            Arc::make_mut(rule).criterion = criterion;
        }
        for guard in self.authorities.iter_mut().flat_map(|authority| &mut authority.guards) {
            if guard.facts.sender == Sender::Organisation(Some(from)) {
                guard.facts.sender = Sender::Organisation(Some(to));
            }
            if guard.facts.recipient == Some(from) {
                guard.facts.recipient = Some(to);
            }
        }
    }
}
