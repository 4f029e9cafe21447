use std::collections::{BTreeSet, HashSet};

use jiff::Timestamp;
use serde::Serialize;

use super::fault::{FileFaults, FileProblem, InvalidText};
use super::reading::{Node, Reading};
use crate::exchange::progress::Progress;
use crate::rules::{Authority, Caseless, Criterion, FagsystemId, Priority};
use crate::visible::visible_json;

const FORMAT: &str = "postfordeler-pakke";
const VERSION: u64 = 1;

/// Rules to be moved from one environment to another, with the fagsystems and contact points that they name; all rules
/// together also with the authority's guards. It never contains a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The name of the environment that it comes from; may be empty.
    pub environment: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether it holds every rule of the authority.
    pub is_whole: bool,
    /// The authority, reduced to what the package holds.
    pub authority: Authority,
}

impl Package {
    /// How the names of such files end. What is in a file counts and not its name, so other names are read too.
    pub const ENDING: &str = "pfpakke";

    /// Packs an authority's rules with those priorities, or all of them.
    #[must_use]
    pub fn of(
        authority: &Authority,
        rules: Option<&BTreeSet<Priority>>,
        environment: &str,
        made_at: Timestamp,
    ) -> Self {
        let mut packed = authority.clone();
        if let Some(chosen) = rules {
            packed.rules.retain(|rule| chosen.contains(&rule.priority));
        }
        let is_whole = packed.rules.len() == authority.rules.len();
        // What a guard requires follows from all rules together.
        if !is_whole {
            packed.guards.clear();
        }
        let mut fagsystems: HashSet<&FagsystemId> = packed.rules.iter().map(|rule| &rule.fagsystem).collect();
        fagsystems.extend(packed.guards.iter().map(|guard| &guard.fagsystem));
        // A package is read as an authority, which must have a default recipient.
        fagsystems.insert(&packed.default_fagsystem);
        let guarded = packed.guards.iter().filter_map(|guard| guard.facts.contact_point.as_ref()?.id.as_ref());
        let points: HashSet<&Caseless> = packed
            .rules
            .iter()
            .filter_map(|rule| match &rule.criterion {
                Criterion::ContactPoint(id) => Some(id),
                _ => None,
            })
            .chain(guarded)
            .collect();
        packed.fagsystems.retain(|fagsystem| fagsystems.contains(&fagsystem.id));
        packed.contact_points.retain(|point| points.contains(&point.id));
        Self { environment: environment.trim().to_owned(), made_at, is_whole, authority: packed }
    }
}

/// Writes a package. Control characters are escaped, so that it is safe to print on a terminal. [`read_package`] reads the
/// same package from it.
#[must_use]
pub fn write_package(package: &Package) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        format: &'static str,
        version: u64,
        #[serde(rename = "miljoe")]
        environment: &'a str,
        #[serde(rename = "lavet")]
        made_at: String,
        #[serde(rename = "alleRegler")]
        is_whole: bool,
        #[serde(rename = "myndighed")]
        authority: &'a Authority,
    }
    let file = File {
        format: FORMAT,
        version: VERSION,
        environment: &package.environment,
        made_at: package.made_at.to_string(),
        is_whole: package.is_whole,
        authority: &package.authority,
    };
    let mut text = serde_json::to_string_pretty(&file)
        .expect("an authority has only text keys, so it can always be printed as JSON");
    text.push('\n');
    visible_json(&text).into_owned()
}

/// Reads a package, completely or not at all.
///
/// # Errors
///
/// Every fault of the file, each with its path: [`FileFaults`].
pub fn read_package(file: &[u8]) -> Result<Package, FileFaults> {
    read_package_within(file, &Progress::default())
}

/// The same, stoppable by `progress`; it then fails with [`FileProblem::Stopped`].
pub(in crate::exchange) fn read_package_within(file: &[u8], progress: &Progress) -> Result<Package, FileFaults> {
    let mut reading = Reading::within(progress);
    let package = reading.file(file, Reading::package);
    reading.cross_checked(package)
}

impl Reading<'_> {
    fn package(&mut self, node: &Node<'_>) -> Option<Package> {
        const KEYS: [&str; 6] = ["format", "version", "miljoe", "lavet", "alleRegler", "myndighed"];
        let object = self.object(node, &KEYS)?;
        let format = self.format(&object, FORMAT, VERSION);
        let environment = self.optional_words(&object, "miljoe");
        let made_at = self.required(&object, "lavet", |this, node| {
            let text = this.text(node)?;
            text.parse::<Timestamp>()
                .ok()
                .or_else(|| this.fault(&node.place, FileProblem::unreadable(text, InvalidText::Moment)))
        });
        let is_whole = self.switch(object.get("alleRegler"));
        let authority = self.required(&object, "myndighed", Self::authority);
        format?;
        Some(Package { environment: environment?, made_at: made_at?, is_whole: is_whole?, authority: authority? })
    }
}
