//! Suggestions for the fields: contact points by title, groups, and KLE numbers by word.

use std::collections::HashSet;

use super::facts_form::{FactField, FactsForm};
use crate::desktop::screen::rules::{contact_point_id, contact_point_text, found_points};
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Kle};

const MAX: usize = 6;

/// A value for a field, and its name in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suggestion {
    pub value: String,
    pub name: String,
}

/// The suggestions for each field that has any.
#[derive(Debug, Default)]
pub(super) struct Suggestions {
    pub points: Vec<Suggestion>,
    pub groups: Vec<Suggestion>,
    pub kle: Vec<Suggestion>,
}

impl Suggestions {
    pub fn of_form(form: &FactsForm, scene: Scene<'_>) -> Self {
        let authority = form.authority(scene);
        Self {
            points: points(authority, form.contact_point.trim()),
            groups: groups(authority, form),
            kle: kle(form.kle.trim(), scene),
        }
    }

    pub fn of(&self, field: FactField) -> &[Suggestion] {
        match field {
            FactField::ContactPoint => &self.points,
            FactField::Group => &self.groups,
            FactField::Kle => &self.kle,
            FactField::SenderCvr | FactField::Form | FactField::Day => &[],
        }
    }
}

/// None once the text is a listed contact point.
fn points(authority: &Authority, text: &str) -> Vec<Suggestion> {
    if !text.is_empty() && authority.contact_point(&contact_point_id(authority, text)).is_some() {
        return Vec::new();
    }
    let found = found_points(&authority.contact_points, &text.to_lowercase(), true).into_iter().take(MAX);
    let named = found.map(|found| {
        let by = found.by.map(|by| format!(" · {by}")).unwrap_or_default();
        let value = contact_point_text(authority, &found.point.id);
        let title = if found.point.title.is_empty() { found.point.id.as_str() } else { &found.point.title };
        Suggestion { value, name: format!("{title}{by}") }
    });
    named.collect()
}

/// The groups of the contact point first, which are the likeliest.
fn groups(authority: &Authority, form: &FactsForm) -> Vec<Suggestion> {
    let query = form.group.trim().to_lowercase();
    let id = contact_point_id(authority, form.contact_point.trim());
    let own = authority.contact_point(&id).into_iter();
    let groups = own.chain(&authority.contact_points).flat_map(|point| &point.groups).map(|group| &group.name);
    let mut known = HashSet::new();
    let fitting = groups.filter(|name| name.as_str().to_lowercase().contains(&query) && known.insert(name.folded()));
    let suggested: Vec<_> = fitting.take(MAX).collect();
    if suggested.iter().any(|name| name.as_str().to_lowercase() == query) {
        return Vec::new();
    }
    suggested.iter().map(|name| Suggestion { value: name.to_string(), name: name.to_string() }).collect()
}

/// None once the text is a number.
fn kle(text: &str, scene: Scene<'_>) -> Vec<Suggestion> {
    if text.is_empty() || text.parse::<Kle>().is_ok() {
        return Vec::new();
    }
    let likeliest = scene.kle.likeliest(&text.to_lowercase(), MAX).into_iter();
    likeliest
        .map(|(number, title)| Suggestion { value: number.to_string(), name: format!("{number} {title}") })
        .collect()
}
