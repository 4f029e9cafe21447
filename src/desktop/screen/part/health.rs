//! The health of a fagsystem, in a word and an icon.

use iced::Element;
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::model::health::Health;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, status};

/// See the module.
pub(in crate::desktop::screen) fn health_status<'a, Message: 'a>(
    t: &'static Texts,
    health: Health,
) -> Element<'a, Message> {
    let (symbol, tone): (_, Tone) = match health {
        Health::Paused => (Icon::CirclePause, theme::warning),
        Health::Failing => (Icon::CircleX, theme::bad),
        Health::Rejecting => (Icon::CircleX, theme::warning),
        Health::Running => (Icon::CircleCheck, theme::good),
        Health::NotSeen => (Icon::CircleQuestionMark, theme::muted),
    };
    status(symbol, (t.overview.health)(health), tone)
}
