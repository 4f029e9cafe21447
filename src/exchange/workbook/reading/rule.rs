use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Reading;
use super::table::{Field, Row, Table};
use crate::exchange::progress::Stopped;
use crate::exchange::text::id::without_braces;
use crate::exchange::text::resemblance::meant;
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::format::called::{Fagsystems, NotCalled};
use crate::exchange::workbook::format::{listed, title, words};
use crate::exchange::workbook::outcome::TableNotice;
use crate::rules::{Caseless, ContactPoint, Criterion, CriterionKind, FagsystemId, JsonPath, Rule, Validity};
use crate::visible::is_dash;

/// The most fagsystems of the same name that are listed.
const MAX_LISTED: usize = 10;

/// The contact points that rules can name, by id and by title, and their groups, by their place in the tree.
pub(super) struct Points {
    ids: HashSet<Caseless>,
    /// The ids as they are compared.
    alike: HashMap<String, Caseless>,
    titles: HashMap<String, Vec<Caseless>>,
    /// Ids and titles as they are written.
    written: Vec<String>,
    /// The names of groups by how their places are written: "Kommunen › Borger".
    groups: HashMap<String, Caseless>,
    /// Their names.
    names: HashSet<Caseless>,
    /// Their names as they are compared.
    names_alike: HashMap<String, Caseless>,
}

impl Points {
    pub(super) fn new(listed: Vec<(Caseless, String)>) -> Self {
        let mut found = Self {
            ids: HashSet::new(),
            alike: HashMap::new(),
            titles: HashMap::new(),
            written: Vec::new(),
            groups: HashMap::new(),
            names: HashSet::new(),
            names_alike: HashMap::new(),
        };
        for (id, title) in listed {
            let folded = words::folded(&title);
            if !folded.is_empty() {
                found.titles.entry(folded).or_default().push(id.clone());
                found.written.push(title);
            }
            found.written.push(id.as_str().to_owned());
            found.alike.entry(as_typed(id.as_str())).or_insert_with(|| id.clone());
            found.ids.insert(id);
        }
        found
    }

    /// Rules may name groups by their path, except where an existing rule has a group of that very name.
    pub(super) fn with_groups<'a>(
        mut self,
        points: impl IntoIterator<Item = &'a ContactPoint>,
        rules: &[Arc<Rule>],
    ) -> Self {
        for group in points.into_iter().flat_map(|point| &point.groups) {
            if !group.above.is_empty() {
                self.groups.insert(place_of(&group.to_string()), group.name.clone());
            }
            for name in group.path() {
                self.names_alike.entry(as_typed(name.as_str())).or_insert_with(|| name.clone());
                self.names.insert(name.clone());
            }
        }
        for rule in rules {
            if let Criterion::ContactGroup(name) = &rule.criterion {
                self.groups.remove(&place_of(name.as_str()));
            }
        }
        self
    }
}

/// A text as it is compared, with a plain hyphen for every dash: Word makes others of those that people type.
fn as_typed(text: &str) -> String {
    words::folded(text).chars().map(|sign| if is_dash(sign) { '-' } else { sign }).collect()
}

/// A group's place as it is compared, with either sign between the names.
fn place_of(text: &str) -> String {
    let names: Vec<_> = text.split(['›', '>']).map(words::folded).collect();
    names.join("›")
}

impl Reading<'_> {
    pub(super) fn rules(
        &mut self,
        table: &Table,
        list: &JsonPath,
        fagsystems: &Fagsystems,
        points: &Points,
    ) -> Result<Vec<Option<Arc<Rule>>>, Stopped> {
        self.each(table, list, |this, row, place| {
            let rule = this.rule(row, place, fagsystems, points);
            rule.map(Arc::new)
        })
    }

    fn rule(&mut self, row: Row<'_>, place: &JsonPath, fagsystems: &Fagsystems, points: &Points) -> Option<Rule> {
        let priority = self.required(row, title::PRIORITY, |this, field| {
            let priority = this.priority(field)?;
            let place = this.put(place.key("prioritet"), field);
            this.outline.priorities.push((place, priority));
            Some(priority)
        });
        let segment = self
            .required(row, title::SEGMENT, |this, field| this.choice(field, &words::SEGMENTS, &words::SEGMENT_WORDS));
        let criterion = self.criterion(row, points);
        let fagsystem = self.required(row, title::FAGSYSTEM, |this, field| {
            this.fagsystem_named(field, place.key("fagsystem"), fagsystems)
        });
        let validity = self.validity(row);
        let active = self.switch(row, title::ACTIVE);
        let note = self.words(row, title::NOTE);
        Some(Rule {
            priority: priority?,
            fagsystem: fagsystem?,
            segment: segment?,
            criterion: criterion?,
            validity: validity?,
            active: active?,
            note: note?,
        })
    }

    fn criterion(&mut self, row: Row<'_>, points: &Points) -> Option<Criterion> {
        let element = self
            .required(row, title::ELEMENT, |this, field| this.choice(field, &words::ELEMENTS, &words::ELEMENT_WORDS));
        self.required(row, title::VALUE, |this, field| match element? {
            CriterionKind::ContactPoint => {
                this.contact_point_named(field, title::VALUE, points).map(Criterion::ContactPoint)
            }
            CriterionKind::ContactGroup => this.contact_group_named(field, points).map(Criterion::ContactGroup),
            CriterionKind::SenderCvr => this.cvr(field).map(Criterion::SenderCvr),
            CriterionKind::RecipientCvr => this.cvr(field).map(Criterion::RecipientCvr),
            CriterionKind::Kle => this.interval(field).map(Criterion::Kle),
            CriterionKind::Form => this.interval(field).map(Criterion::Form),
            CriterionKind::NoContactPoint => {
                this.choice(field, &words::POST_TYPES, &words::POST_TYPE_WORDS).map(Criterion::NoContactPoint)
            }
        })
    }

    /// A group's name, or its path in the tree. An unlisted group is allowed.
    pub(super) fn contact_group_named(&mut self, field: Field<'_>, points: &Points) -> Option<Caseless> {
        let name = self.name(field)?;
        if let Some(placed) = points.groups.get(&place_of(&name)).filter(|_| name.contains(['›', '>'])) {
            return Some(placed.clone());
        }
        let written = Caseless::new(&name);
        if points.names.contains(&written) {
            return Some(written);
        }
        if let Some(known) = points.names_alike.get(&as_typed(&name)) {
            return Some(known.clone());
        }
        self.report_misspelt(field, &name, || meant(&name, points.names.iter().map(Caseless::as_str)));
        Some(written)
    }

    /// Reports an unlisted name that resembles a listed one.
    fn report_misspelt(&mut self, field: Field<'_>, name: &str, guess: impl FnOnce() -> Option<String>) {
        if let Some(meant) = self.guess(guess) {
            self.notices.push(TableNotice::Misspelt { place: field.place(), found: Excerpt::new(name), meant });
        }
    }

    /// An id, or the title of exactly one contact point. An unlisted text is an id, and so is a text in quotation marks.
    pub(super) fn contact_point_named(
        &mut self,
        field: Field<'_>,
        title: &'static str,
        points: &Points,
    ) -> Option<Caseless> {
        let text = self.name(field)?;
        let Ok(plain) = listed::unquoted(&text) else { return self.fault_at(field, CellProblem::OpenQuote) };
        let id = Caseless::new(without_braces(&plain));
        if id.is_empty() {
            return self.fault_at(field, CellProblem::Missing(title));
        }
        if points.ids.contains(&id) || plain != text {
            return Some(id);
        }
        match points.titles.get(&words::folded(id.as_str())).map_or(&[][..], Vec::as_slice) {
            [] => {
                if let Some(known) = points.alike.get(&as_typed(id.as_str())) {
                    return Some(known.clone());
                }
                let known = points.written.iter().map(String::as_str);
                self.report_misspelt(field, id.as_str(), || meant(id.as_str(), known));
                Some(id)
            }
            [one] => Some(one.clone()),
            several => {
                let problem = CellProblem::SeveralContactPoints { found: Excerpt::new(&text), count: several.len() };
                self.fault_at(field, problem)
            }
        }
    }

    /// A mention of a fagsystem.
    pub(super) fn fagsystem_named(
        &mut self,
        field: Field<'_>,
        place: JsonPath,
        fagsystems: &Fagsystems,
    ) -> Option<FagsystemId> {
        let text = self.name(field)?;
        match fagsystems.read(&text) {
            Ok(id) => {
                let place = self.put(place, field);
                self.outline.mentions.push((place, id.clone()));
                Some(id)
            }
            Err(NotCalled::Nobody) if self.may_lack_authority && self.outline.lacks_fagsystems => {
                FagsystemId::new(&text)
            }
            // No fagsystem is known without their table, whose absence is a fault already.
            Err(NotCalled::Nobody) if self.outline.lacks_fagsystems => None,
            Err(NotCalled::Nobody) => {
                let meant = self.guess(|| fagsystems.meant(&text));
                self.fault_at(field, CellProblem::NoSuchFagsystem { found: Excerpt::new(&text), meant })
            }
            Err(NotCalled::Several(ids)) => {
                let ids = ids.iter().take(MAX_LISTED).map(|id| Excerpt::new(id.as_str())).collect();
                self.fault_at(field, CellProblem::SeveralFagsystems { found: Excerpt::new(&text), ids })
            }
        }
    }

    fn validity(&mut self, row: Row<'_>) -> Option<Validity> {
        let from = self.required(row, title::FROM, Self::day);
        let to = self.optional(row, title::TO, None, |this, field| this.day(field).map(Some));
        match (Validity::new(from?, to?), row.field(title::TO)) {
            (Err(_), Some(field)) => self.fault_at(field, CellProblem::EndsBeforeStart),
            (validity, _) => validity.ok(),
        }
    }
}
