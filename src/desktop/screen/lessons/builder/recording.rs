//! Before a lesson is recorded, and while it is.

use iced::widget::{Column, Row, column, container, row, scrollable, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use super::{Builder, BuilderMessage};
use crate::desktop::screen::part::difference::difference_symbol;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::LessonDraft;
use crate::desktop::theme;
use crate::desktop::widget::{group, heading, icon, labelled_button, note, status, warning_line};
use crate::rules::{Difference, RuleBook};

pub(super) const BUILDER: &str = "lesson-builder";
/// Text is no wider than this, so that it can be read.
pub(super) const WIDEST: f32 = 760.0;
/// At most so many differences are listed; the rest are counted.
const MOST_LISTED: usize = 12;

impl Builder {
    pub(super) fn idle_view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, BuilderMessage> {
        let t = &scene.t.lessons.builder;
        let steps = (1..).zip(t.steps).map(|(number, words): (usize, _)| {
            row![text(format!("{number}.")).width(20), text(words).width(Fill)].spacing(4).into()
        });
        let changes = scene.bench.insight().differences.len();
        let draft = (changes > 0).then(|| note((t.draft_is_solution)(&scene.t.lessons.changes.of(changes))));
        let published = scene.bench.published().book.authorities.first();
        let rules = published.map_or(0, |authority| authority.rules.iter().filter(|rule| rule.active).count());
        let record = labelled_button(Icon::CircleDot, t.record).style(theme::primary);
        let record = record.on_press_maybe((!self.is_busy).then_some(BuilderMessage::Record));
        let unlike = (!self.unlike.differences.is_empty()).then(|| {
            let [sample, published] = &self.unlike.books;
            column![
                warning_line(t.unlike.to_owned()),
                differences(&self.unlike.differences, [sample, published], scene)
            ]
            .spacing(8)
        });
        let parts = column![
            heading(t.title).size(theme::TITLE),
            text(t.about),
            Column::with_children(steps).spacing(8),
            text((t.start_now)(&scene.t.lessons.rules.of(rules))),
            draft,
            row![record],
            unlike,
        ];
        framed(parts.spacing(16))
    }

    pub(super) fn recording_view<'a>(
        &'a self,
        draft: &'a LessonDraft,
        scene: Scene<'a>,
    ) -> Element<'a, BuilderMessage> {
        let t = &scene.t.lessons.builder;
        let finish = labelled_button(Icon::Check, t.finish).style(theme::primary);
        let finish = finish.on_press_maybe((!self.is_busy).then_some(BuilderMessage::Finish));
        let give_up = labelled_button(Icon::Trash2, t.give_up).style(theme::secondary);
        let give_up = give_up.on_press(BuilderMessage::AskToForget(true));
        let buttons = Row::with_children([finish.into(), give_up.into()]).spacing(8).wrap().vertical_spacing(8);
        let asked = self.asks.then(|| ask([t.really_give_up, t.yes_give_up, t.keep]));
        let letters = row![icon(Icon::Mail).size(15), text(t.letters.of(draft.letters)).width(Fill)].spacing(8);
        let since = column![self.changes(scene), letters].spacing(8);
        let left_out = self.recorded.as_ref().map(|(_, recorded)| &recorded.left_out).filter(|it| !it.is_empty());
        let left_out = left_out.map(|left_out| {
            let books = [self.start(), scene.bench.book()];
            column![warning_line(t.left_out.to_owned()), differences(left_out, books, scene)].spacing(8)
        });
        let parts = column![
            heading(t.title).size(theme::TITLE),
            status(Icon::CircleDot, t.recording, theme::bad),
            buttons,
            asked,
            group(t.since, since),
            left_out,
            note(t.survives),
        ];
        framed(parts.spacing(16))
    }

    /// The rules of the start.
    fn start(&self) -> &RuleBook {
        const EMPTY: &RuleBook = &RuleBook { known_authorities: Vec::new(), authorities: Vec::new() };
        self.books.as_ref().map_or(EMPTY, |[start, _]| start)
    }

    /// What has become of the rules since recording began.
    fn changes<'a>(&'a self, scene: Scene<'a>) -> Element<'a, BuilderMessage> {
        let found = self.start().compare(scene.bench.book());
        let left_out = self.recorded.as_ref().map_or(&[][..], |(_, recorded)| &recorded.left_out);
        let found: Vec<_> = found.into_iter().filter(|difference| !left_out.contains(difference)).collect();
        if found.is_empty() {
            return text(scene.t.lessons.builder.nothing_yet).into();
        }
        differences(&found, [self.start(), scene.bench.book()], scene)
    }
}

/// Differences in sentences, a line each.
pub(super) fn differences<'a>(
    found: &[Difference],
    books: [&RuleBook; 2],
    scene: Scene<'a>,
) -> Element<'a, BuilderMessage> {
    let lines = found.iter().take(MOST_LISTED).map(|difference| {
        let words = scene.t.changes.sentence(scene.kle, books, difference);
        row![difference_symbol(difference), text(words).width(Fill)].spacing(8).into()
    });
    let more = found.len().saturating_sub(MOST_LISTED);
    let more = (more > 0).then(|| note(format!("+ {more}")));
    Column::with_children(lines).push(more).spacing(6).into()
}

/// Asks whether something is meant: the question, yes, and no.
pub(super) fn ask<'a>([question, yes, no]: [&'static str; 3]) -> Element<'a, BuilderMessage> {
    let yes = labelled_button(Icon::Trash2, yes).style(theme::danger).on_press(BuilderMessage::Forget);
    let no = labelled_button(Icon::Undo2, no).style(theme::secondary).on_press(BuilderMessage::AskToForget(false));
    let buttons = Row::with_children([yes.into(), no.into()]).spacing(8).wrap().vertical_spacing(8);
    container(column![text(question), buttons].spacing(10)).padding(12).width(Fill).style(theme::card).into()
}

/// The builder, which scrolls.
pub(super) fn framed(parts: Column<'_, BuilderMessage>) -> Element<'_, BuilderMessage> {
    let parts = container(parts).padding(24).max_width(WIDEST);
    scrollable(parts).id(BUILDER).width(Fill).height(Fill).style(theme::scrollbar).into()
}
