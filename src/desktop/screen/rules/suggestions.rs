//! Suggestions for the value field: values of the chosen rule element, and of the other elements so that the element
//! need not be chosen first.

use std::collections::HashSet;

use super::form::{RuleForm, contact_point_text};
use crate::desktop::language::parse::read_cvr;
use crate::desktop::screen::scene::Scene;
use crate::rules::{
    Caseless, ContactGroup, ContactPoint, Criterion, CriterionKind, FormNumbers, Interval, KleNumbers, PostType,
};

/// The number of suggestions for the chosen element, and for each of the others.
const MAX_OF_CHOSEN: usize = 5;
const MAX_OF_OTHER: usize = 2;
/// Shorter texts match too many ids and elements to be useful.
const MIN_LENGTH: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub element: CriterionKind,
    pub value: String,
    pub post_type: Option<PostType>,
    pub name: String,
}

impl RuleForm {
    /// Suggestions for the text in the value field; none if it already is a known value.
    pub fn suggestions(&self, scene: Scene<'_>) -> Vec<Suggestion> {
        if self.element == CriterionKind::NoContactPoint || self.is_settled(scene) {
            return Vec::new();
        }
        let mut suggested = self.suggestions_of(self.element, MAX_OF_CHOSEN + 1, scene);
        suggested.retain(|suggestion| suggestion.value != self.value.trim());
        suggested.truncate(MAX_OF_CHOSEN);
        if !self.value.trim().is_empty() {
            for element in CriterionKind::ALL.into_iter().filter(|element| *element != self.element) {
                suggested.extend(self.suggestions_of(element, MAX_OF_OTHER, scene));
            }
        }
        suggested
    }

    /// Whether the text is a valid value of the chosen element and, for contact points and groups, in the contact
    /// structure.
    fn is_settled(&self, scene: Scene<'_>) -> bool {
        match self.criterion(scene) {
            Some(criterion @ (Criterion::ContactPoint(_) | Criterion::ContactGroup(_))) => {
                scene.authority.doubt(&criterion).is_none()
            }
            Some(_) => true,
            None => false,
        }
    }

    /// Suggestions of one element. For the chosen element, names that begin with the text come first, because they are
    /// more likely.
    fn suggestions_of(&self, element: CriterionKind, limit: usize, scene: Scene<'_>) -> Vec<Suggestion> {
        let (text, authority) = (self.value.trim(), scene.authority);
        let query = text.to_lowercase();
        let is_long = query.chars().count() >= MIN_LENGTH;
        let holds = |text: &str| text.to_lowercase().contains(&query);
        let own = element == self.element;
        let suggestion = |value: &str, name: String| Suggestion {
            element,
            value: value.to_owned(),
            post_type: None,
            name: if own { name } else { format!("{}: {name}", (scene.t.rules.element)(element)) },
        };
        let itself = || vec![suggestion(text, text.to_owned())];
        let mut suggested = match element {
            CriterionKind::ContactPoint => {
                // Take first: there may be thousands, and each lookup of a title searches them all.
                let found = found_points(&authority.contact_points, &query, own || is_long).into_iter().take(limit);
                let named = found.map(|found| {
                    let value = contact_point_text(authority, &found.point.id);
                    let by = found.by.map(|by| format!(" · {by}")).unwrap_or_default();
                    suggestion(&value, format!("{}{by}", found.point.title))
                });
                return named.collect();
            }
            CriterionKind::ContactGroup => {
                let groups = authority.contact_points.iter().flat_map(|point| &point.groups).map(|group| &group.name);
                let mut known = HashSet::new();
                let groups = groups.filter(|name| holds(name.as_str()) && known.insert(name.folded()));
                groups.map(|name| suggestion(name.as_str(), name.to_string())).collect()
            }
            CriterionKind::SenderCvr | CriterionKind::RecipientCvr if !own && read_cvr(text).is_some() => itself(),
            CriterionKind::Form if !own && text.parse::<Interval<FormNumbers>>().is_ok() => itself(),
            CriterionKind::Kle if !query.is_empty() => {
                let likeliest = scene.kle.likeliest(&query, MAX_OF_CHOSEN).into_iter();
                let groups =
                    likeliest.map(|(number, title)| suggestion(&number.to_string(), format!("{number} {title}")));
                let interval = text.parse::<Interval<KleNumbers>>().ok().filter(|_| !own && text.contains('.'));
                let number = interval.map(|interval| {
                    let about = scene.kle.about(&interval);
                    suggestion(text, about.map_or_else(|| text.to_owned(), |about| format!("{text} {about}")))
                });
                let number_is = number.as_ref().map(|number| number.value.clone());
                let groups = groups.filter(|it| Some(&it.value) != number_is.as_ref());
                number.into_iter().chain(groups).collect()
            }
            CriterionKind::NoContactPoint if is_long => {
                let post_types = [PostType::Authority, PostType::Company, PostType::Unspecified];
                let named = post_types.map(|it| (it, (scene.t.rules.post_type)(it)));
                let is_element = holds((scene.t.rules.element)(element));
                let named = named.into_iter().filter(|(_, name)| is_element || holds(name));
                named.map(|(it, name)| Suggestion { post_type: Some(it), ..suggestion("", name.to_owned()) }).collect()
            }
            _ => Vec::new(),
        };
        if own {
            suggested.sort_by_cached_key(|suggestion| !suggestion.name.to_lowercase().starts_with(&query));
        }
        suggested.truncate(limit);
        suggested
    }

    pub fn pick(&mut self, suggestion: Suggestion) {
        self.element = suggestion.element;
        self.value = suggestion.value;
        self.post_type = suggestion.post_type.unwrap_or(self.post_type);
    }
}

/// A contact point that matches the query.
pub struct FoundPoint<'a> {
    pub point: &'a ContactPoint,
    /// The search term, code or group that matched, if it was not the title.
    pub by: Option<&'a str>,
}

/// The contact points that match: first by the beginning of the title, then anywhere in it, then by a search term, a
/// code, a group or the id.
pub fn found_points<'a>(points: &'a [ContactPoint], query: &str, searches_details: bool) -> Vec<FoundPoint<'a>> {
    let is_long = query.chars().count() >= MIN_LENGTH;
    let mut ranked: [Vec<FoundPoint<'a>>; 3] = Default::default();
    for point in points {
        let title = point.title.to_lowercase();
        if title.starts_with(query) {
            ranked[0].push(FoundPoint { point, by: None });
        } else if title.contains(query) {
            ranked[1].push(FoundPoint { point, by: None });
        } else if let Some(by) = detail_terms(point).filter(|_| searches_details).find(|text| holds(text, query)) {
            ranked[2].push(FoundPoint { point, by: Some(by) });
        } else if is_long && holds(point.id.as_str(), query) {
            ranked[2].push(FoundPoint { point, by: None });
        }
    }
    ranked.into_iter().flatten().collect()
}

/// Its search terms, codes and groups.
fn detail_terms(point: &ContactPoint) -> impl Iterator<Item = &str> {
    let details = &point.details;
    let codes = details.codes.iter().flat_map(|code| [code.code.as_str(), code.name.as_str()]);
    let groups = point.groups.iter().flat_map(ContactGroup::path).map(Caseless::as_str);
    details.search_terms.iter().map(String::as_str).chain(codes).chain(groups)
}

fn holds(text: &str, query: &str) -> bool {
    text.to_lowercase().contains(query)
}
