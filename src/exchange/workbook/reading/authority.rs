use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Reading;
use super::table::{Field, Row, Table};
use crate::exchange::progress::Stopped;
use crate::exchange::workbook::cell_range::CellRange;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::format::called::Fagsystems;
use crate::exchange::workbook::format::title;
use crate::exchange::workbook::source::Cell;
use crate::rules::{Cvr, FagsystemId, JsonPath, KnownAuthority};

impl Reading<'_> {
    /// The one row that an authority has; every further one is a fault.
    pub(super) fn only_row<'a>(&mut self, table: &'a Table) -> Option<Row<'a>> {
        let mut rows = table.rows();
        let first = rows.next();
        if first.is_none() {
            return self.fault(table.beginning(), CellProblem::NoAuthority);
        }
        self.done += 1;
        for row in rows {
            self.done += 1;
            self.fault::<()>(row.place(), CellProblem::SecondAuthority);
        }
        first
    }

    pub(super) fn own_cvr(&mut self, row: Row<'_>) -> Option<Cvr> {
        self.required(row, title::CVR, Self::cvr)
    }

    /// What the row leaves out stays as it is in the draft.
    pub(super) fn own_name(&mut self, row: Row<'_>, before: Option<&str>) -> Option<String> {
        match (row.field(title::NAME), before) {
            (Some(_), _) => self.label(row, title::NAME),
            (None, Some(before)) => Some(before.to_owned()),
            (None, None) => self.fault(row.table.beginning(), CellProblem::MissingHeading(title::NAME)),
        }
    }

    /// What the row leaves out stays as it is in the draft.
    pub(super) fn more_cvrs(&mut self, row: Row<'_>, place: &JsonPath, before: &[Cvr]) -> Option<Vec<Cvr>> {
        let Some(field) = row.field(title::MORE_CVRS) else { return Some(before.to_vec()) };
        let cvrs = match field.cell {
            None => Some(Vec::new()),
            Some(Cell::Text(text)) => self.cvrs_in(field, text),
            Some(_) => self.cvr(field).map(|cvr| vec![cvr]),
        }?;
        for (at, cvr) in cvrs.iter().enumerate() {
            let place = self.put(place.key("flereCvr").at(at), field);
            self.outline.cvrs.push((place, *cvr));
        }
        Some(cvrs)
    }

    fn cvrs_in(&mut self, field: Field<'_>, text: &str) -> Option<Vec<Cvr>> {
        let parts = text.split([';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let cvrs: Vec<_> = parts.map(|part| self.cvr_in(field, part)).collect();
        cvrs.into_iter().collect()
    }

    /// What the row leaves out stays as it is in the draft.
    pub(super) fn default_fagsystem(
        &mut self,
        row: Row<'_>,
        place: &JsonPath,
        before: Option<&FagsystemId>,
        fagsystems: &Fagsystems,
    ) -> Option<FagsystemId> {
        match (row.table.has(title::DEFAULT), before) {
            (true, _) => self.required(row, title::DEFAULT, |this, field| {
                this.fagsystem_named(field, place.key("opsamlingssystem"), fagsystems)
            }),
            (false, Some(before)) => Some(before.clone()),
            (false, None) => self.fault(row.table.beginning(), CellProblem::MissingHeading(title::DEFAULT)),
        }
    }

    pub(super) fn known_authorities(&mut self, table: &Table) -> Result<Vec<Option<KnownAuthority>>, Stopped> {
        let mut first_cells: HashMap<Cvr, CellRange> = HashMap::new();
        self.each(table, &JsonPath::top().key("kendteMyndigheder"), |this, row, _| {
            let cvr = this.required(row, title::CVR, |this, field| {
                let cvr = this.cvr(field)?;
                match first_cells.entry(cvr) {
                    Entry::Occupied(first) => {
                        let first = first.get().clone();
                        this.fault_at(field, CellProblem::KnownAuthorityTaken { cvr, first })
                    }
                    Entry::Vacant(place) => {
                        place.insert(field.place());
                        Some(cvr)
                    }
                }
            });
            let name = this.label(row, title::NAME);
            Some(KnownAuthority { cvr: cvr?, name: name? })
        })
    }
}
