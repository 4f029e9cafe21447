use std::collections::HashMap;

use serde::{Serialize, Serializer};

use crate::rules::values::Cvr;

/// Another authority that writes to ours (*kendt myndighed*). MeMo does not say whether the sender behind a CVR number is an
/// authority, so a rule book lists them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KnownAuthority {
    /// Its CVR number.
    pub cvr: Cvr,
    /// Its name, for people; may be empty.
    pub name: String,
}

impl KnownAuthority {
    /// The list with each number once; of several entries for one number, the one whose name sorts last, and so one that has a
    /// name if any has.
    pub(in crate::rules) fn each_once(listed: &[Self]) -> Vec<Self> {
        let mut once: Vec<Self> = Vec::with_capacity(listed.len());
        let mut positions: HashMap<Cvr, usize> = HashMap::new();
        for authority in listed {
            let position = *positions.entry(authority.cvr).or_insert(once.len());
            match once.get_mut(position) {
                None => once.push(authority.clone()),
                // Independent of the order of the list.
                Some(other) if other.name < authority.name => *other = authority.clone(),
                Some(_) => {}
            }
        }
        once
    }
}

impl From<Cvr> for KnownAuthority {
    fn from(cvr: Cvr) -> Self {
        Self { cvr, name: String::new() }
    }
}

/// Without a name it is written as a bare number.
impl Serialize for KnownAuthority {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Named<'a> {
            cvr: Cvr,
            #[serde(rename = "navn")]
            name: &'a str,
        }
        if self.name.is_empty() {
            return self.cvr.serialize(serializer);
        }
        Named { cvr: self.cvr, name: &self.name }.serialize(serializer)
    }
}
