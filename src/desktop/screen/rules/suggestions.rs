//! What may be meant by what has been written: of the chosen rule element, and of the others, so that whoever knows the
//! value need not choose the element first.

use super::form::{RuleForm, read_cvr, written_contact_point};
use crate::desktop::naming::Element;
use crate::desktop::screen::Scene;
use crate::rules::{ContactPoint, Criterion, FormNumbers, Interval, KleNumbers, PostType};

/// How many values are suggested of the chosen element, and of each other one.
const MOST_OF_CHOSEN: usize = 5;
const MOST_OF_OTHER: usize = 2;
/// Fewer letters than this could stand in any id, or mean any element.
const SHORTEST: usize = 4;

/// A value that can be chosen instead of written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub element: Element,
    pub value: String,
    pub post_type: Option<PostType>,
    pub name: String,
}

impl RuleForm {
    /// What may be meant; nothing when what is written is a value already.
    pub fn suggestions(&self, scene: Scene<'_>) -> Vec<Suggestion> {
        if self.element == Element::NoContactPoint {
            return Vec::new();
        }
        if self.is_settled(scene) {
            return Vec::new();
        }
        let mut suggested = self.suggestions_of(self.element, scene);
        suggested.retain(|suggestion| suggestion.value != self.value.trim());
        // What begins with what is written is more likely meant than what merely holds it.
        let wanted = self.value.trim().to_lowercase();
        suggested.sort_by_key(|suggestion| !suggestion.name.to_lowercase().starts_with(&wanted));
        suggested.truncate(MOST_OF_CHOSEN);
        if !wanted.is_empty() {
            for element in Element::ALL.into_iter().filter(|element| *element != self.element) {
                suggested.extend(self.suggestions_of(element, scene).into_iter().take(MOST_OF_OTHER));
            }
        }
        suggested
    }

    /// Whether what is written is a value of the chosen element that is known.
    fn is_settled(&self, scene: Scene<'_>) -> bool {
        match self.criterion(scene) {
            Some(criterion @ (Criterion::ContactPoint(_) | Criterion::ContactGroup(_))) => {
                scene.authority.doubt(&criterion).is_none()
            }
            Some(_) => true,
            None => false,
        }
    }

    fn suggestions_of(&self, element: Element, scene: Scene<'_>) -> Vec<Suggestion> {
        let (text, authority) = (self.value.trim(), scene.authority);
        let wanted = text.to_lowercase();
        let is_long = wanted.chars().count() >= SHORTEST;
        let holds = |text: &str| text.to_lowercase().contains(&wanted);
        let own = element == self.element;
        let suggestion = |value: &str, name: String| Suggestion {
            element,
            value: value.to_owned(),
            post_type: None,
            name: if own { name } else { format!("{}: {name}", (scene.t.rules.element)(element)) },
        };
        let itself = || vec![suggestion(text, text.to_owned())];
        match element {
            Element::ContactPoint => {
                let points = authority.contact_points.iter();
                let points = points.filter(|it| holds(&it.title) || (is_long && holds(it.id.as_str())));
                let written = |point: &ContactPoint| written_contact_point(authority, &point.id);
                points.map(|point| suggestion(&written(point), point.title.clone())).collect()
            }
            Element::ContactGroup => {
                let mut suggested = Vec::new();
                for name in authority.contact_points.iter().flat_map(|point| &point.groups).map(|group| &group.name) {
                    let it = suggestion(name.as_str(), name.to_string());
                    if holds(name.as_str()) && !suggested.contains(&it) {
                        suggested.push(it);
                    }
                }
                suggested
            }
            Element::SenderCvr | Element::RecipientCvr if !own && read_cvr(text).is_some() => itself(),
            Element::Form if !own && text.parse::<Interval<FormNumbers>>().is_ok() => itself(),
            Element::Kle if !wanted.is_empty() => {
                let likeliest = scene.kle.likeliest(&wanted, MOST_OF_CHOSEN).into_iter();
                let groups =
                    likeliest.map(|(number, title)| suggestion(&number.to_string(), format!("{number} {title}")));
                let is_number = !own && text.contains('.') && text.parse::<Interval<KleNumbers>>().is_ok();
                let number = is_number.then(|| suggestion(text, text.to_owned()));
                number.into_iter().chain(groups).collect()
            }
            Element::NoContactPoint if is_long => {
                let post_types = [PostType::Authority, PostType::Company, PostType::Unspecified];
                let named = post_types.map(|it| (it, (scene.t.rules.post_type)(it)));
                let is_element = holds((scene.t.rules.element)(element));
                let named = named.into_iter().filter(|(_, name)| is_element || holds(name));
                named.map(|(it, name)| Suggestion { post_type: Some(it), ..suggestion("", name.to_owned()) }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Takes a suggestion.
    pub fn pick(&mut self, suggestion: Suggestion) {
        self.element = suggestion.element;
        self.value = suggestion.value;
        self.post_type = suggestion.post_type.unwrap_or(self.post_type);
    }
}
