//! The state of the router, in a word and an icon.

use iced::widget::{row, text};
use iced::{Center, Element};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, icon};

/// See the module.
pub(in crate::desktop) fn router_status<'a, Message: 'a>(
    t: &'static Texts,
    state: &RouterState,
) -> Element<'a, Message> {
    let among = &t.routers;
    let t = &t.router;
    let (symbol, words, tone): (_, _, Tone) = match state {
        RouterState::OnServer(others) => {
            return shown(Icon::Radio, among.others_run.of(*others), theme::good);
        }
        RouterState::Stopped => (Icon::CircleStop, t.is_stopped, theme::muted),
        RouterState::Starting => (Icon::Hourglass, t.is_starting, theme::muted),
        RouterState::Running(_) => (Icon::Radio, t.is_running, theme::good),
        RouterState::Refusing(..) => (Icon::TriangleAlert, t.is_refusing, theme::bad),
        RouterState::Stopping => (Icon::Hourglass, t.is_stopping, theme::muted),
        RouterState::Elsewhere(_) => (Icon::Radio, t.is_elsewhere, theme::accent),
        RouterState::Failed(_) => (Icon::TriangleAlert, t.has_failed, theme::bad),
        RouterState::Unknown => (Icon::CircleQuestionMark, t.is_unknown, theme::warning),
    };
    shown(symbol, words, tone)
}

fn shown<'a, Message: 'a>(symbol: Icon, words: impl text::IntoFragment<'a>, tone: Tone) -> Element<'a, Message> {
    row![icon(symbol).style(tone), text(words).font(theme::SEMIBOLD).style(tone)].spacing(8).align_y(Center).into()
}
