use super::Reading;
use super::table::{Field, Row, Table};
use super::value::whole_in;
use crate::exchange::progress::Stopped;
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::format::title;
use crate::exchange::workbook::format::words::{self, AccessWord};
use crate::exchange::workbook::source::Cell;
use crate::rules::{
    Access, Endpoint, Fagsystem, FagsystemId, HeaderName, JsonPath, NotAnEndpoint, Seconds, TimeLimits,
    without_password,
};

impl Reading<'_> {
    /// The fagsystems; `called` receives the id and name of each, even of one with faults, so that rules can name it.
    pub(super) fn fagsystems(
        &mut self,
        table: &Table,
        list: &JsonPath,
        called: &mut Vec<(FagsystemId, String)>,
    ) -> Result<Vec<Option<Fagsystem>>, Stopped> {
        self.each(table, list, |this, row, place| this.fagsystem(row, place, called))
    }

    fn fagsystem(
        &mut self,
        row: Row<'_>,
        place: &JsonPath,
        called: &mut Vec<(FagsystemId, String)>,
    ) -> Option<Fagsystem> {
        let id = self.required(row, title::ID, |this, field| {
            let id = FagsystemId::new(&this.name(field)?)?;
            let place = this.put(place.key("id"), field);
            this.outline.fagsystems.push((place, id.clone()));
            Some(id)
        });
        let name = self.label(row, title::NAME);
        if let Some(id) = &id {
            called.push((id.clone(), name.clone().unwrap_or_default()));
        }
        let endpoint = self.required(row, title::ENDPOINT, Self::endpoint);
        let active = self.switch(row, title::ACTIVE);
        let access = self.access(row);
        let connect = self.optional(row, title::CONNECT, None, |this, field| this.seconds(field).map(Some));
        let answer = self.optional(row, title::ANSWER, None, |this, field| this.seconds(field).map(Some));
        let contact = self.words(row, title::CONTACT);
        let note = self.words(row, title::NOTE);
        Some(Fagsystem {
            id: id?,
            name: name?,
            endpoint: endpoint?,
            active: active?,
            access: access?,
            limits: TimeLimits { connect: connect?, answer: answer? },
            contact: contact?,
            note: note?,
        })
    }

    fn endpoint(&mut self, field: Field<'_>) -> Option<Endpoint> {
        let Cell::Text(text) = field.cell? else {
            return self.unfit(field, |found| CellProblem::NotAnEndpoint { found, why: NotAnEndpoint::NoAddress });
        };
        let problem = |why| CellProblem::NotAnEndpoint { found: Excerpt::new(without_password(text)), why };
        text.parse().map_or_else(|why| self.fault_at(field, problem(why)), Some)
    }

    fn access(&mut self, row: Row<'_>) -> Option<Access> {
        let access = self.optional(row, title::ACCESS, AccessWord::Open, |this, field| {
            this.choice(field, &words::ACCESSES, &words::ACCESS_WORDS)
        })?;
        let header = row.field(title::HEADER).filter(|field| field.cell.is_some());
        match (access, header) {
            (AccessWord::Header, Some(field)) => self.header_name(field).map(|name| Access::Header { name }),
            (AccessWord::Header, None) => Some(Access::Header { name: HeaderName::default() }),
            (_, Some(field)) => self.unfit(field, |_| CellProblem::HeaderWithoutAccess),
            (AccessWord::Open, None) => Some(Access::Open),
            (AccessWord::ClientCertificate, None) => Some(Access::ClientCertificate),
        }
    }

    fn header_name(&mut self, field: Field<'_>) -> Option<HeaderName> {
        let text = self.name(field)?;
        let problem = |why| CellProblem::NotAHeaderName { found: Excerpt::new(&text), why };
        text.parse().map_or_else(|why| self.fault_at(field, problem(why)), Some)
    }

    fn seconds(&mut self, field: Field<'_>) -> Option<Seconds> {
        let seconds = whole_in(field).and_then(|number| u16::try_from(number).ok()).and_then(Seconds::new);
        seconds.or_else(|| self.unfit(field, CellProblem::NotSeconds))
    }
}
