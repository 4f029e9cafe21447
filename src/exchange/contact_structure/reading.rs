//! How a contact point is read.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::error::{FilePosition, StructureFault, StructureNotice, StructureProblem};
use super::pages::StructurePage;
use super::structure::StructureOrganisation;
use crate::exchange::json::Json;
use crate::exchange::limits::MAX_LEVELS;
use crate::exchange::progress::{Progress, Stopped};
use crate::exchange::text::id::{looks_like_id, without_braces};
use crate::rules::{Audience, Caseless, ContactGroup, ContactPoint, Cvr, JsonPath, Megabytes, PointCode, PointDetails};
use crate::visible::{is_invisible, without_invisible};

const GROUPS: &str = "contactGroups";
const NAME: [&str; 2] = ["name", "title"];

/// Contact points being read: what was wrong is noted on the way.
#[derive(Debug, Default)]
pub(super) struct Reading<'a> {
    pub organisations: Vec<StructureOrganisation>,
    pub faults: Vec<StructureFault>,
    /// What was left out, by key, in the order of its first occurrence.
    pub left_out: Vec<StructureNotice>,
    /// Groups by their ids, for references by id alone; one with a name is preferred.
    groups: HashMap<Caseless, &'a Json<'a>>,
    /// The organisations found, by number or else name.
    noted: HashSet<(Option<Cvr>, String)>,
    /// The estimated memory of ids and group names.
    taken: Cell<usize>,
}

/// The most memory of ids and group names, in bytes: many contact points may refer to a group, with all those above it,
/// that the file holds only once.
const MAX_NAME_BYTES: usize = 40 << 20;
/// The memory of an id or a name, in bytes, without its text, which is held twice.
const NAME_BYTES: usize = 128;

/// An oddity of a group or of those above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Oddity {
    Circle,
    NamelessAbove,
    TooDeep,
    /// Invisible characters in its name or in one of theirs.
    Invisible,
}

/// The contact point that is being read.
struct Here<'a> {
    file: &'a str,
    place: JsonPath,
    json: &'a Json<'a>,
}

impl Here<'_> {
    fn at(&self, place: JsonPath) -> FilePosition {
        FilePosition { file: self.file.to_owned(), place }
    }

    fn text(&self, keys: &[&str]) -> String {
        self.json.get(keys).and_then(Json::words).unwrap_or_default()
    }
}

impl<'a> Reading<'a> {
    /// Takes note of the groups of all pages, and of whose they are.
    pub fn survey(&mut self, pages: &[StructurePage<'a>], progress: &Progress) -> Result<(), Stopped> {
        for (_, point) in pages.iter().flat_map(|page| &page.points) {
            progress.go_on()?;
            self.note_organisation(point);
            for (_, group) in point.get(&[GROUPS]).map(Json::items).unwrap_or_default() {
                progress.go_on()?;
                let mut here = Some(group);
                while let Some(group) = here {
                    self.note_organisation(group);
                    if let Some(id) = group.get(&["id"]).and_then(Json::words) {
                        let known = self.groups.entry(id_of(&id)).or_insert(group);
                        if name_of(known).is_none() && name_of(group).is_some() {
                            *known = group;
                        }
                    }
                    here = group.get(&["parent"]);
                }
            }
        }
        Ok(())
    }

    /// Whether there is more of ids and groups than there is memory for.
    pub fn is_too_large(&self) -> bool {
        self.taken.get() > MAX_NAME_BYTES
    }

    /// Whether there is memory for an id or a name.
    fn has_room(&self, text: &str) -> bool {
        self.taken.set(self.taken.get().saturating_add(NAME_BYTES + 2 * text.len()));
        !self.is_too_large()
    }

    /// A name of a group; `None` when there is no memory for it.
    fn group_name(&self, called: &str) -> Option<Caseless> {
        self.has_room(called).then(|| Caseless::new(called))
    }

    fn note_organisation(&mut self, owned: &Json<'_>) {
        let Some(organisation) = owned.get(&["organisation"]) else { return };
        let name = organisation.words_or(&NAME).unwrap_or_default();
        let cvr = organisation.get(&["cvrNumber", "cvr"]).and_then(cvr);
        let key = if cvr.is_some() { String::new() } else { name.clone() };
        if (cvr.is_some() || !name.is_empty()) && self.noted.insert((cvr, key)) {
            self.organisations.push(StructureOrganisation { name, cvr });
        }
    }

    /// Reads a contact point; `None` when it has a fault.
    pub fn point(
        &mut self,
        file: &'a str,
        place: &JsonPath,
        json: &'a Json<'a>,
        progress: &Progress,
    ) -> Result<Option<ContactPoint>, Stopped> {
        let here = Here { file, place: place.clone(), json };
        let fault = |place, problem| StructureFault { at: here.at(place), problem };
        if !matches!(json, Json::Object(_)) {
            self.faults.push(fault(place.clone(), StructureProblem::NotAContactPoint));
            return Ok(None);
        }
        let Some(id) = json.get(&["id", "contactPointId"]).and_then(Json::words) else {
            self.faults.push(fault(place.key("id"), StructureProblem::NoId));
            return Ok(None);
        };
        if !self.has_room(&id) {
            return Ok(None);
        }
        for (key, keys) in [("id", &["id", "contactPointId"]), ("name", &NAME)] {
            if has_invisible(json, keys) {
                self.report_oddity(Oddity::Invisible, here.at(place.key(key)));
            }
        }
        let groups = self.groups_of(&here, progress)?;
        let details = self.details(&here, progress)?;
        Ok(Some(ContactPoint { id: id_of(&id), groups, title: here.text(&NAME), details }))
    }

    fn groups_of(&mut self, here: &Here<'a>, progress: &Progress) -> Result<Vec<ContactGroup>, Stopped> {
        let mut oddities = Vec::new();
        let groups = self.all(here, GROUPS, &[GROUPS], progress, |this, json| this.group(json, &mut oddities))?;
        for oddity in oddities {
            self.report_oddity(oddity, here.at(here.place.key(GROUPS)));
        }
        Ok(groups)
    }

    fn report_oddity(&mut self, oddity: Oddity, at: FilePosition) {
        use StructureNotice::{Circle, Invisible, NamelessAbove, TooDeep};
        for notice in &mut self.left_out {
            match (notice, oddity) {
                (Circle { count, .. }, Oddity::Circle)
                | (NamelessAbove { count, .. }, Oddity::NamelessAbove)
                | (TooDeep { count, .. }, Oddity::TooDeep)
                | (Invisible { count, .. }, Oddity::Invisible) => {
                    *count += 1;
                    return;
                }
                _ => {}
            }
        }
        self.left_out.push(match oddity {
            Oddity::Circle => Circle { count: 1, first: at },
            Oddity::NamelessAbove => NamelessAbove { count: 1, first: at },
            Oddity::TooDeep => TooDeep { count: 1, first: at },
            Oddity::Invisible => Invisible { count: 1, first: at },
        });
    }

    fn details(&mut self, here: &Here<'a>, progress: &Progress) -> Result<PointDetails, Stopped> {
        const LARGEST: &str = "memoSizeThresholdMB";
        const ATTACHMENTS: &str = "allowedNumberOfAttachments";
        const FIELDS: &str = "recommendedAttributes";
        const TERMS: &str = "searchTerms";
        let mut audiences = self.all(here, "targets", &["targets"], progress, |_, json| audience(json))?;
        audiences.sort_unstable();
        let whole = |json: &Json<'_>| json.whole().and_then(|number| u32::try_from(number).ok());
        Ok(PointDetails {
            description: here.text(&["description"]),
            audiences,
            largest: self.one(here, LARGEST, |json| json.number().and_then(Megabytes::new)),
            most_attachments: self.one(here, ATTACHMENTS, whole),
            is_active: self.one(here, "active", Json::switch).unwrap_or(true),
            is_visible: self.one(here, "visible", Json::switch).unwrap_or(true),
            codes: self
                .all(here, "contactPointCodes", &["contactPointCodes", "codes"], progress, |_, json| code(json))?,
            // One of the clients in use writes it with a letter left out.
            search_terms: self.all(here, TERMS, &[TERMS, "searchTems"], progress, |_, json| {
                json.words_or(&["searchTerm", "term", "text", "word", "value", "name"])
            })?,
            fields: self.all(here, FIELDS, &[FIELDS], progress, |_, json| {
                json.words_or(&["name", "label", "title", "attributeName", "attribute", "text", "value"])
            })?,
        })
    }

    /// A key's value; one that is not understood is left out with a notice.
    fn one<T>(&mut self, here: &Here<'a>, key: &'static str, read: impl FnOnce(&Json<'a>) -> Option<T>) -> Option<T> {
        let json = here.json.get(&[key])?;
        let read = read(json);
        if read.is_none() {
            self.leave_out(key, here.at(here.place.key(key)));
        }
        read
    }

    /// The items of the list under the first of the keys that is there, without duplicates.
    fn all<T: Clone + Eq + Hash>(
        &mut self,
        here: &Here<'a>,
        key: &'static str,
        keys: &[&str],
        progress: &Progress,
        mut read: impl FnMut(&Self, &'a Json<'a>) -> Option<T>,
    ) -> Result<Vec<T>, Stopped> {
        let mut found = Vec::new();
        let mut known = HashSet::new();
        for (at, json) in here.json.get(keys).map(Json::items).unwrap_or_default() {
            progress.go_on()?;
            match read(self, json) {
                Some(it) if known.insert(it.clone()) => found.push(it),
                Some(_) => {}
                None => self.leave_out(key, here.at(here.place.key(key).at(at))),
            }
        }
        Ok(found)
    }

    fn leave_out(&mut self, wanted: &'static str, at: FilePosition) {
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

    /// A group with those above it: complete, by name, or by the id of one that is complete elsewhere. A cycle ends the way
    /// up, and nameless groups are left out of it.
    fn group(&self, json: &'a Json<'a>, oddities: &mut Vec<Oddity>) -> Option<ContactGroup> {
        let mut above = Vec::new();
        let mut name = None;
        let mut passed: Vec<&'a Json<'a>> = Vec::new();
        let mut passed_ids = HashSet::new();
        let mut odd = None;
        let mut here = Some(json);
        while let Some(json) = here {
            let json = self.whole_group(json);
            let is_new_id = match json.get(&["id"]).and_then(Json::words) {
                Some(id) => passed_ids.insert(id_of(&id)),
                None => true,
            };
            if !is_new_id || passed.iter().any(|passed| std::ptr::eq(*passed, json)) {
                odd = Some(Oddity::Circle);
                break;
            }
            if passed.len() == MAX_LEVELS {
                odd = Some(Oddity::TooDeep);
                break;
            }
            passed.push(json);
            if has_invisible(json, &NAME) && !oddities.contains(&Oddity::Invisible) {
                oddities.push(Oddity::Invisible);
            }
            match (&name, name_of(json)) {
                (None, None) => return None,
                (None, Some(called)) => name = Some(self.group_name(&called)?),
                (Some(_), Some(called)) => above.push(self.group_name(&called)?),
                (Some(_), None) => odd = Some(Oddity::NamelessAbove),
            }
            here = json.get(&["parent"]);
        }
        oddities.extend(odd.filter(|odd| !oddities.contains(odd)));
        above.reverse();
        name.map(|name| ContactGroup { name, above })
    }

    fn whole_group(&self, json: &'a Json<'a>) -> &'a Json<'a> {
        let id = match json {
            Json::Text(id) => Some(id.to_string()),
            group if name_of(group).is_some() => None,
            group => group.get(&["id"]).and_then(Json::words),
        };
        id.and_then(|id| self.groups.get(&id_of(&id)).copied()).unwrap_or(json)
    }
}

/// Whether the text there holds characters that cannot be seen.
fn has_invisible(json: &Json<'_>, keys: &[&str]) -> bool {
    matches!(json.get(keys), Some(Json::Text(text)) if text.contains(is_invisible))
}

/// An id without braces and invisible characters.
fn id_of(text: &str) -> Caseless {
    Caseless::new(without_braces(&without_invisible(text)))
}

/// A group's name; never its id.
fn name_of(group: &Json<'_>) -> Option<String> {
    group.words_or(&NAME).filter(|called| !looks_like_id(called))
}

/// A number that the API writes as a text; as a number it would lose the 0 at its beginning.
fn cvr(json: &Json<'_>) -> Option<Cvr> {
    match json {
        Json::Whole(number) => format!("{number:08}").parse().ok(),
        other => other.words()?.parse().ok(),
    }
}

fn audience(json: &Json<'_>) -> Option<Audience> {
    let word = json.words_or(&["name", "type", "target"])?.to_uppercase();
    match word.as_str() {
        "CITIZEN" | "CITIZENS" => Some(Audience::Citizen),
        "COMPANY" | "COMPANIES" => Some(Audience::Company),
        "AUTHORITY" | "AUTHORITIES" => Some(Audience::Authority),
        _ => None,
    }
}

/// A code with its type and name, if it has them. A custom type has a name of its own.
fn code(json: &Json<'_>) -> Option<PointCode> {
    const OWN: &str = "CUSTOM";
    let code = json.words_or(&["code", "value"])?;
    let text = |keys: &[&str]| keys.iter().find_map(|key| json.get(&[key])?.words_or(&["type", "code", "name"]));
    let kind =
        text(&["type", "codeType", "contactPointCodeType"]).map_or_else(|| OWN.to_owned(), |it| it.to_uppercase());
    let name = text(&["name", "description", "contactPointCodeTypeName"]).unwrap_or_default();
    Some(PointCode { kind, code, name })
}
