//! *Kort*: who gets what, as a picture from who writes over what the rules look at and the rules to the fagsystems.

mod live;
mod panel;
mod trace;

use std::time::Instant;

use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};
use iced::widget::{Row, column, container, row, scrollable, stack, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use self::live::Live;
use self::trace::Trace;
use super::action::{Action, Request};
use super::command::{Command, Standard};
use super::contract::Screen;
use super::part::map::{
    Drawing, MapLayout, MapReading, MapView, ShownMap, StandingOut, Target, Tracing, draw, subject_of,
};
use super::part::picture_out::{Outgoing, PictureWay, picture_button, picture_commands};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::language::names::Names;
use crate::desktop::model::map::{FAGSYSTEMS, Focus, GROUPS, ROWS, RowKind, TracedMessage};
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::theme;
use crate::desktop::widget::{
    beside, empty, empty_with, focus_button, icon, labelled_button, note, one_line, picture_view, plain_button,
};
use crate::picture::{Picture, Size};
use crate::rules::{Criterion, FagsystemId, Priority};
use crate::store::RouterSettings;

const PAGE: &str = "map";
const PICTURE: &str = "map-picture";
const PADDING: f32 = 20.0;
const SCROLLBAR: f32 = 12.0;
/// The height of what stands above and below the picture, and of what stands there only at times.
const AROUND: f32 = 180.0;
const CRUMBS: f32 = 40.0;
const PROOF: f32 = 44.0;
const LEAST_HEIGHT: f32 = 300.0;
const LEAST_WIDTH: f32 = 480.0;
const PANEL_WIDTH: f32 = 264.0;

/// *Kort*.
#[derive(Debug)]
pub(in crate::desktop) struct MapScreen {
    map: ShownMap,
    focus: Focus,
    /// Where one looked before, the last one last.
    trail: Vec<Focus>,
    is_by_mail: bool,
    shows_changes: bool,
    live: Live,
    /// The message whose way is shown, while nothing travels.
    trace: Option<Trace>,
}

#[derive(Debug, Clone)]
pub enum Message {
    Read(MapReading),
    Point(Option<usize>),
    Press(usize),
    /// Something was dragged from one spot to another.
    Drop(usize, usize),
    /// Look at what is around again.
    LookBackAt(Focus),
    /// The same, one step back.
    Up,
    ByMail(bool),
    Changes(bool),
    Close,
    OpenRule(Priority),
    OpenFagsystem(FagsystemId),
    ListRules(FagsystemId),
    MakeRule(Criterion),
    NewRule,
    ShowChanges,
    PictureOut(PictureWay),
    /// Let messages travel over the map, or not.
    Live(bool),
    TogglePause,
    /// Let the next message travel alone.
    Step,
    /// Time has passed, until then.
    Moment(Instant),
    /// Say why the message with this number went where it did.
    Choose(i64),
    OpenStory(i64),
    /// Show the way of that message alone.
    Trace(Box<TracedMessage>),
    /// Show the whole map again.
    LeaveTrace,
    /// Go back to where the message whose way is shown came from.
    GoBack,
    LookInto(Focus),
}

impl MapScreen {
    fn view_of(&self, scene: Scene<'_>) -> MapView {
        let panel = if self.map.chosen().is_some() && has_room(scene) { PANEL_WIDTH } else { 0.0 };
        let width = (scene.size.width - 2.0 * PADDING - panel - SCROLLBAR).max(LEAST_WIDTH);
        let crumbs = if self.focus == Focus::default() { 0.0 } else { CRUMBS };
        let proof = if has_proof(scene) { PROOF } else { 0.0 };
        let above = match &self.trace {
            Some(_) => trace::height(width),
            None if self.is_live(scene) => live::BAR + live::LEGEND,
            None => 0.0,
        };
        let height = (scene.size.height - AROUND - crumbs - proof - above).max(LEAST_HEIGHT);
        MapView {
            size: Size::new(width.floor(), height.floor()),
            focus: self.focus.clone(),
            is_by_mail: self.is_by_mail,
            shows_changes: self.shows_changes && !scene.bench.insight().differences.is_empty(),
            also: self.trace.as_ref().and_then(Trace::tracing).map_or_else(Vec::new, Tracing::ends),
            is_small: false,
        }
    }

    /// Whether messages travel over the map now.
    fn is_live(&self, scene: Scene<'_>) -> bool {
        self.trace.is_none() && self.live.is_on(scene)
    }

    /// Shows the way of a message alone, on the whole of the map.
    fn begin_trace(&mut self, message: TracedMessage, scene: Scene<'_>) -> Action<Message> {
        let before = self.leave_trace(scene);
        self.look_back_at(Focus::default());
        let (trace, look) = Trace::begin(message, scene);
        self.trace = Some(trace);
        if look.is_none() { before } else { look }
    }

    /// Shows the whole map again, and what travels over it from now on.
    fn leave_trace(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(trace) = self.trace.take() else { return Action::None };
        self.live.look_on();
        trace.end(scene)
    }

    /// Looks into a bundle, or chooses a node.
    fn press(&mut self, spot: usize) {
        let (Some(target), Some(layout)) = (self.map.target(spot), self.map.layout()) else { return };
        let group = match target {
            Target::Node(GROUPS, at) => Some(at),
            Target::Node(ROWS, at) if matches!(layout.row(at), Some(RowKind::Rules(_))) => {
                layout.flow.gathering.rows.get(at).map(|row| row.group)
            }
            _ => None,
        };
        let group = group.and_then(|at| layout.flow.gathering.groups.get(at));
        match group.and_then(|group| group.opens.clone()) {
            Some(opens) => self.look_into(opens),
            None => self.map.choose(target),
        }
    }

    fn look_into(&mut self, focus: Focus) {
        self.trail.push(std::mem::replace(&mut self.focus, focus));
        self.map.reset();
    }

    /// Looks at something around again, from where one has come or at all.
    fn look_back_at(&mut self, focus: Focus) {
        let place = self.trail.iter().position(|before| *before == focus);
        self.trail.truncate(place.unwrap_or_default());
        self.focus = focus;
        self.map.reset();
    }

    /// A rule for what was dragged, to the fagsystem that it was dropped on.
    fn drop(&self, from: usize, to: usize, scene: Scene<'_>) -> Action<Message> {
        let ends = (self.map.target(from), self.map.target(to), self.map.layout());
        let (Some(Target::Node(GROUPS, group)), Some(Target::Node(FAGSYSTEMS, fagsystem)), Some(layout)) = ends else {
            return Action::None;
        };
        let flow = &layout.flow;
        let criterion = flow.gathering.groups.get(group).and_then(|group| subject_of(&group.what));
        let fagsystem = flow.fagsystems.get(fagsystem).filter(|id| scene.authority.fagsystem(id).is_some());
        match (criterion, fagsystem) {
            (Some(criterion), Some(fagsystem)) => Request::BeginRuleTo(criterion, fagsystem.clone()).into(),
            _ => Action::None,
        }
    }

    fn head<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.map;
        let title = text(t.title).font(theme::SEMIBOLD).size(theme::TITLE);
        let chip = |words: &'a str, is_on: bool, message: Message| {
            let words = text(words).size(theme::SMALL);
            focus_button(words).padding([5, 14]).style(theme::chip(is_on)).on_press(message).into()
        };
        let mut chips = Vec::new();
        let is_shown = self.shown(scene).is_some();
        let has_mail = is_shown && self.map.report(scene).is_some_and(|report| report.by_mail.messages() > 0);
        if has_mail {
            chips.push(chip(t.by_mail, self.is_by_mail, Message::ByMail(true)));
            chips.push(chip(t.evenly, !self.is_by_mail, Message::ByMail(false)));
        }
        if is_shown && !scene.bench.insight().differences.is_empty() {
            chips.push(chip(t.changes, self.shows_changes, Message::Changes(!self.shows_changes)));
        }
        if is_shown {
            let is_on = self.live.is_on(scene);
            if self.trace.is_none() {
                chips.push(chip(t.travels.live, is_on, Message::Live(!is_on)));
            }
            chips.push(picture_button(scene, Message::PictureOut));
        }
        let titles = column![title, note(self.about(scene))].spacing(2).width(Fill);
        row![titles, Row::with_children(chips).spacing(6).align_y(Center)].spacing(12).align_y(Center).into()
    }

    /// The map where there is one to be seen: not while it is worked out, or where no rule applies.
    fn shown(&self, scene: Scene<'_>) -> Option<(&MapLayout, &Drawing)> {
        scene.bench.insight().distributor.as_ref()?;
        // Without rules, mail still has a way: to the default recipient. So has one message.
        let has_way = self.map.report(scene)?.by_mail.messages() > 0 || self.trace.is_some();
        let is_empty =
            |layout: &MapLayout| layout.flow.gathering.rows.len() <= 1 && !has_way && self.focus == Focus::default();
        self.map.layout().filter(|layout| !is_empty(layout)).zip(self.map.drawing())
    }

    /// Whose mail it is, by which rules, on which day.
    fn about(&self, scene: Scene<'_>) -> String {
        let t = &scene.t.map;
        let mut parts = Vec::new();
        if let Some(report) = self.map.report(scene) {
            let messages = report.by_mail.messages();
            parts.push(if messages > 0 { t.mail.of(messages) } else { t.no_mail.to_owned() });
        }
        if !scene.bench.insight().differences.is_empty() {
            parts.push((t.against)(scene.bench.published().number.get()));
        }
        parts.push(t.on_day(scene.day()));
        let elsewhen = self.map.layout().map_or(0, |layout| layout.elsewhen);
        parts.extend((elsewhen > 0).then(|| t.elsewhen.of(elsewhen)));
        parts.join(" · ")
    }

    /// The map for a document, without what is pointed at or chosen.
    fn outgoing(&self, scene: Scene<'_>) -> Option<Outgoing> {
        let (layout, _) = self.shown(scene)?;
        let traced = self.map.traced();
        let picture = draw(layout, StandingOut { traced, ..StandingOut::default() }, scene).picture;
        Some(Outgoing::new(scene.t.map.title, self.about(scene), Picture::clone(&picture), scene))
    }

    /// Where one is, with the way back.
    fn crumbs<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let t = &scene.t.map;
        if self.focus == Focus::default() {
            return None;
        }
        let names: Names<'_> = scene.names();
        let whole = plain_button(t.whole).style(theme::quiet).on_press(Message::LookBackAt(Focus::default()));
        let mut crumbs: Vec<Element<'a, Message>> = vec![whole.into()];
        for (at, subject) in self.focus.path.iter().enumerate() {
            crumbs.push(icon(Icon::ChevronRight).size(14).style(theme::muted).into());
            let words = t.subject(subject, names);
            let focus = Focus { path: self.focus.path[..=at].to_vec(), skipped: 0 };
            let is_here = focus == self.focus;
            let words = text(words).size(theme::SMALL);
            let crumb = focus_button(words).padding([4, 8]).style(theme::quiet);
            crumbs.push(crumb.on_press_maybe((!is_here).then_some(Message::LookBackAt(focus))).into());
        }
        Some(Row::with_children(crumbs).spacing(2).align_y(Center).into())
    }

    fn picture<'a>(&'a self, drawing: &'a Drawing, scene: Scene<'a>) -> Element<'a, Message> {
        let view = picture_view(drawing.picture.clone(), drawing.spots.clone());
        let is_on = self.is_live(scene);
        let picture: Element<'_, Message> = view
            .id(PICTURE)
            .leave_space(is_on)
            .beneath(is_on)
            .on_point(Message::Point)
            .on_press(|spot| Some(Message::Press(spot)))
            .on_drop(|from, to| Some(Message::Drop(from, to)))
            .on_key(|_, key, modifiers| key_message(key, modifiers))
            .into();
        // The picture is below something, be it nothing, so that it keeps the keys when that comes and goes.
        stack![picture, is_on.then(|| self.live.over(scene))].into()
    }

    fn proof(scene: Scene<'_>) -> Option<Element<'_, Message>> {
        has_proof(scene).then(|| {
            let proof = one_line(scene.proof_sentence(&scene.bench.published().book, scene.bench.book()));
            let see = icon(Icon::ChevronRight).size(14).style(theme::muted);
            let title = text(scene.t.map.proof).font(theme::SEMIBOLD);
            let words = row![title, container(proof).width(Fill), see].spacing(12).align_y(Center);
            let card = focus_button(container(words).width(Fill)).padding([8, 14]).style(theme::card_button);
            card.on_press(Message::ShowChanges).into()
        })
    }
}

fn has_proof(scene: Scene<'_>) -> bool {
    !scene.bench.insight().differences.is_empty() && !scene.bench.is_behind()
}

fn has_room(scene: Scene<'_>) -> bool {
    scene.size.width - PANEL_WIDTH - 2.0 * PADDING - SCROLLBAR >= LEAST_WIDTH
}

fn key_message(key: &Key, modifiers: Modifiers) -> Option<Message> {
    match key {
        Key::Named(Named::Backspace) if modifiers.is_empty() => Some(Message::Up),
        _ => None,
    }
}

impl Screen for MapScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::Waypoints;
    const KEYWORDS: &'static str = "billede diagram tegning strøm sankey flow picture diagram rules";

    fn title(t: &'static Texts) -> &'static str {
        t.map.title
    }

    fn open(_: &RouterSettings, preferences: &Preferences) -> Self {
        Self {
            map: ShownMap::default(),
            focus: Focus::default(),
            trail: Vec::new(),
            is_by_mail: true,
            shows_changes: true,
            live: Live::open(preferences.views.get(Live::name())),
            trace: None,
        }
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Read(reading) => self.map.take(reading),
            Message::Point(spot) => self.map.point(spot),
            Message::Press(spot) => self.press(spot),
            Message::Drop(from, to) => return self.drop(from, to, scene),
            Message::LookBackAt(focus) => self.look_back_at(focus),
            Message::Up if self.focus == Focus::default() => self.map.choose_nothing(),
            Message::Up => {
                let before = self.trail.last().cloned().unwrap_or_default();
                self.look_back_at(before);
            }
            Message::ByMail(is_by_mail) => self.is_by_mail = is_by_mail,
            Message::Changes(shows) => self.shows_changes = shows,
            Message::Close => self.map.choose_nothing(),
            Message::OpenRule(rule) => return Request::OpenRule(scene.authority.cvr, rule).into(),
            Message::OpenFagsystem(id) => return Request::OpenFagsystem(scene.authority.cvr, id).into(),
            Message::ListRules(id) => return Request::ListRulesOf(id).into(),
            Message::MakeRule(criterion) => return Request::BeginRule(None, criterion).into(),
            Message::NewRule => return Request::BeginEmptyRule.into(),
            Message::ShowChanges => return Action::show(Page::Changes),
            Message::Live(is_on) => return self.live.turn(is_on, scene),
            Message::TogglePause => self.live.toggle_pause(),
            Message::Step => self.live.step(),
            Message::Moment(now) => {
                if let Some(layout) = self.map.layout() {
                    self.live.pass(now, layout, scene);
                }
            }
            Message::Choose(number) => self.live.choose(number),
            Message::Trace(message) => return self.begin_trace(*message, scene),
            Message::LeaveTrace => return self.leave_trace(scene),
            Message::GoBack => return self.trace.as_ref().map(Trace::go_back).into(),
            Message::LookInto(focus) => self.look_into(focus),
            Message::OpenStory(number) => return Request::OpenMessage(number).into(),
            Message::PictureOut(way) => return self.outgoing(scene).map(|outgoing| outgoing.go(way, scene)).into(),
        }
        Action::None
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if scene.page != Page::Map {
            return;
        }
        if let Some(trace) = &mut self.trace {
            trace.refresh(scene);
        }
        self.map.trace(self.trace.as_ref().and_then(Trace::tracing));
        let view = self.view_of(scene);
        self.map.refresh(view, scene);
        if self.map.layout().is_some() && self.is_live(scene) {
            self.live.notice(scene);
            self.live.place(&self.map, scene);
        }
    }

    fn on_shown(&mut self, _: Scene<'_>) -> Action<Message> {
        self.live.look_on();
        Action::None
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.map.follow(scene).map(Message::Read)
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Leave if self.map.chosen().is_some() => Some(Action::Send(Message::Close)),
            Standard::Leave if self.focus != Focus::default() => Some(Action::Send(Message::Up)),
            Standard::Leave if self.trace.is_some() => Some(Action::Send(Message::LeaveTrace)),
            _ => None,
        }
    }

    fn close_authority(&mut self) {
        self.live.begin_anew();
        self.trace = None;
        self.look_back_at(Focus::default());
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.map;
        let head = container(self.head(scene)).padding([16.0, PADDING]);
        if scene.bench.insight().distributor.is_none() {
            return column![head, empty(Icon::Waypoints, explained(t.contradiction, scene.t.language))].into();
        }
        if self.map.layout().is_none() || self.map.report(scene).is_none() {
            return column![head, container(note(t.working_out)).padding([0.0, PADDING])].into();
        }
        let Some((layout, drawing)) = self.shown(scene) else {
            let new = labelled_button(Icon::Plus, t.new_rule).style(theme::primary).on_press(Message::NewRule);
            return column![head, empty_with(Icon::Waypoints, explained(t.no_rules, scene.t.language), new)].into();
        };
        let picture = move || {
            let picture = container(self.picture(drawing, scene)).padding([0.0, PADDING]);
            let is_on = self.is_live(scene);
            let room = layout.view.size.width;
            let bar = match &self.trace {
                Some(trace) => Some(trace.bar(room, self.map.traced(), layout, scene)),
                None => is_on.then(|| self.live.bar(room, scene)),
            };
            let bar = bar.map(|bar| container(bar).padding(Padding::new(PADDING).top(0).bottom(12)));
            let crumbs = self.crumbs(scene).map(|crumbs| {
                let padding = Padding::new(PADDING - 8.0).top(0).bottom(10);
                container(crumbs).padding(padding)
            });
            let below =
                column![is_on.then(|| live::legend(scene)), explained(t.hint, scene.t.language), Self::proof(scene)]
                    .spacing(8);
            let below = container(below).padding(Padding::new(PADDING).top(10).bottom(16)).width(Fill);
            // What is above the picture has a column of its own: where it comes and goes, the picture keeps its place, and so the keys.
            let parts = column![column![bar, crumbs], picture, below];
            let parts = scrollable(parts).id(PAGE).width(Fill).height(Fill).style(theme::scrollbar);
            Element::from(parts)
        };
        let panel = self.map.chosen().and_then(|chosen| panel::view(layout, chosen, scene));
        // Where the map would become too narrow, the panel is shown alone.
        let room = if has_room(scene) { scene.size.width } else { 0.0 };
        column![head, beside(picture, panel, room, PANEL_WIDTH)].into()
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        picture_commands(scene.t.map.title, scene, Message::PictureOut)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.map;
        let words = format!("{}: {}", t.title, t.whole);
        let whole =
            Command::new(Icon::Waypoints, words, "zoom ud hele whole out", Message::LookBackAt(Focus::default()));
        let mut commands = vec![whole];
        if self.trace.is_none() {
            commands.extend(self.live.commands(scene));
        }
        commands
    }
}
