//! How a guard is read.

use super::fault::{FileProblem, ValueKind};
use super::format::GUARD;
use super::reading::{Node, Reading};
use crate::rules::{Facts, Guard};
use crate::visible::as_seen;

impl Reading<'_> {
    /// A guard. The recipient of its message stays open where the file does not say it.
    pub(super) fn guard(&mut self, node: &Node<'_>) -> Option<Guard> {
        let object = self.shaped(node, &GUARD)?;
        let name = self.required(&object, "navn", Self::guard_name);
        let fagsystem = self.required(&object, "fagsystem", Self::fagsystem_mentioned);
        let day = object.get("dag").map_or(Some(None), |node| self.date(&node).map(Some));
        let facts = self.required(&object, "meddelelse", Self::guarded_facts);
        Some(Guard { name: name?, fagsystem: fagsystem?, day: day?, facts: facts? })
    }

    fn guard_name(&mut self, node: &Node<'_>) -> Option<String> {
        let text = self.text(node)?;
        let name = if self.is_kept { text.to_owned() } else { as_seen(text).trim().to_owned() };
        if name.is_empty() {
            return self.fault(&node.place, FileProblem::Expected(ValueKind::SomeText));
        }
        self.outline.guards.push((node.place.clone(), name.clone()));
        Some(name)
    }

    fn guarded_facts(&mut self, node: &Node<'_>) -> Option<Facts> {
        let facts = self.facts(node)?;
        if let Some(recipient) = facts.recipient {
            self.outline.guarded_recipients.push((node.place.key("modtager"), recipient));
        }
        Some(facts)
    }
}
