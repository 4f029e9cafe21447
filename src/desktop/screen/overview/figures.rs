use std::time::Duration;

use iced::widget::{column, container, row};
use iced::{Center, Element as View, Fill, FillPortion, alignment};

use super::{GAP, LOOKS, Message, card_of, figure, figure_with, is_roomy, small};
use crate::desktop::screen::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, one_line, swatch};
use crate::store::{OutcomeGroup, Overview};

/// The platform's promises: of simple, of medium and of complex messages.
const PROMISES: [Duration; 3] = [Duration::from_secs(1), Duration::from_millis(1500), Duration::from_secs(4)];

/// So large are three figures beside each other.
const FIGURE: f32 = 19.0;
const LINE_HEIGHT: f32 = 1.3;

/// The key figures of the period.
pub(super) fn view<'a>(overview: &'a Overview, scene: Scene<'a>) -> View<'a, Message> {
    let (t, number, total) = (&scene.t.overview, scene.t.number, &overview.total);
    let messages = total.messages();
    let accepted = total.of(OutcomeGroup::Accepted);
    let refused = total.of(OutcomeGroup::Refused);
    let (rejected, unavailable) = (total.of(OutcomeGroup::Rejected), total.of(OutcomeGroup::Unavailable));
    let received = figure(t.received, number(messages), (t.under_way)(overview.under_way()));
    let accepted = figure(t.accepted, number(accepted), (t.share_of_all)(accepted, messages));
    let parts = LOOKS.into_iter().skip(1).zip([rejected, unavailable, refused]).map(|(look, count)| {
        let count = one_line(number(count)).size(theme::SMALL).tone(theme::muted);
        row![swatch(look), count].spacing(4).align_y(Center).into()
    });
    let not_accepted =
        figure_with(t.not_accepted, number(rejected + unavailable + refused), row(parts).spacing(8).into());
    let routed = total.answers.count;
    let share = (t.percent)(total.by_default, routed);
    let by_default = figure(t.by_default, share, (t.by_default_of)(total.by_default, routed));
    if is_roomy(scene) {
        let counts = row![received, accepted, not_accepted, by_default].spacing(GAP).width(FillPortion(13));
        row![counts, column![answers(overview, scene)].width(FillPortion(5))].spacing(GAP).into()
    } else {
        let counts = row![received, accepted, not_accepted, by_default].spacing(GAP);
        column![counts, answers(overview, scene)].spacing(GAP).into()
    }
}

/// How many were answered as soon as the platform promises.
fn answers<'a>(overview: &'a Overview, scene: Scene<'a>) -> View<'a, Message> {
    let (t, answers) = (&scene.t.overview, &overview.total.answers);
    let shares = PROMISES.map(|promise| {
        let within = answers.within(promise).unwrap_or_default();
        // How much longer a message may take is not known, other than that none may take longer than the last.
        let is_kept = promise < PROMISES[2] || within * 100 >= answers.count * 99;
        let tone: Tone = if is_kept { theme::plain } else { theme::bad };
        let value = one_line((t.percent)(within, answers.count)).bold().size(FIGURE).tone(tone);
        let value = container(value).height(theme::TITLE * LINE_HEIGHT).align_y(alignment::Vertical::Bottom);
        column![value, small((t.answered_within)(promise))].spacing(4).width(Fill).into()
    });
    let slowest = (answers.count > 0).then(|| small((t.slowest)(answers.slowest)));
    let head = row![container(small(t.answers)).width(Fill), slowest].spacing(8);
    card_of(vec![head.into(), row(shares).spacing(10).into()])
}
