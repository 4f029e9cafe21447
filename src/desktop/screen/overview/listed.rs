//! The filters for the messages behind each figure. They list exactly the messages that the figure counts.

use std::time::Duration;

use jiff::Timestamp;

use crate::desktop::screen::messages::Filter;
use crate::rules::{Cvr, FagsystemId};
use crate::store::{MessageConcern, OutcomeGroup, Overview, Slot};

/// All messages of the period.
pub(super) fn all(overview: &Overview) -> Vec<Filter> {
    let begin = overview.slots.first().map_or(Timestamp::MIN, |slot| slot.begin);
    vec![Filter::Between(begin, overview.ends()), Filter::Counted]
}

pub(super) fn slot(slot: &Slot) -> Vec<Filter> {
    vec![Filter::Between(slot.begin, slot.end), Filter::Counted]
}

/// Those with an outcome in one of these groups.
pub(super) fn groups(overview: &Overview, groups: &[OutcomeGroup]) -> Vec<Filter> {
    of_groups(all(overview), groups)
}

pub(super) fn by_default(overview: &Overview) -> Vec<Filter> {
    with(all(overview), [Filter::Default])
}

/// Those answered within this time.
pub(super) fn within(overview: &Overview, limit: Duration) -> Vec<Filter> {
    with(all(overview), [Filter::Within(limit)])
}

/// Those answered later than this.
pub(super) fn later_than(overview: &Overview, limit: Duration) -> Vec<Filter> {
    with(all(overview), [Filter::LongerThan(limit)])
}

/// Those that took as long as the slowest.
pub(super) fn slowest(overview: &Overview) -> Vec<Filter> {
    with(all(overview), [Filter::AtLeast(overview.total.answers.slowest)])
}

/// Those sent to a fagsystem.
pub(super) fn fagsystem(overview: &Overview, authority: Cvr, id: &FagsystemId) -> Vec<Filter> {
    with(all(overview), [Filter::Fagsystem(authority, id.clone())])
}

/// Those that a fagsystem did not accept.
pub(super) fn failed(overview: &Overview, authority: Cvr, id: &FagsystemId) -> Vec<Filter> {
    of_groups(fagsystem(overview, authority, id), &FAILED)
}

/// Those that are being delivered, to one fagsystem or to all, in whatever period they were received.
pub(super) fn under_way(to: Option<(Cvr, &FagsystemId)>) -> Vec<Filter> {
    let to = to.map(|(authority, id)| Filter::Fagsystem(authority, id.clone()));
    with(vec![Filter::Outcome(crate::store::Outcome::UnderWay)], to)
}

/// Those that a fagsystem has not accepted since this time, when it accepted its last.
pub(super) fn failing(authority: Cvr, id: &FagsystemId, since: Option<Timestamp>) -> Vec<Filter> {
    with(of_groups(vec![Filter::Fagsystem(authority, id.clone())], &FAILED), since.map(Filter::Since))
}

/// Those of which it is unknown whether the fagsystem received them.
pub(super) fn unsettled(overview: &Overview, authority: Cvr, id: &FagsystemId) -> Vec<Filter> {
    let to = Filter::Fagsystem(authority, id.clone());
    vec![to, Filter::Concern(MessageConcern::Unsettled), Filter::Since(overview.open_since)]
}

/// Those received with the messageUUID of another message.
pub(super) fn shared_uuids(overview: &Overview) -> Vec<Filter> {
    vec![Filter::Concern(MessageConcern::SharedUuid), Filter::Since(overview.open_since)]
}

const FAILED: [OutcomeGroup; 2] = [OutcomeGroup::Rejected, OutcomeGroup::Unavailable];

/// Narrows the filters to outcomes in these groups. Only the group of accepted messages has some that figures do not count, so
/// without it that filter is superfluous.
fn of_groups(mut filters: Vec<Filter>, groups: &[OutcomeGroup]) -> Vec<Filter> {
    if !groups.contains(&OutcomeGroup::Accepted) {
        filters.retain(|filter| *filter != Filter::Counted);
    }
    with(filters, groups.iter().copied().map(Filter::Group))
}

fn with(mut filters: Vec<Filter>, more: impl IntoIterator<Item = Filter>) -> Vec<Filter> {
    filters.extend(more);
    filters
}
