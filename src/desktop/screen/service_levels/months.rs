//! The card of the last months of what is chosen: a chart of what was lost, and each month's figures.

use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Element, Fill, FillPortion, Length, Padding};

use super::{Message, NARROW, Open, ServiceLevelsScreen, figure, is_now, name_of, small};
use crate::desktop::model::health::Loss;
use crate::desktop::model::service_level::{LevelFigure, Subject, tries};
use crate::desktop::screen::part::picture_out::{DOCUMENT_WIDTH, Outgoing, picture_button};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Bar, BarChart, PictureView, Tip, focus_button, heading, horizontal_line, note, one_line, swatch,
};
use crate::picture::{Look, Pattern, Tone};
use crate::rules::{Cvr, FagsystemId};
use crate::service_level::{AnswerClass, ClassTally, Promise};
use crate::store::PartLevels;

const CHART_HEIGHT: f32 = 150.0;
/// From this width on there is a column for each time of answers.
const ROOMY: f32 = 1_000.0;
/// Below this width only the promised shares are shown; the panel of a month has the rest.
const MIDDLING: f32 = 760.0;
const CLASS: f32 = 92.0;
const MONTH: f32 = 118.0;

/// How parts of the bars look, in the order of [`Promise::ALL`].
pub(super) const LOOKS: [Look; 2] =
    [Look { tone: Tone::Bad, pattern: Pattern::Solid }, Look { tone: Tone::Muted, pattern: Pattern::Across }];

type Cells<'a> = Vec<(Element<'a, Message>, Length)>;

pub(super) fn view<'a>(
    months: &'a [PartLevels],
    screen: &'a ServiceLevelsScreen,
    width: f32,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let subject = &screen.subject;
    let title =
        column![heading((t.month_by_month)(name_of(subject, scene))), note(axis(months, subject, scene))].spacing(2);
    let key = Promise::ALL
        .into_iter()
        .zip(LOOKS)
        .map(|(promise, look)| row![swatch(look), note((t.promise)(promise))].spacing(6).align_y(Center).into());
    let key = row(key).push(picture_button(scene, Message::PictureOut)).spacing(14).align_y(Center);
    let head: Element<'a, Message> = if width < NARROW {
        column![title, key].spacing(6).into()
    } else {
        row![container(title).width(Fill), key].spacing(16).align_y(Center).into()
    };
    let chart = chart(months, subject, scene, |levels, _| label(levels, subject, width >= MIDDLING, scene));
    let parts: Vec<_> = months.iter().map(|month| month.part).collect();
    let chart = chart.on_press(move |at| parts.get(at).copied().map(Message::OpenMonth));
    let top = container(column![head, chart].spacing(10)).padding(Padding::new(16.0).top(12).bottom(8));
    let mut lines = Column::new();
    if width >= NARROW {
        let titles = titles(subject, width, scene)
            .into_iter()
            .map(|(words, width)| container(words).width(width).clip(true).into());
        let titles = Row::with_children(titles).spacing(12).padding([6, 16]);
        lines = lines.push(horizontal_line()).push(titles);
    }
    for month in months.iter().rev() {
        let is_open = matches!(screen.open, Open::Month(open, _) if open == month.part);
        lines = lines.push(horizontal_line()).push(line(month, subject, is_open, width, scene));
    }
    container(column![top, lines]).width(Fill).padding(1).style(theme::card).into()
}

/// A chart of what was lost in each part; pointing at a bar tells it.
pub(super) fn chart<'a>(
    parts: &'a [PartLevels],
    subject: &'a Subject,
    scene: Scene<'a>,
    label: impl Fn(&PartLevels, usize) -> String,
) -> PictureView<'a, Message> {
    let t = &scene.t.service_levels;
    let is_months = parts.first().is_some_and(|levels| levels.part.dates().nth(1).is_some());
    let tip = move |at: usize| {
        let levels = &parts[at];
        let figures = LevelFigure::both(levels, subject);
        let lines = figures.iter().zip(LOOKS).zip(Promise::ALL).map(|((figure, look), promise)| {
            (look, format!("{}: {} · {}", (t.promise)(promise), t.share(figure.millionths), t.loss(figure)))
        });
        let lost: u64 = figures.iter().map(LevelFigure::lost).sum();
        let sum = match figures[0].loss {
            Loss::Time { .. } => (t.minutes_lost)(&(scene.t.number)(lost)),
            Loss::Messages { .. } => t.messages_lost.of(lost),
        };
        let first = levels.part.first();
        let title = if is_months { t.month_name(first) } else { t.day(first) };
        // What is not known is not nothing.
        let sum = (!is_unknown(levels, subject)).then_some(sum);
        Tip { title, lines: lines.collect(), notes: sum.into_iter().collect() }
    };
    bars(parts, subject, scene, label).view(tip)
}

/// What was lost in each part.
fn bars(
    parts: &[PartLevels],
    subject: &Subject,
    scene: Scene<'_>,
    label: impl Fn(&PartLevels, usize) -> String,
) -> BarChart {
    let bars = parts.iter().enumerate().map(|(at, levels)| {
        let label = Some(label(levels, at)).filter(|label| !label.is_empty());
        Bar { counts: LevelFigure::both(levels, subject).map(|figure| figure.lost()).to_vec(), label }
    });
    BarChart { looks: &LOOKS, bars: bars.collect(), number: scene.t.number, marks: Vec::new(), height: CHART_HEIGHT }
}

/// The chart of the months for a document.
pub(super) fn outgoing(months: &[PartLevels], subject: &Subject, scene: Scene<'_>) -> Outgoing {
    let t = &scene.t.service_levels;
    let chart = bars(months, subject, scene, |levels, _| label(levels, subject, true, scene));
    let title = (t.month_by_month)(name_of(subject, scene));
    let key = LOOKS.into_iter().zip(Promise::ALL).map(|(look, promise)| (look, (t.promise)(promise).to_owned()));
    let outgoing = Outgoing::new(t.title, title, chart.lay_out(DOCUMENT_WIDTH, None), scene);
    outgoing.on(scene.today).with_key(key).with_notes([axis(months, subject, scene)])
}

/// Whether nothing at all is known of a month. Without a mark it would look like one in which nothing was lost. Of a fagsystem,
/// nothing lost of nothing sent is true.
fn is_unknown(month: &PartLevels, subject: &Subject) -> bool {
    *subject == Subject::Router && month.router.iter().all(|account| !account.is_known())
}

/// A month below its bar: where there is little room, of one of which nothing is known the mark alone.
fn label(month: &PartLevels, subject: &Subject, is_roomy: bool, scene: Scene<'_>) -> String {
    let name = scene.t.service_levels.short_month(month.part.first());
    match (is_unknown(month, subject), is_roomy) {
        (false, _) => name,
        (true, true) => format!("{name} ?"),
        (true, false) => "?".to_owned(),
    }
}

/// What the bars count, and what the mark below some of them means.
fn axis(months: &[PartLevels], subject: &Subject, scene: Scene<'_>) -> String {
    let t = &scene.t.service_levels;
    let counts = if *subject == Subject::Router { t.minutes_axis } else { t.messages_axis };
    let is_unknown = months.iter().any(|month| is_unknown(month, subject));
    if is_unknown { format!("{counts} · {}", t.unknown_month) } else { counts.to_owned() }
}

fn titles<'a>(subject: &Subject, width: f32, scene: Scene<'a>) -> Cells<'a> {
    let t = &scene.t.service_levels;
    let title = |words: &'static str| one_line(words).size(theme::SMALL).bold();
    let mut titles: Cells<'a> = vec![(title(t.month).into(), Length::Fixed(MONTH))];
    titles.extend(Promise::ALL.map(|promise| {
        let words = column![title((t.promise)(promise)), small(t.target(promise))];
        (words.into(), FillPortion(4))
    }));
    match subject {
        _ if width < MIDDLING => {}
        Subject::Router => {
            titles.push((title(t.not_running).into(), FillPortion(3)));
            titles.push((title(t.in_window).into(), FillPortion(2)));
        }
        Subject::Fagsystem(..) => {
            titles.extend(AnswerClass::ALL.map(|class| (title((t.class)(class)).into(), Length::Fixed(CLASS))));
            if width >= ROOMY {
                titles.push((title(t.half).into(), Length::Fixed(CLASS)));
                titles.push((title(t.most).into(), Length::Fixed(CLASS)));
            }
        }
    }
    titles
}

fn line<'a>(
    month: &'a PartLevels,
    subject: &Subject,
    is_open: bool,
    width: f32,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let name = one_line(t.month_name(month.part.first()));
    let figures = LevelFigure::both(month, subject);
    let is_over = !is_now(month.part, scene.now);
    let rest = match subject {
        _ if width < MIDDLING => Vec::new(),
        Subject::Router => router_cells(month, scene),
        Subject::Fagsystem(authority, id) => answer_cells(month, *authority, id, width, scene),
    };
    let content: Element<'a, Message> = if width < NARROW {
        let figures = Promise::ALL.into_iter().zip(figures).map(|(promise, figure)| {
            column![note((t.promise)(promise)), figure::view(&figure, is_over, scene)].spacing(2).into()
        });
        column![name.bold()].extend(figures).extend(rest.into_iter().map(|(cell, _)| cell)).spacing(6).into()
    } else {
        let mut cells: Cells<'a> = vec![(name.into(), Length::Fixed(MONTH))];
        cells.extend(figures.map(|figure| (figure::view(&figure, is_over, scene), FillPortion(4))));
        cells.extend(rest);
        let cells = cells.into_iter().map(|(cell, width)| container(cell).width(width).clip(true).into());
        Row::with_children(cells).spacing(12).align_y(Center).height(figure::HEIGHT).into()
    };
    let button = focus_button(container(content).width(Fill).padding([4, 16])).padding(0);
    button.style(theme::table_row(is_open)).on_press(Message::OpenMonth(month.part)).into()
}

/// How long no router ran, and how long service windows took, of all of the month.
fn router_cells<'a>(month: &PartLevels, scene: Scene<'a>) -> Cells<'a> {
    let t = &scene.t.service_levels;
    let sums = [month.router.map(|it| it.not_running), month.router.map(|it| it.in_windows)];
    let cells = sums.into_iter().zip([3, 2]).map(|([working, other], portion)| {
        let all = working + other;
        if all.is_zero() {
            return (one_line("–").tone(theme::muted).into(), FillPortion(portion));
        }
        let part = (!working.is_zero()).then(|| small((t.working_short)(&t.time(working))));
        (column![one_line(t.time(all)), part].spacing(2).into(), FillPortion(portion))
    });
    cells.collect()
}

/// How many of the answers of each class were in time, and how long half of them and nearly all took at most.
fn answer_cells<'a>(month: &PartLevels, authority: Cvr, id: &FagsystemId, width: f32, scene: Scene<'a>) -> Cells<'a> {
    let t = &scene.t.service_levels;
    let [working, other] = tries(month, authority, id).map(|account| account.times);
    let times = working.and(&other);
    let share = |class: ClassTally| t.grammar.share(class.in_time, class.answered);
    let within = |percent| times.percentile(percent).map_or_else(|| "–".to_owned(), |limit| t.grammar.duration(limit));
    let mut cells: Cells<'a> =
        times.classes.iter().map(|class| (one_line(share(*class)).into(), Length::Fixed(CLASS))).collect();
    if width >= ROOMY {
        cells.push((one_line(within(50)).into(), Length::Fixed(CLASS)));
        cells.push((one_line(within(95)).into(), Length::Fixed(CLASS)));
    }
    cells
}
