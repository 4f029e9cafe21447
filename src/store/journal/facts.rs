use std::collections::HashSet;

use super::post_type::post_type_from_word;
use crate::rules::{AddressedContactPoint, Caseless, Cvr, Facts, Sender, SenderKind};
use crate::store::engine::{self, Row};

/// Takes it that a sender whom a publication lists is an authority by its number, and has no contact point of its own: only one
/// of the two is known, and by other rules the number may count for nothing.
pub(super) fn by_number(facts: &mut Facts, listed: &HashSet<Cvr>) {
    if let Sender::Organisation(Some(cvr)) = facts.sender
        && listed.contains(&cvr)
    {
        facts.sender_has_contact_point = false;
    }
}

/// The columns of a message's facts, as [`read_facts`] reads them.
pub(super) const FACTS: &str = "sender_kind, sender_cvr, recipient_cvr, contact_point, contact_point_id, contact_group, \
                                kle, form, post_type";

/// The facts of a message, from the [columns](FACTS) that begin at that index; `None` if its header could not be read.
///
/// Whether the sender has a contact point of its own is not stored: it is derived from the kind of sender that the router
/// saw.
pub(super) fn read_facts(row: &Row<'_>, first: usize) -> engine::Result<Option<(Facts, SenderKind)>> {
    let text = |column: usize| row.get_ref(first + column)?.as_str_or_null().map_err(engine::Error::from);
    let Some(kind) = text(0)?.and_then(SenderKind::from_word) else { return Ok(None) };
    let point = AddressedContactPoint { id: text(4)?.map(Caseless::new), group: text(5)?.map(Caseless::new) };
    let facts = Facts {
        sender: match kind {
            SenderKind::Person => Sender::Person,
            SenderKind::Other => Sender::Other,
            SenderKind::Company | SenderKind::Authority => {
                Sender::Organisation(text(1)?.and_then(|cvr| cvr.parse().ok()))
            }
        },
        sender_has_contact_point: kind == SenderKind::Authority,
        recipient: text(2)?.and_then(|cvr| cvr.parse().ok()),
        contact_point: row.get::<Option<bool>>(first + 3)?.unwrap_or_default().then_some(point),
        kle: text(6)?.and_then(|kle| kle.parse().ok()),
        form: text(7)?.and_then(|form| form.parse().ok()),
        post_type: text(8)?.and_then(post_type_from_word),
    };
    Ok(Some((facts, kind)))
}
