//! The columns and cells of an exported message: everything that the journal has of it.

use std::sync::Arc;

use crate::desktop::language::Texts;
use crate::desktop::language::names::{Registers, fagsystem_name};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::RowToCells;
use crate::exchange::{SheetCell, SheetColumn};
use crate::router::Refusal;
use crate::rules::Sender;
use crate::store::JournalEntry;

pub(super) fn columns(t: &'static Texts) -> Vec<SheetColumn> {
    let s = &t.messages.sheet;
    let columns = [
        (s.number, 10.0),
        (s.received, 19.0),
        (s.message, 38.0),
        (s.outcome, 18.0),
        (s.reason, 20.0),
        (s.fagsystem, 28.0),
        (s.fagsystem_id, 18.0),
        (s.rule, 9.0),
        (s.element, 20.0),
        (s.publication, 11.0),
        (s.authority, 17.0),
        (s.sender, 14.0),
        (s.sender_cvr, 18.0),
        (s.recipient_cvr, 18.0),
        (s.contact_point, 30.0),
        (s.contact_point_id, 38.0),
        (s.contact_group, 24.0),
        ("KLE", 11.0),
        (t.kle.sheet_title, 34.0),
        ("FORM", 13.0),
        (s.post_type, 22.0),
        (s.bytes, 13.0),
        (s.status, 12.0),
        (s.code, 22.0),
        (s.header, 16.0),
        (s.whole, 19.0),
        (s.answer, 12.0),
        (s.total, 12.0),
        (s.repeats, 13.0),
        (s.follows, 12.0),
        (s.caller, 44.0),
        (s.transmission, 38.0),
    ];
    columns.into_iter().map(|(title, width)| SheetColumn { title, width }).collect()
}

/// Makes the cells of messages, with the names in the publication in force.
pub(super) fn cells_of_rows(scene: Scene<'_>) -> RowToCells {
    let (t, book, kle) = (scene.t, Arc::clone(&scene.bench.published().book), Arc::clone(scene.kle));
    RowToCells::new(move |number, entry| cells(t, Registers { book: &book, kle: &kle }, number, entry))
}

/// The cells of a row, one for each of the [columns].
fn cells(t: &'static Texts, names: Registers<'_>, number: i64, entry: &JournalEntry) -> Vec<SheetCell> {
    use SheetCell::{Milliseconds, Moment};
    let whole = |number: i64| SheetCell::Whole(u64::try_from(number).unwrap_or_default());
    let facts = entry.facts.as_ref().map(|(facts, _)| facts);
    let routed = entry.routed.as_ref();
    let recipient = facts.and_then(|facts| facts.recipient);
    let authority = names.book.authorities.iter().find(|authority| match (routed, recipient) {
        (Some(routed), _) => authority.cvr == routed.authority,
        (None, Some(recipient)) => authority.cvrs().any(|cvr| cvr == recipient),
        (None, None) => false,
    });
    let point = facts.and_then(|facts| facts.contact_point.as_ref());
    let point_id = point.and_then(|point| point.id.as_ref());
    let point_title = authority.zip(point_id).and_then(|(authority, id)| authority.contact_point(id));
    let sender_cvr = facts.and_then(|facts| match facts.sender {
        Sender::Organisation(cvr) => cvr,
        Sender::Person | Sender::Other => None,
    });
    let fagsystem = routed.map(|routed| match authority {
        Some(authority) => fagsystem_name(authority, &routed.fagsystem).to_owned(),
        None => routed.fagsystem.to_string(),
    });
    let rule = routed.map(|routed| match routed.priority {
        Some(priority) => SheetCell::Whole(priority.get().into()),
        None => SheetCell::Text(t.messages.by_default.to_owned()),
    });
    let refusal = entry.refused.as_ref().and_then(|refused| Refusal::from_code(&refused.reason));
    let refusal = refusal.map(t.messages.story.refusal);
    let post_type = facts.and_then(|facts| facts.post_type).map(|post_type| (t.rules.post_type)(post_type));
    vec![
        whole(number),
        Moment(entry.received_at),
        text(entry.message_uuid.as_ref()),
        text(Some((t.messages.outcome)(entry.outcome, entry.reason, entry.repeats.is_some()))),
        text(entry.reason.map(|reason| (t.messages.story.reason)(reason).label).or(refusal)),
        text(fagsystem),
        text(routed.map(|routed| &routed.fagsystem)),
        rule.unwrap_or(SheetCell::Empty),
        text(routed.and_then(|routed| routed.element).map(t.rules.element)),
        routed.map_or(SheetCell::Empty, |routed| whole(routed.publication.get())),
        text(routed.map(|routed| routed.authority)),
        text(entry.facts.as_ref().map(|(_, sender)| (t.router.sender)(*sender))),
        text(sender_cvr),
        text(recipient),
        text(point_title.map(|point| &point.title)),
        text(point_id),
        text(point.and_then(|point| point.group.as_ref())),
        text(facts.and_then(|facts| facts.kle)),
        text(facts.and_then(|facts| facts.kle).and_then(|number| names.kle.nearest_title(number))),
        text(facts.and_then(|facts| facts.form)),
        text(post_type),
        SheetCell::Whole(entry.bytes),
        entry.answer.0.map_or(SheetCell::Empty, |status| SheetCell::Whole(status.into())),
        text(entry.answer.1.as_ref()),
        entry.timing.header.map_or(SheetCell::Empty, Milliseconds),
        entry.timing.whole.map_or(SheetCell::Empty, Milliseconds),
        entry.timing.answer.map_or(SheetCell::Empty, Milliseconds),
        Milliseconds(entry.timing.total),
        entry.repeats.map_or(SheetCell::Empty, whole),
        entry.follows.map_or(SheetCell::Empty, whole),
        text(entry.refused.as_ref().and_then(|refused| refused.caller.as_ref())),
        text(entry.transmission_id),
    ]
}

fn text(text: Option<impl ToString>) -> SheetCell {
    text.map_or(SheetCell::Empty, |text| SheetCell::Text(text.to_string()))
}
