use std::sync::Arc;

use super::rule::Points;
use super::table::{Field, Row};
use super::{LooseTables, Reading, Tables, all_of};
use crate::exchange::progress::Stopped;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::format::called::Fagsystems;
use crate::exchange::workbook::format::kind::SheetKind;
use crate::exchange::workbook::format::{title, words};
use crate::exchange::workbook::outcome::TablesError;
use crate::rules::{
    Authority, AuthorityOutline, ContactGroup, ContactPoint, Cvr, Fagsystem, FagsystemId, Guard, JsonPath, Rule,
    RuleBook,
};

/// The authority that a file is of.
struct AuthorityRows<'a> {
    tables: &'a Tables,
    /// Its row on its own table.
    row: Option<Row<'a>>,
    /// Its number; `None` if its row does not hold it.
    cvr: Option<Cvr>,
    /// As it is in the draft; `None` for one that is new.
    before: Option<&'a Authority>,
    place: JsonPath,
    /// Of what it has in the draft.
    kept: AuthorityOutline,
}

/// The content of an authority's own table.
struct Own {
    name: String,
    more_cvrs: Vec<Cvr>,
    default_fagsystem: FagsystemId,
}

impl Reading<'_> {
    /// The authority as it would be; `None` when the file has nothing of any, or something of it has a fault.
    pub(super) fn authority(
        &mut self,
        tables: &Tables,
        draft: &RuleBook,
        current: Option<Cvr>,
    ) -> Result<Option<Authority>, TablesError> {
        if tables.0.iter().all(|(kind, _)| *kind == SheetKind::KnownAuthorities) {
            return Ok(None);
        }
        let row = tables.read(SheetKind::Authority).and_then(|table| self.only_row(table));
        let told = row.and_then(|row| self.own_cvr(row));
        let cvr = if tables.has(SheetKind::Authority) { told } else { current };
        let before = cvr.or(current).and_then(|cvr| draft.authority(cvr));
        let is_unknown = before.is_none() && !tables.has(SheetKind::Authority);
        if is_unknown && !self.may_lack_authority {
            return Err(TablesError::NoAuthority);
        }
        self.may_lack_authority = is_unknown;
        let at_before = before.and_then(|before| draft.authorities.iter().position(|it| it.cvr == before.cvr));
        let index = at_before.unwrap_or(draft.authorities.len());
        let place = JsonPath::top().key("myndigheder").at(index);
        self.owner = Some(place.clone());
        let kept = before.map(|before| AuthorityOutline::of(before, &place)).unwrap_or_default();
        let authority = self.parts(AuthorityRows { tables, row, cvr, before, place, kept })?;
        self.contradictions(tables, draft, index);
        Ok(authority)
    }

    fn parts(&mut self, mut owner: AuthorityRows<'_>) -> Result<Option<Authority>, Stopped> {
        let mut called = Vec::new();
        let fagsystems = self.fagsystems_part(&mut owner, &mut called)?;
        let called = Fagsystems::new(called);
        let (contact_points, points) = self.contact_points_part(&mut owner)?;
        let rules = self.rules_part(&mut owner, &called, &points)?;
        let guards = self.guards_part(&mut owner, &called, &points)?;
        let own = self.own_part(owner.row, &owner, &called);
        if self.may_lack_authority {
            let has = |kind| owner.tables.has(kind);
            let contact_points = contact_points.filter(|_| has(SheetKind::ContactPoints));
            let rules = rules.filter(|_| has(SheetKind::Rules));
            let guards = guards.filter(|_| has(SheetKind::Guards));
            self.loose = Some(LooseTables { fagsystems, contact_points, rules, guards });
            return Ok(None);
        }
        let whole = owner.cvr.zip(own).zip(fagsystems).zip(contact_points).zip(rules).zip(guards);
        Ok(whole.map(|(((((cvr, own), fagsystems), contact_points), rules), guards)| Authority {
            cvr,
            name: own.name,
            more_cvrs: own.more_cvrs,
            default_fagsystem: own.default_fagsystem,
            fagsystems,
            contact_points,
            rules,
            guards,
        }))
    }

    fn fagsystems_part(
        &mut self,
        owner: &mut AuthorityRows<'_>,
        called: &mut Vec<(FagsystemId, String)>,
    ) -> Result<Option<Vec<Fagsystem>>, Stopped> {
        if let Some(table) = owner.tables.read(SheetKind::Fagsystems) {
            self.outline.lacks_fagsystems = !table.has(title::ID);
            return Ok(all_of(self.fagsystems(table, &owner.place.key("fagsystemer"), called)?));
        }
        let Some(before) = owner.before else {
            self.outline.lacks_fagsystems = true;
            if !owner.tables.has(SheetKind::Fagsystems) {
                self.miss_fagsystems(owner);
            }
            return Ok(None);
        };
        self.outline.lacks_fagsystems = owner.tables.has(SheetKind::Fagsystems);
        self.outline.fagsystems = std::mem::take(&mut owner.kept.fagsystems);
        called.extend(before.fagsystems.iter().map(|it| (it.id.clone(), it.name.clone())));
        Ok(Some(before.fagsystems.clone()))
    }

    /// An authority that is new must bring its fagsystems.
    fn miss_fagsystems(&mut self, owner: &AuthorityRows<'_>) {
        if let (Some(row), Some(cvr)) = (owner.row, owner.cvr) {
            let problem = CellProblem::MissingSheet { cvr, sheet: SheetKind::Fagsystems };
            let place = row.field(title::CVR).map_or_else(|| row.place(), Field::place);
            self.fault::<()>(place, problem);
        }
    }

    fn contact_points_part(
        &mut self,
        owner: &mut AuthorityRows<'_>,
    ) -> Result<(Option<Vec<ContactPoint>>, Points), Stopped> {
        if let Some(table) = owner.tables.read(SheetKind::ContactPoints) {
            self.know_groups(owner.before);
            let mut called = Vec::new();
            let read = self.contact_points(table, &owner.place.key("kontaktpunkter"), &mut called)?;
            let rules = owner.before.map(|before| &before.rules[..]).unwrap_or_default();
            let points = Points::new(called).with_groups(read.iter().flatten(), rules);
            return Ok((all_of(read), points));
        }
        self.outline.contact_points = std::mem::take(&mut owner.kept.contact_points);
        let kept = owner.before.map(|before| before.contact_points.clone()).unwrap_or_default();
        let called = kept.iter().map(|point| (point.id.clone(), point.title.clone())).collect();
        let rules = owner.before.map(|before| &before.rules[..]).unwrap_or_default();
        let points = Points::new(called).with_groups(&kept, rules);
        Ok((Some(kept), points))
    }

    /// Names of groups that are spelt alike are the same: what people see is what they mean.
    fn know_groups(&mut self, before: Option<&Authority>) {
        let points = before.map(|before| &before.contact_points[..]).unwrap_or_default();
        for name in points.iter().flat_map(|point| &point.groups).flat_map(ContactGroup::path) {
            let known = self.group_names.entry(words::folded(name.as_str())).or_default();
            if !known.contains(name) {
                known.push(name.clone());
            }
        }
    }

    fn rules_part(
        &mut self,
        owner: &mut AuthorityRows<'_>,
        called: &Fagsystems,
        points: &Points,
    ) -> Result<Option<Vec<Arc<Rule>>>, Stopped> {
        if let Some(table) = owner.tables.read(SheetKind::Rules) {
            return Ok(all_of(self.rules(table, &owner.place.key("regler"), called, points)?));
        }
        self.outline.priorities = std::mem::take(&mut owner.kept.priorities);
        self.keep_mentions(owner, "regler");
        Ok(Some(owner.before.map(|before| before.rules.clone()).unwrap_or_default()))
    }

    fn guards_part(
        &mut self,
        owner: &mut AuthorityRows<'_>,
        called: &Fagsystems,
        points: &Points,
    ) -> Result<Option<Vec<Guard>>, Stopped> {
        if let Some(table) = owner.tables.read(SheetKind::Guards) {
            let place = owner.place.key("vagtmeddelelser");
            let own = owner.cvr.or(owner.before.map(|before| before.cvr));
            return Ok(all_of(self.guards(table, &place, own, called, points)?));
        }
        self.outline.guards = std::mem::take(&mut owner.kept.guards);
        self.outline.guarded_recipients = std::mem::take(&mut owner.kept.guarded_recipients);
        self.keep_mentions(owner, "vagtmeddelelser");
        Ok(Some(owner.before.map(|before| before.guards.clone()).unwrap_or_default()))
    }

    /// What the list of that key names in the draft, it names still.
    fn keep_mentions(&mut self, owner: &AuthorityRows<'_>, list: &str) {
        let list = owner.place.key(list).to_string();
        let is_of_list = |place: &JsonPath| place.to_string().starts_with(&list);
        self.outline.mentions.extend(owner.kept.mentions.iter().filter(|(place, _)| is_of_list(place)).cloned());
    }

    fn own_part(&mut self, row: Option<Row<'_>>, owner: &AuthorityRows<'_>, called: &Fagsystems) -> Option<Own> {
        let before = owner.before;
        if !row.is_some_and(|row| row.table.has(title::DEFAULT)) {
            let default = owner.place.key("opsamlingssystem");
            self.outline.mentions.extend(owner.kept.mentions.iter().filter(|(place, _)| *place == default).cloned());
        }
        let Some(row) = row else {
            self.outline.cvrs.clone_from(&owner.kept.cvrs);
            return before.map(|before| Own {
                name: before.name.clone(),
                more_cvrs: before.more_cvrs.clone(),
                default_fagsystem: before.default_fagsystem.clone(),
            });
        };
        if let (Some(cvr), Some(field)) = (owner.cvr, row.field(title::CVR)) {
            let place = self.put(owner.place.key("cvr"), field);
            self.outline.cvrs.push((place, cvr));
        }
        let name = self.own_name(row, before.map(|before| before.name.as_str()));
        let more_cvrs = before.map(|before| before.more_cvrs.as_slice()).unwrap_or_default();
        let more_cvrs = self.more_cvrs(row, &owner.place, more_cvrs);
        let default = before.map(|before| &before.default_fagsystem);
        let default_fagsystem = self.default_fagsystem(row, &owner.place, default, called);
        Some(Own { name: name?, more_cvrs: more_cvrs?, default_fagsystem: default_fagsystem? })
    }
}
