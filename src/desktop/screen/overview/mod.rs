//! *Overblik*: how it goes, hour by hour and fagsystem by fagsystem, and what needs a person.

mod fagsystems;
mod figures;
mod reading;

use iced::widget::{Column, column, container, row, scrollable, space, text};
use iced::{Center, Element as View, Fill, FillPortion};
use lucide_icons::Icon;

use self::reading::Reading;
use super::Scene;
use crate::desktop::attention::{Warning, warnings};
use crate::desktop::widget::{
    Bar, Look, Pattern, Tip, bar_chart, empty_with, focus_button, heading, icon, labelled_button, note, one_line,
    swatch,
};
use crate::desktop::{Page, RouterState, theme};
use crate::store::{Counts, OutcomeGroup, Overview, Period};

const LIST: &str = "overview";
const WARNINGS: &str = "warnings";
/// From this width on the chart and what needs attention stand beside each other.
const ROOMY: f32 = 980.0;
/// How high the chart's card is, when there is much to see below it and when there is room.
const LEAST_HEIGHT: f32 = 252.0;
const MOST_HEIGHT: f32 = 420.0;
/// What of the card is not the chart.
const AROUND_CHART: f32 = 66.0;
/// What of the window's height is neither that card nor a fagsystem's line.
const ELSEWHERE: f32 = 342.0;
const GAP: f32 = 14.0;

/// *Overblik*.
#[derive(Debug, Default)]
pub(in crate::desktop) struct Screen {
    period: Period,
    pub reading: Reading,
}

#[derive(Debug, Clone, Copy)]
pub enum Message {
    Choose(Period),
    Show(Page),
    /// The machine's clock is right.
    ConfirmClock,
}

/// What the screen wants done.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    /// Read the overview, when it is not known yet.
    Read,
    Show(Page),
    /// Have the journal go by the machine's clock again.
    ConfirmClock,
}

impl Screen {
    /// How far back one wants to see.
    pub fn period(&self) -> Period {
        self.period
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Choose(period) => {
                self.period = period;
                Action::Read
            }
            Message::Show(page) => Action::Show(page),
            Message::ConfirmClock => Action::ConfirmClock,
        }
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>, router: &RouterState) -> View<'a, Message> {
        let Some(overview) = self.reading.shown() else {
            return column![self.head(scene), space().height(Fill)].padding([16, 20]).into();
        };
        if overview.is_empty() {
            let next = labelled_button(Icon::Radio, scene.t.overview.to_router)
                .style(theme::primary)
                .on_press(Message::Show(Page::Router));
            let head = container(self.head(scene)).padding([16, 20]);
            return column![head, empty_with(Icon::ChartColumn, scene.t.overview.none, next)].into();
        }
        let book = &scene.bench.published().book;
        let warnings = warnings(overview, book, router, scene.today, scene.now);
        let lines: usize = book.authorities.iter().map(|authority| authority.fagsystems.len()).sum();
        #[expect(clippy::cast_precision_loss, reason = "there are few")]
        let room = scene.size.height - ELSEWHERE - lines as f32 * fagsystems::ROW_HEIGHT;
        let height = room.clamp(LEAST_HEIGHT, MOST_HEIGHT);
        let (chart, attention) = (chart_card(overview, scene, height), attention_card(&warnings, scene));
        let middle: View<'a, Message> = if is_roomy(scene) {
            let chart = container(chart).width(FillPortion(8));
            let attention = scrollable(attention).id(WARNINGS).height(Fill).width(Fill).style(theme::scrollbar);
            let attention = container(attention).style(theme::card).padding(1).width(FillPortion(5)).height(Fill);
            row![chart, attention].spacing(GAP).height(height).into()
        } else {
            let attention = container(attention).style(theme::card).width(Fill);
            column![attention, chart].spacing(GAP).into()
        };
        let parts =
            column![self.head(scene), figures::view(overview, scene), middle, fagsystems::view(overview, book, scene),];
        scrollable(parts.spacing(GAP).padding([16, 20]))
            .id(LIST)
            .width(Fill)
            .height(Fill)
            .style(theme::scrollbar)
            .into()
    }

    /// What the screen is, and how far back one sees.
    fn head<'a>(&self, scene: Scene<'a>) -> View<'a, Message> {
        let t = &scene.t.overview;
        let title = text(t.title).font(theme::SEMIBOLD).size(theme::TITLE);
        let periods = Period::ALL.map(|period| {
            let words = text((t.period)(period)).size(theme::SMALL);
            let button = focus_button(words).padding([5, 14]).style(theme::chip(period == self.period));
            button.on_press(Message::Choose(period)).into()
        });
        let titles = column![title, note((t.within)(self.period))].spacing(2);
        row![titles.width(Fill), row(periods).spacing(6)].spacing(12).align_y(Center).into()
    }
}

fn is_roomy(scene: Scene<'_>) -> bool {
    scene.size.width >= ROOMY
}

/// How the parts of a bar look, by what became of messages.
const LOOKS: [Look; OutcomeGroup::ALL.len()] = [
    Look { tone: theme::accent, pattern: Pattern::Solid },
    Look { tone: theme::bad, pattern: Pattern::Across },
    Look { tone: theme::warning, pattern: Pattern::Upright },
    Look { tone: theme::muted, pattern: Pattern::Hollow },
];

fn parts(counts: &Counts) -> Vec<u64> {
    OutcomeGroup::ALL.map(|group| counts.of(group)).to_vec()
}

fn chart_card<'a>(overview: &'a Overview, scene: Scene<'a>, height: f32) -> View<'a, Message> {
    let t = &scene.t.overview;
    let bars = overview
        .slots
        .iter()
        .map(|slot| Bar { counts: parts(&slot.counts), label: (t.slot_label)(overview.period, slot) });
    let tip = move |at: usize| {
        let slot = &overview.slots[at];
        let line = |(group, look): (OutcomeGroup, Look)| {
            (look, format!("{} {}", (scene.t.number)(slot.counts.of(group)), (t.group)(group)))
        };
        Tip {
            title: (t.slot)(overview.period, slot),
            lines: OutcomeGroup::ALL.into_iter().zip(LOOKS).map(line).collect(),
            sum: (t.count)(slot.counts.messages()),
        }
    };
    let chart = bar_chart(&LOOKS, bars.collect(), scene.t.number, height - AROUND_CHART, tip);
    let key = OutcomeGroup::ALL
        .into_iter()
        .zip(LOOKS)
        .map(|(group, look)| row![swatch(look), note((t.group)(group))].spacing(6).align_y(Center).into());
    let head = row![container(heading(t.messages)).width(Fill), row(key).spacing(16)].spacing(16).align_y(Center);
    container(column![head, chart].spacing(12)).padding(16).width(Fill).height(height).style(theme::card).into()
}

fn attention_card<'a>(warnings: &[Warning], scene: Scene<'a>) -> View<'a, Message> {
    let t = &scene.t.overview;
    if warnings.is_empty() {
        let calm = row![icon(Icon::CircleCheck).style(theme::good), text(t.no_attention)].spacing(10).align_y(Center);
        return column![heading(t.attention), calm].spacing(12).padding(16).into();
    }
    let head = row![heading(t.attention), note(warnings.len().to_string())].spacing(8).align_y(Center);
    let lines = warnings.iter().map(|warning| warning_line(warning, scene));
    let lines = Column::with_children(lines).spacing(2).padding([0, 6]);
    column![container(head).padding(iced::Padding { top: 16.0, left: 16.0, right: 16.0, bottom: 8.0 }), lines]
        .padding(iced::Padding { bottom: 8.0, ..iced::Padding::ZERO })
        .into()
}

/// What needs a person, what to do, and on a click the page to do it on.
fn warning_line<'a>(warning: &Warning, scene: Scene<'a>) -> View<'a, Message> {
    let words = (scene.t.overview.warning)(warning, scene.now);
    let (symbol, tone): (_, crate::desktop::widget::Tone) =
        if warning.is_urgent() { (Icon::OctagonAlert, theme::bad) } else { (Icon::TriangleAlert, theme::warning) };
    let words = column![text(words.what).font(theme::SEMIBOLD), note(words.advice)].spacing(2).width(Fill);
    let line = row![icon(symbol).style(tone), words].spacing(10);
    let page = match warning {
        Warning::ClockDoubted(_) => {
            let confirm = labelled_button(Icon::ClockCheck, scene.t.overview.clock_is_right)
                .style(theme::secondary)
                .on_press(Message::ConfirmClock);
            return column![line, container(confirm).padding(iced::Padding { left: 24.0, ..iced::Padding::ZERO })]
                .spacing(6)
                .padding([7, 10])
                .into();
        }
        Warning::RouterStopped | Warning::RouterFailed(_) | Warning::RouterRefuses(_) => Page::Router,
        Warning::Deactivation { .. } | Warning::Failing { .. } | Warning::Paused { .. } | Warning::Slow { .. } => {
            Page::Fagsystems
        }
        Warning::Unknown { .. } | Warning::SharedUuid { .. } => Page::Log,
        Warning::ByDefault { .. } | Warning::Expiring { .. } => Page::Rules,
    };
    focus_button(line).padding([7, 10]).style(theme::navigation(false)).on_press(Message::Show(page)).into()
}

/// A figure's name, the figure, and what it is of.
fn card_of(parts: Vec<View<'_, Message>>) -> View<'_, Message> {
    container(Column::with_children(parts).spacing(4)).padding([12, 16]).width(Fill).style(theme::card).into()
}

fn figure(name: &str, value: String, about: String) -> View<'_, Message> {
    figure_with(name, value, small(about))
}

fn figure_with<'a>(name: &'a str, value: String, about: View<'a, Message>) -> View<'a, Message> {
    card_of(vec![small(name), one_line(value).bold().size(theme::TITLE).into(), about])
}

fn small<'a>(words: impl text::IntoFragment<'a>) -> View<'a, Message> {
    one_line(words).size(theme::SMALL).tone(theme::muted).into()
}
