//! The differences between two books, grouped by authority and kind.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};

use super::super::changes::{authority_name, grouped};
use crate::desktop::language::Texts;
use crate::desktop::screen::part::difference::difference_symbol;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{heading, note};
use crate::rules::{Difference, RuleBook, Subject};

/// At most this many differences of a kind are shown; the rest are counted.
const MOST_OF_A_KIND: usize = 150;

/// The kind of thing that differs, in the order of the list: rules before what they refer to, since they decide where mail
/// goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Authority,
    Rule,
    Guard,
    Fagsystem,
    ContactPoint,
    Known,
}

impl Kind {
    fn of(difference: &Difference) -> Self {
        match &difference.subject {
            Subject::Authority(_) | Subject::Name(_) | Subject::MoreCvrs(_) | Subject::DefaultFagsystem(_) => {
                Self::Authority
            }
            Subject::Rule(_) => Self::Rule,
            Subject::Guard(_) => Self::Guard,
            Subject::Fagsystem(_) => Self::Fagsystem,
            Subject::ContactPoint(_) => Self::ContactPoint,
            Subject::KnownAuthority(_) => Self::Known,
        }
    }

    fn title(self, t: &'static Texts) -> &'static str {
        match self {
            Self::Authority => t.authority,
            Self::Rule => t.rules.title,
            Self::Guard => t.guards.title,
            Self::Fagsystem => t.fagsystems.title,
            Self::ContactPoint => t.contact_points.title,
            Self::Known => t.authorities.known,
        }
    }
}

/// The differences that lead from one book to the other.
pub(super) fn differences_view<'a, Message: 'a>(
    differences: &'a [Difference],
    before: &'a RuleBook,
    after: &'a RuleBook,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let groups = grouped(differences).into_iter().map(|(cvr, differences)| {
        // A whole authority is listed with everything that is added or removed with it.
        let parts: Vec<Difference> = differences.iter().flat_map(|difference| difference.parts()).collect();
        let mut differences: Vec<&Difference> = differences.into_iter().chain(&parts).collect();
        differences.sort_by_key(|difference| Kind::of(difference));
        let kinds = differences.chunk_by(|one, other| Kind::of(one) == Kind::of(other));
        let kinds = kinds.map(|alike| kind_view(alike, before, after, scene));
        column![heading(authority_name(cvr, [after, before], scene.t)), Column::with_children(kinds).spacing(14)]
            .spacing(10)
            .into()
    });
    Column::with_children(groups).spacing(20).into()
}

fn kind_view<'a, Message: 'a>(
    alike: &[&Difference],
    before: &RuleBook,
    after: &RuleBook,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let title = alike.first().map(|first| note(format!("{} · {}", Kind::of(first).title(scene.t), alike.len())));
    let lines = alike.iter().take(MOST_OF_A_KIND).map(|difference| {
        let words = scene.t.changes.sentence(scene.kle, [before, after], difference);
        change_line(difference_symbol(difference), words)
    });
    let more = alike.len().saturating_sub(MOST_OF_A_KIND);
    let more = (more > 0).then(|| note((scene.t.files.comparison.more)(more)));
    column![title, Column::with_children(lines).spacing(6), more].spacing(6).into()
}

/// The line of one change.
pub(super) fn change_line<'a, Message: 'a>(symbol: iced::widget::Text<'a>, words: String) -> Element<'a, Message> {
    let line = row![symbol, text(words).width(Fill)].spacing(12).align_y(Center);
    container(line).padding([6, 12]).width(Fill).style(theme::card).into()
}
