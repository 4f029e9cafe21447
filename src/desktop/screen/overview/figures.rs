//! The cards with the key figures of the period.

use std::time::Duration;

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, FillPortion, Length, alignment};

use super::{
    CARD_PADDING, FIGURE_HEIGHT, GAP, LOOKS, Message, caption, figure, is_narrow, is_roomy, listed, part, small,
};
use crate::desktop::screen::messages::Filter;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, one_line, swatch};
use crate::store::{OutcomeGroup, Overview};

/// The platform's service levels for answers: simple, medium and complex messages.
const SERVICE_LEVELS: [Duration; 3] = [Duration::from_secs(1), Duration::from_millis(1500), Duration::from_secs(4)];

/// The text size of three figures beside each other.
const FIGURE: f32 = 19.0;
const LINE_HEIGHT: f32 = 1.3;

/// The key figures of the period.
pub(super) fn view<'a>(overview: &'a Overview, scene: Scene<'a>) -> Element<'a, Message> {
    let (t, number, total) = (&scene.t.overview, scene.t.number, &overview.total);
    let messages = total.messages();
    let accepted = total.of(OutcomeGroup::Accepted);
    let refused = total.of(OutcomeGroup::Refused);
    let (rejected, unavailable) = (total.of(OutcomeGroup::Rejected), total.of(OutcomeGroup::Unavailable));
    let list =
        |count: u64, filters: fn(&Overview) -> Vec<Filter>| (count > 0).then(|| Message::List(filters(overview)));
    let under_way = overview.under_way();
    let on_its_way = (under_way > 0).then(|| Message::List(listed::under_way(None)));
    let about = part(small(t.under_way.of(under_way)), on_its_way);
    let received = figure(t.received, number(messages), about, list(messages, listed::all));
    let about = caption(t.share_of_all(accepted, messages));
    let of_accepted = |overview: &Overview| listed::groups(overview, &[OutcomeGroup::Accepted]);
    let accepted = figure(t.accepted, number(accepted), about, list(accepted, of_accepted));
    let kinds = [OutcomeGroup::Rejected, OutcomeGroup::Unavailable, OutcomeGroup::Refused];
    let parts = LOOKS.into_iter().skip(1).zip(kinds).map(|(look, group)| {
        let count = total.of(group);
        let words = caption(format!("{} {}", number(count), (t.group)(group)));
        let words = row![swatch(look), words].spacing(4).align_y(Center);
        part(words, (count > 0).then(|| Message::List(listed::groups(overview, &[group]))))
    });
    let of_others = |overview: &Overview| {
        listed::groups(overview, &[OutcomeGroup::Rejected, OutcomeGroup::Unavailable, OutcomeGroup::Refused])
    };
    let others = rejected + unavailable + refused;
    let parts = column(parts).into();
    let not_accepted = figure(t.not_accepted, number(others), parts, list(others, of_others));
    let routed = total.answers.count;
    let share = t.share(total.by_default, routed);
    let about = caption(t.by_default_of(total.by_default, routed));
    let by_default = figure(t.by_default, share, about, list(total.by_default, listed::by_default));
    if is_narrow(scene) {
        let counts = column![row![received, accepted].spacing(GAP), row![not_accepted, by_default].spacing(GAP)];
        return column![counts.spacing(GAP), answers(overview, scene)].spacing(GAP).into();
    }
    // The breakdown of those not accepted needs more room than a number.
    let not_accepted = column![not_accepted].width(FillPortion(4));
    let [received, accepted, by_default] =
        [received, accepted, by_default].map(|figure| column![figure].width(FillPortion(3)));
    let counts = row![received, accepted, not_accepted, by_default].spacing(GAP);
    if is_roomy(scene) {
        let answers = column![answers(overview, scene)].width(FillPortion(5));
        row![counts.width(FillPortion(14)), answers].spacing(GAP).into()
    } else {
        column![counts, answers(overview, scene)].spacing(GAP).into()
    }
}

/// The shares of messages that were answered within the platform's service levels.
fn answers<'a>(overview: &'a Overview, scene: Scene<'a>) -> Element<'a, Message> {
    let (t, answers) = (&scene.t.overview, &overview.total.answers);
    let shares = SERVICE_LEVELS.map(|promise| {
        let within = answers.within(promise).unwrap_or_default();
        // Only the last level holds for every message; which of the others applies depends on its kind, which is not known.
        let is_kept = promise < SERVICE_LEVELS[2] || within * 100 >= answers.count * 99;
        let tone: Tone = if is_kept { theme::plain } else { theme::bad };
        let value = one_line(t.share(within, answers.count)).bold().size(FIGURE).tone(tone);
        let value = container(value).height(theme::TITLE * LINE_HEIGHT).align_y(alignment::Vertical::Bottom);
        let share = column![value, small(t.answered_within(promise))].spacing(4);
        let list = (within > 0).then(|| Message::List(listed::within(overview, promise)));
        container(part(share, list)).width(Fill).into()
    });
    let slowest = (answers.count > 0)
        .then(|| part(small(t.slowest(answers.slowest)), Some(Message::List(listed::slowest(overview)))));
    let head = row![container(small(t.answers)).width(Fill), slowest].spacing(8);
    let content = column![head, row(shares).spacing(10)].spacing(4);
    let height = if is_roomy(scene) { Length::Fixed(FIGURE_HEIGHT) } else { Length::Shrink };
    container(content).padding(CARD_PADDING).width(Fill).height(height).style(theme::card).into()
}
