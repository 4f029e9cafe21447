use jiff::civil::Date;

use super::Scene;
use crate::desktop::language::Texts;
use crate::desktop::naming::{Element, date_text};
use crate::rules::{
    Authority, Caseless, ContactPoint, Criterion, Cvr, FagsystemId, Interval, NotAnInterval, PostType, Priority, Rule,
    Segment, Validity,
};

/// Fewer letters than this could stand in any id.
const SHORTEST_ID_PART: usize = 4;
/// How many contact points are suggested.
const MOST_SUGGESTED: usize = 5;

/// A rule as it is being written: texts that may not yet be right.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleForm {
    /// The rule that is changed, as it was when the form was opened; `None` for a new one.
    pub original: Option<Rule>,
    pub priority: String,
    pub segment: Segment,
    pub element: Element,
    pub value: String,
    pub post_type: PostType,
    pub fagsystem: Option<FagsystemId>,
    pub from: String,
    pub to: String,
    pub active: bool,
    pub note: String,
    /// Saving was tried: from now on what is missing counts as wrong.
    pub was_tried: bool,
}

/// What is wrong with each field, for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleErrors {
    pub priority: Option<String>,
    pub value: Option<String>,
    pub fagsystem: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

impl RuleForm {
    pub fn new(authority: &Authority, today: Date) -> Self {
        Self {
            original: None,
            priority: authority.next_free().map(|priority| priority.to_string()).unwrap_or_default(),
            segment: Segment::Everyone,
            element: Element::ContactPoint,
            value: String::new(),
            post_type: PostType::Unspecified,
            fagsystem: None,
            from: date_text(today),
            to: String::new(),
            active: true,
            note: String::new(),
            was_tried: false,
        }
    }

    pub fn of(rule: &Rule) -> Self {
        let (value, post_type) = match &rule.criterion {
            Criterion::ContactPoint(text) | Criterion::ContactGroup(text) => (text.to_string(), None),
            Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => (cvr.to_string(), None),
            Criterion::Kle(interval) => (interval.to_string(), None),
            Criterion::Form(interval) => (interval.to_string(), None),
            Criterion::NoContactPoint(post_type) => (String::new(), Some(*post_type)),
        };
        Self {
            original: Some(rule.clone()),
            priority: rule.priority.to_string(),
            segment: rule.segment,
            element: Element::of(&rule.criterion),
            value,
            post_type: post_type.unwrap_or(PostType::Unspecified),
            fagsystem: Some(rule.fagsystem.clone()),
            from: date_text(rule.validity.from()),
            to: rule.validity.to().map(date_text).unwrap_or_default(),
            active: rule.active,
            note: rule.note.clone(),
            was_tried: false,
        }
    }

    /// The number of the rule that is changed.
    pub fn replaces(&self) -> Option<Priority> {
        self.original.as_ref().map(|rule| rule.priority)
    }

    /// Whether anything has been written that would be lost.
    pub fn is_changed(&self) -> bool {
        match &self.original {
            Some(rule) => Self { was_tried: self.was_tried, ..Self::of(rule) } != *self,
            None => !self.value.is_empty() || !self.note.is_empty() || self.fagsystem.is_some(),
        }
    }

    /// Whether the rule is no longer what it was when the form was opened: somebody else has changed or deleted it.
    pub fn is_overtaken(&self, authority: &Authority) -> bool {
        self.original.as_ref().is_some_and(|rule| authority.rule(rule.priority) != Some(rule))
    }

    /// The rule that the form says, or what is wrong with it. What is merely missing is only told once saving was
    /// tried.
    pub fn read(&self, scene: Scene<'_>) -> Result<Rule, RuleErrors> {
        let (t, authority) = (scene.t, scene.authority);
        let mut errors = RuleErrors::default();
        let priority = noted(&mut errors.priority, self.read_priority(t, authority));
        let criterion = noted(&mut errors.value, self.read_criterion(t, authority));
        let no_fagsystem = || self.was_tried.then(|| t.fields.no_fagsystem.to_owned());
        let fagsystem = noted(&mut errors.fagsystem, self.fagsystem.clone().ok_or_else(no_fagsystem));
        let from = noted(&mut errors.from, read_date(&self.from, t).and_then(|day| day.ok_or_else(|| self.missing(t))));
        let to = noted(&mut errors.to, read_date(&self.to, t));
        let validity = match (from, to) {
            (Some(from), Some(to)) => {
                let validity = Validity::new(from, to).map_err(|_| Some(t.fields.ends_before_start.to_owned()));
                noted(&mut errors.to, validity)
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
        rule.ok_or(errors)
    }

    fn missing(&self, t: &Texts) -> Option<String> {
        self.was_tried.then(|| t.fields.missing.to_owned())
    }

    fn read_priority(&self, t: &Texts, authority: &Authority) -> Result<Priority, Option<String>> {
        let text = self.priority.trim();
        if text.is_empty() {
            return Err(self.missing(t));
        }
        let priority =
            text.parse().ok().and_then(Priority::new).ok_or_else(|| Some(t.fields.not_a_priority.to_owned()))?;
        if authority.rule(priority).is_some() && self.replaces() != Some(priority) {
            return Err(Some((t.fields.priority_taken)(priority, &authority.nearest_free(priority))));
        }
        Ok(priority)
    }

    /// What the rule looks at, when that can be read.
    pub fn criterion(&self, scene: Scene<'_>) -> Option<Criterion> {
        self.read_criterion(scene.t, scene.authority).ok()
    }

    fn read_criterion(&self, t: &Texts, authority: &Authority) -> Result<Criterion, Option<String>> {
        let text = self.value.trim();
        if self.element == Element::NoContactPoint {
            return Ok(Criterion::NoContactPoint(self.post_type));
        }
        if text.is_empty() {
            return Err(self.missing(t));
        }
        let cvr = || read_cvr(text).ok_or_else(|| Some(t.fields.not_a_cvr.to_owned()));
        let interval = |error| {
            Some(match error {
                NotAnInterval::Backwards => t.fields.backwards.to_owned(),
                NotAnInterval::NotANumber(_) if text.contains(',') => t.fields.comma.to_owned(),
                NotAnInterval::NotANumber(name) => (t.fields.not_a_number)(name),
            })
        };
        match self.element {
            Element::ContactPoint => Ok(Criterion::ContactPoint(contact_point_id(authority, text))),
            Element::ContactGroup => Ok(Criterion::ContactGroup(Caseless::new(text))),
            Element::SenderCvr => cvr().map(Criterion::SenderCvr),
            Element::RecipientCvr => cvr().map(Criterion::RecipientCvr),
            Element::Kle => text.parse::<Interval<_>>().map(Criterion::Kle).map_err(interval),
            Element::Form => text.parse::<Interval<_>>().map(Criterion::Form).map_err(interval),
            Element::NoContactPoint => Ok(Criterion::NoContactPoint(self.post_type)),
        }
    }

    /// Contact points or groups whose name or id holds what has been written.
    pub fn suggestions(&self, authority: &Authority) -> Vec<Suggestion> {
        let wanted = self.value.trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&wanted);
        let mut suggested = Vec::new();
        match self.element {
            Element::ContactPoint => {
                let is_long = wanted.len() >= SHORTEST_ID_PART;
                let fits = |point: &&ContactPoint| holds(&point.title) || (is_long && holds(point.id.as_str()));
                let suggestion =
                    |point: &ContactPoint| Suggestion { name: point.title.clone(), value: point.id.to_string() };
                suggested.extend(authority.contact_points.iter().filter(fits).map(suggestion));
            }
            Element::ContactGroup => {
                for name in authority.contact_points.iter().flat_map(|point| &point.groups) {
                    let suggestion = Suggestion { name: name.to_string(), value: name.to_string() };
                    if holds(name.as_str()) && !suggested.contains(&suggestion) {
                        suggested.push(suggestion);
                    }
                }
            }
            _ => {}
        }
        suggested.retain(|suggestion| suggestion.value != self.value.trim());
        suggested.truncate(MOST_SUGGESTED);
        suggested
    }
}

/// The id that was written, or the one of the only contact point with that title.
fn contact_point_id(authority: &Authority, text: &str) -> Caseless {
    let written = Caseless::new(text);
    let mut titled = authority.contact_points.iter().filter(|point| Caseless::new(&point.title) == written);
    match (authority.contact_point(&written), titled.next(), titled.next()) {
        (None, Some(only), None) => only.id.clone(),
        _ => written,
    }
}

/// A value that can be chosen instead of written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub name: String,
    pub value: String,
}

/// Notes what is wrong, and passes on what is right.
fn noted<T>(error: &mut Option<String>, read: Result<T, Option<String>>) -> Option<T> {
    read.map_err(|words| *error = words).ok()
}

/// A CVR number as people write it, perhaps with spaces or the country before it.
pub fn read_cvr(text: &str) -> Option<Cvr> {
    let digits: String = text.trim().trim_start_matches("DK").split_whitespace().collect();
    digits.parse().ok()
}

/// A date written as 25-10-2020 or 1-5-2021; `None` for nothing.
fn read_date(text: &str, t: &Texts) -> Result<Option<Date>, Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.split(['-', '.', '/']).map(str::trim).collect();
    let is_written_out = parts.len() == 3
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
        && (parts[0].len() == 4 || parts[2].len() == 4);
    if !is_written_out {
        return Err(Some(t.fields.not_a_date.to_owned()));
    }
    // The year first is how files and the command line write it.
    let (year, month, day) =
        if parts[0].len() == 4 { (parts[0], parts[1], parts[2]) } else { (parts[2], parts[1], parts[0]) };
    let date = (|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())();
    date.map(Some).ok_or_else(|| Some(t.fields.no_such_date.to_owned()))
}
