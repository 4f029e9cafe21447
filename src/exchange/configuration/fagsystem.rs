//! How a fagsystem is read.

use super::fault::{FileProblem, ValueKind};
use super::format::{ACCESS, ConfiguredAccess, FAGSYSTEM, TIME_LIMITS};
use super::reading::{Node, Object, Reading};
use crate::exchange::json::Json;
use crate::rules::{
    Access, Endpoint, Fagsystem, FagsystemId, HeaderName, NotAnEndpoint, Seconds, TimeLimits, without_password,
};

/// The note of a fagsystem that was paused because its address held credentials.
const CREDENTIALS_REMOVED: &str = "Adressen havde et brugernavn eller en adgangskode, som ikke må stå der. De er taget ud, og \
    fagsystemet er sat på pause: Se efter, om adressen er rigtig, vælg en adgang, og tag det i brug igen.";

impl Reading<'_> {
    pub(super) fn fagsystem(&mut self, node: &Node<'_>) -> Option<Fagsystem> {
        let object = self.shaped(node, &FAGSYSTEM)?;
        let id = self.required(&object, "id", |this, node| {
            let id = this.fagsystem_id(node)?;
            this.outline.fagsystems.push((node.place.clone(), id.clone()));
            Some(id)
        });
        let name = self.required(&object, "navn", Self::words);
        let endpoint = self.required(&object, "endpoint", Self::endpoint);
        let active = self.switch(object.get("aktiv"));
        let access = object.get("adgang").map_or(Some(Access::Open), |node| self.access(&node));
        let limits = object.get("tidsgraenser").map_or(Some(TimeLimits::default()), |node| self.time_limits(&node));
        let contact = self.optional_words(&object, "kontaktperson");
        let note = self.optional_words(&object, "note");
        let (endpoint, had_credentials) = endpoint?;
        let (active, note) = match (active?, note?) {
            (_, note) if had_credentials => (false, format!("{CREDENTIALS_REMOVED} {note}").trim_end().to_owned()),
            as_read => as_read,
        };
        Some(Fagsystem {
            id: id?,
            name: name?,
            endpoint,
            active,
            access: access?,
            limits: limits?,
            contact: contact?,
            note,
        })
    }

    /// The address, and whether credentials were removed from it: older versions of the program accepted and stored them.
    fn endpoint(&mut self, node: &Node<'_>) -> Option<(Endpoint, bool)> {
        let text = self.text(node)?;
        let read = if self.is_kept { Endpoint::mended(text) } else { text.parse().map(|endpoint| (endpoint, false)) };
        read.map_or_else(
            |why: NotAnEndpoint| self.fault(&node.place, FileProblem::unreadable(without_password(text), why.into())),
            Some,
        )
    }

    pub(super) fn time_limits(&mut self, node: &Node<'_>) -> Option<TimeLimits> {
        let object = self.shaped(node, &TIME_LIMITS)?;
        let mut limit = |key| object.get(key).map_or(Some(None), |node| self.seconds(&node).map(Some));
        let (connect, answer) = (limit("forbindelse"), limit("svar"));
        Some(TimeLimits { connect: connect?, answer: answer? })
    }

    pub(super) fn seconds(&mut self, node: &Node<'_>) -> Option<Seconds> {
        let seconds = match node.json {
            Json::Whole(number) => u16::try_from(*number).ok().and_then(Seconds::new),
            _ => None,
        };
        let expected = FileProblem::Expected(ValueKind::Seconds);
        seconds.or_else(|| self.fault(&node.place, expected))
    }

    pub(super) fn access(&mut self, node: &Node<'_>) -> Option<Access> {
        let Json::Object(entries) = node.json else {
            return self.fault(&node.place, FileProblem::Expected(ValueKind::Object));
        };
        let object = Object { entries, place: node.place.clone(), shape: None };
        let kind = self.required(&object, "type", |this, node| this.choice(node, &ACCESS))?;
        let object = self.shaped(node, kind.shape())?;
        match kind {
            ConfiguredAccess::Header => {
                let name = object.get("navn").map_or(Some(HeaderName::default()), |node| self.parsed(&node));
                name.map(|name| Access::Header { name })
            }
            ConfiguredAccess::ClientCertificate => Some(Access::ClientCertificate),
        }
    }

    pub(super) fn fagsystem_mentioned(&mut self, node: &Node<'_>) -> Option<FagsystemId> {
        let id = self.fagsystem_id(node)?;
        self.outline.mentions.push((node.place.clone(), id.clone()));
        Some(id)
    }

    pub(super) fn fagsystem_id(&mut self, node: &Node<'_>) -> Option<FagsystemId> {
        let text = self.text(node)?;
        FagsystemId::new(text).or_else(|| self.fault(&node.place, FileProblem::Expected(ValueKind::SomeText)))
    }
}
