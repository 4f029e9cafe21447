//! Practice with the sample municipality: sample messages to send, and the rules that decide where they go.

use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Center, Element, Fill, FillPortion, alignment};
use lucide_icons::Icon;

use super::{HIGH, Message, RouterScreen};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, choice_list, focus_button, heading, horizontal_line, icon, labelled_button, note, one_line, plain_button,
    status,
};
use crate::rules::{Authority, Criterion, CriterionKind, Rule};
use crate::training::SampleLetter;

const LETTER_FIELD: &str = "router-letter";

const HEIGHT: f32 = 246.0;
/// At most this many rules are shown; all of them are on their own screen.
const MOST_RULES: usize = 40;

impl RouterScreen {
    pub(super) fn practice<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        if scene.size.height < HIGH {
            return container(self.sample(scene)).width(Fill).style(theme::card).into();
        }
        let sample = container(self.sample(scene)).width(FillPortion(2)).height(Fill).style(theme::card);
        let rules = container(rules(scene)).width(FillPortion(3));
        row![sample, rules].spacing(16).height(HEIGHT).into()
    }

    fn sample<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.router;
        let choices = SampleLetter::ALL.map(|letter| Choice::new(letter, (t.letter)(letter)));
        let list =
            choice_list(choices, Some(&self.letter), ("", choice_words(scene.t)), Message::Letter).id(LETTER_FIELD);
        let is_running = scene.router.practised_with(scene.settings).is_some();
        let words = match scene.router {
            _ if is_running => t.practice_hint,
            RouterState::Elsewhere(_) => t.protection.guarded,
            _ => t.practice_waits,
        };
        let may_send = is_running && !self.is_sending;
        let send = labelled_button(Icon::Send, t.send).style(theme::primary);
        let all = plain_button(t.send_all).style(theme::secondary);
        let buttons = row![
            send.on_press_maybe(may_send.then_some(Message::Send)),
            all.on_press_maybe(may_send.then_some(Message::SendAll)),
        ];
        let buttons = buttons.spacing(8).wrap().vertical_spacing(8);
        let title = status(Icon::GraduationCap, t.practice, theme::accent);
        if scene.size.height < HIGH {
            return column![
                row![title, explained(words, scene.t.language)].spacing(16).align_y(Center),
                row![list, buttons].spacing(8)
            ]
            .spacing(10)
            .padding([10, 16])
            .into();
        }
        column![title, list, buttons, explained(words, scene.t.language)].spacing(12).padding(16).into()
    }
}

/// The published rules, with how often each has decided.
fn rules(scene: Scene<'_>) -> Element<'_, Message> {
    let t = scene.t;
    let all = plain_button(t.router.show_rules).padding([3, 10]).style(theme::quiet).on_press(Message::ShowRules);
    let Some(authority) = scene.bench.published().book.authority(scene.authority.cvr) else {
        return container(heading(t.rules.title)).padding(16).width(Fill).height(Fill).style(theme::card).into();
    };
    let head = row![container(heading(t.rules.title)).width(Fill), all, note(t.rules.columns.hits)];
    let mut rules = authority.rules_in_order();
    let more = rules.len().saturating_sub(MOST_RULES);
    rules.truncate(MOST_RULES);
    let lines = rules.into_iter().map(|rule| rule_line(rule, authority, scene));
    let more = (more > 0).then(|| container(note((t.changes.more)(more))).padding([4, 16]).into());
    let count = scene.knows_hits().then(|| scene.journal.hits.get(authority.cvr, None)).flatten();
    let otherwise = line(
        String::new(),
        t.rules.default_recipient.to_owned(),
        fagsystem_name(authority, &authority.default_fagsystem),
        (t.number)(count.map_or(0, |hits| hits.count)),
    );
    let otherwise = container(otherwise).padding([3, 16]);
    let lines = Column::with_children(lines.chain(more));
    let lines = scrollable(lines).width(Fill).height(Fill).style(theme::scrollbar);
    let head = container(head.spacing(12).align_y(Center)).padding([8, 16]);
    let content = column![head, horizontal_line(), lines, horizontal_line(), otherwise];
    container(content).padding(1).width(Fill).height(Fill).style(theme::card).into()
}

fn rule_line<'a>(rule: &'a Rule, authority: &'a Authority, scene: Scene<'a>) -> Element<'a, Message> {
    let t = scene.t;
    let element = (t.rules.element)(CriterionKind::of(&rule.criterion));
    let value = match &rule.criterion {
        Criterion::NoContactPoint(post_type) => Some((t.rules.post_type)(*post_type).to_owned()),
        criterion => scene.names_of(authority).value(criterion),
    };
    let what = value.map_or_else(|| element.to_owned(), |value| format!("{element}: {value}"));
    let hits = scene.knows_hits().then(|| scene.journal.hits.get(authority.cvr, Some(rule.priority))).flatten();
    let hits = (t.number)(hits.map_or(0, |hits| hits.count));
    let line = line(rule.priority.to_string(), what, fagsystem_name(authority, &rule.fagsystem), hits);
    focus_button(line)
        .padding([3, 16])
        .style(theme::table_row(false))
        .on_press(Message::OpenRule(authority.cvr, rule.priority))
        .into()
}

fn line(priority: String, what: String, fagsystem: &str, hits: String) -> Element<'_, Message> {
    let number = |words: String, width| container(one_line(words)).width(width).align_x(alignment::Horizontal::Right);
    row![
        number(priority, 34),
        text(what).width(FillPortion(5)),
        icon(Icon::ArrowRight).size(13).style(theme::muted),
        container(one_line(fagsystem)).width(FillPortion(3)),
        number(hits, 44),
    ]
    .spacing(10)
    .align_y(Center)
    .into()
}
