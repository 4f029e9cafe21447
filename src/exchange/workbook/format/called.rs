use std::collections::HashMap;

use super::words::folded;
use crate::exchange::text::resemblance::meant;
use crate::rules::FagsystemId;

/// How cells name an authority's fagsystems: by name if that is unique, else by id.
#[derive(Debug, Default)]
pub(in crate::exchange::workbook) struct Fagsystems {
    listed: Vec<(FagsystemId, String)>,
    ids: HashMap<FagsystemId, usize>,
    /// The fagsystems with that id or name.
    called: HashMap<String, Vec<usize>>,
}

/// Why a text names no fagsystem.
pub(in crate::exchange::workbook) enum NotCalled {
    /// None has that id or name.
    Nobody,
    /// These have it.
    Several(Vec<FagsystemId>),
}

impl Fagsystems {
    pub(in crate::exchange::workbook) fn new(listed: Vec<(FagsystemId, String)>) -> Self {
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

    /// What is written in a cell for the fagsystem.
    pub(in crate::exchange::workbook) fn written<'a>(&'a self, id: &'a FagsystemId) -> &'a str {
        let name = self.ids.get(id).map(|at| self.listed[*at].1.trim());
        match name {
            Some(name) if !name.is_empty() && self.called.get(&folded(name)).is_some_and(|own| own.len() == 1) => name,
            _ => id.as_str(),
        }
    }

    /// The name or id that a text resembles.
    pub(in crate::exchange::workbook) fn meant(&self, text: &str) -> Option<String> {
        let names = self.listed.iter().map(|(_, name)| name.trim());
        meant(text, names.chain(self.listed.iter().map(|(id, _)| id.as_str())))
    }

    /// The fagsystem that a cell names: the one with exactly that id, else the only one with that id or name in any case.
    pub(in crate::exchange::workbook) fn read(&self, text: &str) -> Result<FagsystemId, NotCalled> {
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
