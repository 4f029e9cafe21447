use super::Reading;
use super::table::{Field, Row, Table};
use super::value::{number_in, whole_in};
use crate::exchange::limits::MAX_LEVELS;
use crate::exchange::progress::Stopped;
use crate::exchange::text::decimal::NotANumber;
use crate::exchange::text::id::without_braces;
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::format::listed::{self, OpenQuote};
use crate::exchange::workbook::format::{title, words};
use crate::rules::{Audience, Caseless, ContactGroup, ContactPoint, JsonPath, Megabytes, PointCode, PointDetails};
use crate::visible::as_seen;

impl Reading<'_> {
    /// The contact points; `called` receives the id and title of each, even of one with faults, so that rules can name it.
    pub(super) fn contact_points(
        &mut self,
        table: &Table,
        list: &JsonPath,
        called: &mut Vec<(Caseless, String)>,
    ) -> Result<Vec<Option<ContactPoint>>, Stopped> {
        self.each(table, list, |this, row, place| this.contact_point(row, place, called))
    }

    fn contact_point(
        &mut self,
        row: Row<'_>,
        place: &JsonPath,
        called: &mut Vec<(Caseless, String)>,
    ) -> Option<ContactPoint> {
        let id = self.required(row, title::ID, |this, field| {
            let id = Caseless::new(without_braces(&this.name(field)?));
            let place = this.put(place.key("id"), field);
            this.outline.contact_points.push((place, id.clone()));
            Some(id)
        });
        let title = self.label(row, title::TITLE);
        if let Some(id) = &id {
            called.push((id.clone(), title.clone().unwrap_or_default()));
        }
        let groups = self.items(row, title::GROUPS, Self::group);
        let details = self.point_details(row);
        Some(ContactPoint { id: id?, groups: groups?, title: title?, details: details? })
    }

    fn point_details(&mut self, row: Row<'_>) -> Option<PointDetails> {
        let description = self.words(row, title::DESCRIPTION);
        let audiences = self.items(row, title::AUDIENCES, Self::audience);
        let largest = self.optional(row, title::LARGEST, None, |this, field| match number_in(field) {
            Err(NotANumber::Ambiguous { whole, fraction }) => this.unfit(field, |found| CellProblem::AmbiguousNumber {
                found,
                whole: Excerpt::new(&whole),
                fraction: Excerpt::new(&fraction),
            }),
            read => {
                let megabytes = read.ok().and_then(Megabytes::new);
                megabytes.map(Some).or_else(|| this.unfit(field, CellProblem::NotMegabytes))
            }
        });
        let most_attachments = self.optional(row, title::ATTACHMENTS, None, |this, field| {
            let count = whole_in(field).and_then(|number| u32::try_from(number).ok());
            count.map(Some).or_else(|| this.unfit(field, CellProblem::NotACount))
        });
        let is_active = self.switch(row, title::POINT_ACTIVE);
        let is_visible = self.switch(row, title::VISIBLE);
        let codes = self.items(row, title::CODES, Self::code);
        let search_terms = self.texts(row, title::SEARCH_TERMS);
        let fields = self.texts(row, title::FIELDS);
        Some(PointDetails {
            description: description?,
            audiences: audiences?,
            largest: largest?,
            most_attachments: most_attachments?,
            is_active: is_active?,
            is_visible: is_visible?,
            codes: codes?,
            search_terms: search_terms?,
            fields: fields?,
        })
    }

    fn audience(&mut self, field: Field<'_>, item: &str) -> Option<Audience> {
        words::meaning(&words::AUDIENCES, item)
            .or_else(|| self.no_such_choice(field, item, &words::AUDIENCES, &words::AUDIENCE_WORDS))
    }

    /// The names from the top of the tree down.
    fn group(&mut self, field: Field<'_>, item: &str) -> Option<ContactGroup> {
        let names = listed::pieces(item, |sign| matches!(sign, '›' | '>')).and_then(|names| {
            names.into_iter().map(|name| Ok(self.spelt(&listed::unquoted(name)?))).collect::<Result<Vec<_>, _>>()
        });
        let Ok(mut above) = names else { return self.fault_at(field, CellProblem::OpenQuote) };
        if above.iter().any(Caseless::is_empty) {
            return self.fault_at(field, CellProblem::NamelessGroup(Excerpt::new(item)));
        }
        if above.len() > MAX_LEVELS {
            return self.fault_at(field, CellProblem::TooManyLevels(Excerpt::new(item)));
        }
        above.pop().map(|name| ContactGroup { name, above })
    }

    /// A group's name as the draft spells it, else in its visible form.
    fn spelt(&self, name: &str) -> Caseless {
        let written = Caseless::new(name);
        if self.group_names.get(&words::folded(name)).is_some_and(|known| known.contains(&written)) {
            return written;
        }
        match self.group_names.get(&words::folded(name)).and_then(|known| known.first()) {
            Some(known) => known.clone(),
            None => Caseless::new(&as_seen(name)),
        }
    }

    /// Kind, code and name, with spaces between.
    fn code(&mut self, field: Field<'_>, item: &str) -> Option<PointCode> {
        match code(item) {
            Ok(Some(code)) => Some(code),
            Ok(None) => self.fault_at(field, CellProblem::NotACode(Excerpt::new(item))),
            Err(OpenQuote) => self.fault_at(field, CellProblem::OpenQuote),
        }
    }
}

fn code(item: &str) -> Result<Option<PointCode>, OpenQuote> {
    let (kind, rest) = listed::first_word(item)?;
    if rest.is_empty() {
        return Ok(None);
    }
    let (code, name) = listed::first_word(rest)?;
    let name = listed::unquoted(name)?;
    Ok(Some(PointCode { kind: kind.into_owned(), code: code.into_owned(), name: name.into_owned() }))
}
