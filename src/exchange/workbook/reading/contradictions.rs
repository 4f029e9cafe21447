use std::collections::{BTreeMap, HashSet};

use super::{Reading, Tables};
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::problem::{CellProblem, Naming};
use crate::exchange::workbook::format::kind::SheetKind;
use crate::rules::{AuthorityOutline, Cvr, FagsystemId, Fault, JsonPath, Problem, RuleBook, cross_check};

impl Reading<'_> {
    /// Finds contradictions between the parts of the resulting book. They are the finished book's own faults, found here
    /// even if some part of it is missing.
    pub(super) fn contradictions(&mut self, tables: &Tables, draft: &RuleBook, index: usize) {
        let list = JsonPath::top().key("myndigheder");
        let mut outlines: Vec<_> =
            draft.authorities.iter().enumerate().map(|(at, it)| AuthorityOutline::of(it, &list.at(at))).collect();
        let own = std::mem::take(&mut self.outline);
        outlines.splice(index..outlines.len().min(index + 1), [own]);
        let default = list.at(index).key("opsamlingssystem");
        let own_place = list.at(index).to_string();
        let guards = list.at(index).key("vagtmeddelelser").to_string();
        let mut given_up: HashSet<Cvr> = HashSet::new();
        let mut still_named: BTreeMap<FagsystemId, Naming> = BTreeMap::new();
        for fault in cross_check(&outlines) {
            if let Some((place, problem)) = self.in_cells(&fault, draft, index) {
                self.fault::<()>(place, problem);
            } else if let Problem::NoSuchFagsystem(id) = &fault.problem
                && fault.place.to_string().starts_with(&own_place)
            {
                let by = still_named.entry(id.clone()).or_default();
                if fault.place == default {
                    by.is_default = true;
                } else if fault.place.to_string().starts_with(&guards) {
                    by.guards += 1;
                } else {
                    by.rules += 1;
                }
            } else if let Problem::GuardForAnother(cvr) = fault.problem
                && fault.place.to_string().starts_with(&own_place)
                && let Some(table) = tables.read(SheetKind::Authority)
                && given_up.insert(cvr)
            {
                self.fault::<()>(table.beginning(), CellProblem::CvrStillNamed(cvr));
            }
        }
        // Without that table, they were lacking before.
        if let Some(table) = tables.read(SheetKind::Fagsystems) {
            for (id, by) in still_named {
                self.fault::<()>(table.beginning(), CellProblem::still_named(&id, by));
            }
        }
    }

    /// The fault with its cell; `None` if it concerns nothing in the file.
    fn in_cells(
        &self,
        fault: &Fault,
        draft: &RuleBook,
        index: usize,
    ) -> Option<(crate::exchange::CellRange, CellProblem)> {
        let cell = |place: &JsonPath| self.cells.get(place).cloned();
        let own = cell(&fault.place);
        let problem = match &fault.problem {
            Problem::PriorityTaken { priority, first } => {
                CellProblem::PriorityTaken { priority: *priority, first: cell(first)? }
            }
            Problem::NoSuchFagsystem(id) => {
                CellProblem::NoSuchFagsystem { found: Excerpt::new(id.as_str()), meant: None }
            }
            Problem::FagsystemTaken { id, first } => {
                CellProblem::FagsystemTaken { id: Excerpt::new(id.as_str()), first: cell(first)? }
            }
            Problem::ContactPointTaken { id, first } => {
                CellProblem::ContactPointTaken { id: Excerpt::new(id.as_str()), first: cell(first)? }
            }
            Problem::GuardTaken { name, first } => {
                CellProblem::GuardTaken { name: Excerpt::new(name), first: cell(first)? }
            }
            Problem::GuardForAnother(cvr) => CellProblem::GuardForAnother(*cvr),
            Problem::CvrTaken { cvr, first } => {
                let first = cell(first);
                if let (Some(_), Some(first)) = (&own, &first) {
                    CellProblem::CvrTaken { cvr: *cvr, first: first.clone() }
                } else {
                    let place = own.or(first)?;
                    let authority = other_authority(draft, index, *cvr)?;
                    return Some((place, CellProblem::CvrOfAnother { cvr: *cvr, authority }));
                }
            }
        };
        Some((own?, problem))
    }
}

/// Another authority that receives mail for the number.
fn other_authority(draft: &RuleBook, index: usize, cvr: Cvr) -> Option<Cvr> {
    let others = draft.authorities.iter().enumerate().filter(|(at, _)| *at != index);
    others.map(|(_, it)| it).find(|it| it.cvrs().any(|own| own == cvr)).map(|it| it.cvr)
}
