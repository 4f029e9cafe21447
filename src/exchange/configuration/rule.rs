//! How a rule is read.

use super::fault::{FileProblem, ValueKind};
use super::format::{ELEMENTS, POST_TYPES, RULE};
use super::reading::{Node, Object, Reading};
use crate::exchange::json::Json;
use crate::rules::{Criterion, CriterionKind, Priority, Rule, Segment, Validity};

impl Reading<'_> {
    pub(super) fn rule(&mut self, node: &Node<'_>) -> Option<Rule> {
        let object = self.shaped(node, &RULE)?;
        let priority = self.required(&object, "prioritet", Self::priority);
        let fagsystem = self.required(&object, "fagsystem", Self::fagsystem_mentioned);
        let segment = self.required(&object, "segment", |this, node| this.choice(node, &Segment::WORDS));
        let criterion = self.criterion(&object);
        let validity = self.validity(&object);
        let active = self.switch(object.get("aktiv"));
        let note = self.optional_words(&object, "note");
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

    fn criterion(&mut self, rule: &Object<'_>) -> Option<Criterion> {
        let element = self.required(rule, "regelelement", |this, node| this.choice(node, &ELEMENTS));
        self.required(rule, "regelvaerdi", |this, node| this.value(element?, node))
    }

    fn value(&mut self, element: CriterionKind, node: &Node<'_>) -> Option<Criterion> {
        match element {
            CriterionKind::ContactPoint => self.point_id(node).map(Criterion::ContactPoint),
            CriterionKind::ContactGroup => self.caseless(node).map(Criterion::ContactGroup),
            CriterionKind::SenderCvr => self.parsed(node).map(Criterion::SenderCvr),
            CriterionKind::RecipientCvr => self.parsed(node).map(Criterion::RecipientCvr),
            CriterionKind::Kle => self.parsed(node).map(Criterion::Kle),
            CriterionKind::Form => self.parsed(node).map(Criterion::Form),
            CriterionKind::NoContactPoint => self.choice(node, &POST_TYPES).map(Criterion::NoContactPoint),
        }
    }

    fn validity(&mut self, rule: &Object<'_>) -> Option<Validity> {
        let from = self.required(rule, "gyldigFra", Self::date);
        let end = rule.get("gyldigTil");
        let to = end.clone().map_or(Some(None), |node| self.date(&node).map(Some));
        match (Validity::new(from?, to?), end) {
            (Err(error), Some(end)) => self.fault(&end.place, error),
            (validity, _) => validity.ok(),
        }
    }

    fn priority(&mut self, node: &Node<'_>) -> Option<Priority> {
        let priority = match node.json {
            Json::Whole(number) => u32::try_from(*number).ok().and_then(Priority::new),
            _ => None,
        };
        let Some(priority) = priority else {
            return self.fault(&node.place, FileProblem::Expected(ValueKind::Priority));
        };
        self.outline.priorities.push((node.place.clone(), priority));
        Some(priority)
    }
}
