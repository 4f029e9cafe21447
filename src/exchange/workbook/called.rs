use std::collections::HashMap;

use super::words::folded;
use crate::exchange::resemblance::meant;
use crate::rules::FagsystemId;

/// What the fagsystems of an authority are called in cells: by name where that is clear, else by id.
#[derive(Debug, Default)]
pub(super) struct Fagsystems {
    listed: Vec<(FagsystemId, String)>,
    ids: HashMap<FagsystemId, usize>,
    /// Whose id or name that is, each once.
    called: HashMap<String, Vec<usize>>,
}

/// Why a text names no fagsystem.
pub(super) enum NotCalled {
    /// None is called so.
    Nobody,
    /// These are.
    Several(Vec<FagsystemId>),
}

impl Fagsystems {
    pub(super) fn new(listed: Vec<(FagsystemId, String)>) -> Self {
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (id, name)) in listed.iter().enumerate() {
            for text in [folded(id.as_str()), folded(name)] {
                let own = called.entry(text).or_default();
                if own.last() != Some(&at) {
                    own.push(at);
                }
            }
        }
        let ids = listed.iter().enumerate().rev().map(|(at, (id, _))| (id.clone(), at)).collect();
        Self { listed, ids, called }
    }

    /// What stands in a cell for the fagsystem.
    pub(super) fn written<'a>(&'a self, id: &'a FagsystemId) -> &'a str {
        let name = self.ids.get(id).map(|at| self.listed[*at].1.trim());
        match name {
            Some(name) if !name.is_empty() && self.called.get(&folded(name)).is_some_and(|own| own.len() == 1) => name,
            _ => id.as_str(),
        }
    }

    /// The name or id that a text is but for a letter.
    pub(super) fn meant(&self, text: &str) -> Option<String> {
        let names = self.listed.iter().map(|(_, name)| name.trim());
        meant(text, names.chain(self.listed.iter().map(|(id, _)| id.as_str())))
    }

    /// Which fagsystem a cell means: the one with that very id, or else the only one that has that id or name, case
    /// aside.
    pub(super) fn read(&self, text: &str) -> Result<FagsystemId, NotCalled> {
        if let Some(id) = FagsystemId::new(text).filter(|id| self.ids.contains_key(id)) {
            return Ok(id);
        }
        match self.called.get(&folded(text)).map_or(&[][..], Vec::as_slice) {
            [] => Err(NotCalled::Nobody),
            [one] => Ok(self.listed[*one].0.clone()),
            several => Err(NotCalled::Several(several.iter().map(|at| self.listed[*at].0.clone()).collect())),
        }
    }
}
