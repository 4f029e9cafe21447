//! How a contact point is read.

use std::collections::HashMap;

use super::StructureOrganisation;
use super::pages::Page;
use super::trouble::{FilePlace, StructureFault, StructureNotice, StructureProblem};
use crate::exchange::json::Json;
use crate::exchange::{Progress, Stopped};
use crate::rules::{Audience, Caseless, ContactGroup, ContactPoint, Cvr, Megabytes, Place, PointCode, PointDetails};

/// More levels of groups than anybody has.
const MOST_LEVELS: usize = 100;
const GROUPS: &str = "contactGroups";
const NAME: [&str; 2] = ["name", "title"];

/// Contact points being read: what was wrong is noted on the way.
#[derive(Debug, Default)]
pub(super) struct Reading<'a> {
    pub organisations: Vec<StructureOrganisation>,
    pub faults: Vec<StructureFault>,
    /// What was left out under each key, in the order in which that happened first.
    pub left_out: Vec<StructureNotice>,
    /// Groups by their ids, for those who name them by these alone.
    groups: HashMap<Caseless, &'a Json>,
}

/// The contact point that is being read.
struct Here<'a> {
    file: &'a str,
    place: Place,
    json: &'a Json,
}

impl Here<'_> {
    fn at(&self, place: Place) -> FilePlace {
        FilePlace { file: self.file.to_owned(), place }
    }

    fn text(&self, keys: &[&str]) -> String {
        self.json.get(keys).and_then(Json::words).unwrap_or_default()
    }
}

impl<'a> Reading<'a> {
    /// Takes note of the groups of all pages, and of whose they are.
    pub fn survey(&mut self, pages: &[Page<'a>], progress: &Progress) -> Result<(), Stopped> {
        for (_, point) in pages.iter().flat_map(|page| &page.points) {
            progress.go_on()?;
            self.note_organisation(point);
            for (_, group) in point.get(&[GROUPS]).map(Json::items).unwrap_or_default() {
                let mut here = Some(group);
                while let Some(group) = here {
                    self.note_organisation(group);
                    if let Some(id) = group.get(&["id"]).and_then(Json::words) {
                        self.groups.entry(Caseless::new(&id)).or_insert(group);
                    }
                    here = group.get(&["parent"]);
                }
            }
        }
        Ok(())
    }

    fn note_organisation(&mut self, owned: &Json) {
        let Some(organisation) = owned.get(&["organisation"]) else { return };
        let name = organisation.words_or(&NAME).unwrap_or_default();
        let cvr = organisation.get(&["cvrNumber", "cvr"]).and_then(cvr);
        let is_known = |it: &StructureOrganisation| it.cvr == cvr && (cvr.is_some() || it.name == name);
        if (cvr.is_some() || !name.is_empty()) && !self.organisations.iter().any(is_known) {
            self.organisations.push(StructureOrganisation { name, cvr });
        }
    }

    /// Reads a contact point; `None` when it has a fault.
    pub fn point(&mut self, file: &'a str, place: &Place, json: &'a Json) -> Option<ContactPoint> {
        let here = Here { file, place: place.clone(), json };
        let fault = |place, problem| StructureFault { at: here.at(place), problem };
        if !matches!(json, Json::Object(_)) {
            self.faults.push(fault(place.clone(), StructureProblem::NotAContactPoint));
            return None;
        }
        let Some(id) = json.get(&["id", "contactPointId"]).and_then(Json::words) else {
            self.faults.push(fault(place.key("id"), StructureProblem::NoId));
            return None;
        };
        Some(ContactPoint {
            id: Caseless::new(&id),
            groups: self.all(&here, GROUPS, &[GROUPS], Self::group),
            title: here.text(&NAME),
            details: self.details(&here),
        })
    }

    fn details(&mut self, here: &Here<'a>) -> PointDetails {
        const LARGEST: &str = "memoSizeThresholdMB";
        const ATTACHMENTS: &str = "allowedNumberOfAttachments";
        const FIELDS: &str = "recommendedAttributes";
        const TERMS: &str = "searchTerms";
        let mut audiences = self.all(here, "targets", &["targets"], |_, json| audience(json));
        audiences.sort_unstable();
        let whole = |json: &Json| json.whole().and_then(|number| u32::try_from(number).ok());
        PointDetails {
            description: here.text(&["description"]),
            audiences,
            largest: self.one(here, LARGEST, |json| json.number().and_then(Megabytes::new)),
            most_attachments: self.one(here, ATTACHMENTS, whole),
            is_active: self.one(here, "active", Json::switch).unwrap_or(true),
            is_visible: self.one(here, "visible", Json::switch).unwrap_or(true),
            codes: self.all(here, "contactPointCodes", &["contactPointCodes", "codes"], |_, json| code(json)),
            // One of the clients in use writes it with a letter left out.
            search_terms: self.all(here, TERMS, &[TERMS, "searchTems"], |_, json| {
                json.words_or(&["searchTerm", "term", "text", "word", "value", "name"])
            }),
            fields: self.all(here, FIELDS, &[FIELDS], |_, json| {
                json.words_or(&["name", "label", "title", "attributeName", "attribute", "text", "value"])
            }),
        }
    }

    /// What stands under a key, when it can be understood.
    fn one<T>(&mut self, here: &Here<'a>, key: &'static str, read: impl FnOnce(&Json) -> Option<T>) -> Option<T> {
        let json = here.json.get(&[key])?;
        let read = read(json);
        if read.is_none() {
            self.leave_out(key, here.at(here.place.key(key)));
        }
        read
    }

    /// Everything that stands in the list under one of the keys, each once.
    fn all<T: PartialEq>(
        &mut self,
        here: &Here<'a>,
        key: &'static str,
        keys: &[&str],
        read: impl Fn(&Self, &'a Json) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (at, json) in here.json.get(keys).map(Json::items).unwrap_or_default() {
            match read(self, json) {
                Some(it) if !found.contains(&it) => found.push(it),
                Some(_) => {}
                None => self.leave_out(key, here.at(here.place.key(key).at(at))),
            }
        }
        found
    }

    fn leave_out(&mut self, wanted: &'static str, at: FilePlace) {
        for notice in &mut self.left_out {
            if let StructureNotice::LeftOut { key, count, .. } = notice
                && *key == wanted
            {
                *count += 1;
                return;
            }
        }
        self.left_out.push(StructureNotice::LeftOut { key: wanted, count: 1, first: at });
    }

    /// A group with those above it: whole, by its name, or by the id of one that stands whole elsewhere.
    fn group(&self, json: &'a Json) -> Option<ContactGroup> {
        let mut above = Vec::new();
        let mut name = None;
        let mut here = Some(json);
        while let Some(json) = here.filter(|_| above.len() < MOST_LEVELS) {
            let json = self.whole_group(json);
            let called = json.words_or(&NAME).filter(|called| !looks_like_id(called));
            match (&name, called) {
                (None, None) => return None,
                (None, Some(called)) => name = Some(Caseless::new(&called)),
                (Some(_), called) => above.extend(called.as_deref().map(Caseless::new)),
            }
            here = json.get(&["parent"]);
        }
        above.reverse();
        name.map(|name| ContactGroup { name, above })
    }

    fn whole_group(&self, json: &'a Json) -> &'a Json {
        let id = match json {
            Json::Text(id) => Some(id.clone()),
            group if group.has(&NAME) => None,
            group => group.get(&["id"]).and_then(Json::words),
        };
        id.and_then(|id| self.groups.get(&Caseless::new(&id)).copied()).unwrap_or(json)
    }
}

/// A number that the API writes as a text; as a number it would lose the 0 at its beginning.
fn cvr(json: &Json) -> Option<Cvr> {
    match json {
        Json::Whole(number) => format!("{number:08}").parse().ok(),
        other => other.words()?.parse().ok(),
    }
}

fn audience(json: &Json) -> Option<Audience> {
    let word = json.words_or(&["name", "type", "target"])?.to_uppercase();
    match word.as_str() {
        "CITIZEN" | "CITIZENS" => Some(Audience::Citizen),
        "COMPANY" | "COMPANIES" => Some(Audience::Company),
        "AUTHORITY" | "AUTHORITIES" => Some(Audience::Authority),
        _ => None,
    }
}

/// A code, with its type and name where they are told. A type of one's own has a name of its own.
fn code(json: &Json) -> Option<PointCode> {
    const OWN: &str = "CUSTOM";
    let code = json.words_or(&["code", "value"])?;
    let text = |keys: &[&str]| keys.iter().find_map(|key| json.get(&[key])?.words_or(&["type", "code", "name"]));
    let kind =
        text(&["type", "codeType", "contactPointCodeType"]).map_or_else(|| OWN.to_owned(), |it| it.to_uppercase());
    let name = text(&["name", "description", "contactPointCodeTypeName"]).unwrap_or_default();
    Some(PointCode { kind, code, name })
}

/// Whether it is the id of a group, which nobody is to take for its name.
fn looks_like_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_hex)
}
