//! The form of a contact point: the field values as entered, and how they are read.

use std::sync::Arc;

use super::notation::{
    codes_text, groups_text, megabytes_text, read_codes, read_fields, read_groups, read_megabytes, read_terms,
    with_last, words_text,
};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::exchange::decimal::NotANumber;
use crate::exchange::id::without_braces;
use crate::rules::{Audience, Authority, Caseless, ContactPoint, Criterion, PointDetails, Priority};

pub(super) const TITLE_FIELD: &str = "point-title";
pub(super) const ID_FIELD: &str = "point-id";
pub(super) const LARGEST_FIELD: &str = "point-largest";
pub(super) const ATTACHMENTS_FIELD: &str = "point-attachments";
pub(super) const CODES_FIELD: &str = "point-codes";

/// A change to a field of the form.
#[derive(Debug, Clone)]
pub enum FormMessage {
    Title(String),
    Id(String),
    Groups(String),
    /// Replace the last group with an existing one.
    PickGroup(String),
    Description(String),
    Audience(Audience, bool),
    Largest(String),
    Attachments(String),
    Active(bool),
    Visible(bool),
    Codes(String),
    Terms(String),
    Fields(String),
}

/// The fields as entered, valid or not.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PointForm {
    /// The contact point as it was when the form was opened; `None` for a new one.
    original: Option<ContactPoint>,
    pub title: String,
    pub id: String,
    pub groups: String,
    pub description: String,
    pub audiences: Vec<Audience>,
    pub largest: String,
    pub attachments: String,
    pub is_active: bool,
    pub is_visible: bool,
    pub codes: String,
    pub terms: String,
    pub fields: String,
    was_tried: bool,
}

/// An error message for each invalid field.
#[derive(Debug, Clone, Default)]
pub(super) struct Errors {
    pub title: Option<String>,
    pub id: Option<String>,
    pub largest: Option<String>,
    pub attachments: Option<String>,
    pub codes: Option<String>,
}

impl Errors {
    fn first(&self) -> Option<&'static str> {
        let fields = [
            (&self.title, TITLE_FIELD),
            (&self.id, ID_FIELD),
            (&self.largest, LARGEST_FIELD),
            (&self.attachments, ATTACHMENTS_FIELD),
            (&self.codes, CODES_FIELD),
        ];
        fields.into_iter().find(|(error, _)| error.is_some()).map(|(_, field)| field)
    }
}

impl PointForm {
    pub fn of(point: Option<&ContactPoint>) -> Self {
        let nothing = ContactPoint::new(Caseless::new(""), "", Vec::new());
        let it = point.unwrap_or(&nothing);
        let details = &it.details;
        Self {
            original: point.cloned(),
            title: it.title.clone(),
            id: it.id.to_string(),
            groups: groups_text(&it.groups),
            description: details.description.clone(),
            audiences: details.audiences.clone(),
            largest: details.largest.map(megabytes_text).unwrap_or_default(),
            attachments: details.most_attachments.map(|most| most.to_string()).unwrap_or_default(),
            is_active: details.is_active,
            is_visible: details.is_visible,
            codes: codes_text(&details.codes),
            terms: words_text(&details.search_terms),
            fields: words_text(&details.fields),
            was_tried: false,
        }
    }

    pub fn original(&self) -> Option<&ContactPoint> {
        self.original.as_ref()
    }

    pub fn original_id(&self) -> Option<&Caseless> {
        self.original.as_ref().map(|point| &point.id)
    }

    pub fn is_changed(&self) -> bool {
        let is_as_chosen = |form: &Self| Audience::WORDS.map(|(_, it)| form.audiences.contains(&it));
        let as_opened = Self::of(self.original.as_ref());
        let audiences_changed = is_as_chosen(self) != is_as_chosen(&as_opened);
        let alike = Self { was_tried: false, audiences: as_opened.audiences.clone(), ..self.clone() };
        audiences_changed || alike != as_opened
    }

    /// Whether the contact point has been changed or deleted in the draft since the form was opened.
    pub fn is_overtaken(&self, authority: &Authority) -> bool {
        let Some(original) = &self.original else { return false };
        authority.contact_point(&original.id).is_none_or(|now| !now.says_the_same_as(original))
    }

    pub fn update(&mut self, message: FormMessage) {
        match message {
            FormMessage::Title(text) => self.title = text,
            FormMessage::Id(text) => self.id = text,
            FormMessage::Groups(text) => self.groups = text,
            FormMessage::PickGroup(group) => self.groups = with_last(&self.groups, &group),
            FormMessage::Description(text) => self.description = text,
            FormMessage::Audience(audience, true) => self.audiences.push(audience),
            FormMessage::Audience(audience, false) => self.audiences.retain(|other| *other != audience),
            FormMessage::Largest(text) => self.largest = text,
            FormMessage::Attachments(text) => self.attachments = text,
            FormMessage::Active(active) => self.is_active = active,
            FormMessage::Visible(visible) => self.is_visible = visible,
            FormMessage::Codes(text) => self.codes = text,
            FormMessage::Terms(text) => self.terms = text,
            FormMessage::Fields(text) => self.fields = text,
        }
    }

    /// The contact point as entered, or the errors. A missing value has a message only after the first attempt to save.
    pub fn read(&self, scene: Scene<'_>) -> Result<ContactPoint, Errors> {
        let t = &scene.t.contact_points;
        let missing = || self.was_tried.then(|| scene.t.fields.missing.to_owned());
        let nothing = ContactPoint::new(Caseless::new(""), "", Vec::new());
        let before = self.original.as_ref().unwrap_or(&nothing);
        let mut errors = Errors::default();
        let (id, title) = (Caseless::new(without_braces(self.id.trim())), self.title.trim());
        let is_id_taken = self.original_id() != Some(&id) && scene.authority.contact_point(&id).is_some();
        if is_id_taken {
            errors.id = Some(t.id_taken.to_owned());
        } else if id.is_empty() {
            errors.id = missing();
        }
        // Imported contact points may lack a title.
        let is_title_missing = title.is_empty() && (self.original.is_none() || !before.title.is_empty());
        if is_title_missing {
            errors.title = missing();
        }
        let largest = read_megabytes(&self.largest);
        if let Err(error) = &largest {
            errors.largest = Some(match error {
                NotANumber::Ambiguous { whole, fraction } => (t.ambiguous_size)(whole, fraction),
                NotANumber::Unreadable => t.not_a_size.to_owned(),
            });
        }
        let attachments = read_limit(&self.attachments, |text| text.parse::<u32>().ok());
        if attachments.is_err() {
            errors.attachments = Some(t.not_a_count.to_owned());
        }
        let codes = read_codes(&self.codes, &before.details.codes);
        if let Err(piece) = &codes {
            errors.codes = Some((t.not_a_code)(piece));
        }
        match (largest, attachments, codes) {
            (Ok(largest), Ok(most_attachments), Ok(codes)) if !is_id_taken && !id.is_empty() && !is_title_missing => {
                let details = PointDetails {
                    description: self.description.trim().to_owned(),
                    audiences: self.chosen_audiences(&before.details.audiences),
                    largest,
                    most_attachments,
                    is_active: self.is_active,
                    is_visible: self.is_visible,
                    codes,
                    search_terms: read_terms(&self.terms, &before.details.search_terms),
                    fields: read_fields(&self.fields, &before.details.fields),
                };
                let groups = read_groups(&self.groups, &before.groups);
                Ok(ContactPoint { id, groups, title: title.to_owned(), details })
            }
            _ => Err(errors),
        }
    }

    /// The labels of the fields that prevent saving.
    pub fn obstacles(&self, scene: Scene<'_>) -> Vec<&'static str> {
        let t = &scene.t.contact_points;
        let Err(errors) = (Self { was_tried: true, ..self.clone() }).read(scene) else { return Vec::new() };
        let fields = [
            (errors.title, t.name),
            (errors.id, t.id),
            (errors.largest, t.largest),
            (errors.attachments, t.attachments),
            (errors.codes, t.codes),
        ];
        fields.into_iter().filter(|(error, _)| error.is_some()).map(|(_, name)| name).collect()
    }

    /// In their original order if none was added or removed, otherwise in the usual order.
    fn chosen_audiences(&self, before: &[Audience]) -> Vec<Audience> {
        let chosen = Audience::WORDS.map(|(_, audience)| audience).into_iter();
        let chosen: Vec<_> = chosen.filter(|audience| self.audiences.contains(audience)).collect();
        let is_as_before = chosen.len() == before.len() && chosen.iter().all(|audience| before.contains(audience));
        if is_as_before { before.to_vec() } else { chosen }
    }

    /// Saves the contact point in the draft. Rules follow it to a new id.
    pub fn save<Message: Send + 'static>(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.was_tried = true;
        let point = match self.read(scene) {
            Ok(point) => point,
            Err(errors) => return errors.first().map(|field| Action::focus(field)).into(),
        };
        if self.is_overtaken(scene.authority) || !self.is_changed() {
            return Action::None;
        }
        let title = name(&point);
        let original = self.original_id().cloned();
        *self = Self::of(Some(&point));
        let Some(original) = original else {
            let book = scene.with_authority(|authority| authority.contact_points.push(point));
            return Action::edit(book, DraftEdit::ContactPointAdded(title));
        };
        let book = scene.with_authority(|authority| {
            if point.id != original {
                for rule in authority.rules.iter_mut().filter(|rule| names(&rule.criterion, &original)) {
                    Arc::make_mut(rule).criterion = Criterion::ContactPoint(point.id.clone());
                }
            }
            if let Some(old) = authority.contact_points.iter_mut().find(|it| it.id == original) {
                *old = point;
            }
        });
        Action::edit(book, DraftEdit::ContactPointChanged(title))
    }

    /// Deletes the contact point unless a rule names it.
    pub fn delete<Message: Send + 'static>(&self, scene: Scene<'_>) -> Action<Message> {
        let Some(original) = self.original.as_ref().filter(|it| rules_naming(&it.id, scene).is_empty()) else {
            return Action::None;
        };
        let book = scene.with_authority(|authority| authority.contact_points.retain(|it| it.id != original.id));
        Action::edit(book, DraftEdit::ContactPointDeleted(name(original)))
    }
}

/// The numbers of the rules that name the contact point itself, in order.
pub(super) fn rules_naming(id: &Caseless, scene: Scene<'_>) -> Vec<Priority> {
    let rules = scene.authority.rules.iter().filter(|rule| names(&rule.criterion, id));
    let mut priorities: Vec<_> = rules.map(|rule| rule.priority).collect();
    priorities.sort_unstable();
    priorities
}

fn names(criterion: &Criterion, id: &Caseless) -> bool {
    matches!(criterion, Criterion::ContactPoint(named) if named == id)
}

/// The text is not a limit.
struct NotALimit;

/// Reads an optional limit.
fn read_limit<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, NotALimit> {
    match text.trim() {
        "" => Ok(None),
        text => read(text).map(Some).ok_or(NotALimit),
    }
}

/// Its title, or its id if it has none.
pub(super) fn name(point: &ContactPoint) -> String {
    if point.title.is_empty() { point.id.to_string() } else { point.title.clone() }
}
