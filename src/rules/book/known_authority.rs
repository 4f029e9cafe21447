use std::collections::HashMap;

use serde::{Serialize, Serializer};

use crate::rules::values::Cvr;

/// A sender that is an authority besides our own (*kendt myndighed*).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KnownAuthority {
    /// The number it is known by.
    pub cvr: Cvr,
    /// What people call it; may be empty.
    pub name: String,
}

impl KnownAuthority {
    /// The list with each number once: of several entries, one that has a name.
    pub(in crate::rules) fn each_once(listed: &[Self]) -> Vec<Self> {
        let mut once: Vec<Self> = Vec::with_capacity(listed.len());
        let mut places: HashMap<Cvr, usize> = HashMap::new();
        for authority in listed {
            let place = *places.entry(authority.cvr).or_insert(once.len());
            match once.get_mut(place) {
                None => once.push(authority.clone()),
                // Whatever the order in which they are listed.
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

/// A bare number where there is no name.
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
