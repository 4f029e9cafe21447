//! One message whose way alone stands out: which it is, why it goes there, and where it belongs.

use std::sync::Arc;

use iced::widget::{Row, column, container, row, space, text};
use iced::{Center, Element, Fill};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::Message;
use super::live;
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::map::TracedMessage;
use crate::desktop::model::page::Page;
use crate::desktop::model::travels::Parcel;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::part::map::{Decided, MapLayout, TracedWay, Tracing};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme::{self, Tone};
use crate::desktop::widget::{icon, labelled_button, note};
use crate::rules::{
    Authority, CriterionKind, Distributor, Facts, FagsystemId, Ground, MatchResult, Priority, RuleBook,
};
use crate::training::Writer;

/// What stands above the picture, besides lines of words, with the space below it.
const BAR: f32 = 84.0;
const BELOW: f32 = 12.0;
/// A line of words, and from which widths on so few of them are enough.
const LINE: f32 = 18.6;
const LINES: [(f32, f32); 3] = [(1_250.0, 2.0), (860.0, 3.0), (640.0, 4.0)];
const MOST_LINES: f32 = 6.0;
/// Where there is a third button, the samples of lines need so much room.
const WIDE: f32 = 800.0;
/// The samples of lines, and the pieces that a dashed one has, in logical pixels.
const SAMPLE: f32 = 26.0;
const DASH: f32 = 6.0;
const DASHES: usize = 3;
const THICK: f32 = 3.0;

/// A message whose way is shown.
#[derive(Debug)]
pub(super) struct Trace {
    message: TracedMessage,
    /// The day that was looked at before, if that is another one than the message's.
    day_before: Option<DayBefore>,
    /// What the rules do with it, if it has been made up.
    decision: Option<Decision>,
    /// What that was worked out from: the rules in force, and the draft.
    of: Option<Sides>,
}

/// The height of what stands above the picture in a room of that width, with the space below it.
pub(super) fn height(room: f32) -> f32 {
    let lines = LINES.into_iter().find(|(from, _)| room >= *from).map_or(MOST_LINES, |(_, lines)| lines);
    (BAR + lines * LINE).round()
}

/// The day that the window looked at; `None` was today.
#[derive(Debug, Clone, Copy)]
struct DayBefore(Option<Date>);

type Sides = [Option<Arc<Distributor>>; 2];

/// What the rules do with a message.
#[derive(Debug)]
struct Decision {
    decided: Decided,
    is_paused: bool,
    /// A rule that would send it where it belongs, if those before it did not take it.
    taken_from: Option<Priority>,
    /// Where it goes by the draft, if elsewhere, with the rule.
    by_draft: Option<(FagsystemId, Option<Priority>)>,
}

impl Trace {
    /// Begins to show a message, on the day on which it comes.
    pub fn begin(message: TracedMessage, scene: Scene<'_>) -> (Self, Action<Message>) {
        let day = day_of(&message, scene);
        let is_other = scene.looked_at() != day;
        let day_before = is_other.then(|| DayBefore(scene.looked_at()));
        let look = if is_other { Request::LookAt(day).into() } else { Action::None };
        (Self { message, day_before, decision: None, of: None }, look)
    }

    /// What is to be done when it is shown no longer: the day is the one from before again, unless people have chosen another one.
    pub fn end(self, scene: Scene<'_>) -> Action<Message> {
        match self.day_before.filter(|_| scene.looked_at() == day_of(&self.message, scene)) {
            Some(DayBefore(before)) => Request::LookAt(before).into(),
            None => Action::None,
        }
    }

    /// Back to where people have come from.
    pub fn go_back(&self) -> Action<Message> {
        match &self.message {
            TracedMessage::Made { .. } => Action::show(Page::Lessons),
            TracedMessage::Recorded(row) => Request::OpenMessage(row.number).into(),
        }
    }

    /// Decides anew where it goes, if the rules have changed.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        let TracedMessage::Made { facts, day, belongs_to, .. } = &self.message else { return };
        let now = [scene.bench.in_force().cloned(), scene.bench.insight().distributor.clone()];
        if self.of.as_ref().is_some_and(|of| is_same(of, &now)) {
            return;
        }
        self.decision = Decision::of(facts, *day, belongs_to, &now, scene);
        self.of = Some(now);
    }

    /// What the map is to show of it.
    pub fn tracing(&self) -> Option<Tracing> {
        match (&self.message, &self.decision) {
            (TracedMessage::Recorded(row), _) => {
                Some(Tracing { decided: row.into(), belongs_to: None, taken_from: None })
            }
            (TracedMessage::Made { belongs_to, .. }, Some(decision)) => Some(Tracing {
                decided: decision.decided.clone(),
                belongs_to: Some(belongs_to.clone()).filter(|to| !decision.leads_to(to)),
                taken_from: decision.taken_from,
            }),
            (TracedMessage::Made { .. }, None) => None,
        }
    }

    /// What stands above the picture, in a room of that width.
    pub fn bar<'a>(
        &'a self,
        room: f32,
        way: Option<&TracedWay>,
        layout: &MapLayout,
        scene: Scene<'a>,
    ) -> Element<'a, Message> {
        let t = &scene.t.map.trace;
        let bundle = way.and_then(|way| way.bundle(layout));
        let bundled = bundle.and_then(|rules| Some((t.bundled)(&format!("{}–{}", rules.first()?, rules.last()?))));
        let (words, symbol, tone) = self.words(way, scene);
        let words = words.into_iter().chain(bundled).collect::<Vec<_>>().join(" ");
        let sentence = row![icon(symbol).size(17).style(tone), text(words).width(Fill)].spacing(10);
        let button = |symbol, words, message| {
            let button = labelled_button(symbol, words).style(theme::secondary);
            Element::from(button.on_press(message))
        };
        let (back_symbol, back) = match &self.message {
            TracedMessage::Made { .. } => (Icon::BookOpenCheck, t.back_to_lesson),
            TracedMessage::Recorded(_) => (Icon::MailOpen, scene.t.map.travels.open),
        };
        let look_into = way
            .and_then(|way| way.opens(layout))
            .map(|focus| button(Icon::ZoomIn, t.look_into, Message::LookInto(focus)));
        let has_room = look_into.is_none() || room >= WIDE;
        let always = [button(back_symbol, back, Message::GoBack), button(Icon::X, t.leave, Message::LeaveTrace)];
        let buttons = Row::with_children(look_into.into_iter().chain(always)).spacing(8).align_y(Center);
        let has_other = way.is_some_and(TracedWay::has_other_end);
        let its_way: Tone = if has_other { theme::bad } else { theme::accent };
        let its_way = way.filter(|way| way.place.is_ok()).map(|_| sample(1, its_way, t.its_way));
        let its_place = has_other.then(|| sample(DASHES, theme::good, t.its_place));
        let samples = has_room.then(|| row![its_way, its_place].spacing(18).align_y(Center));
        let below = row![samples, space().width(Fill), buttons].spacing(12).align_y(Center);
        let content = column![container(sentence).height(Fill).clip(true), below].spacing(8);
        container(content).padding([10, 14]).width(Fill).height(height(room) - BELOW).style(theme::card).into()
    }

    /// Which message it is and why it goes where it does, with a sign of whether that is right.
    fn words(&self, way: Option<&TracedWay>, scene: Scene<'_>) -> (Vec<String>, Icon, Tone) {
        let no_way = way.and_then(|way| way.place.err());
        match &self.message {
            TracedMessage::Recorded(row) => {
                let words = live::sentences(&Parcel::of(row.clone()), no_way, scene);
                (words, Icon::Mail, theme::accent)
            }
            TracedMessage::Made { facts, writer, day, belongs_to } => {
                let Some(decision) = &self.decision else {
                    return (vec![scene.t.map.trace.undecided.to_owned()], Icon::CircleQuestionMark, theme::warning);
                };
                let mut words = decision.words((facts, *writer, *day), belongs_to, scene);
                let day = date_text(scene.day());
                let no_way = no_way.map(|no_way| (scene.t.map.travels.no_way)(no_way, &day));
                words.extend(no_way);
                if decision.leads_to(belongs_to) && !decision.is_paused {
                    (words, Icon::CircleCheck, theme::good)
                } else {
                    (words, Icon::CircleX, theme::bad)
                }
            }
        }
    }
}

impl Decision {
    /// `None` where the rules in force decide nothing.
    fn of(facts: &Facts, day: Date, belongs_to: &FagsystemId, sides: &Sides, scene: Scene<'_>) -> Option<Self> {
        let [in_force, draft] = sides;
        let in_force = in_force.as_ref()?;
        let explanation = in_force.explain(facts, day).ok()?;
        let decision = &explanation.decision;
        let rule = match decision.ground {
            Ground::Rule(rule) => Some(rule),
            Ground::Default => None,
        };
        let to = &decision.fagsystem.id;
        let would = explanation.rules.iter().filter(|it| it.result == MatchResult::Matches);
        let would = would.map(|it| it.rule).find(|rule| rule.fagsystem == *belongs_to);
        let by_draft = draft.as_ref().and_then(|draft| draft.decide(facts, day).ok());
        let by_draft = by_draft.map(|draft| (draft.fagsystem.id.clone(), draft.ground.priority()));
        Some(Self {
            decided: Decided {
                authority: Some(decision.authority.cvr),
                sender: Some(explanation.sender),
                publication: Some(scene.bench.published().number),
                fagsystem: Some(to.clone()),
                rule: rule.map(|rule| rule.priority),
                element: rule.map(|rule| CriterionKind::of(&rule.criterion)),
            },
            is_paused: !decision.fagsystem.active,
            taken_from: would.filter(|_| to != belongs_to).map(|rule| rule.priority),
            by_draft: by_draft.filter(|(draft, _)| draft != to),
        })
    }

    fn leads_to(&self, fagsystem: &FagsystemId) -> bool {
        self.decided.fagsystem.as_ref() == Some(fagsystem)
    }

    fn words(
        &self,
        (facts, writer, day): (&Facts, Writer, Date),
        belongs_to: &FagsystemId,
        scene: Scene<'_>,
    ) -> Vec<String> {
        let t = &scene.t.map.trace;
        let Some((authority, to)) = authority(&scene.bench.published().book, &self.decided) else { return Vec::new() };
        let name = |id: &FagsystemId| fagsystem_name(authority, id).to_owned();
        let day = (day != scene.today).then(|| date_text(day));
        let what = scene.message_words(facts, authority);
        let message = (t.message)(&what, (scene.t.lessons.fault.writer)(writer), day.as_deref());
        let why = match self.decided.rule.and_then(|rule| authority.rule(rule)) {
            Some(rule) => {
                let element = (scene.t.map.element)(CriterionKind::of(&rule.criterion));
                let value = scene.names_of(authority).value(&rule.criterion);
                let looks_at = value.map_or_else(|| element.to_owned(), |value| format!("{element} {value}"));
                (t.by_rule)(&message, &rule.priority.to_string(), &looks_at, &name(to))
            }
            None => (t.by_default)(&message, &name(to)),
        };
        let mut words = vec![why];
        if self.leads_to(belongs_to) {
            words.push(if self.is_paused { (t.held)(&name(to)) } else { t.right.to_owned() });
        } else {
            words.push((t.belongs_to)(&name(belongs_to)));
            words.push(match (self.taken_from, self.decided.rule) {
                (Some(would), Some(rule)) => (t.taken_from)(&would.to_string(), &name(belongs_to), &rule.to_string()),
                _ => (t.no_rule)(&name(belongs_to)),
            });
        }
        let draft = self.by_draft.as_ref().map(|(to, rule)| {
            let to = scene.bench.book().authority(authority.cvr).map_or(to.as_str(), |draft| fagsystem_name(draft, to));
            (t.by_draft)(to, rule.map(Priority::get))
        });
        words.extend(draft);
        words
    }
}

/// The day whose rules the map shows; `None` for today.
fn day_of(message: &TracedMessage, scene: Scene<'_>) -> Option<Date> {
    message.day().filter(|day| *day != scene.today)
}

/// The authority and the fagsystem of a decision, by that book.
fn authority<'a>(book: &'a RuleBook, decided: &'a Decided) -> Option<(&'a Authority, &'a FagsystemId)> {
    book.authority(decided.authority?).zip(decided.fagsystem.as_ref())
}

fn is_same(one: &Sides, other: &Sides) -> bool {
    one.iter().zip(other).all(|pair| match pair {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    })
}

/// A line as on the map, whole or in pieces, and what it stands for.
fn sample(pieces: usize, tone: Tone, words: &str) -> Element<'_, Message> {
    let width = if pieces > 1 { DASH } else { SAMPLE };
    let piece = |_| {
        let ground = move |theme: &iced::Theme| {
            let colour = tone(theme).color.unwrap_or_default();
            container::background(colour)
        };
        container(space()).width(width).height(THICK).style(ground).into()
    };
    let line = Row::with_children((0..pieces).map(piece)).spacing((SAMPLE - DASH) / 2.0 - DASH);
    row![line, note(words)].spacing(8).align_y(Center).into()
}
