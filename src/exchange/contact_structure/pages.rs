//! What a file is: a page as the API gives it, several of them, or bare contact points.

use super::error::{FoundInstead, StructureError};
use crate::exchange::json::{Json, JsonError, JsonFiles};
use crate::rules::JsonPath;

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

/// Contact points of one page, not read yet.
#[derive(Debug)]
pub(super) struct StructurePage<'a> {
    pub file: &'a str,
    /// Which page it is, counted from 0.
    pub number: Option<u64>,
    /// How many pages there are.
    pub pages: Option<u64>,
    /// How many contact points there are on all pages.
    pub all: Option<u64>,
    pub points: Vec<(JsonPath, &'a Json<'a>)>,
}

/// Reads the JSON of a file that is in UTF-8.
pub(super) fn parse<'t>(file: &str, text: &'t [u8], files: &mut JsonFiles<'_>) -> Result<Json<'t>, StructureError> {
    let something_else = |found| StructureError::SomethingElse { file: file.to_owned(), found };
    match text.trim_ascii() {
        [] => return Err(something_else(FoundInstead::Nothing)),
        [b'<', ..] => return Err(something_else(FoundInstead::Markup)),
        // A spreadsheet, or another archive.
        [b'P', b'K', 3, 4, ..] => return Err(something_else(FoundInstead::Other)),
        _ => {}
    }
    files.read(text).map_err(|error| match error {
        JsonError::Stopped(stopped) => stopped.into(),
        JsonError::TooLarge => StructureError::TooLarge,
        JsonError::Broken(error) => {
            let words = error.to_string();
            let reason = words.rsplit_once(" at line ").map_or(words.as_str(), |(reason, _)| reason);
            let (line, column) = (error.line(), error.column());
            StructureError::NotJson { file: file.to_owned(), line, column, reason: reason.to_owned() }
        }
    })
}

/// The pages that a file holds.
pub(super) fn pages_of<'a>(file: &'a str, json: &'a Json<'a>) -> Result<Vec<StructurePage<'a>>, StructureError> {
    let bare = |points| StructurePage { file, number: None, pages: None, all: None, points };
    match json {
        page if is_page(page) => Ok(vec![page_of(file, &JsonPath::top(), page)]),
        point if is_point(point) => Ok(vec![bare(vec![(JsonPath::top(), point)])]),
        Json::List(items) if items.iter().any(|item| is_page(item) || is_point(item)) => {
            let mut pages = Vec::new();
            let mut points = Vec::new();
            for (at, item) in json.items() {
                let place = JsonPath::top().at(at);
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
            Err(StructureError::SomethingElse { file: file.to_owned(), found })
        }
    }
}

fn is_page(json: &Json<'_>) -> bool {
    json.has(&[POINTS]) || (json.has(&["totalElements"]) && json.has(&["currentPage", "totalPages"]))
}

fn is_point(json: &Json<'_>) -> bool {
    json.has(&OF_POINTS) || (json.has(&["id"]) && json.has(&["name"]) && !json.has(&OF_OTHERS))
}

fn page_of<'a>(file: &'a str, place: &JsonPath, json: &'a Json<'a>) -> StructurePage<'a> {
    let number = |key| json.get(&[key]).and_then(Json::whole);
    let place = place.key(POINTS);
    let points = json.get(&[POINTS]).map(Json::items).unwrap_or_default();
    StructurePage {
        file,
        number: number("currentPage"),
        pages: number("totalPages"),
        all: number("totalElements"),
        points: points.into_iter().map(|(at, point)| (place.at(at), point)).collect(),
    }
}
