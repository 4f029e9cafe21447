//! The table of fagsystems: their health and their figures in the period.

use iced::widget::{Column, Row, column, container, row, space, text};
use iced::{Center, Element, Fill, FillPortion, Length, alignment};

use super::{Message, along, is_roomy, listed, part};
use crate::desktop::language::Texts;
use crate::desktop::language::names::{danish_order, fagsystem_name};
use crate::desktop::model::health::Health;
use crate::desktop::screen::part::health::health_status;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, focus_button, heading, horizontal_line, note, one_line, sparkline};
use crate::rules::{Authority, Fagsystem, RuleBook};
use crate::store::{FagsystemFigures, Overview, Urgency};

/// The height of a fagsystem's row without wrapped text.
pub(super) const ROW_HEIGHT: f32 = 40.0;
/// From this percentage of failed messages on, the share is highlighted.
const MANY_FAILED: u64 = 5;
const TITLES_HEIGHT: f32 = 28.0;
/// The padding above and below cells of more than one line.
const PADDING: u16 = 3;

/// A column's title, its width, and whether it has numbers.
type Title = (&'static str, Length, bool);

/// The fagsystems in the publication in force.
pub(super) fn view<'a>(overview: &'a Overview, book: &'a RuleBook, scene: Scene<'a>) -> Element<'a, Message> {
    let titles = titles(scene.t, is_roomy(scene));
    let has_several = book.authorities.len() > 1;
    let head = heading(scene.t.overview.fagsystems);
    let names = titles.iter().map(|(title, ..)| one_line(*title).size(theme::SMALL).bold().tone(theme::muted).into());
    let mut lines = vec![line(&titles, names.collect(), TITLES_HEIGHT), horizontal_line()];
    for authority in &book.authorities {
        let mut fagsystems: Vec<_> = authority.fagsystems.iter().collect();
        fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
        for fagsystem in fagsystems {
            let figures = overview.fagsystem(authority.cvr, &fagsystem.id);
            let belongs_to = has_several.then_some(authority.name.as_str());
            let list = (figures.total.messages() > 0)
                .then(|| Message::List(listed::fagsystem(overview, authority.cvr, &fagsystem.id)));
            let cells = cells(overview, (authority, fagsystem), belongs_to, &figures, scene);
            let row = focus_button(line(&titles, cells, ROW_HEIGHT)).padding(0).style(theme::table_row(false));
            lines.push(row.on_press_maybe(list).into());
            lines.push(horizontal_line());
        }
    }
    lines.pop();
    let list = column![container(head).padding([10, 16]), Column::with_children(lines)];
    container(list).width(Fill).padding(1).style(theme::card).into()
}

fn titles(t: &'static Texts, is_roomy: bool) -> Vec<Title> {
    let c = &t.overview.columns;
    let mut titles = vec![
        (c.name, FillPortion(3), false),
        (c.health, Length::Fixed(92.0), false),
        (c.last_accepted, FillPortion(5), false),
        (c.messages, Length::Fixed(86.0), true),
        (c.failed, Length::Fixed(104.0), true),
    ];
    if is_roomy {
        titles.insert(4, ("", Length::Fixed(84.0), false));
        titles.push((c.under_way, Length::Fixed(70.0), true));
        titles.push((c.answer, Length::Fixed(70.0), true));
    }
    titles
}

/// A row with this height, or higher where text wraps.
fn line<'a>(titles: &[Title], cells: Vec<Element<'a, Message>>, height: f32) -> Element<'a, Message> {
    let cells = titles.iter().zip(cells).map(|((_, width, is_number), cell)| {
        let side = if *is_number { alignment::Horizontal::Right } else { alignment::Horizontal::Left };
        container(cell).width(*width).align_x(side).clip(true).into()
    });
    let cells = Row::with_children(cells).spacing(12).padding([PADDING, 16]).align_y(Center);
    row![space().height(height), cells].align_y(Center).into()
}

fn cells<'a>(
    overview: &Overview,
    (authority, fagsystem): (&'a Authority, &'a Fagsystem),
    belongs_to: Option<&'a str>,
    figures: &FagsystemFigures,
    scene: Scene<'a>,
) -> Vec<Element<'a, Message>> {
    let (t, now) = (&scene.t.overview, scene.now);
    let (total, record) = (&figures.total, &figures.record);
    let belongs_to = belongs_to.map(|name| one_line(name).size(theme::SMALL).tone(theme::muted));
    let name = column![one_line(fagsystem_name(authority, &fagsystem.id)), belongs_to];
    let urgency = record.urgency(now).unwrap_or(Urgency::Calm);
    let tone: Tone = match urgency {
        _ if !record.was_tried() => theme::muted,
        Urgency::Calm => theme::plain,
        Urgency::Soon => theme::warning,
        Urgency::VerySoon | Urgency::Over => theme::bad,
    };
    let accepted = text(t.last_accepted(record, now)).style(tone);
    // A failure before this period that has been followed by success is not worth showing.
    let is_news = total.failed() > 0 || record.failures > 0;
    let failure = record.last_failure.filter(|_| is_news).map(|failure| note(t.last_failure(&failure, now)));
    let number = |count: u64| if count == 0 { "–".to_owned() } else { (scene.t.number)(count) };
    let answer = match total.answers.median_within() {
        Some(limit) => format!("≤ {}", t.duration(limit)),
        None if total.answers.count > 0 => t.more_than(std::time::Duration::from_secs(4)),
        None => "–".to_owned(),
    };
    let failed = match total.failed() {
        0 => one_line(number(0)),
        failed => {
            let is_much = failed * 100 >= total.answers.count * MANY_FAILED;
            let tone: Tone = if is_much { theme::bad } else { theme::plain };
            one_line(t.share(failed, total.answers.count)).tone(tone)
        }
    };
    let of_failed = (total.failed() > 0).then(|| Message::List(listed::failed(overview, authority.cvr, &fagsystem.id)));
    let on_its_way =
        (figures.under_way > 0).then(|| Message::List(listed::under_way(Some((authority.cvr, &fagsystem.id)))));
    let mut cells = vec![
        name.into(),
        health_status(scene.t, Health::of(fagsystem, figures, now)),
        column![accepted, failure].into(),
        one_line(number(total.messages())).into(),
        part(failed, of_failed),
    ];
    if is_roomy(scene) {
        cells.push(part(one_line(number(figures.under_way)), on_its_way));
        cells.push(one_line(answer).into());
        let marks = overview.publications.iter().filter_map(|entry| along(overview, entry.published_at));
        cells.insert(4, sparkline(&figures.by_slot, &marks.collect::<Vec<_>>()));
    }
    cells
}
