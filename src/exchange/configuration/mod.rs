mod contact_point;
mod fagsystem;
mod format;
mod reading;
mod reference;
mod rule;
mod schema;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use self::format::{AUTHORITY, FILE, KNOWN_AUTHORITY};
pub(super) use self::reading::{Node, Reading};
pub use self::reference::{ReferenceLanguage, configuration_reference};
pub use self::schema::configuration_schema;
use super::Progress;
use super::fault::{FileFaults, FileProblem};
use super::json::Json;
use crate::rules::{Authority, Caseless, ContactPoint, Criterion, Cvr, JsonPath, KnownAuthority, Rule, RuleBook};
use crate::visible::{as_seen, visible_json};

const FORMAT: &str = "postfordeler-konfiguration";
const VERSION: u64 = 1;

/// Prints a rule book as a configuration file, in which a terminal finds nothing to obey.
///
/// What [`read_configuration`] makes of it is the same book.
#[must_use]
pub fn write_configuration(book: &RuleBook) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        format: &'static str,
        version: u64,
        #[serde(flatten)]
        book: &'a RuleBook,
    }
    let mut text = serde_json::to_string_pretty(&File { format: FORMAT, version: VERSION, book })
        .expect("a rule book has only text keys, so it can always be printed as JSON");
    text.push('\n');
    visible_json(&text).into_owned()
}

/// Reads a configuration file, whole or not at all.
///
/// # Errors
///
/// Every fault of the file in one report, each with its place.
pub fn read_configuration(file: &[u8]) -> Result<RuleBook, FileFaults> {
    read_configuration_within(file, &Progress::default())
}

/// The same, which can be stopped; [`FileProblem::Stopped`] says that it was.
pub(super) fn read_configuration_within(file: &[u8], progress: &Progress) -> Result<RuleBook, FileFaults> {
    let mut reading = Reading::within(progress);
    let book = reading.file(file, Reading::book);
    reading.find_repeated_authorities();
    reading.cross_checked(book)
}

/// Reads a configuration file that people are still at work on: its parts may contradict each other.
///
/// # Errors
///
/// Every other fault of the file in one report, each with its place.
pub fn read_unfinished(file: &[u8]) -> Result<RuleBook, FileFaults> {
    let mut reading = Reading::default();
    let book = reading.file(file, Reading::book);
    reading.concluded(book)
}

/// Reads a configuration that the program has kept, or an older version of it; its parts may contradict each other.
///
/// That version took endpoints that are refused today. Here such an address becomes what the URL standard writes for it,
/// which is where messages went. From one with a user name or password these are left out, and the fagsystem is paused,
/// with a word in its note: nothing is sent to it until a person has looked at it.
///
/// # Errors
///
/// Every other fault in one report, each with its place.
pub fn read_stored(configuration: &[u8]) -> Result<RuleBook, FileFaults> {
    let mut reading = Reading { is_kept: true, ..Reading::default() };
    let book = reading.file(configuration, Reading::book);
    reading.concluded(book)
}

impl Reading<'_> {
    fn book(&mut self, node: &Node<'_>) -> Option<RuleBook> {
        let object = self.shaped(node, &FILE)?;
        let format = self.format(&object, FORMAT, VERSION);
        let known_authorities = self.list(object.get("kendteMyndigheder"), Self::known_authority);
        let authorities = self.required(&object, "myndigheder", |this, node| {
            this.list(Some(node.clone()), |this, node| this.authority(node))
        });
        format?;
        Some(RuleBook { known_authorities: known_authorities?, authorities: authorities? })
    }

    /// A known authority stands once. What is kept may have it twice, for older versions of the program took that.
    fn find_repeated_authorities(&mut self) {
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

    /// A CVR number, or one with a name.
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

    pub(in crate::exchange) fn authority(&mut self, node: &Node<'_>) -> Option<Authority> {
        let object = self.shaped(node, &AUTHORITY)?;
        let cvr = self.required(&object, "cvr", Self::authority_cvr);
        let name = self.required(&object, "navn", Self::words);
        let more_cvrs = self.list(object.get("flereCvr"), Self::authority_cvr);
        let default_fagsystem = self.required(&object, "opsamlingssystem", Self::fagsystem_mentioned);
        let fagsystems =
            self.required(&object, "fagsystemer", |this, node| this.list(Some(node.clone()), Self::fagsystem));
        let list = object.get("fagsystemer");
        self.outline.lacks_fagsystems = !list.is_some_and(|list| matches!(list.json, Json::List(_)));
        let contact_points = self.list(object.get("kontaktpunkter"), Self::contact_point);
        let rules = self.required(&object, "regler", |this, node| {
            this.list(Some(node.clone()), |this, node| this.rule(node).map(Arc::new))
        });
        self.outlines.push(std::mem::take(&mut self.outline));
        let (contact_points, mut rules) = (contact_points?, rules?);
        if !self.is_kept {
            name_as_listed(&mut rules, &contact_points);
        }
        Some(Authority {
            cvr: cvr?,
            name: name?,
            more_cvrs: more_cvrs?,
            default_fagsystem: default_fagsystem?,
            fagsystems: fagsystems?,
            contact_points,
            rules,
        })
    }

    fn authority_cvr(&mut self, node: &Node<'_>) -> Option<Cvr> {
        let cvr = self.parsed(node)?;
        self.outline.cvrs.push((node.place.clone(), cvr));
        Some(cvr)
    }
}

/// Rules name contact points and groups as these are listed, where they differ but in what people do not see: spaces of
/// another kind, or letters whose accents stand apart.
fn name_as_listed(rules: &mut [Arc<Rule>], points: &[ContactPoint]) {
    let is_odd = |name: &Caseless| !name.as_str().is_ascii();
    let names = points.iter().flat_map(|point| point.groups.iter().map(|group| &group.name));
    let (ids, names): (Vec<_>, Vec<_>) = (points.iter().map(|point| &point.id).collect(), names.collect());
    let (ids, names) = (Listed::new(&ids), Listed::new(&names));
    for rule in rules {
        let listed = match &rule.criterion {
            Criterion::ContactPoint(id) if is_odd(id) || !ids.is_plain => ids.other(id).map(Criterion::ContactPoint),
            Criterion::ContactGroup(name) if is_odd(name) || !names.is_plain => {
                names.other(name).map(Criterion::ContactGroup)
            }
            _ => None,
        };
        if let Some(listed) = listed {
            Arc::make_mut(rule).criterion = listed;
        }
    }
}

/// Names of a list, to be found as people see them.
struct Listed<'a> {
    names: HashSet<&'a Caseless>,
    seen: HashMap<Caseless, &'a Caseless>,
    /// Whether each is what it looks like.
    is_plain: bool,
}

impl<'a> Listed<'a> {
    fn new(names: &[&'a Caseless]) -> Self {
        let mut seen = HashMap::new();
        for name in names {
            seen.entry(Caseless::new(&as_seen(name.as_str()))).or_insert(*name);
        }
        Self {
            names: names.iter().copied().collect(),
            seen,
            is_plain: names.iter().all(|name| name.as_str().is_ascii()),
        }
    }

    /// The listed name that looks like that one and is another.
    fn other(&self, name: &Caseless) -> Option<Caseless> {
        if self.names.contains(name) {
            return None;
        }
        self.seen.get(&Caseless::new(&as_seen(name.as_str()))).map(|listed| Caseless::clone(listed))
    }
}
