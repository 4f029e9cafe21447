//! What a file is: a page as the API gives it, several of them, or bare contact points.

use std::borrow::Cow;

use super::trouble::{FoundInstead, StructureTrouble};
use crate::exchange::json::Json;
use crate::rules::Place;

const POINTS: &str = "contactPoints";
/// Keys that contact points alone have.
const OF_POINTS: [&str; 7] = [
    "contactGroups",
    "contactPointCodes",
    "recommendedAttributes",
    "searchTerms",
    "memoSizeThresholdMB",
    "allowedNumberOfAttachments",
    "visible",
];
/// Keys that organisations and groups have, which have an id and a name as well.
const OF_OTHERS: [&str; 4] = ["cvrNumber", "organisation", "parent", "organisationalUnit"];

/// Contact points that stand together, as yet unread.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub file: &'a str,
    /// Which page it is, counted from 0.
    pub number: Option<u64>,
    /// How many pages there are.
    pub pages: Option<u64>,
    /// How many contact points there are on all pages.
    pub all: Option<u64>,
    pub points: Vec<(Place, &'a Json)>,
}

/// Reads a file's JSON; a byte order mark is fine, and so is UTF-16, in which some programs save.
pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Json, StructureTrouble> {
    let text = in_utf8(bytes);
    let something_else = |found| StructureTrouble::SomethingElse { file: file.to_owned(), found };
    match text.trim_ascii() {
        [] => return Err(something_else(FoundInstead::Nothing)),
        [b'<', ..] => return Err(something_else(FoundInstead::Markup)),
        // A spreadsheet, or another archive.
        [b'P', b'K', 3, 4, ..] => return Err(something_else(FoundInstead::Other)),
        _ => {}
    }
    serde_json::from_slice(&text).map_err(|error| {
        let words = error.to_string();
        let reason = words.rsplit_once(" at line ").map_or(words.as_str(), |(reason, _)| reason);
        let (line, column) = (error.line(), error.column());
        StructureTrouble::NotJson { file: file.to_owned(), line, column, reason: reason.to_owned() }
    })
}

fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = |pair: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| pair([unit[0], unit[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Cow::Borrowed(rest),
        [0xFF, 0xFE, rest @ ..] => wide(u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => wide(u16::from_be_bytes, rest),
        bytes => Cow::Borrowed(bytes),
    }
}

/// The pages that a file holds.
pub(super) fn pages_of<'a>(file: &'a str, json: &'a Json) -> Result<Vec<Page<'a>>, StructureTrouble> {
    let bare = |points| Page { file, number: None, pages: None, all: None, points };
    match json {
        page if is_page(page) => Ok(vec![page_of(file, &Place::top(), page)]),
        point if is_point(point) => Ok(vec![bare(vec![(Place::top(), point)])]),
        Json::List(items) if items.iter().any(|item| is_page(item) || is_point(item)) => {
            let mut pages = Vec::new();
            let mut points = Vec::new();
            for (at, item) in json.items() {
                let place = Place::top().at(at);
                if is_page(item) {
                    pages.push(page_of(file, &place, item));
                } else {
                    points.push((place, item));
                }
            }
            if !points.is_empty() {
                pages.push(bare(points));
            }
            Ok(pages)
        }
        other => {
            let is_configuration = other.has(&["myndigheder"]);
            let found = if is_configuration { FoundInstead::Configuration } else { FoundInstead::Other };
            Err(StructureTrouble::SomethingElse { file: file.to_owned(), found })
        }
    }
}

fn is_page(json: &Json) -> bool {
    json.has(&[POINTS]) || (json.has(&["totalElements"]) && json.has(&["currentPage", "totalPages"]))
}

fn is_point(json: &Json) -> bool {
    json.has(&OF_POINTS) || (json.has(&["id"]) && json.has(&["name"]) && !json.has(&OF_OTHERS))
}

fn page_of<'a>(file: &'a str, place: &Place, json: &'a Json) -> Page<'a> {
    let number = |key| json.get(&[key]).and_then(Json::whole);
    let place = place.key(POINTS);
    let points = json.get(&[POINTS]).map(Json::items).unwrap_or_default();
    Page {
        file,
        number: number("currentPage"),
        pages: number("totalPages"),
        all: number("totalElements"),
        points: points.into_iter().map(|(at, point)| (place.at(at), point)).collect(),
    }
}
