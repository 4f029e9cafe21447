//! How mail goes since a publication, with what stands out first and the way back.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use crate::desktop::model::after_publishing::{Verdict, measures};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, heading, icon, labelled_button, note};
use crate::rules::RuleBook;
use crate::store::{AfterPublishing, PublicationNumber};

/// See the module. `take_back` makes the message that puts the rules of that publication into the draft.
pub(in crate::desktop::screen) fn view<'a, Message: Clone + 'a>(
    after: &AfterPublishing,
    book: &RuleBook,
    scene: Scene<'a>,
    take_back: impl Fn(PublicationNumber) -> Message,
) -> Element<'a, Message> {
    let t = &scene.t.after_publishing;
    let lines = measures(after, book).into_iter().map(|measure| {
        let verdict = measure.verdict();
        let (symbol, tone): (_, Tone) = match verdict {
            Verdict::StandsOut => (Icon::TriangleAlert, theme::warning),
            Verdict::Better => (Icon::TrendingDown, theme::good),
            Verdict::AsBefore => (Icon::Check, theme::good),
            Verdict::TooFew => (Icon::CircleQuestionMark, theme::muted),
        };
        let verdict = text((t.verdict)(verdict)).size(theme::SMALL).style(tone);
        let words = text(t.measure(&measure)).width(Fill);
        row![icon(symbol).size(14).style(tone), words, verdict].spacing(8).align_y(Center).into()
    });
    let back = labelled_button(Icon::RotateCcw, t.take_back).style(theme::secondary);
    let back = container(back.on_press(take_back(after.previous)));
    let head = column![heading((t.since)(after.publication.number.get())), note(t.about(after))].spacing(2);
    column![head, Column::with_children(lines).spacing(4), back].spacing(12).width(Fill).into()
}
