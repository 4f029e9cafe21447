//! The form of a rule: the field values as entered, and how they are read as a rule.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::desktop::language::format::date_text;
use crate::desktop::language::parse::{read_cvr, read_date};
use crate::desktop::language::{RuleTexts, Texts};
use crate::desktop::screen::scene::Scene;
use crate::exchange::id::without_braces;
use crate::rules::{
    Authority, Caseless, Criterion, CriterionKind, FagsystemId, Interval, NotAnInterval, PostType, Priority,
    Renumbering, Rule, Segment, Validity,
};
use crate::visible::as_seen;

pub(super) const PRIORITY_FIELD: &str = "rule-priority";
pub(super) const VALUE_FIELD: &str = "rule-value";
pub(super) const END_FIELD: &str = "rule-value-end";
pub(super) const ELEMENT_FIELD: &str = "rule-element";
pub(super) const SEGMENT_FIELD: &str = "rule-segment";
pub(super) const FAGSYSTEM_FIELD: &str = "rule-fagsystem";
pub(super) const FROM_FIELD: &str = "rule-from";
pub(super) const TO_FIELD: &str = "rule-to";
pub(super) const NOTE_FIELD: &str = "rule-note";

/// The fields as entered, valid or not.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleForm {
    /// The rule as it was when the form was opened; `None` for a new one.
    pub original: Option<Rule>,
    pub priority: String,
    pub segment: Segment,
    pub element: CriterionKind,
    pub value: String,
    /// The last number of an interval; empty for a single number.
    pub value_end: String,
    pub post_type: PostType,
    pub fagsystem: Option<FagsystemId>,
    pub from: String,
    pub to: String,
    pub active: bool,
    pub note: String,
    /// The rule will be numbered to come directly before this one.
    pub above: Option<Priority>,
    /// Other rules that must be renumbered to make room for it.
    pub shifted: Renumbering,
    /// After the first attempt to save, an empty required field is an error.
    pub was_tried: bool,
}

/// An error message for each invalid field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleErrors {
    pub priority: Option<String>,
    pub value: Option<String>,
    pub value_end: Option<String>,
    pub fagsystem: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

impl RuleErrors {
    /// The labels of the invalid fields.
    pub fn fields(&self, t: &'static RuleTexts) -> Vec<&'static str> {
        let c = &t.columns;
        let fields = [
            (&self.value, c.value),
            (&self.value_end, t.through),
            (&self.fagsystem, c.fagsystem),
            (&self.priority, c.priority),
            (&self.from, c.from),
            (&self.to, c.to),
        ];
        fields.into_iter().filter(|(error, _)| error.is_some()).map(|(_, name)| name).collect()
    }
}

impl RuleForm {
    /// A new rule after the last one, from the day on that is shown.
    pub fn new(scene: Scene<'_>) -> Self {
        let priority = scene.authority.next_free();
        Self {
            original: None,
            priority: priority.map(|priority| priority.to_string()).unwrap_or_default(),
            segment: Segment::Everyone,
            element: CriterionKind::ContactPoint,
            value: String::new(),
            value_end: String::new(),
            post_type: PostType::Unspecified,
            fagsystem: None,
            from: date_text(scene.coming_day()),
            to: String::new(),
            active: true,
            note: String::new(),
            above: None,
            shifted: Renumbering::default(),
            was_tried: false,
        }
    }

    /// A new rule with this criterion, after the last one.
    pub fn for_criterion(criterion: &Criterion, scene: Scene<'_>) -> Self {
        let mut form = Self::new(scene);
        form.set_criterion(criterion, scene.authority);
        form
    }

    /// A new rule directly before another one, or after the last one.
    pub fn above(priority: Option<Priority>, scene: Scene<'_>) -> Self {
        Self { above: priority, ..Self::new(scene) }.with_room(scene)
    }

    /// The same with the number that places it directly before `above`.
    pub fn with_room(mut self, scene: Scene<'_>) -> Self {
        self.find_room(scene);
        self
    }

    /// Sets the number that places it directly before `above`, and what must be renumbered for that.
    pub fn find_room(&mut self, scene: Scene<'_>) {
        let Some(below) = self.above else { return };
        if let Some(own) = self.replaces() {
            let mut numbers = scene.authority.moved(&BTreeSet::from([own]), Some(below));
            self.priority = numbers.of(own).to_string();
            numbers.0.retain(|(from, _)| *from != own);
            self.shifted = numbers;
            return;
        }
        let (numbers, shifted) = scene.authority.room_before(Some(below), 1);
        if let Some(number) = numbers.first() {
            self.priority = number.to_string();
            self.shifted = shifted;
        }
    }

    /// Follows the rules to their new numbers; `now` returns `None` for a rule that is gone.
    pub fn renumber(&mut self, now: impl Fn(Priority) -> Option<Priority>) {
        let above = self.above.and_then(&now);
        if above != self.above && above.is_none() {
            // Without that rule there is no need to make room.
            self.shifted = Renumbering::default();
        }
        self.above = above;
        let Some(original) = &mut self.original else { return };
        let Some(number) = now(original.priority) else { return };
        if self.priority == original.priority.to_string() {
            self.priority = number.to_string();
        }
        original.priority = number;
    }

    pub fn of(rule: &Rule, authority: &Authority) -> Self {
        let mut form = Self {
            original: Some(rule.clone()),
            priority: rule.priority.to_string(),
            segment: rule.segment,
            element: CriterionKind::of(&rule.criterion),
            value: String::new(),
            value_end: String::new(),
            post_type: PostType::Unspecified,
            fagsystem: Some(rule.fagsystem.clone()),
            from: date_text(rule.validity.from()),
            to: rule.validity.to().map(date_text).unwrap_or_default(),
            active: rule.active,
            note: rule.note.clone(),
            above: None,
            shifted: Renumbering::default(),
            was_tried: false,
        };
        form.set_criterion(&rule.criterion, authority);
        form
    }

    fn set_criterion(&mut self, criterion: &Criterion, authority: &Authority) {
        self.element = CriterionKind::of(criterion);
        let value = match criterion {
            Criterion::ContactPoint(id) => contact_point_text(authority, id),
            Criterion::ContactGroup(text) => text.to_string(),
            Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => cvr.to_string(),
            Criterion::Kle(interval) => interval.to_string(),
            Criterion::Form(interval) => interval.to_string(),
            Criterion::NoContactPoint(post_type) => {
                self.post_type = *post_type;
                String::new()
            }
        };
        (self.value, self.value_end) = match value.split_once(" - ") {
            Some((from, to)) if self.element.is_classification() => (from.to_owned(), to.to_owned()),
            _ => (value, String::new()),
        };
    }

    /// The number, in the draft, of the rule being edited; `None` for a new one.
    pub fn replaces(&self) -> Option<Priority> {
        self.original.as_ref().map(|rule| rule.priority)
    }

    /// Whether the rule has been changed or deleted in the draft since the form was opened.
    pub fn is_overtaken(&self, authority: &Authority) -> bool {
        self.original.as_ref().is_some_and(|rule| authority.rule(rule.priority) != Some(rule))
    }

    /// The rule as entered, or the errors. A missing value has a message only after the first attempt to save.
    pub fn read(&self, scene: Scene<'_>) -> Result<Rule, Box<RuleErrors>> {
        let (t, authority) = (scene.t, scene.authority);
        let mut errors = RuleErrors::default();
        let priority = record_error(&mut errors.priority, self.read_priority(scene));
        let is_interval = self.element.is_classification() && !self.value_end.trim().is_empty();
        let is_end_wrong = is_interval && self.is_start_valid(t, authority);
        let value_error = if is_end_wrong { &mut errors.value_end } else { &mut errors.value };
        let criterion = record_error(value_error, self.read_criterion(t, authority));
        let no_fagsystem = || self.was_tried.then(|| t.fields.no_fagsystem.to_owned());
        let fagsystem = record_error(&mut errors.fagsystem, self.fagsystem.clone().ok_or_else(no_fagsystem));
        let from = record_error(
            &mut errors.from,
            read_date(&self.from, scene.t, scene.today).and_then(|day| day.ok_or_else(|| self.missing(t))),
        );
        let to = record_error(&mut errors.to, read_date(&self.to, scene.t, scene.today));
        let validity = match (from, to) {
            (Some(from), Some(to)) => {
                let validity = Validity::new(from, to).map_err(|_| Some(t.fields.ends_before_start.to_owned()));
                record_error(&mut errors.to, validity)
            }
            _ => None,
        };
        let rule = (|| {
            Some(Rule {
                priority: priority?,
                fagsystem: fagsystem?,
                segment: self.segment,
                criterion: criterion?,
                validity: validity?,
                active: self.active,
                note: self.note.trim().to_owned(),
            })
        })();
        rule.ok_or_else(|| Box::new(errors))
    }

    /// Whether the first number of the interval is valid, so that the error must be in the last one.
    fn is_start_valid(&self, t: &Texts, authority: &Authority) -> bool {
        Self { value_end: String::new(), ..self.clone() }.read_criterion(t, authority).is_ok()
    }

    fn missing(&self, t: &Texts) -> Option<String> {
        self.was_tried.then(|| t.fields.missing.to_owned())
    }

    fn read_priority(&self, scene: Scene<'_>) -> Result<Priority, Option<String>> {
        let (t, authority) = (scene.t, scene.authority);
        let text = self.priority.trim();
        if text.is_empty() {
            return Err(self.missing(t));
        }
        let priority =
            text.parse().ok().and_then(Priority::new).ok_or_else(|| Some(t.fields.not_a_priority.to_owned()))?;
        let has_number = |other: &&Arc<Rule>| self.shifted.of(other.priority) == priority;
        if self.replaces() != Some(priority)
            && let Some(other) = authority.rules.iter().find(has_number)
        {
            return Err(Some(t.fields.priority_taken(scene.names(), other, &authority.nearest_free(priority))));
        }
        Ok(priority)
    }

    /// The criterion as entered, if it is valid.
    pub fn criterion(&self, scene: Scene<'_>) -> Option<Criterion> {
        self.read_criterion(scene.t, scene.authority).ok()
    }

    fn read_criterion(&self, t: &Texts, authority: &Authority) -> Result<Criterion, Option<String>> {
        let text = self.value.trim();
        if self.element == CriterionKind::NoContactPoint {
            return Ok(Criterion::NoContactPoint(self.post_type));
        }
        if text.is_empty() {
            return Err(self.missing(t));
        }
        let cvr = || read_cvr(text).ok_or_else(|| Some(t.fields.not_a_cvr.to_owned()));
        let numbers = match self.value_end.trim() {
            "" => text.to_owned(),
            end => format!("{text} - {end}"),
        };
        let interval = |error| {
            Some(match error {
                NotAnInterval::Backwards => t.fields.backwards.to_owned(),
                NotAnInterval::NotANumber(_) if numbers.contains(',') => t.fields.comma.to_owned(),
                NotAnInterval::NotANumber(name) => (t.fields.not_a_number)(name),
            })
        };
        match self.element {
            CriterionKind::ContactPoint => Ok(Criterion::ContactPoint(contact_point_id(authority, text))),
            CriterionKind::ContactGroup => Ok(Criterion::ContactGroup(contact_group(authority, text))),
            CriterionKind::SenderCvr => cvr().map(Criterion::SenderCvr),
            CriterionKind::RecipientCvr => cvr().map(Criterion::RecipientCvr),
            CriterionKind::Kle => numbers.parse::<Interval<_>>().map(Criterion::Kle).map_err(interval),
            CriterionKind::Form => numbers.parse::<Interval<_>>().map(Criterion::Form).map_err(interval),
            CriterionKind::NoContactPoint => Ok(Criterion::NoContactPoint(self.post_type)),
        }
    }
}

/// What the form shows for a contact point: its title if that is unique, otherwise its id.
pub fn contact_point_text(authority: &Authority, id: &Caseless) -> String {
    let title = authority.contact_point(id).map(|point| point.title.as_str()).unwrap_or_default();
    if !title.is_empty() && contact_point_id(authority, title) == *id { title.to_owned() } else { id.to_string() }
}

/// The contact point with this title, if there is exactly one; otherwise the text is an id.
pub fn contact_point_id(authority: &Authority, text: &str) -> Caseless {
    let id = Caseless::new(without_braces(text));
    // Titles are compared without regard to case, for all letters and not only ASCII.
    let folded = |text: &str| as_seen(text).trim().to_lowercase();
    let title = folded(text);
    let mut titled = authority.contact_points.iter().filter(|point| folded(&point.title) == title);
    match (authority.contact_point(&id), titled.next(), titled.next()) {
        (None, Some(only), None) => only.id.clone(),
        _ => id,
    }
}

/// Stores the error, if any, and returns the value.
fn record_error<T>(error: &mut Option<String>, read: Result<T, Option<String>>) -> Option<T> {
    read.map_err(|words| *error = words).ok()
}

/// The contact group with this name, spelled as in the contact structure if the entered name looks the same but uses
/// other code points.
pub fn contact_group(authority: &Authority, text: &str) -> Caseless {
    let entered = Caseless::new(text);
    if authority.names_contact_group(&entered) {
        return entered;
    }
    let looks = |name: &Caseless| Caseless::new(&as_seen(name.as_str()));
    let seen = looks(&entered);
    let mut groups = authority.contact_points.iter().flat_map(|point| &point.groups).map(|group| &group.name);
    groups.find(|name| !name.as_str().is_ascii() && looks(name) == seen).cloned().unwrap_or(entered)
}
