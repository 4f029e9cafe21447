use super::format::{RULE, Value};
use super::reading::{Node, Object, Reading};
use crate::exchange::fault::{FileProblem, ValueKind};
use crate::exchange::json::Json;
use crate::rules::{Classification, Criterion, FormNumbers, KleNumbers, PostType, Priority, Rule, Segment, Validity};

/// What may stand as a rule element's value, and how it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct ElementValue {
    pub value: Value,
    read: fn(&mut Reading<'_>, &Node<'_>) -> Option<Criterion>,
}

/// The rule elements, each with its value.
pub(super) const ELEMENTS: [(&str, ElementValue); 7] = [
    (
        "kontaktpunkt",
        ElementValue { value: Value::SomeText, read: |this, node| this.point_id(node).map(Criterion::ContactPoint) },
    ),
    (
        "kontaktgruppe",
        ElementValue { value: Value::SomeText, read: |this, node| this.caseless(node).map(Criterion::ContactGroup) },
    ),
    ("afsenderCvr", ElementValue { value: Value::Cvr, read: |this, node| this.parsed(node).map(Criterion::SenderCvr) }),
    (
        "modtagerCvr",
        ElementValue { value: Value::Cvr, read: |this, node| this.parsed(node).map(Criterion::RecipientCvr) },
    ),
    (
        "kle",
        ElementValue {
            value: Value::Interval(KleNumbers::NAME, KleNumbers::PARTS),
            read: |this, node| this.parsed(node).map(Criterion::Kle),
        },
    ),
    (
        "form",
        ElementValue {
            value: Value::Interval(FormNumbers::NAME, FormNumbers::PARTS),
            read: |this, node| this.parsed(node).map(Criterion::Form),
        },
    ),
    (
        "udenKontaktpunkt",
        ElementValue {
            value: Value::Choice(|| POST_TYPES.iter().map(|(word, _)| *word).collect()),
            read: |this, node| this.choice(node, &POST_TYPES).map(Criterion::NoContactPoint),
        },
    ),
];

const POST_TYPES: [(&str, PostType); 3] = [
    ("myndighedspost", PostType::Authority),
    ("virksomhedspost", PostType::Company),
    ("ikkeAngivet", PostType::Unspecified),
];

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

    pub(super) fn criterion(&mut self, rule: &Object<'_>) -> Option<Criterion> {
        let read_value = self.required(rule, "regelelement", |this, node| this.choice(node, &ELEMENTS));
        self.required(rule, "regelvaerdi", |this, node| read_value.and_then(|element| (element.read)(this, node)))
    }

    pub(super) fn validity(&mut self, rule: &Object<'_>) -> Option<Validity> {
        let from = self.required(rule, "gyldigFra", Self::date);
        let end = rule.get("gyldigTil");
        let to = end.clone().map_or(Some(None), |node| self.date(&node).map(Some));
        match (Validity::new(from?, to?), end) {
            (Err(error), Some(end)) => self.fault(&end.place, error),
            (validity, _) => validity.ok(),
        }
    }

    pub(super) fn priority(&mut self, node: &Node<'_>) -> Option<Priority> {
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
