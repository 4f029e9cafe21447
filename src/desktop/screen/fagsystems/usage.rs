//! What sends to a fagsystem, replacing it with another one, and deleting it.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, Left};
use lucide_icons::Icon;

use super::Message;
use super::form::{FagsystemForm, is_in_use};
use super::list::{by_name, rules_naming};

use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, Field, choice_field, focus_button, labelled_button, note, one_line, plain_button, status,
};
use crate::rules::{Criterion, CriterionKind, FagsystemId, Rule};

const REPLACEMENT_FIELD: &str = "fagsystem-heir";
/// The number of rules listed.
const MAX_RULES: usize = 12;

impl FagsystemForm {
    /// The rules that send to it, and whether it is the default.
    pub fn usage<'a>(&'a self, id: &FagsystemId, scene: Scene<'a>) -> Element<'a, Message> {
        let f = &scene.t.fagsystems;
        let rules: Vec<_> = scene.authority.rules_in_order().into_iter().filter(|it| it.fagsystem == *id).collect();
        let more = rules.len().saturating_sub(MAX_RULES);
        let more = (more > 0).then(|| link(text((f.more_rules)(more)).style(theme::accent), Message::ShowRules));
        let lines = rules.iter().take(MAX_RULES).map(|rule| rule_line(rule, scene));
        let none = rules.is_empty().then(|| note(f.no_rules));
        let is_default = scene.authority.default_fagsystem == *id;
        let role: Element<'a, Message> = if is_default {
            status(Icon::Inbox, f.default, theme::accent)
        } else {
            labelled_button(Icon::Inbox, f.make_default)
                .style(theme::secondary)
                .on_press_maybe((!self.is_changed()).then_some(Message::MakeDefault))
                .into()
        };
        let lines = Column::with_children(lines).push(more);
        column![lines, none, role, self.replacing(id, scene)].spacing(12).into()
    }

    /// Replacing it with another fagsystem, at once or from a chosen day.
    fn replacing<'a>(&'a self, id: &FagsystemId, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let f = &scene.t.fagsystems;
        let others: Vec<_> = by_name(scene.authority)
            .into_iter()
            .filter(|it| it.id != *id)
            .map(|it| Choice::new(it.id.clone(), it.name.as_str()).also(it.id.as_str()))
            .collect();
        if others.is_empty() || !is_in_use(id, scene.authority) {
            return None;
        }
        let chosen =
            self.replacement.as_ref().filter(|replacement| others.iter().any(|choice| choice.value == **replacement));
        let can_move = chosen.is_some() && !self.is_changed();
        let about = Field::new(f.move_to);
        let words = (scene.t.fields.choose, choice_words(scene.t));
        let choice = choice_field(about, REPLACEMENT_FIELD, others, chosen, words, Message::MoveTo);
        let make = labelled_button(Icon::CornerDownRight, f.move_all).style(theme::secondary);
        let make = make.on_press_maybe(can_move.then_some(Message::MoveAll));
        let switch = plain_button(f.switch).style(theme::quiet).on_press(Message::Switch);
        let switch = (rules_naming(scene.authority, id) > 0).then_some(switch);
        let line = row![container(choice).width(Fill), make].spacing(8).align_y(iced::alignment::Vertical::Bottom);
        let effect = self.preview().filter(|_| can_move).map(|book| scene.effect_view(scene.bench.book(), book));
        let content = column![
            line,
            effect,
            explained((f.move_hint)(scene.authority.default_fagsystem == *id), scene.t.language),
            switch
        ]
        .spacing(8);
        Some(container(content).padding(12).width(Fill).style(theme::card).into())
    }

    /// The delete button, and why it is disabled.
    pub fn deleting<'a>(id: &FagsystemId, scene: Scene<'a>) -> Element<'a, Message> {
        let f = &scene.t.fagsystems;
        let needed = reason_in_use(id, scene);
        let delete = labelled_button(Icon::Trash2, f.delete).style(theme::danger);
        let delete = delete.on_press_maybe(needed.is_none().then_some(Message::Delete));
        let hint = needed.is_some().then(|| explained(f.needed_hint, scene.t.language));
        column![delete, needed.map(note), hint].spacing(6).into()
    }
}

/// Why the fagsystem cannot be deleted; `None` if it can.
fn reason_in_use(id: &FagsystemId, scene: Scene<'_>) -> Option<String> {
    let t = &scene.t.fagsystems;
    let rules = rules_naming(scene.authority, id);
    if scene.authority.default_fagsystem == *id {
        Some(t.needed_as_default.to_owned())
    } else {
        let guards = scene.authority.guards.iter().filter(|guard| guard.fagsystem == *id).count();
        let by_guards = (guards > 0).then(|| scene.t.guards.needed.of(guards));
        (rules > 0).then(|| t.needed_by_rules.of(rules)).or(by_guards)
    }
}

/// A rule's number and criterion; a click shows the rule.
fn rule_line<'a>(rule: &Rule, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.rules;
    let element = (t.element)(CriterionKind::of(&rule.criterion));
    let value = match &rule.criterion {
        Criterion::NoContactPoint(post_type) => (t.post_type)(*post_type).to_owned(),
        criterion => scene.names().value(criterion).unwrap_or_default(),
    };
    let off = (!rule.active).then(|| note(scene.t.fagsystems.is_off));
    let words = column![one_line(value), one_line(element).size(theme::SMALL).tone(theme::muted)].spacing(1);
    let number = container(one_line(rule.priority.to_string()).bold()).width(46).align_x(Left);
    let line = row![number, container(words).width(Fill).clip(true), off].spacing(8).align_y(Center);
    link(line, Message::FindRule(rule.priority))
}

fn link<'a>(content: impl Into<Element<'a, Message>>, message: Message) -> Element<'a, Message> {
    focus_button(container(content).width(Fill))
        .padding([4, 8])
        .style(theme::navigation(false))
        .on_press(message)
        .into()
}
