use serde::{Serialize, Serializer};

use super::Cvr;

/// A sender that is an authority besides our own (*kendt myndighed*).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KnownAuthority {
    /// The number it is known by.
    pub cvr: Cvr,
    /// What people call it; may be empty.
    pub name: String,
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
