//! The guards of the draft: those that are broken, with where their messages would go, the others, and the decision to
//! publish all the same.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::authority_name;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::overruling::Overruling;
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{FIELD_SPACING, Field, focus_button, icon, icon_button, note, text_field};
use crate::rules::{BrokenGuard, Cvr, Facts, FagsystemId, Guard, Priority};

pub(super) const WHY_FIELD: &str = "guards-overruled-because";
/// More broken guards than this are counted, not shown.
const MOST_BROKEN: usize = 20;
/// More guards that hold than this are counted, not shown.
const MOST_HELD: usize = 5;

/// The decision to publish although guards are broken.
#[derive(Debug, Default)]
pub(super) struct GuardsPanel {
    /// The guards that were broken when it was decided that they may be.
    overruled: Option<Vec<BrokenGuard>>,
    why: String,
    was_tried: bool,
}

#[derive(Debug, Clone)]
pub enum GuardsMessage {
    /// Whether to publish although guards are broken.
    Overrule(bool),
    Why(String),
    /// Show the rule that breaks a guard.
    Open(Cvr, Priority),
    /// Show a guard's message on *Prøv en meddelelse*, on the day on which it is broken.
    Try(Box<Facts>, Date),
    /// Remove the guard of that name from the authority.
    Remove(Cvr, String),
}

impl GuardsPanel {
    pub fn update<Message: Send + 'static>(&mut self, message: GuardsMessage, scene: Scene<'_>) -> Action<Message> {
        match message {
            GuardsMessage::Overrule(is_on) => {
                self.overruled = is_on.then(|| scene.bench.insight().today.broken_guards.clone());
                self.was_tried = false;
                return if is_on { Action::focus(WHY_FIELD) } else { Action::None };
            }
            GuardsMessage::Why(why) => self.why = why,
            GuardsMessage::Open(cvr, rule) => return Request::OpenRule(cvr, rule).into(),
            GuardsMessage::Try(facts, day) => {
                return Request::TryMessage(facts, Some(day), FactsOrigin::Example).into();
            }
            GuardsMessage::Remove(cvr, name) => {
                let book = scene.with(cvr, |authority| authority.guards.retain(|guard| guard.name != name));
                return Action::edit(book, DraftEdit::GuardRemoved(name));
            }
        }
        Action::None
    }

    /// Whether a guard is broken and nobody has decided that it may be.
    pub fn blocks(&self, scene: Scene<'_>) -> bool {
        !scene.bench.insight().today.broken_guards.is_empty() && !self.is_overruled(scene)
    }

    /// Whether the decision is about the guards that are broken now.
    fn is_overruled(&self, scene: Scene<'_>) -> bool {
        self.overruled.as_ref().is_some_and(|overruled| *overruled == scene.bench.insight().today.broken_guards)
    }

    /// The decision, where one is needed.
    ///
    /// # Errors
    ///
    /// It is lacking, as the panel says; this leads to the field that is empty.
    pub fn decided<Message: Send + 'static>(
        &mut self,
        scene: Scene<'_>,
    ) -> Result<Option<Overruling>, Action<Message>> {
        let broken = &scene.bench.insight().today.broken_guards;
        if broken.is_empty() {
            return Ok(None);
        }
        self.was_tried = true;
        match (self.is_overruled(scene), self.why.trim()) {
            (false, _) => Err(Action::None),
            (true, "") => Err(Action::focus(WHY_FIELD)),
            (true, why) => Ok(Some(Overruling { guards: broken.clone(), why: why.to_owned() })),
        }
    }

    /// The box that lets the draft be published although guards are broken, and the field for the reason.
    pub fn overruling<'a, Message: Clone + 'a>(
        &'a self,
        scene: Scene<'a>,
        wrap: fn(GuardsMessage) -> Message,
        publish: Message,
    ) -> Option<Element<'a, Message>> {
        let g = &scene.t.guards;
        let broken = scene.bench.insight().today.broken_guards.len();
        if broken == 0 {
            return None;
        }
        let is_overruled = self.is_overruled(scene);
        let blocked = (!is_overruled).then(|| text(g.blocked.of(broken)).style(theme::bad));
        let tick = icon(if is_overruled { Icon::SquareCheck } else { Icon::Square });
        let overrule = row![tick.style(theme::accent), text(g.overrule)].spacing(8).align_y(Center);
        let overrule = focus_button(overrule).padding([4, 4]).style(theme::quiet);
        let overrule = overrule.on_press(wrap(GuardsMessage::Overrule(!is_overruled)));
        let why = is_overruled.then(|| {
            let error = (self.was_tried && self.why.trim().is_empty()).then(|| g.why_missing.to_owned());
            let on_input = move |why| wrap(GuardsMessage::Why(why));
            text_field(Field::new(g.why).error(error), WHY_FIELD, g.why_example, &self.why, on_input, publish)
        });
        Some(column![blocked, overrule, why].spacing(FIELD_SPACING / 2.0).into())
    }
}

/// The guards of the draft, the broken ones first; `None` when it has none. Which are broken is seen
/// from the day that is shown.
pub(super) fn guards<'a, Message: Clone + 'a>(
    scene: Scene<'a>,
    wrap: fn(GuardsMessage) -> Message,
) -> Option<Element<'a, Message>> {
    let g = &scene.t.guards;
    let authorities = &scene.bench.book().authorities;
    let all: usize = authorities.iter().map(|authority| authority.guards.len()).sum();
    if all == 0 {
        return None;
    }
    let insight = scene.bench.insight();
    let broken = &insight.seen.broken_guards;
    let is_broken = |cvr: Cvr, index: usize| broken.iter().any(|it| (it.authority, it.index) == (cvr, index));
    let each =
        authorities.iter().flat_map(|it| it.guards.iter().enumerate().map(move |(at, guard)| (it.cvr, at, guard)));
    let held = each.filter(|(cvr, at, _)| !is_broken(*cvr, *at)).take(MOST_HELD);
    let held = held.map(|(cvr, _, guard)| {
        line(cvr, guard, icon(Icon::CircleCheck).style(theme::good), text(guard.name.as_str()).into(), scene, wrap)
    });
    let torn = broken.iter().take(MOST_BROKEN).map(|it| broken_line(it, scene, wrap));
    let shown = broken.len().min(MOST_BROKEN) + (all - broken.len()).min(MOST_HELD);
    let more = (all > shown).then(|| note((scene.t.changes.more)(all - shown)));
    let head =
        row![container(text(g.title).font(theme::SEMIBOLD)).width(Fill), note((g.held)(all - broken.len(), all)),];
    let lines = Column::with_children(torn).extend(held).spacing(8);
    let of_today = &insight.today.broken_guards;
    let from_today = (scene.looked_at().is_some() && broken != of_today).then(|| note(g.from_today.of(of_today.len())));
    Some(column![head.align_y(Center), from_today, lines, more].spacing(8).into())
}

fn broken_line<'a, Message: Clone + 'a>(
    broken: &'a BrokenGuard,
    scene: Scene<'a>,
    wrap: fn(GuardsMessage) -> Message,
) -> Element<'a, Message> {
    let g = &scene.t.guards;
    let (guard, when) = (&broken.guard, g.when(broken));
    let called = |id: &FagsystemId| called(broken.authority, id, scene);
    let goes = match broken.destination.as_ref().map(|it| (called(&it.fagsystem), it.rule)) {
        Some((fagsystem, Some(rule))) => (g.by_rule)(&when, &fagsystem, rule),
        Some((fagsystem, None)) => (g.by_default)(&when, &fagsystem),
        None => (g.refused)(&when),
    };
    let name = text(guard.name.as_str()).font(theme::SEMIBOLD);
    let must = note((g.must)(&called(&guard.fagsystem)));
    let link = |words, message| {
        focus_button(text(words).size(theme::SMALL)).style(theme::quiet).padding([2, 4]).on_press(message)
    };
    let open = broken
        .destination
        .as_ref()
        .and_then(|it| it.rule)
        .map(|rule| link(scene.t.changes.show_rule.to_owned(), wrap(GuardsMessage::Open(broken.authority, rule))));
    let see = link(g.see.to_owned(), wrap(GuardsMessage::Try(Box::new(guard.facts.clone()), broken.day)));
    let links = row![open, see].spacing(6).wrap();
    let words = column![name, must, text(goes).size(theme::SMALL).style(theme::bad), links].spacing(2);
    let symbol = icon(Icon::CircleAlert).style(theme::bad);
    let line = line(broken.authority, guard, symbol, words.into(), scene, wrap);
    container(line).padding([8, 10]).width(Fill).style(theme::card).into()
}

/// A guard's line, with the name of its authority if there are several.
fn line<'a, Message: Clone + 'a>(
    cvr: Cvr,
    guard: &Guard,
    symbol: iced::widget::Text<'a>,
    words: Element<'a, Message>,
    scene: Scene<'a>,
    wrap: fn(GuardsMessage) -> Message,
) -> Element<'a, Message> {
    let book = scene.bench.book();
    let owner = (book.authorities.len() > 1).then(|| note(authority_name(Some(cvr), [book, book], scene.t)));
    let remove = GuardsMessage::Remove(cvr, guard.name.clone());
    let remove = icon_button(Icon::Trash2, scene.t.guards.remove).on_press(wrap(remove));
    row![symbol, column![words, owner].spacing(2).width(Fill), remove].spacing(10).align_y(Center).into()
}

/// What the authority calls a fagsystem.
fn called(cvr: Cvr, id: &FagsystemId, scene: Scene<'_>) -> String {
    let authority = scene.bench.book().authority(cvr);
    authority.map_or_else(|| id.to_string(), |authority| fagsystem_name(authority, id).to_owned())
}
