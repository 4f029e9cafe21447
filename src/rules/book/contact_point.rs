use std::fmt;

use serde::{Serialize, Serializer};

use crate::rules::values::Caseless;

/// An address that an authority offers to those who write to it (*kontaktpunkt*).
///
/// Rules look only at its id and its groups. The rest is what Digital Post's administration lists for it (the *contact
/// structure*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactPoint {
    /// Its id. It looks like a UUID, but many were migrated and are not valid ones.
    pub id: Caseless,
    /// The groups it is in (*kontaktgrupper*).
    #[serde(rename = "kontaktgrupper")]
    pub groups: Vec<ContactGroup>,
    /// Its title, for people; not unique.
    #[serde(rename = "titel")]
    pub title: String,
    /// What else is known about it.
    #[serde(flatten)]
    pub details: PointDetails,
}

impl ContactPoint {
    /// A contact point about which nothing more is known.
    #[must_use]
    pub fn new(id: Caseless, title: &str, groups: Vec<ContactGroup>) -> Self {
        Self { id, groups, title: title.to_owned(), details: PointDetails::default() }
    }

    /// What a message to it may name as its group: one of those it is listed in, as Digital Post would bring it, or none.
    pub(in crate::rules) fn named_groups(&self) -> impl Iterator<Item = Option<&Caseless>> {
        self.groups.iter().map(|group| Some(&group.name)).chain([None])
    }

    /// Whether it is in a group of that name.
    #[must_use]
    pub fn is_in(&self, group: &Caseless) -> bool {
        self.groups.iter().any(|own| own.name == *group)
    }
}

/// A group of contact points (*kontaktgruppe*) and its position in the tree of groups.
///
/// Rules and messages name it by its name alone, and the same name may occur at several positions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ContactGroup {
    /// Its name.
    pub name: Caseless,
    /// The groups above it, from the top down; empty for a top-level group.
    pub above: Vec<Caseless>,
}

impl ContactGroup {
    /// A top-level group.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: Caseless::new(name), above: Vec::new() }
    }

    /// The names from the top of the tree down to and including its own.
    pub fn path(&self) -> impl Iterator<Item = &Caseless> {
        self.above.iter().chain(std::iter::once(&self.name))
    }
}

/// Its name after those above it: "Albertslund Kommune › Borger".
impl fmt::Display for ContactGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.above.iter().try_for_each(|above| write!(f, "{above} › "))?;
        self.name.fmt(f)
    }
}

/// A top-level group is written as a bare name, as in files that have no tree.
impl Serialize for ContactGroup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Placed<'a> {
            #[serde(rename = "navn")]
            name: &'a Caseless,
            #[serde(rename = "under")]
            above: &'a [Caseless],
        }
        if self.above.is_empty() {
            return self.name.serialize(serializer);
        }
        Placed { name: &self.name, above: &self.above }.serialize(serializer)
    }
}

/// What Digital Post's contact structure says about a contact point besides its id, title and groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointDetails {
    /// What it is for (*beskrivelse*).
    #[serde(rename = "beskrivelse", skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Who may write to it (*målgrupper*); empty where that is unknown.
    #[serde(rename = "maalgrupper", skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// The largest message that may be sent to it; `None` where that is unknown.
    #[serde(rename = "maksMB", skip_serializing_if = "Option::is_none")]
    pub largest: Option<Megabytes>,
    /// The most attachments that a message to it may have; `None` where that is unknown.
    #[serde(rename = "maksBilag", skip_serializing_if = "Option::is_none")]
    pub most_attachments: Option<u32>,
    /// Whether messages can be sent to it (*aktivt*).
    #[serde(rename = "aktivt", skip_serializing_if = "is_true")]
    pub is_active: bool,
    /// Whether it is shown to those who write (*synligt*).
    #[serde(rename = "synligt", skip_serializing_if = "is_true")]
    pub is_visible: bool,
    /// Its codes (*koder*).
    #[serde(rename = "koder", skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<PointCode>,
    /// The words that find it in a search (*søgeord*).
    #[serde(rename = "soegeord", skip_serializing_if = "Vec::is_empty")]
    pub search_terms: Vec<String>,
    /// The fields, usually at most two, that the writer of a message is expected to fill in (*anbefalede felter*).
    #[serde(rename = "felter", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

impl Default for PointDetails {
    fn default() -> Self {
        Self {
            description: String::new(),
            audiences: Vec::new(),
            largest: None,
            most_attachments: None,
            is_active: true,
            is_visible: true,
            codes: Vec::new(),
            search_terms: Vec::new(),
            fields: Vec::new(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde requires")]
fn is_true(value: &bool) -> bool {
    *value
}

/// Who may write to a contact point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Audience {
    /// Citizens (*borgere*).
    #[serde(rename = "borger")]
    Citizen,
    /// Companies (*virksomheder*).
    #[serde(rename = "virksomhed")]
    Company,
    /// Authorities (*myndigheder*).
    #[serde(rename = "myndighed")]
    Authority,
}

impl Audience {
    /// Each with its word in files.
    pub const WORDS: [(&str, Self); 3] =
        [("borger", Self::Citizen), ("virksomhed", Self::Company), ("myndighed", Self::Authority)];
}

/// A size in megabytes with three decimals: from 0.001 to below 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Megabytes(u32);

impl Megabytes {
    /// The size, rounded to three decimals; `None` when it is out of range.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
    pub fn new(number: f64) -> Option<Self> {
        let thousandths = (number * 1000.0).round();
        (1.0..1e9).contains(&thousandths).then_some(Self(thousandths as u32))
    }

    /// The number of megabytes.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl Serialize for Megabytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(1000) {
            return serializer.serialize_u32(self.0 / 1000);
        }
        serializer.serialize_f64(self.get())
    }
}

/// A code of a contact point.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PointCode {
    /// The kind of code: `KLE`, `FORM`, `GLN`, `SOR` or `CUSTOM`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code.
    #[serde(rename = "kode")]
    pub code: String,
    /// Its name; may be empty.
    #[serde(rename = "navn", skip_serializing_if = "String::is_empty")]
    pub name: String,
}
