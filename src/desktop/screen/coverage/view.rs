//! How the screen is put together around the picture.

use iced::widget::{Column, Row, column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::{CoverageScreen, Message, key_message, panel};
use crate::desktop::model::coverage::ShownPlan;
use crate::desktop::model::page::Page;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::picture_out::picture_button;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    focus_button, icon, icon_button, labelled_button, note, one_line, picture_view, vertical_line, warning_line,
};
use crate::picture::Size;
use crate::rules::{CriterionKind, PlanTree};

const PAGE: &str = "coverage";
const PICTURE: &str = "coverage-picture";
const PANEL: &str = "coverage-panel";
const PADDING: f32 = 20.0;
const PANEL_WIDTH: f32 = 290.0;
/// From this width of the screen on, the panel stands beside the picture.
const ROOMY: f32 = 820.0;
/// The height of the bar above every screen.
const TOP_BAR: f32 = 46.0;
/// The height of the head, of the crumbs, of a notice above the picture, and of the words below it.
const HEAD: f32 = 80.0;
const CRUMBS: f32 = 40.0;
const NOTICE: f32 = 36.0;
const WORDS: f32 = 46.0;
const LEAST: Size = Size::new(420.0, 300.0);
const SCROLLBAR: f32 = 14.0;

/// How large the picture is drawn.
pub(super) fn picture_size(screen: &CoverageScreen, tree: &PlanTree, scene: Scene<'_>) -> Size {
    let panel = if is_roomy(scene) { PANEL_WIDTH + 2.0 } else { SCROLLBAR };
    let width = (scene.size.width - 2.0 * PADDING - panel).max(LEAST.width);
    #[expect(clippy::cast_precision_loss, reason = "there are few")]
    let notices = notices(screen, tree, scene).len() as f32 * NOTICE;
    let height = (scene.size.height - TOP_BAR - HEAD - CRUMBS - notices - WORDS).max(LEAST.height);
    Size::new(width.floor(), height.floor())
}

fn is_roomy(scene: Scene<'_>) -> bool {
    scene.size.width >= ROOMY
}

pub(super) fn view<'a>(screen: &'a CoverageScreen, scene: Scene<'a>) -> Element<'a, Message> {
    let head = container(head(screen, scene)).padding([14, 20]).height(HEAD);
    let (Some(tree), Some(drawn)) = (screen.tree(scene), &screen.drawn) else {
        return column![head, container(note(scene.t.coverage.working_out)).padding([0, 20])].into();
    };
    let spots = drawn.drawing.spots.clone();
    let picture = picture_view(drawn.drawing.picture.clone(), spots)
        .id(PICTURE)
        .on_point(Message::Point)
        .on_press(|spot| Some(Message::Press(spot)))
        .on_key(|_, key, modifiers| key_message(key, modifiers));
    let words = container(note(words(screen, tree, scene))).height(WORDS).padding(Padding::ZERO.top(8)).clip(true);
    let notices = Column::with_children(notices(screen, tree, scene));
    let main = column![notices, crumbs(screen, tree, scene), picture, words].padding([0, 20]);
    let panel = panel::view(screen, tree, scene);
    let body: Element<'a, Message> = if is_roomy(scene) {
        let panel = container(panel).padding(Padding::new(16.0).right(20)).width(Fill);
        let panel = scrollable(panel).id(PANEL).height(Fill).width(PANEL_WIDTH).style(theme::scrollbar);
        let main = scrollable(main).id(PAGE).width(Fill).height(Fill).style(theme::scrollbar);
        row![main, vertical_line(), container(panel).style(theme::panel)].height(Fill).into()
    } else {
        let below = container(panel).padding([12, 20]);
        scrollable(column![main, below]).id(PAGE).width(Fill).height(Fill).style(theme::scrollbar).into()
    };
    column![head, body].into()
}

fn head<'a>(screen: &'a CoverageScreen, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.coverage;
    let title = one_line(t.title).bold().size(theme::TITLE);
    let about = (scene.size.width >= ROOMY)
        .then(|| one_line((t.about)((t.plan)(screen.plan))).size(theme::SMALL).tone(theme::muted));
    let chip = |words: &'static str, is_on: bool, message: Message| {
        let words = text(words).size(theme::SMALL);
        focus_button(words).padding([5, 12]).style(theme::chip(is_on)).on_press(message).into()
    };
    let mut chips: Vec<Element<'a, Message>> =
        ShownPlan::ALL.map(|plan| chip((t.plan)(plan), plan == screen.plan, Message::Show(plan))).into();
    let has_mail = screen.tree(scene).is_some_and(|tree| tree.mail.numbered > 0);
    if has_mail {
        chips.push(space().width(8).into());
        chips.push(chip(t.sized_by_mail, screen.is_by_mail, Message::SizeByMail(true)));
        chips.push(chip(t.sized_evenly, !screen.is_by_mail, Message::SizeByMail(false)));
    }
    chips.push(picture_button(scene, Message::PictureOut));
    let titles = container(column![title, about].spacing(2)).width(Fill).clip(true);
    row![titles, Row::with_children(chips).spacing(6).align_y(Center)].spacing(12).align_y(Center).into()
}

/// What people must know before they read the picture.
fn notices<'a>(screen: &'a CoverageScreen, tree: &PlanTree, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
    let t = &scene.t.coverage;
    let mut notices = Vec::new();
    if scene.bench.insight().distributor.is_none() {
        notices.push(warning_line(t.contradiction.to_owned()));
    }
    let kind = match screen.plan {
        ShownPlan::Kle => CriterionKind::Kle,
        ShownPlan::Form => CriterionKind::Form,
    };
    let name = (t.plan)(screen.plan);
    if !scene.authority.rules.iter().any(|rule| CriterionKind::of(&rule.criterion) == kind) {
        notices.push(text((t.no_rules)(name)).size(theme::SMALL).into());
    }
    if tree.mail.numbered == 0 && scene.journal.since.is_some() {
        notices.push(explained((t.no_mail)(name), scene.t.language).into());
    }
    if screen.plan == ShownPlan::Kle && scene.kle.has_main_groups_alone() {
        let fetch = labelled_button(Icon::Download, scene.t.kle.fetch).padding([4, 10]).style(theme::secondary);
        let words = container(explained(t.main_groups_alone, scene.t.language)).width(Fill);
        let fetch = fetch.on_press(Message::ShowPage(Page::Files));
        notices.push(row![words, fetch].spacing(12).align_y(Center).into());
    }
    if screen.plan == ShownPlan::Form {
        notices.push(explained(t.form_areas_alone, scene.t.language).into());
    }
    notices.into_iter().map(|notice| container(notice).height(NOTICE).align_y(Center).into()).collect()
}

/// Where one is, with the way back.
fn crumbs<'a>(screen: &'a CoverageScreen, tree: &'a PlanTree, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.coverage;
    let crumb = |words: String, message: Option<Message>| -> Element<'a, Message> {
        let words = one_line(words).size(theme::SMALL);
        focus_button(words).padding([4, 8]).style(theme::quiet).on_press_maybe(message).into()
    };
    let within = screen.within.as_ref().and_then(|within| tree.find(within));
    let whole = crumb((t.plan)(screen.plan).to_owned(), within.map(|_| Message::LookInto(None)));
    let up = within.map(|_| icon_button(Icon::ArrowUp, t.up).on_press(Message::Up));
    let mut crumbs: Vec<Element<'a, Message>> = up.into_iter().collect();
    crumbs.push(whole);
    let mut path: Vec<usize> = within.map(|at| tree.upwards(at).collect()).unwrap_or_default();
    path.reverse();
    for at in path {
        let part = &tree.parts[at];
        crumbs.push(icon(Icon::ChevronRight).size(14).style(theme::muted).into());
        let is_here = Some(at) == within;
        crumbs.push(crumb(t.name(tree, part), (!is_here).then(|| Message::LookInto(Some(part.criterion.clone())))));
    }
    container(Row::with_children(crumbs).spacing(2).align_y(Center)).height(CRUMBS).align_y(Center).clip(true).into()
}

/// What is pointed at, or else how the picture is to be read.
fn words(screen: &CoverageScreen, tree: &PlanTree, scene: Scene<'_>) -> String {
    let t = &scene.t.coverage;
    if let Some((tree, part)) = screen.pointed.and_then(|spot| screen.part_at(spot)) {
        let told = t.told(tree, &tree.parts[part], scene.names());
        let (name, rest) = told.split_first().map(|(name, rest)| (name.clone(), rest.join(". "))).unwrap_or_default();
        return format!("{name}: {rest}");
    }
    let mail = &tree.mail;
    let mut words = Vec::new();
    words.extend((mail.unplanned > 0).then(|| t.outside_the_plan.of(mail.unplanned)));
    words.extend((mail.numbered > 0 && mail.without_number > 0).then(|| t.without_number.of(mail.without_number)));
    words.extend((mail.numbered > 0 && screen.is_by_mail).then(|| t.small_parts.to_owned()));
    words.join(" · ")
}
