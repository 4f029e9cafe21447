//! The routers that share a database on a server: whether each runs, where it receives, what it follows and how much it is delivering.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion, Length, Padding, Top, alignment};
use lucide_icons::Icon;

use super::explained::explained;
use crate::desktop::language::Texts;
use crate::desktop::model::routers::Routers;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, heading, horizontal_line, note, one_line, status};
use crate::store::{PublicationNumber, RouterLife, SharingRouter};

/// From this width on, the addresses have a column of their own.
const ROOMY: f32 = 760.0;
const STATE_WIDTH: f32 = 168.0;
const ADDRESS_WIDTH: f32 = 170.0;
const FOLLOWS_WIDTH: f32 = 128.0;
const UNDER_WAY_WIDTH: f32 = 76.0;
const ACCEPTED_WIDTH: f32 = 84.0;

/// At the right there is room for what scrolls the lines.
const LINE_PADDING: Padding = Padding { top: 6.0, right: 24.0, bottom: 6.0, left: 16.0 };

/// A cell, its width, and whether it is a number.
type Cell<'a, Message> = (Element<'a, Message>, Length, bool);

/// The heading and a line for each router, without a frame, for a place of that width.
pub(in crate::desktop::screen) fn routers_card<'a, Message: Clone + 'a>(
    routers: &'a Routers,
    t: &'static Texts,
    width: f32,
) -> Element<'a, Message> {
    let words = &t.routers;
    let head = row![heading(words.title), note(words.counts(routers.counts()))].spacing(10).align_y(Center);
    let head = container(head).padding([10, 16]);
    let said = |sentence| container(explained(sentence, t.language)).padding(Padding::from([0, 16]).bottom(12));
    match routers.all() {
        None => column![head, said(words.unknown)].into(),
        Some([]) => column![head, said(words.none)].into(),
        Some(all) => {
            let is_roomy = width >= ROOMY;
            let mut lines = vec![head.into(), titles(t, is_roomy)];
            for router in all {
                lines.push(horizontal_line());
                lines.push(line(cells(router, routers, t, is_roomy)));
            }
            Column::with_children(lines).width(Fill).into()
        }
    }
}

/// Below the lines, where other figures are shown too: that those are not by router.
pub(in crate::desktop::screen) fn routers_note<'a, Message: Clone + 'a>(
    routers: &Routers,
    t: &'static Texts,
) -> Option<Element<'a, Message>> {
    let has_any = routers.all().is_some_and(|all| !all.is_empty());
    has_any.then(|| {
        let words = container(explained(t.routers.together, t.language)).padding([10, 16]);
        column![horizontal_line(), words].into()
    })
}

fn titles<'a, Message: 'a>(t: &'static Texts, is_roomy: bool) -> Element<'a, Message> {
    let c = &t.routers.columns;
    let title = |words| one_line(words).size(theme::SMALL).bold().tone(theme::muted).into();
    line(arranged(
        title(c.name),
        title(c.life),
        is_roomy.then(|| title(c.address)),
        title(c.publication),
        title(c.under_way),
        is_roomy.then(|| title(c.accepted)),
    ))
}

fn arranged<'a, Message>(
    name: Element<'a, Message>,
    life: Element<'a, Message>,
    address: Option<Element<'a, Message>>,
    follows: Element<'a, Message>,
    under_way: Element<'a, Message>,
    accepted: Option<Element<'a, Message>>,
) -> Vec<Cell<'a, Message>> {
    let mut cells = vec![(name, FillPortion(1), false), (life, Length::Fixed(STATE_WIDTH), false)];
    cells.extend(address.map(|address| (address, Length::Fixed(ADDRESS_WIDTH), false)));
    cells.push((follows, Length::Fixed(FOLLOWS_WIDTH), false));
    cells.push((under_way, Length::Fixed(UNDER_WAY_WIDTH), true));
    cells.extend(accepted.map(|accepted| (accepted, Length::Fixed(ACCEPTED_WIDTH), true)));
    cells
}

fn line<'a, Message: 'a>(cells: Vec<Cell<'a, Message>>) -> Element<'a, Message> {
    let cells = cells.into_iter().map(|(cell, width, is_number)| {
        let side = if is_number { alignment::Horizontal::Right } else { alignment::Horizontal::Left };
        container(cell).width(width).align_x(side).clip(true).into()
    });
    Row::with_children(cells).spacing(12).padding(LINE_PADDING).align_y(Top).into()
}

fn cells<'a, Message: 'a>(
    router: &'a SharingRouter,
    routers: &Routers,
    t: &'static Texts,
    is_roomy: bool,
) -> Vec<Cell<'a, Message>> {
    let words = &t.routers;
    let receives = router.says.and_then(|says| says.address).map(|address| address.to_string());
    let own = router.is_own.then(|| words.own.to_owned());
    let program = router.says.map(|says| words.program_of(&says));
    // Without a column of its own, the address is below the name.
    let below: Vec<_> = if is_roomy {
        let joined: Vec<_> = own.into_iter().chain(program).collect();
        vec![joined.join(" · ")]
    } else {
        own.into_iter().chain(receives.clone()).collect()
    };
    let below = Column::with_children(below.into_iter().filter(|words| !words.is_empty()).map(small));
    let name = column![one_line(router.name.as_str()).bold(), below];
    let (symbol, state, tone): (_, _, Tone) = match router.life {
        RouterLife::Runs if receives.is_none() => (Icon::Hourglass, words.is_starting, theme::muted),
        RouterLife::Runs => (Icon::Radio, words.runs, theme::good),
        RouterLife::Silent { .. } => (Icon::TriangleAlert, words.is_silent, theme::warning),
        RouterLife::Ended { .. } => (Icon::CircleStop, words.has_ended, theme::muted),
    };
    let life = column![status(symbol, state, tone), words.since_of(router.life).map(small)];
    let address = is_roomy.then(|| one_line(receives.unwrap_or_else(|| "–".to_owned())).into());
    let under_way = one_line(if router.under_way == 0 { "–".to_owned() } else { (t.number)(router.under_way) });
    let accepted = is_roomy.then(|| answered(router, t));
    arranged(name.into(), life.into(), address, follows(router, routers, t), under_way.into(), accepted)
}

/// How many messages were accepted since it began, and how many calls came to another end.
fn answered<'a, Message: 'a>(router: &SharingRouter, t: &'static Texts) -> Element<'a, Message> {
    if router.says.is_none() {
        return text("–").into();
    }
    let (accepted, others) = router.answered;
    let others = (others > 0).then(|| small((t.routers.not_accepted)(&(t.number)(others))));
    column![one_line((t.number)(accepted)), others].align_x(alignment::Horizontal::Right).into()
}

/// The publication that it follows, and the one in force where it has fallen behind.
fn follows<'a, Message: 'a>(router: &SharingRouter, routers: &Routers, t: &'static Texts) -> Element<'a, Message> {
    let words = &t.routers;
    let Some(says) = router.says else { return text("–").into() };
    let publication = |number: PublicationNumber| (words.publication)(number.get());
    let followed = says.publication.map_or_else(|| words.follows_nothing.to_owned(), publication);
    match routers.newest().filter(|_| routers.is_behind(router)) {
        Some(newest) => {
            let in_force = one_line((words.in_force)(newest.get())).size(theme::SMALL).tone(theme::warning);
            column![status(Icon::TriangleAlert, followed, theme::warning), in_force].into()
        }
        None => one_line(followed).into(),
    }
}

fn small<'a, Message: 'a>(words: String) -> Element<'a, Message> {
    one_line(words).size(theme::SMALL).tone(theme::muted).into()
}
