//! Beside the picture: the part that is chosen, with its rules, and what no rule takes.

use iced::widget::{Column, column, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{CoverageScreen, Message};
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, heading, horizontal_line, icon_button, labelled_button, note, one_line};
use crate::rules::{Part, PlanTree, Priority};

/// At most this many parts are listed; the others are counted.
const MOST_LISTED: usize = 40;
/// At most this many rules have a button.
const MOST_RULES: usize = 6;

pub(super) fn view<'a>(screen: &'a CoverageScreen, tree: &'a PlanTree, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.coverage;
    let chosen = screen
        .chosen_part(tree)
        .map_or_else(|| explained(t.chosen_hint, scene.t.language).into(), |part| chosen(screen, tree, part, scene));
    column![chosen, horizontal_line(), uncovered(tree, scene)].spacing(14).width(Fill).into()
}

fn chosen<'a>(
    screen: &'a CoverageScreen,
    tree: &'a PlanTree,
    part: &'a Part,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.coverage;
    let close = icon_button(Icon::X, scene.t.close).on_press(Message::Close);
    let top = row![heading(&part.numbers), space().width(Fill), close].align_y(Center);
    let title = text(t.name_of(tree, part)).font(theme::SEMIBOLD);
    let mail = note(t.messages.of(part.mail));
    let takers = t.takers(&part.taking, scene.names()).into_iter().map(|words| text(words).into());
    let others = (!part.others.is_empty()).then(|| note((t.others)(&t.takers(&part.others, scene.names()).join("; "))));
    let new =
        labelled_button(Icon::Plus, (t.new_rule)(&part.numbers)).on_press(Message::NewRule(part.criterion.clone()));
    let new = new.style(if part.is_uncovered() { theme::primary } else { theme::secondary });
    let rules = rules_of(part).into_iter().map(|rule| {
        let open = labelled_button(Icon::ArrowRight, (t.open_rule)(rule));
        open.style(theme::secondary).on_press(Message::OpenRule(rule)).into()
    });
    let is_within = screen.within.as_ref() == Some(&part.criterion);
    let look_into = (!part.below.is_empty() && !is_within).then(|| {
        let look_into = labelled_button(Icon::ZoomIn, t.look_into).style(theme::secondary);
        look_into.on_press(Message::LookInto(Some(part.criterion.clone())))
    });
    let words = column![title, mail, Column::with_children(takers).spacing(6), others].spacing(8);
    let buttons = column![new, Column::with_children(rules).spacing(6), look_into].spacing(6);
    column![top, words, buttons].spacing(12).into()
}

/// The rules that take a part, each once.
fn rules_of(part: &Part) -> Vec<Priority> {
    let mut rules: Vec<_> = part.taking.iter().filter_map(|taking| taking.taker.rule).collect();
    rules.dedup();
    rules.truncate(MOST_RULES);
    rules
}

/// The parts that no rule takes, those with the most mail first.
fn uncovered<'a>(tree: &'a PlanTree, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.coverage;
    let parts = tree.uncovered();
    let title = text(t.uncovered_heading).font(theme::SEMIBOLD);
    if parts.is_empty() {
        return column![title, explained(t.all_covered, scene.t.language)].spacing(6).into();
    }
    let lines = parts.iter().take(MOST_LISTED).map(|at| {
        let part = &tree.parts[*at];
        let name = text(t.name(tree, part)).width(Fill);
        let mail = (part.mail > 0).then(|| one_line((scene.t.number)(part.mail)).tone(theme::muted));
        let line = row![name, mail].spacing(8).align_y(Center);
        let line = focus_button(line).padding([4, 0]).style(theme::cell_link);
        line.on_press(Message::Find(part.criterion.clone())).into()
    });
    let more = parts.len().saturating_sub(MOST_LISTED);
    let more = (more > 0).then(|| note(t.more_uncovered.of(more)));
    column![title, Column::with_children(lines), more].spacing(4).into()
}
