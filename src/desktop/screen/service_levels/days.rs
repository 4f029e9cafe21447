//! The panel beside the months: the days of one, with what was lost in each and why.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Message, months, name_of, small};
use crate::desktop::model::service_level::{LevelFigure, RouterIncident, Subject, incidents, tries};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, editor, focus_button, heading, icon, icon_button, note, one_line, plain_button};
use crate::rules::{Cvr, FagsystemId};
use crate::service_level::{AnswerClass, AnswerTimes, Part, Promise, RouterEventKind, TryAccount};
use crate::store::PartLevels;

/// At most this many lines are drawn; the others are counted.
const MAX_LINES: usize = 150;
/// The height of the title, in whole pixels: the numbers of a chart that begins between two are cut off.
const HEAD: f32 = 44.0;

pub(super) fn view<'a>(
    month: Part,
    days: Option<&'a [PartLevels]>,
    subject: &'a Subject,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let close = icon_button(Icon::X, scene.t.close).on_press(Message::Leave);
    let title = column![heading(t.days_of(month.first())), note(name_of(subject, scene))];
    let head = row![title.spacing(2).width(Fill), close].align_y(Center).height(HEAD);
    let body: Element<'a, Message> = match days {
        None => note(t.working_out).into(),
        Some(days) => {
            let label = |levels: &PartLevels, at: usize| {
                if at.is_multiple_of(7) { levels.part.first().day().to_string() } else { String::new() }
            };
            let lines = match subject {
                Subject::Router => router_lines(days, scene),
                Subject::Fagsystem(authority, id) => {
                    let answers = answers(days, *authority, id, scene);
                    column![answers, fagsystem_lines(days, *authority, id, scene)].spacing(14).into()
                }
            };
            let hint = (*subject == Subject::Router).then(|| note(t.not_running_hint));
            column![months::chart(days, subject, scene, label), lines, hint].spacing(14).into()
        }
    };
    let close = plain_button(scene.t.close).style(theme::secondary).on_press(Message::Leave);
    editor(column![head, body].spacing(16), row![close])
}

/// How soon the messages of all days were answered, by class, and half and nearly all of them.
fn answers<'a>(
    days: &[PartLevels],
    authority: Cvr,
    id: &FagsystemId,
    scene: Scene<'a>,
) -> Option<Element<'a, Message>> {
    let t = &scene.t.service_levels;
    let accounts = days.iter().flat_map(|day| tries(day, authority, id));
    let times = accounts.fold(AnswerTimes::default(), |sum, account| sum.and(&account.times));
    let answered = AnswerClass::ALL.into_iter().zip(times.classes).filter(|(_, class)| class.answered > 0);
    let shares = answered.map(|(class, tally)| {
        let share = t.grammar.share(tally.in_time, tally.answered);
        let words = format!("{}: {share}", (t.class)(class));
        let count = t.of(tally.in_time, tally.answered);
        row![one_line(words), small(count)].spacing(8).align_y(Center).into()
    });
    let limits = [(t.half, 50), (t.most, 95)].map(|(words, percent)| {
        let limit = times.percentile(percent).map(|limit| t.grammar.duration(limit)).unwrap_or_default();
        format!("{words} {limit}")
    });
    let title = one_line(t.answers).bold().size(theme::SMALL);
    (times.count > 0).then(|| column![title].extend(shares).push(small(limits.join(" · "))).spacing(3).into())
}

fn limited<'a>(lines: Vec<Element<'a, Message>>, scene: Scene<'a>) -> Element<'a, Message> {
    let more = lines.len().saturating_sub(MAX_LINES);
    let lines = lines.into_iter().take(MAX_LINES);
    let more = (more > 0).then(|| note(scene.t.service_levels.more.of(more)));
    column![Column::with_children(lines).spacing(8), more].spacing(8).into()
}

fn router_lines<'a>(days: &'a [PartLevels], scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let mut lines: Vec<Element<'a, Message>> = Vec::new();
    for day in days {
        let incidents = incidents(&day.events);
        if incidents.is_empty() {
            continue;
        }
        let incidents = incidents.iter().map(|incident| incident_line(incident, scene));
        let title = one_line(t.day(day.part.first())).bold().size(theme::SMALL);
        lines.push(column![title, Column::with_children(incidents).spacing(4)].spacing(4).into());
    }
    if lines.is_empty() {
        let well = row![icon(Icon::CircleCheck).style(theme::good), text(t.all_well)];
        return well.spacing(8).align_y(Center).into();
    }
    limited(lines, scene)
}

fn incident_line<'a>(incident: &RouterIncident, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let (symbol, tone): (_, Tone) = match incident.kind {
        RouterEventKind::Lost(_) => (Icon::OctagonAlert, theme::bad),
        RouterEventKind::NotRunning => (Icon::CircleQuestionMark, theme::muted),
        RouterEventKind::InWindow => (Icon::CalendarClock, theme::accent),
    };
    let words = column![one_line(t.when(incident)), note(t.incident_words(incident))].spacing(1);
    row![container(icon(symbol).size(14).style(tone)).padding([2, 0]), words.width(Fill)].spacing(8).into()
}

fn fagsystem_lines<'a>(
    days: &'a [PartLevels],
    authority: Cvr,
    id: &'a FagsystemId,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let subject = Subject::Fagsystem(authority, id.clone());
    let mut lines: Vec<Element<'a, Message>> = Vec::new();
    for day in days {
        let accounts = tries(day, authority, id);
        let sum = |of: fn(&TryAccount) -> u64| -> u64 { accounts.iter().map(of).sum() };
        let (sent, lost) = (sum(TryAccount::tries), sum(|it| it.unanswered));
        let (not_tried, in_windows) = (sum(|it| it.not_tried), sum(|it| it.in_windows));
        if sent + not_tried + in_windows == 0 {
            continue;
        }
        let figures = LevelFigure::both(day, &subject);
        let shares = Promise::ALL.into_iter().zip(&figures).filter(|(_, figure)| figure.millionths.is_some());
        let shares = shares.map(|(promise, figure)| {
            // A promise is given for a month; of a day only what it lost is told.
            let (symbol, tone): (_, Tone) = match figure.lost() {
                0 => (Icon::CircleCheck, theme::good),
                _ => (Icon::TriangleAlert, theme::warning),
            };
            let words = format!("{}: {} · {}", (t.promise)(promise), t.share(figure.millionths), t.loss(figure));
            row![icon(symbol).size(14).style(tone), one_line(words).size(theme::SMALL)]
                .spacing(8)
                .align_y(Center)
                .into()
        });
        let mut about = vec![t.tries.of(sent)];
        about.extend((not_tried > 0).then(|| t.not_tried.of(not_tried)));
        about.extend((in_windows > 0).then(|| t.in_windows.of(in_windows)));
        let title = one_line(t.day(day.part.first())).bold().size(theme::SMALL);
        let words = column![title, small(about.join(" · "))].extend(shares).spacing(3).width(Fill);
        let list = (lost > 0).then(|| Message::List(authority, id.clone(), day.part));
        let chevron = list.is_some().then(|| icon(Icon::ChevronRight).size(14));
        let line = row![words, chevron].spacing(6).align_y(Center);
        lines.push(focus_button(line).padding([4, 6]).style(theme::cell_link).on_press_maybe(list).into());
    }
    if lines.is_empty() {
        return note(t.no_messages).into();
    }
    limited(lines, scene)
}
