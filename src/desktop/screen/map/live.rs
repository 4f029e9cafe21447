//! The messages that travel over the map as they come.

use std::time::Instant;

use iced::keyboard::key::Named;
use iced::widget::{Row, column, container, row, text};
use iced::{Center, Element, Fill};
use jiff::ToSpan;
use lucide_icons::Icon;
use serde::{Deserialize, Serialize};

use super::Message;
use crate::desktop::language::TravelNames;
use crate::desktop::language::names::Names;
use crate::desktop::model::travels::{Arrival, Fate, JOURNEY, Mark, NoWay, Parcel, Traveller, Travels};
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::command::{Command, Shortcut};
use crate::desktop::screen::part::map::{MapLayout, Places, ShownMap};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    ArrivalMark, Due, MarkLook, MarkShape, MovingMark, focus_button, labelled_button, mark_sign, note, one_line,
    travellers,
};
use crate::picture::Tone;
use crate::rules::Criterion;
use crate::store::{JournalRow, PublicationNumber};

/// The name under which it is saved whether messages travel.
const VIEW: &str = "map";
/// No field has that id: what has the focus loses it.
const NOTHING: &str = "map-nothing";
/// What came so long before the map is shown still travels: people send something and go to the map to see it.
const FRESH_SECONDS: i64 = 30;
/// The height of what stands above the picture, with the space below it.
pub(super) const BAR: f32 = 144.0;
/// The height of what the marks stand for, with the space below it.
pub(super) const LEGEND: f32 = 26.0;
/// The sentence about a message has that height, whether there is one or not, so that the picture keeps its place.
const SENTENCE: f32 = 52.0;
const CHIPS: f32 = 30.0;
/// The width of each of those that have arrived last, with the space beside it.
const CHIP: f32 = 196.0;
const CHIP_GAP: f32 = 6.0;
const CHIP_PADDING: f32 = 10.0;

/// Whether messages travel, as people have chosen it; `None` where they have not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Settings {
    live: Option<bool>,
    /// The same in training, where they do unless people have chosen otherwise.
    live_in_training: Option<bool>,
}

/// The messages on the map.
#[derive(Debug, Default)]
pub(super) struct Live {
    settings: Settings,
    travels: Travels,
    moving: Vec<MovingMark>,
    arrived: Vec<ArrivalMark>,
    /// What the marks were placed by: the layout, what travels, and the publication.
    placed_by: Option<(u64, u64, PublicationNumber)>,
}

impl Live {
    pub fn open(view: Option<&serde_json::Value>) -> Self {
        let settings = view.and_then(|view| serde_json::from_value(view.clone()).ok());
        Self { settings: settings.unwrap_or_default(), ..Self::default() }
    }

    pub fn name() -> &'static str {
        VIEW
    }

    pub fn is_on(&self, scene: Scene<'_>) -> bool {
        if scene.services.is_training() {
            self.settings.live_in_training.unwrap_or(true)
        } else {
            self.settings.live.unwrap_or(false)
        }
    }

    pub fn turn(&mut self, is_on: bool, scene: Scene<'_>) -> Action<Message> {
        let settings = &mut self.settings;
        *(if scene.services.is_training() { &mut settings.live_in_training } else { &mut settings.live }) = Some(is_on);
        self.begin_anew();
        let save = Action::from(Request::SaveView(VIEW, serde_json::to_value(self.settings).unwrap_or_default()));
        // The space bar stops messages from now on, and does not press the switch again.
        save.then(Action::focus(NOTHING))
    }

    /// Forgets what was under way.
    pub fn begin_anew(&mut self) {
        self.travels.begin_anew();
        self.moving.clear();
        self.arrived.clear();
    }

    pub fn look_on(&mut self) {
        self.travels.look_on();
    }

    pub fn toggle_pause(&mut self) {
        self.travels.toggle_pause();
    }

    pub fn step(&mut self) {
        self.travels.step();
    }

    pub fn choose(&mut self, number: i64) {
        self.travels.choose(number);
    }

    /// Lets pass the time until then.
    pub fn pass(&mut self, now: Instant, layout: &MapLayout, scene: Scene<'_>) {
        let places = Places::of(layout, scene);
        self.travels.pass(now, |row| places.find(row).err());
    }

    /// Notices what has come.
    pub fn notice(&mut self, scene: Scene<'_>) {
        self.travels.notice(scene.rows, scene.now - FRESH_SECONDS.seconds());
    }

    /// Brings the marks to where they are on the map as it is laid out now.
    pub fn place(&mut self, map: &ShownMap, scene: Scene<'_>) {
        let by = Some((map.version(), self.travels.version(), scene.bench.published().number));
        let Some(layout) = map.layout().filter(|_| self.placed_by != by) else { return };
        self.placed_by = by;
        let places = Places::of(layout, scene);
        let chosen = self.travels.chosen().map(|chosen| chosen.parcel.row.number);
        let moving = self.travels.under_way().iter();
        self.moving = moving.filter_map(|traveller| moving_mark(traveller, chosen, &places, scene)).collect();
        self.arrived = self.travels.marks().filter_map(|mark| arrival_mark(mark, &places)).collect();
    }

    /// What lies over the picture.
    pub fn over<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let due = match self.travels.next_moment() {
            _ if self.travels.is_urgent() => Due::Now,
            Some(at) => Due::At(at),
            None => Due::Never,
        };
        let (t, number) = (&scene.t.map.travels, scene.t.number);
        travellers(JOURNEY, &self.moving, &self.arrived, due, Message::Moment, Message::Choose, move |count| {
            (t.just_arrived)(&number(count))
        })
        .into()
    }

    /// What stands above the picture, in a room of that width: what can be done, how many there are, and why one of them went where it
    /// did.
    pub fn bar<'a>(&'a self, room: f32, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.map.travels;
        let (symbol, words) = if self.travels.is_paused() { (Icon::Play, t.go_on) } else { (Icon::Pause, t.pause) };
        let pause = labelled_button(symbol, words).style(theme::secondary).on_press(Message::TogglePause);
        let next = labelled_button(Icon::StepForward, t.next).style(theme::secondary).on_press(Message::Step);
        let counts = t.counts(self.travels.travelling(), self.travels.waiting(), self.travels.counts());
        let controls = row![pause, next, container(one_line(counts)).width(Fill)].spacing(8).align_y(Center);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "there is room for a few")]
        let most = ((room + CHIP_GAP) / CHIP).floor().max(1.0) as usize;
        let chips = self.travels.arrived().take(most).map(|arrival| chip(arrival, self.travels.chosen(), scene));
        let chips = container(Row::with_children(chips).spacing(CHIP_GAP)).height(CHIPS).width(Fill);
        column![controls, self.sentence(scene), chips].spacing(8).into()
    }

    /// Why the message that is shown went where it did; or else the one that arrived last, or the first that travels.
    fn sentence<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.map.travels;
        let latest = self.travels.chosen().or_else(|| self.travels.arrived().next());
        let latest = latest.map(|arrival| (&arrival.parcel, arrival.no_way));
        let first = || self.travels.under_way().first().map(|traveller| (&traveller.parcel, None));
        let content = match latest.or_else(first) {
            None => {
                let words = match scene.other_day() {
                    Some(day) => (t.other_day)(&day),
                    None if !scene.bench.insight().differences.is_empty() => {
                        format!("{} {}", t.none_yet, (t.by_publication)(scene.bench.published().number.get()))
                    }
                    None => t.none_yet.to_owned(),
                };
                row![text(words).style(theme::muted)]
            }
            Some((parcel, no_way)) => {
                let words = sentences(parcel, no_way, scene).join(" ");
                let open = labelled_button(Icon::MailOpen, t.open).style(theme::secondary);
                let open = open.on_press(Message::OpenStory(parcel.row.number));
                row![mark_sign(look(parcel.fate())), container(text(words)).width(Fill), open]
            }
        };
        let content = content.spacing(10).align_y(Center);
        container(content).padding([4, 12]).width(Fill).center_y(SENTENCE).clip(true).style(theme::card).into()
    }

    pub fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let (t, title) = (&scene.t.map.travels, scene.t.map.title);
        let is_on = self.is_on(scene);
        let turn = if is_on { t.live_off } else { t.live_on };
        let command = |symbol, words: &str, keywords, message| {
            Command::new(symbol, format!("{title}: {words}"), keywords, message)
        };
        let about = "levende rejse bevægelse animation trafik live moving traffic";
        let mut commands = vec![command(Icon::Radio, turn, about, Message::Live(!is_on))];
        if is_on {
            let still = "levende pause stop frys stå stille live freeze still";
            let step = "levende trin skridt enkeltvis langsomt live step single slowly";
            commands.extend([
                command(Icon::Pause, t.pause_or_go_on, still, Message::TogglePause)
                    .with_shortcut(Shortcut::named(Named::Space)),
                command(Icon::StepForward, t.next_travels, step, Message::Step).with_shortcut(Shortcut::letter('n')),
            ]);
        }
        commands
    }
}

/// What the marks stand for.
pub(super) fn legend(scene: Scene<'_>) -> Element<'_, Message> {
    let t = &scene.t.map.travels;
    let fates = Fate::ALL.into_iter().filter(|fate| *fate != Fate::Refused);
    let entry = |fate: Fate| row![mark_sign(look(fate)), note((t.fate)(fate))].spacing(6).align_y(Center).into();
    Row::with_children(fates.map(entry)).spacing(16).align_y(Center).wrap().vertical_spacing(6).into()
}

/// A message that has arrived, which is shown when pressed.
fn chip<'a>(arrival: &Arrival, chosen: Option<&Arrival>, scene: Scene<'a>) -> Element<'a, Message> {
    let row_of = &arrival.parcel.row;
    let is_chosen = chosen.is_some_and(|chosen| chosen.parcel.row.number == row_of.number);
    let names = names_of(row_of, scene);
    let fagsystem = row_of.fagsystem.as_ref().and_then(|id| Some(names?.fagsystem(id).to_owned()));
    let rule = row_of.priority.map_or_else(|| scene.t.map.otherwise.to_owned(), |rule| rule.to_string());
    let words = match fagsystem {
        Some(fagsystem) => format!("{rule} → {fagsystem}"),
        None => (scene.t.messages.outcome)(row_of.outcome, row_of.reason, false).to_owned(),
    };
    let words = match arrival.parcel.count {
        0 | 1 => words,
        count => format!("{} · {words}", (scene.t.number)(count)),
    };
    let content = row![mark_sign(look(arrival.parcel.fate())), one_line(words).size(theme::SMALL)];
    let content = container(content.spacing(6).align_y(Center)).width(CHIP - CHIP_GAP - 2.0 * CHIP_PADDING).clip(true);
    let chip = focus_button(content).padding([4.0, CHIP_PADDING]).style(theme::chip(is_chosen));
    chip.on_press(Message::Choose(row_of.number)).into()
}

fn moving_mark(
    traveller: &Traveller,
    chosen: Option<i64>,
    places: &Places<'_>,
    scene: Scene<'_>,
) -> Option<MovingMark> {
    let parcel = &traveller.parcel;
    let number = parcel.row.number;
    let way = places.way(places.find(&parcel.row).ok()?, number);
    Some(MovingMark {
        id: number,
        way,
        ran: traveller.ran,
        since: traveller.since,
        look: look(parcel.fate()),
        number: (parcel.count > 1).then(|| (scene.t.number)(parcel.count)),
        words: vec![sentences(parcel, None, scene).join(" ")],
        is_chosen: chosen == Some(number),
    })
}

fn arrival_mark(mark: &Mark, places: &Places<'_>) -> Option<ArrivalMark> {
    let place = places.fagsystem(&mark.fagsystem)?;
    let row = &mark.parcel.row;
    let at = places.way(places.find(row).ok()?, row.number).end()?;
    Some(ArrivalMark {
        at,
        place,
        door: places.door(place),
        count: mark.parcel.count,
        when: mark.at,
        look: look(mark.parcel.fate()),
    })
}

/// How a message looks by what became of it.
fn look(fate: Fate) -> MarkLook {
    let (shape, tone, symbol) = match fate {
        Fate::UnderWay => (MarkShape::Letter, Tone::Accent, Icon::Mail),
        Fate::Accepted => (MarkShape::Disc, Tone::Good, Icon::Check),
        Fate::Rejected | Fate::Refused => (MarkShape::Square, Tone::Bad, Icon::X),
        Fate::Unavailable => (MarkShape::Ring, Tone::Warning, Icon::RotateCcw),
        Fate::Unknown => (MarkShape::Frame, Tone::Bad, Icon::CircleQuestionMark),
    };
    MarkLook { shape, tone, symbol }
}

fn names_of<'a>(row: &JournalRow, scene: Scene<'a>) -> Option<Names<'a>> {
    let cvr = row.authority?;
    let authority = if cvr == scene.authority.cvr { scene.authority } else { scene.bench.book().authority(cvr)? };
    Some(scene.names_of(authority))
}

/// Why it went where it did.
pub(super) fn sentences(parcel: &Parcel, no_way: Option<NoWay>, scene: Scene<'_>) -> Vec<String> {
    let row = &parcel.row;
    let about = TravelNames {
        names: names_of(row, scene),
        criterion: criterion_of(row, scene),
        element: scene.t.map.element,
        outcome: (scene.t.messages.outcome)(row.outcome, row.reason, row.repeats.is_some()),
        day: scene.day(),
    };
    scene.t.map.travels.sentences(parcel, no_way, about)
}

/// What the deciding rule looks at, where it was one of the publication in force.
fn criterion_of<'a>(row: &JournalRow, scene: Scene<'a>) -> Option<&'a Criterion> {
    let published = scene.bench.published();
    let is_in_force = row.publication == Some(published.number);
    let authority = published.book.authority(row.authority?).filter(|_| is_in_force)?;
    authority.rule(row.priority?).map(|rule| &rule.criterion)
}
