use super::reading::{Node, Object, Reading};
use crate::exchange::fault::{FileProblem, Wanted};
use crate::exchange::json::Json;
use crate::rules::{Criterion, PostType, Priority, Rule, Segment, Validity};

impl Reading<'_> {
    pub(super) fn rule(&mut self, node: &Node<'_>) -> Option<Rule> {
        const KEYS: [&str; 9] = [
            "prioritet",
            "fagsystem",
            "segment",
            "regelelement",
            "regelvaerdi",
            "gyldigFra",
            "gyldigTil",
            "aktiv",
            "note",
        ];
        let object = self.object(node, &KEYS)?;
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
        /// How a rule element's value is read.
        type ReadValue = fn(&mut Reading<'_>, &Node<'_>) -> Option<Criterion>;
        const ELEMENTS: [(&str, ReadValue); 7] = [
            ("kontaktpunkt", |this, node| this.point_id(node).map(Criterion::ContactPoint)),
            ("kontaktgruppe", |this, node| this.caseless(node).map(Criterion::ContactGroup)),
            ("afsenderCvr", |this, node| this.parsed(node).map(Criterion::SenderCvr)),
            ("modtagerCvr", |this, node| this.parsed(node).map(Criterion::RecipientCvr)),
            ("kle", |this, node| this.parsed(node).map(Criterion::Kle)),
            ("form", |this, node| this.parsed(node).map(Criterion::Form)),
            ("udenKontaktpunkt", |this, node| {
                let post_types = [
                    ("myndighedspost", PostType::Authority),
                    ("virksomhedspost", PostType::Company),
                    ("ikkeAngivet", PostType::Unspecified),
                ];
                this.choice(node, &post_types).map(Criterion::NoContactPoint)
            }),
        ];
        let read_value = self.required(rule, "regelelement", |this, node| this.choice(node, &ELEMENTS));
        self.required(rule, "regelvaerdi", |this, node| read_value.and_then(|read| read(this, node)))
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
            return self.fault(&node.place, FileProblem::Expected(Wanted::Priority));
        };
        self.outline.priorities.push((node.place.clone(), priority));
        Some(priority)
    }
}
