//! The sections of a message's story, in the order in which things happened.

use std::time::Duration;

use iced::widget::text::Wrapping;
use iced::widget::{Column, button, column, container, row, space, text, tooltip};
use iced::{Center, Element, Fill, FillPortion};
use lucide_icons::Icon;

use super::outcome::{A_FEW, element_filter, outcome_icon, outcome_look};
use super::{Filter, Message};
use crate::clock;
use crate::desktop::language::format::{duration_text, moment_text};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::part::criteria::rule_buttons;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{ExplainedDecision, MessageStory};
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, icon, labelled_button, note, one_line, plain_button, status, warning_line};
use crate::router::Refusal;
use crate::rules::{Authority, CriterionKind, Cvr, Facts, Interval, MatchResult, Priority, Rule, Sender, SenderKind};
use crate::store::{JournalRow, MessageSubject, Routed};

/// The width of the names of facts.
const NAMES: f32 = 118.0;
const BAR_HEIGHT: f32 = 8.0;
/// The resolution of the bars: the parts that the whole duration is divided into.
const PARTS: u16 = 1_000;

type Part<'a> = Element<'a, Message>;

fn section<'a>(symbol: Icon, title: &'a str, content: impl Into<Part<'a>>) -> Part<'a> {
    let title = text(title).font(theme::SEMIBOLD);
    row![icon(symbol).style(theme::muted), column![title, content.into()].spacing(6).width(Fill)].spacing(10).into()
}

pub(super) fn received<'a>(message: &'a MessageStory, scene: Scene<'a>) -> Part<'a> {
    let (t, entry) = (&scene.t.messages.story, &message.story.entry);
    let time = clock::in_denmark(entry.received_at).strftime("%d-%m-%Y %H:%M:%S%.3f").to_string();
    section(Icon::Inbox, t.received, text(format!("{time} · {}", t.bytes.of(entry.bytes))))
}

/// Every attempt to deliver the message.
pub(super) fn tries<'a>(message: &'a MessageStory, shown: i64, scene: Scene<'a>) -> Part<'a> {
    let (t, tries) = (&scene.t.messages.story, &message.story.tries);
    if tries.len() <= 1 {
        return row![icon(Icon::RefreshCw).style(theme::muted), note(t.only_try)].spacing(10).into();
    }
    let lines = tries.iter().map(|row| try_line(row, row.number == shown, message, scene));
    let lines = Column::with_children(lines).spacing(2);
    let title = text((t.tries)(&(scene.t.number)(message.story.came))).font(theme::SEMIBOLD);
    row![icon(Icon::RefreshCw).style(theme::muted), column![title, lines].spacing(6).width(Fill)].spacing(10).into()
}

fn try_line<'a>(row: &'a JournalRow, is_shown: bool, message: &'a MessageStory, scene: Scene<'a>) -> Part<'a> {
    let time = clock::in_denmark(row.received_at).strftime("%d-%m-%Y %H:%M:%S").to_string();
    let repeats = row.repeats.is_some();
    let authority = message.decided.as_ref().and_then(ExplainedDecision::authority);
    let fagsystem = row.fagsystem.as_ref();
    let fagsystem = fagsystem.map(|id| authority.map_or(id.as_str(), |authority| fagsystem_name(authority, id)));
    let words = (scene.t.messages.outcome)(row.outcome, row.reason, repeats);
    let words = fagsystem.map_or_else(|| words.to_owned(), |fagsystem| format!("{words} · {fagsystem}"));
    let line = row![
        outcome_icon(row.outcome, row.reason, repeats),
        one_line(time).size(theme::SMALL),
        container(one_line(words).size(theme::SMALL)).width(Fill)
    ];
    focus_button(line.spacing(8).align_y(Center))
        .padding([4, 6])
        .style(theme::palette_line(is_shown))
        .on_press(Message::Choose(row.number))
        .into()
}

pub(super) fn facts<'a>(message: &'a MessageStory, scene: Scene<'a>) -> Part<'a> {
    let t = &scene.t.messages.story;
    let Some((facts, sender)) = &message.story.entry.facts else {
        return section(Icon::ScrollText, t.facts, text(t.no_facts).style(theme::muted));
    };
    let authority = message.decided.as_ref().and_then(ExplainedDecision::authority);
    let lines = fact_lines(facts, *sender, authority, scene).into_iter().map(|Fact { name, value, id, subject }| {
        let value = text(value).width(Fill).wrapping(Wrapping::WordOrGlyph);
        let like = subject.map(|subject| {
            let filter = Message::AddFilter(Filter::Subject(subject));
            let funnel = focus_button(icon(Icon::Funnel).size(13)).padding([0, 3]).style(theme::quiet).on_press(filter);
            let words =
                container(text(scene.t.messages.like_this).size(theme::SMALL)).padding([4, 8]).style(theme::toast);
            tooltip(funnel, words, tooltip::Position::Left)
        });
        // The funnel is beside the name, so that the value has all the room there is.
        let line = row![row![note(name).width(Fill), like].spacing(6).width(NAMES), value].spacing(8);
        // An id is below both, where there is room for all of it.
        column![line, id.map(|id| one_line(id).size(theme::SMALL).tone(theme::muted))].into()
    });
    section(Icon::ScrollText, t.facts, Column::with_children(lines).spacing(4))
}

struct Fact {
    name: &'static str,
    value: String,
    /// The id, shown on a line of its own because it is long.
    id: Option<String>,
    /// Filters the list by the same value.
    subject: Option<MessageSubject>,
}

impl Fact {
    fn new(name: &'static str, value: impl Into<String>, subject: Option<MessageSubject>) -> Self {
        Self { name, value: value.into(), id: None, subject }
    }
}

fn fact_lines(facts: &Facts, sender: SenderKind, authority: Option<&Authority>, scene: Scene<'_>) -> Vec<Fact> {
    let t = &scene.t.messages.story;
    let known = |cvr: Cvr| {
        let authorities = &scene.bench.published().book.authorities;
        let name = authorities.iter().find(|authority| authority.cvrs().any(|own| own == cvr)).map(|it| &it.name);
        name.map_or_else(|| format!("CVR {cvr}"), |name| format!("{name} (CVR {cvr})"))
    };
    let kind = (scene.t.router.sender)(sender);
    let sender = match facts.sender {
        Sender::Organisation(Some(cvr)) => (format!("{kind}, {}", known(cvr)), Some(MessageSubject::Sender(cvr))),
        _ => (kind.to_owned(), None),
    };
    let mut lines = vec![Fact::new(t.sender, sender.0, sender.1)];
    lines.extend(facts.recipient.map(|cvr| Fact::new(t.recipient, known(cvr), Some(MessageSubject::Recipient(cvr)))));
    match &facts.contact_point {
        Some(point) => {
            let id = point.id.as_ref();
            let title = authority.zip(id).and_then(|(authority, id)| authority.contact_point(id));
            let title = title.map(|point| point.title.as_str()).filter(|title| !title.is_empty());
            let subject = id.cloned().map(MessageSubject::ContactPoint);
            let line = Fact::new(t.contact_point, title.unwrap_or(if id.is_some() { "" } else { "–" }), subject);
            lines.push(Fact { id: id.map(ToString::to_string), ..line });
            let group = point.group.as_ref();
            let group = group.map(|group| (group.to_string(), Some(MessageSubject::ContactGroup(group.clone()))));
            lines.extend(group.map(|(name, subject)| Fact::new(t.contact_group, name, subject)));
        }
        None => lines.push(Fact::new(t.contact_point, t.no_contact_point, None)),
    }
    lines.extend(facts.kle.map(|kle| {
        let interval = Interval::from(kle);
        Fact::new("KLE", scene.registers().kle(&interval), Some(MessageSubject::Kle(interval)))
    }));
    lines.extend(facts.form.map(|form| Fact::new("FORM", form.to_string(), Some(MessageSubject::Form(form.into())))));
    let post_type = facts.post_type.map_or(t.other_post_type, scene.t.rules.post_type);
    lines.push(Fact::new(t.post_type, post_type, None));
    lines
}

pub(super) fn decision<'a>(
    message: &'a MessageStory,
    rule_now: Option<Priority>,
    unfolded: [usize; 2],
    scene: Scene<'a>,
) -> Part<'a> {
    let (t, entry) = (&scene.t.messages.story, &message.story.entry);
    let Some(routed) = &entry.routed else {
        let words = text((t.no_decision)(entry.outcome)).style(theme::muted);
        return section(Icon::Route, t.decision, words);
    };
    let bound = match (entry.repeats, entry.differs_from, entry.follows) {
        (Some(_), _, _) => Some(text(t.repeats)),
        (None, Some(_), _) => Some(text(t.differs)),
        (None, None, Some(_)) => Some(text(t.follows)),
        (None, None, None) => None,
    };
    let Some(decided) = &message.decided else {
        return section(Icon::Route, t.decision, column![bound, warning_line(t.no_publication.to_owned())].spacing(8));
    };
    let publication = &decided.publication;
    let by = [moment_text(publication.published_at), publication.published_by.clone(), publication.note.clone()];
    let by: Vec<_> = by.into_iter().filter(|part| !part.is_empty()).collect();
    let publication = column![text((t.publication)(publication.number.get())), note(by.join(" · "))].spacing(2);
    let content = match decided.authority() {
        Some(authority) => {
            let facts = entry.facts.as_ref().map(|(facts, _)| facts);
            ground((routed, facts), decided, authority, rule_now, unfolded, scene)
        }
        None => warning_line(t.no_publication.to_owned()),
    };
    section(Icon::Route, t.decision, column![publication, bound, content].spacing(8))
}

/// The rule that decided among those that did not.
fn ground<'a>(
    (routed, facts): (&'a Routed, Option<&'a Facts>),
    decided: &'a ExplainedDecision,
    authority: &'a Authority,
    rule_now: Option<Priority>,
    [before, after]: [usize; 2],
    scene: Scene<'a>,
) -> Part<'a> {
    let t = &scene.t.messages.story;
    let at = decided.explained.iter().position(|(priority, _)| Some(*priority) == routed.priority);
    let (passed_over, not_reached) = match at {
        Some(at) => (&decided.explained[..at], &decided.explained[at + 1..]),
        None => (&decided.explained[..], &[][..]),
    };
    let decisive: Part<'a> = match routed.priority.map(|priority| (priority, authority.rule(priority))) {
        None => {
            let words = text((t.by_default)(fagsystem_name(authority, &routed.fagsystem)));
            column![words, make_rule(authority, facts, scene)].spacing(8).into()
        }
        Some((priority, rule)) => {
            let open = match rule_now {
                Some(now) => labelled_button(Icon::ArrowRight, t.open_rule)
                    .padding([4, 10])
                    .style(theme::secondary)
                    .on_press(Message::OpenRule(authority.cvr, now))
                    .into(),
                None => Part::from(note(t.rule_is_gone)),
            };
            let element = rule.map(|rule| {
                let element = CriterionKind::of(&rule.criterion);
                let link = button(text((scene.t.rules.element)(element)).size(theme::SMALL)).padding([2, 4]);
                link.style(theme::cell_link).on_press(element_filter(element))
            });
            let title = row![
                icon(Icon::CircleCheck).size(15).style(theme::good),
                text((t.rule)(priority)).font(theme::SEMIBOLD),
                space().width(Fill),
                element
            ];
            let sentence = rule.map(|rule| text(scene.t.rules.sentence(scene.names_of(authority), rule)));
            let card = column![title.spacing(8).align_y(Center), sentence, open].spacing(6);
            container(card).padding(10).width(Fill).style(theme::highlight).into()
        }
    };
    let words = if at.is_some() { t.passed_over.of(passed_over.len()) } else { t.not_matching.of(passed_over.len()) };
    let before = others(passed_over, before, words, true, (authority, facts), scene);
    let after = others(not_reached, after, t.not_reached.of(not_reached.len()), false, (authority, facts), scene);
    column![before, decisive, after].spacing(6).into()
}

/// Buttons that begin a rule with a criterion that the message meets.
fn make_rule<'a>(authority: &'a Authority, facts: Option<&'a Facts>, scene: Scene<'a>) -> Option<Part<'a>> {
    let t = &scene.t.messages.story;
    let buttons = rule_buttons(authority, facts?, scene, |criterion| Message::BeginRule(authority.cvr, criterion))?;
    let title = text(t.make_rule).font(theme::SEMIBOLD);
    let content = column![title, note(t.make_rule_hint), buttons].spacing(6);
    Some(container(content).padding(10).width(Fill).style(theme::highlight).into())
}

/// Rules that did not decide: their number, or when unfolded why each did not.
fn others<'a>(
    explained: &'a [(Priority, MatchResult)],
    shown: usize,
    words: String,
    is_before: bool,
    (authority, facts): (&'a Authority, Option<&'a Facts>),
    scene: Scene<'a>,
) -> Option<Part<'a>> {
    let t = &scene.t.messages.story;
    if explained.is_empty() {
        return None;
    }
    let (symbol, unfold) = if shown == 0 { (Icon::ChevronRight, A_FEW) } else { (Icon::ChevronDown, 0) };
    let title = row![icon(symbol).size(14), text(words).size(theme::SMALL)].spacing(6).align_y(Center);
    let title = focus_button(title).padding([3, 6]).style(theme::quiet).on_press(Message::Unfold(is_before, unfold));
    let lines = explained.iter().take(shown);
    let lines = lines.filter_map(|(priority, match_result)| {
        Some(rule_line(authority.rule(*priority)?, *match_result, (authority, facts), scene))
    });
    let more = explained.len().saturating_sub(shown);
    let more = (shown > 0 && more > 0).then(|| {
        let next = more.min(5 * A_FEW);
        let more = plain_button(t.more.of(next)).padding([3, 6]).style(theme::quiet);
        more.on_press(Message::Unfold(is_before, shown + next))
    });
    Some(Column::new().push(title).extend(lines).push(more).spacing(4).into())
}

fn rule_line<'a>(
    rule: &'a Rule,
    match_result: MatchResult,
    (authority, facts): (&'a Authority, Option<&'a Facts>),
    scene: Scene<'a>,
) -> Part<'a> {
    let t = scene.t;
    let symbol = match match_result {
        MatchResult::Matches => icon(Icon::CircleCheck).style(theme::muted),
        _ => icon(Icon::CircleSlash).style(theme::muted),
    };
    let element = CriterionKind::of(&rule.criterion);
    let value = scene.names_of(authority).value(&rule.criterion);
    let name = (t.rules.element)(element);
    let what = value.map_or_else(|| name.to_owned(), |value| format!("{name}: {value}"));
    let words = column![
        one_line(format!("{} · {what}", (t.messages.story.rule)(rule.priority))).size(theme::SMALL),
        one_line(t.messages.story.match_result.of(match_result, &rule.criterion, facts))
            .size(theme::SMALL)
            .tone(theme::muted)
    ];
    row![symbol.size(13), words.width(Fill)].spacing(8).padding([0, 6]).into()
}

pub(super) fn delivery<'a>(message: &'a MessageStory, scene: Scene<'a>) -> Part<'a> {
    let (t, entry) = (&scene.t.messages.story, &message.story.entry);
    let fagsystem = entry.routed.as_ref().map(|routed| {
        let authority = message.decided.as_ref().and_then(ExplainedDecision::authority);
        let name = authority.map_or(routed.fagsystem.as_str(), |it| fagsystem_name(it, &routed.fagsystem));
        let endpoint = authority.and_then(|authority| authority.fagsystem(&routed.fagsystem));
        let endpoint = endpoint.map(|fagsystem| note(fagsystem.endpoint.as_str()));
        column![text(name), endpoint].spacing(2)
    });
    let (http, code) = &entry.answer;
    let answer = http.map(|status| text((t.answer)(status)));
    let code = code.as_ref().map(|code| text(format!("{}: {code}", t.answer_code)));
    let repeats = entry.repeats.is_some();
    let refusal = entry.refused.as_ref().and_then(|refused| Refusal::from_code(&refused.reason));
    let sentence =
        refusal.map_or_else(|| t.outcome(entry.outcome, entry.reason), |refusal| (t.refusal)(refusal).to_owned());
    let sentence = (!repeats).then(|| text(sentence).style(theme::muted));
    let caller = entry.refused.as_ref().and_then(|refused| refused.caller.as_deref());
    let caller = caller.map(|caller| text((t.caller)(caller)).width(Fill).wrapping(Wrapping::WordOrGlyph));
    let fate = (scene.t.messages.fate)(entry.outcome).map(|fate| text(fate).style(theme::muted));
    let reason = entry.reason.map(|reason| note((t.reason_code)(reason.code())));
    let (symbol, tone) = outcome_look(entry.outcome, entry.reason, repeats);
    let outcome = status(symbol, (scene.t.messages.outcome)(entry.outcome, entry.reason, repeats), tone);
    let lines = column![fagsystem, outcome, sentence, fate, reason, caller, answer, code];
    section(Icon::Send, t.delivery, lines.spacing(6))
}

pub(super) fn durations<'a>(message: &'a MessageStory, scene: Scene<'a>) -> Part<'a> {
    let (t, timing) = (&scene.t.messages.story, message.story.entry.timing);
    let header = timing.header.unwrap_or_default();
    let whole = timing.whole.unwrap_or(header);
    let parts = [
        (t.header, timing.header, Duration::ZERO),
        (t.whole, timing.whole.map(|whole| whole.saturating_sub(header)), header),
        (t.waited, timing.answer, whole),
    ];
    let end = timing.total.max(whole + timing.answer.unwrap_or_default());
    let lines = parts.into_iter().filter_map(|(name, took, begun)| {
        let took = took?;
        let words = row![note(name).width(Fill), text(duration_text(took)).size(theme::SMALL)];
        Some(column![words, bar(begun, took, end)].spacing(3).into())
    });
    let total = row![text(t.total).width(Fill), text(duration_text(timing.total)).font(theme::SEMIBOLD)];
    section(Icon::Timer, t.durations, Column::with_children(lines).push(total).spacing(6))
}

/// A bar for the time that a part took, placed within the whole.
fn bar<'a>(begun: Duration, took: Duration, end: Duration) -> Part<'a> {
    let share = |part: Duration| {
        let share = part.as_micros() * u128::from(PARTS) / end.as_micros().max(1);
        u16::try_from(share).unwrap_or(PARTS).min(PARTS)
    };
    let (before, length) = (share(begun), share(took).max(6));
    let after = PARTS.saturating_sub(before.saturating_add(length));
    let gap = |share: u16| (share > 0).then(|| space().width(FillPortion(share)).height(BAR_HEIGHT));
    let length = container(space()).width(FillPortion(length)).height(BAR_HEIGHT).style(theme::bar);
    row![gap(before), length, gap(after)].height(BAR_HEIGHT).into()
}
