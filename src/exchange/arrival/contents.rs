use std::sync::Arc;

use serde::Serialize;

use crate::exchange::workbook::SheetKind;
use crate::rules::{Authority, ContactPoint, Cvr, Fagsystem, FagsystemId, Guard, Rule};

/// What files hold about one authority, in the form of the configuration file. What they do not mention is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AuthorityContents {
    /// Its number; `None` if neither the files nor the draft name the authority.
    pub cvr: Option<Cvr>,
    /// Its name.
    #[serde(rename = "navn", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Further CVR numbers.
    #[serde(rename = "flereCvr", skip_serializing_if = "Option::is_none")]
    pub more_cvrs: Option<Vec<Cvr>>,
    /// The default recipient.
    #[serde(rename = "opsamlingssystem", skip_serializing_if = "Option::is_none")]
    pub default_fagsystem: Option<FagsystemId>,
    /// The fagsystems.
    #[serde(rename = "fagsystemer", skip_serializing_if = "Option::is_none")]
    pub fagsystems: Option<Vec<Fagsystem>>,
    /// The contact points.
    #[serde(rename = "kontaktpunkter", skip_serializing_if = "Option::is_none")]
    pub contact_points: Option<Vec<ContactPoint>>,
    /// The rules.
    #[serde(rename = "regler", skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<Arc<Rule>>>,
    /// The guards; absent also where the authority has none.
    #[serde(rename = "vagtmeddelelser", skip_serializing_if = "Option::is_none")]
    pub guards: Option<Vec<Guard>>,
}

impl AuthorityContents {
    /// Everything about that authority.
    #[must_use]
    pub fn whole(authority: &Authority) -> Self {
        Self::of(authority, &SheetKind::ALL)
    }

    /// What tables of those kinds hold about that authority.
    pub(super) fn of(authority: &Authority, kinds: &[SheetKind]) -> Self {
        let has = |kind| kinds.contains(&kind);
        let own = has(SheetKind::Authority);
        Self {
            cvr: Some(authority.cvr),
            name: Some(authority.name.clone()),
            more_cvrs: own.then(|| authority.more_cvrs.clone()),
            default_fagsystem: own.then(|| authority.default_fagsystem.clone()),
            fagsystems: has(SheetKind::Fagsystems).then(|| authority.fagsystems.clone()),
            contact_points: has(SheetKind::ContactPoints).then(|| authority.contact_points.clone()),
            rules: has(SheetKind::Rules).then(|| authority.rules.clone()),
            guards: (has(SheetKind::Guards) && !authority.guards.is_empty()).then(|| authority.guards.clone()),
        }
    }

    /// Adds what another file holds about the same authority.
    pub(super) fn add(&mut self, more: Self) {
        fn put<T>(place: &mut Option<T>, more: Option<T>) {
            if more.is_some() {
                *place = more;
            }
        }
        put(&mut self.name, more.name);
        put(&mut self.more_cvrs, more.more_cvrs);
        put(&mut self.default_fagsystem, more.default_fagsystem);
        put(&mut self.fagsystems, more.fagsystems);
        put(&mut self.contact_points, more.contact_points);
        put(&mut self.rules, more.rules);
        put(&mut self.guards, more.guards);
    }
}
