//! How guards are read from their table.

use super::Reading;
use super::rule::Points;
use super::table::{Row, Table};
use crate::exchange::progress::Stopped;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::format::called::Fagsystems;
use crate::exchange::workbook::format::title;
use crate::exchange::workbook::format::words::{self, SenderWord};
use crate::rules::{AddressedContactPoint, Cvr, Facts, Guard, JsonPath, PostType, Sender};

impl Reading<'_> {
    /// The guards; `own` is the recipient of those whose rows name none.
    pub(super) fn guards(
        &mut self,
        table: &Table,
        list: &JsonPath,
        own: Option<Cvr>,
        fagsystems: &Fagsystems,
        points: &Points,
    ) -> Result<Vec<Option<Guard>>, Stopped> {
        self.each(table, list, |this, row, place| {
            let name = this.required(row, title::NAME, |this, field| {
                let name = this.name(field)?;
                let place = this.put(place.key("navn"), field);
                this.outline.guards.push((place, name.clone()));
                Some(name)
            });
            let fagsystem = this.required(row, title::FAGSYSTEM, |this, field| {
                this.fagsystem_named(field, place.key("fagsystem"), fagsystems)
            });
            let day = this.optional(row, title::DAY, None, |this, field| this.day(field).map(Some));
            let facts = this.guarded_facts(row, place, points);
            let facts = facts.map(|facts| Facts { recipient: facts.recipient.or(own), ..facts });
            Some(Guard { name: name?, fagsystem: fagsystem?, day: day?, facts: facts? })
        })
    }

    fn guarded_facts(&mut self, row: Row<'_>, place: &JsonPath, points: &Points) -> Option<Facts> {
        let recipient = self.optional(row, title::RECIPIENT, None, |this, field| {
            let cvr = this.cvr(field)?;
            let place = this.put(place.key("meddelelse").key("modtager"), field);
            this.outline.guarded_recipients.push((place, cvr));
            Some(Some(cvr))
        });
        let sender = self.guarded_sender(row);
        let point = self.optional(row, title::POINT, None, |this, field| {
            this.contact_point_named(field, title::POINT, points).map(Some)
        });
        let group =
            self.optional(row, title::GROUP, None, |this, field| this.contact_group_named(field, points).map(Some));
        let unspecified = Some(PostType::Unspecified);
        let post_type = self.optional(row, title::POST_TYPE, unspecified, |this, field| {
            this.choice(field, &words::POST_TYPES_OF_MESSAGES, &words::POST_TYPE_WORDS_OF_MESSAGES)
        });
        let kle = self.optional(row, title::KLE, None, |this, field| this.number(field).map(Some));
        let form = self.optional(row, title::FORM, None, |this, field| this.number(field).map(Some));
        let (sender, sender_has_contact_point) = sender?;
        let (point, group) = (point?, group?);
        Some(Facts {
            sender,
            sender_has_contact_point,
            recipient: recipient?,
            contact_point: point.map(|id| AddressedContactPoint { id: Some(id), group }),
            kle: kle?,
            form: form?,
            post_type: post_type?,
        })
    }

    /// The sender, and whether it has a contact point of its own.
    fn guarded_sender(&mut self, row: Row<'_>) -> Option<(Sender, bool)> {
        let kind = self.optional(row, title::SENDER, None, |this, field| {
            this.choice(field, &words::SENDERS, &words::SENDER_WORDS).map(Some)
        });
        let cvr = self.optional(row, title::SENDER_CVR, None, |this, field| this.cvr(field).map(Some));
        let has_point = match row.field(title::SENDER_POINT).filter(|field| field.cell.is_some()) {
            Some(_) => self.switch(row, title::SENDER_POINT),
            None => Some(false),
        };
        let (kind, cvr, has_point) = (kind?, cvr?, has_point?);
        if kind == Some(SenderWord::Organisation) {
            return Some((Sender::Organisation(cvr), has_point));
        }
        for (title, is_there) in [(title::SENDER_CVR, cvr.is_some()), (title::SENDER_POINT, has_point)] {
            if let Some(field) = row.field(title).filter(|_| is_there) {
                self.fault_at::<()>(field, CellProblem::NotOfThatSender);
            }
        }
        let sender = if kind.is_some() { Sender::Person } else { Sender::Other };
        (cvr.is_none() && !has_point).then_some((sender, false))
    }
}
