//! *Overblik*: the traffic over time and by fagsystem, and what needs attention. Every figure opens the messages that it
//! counts.

mod away;
mod fagsystems;
mod figures;
mod listed;
mod map;
mod reviewed;
mod troubles;

use std::collections::HashMap;

use iced::widget::{column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill, FillPortion};
use jiff::Timestamp;
use lucide_icons::Icon;

use super::action::{Action, Request};
use super::command::Command;
use super::contract::Screen;
use super::fagsystems::Probing;
use super::messages::Filter;
use super::part::map::{MapReading, ShownMap};
use super::part::picture_out::{DOCUMENT_WIDTH, Outgoing, PictureWay, picture_button, picture_commands};
use super::part::routers::{routers_card, routers_note};
use super::part::{after_publishing, published};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::model::health::warnings;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::theme;
use crate::desktop::widget::{
    Bar, BarChart, Tip, empty_with, focus_button, heading, labelled_button, note, one_line, swatch,
};
use crate::picture::{Look, Pattern, Tone};
use crate::router::Probe;
use crate::rules::{Authority, Cvr, Endpoint, Fagsystem, FagsystemId, Priority, RuleBook};
use crate::secrets::{SecretKind, SecretName};
use crate::store::{Counts, OutcomeGroup, Overview, OverviewPeriod, PublicationNumber, RouterSettings};

const LIST: &str = "overview";
const WARNINGS: &str = "warnings";
/// From this width on, the chart and the warnings are beside each other.
const ROOMY: f32 = 980.0;
/// The height of the heading above the warnings, the approximate height of a warning, and the most height for all of them.
const ATTENTION_HEAD: f32 = 54.0;
const WARNING_HEIGHT: f32 = 122.0;
const MOST_WARNINGS: f32 = 432.0;
/// Below this width the key of the chart is below its title, and the figures are two by two.
const NARROW: f32 = 720.0;
/// The height of the key, and the gap above it where it is below the title.
const KEY_HEIGHT: f32 = 21.0;
const KEY_GAP: f32 = 6.0;
/// The height of the chart's card, when there is much below it and when there is room.
const LEAST_HEIGHT: f32 = 252.0;
const MOST_HEIGHT: f32 = 420.0;
/// The height of the card's padding and title.
const AROUND_CHART: f32 = 66.0;
/// The height of the chart in a document.
const DOCUMENT_HEIGHT: f32 = 260.0;
/// The height of the screen without that card and the rows of fagsystems.
const ELSEWHERE: f32 = 376.0;
/// The height of the card of a figure. The one of messages not accepted has three lines.
const FIGURE_HEIGHT: f32 = 126.0;
/// The vertical and horizontal padding of a card.
const CARD_PADDING: [f32; 2] = [12.0, 16.0];
const GAP: f32 = 14.0;
/// The padding at the sides of the screen.
const SIDES: f32 = 40.0;
/// Below this height of the screen, what is said while there are no messages scrolls, and has that height.
const ROOM_FOR_EMPTY: f32 = 860.0;
const EMPTY_HEIGHT: f32 = 240.0;
/// From this height on, the last review stands on the screen that has no message to show yet.
const ROOM_FOR_REVIEWED: f32 = 600.0;

/// *Overblik*.
#[derive(Debug, Default)]
pub(in crate::desktop) struct OverviewScreen {
    period: OverviewPeriod,
    /// The fagsystems that were probed from here, with the results.
    probed: HashMap<(Cvr, FagsystemId), Probing>,
    map: ShownMap,
}

#[derive(Debug, Clone)]
pub enum Message {
    Choose(OverviewPeriod),
    Show(Page),
    /// List the messages that a figure counts.
    List(Vec<Filter>),
    /// Confirm that the machine's clock is right.
    ConfirmClock,
    StartRouter,
    /// Try to connect to a fagsystem, without sending it anything.
    Probe(Cvr, FagsystemId),
    Probed(Cvr, FagsystemId, Endpoint, Result<Probe, Error>),
    /// Use a paused fagsystem again.
    Resume(Cvr, FagsystemId),
    OpenFagsystem(Cvr, FagsystemId),
    OpenPublication(PublicationNumber),
    /// Put the rules of that publication into the draft, in place of the newest ones.
    TakeBack(PublicationNumber),
    OpenRule(Cvr, Priority),
    MapRead(MapReading),
    PointAtMap(Option<usize>),
    /// Copy or save the chart.
    PictureOut(PictureWay),
}

impl OverviewScreen {
    /// Tries to connect to a fagsystem with its client certificate and limits.
    fn probe(&mut self, authority: Cvr, id: FagsystemId, scene: Scene<'_>) -> Action<Message> {
        let Some((_, fagsystem)) = find(&scene.bench.published().book, authority, &id) else { return Action::None };
        let certificate = SecretName::wanted(authority, &id, &fagsystem.access);
        let certificate = certificate.filter(|name| name.kind == SecretKind::ClientCertificate);
        let (endpoint, limits, settings) = (fagsystem.endpoint.clone(), fagsystem.limits, scene.settings.clone());
        self.probed.entry((authority, id.clone())).or_default().begins(endpoint.clone());
        let asked = endpoint.clone();
        scene.serve(
            move |services| services.probe(asked, certificate, limits, settings),
            move |probed| Message::Probed(authority, id.clone(), endpoint.clone(), probed),
        )
    }

    /// The title and the choice of period.
    fn head<'a>(&self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.overview;
        let title = text(t.title).font(theme::SEMIBOLD).size(theme::TITLE);
        let periods = OverviewPeriod::ALL.map(|period| {
            let words = text((t.period)(period)).size(theme::SMALL);
            let button = focus_button(words).padding([5, 14]).style(theme::chip(period == self.period));
            button.on_press(Message::Choose(period)).into()
        });
        let titles = column![title, note((t.within)(self.period))].spacing(2);
        row![titles.width(Fill), row(periods).spacing(6)].spacing(12).align_y(Center).into()
    }
}

impl Screen for OverviewScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::ChartColumn;
    const KEYWORDS: &'static str = "forside start tal status dashboard front home figures";

    fn title(t: &'static Texts) -> &'static str {
        t.overview.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Choose(period) => {
                self.period = period;
                Request::ReadOverview(period).into()
            }
            Message::Show(page) => Action::show(page),
            Message::List(filters) => Request::ListMessages(filters).into(),
            Message::ConfirmClock => Request::ConfirmClock.into(),
            Message::StartRouter => Request::StartRouterAsShown.into(),
            Message::Probe(authority, id) => self.probe(authority, id, scene),
            Message::Probed(authority, id, endpoint, probed) => {
                if let Some(probing) = self.probed.get_mut(&(authority, id)) {
                    probing.ends(endpoint, probed);
                }
                Action::None
            }
            Message::Resume(authority, id) => Request::Resume(authority, id).into(),
            Message::OpenFagsystem(authority, id) => Request::OpenFagsystem(authority, id).into(),
            Message::OpenPublication(number) => Request::OpenPublication(number).into(),
            Message::TakeBack(previous) => Request::Restore(previous).into(),
            Message::OpenRule(authority, rule) => Request::OpenRule(authority, rule).into(),
            Message::MapRead(reading) => {
                self.map.take(reading);
                Action::None
            }
            Message::PointAtMap(spot) => {
                self.map.point(spot);
                Action::None
            }
            Message::PictureOut(way) => match scene.overview.filter(|overview| !overview.is_empty()) {
                Some(overview) => outgoing_chart(overview, scene).go(way, scene),
                None => Action::None,
            },
        }
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Some(overview) = scene.overview else {
            return column![self.head(scene), space().height(Fill)].padding([16, 20]).into();
        };
        if overview.is_empty() {
            let next = labelled_button(Icon::Radio, scene.t.overview.to_router)
                .style(theme::primary)
                .on_press(Message::Show(Page::Router));
            let warnings = warnings(
                overview,
                &scene.bench.published().book,
                (scene.router, scene.routers),
                scene.hindrances,
                (scene.today, scene.day()),
                scene.now,
            );
            // There can be warnings before the first message.
            let attention = (!warnings.is_empty()).then(|| {
                let attention = scrollable(self.attention_card(&warnings, overview, scene)).style(theme::scrollbar);
                let attention = container(attention).style(theme::card).padding(1).width(Fill);
                container(attention.max_height(MOST_WARNINGS)).padding([0, 20])
            });
            let head = container(self.head(scene)).padding([16, 20]);
            let map = map::view(&self.map, scene).map(|map| container(map).padding([0, 20]));
            let reviewed = (scene.size.height > ROOM_FOR_REVIEWED)
                .then(|| container(reviewed::view(overview, scene)).padding(iced::Padding::from([0, 20]).top(GAP)));
            let routers = routers(scene).map(|card| container(card).padding(iced::Padding::from([0, 20]).top(GAP)));
            let empty = empty_with(Icon::ChartColumn, explained(scene.t.overview.none, scene.t.language), next);
            if scene.size.height > ROOM_FOR_EMPTY {
                return column![head, map, attention, routers, reviewed, empty].into();
            }
            let parts = column![head, map, attention, routers, reviewed, container(empty).height(EMPTY_HEIGHT)];
            return scrollable(parts).id(LIST).width(Fill).height(Fill).style(theme::scrollbar).into();
        }
        let book = &scene.bench.published().book;
        let warnings = warnings(
            overview,
            book,
            (scene.router, scene.routers),
            scene.hindrances,
            (scene.today, scene.day()),
            scene.now,
        );
        let lines: usize = book.authorities.iter().map(|authority| authority.fagsystems.len()).sum();
        #[expect(clippy::cast_precision_loss, reason = "there are few")]
        let room = scene.size.height - ELSEWHERE - map::CARD - lines as f32 * fagsystems::ROW_HEIGHT;
        #[expect(clippy::cast_precision_loss, reason = "there are few")]
        let of_warnings = (ATTENTION_HEAD + warnings.len() as f32 * WARNING_HEIGHT).min(MOST_WARNINGS);
        let height = room.clamp(LEAST_HEIGHT, MOST_HEIGHT).max(if is_roomy(scene) { of_warnings } else { 0.0 });
        let (chart, attention) = (chart_card(overview, scene, height), self.attention_card(&warnings, overview, scene));
        let middle: Element<'a, Message> = if is_roomy(scene) {
            let chart = container(chart).width(FillPortion(8));
            let attention = scrollable(attention).id(WARNINGS).height(Fill).width(Fill).style(theme::scrollbar);
            let attention = container(attention).style(theme::card).padding(1).width(FillPortion(5)).height(Fill);
            row![chart, attention].spacing(GAP).height(height).into()
        } else {
            let attention = container(attention).style(theme::card).width(Fill);
            column![attention, chart].spacing(GAP).into()
        };
        let marked = published::in_words(overview.publications.iter(), scene.t, Message::OpenPublication);
        let marked = marked.map(|words| container(words).padding([0, 4]));
        let middle = column![middle, marked].spacing(6);
        let after = overview.after_publishing.as_ref().map(|after| {
            let after = after_publishing::view(after, book, scene, Message::TakeBack);
            container(after).padding(16).width(Fill).style(theme::card)
        });
        let parts = column![
            self.head(scene),
            map::view(&self.map, scene),
            figures::view(overview, scene),
            middle,
            routers(scene),
            fagsystems::view(overview, book, scene),
            reviewed::view(overview, scene),
            after,
            away::view(overview, book, scene),
        ];
        scrollable(parts.spacing(GAP).padding([16, 20]))
            .id(LIST)
            .width(Fill)
            .height(Fill)
            .style(theme::scrollbar)
            .into()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if scene.page == Page::Overview {
            self.map.refresh(map::view_of(scene), scene);
        }
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.map.follow(scene).map(Message::MapRead)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let o = &scene.t.overview;
        let command = |period| {
            let words = format!("{}: {}", o.title, (o.period)(period));
            let keywords = "tal statistik periode figures statistics period";
            Command::new(Icon::ChartColumn, words, keywords, Message::Choose(period))
        };
        [OverviewPeriod::Day, OverviewPeriod::Week, OverviewPeriod::Month].into_iter().map(command).collect()
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let has_chart = scene.overview.is_some_and(|overview| !overview.is_empty());
        if has_chart { picture_commands(scene.t.overview.messages, scene, Message::PictureOut) } else { Vec::new() }
    }
}

/// The routers that share the database, where it is on a server.
fn routers(scene: Scene<'_>) -> Option<Element<'_, Message>> {
    scene.routers.map(|routers| {
        let card = column![routers_card(routers, scene.t, scene.size.width - SIDES), routers_note(routers, scene.t)];
        container(card).padding(1).width(Fill).style(theme::card).into()
    })
}

fn is_roomy(scene: Scene<'_>) -> bool {
    scene.size.width >= ROOMY
}

fn is_narrow(scene: Scene<'_>) -> bool {
    scene.size.width < NARROW
}

/// The colour and pattern of the parts of a bar, by outcome.
const LOOKS: [Look; OutcomeGroup::ALL.len()] = [
    Look { tone: Tone::Accent, pattern: Pattern::Solid },
    Look { tone: Tone::Bad, pattern: Pattern::Across },
    Look { tone: Tone::Warning, pattern: Pattern::Upright },
    Look { tone: Tone::Muted, pattern: Pattern::Hollow },
];

fn parts(counts: &Counts) -> Vec<u64> {
    OutcomeGroup::ALL.map(|group| counts.of(group)).to_vec()
}

/// The messages of each slot.
fn chart(overview: &Overview, scene: Scene<'_>, height: f32) -> BarChart {
    let t = &scene.t.overview;
    let bars = overview
        .slots
        .iter()
        .map(|slot| Bar { counts: parts(&slot.counts), label: t.slot_label(overview.period, slot) });
    let marks = published::marks(&overview.publications, scene.t, |entry| along(overview, entry.published_at));
    BarChart { looks: &LOOKS, bars: bars.collect(), number: scene.t.number, marks, height }
}

fn chart_card<'a>(overview: &'a Overview, scene: Scene<'a>, height: f32) -> Element<'a, Message> {
    let t = &scene.t.overview;
    let tip = move |at: usize| {
        let slot = &overview.slots[at];
        let line = |(group, look): (OutcomeGroup, Look)| {
            (look, format!("{} {}", (scene.t.number)(slot.counts.of(group)), (t.group)(group)))
        };
        Tip {
            title: t.slot(overview.period, slot),
            lines: OutcomeGroup::ALL.into_iter().zip(LOOKS).map(line).collect(),
            notes: vec![t.count.of(slot.counts.messages())],
        }
    };
    let around = if is_narrow(scene) { AROUND_CHART + KEY_HEIGHT + KEY_GAP } else { AROUND_CHART };
    let chart = chart(overview, scene, height - around)
        .view(tip)
        .on_press(|at| Some(Message::List(listed::slot(&overview.slots[at]))));
    let key = OutcomeGroup::ALL.into_iter().zip(LOOKS).map(|(group, look)| {
        let words = row![swatch(look), note((t.group)(group))].spacing(6).align_y(Center);
        let list = (overview.total.of(group) > 0).then(|| Message::List(listed::groups(overview, &[group])));
        focus_button(words).padding([2, 4]).style(theme::quiet).on_press_maybe(list).into()
    });
    let (key, out) = (row(key).spacing(2), picture_button(scene, Message::PictureOut));
    let title = container(heading(t.messages)).width(Fill);
    let head: Element<'a, Message> = if is_narrow(scene) {
        column![row![title, out].align_y(Center), key].spacing(KEY_GAP).into()
    } else {
        row![title, key, out].spacing(8).align_y(Center).into()
    };
    container(column![head, chart].spacing(12)).padding(16).width(Fill).height(height).style(theme::card).into()
}

/// The chart for a document.
fn outgoing_chart(overview: &Overview, scene: Scene<'_>) -> Outgoing {
    let t = &scene.t.overview;
    let picture = chart(overview, scene, DOCUMENT_HEIGHT).lay_out(DOCUMENT_WIDTH, None);
    let title = format!("{}: {}", t.messages, (t.within)(overview.period));
    let authorities: Vec<_> =
        scene.bench.published().book.authorities.iter().map(|authority| authority.name.as_str()).collect();
    let key = OutcomeGroup::ALL
        .into_iter()
        .zip(LOOKS)
        .map(|(group, look)| (look, format!("{} {}", (scene.t.number)(overview.total.of(group)), (t.group)(group))));
    let marked = overview.publications.iter().filter(|entry| along(overview, entry.published_at).is_some());
    Outgoing::new(t.title, title, picture, scene)
        .of(&authorities)
        .on(scene.today)
        .with_key(key)
        .with_notes(published::named(marked, scene.t))
}

/// How far along the slots a moment is, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "there are few slots")]
fn along(overview: &Overview, moment: Timestamp) -> Option<f32> {
    let at = overview.slots.iter().position(|slot| (slot.begin..slot.end).contains(&moment))?;
    let slot = &overview.slots[at];
    let (passed, all) = (moment.duration_since(slot.begin).as_secs(), slot.end.duration_since(slot.begin).as_secs());
    Some((at as f32 + passed as f32 / all.max(1) as f32) / overview.slots.len() as f32)
}

/// A fagsystem of a book, with its authority.
fn find<'a>(book: &'a RuleBook, authority: Cvr, id: &FagsystemId) -> Option<(&'a Authority, &'a Fagsystem)> {
    let authority = book.authority(authority)?;
    Some((authority, authority.fagsystem(id)?))
}

/// A card with a figure; pressing it lists the messages that it counts.
fn figure<'a>(
    name: &'a str,
    value: String,
    about: Element<'a, Message>,
    list: Option<Message>,
) -> Element<'a, Message> {
    let content = column![caption(name), one_line(value).bold().size(theme::TITLE), about].spacing(4);
    let content = container(content).width(Fill).height(FIGURE_HEIGHT - 2.0 * CARD_PADDING[0]);
    focus_button(content).padding(CARD_PADDING).style(theme::card_button).on_press_maybe(list).into()
}

/// Text around a figure, which may wrap to two lines.
fn caption<'a>(words: impl text::IntoFragment<'a>) -> Element<'a, Message> {
    text(words).size(theme::SMALL).style(theme::muted).into()
}

fn small<'a>(words: impl text::IntoFragment<'a>) -> Element<'a, Message> {
    one_line(words).size(theme::SMALL).tone(theme::muted).into()
}

/// A part of a card or row that lists its own messages when pressed.
fn part<'a>(content: impl Into<Element<'a, Message>>, list: Option<Message>) -> Element<'a, Message> {
    match list {
        Some(list) => focus_button(content).padding(0).style(theme::cell_link).on_press(list).into(),
        None => content.into(),
    }
}
