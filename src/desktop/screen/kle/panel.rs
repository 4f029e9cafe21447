//! The panel beside the list: one number, its rules and its messages.

use iced::widget::{Column, column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::kle_rules::KleRules;
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::rule_state::RuleState;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    editor, focus_button, heading, icon, icon_button, labelled_button, note, one_line, warning_line,
};
use crate::rules::{Interval, Kle, KleNumbers, Priority, Rule};

/// At most this many rules are listed; the others are counted.
const MAX_RULES: usize = 12;

pub(super) fn view<'a>(number: Kle, messages: u64, rules: &'a KleRules, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.kle;
    let close = icon_button(Icon::X, scene.t.close).on_press(Message::Leave);
    let top = row![heading(number.to_string()), space().width(Fill), close].align_y(Center);
    let path = scene.kle.path(number);
    let path = (!path.is_empty()).then(|| note(path));
    let title = text(scene.kle.title(number).unwrap_or_default()).font(theme::SEMIBOLD);
    let messages = row![icon(Icon::Mail).style(theme::muted), text(t.carried.of(messages))].spacing(8);
    let head = column![top, column![path, title].spacing(4)].spacing(6);
    let content = column![head, rule_list(number, rules, scene), messages].spacing(18);
    let new = labelled_button(Icon::Plus, t.new_rule).style(theme::primary).on_press(Message::NewRule(number));
    editor(content, row![new])
}

fn rule_list<'a>(number: Kle, rules: &'a KleRules, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.kle;
    let first = rules.of(number, scene).first.map(|rule| rule.priority);
    let default = fagsystem_name(scene.authority, &scene.authority.default_fagsystem);
    let overlapping: Vec<_> = rules.overlapping(number).collect();
    let nobody = first.is_none().then(|| match overlapping.as_slice() {
        [] => text((t.goes_to_default)(default)).style(theme::muted).into(),
        _ => Element::from(warning_line((t.rest_goes_to_default)(default, scene.other_day().as_deref()))),
    });
    let lines = overlapping.iter().take(MAX_RULES).map(|(interval, rule)| line(*interval, rule, number, first, scene));
    let more = overlapping.len().saturating_sub(MAX_RULES);
    let more = (more > 0).then(|| note(t.more_rules.of(more)));
    let title = text(t.rules).font(theme::SEMIBOLD);
    column![title, nobody, Column::with_children(lines).spacing(6), more].spacing(8).into()
}

/// A rule that matches the number or a part of it: fagsystem, segment, dates and state.
fn line<'a>(
    interval: Interval<KleNumbers>,
    rule: &'a Rule,
    number: Kle,
    first: Option<Priority>,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let (t, state) = (scene.t, scene.state(rule));
    let fagsystem = fagsystem_name(scene.authority, &rule.fagsystem);
    let is_first = first == Some(rule.priority);
    let name = one_line(format!("{} → {fagsystem}", (t.rules.rule)(rule.priority))).bold();
    let symbol =
        if is_first { icon(Icon::CircleCheck).style(theme::good) } else { icon(Icon::ListOrdered).style(theme::muted) };
    let from = date_text(rule.validity.from());
    let days = match rule.validity.to() {
        Some(to) => format!("{from} – {}", date_text(to)),
        None => (t.kle.since)(&from),
    };
    let mut about = vec![(t.rules.segment)(rule.segment).to_owned(), days];
    if state != RuleState::Active {
        about.push((t.rules.state)(state).to_owned());
    }
    let about = one_line(about.join(" · ")).size(theme::SMALL).tone(theme::muted);
    let decides =
        is_first.then(|| one_line((t.kle.decides)(scene.other_day().as_deref())).size(theme::SMALL).tone(theme::good));
    let is_part = !interval.covers(number.into());
    let part = is_part.then(|| one_line((t.kle.only_part)(&interval)).size(theme::SMALL).tone(theme::muted));
    let words = column![name, about, decides, part].spacing(2).width(Fill);
    let content = row![symbol.size(15), container(words).clip(true).width(Fill), icon(Icon::ChevronRight).size(14)];
    focus_button(content.spacing(8).align_y(Center))
        .padding([8, 10])
        .style(theme::secondary)
        .on_press(Message::FindRule(rule.priority))
        .into()
}
