//! One figure: its share, whether the promise is kept, and what was lost of how much.

use iced::widget::{column, row};
use iced::{Center, Element};
use lucide_icons::Icon;

use super::{Message, small};
use crate::desktop::model::service_level::LevelFigure;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, icon, one_line};
use crate::service_level::{Strain, Verdict};

/// The height of a figure's two lines.
pub(super) const HEIGHT: f32 = 46.0;

pub(super) fn look(verdict: Verdict, strain: Strain) -> (Icon, Tone) {
    match (verdict, strain) {
        (Verdict::Unknown, _) => (Icon::CircleQuestionMark, theme::muted),
        (Verdict::Broken, _) => (Icon::OctagonAlert, theme::bad),
        (Verdict::Kept, Strain::Low) => (Icon::CircleCheck, theme::good),
        (Verdict::Kept, Strain::Half | Strain::Most | Strain::Over) => (Icon::TriangleAlert, theme::warning),
    }
}

/// Of a month that is over only whether the promise was kept is told, and of the one that is running how near it is to being
/// broken.
pub(super) fn view<'a>(figure: &LevelFigure, is_over: bool, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let strain = if is_over { Strain::Low } else { figure.strain };
    let (symbol, tone) = look(figure.verdict, strain);
    let word = t.word(figure, is_over);
    let share = figure.millionths.map(|_| one_line(t.share(figure.millionths)).bold());
    let first = row![icon(symbol).size(14).style(tone), share, one_line(word).tone(tone)];
    column![first.spacing(6).align_y(Center), small(t.loss(figure))].spacing(2).into()
}
