//! How a whole book is read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::fault::FileProblem;
use super::format::{FILE, FORMAT, KNOWN_AUTHORITY, VERSION};
use super::reading::{Node, Reading};
use crate::exchange::json::Json;
use crate::rules::{Cvr, JsonPath, KnownAuthority, RuleBook};

impl Reading<'_> {
    pub(super) fn book(&mut self, node: &Node<'_>) -> Option<RuleBook> {
        let object = self.shaped(node, &FILE)?;
        let format = self.format(&object, FORMAT, VERSION);
        let known_authorities = self.list(object.get("kendteMyndigheder"), Self::known_authority);
        let authorities = self.required(&object, "myndigheder", |this, node| {
            this.list(Some(node.clone()), |this, node| this.authority(node))
        });
        format?;
        Some(RuleBook { known_authorities: known_authorities?, authorities: authorities? })
    }

    /// A known authority may be listed once. This is not checked of what comes from the database, since older versions
    /// accepted it twice.
    pub(super) fn find_repeated_authorities(&mut self) {
        let mut first_places: HashMap<Cvr, JsonPath> = HashMap::new();
        for (place, cvr) in std::mem::take(&mut self.known) {
            match first_places.entry(cvr) {
                Entry::Occupied(first) => {
                    let first = first.get().clone();
                    self.fault::<()>(&place, FileProblem::KnownAuthorityTaken { cvr, first });
                }
                Entry::Vacant(entry) => {
                    entry.insert(place);
                }
            }
        }
    }

    /// A CVR number, or an object with a number and a name.
    fn known_authority(&mut self, node: &Node<'_>) -> Option<KnownAuthority> {
        if matches!(node.json, Json::Text(_)) {
            return self.known_cvr(node).map(KnownAuthority::from);
        }
        let object = self.shaped(node, &KNOWN_AUTHORITY)?;
        let cvr = self.required(&object, "cvr", Self::known_cvr);
        let name = self.optional_words(&object, "navn");
        Some(KnownAuthority { cvr: cvr?, name: name? })
    }

    fn known_cvr(&mut self, node: &Node<'_>) -> Option<Cvr> {
        let cvr = self.parsed(node)?;
        self.known.push((node.place.clone(), cvr));
        Some(cvr)
    }
}
