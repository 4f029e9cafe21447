use crate::rules::book::{Endpoint, Fagsystem, RuleBook};
use crate::rules::values::Cvr;

/// A fagsystem whose messages would go to an address to which its authority has sent none before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewAddress<'a> {
    /// The authority.
    pub authority: Cvr,
    /// The fagsystem, with its new address.
    pub fagsystem: &'a Fagsystem,
    /// Its address before; `None` for a new fagsystem.
    pub instead_of: Option<&'a Endpoint>,
}

impl RuleBook {
    /// The addresses to which this book can send messages and the one before could not, in the order of this book.
    #[must_use]
    pub fn new_addresses<'a>(&'a self, before: &'a RuleBook) -> Vec<NewAddress<'a>> {
        let mut new = Vec::new();
        for authority in &self.authorities {
            let known: Vec<_> = before
                .authorities
                .iter()
                .find(|it| it.cvr == authority.cvr)
                .map_or_else(Vec::new, |before| before.fagsystems.iter().collect());
            let is_new = |fagsystem: &&Fagsystem| known.iter().all(|known| known.endpoint != fagsystem.endpoint);
            new.extend(authority.fagsystems.iter().filter(is_new).map(|fagsystem| NewAddress {
                authority: authority.cvr,
                fagsystem,
                instead_of: known.iter().find(|known| known.id == fagsystem.id).map(|known| &known.endpoint),
            }));
        }
        new
    }
}
