//! The picture of what goes where, and below it each flow that moves, down to its rules and their messages.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use iced::widget::{Column, column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::{Opened, ReplayMessage};
use crate::desktop::language::format::{moment_text, short_uuid};
use crate::desktop::screen::part::picture_out::picture_button;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{FlowBand, FlowEnd, FlowPicture, focus_button, icon, note, one_line};
use crate::rules::{Flow, Priority, Receiver, Replay, Way};
use crate::store::JournalRow;

/// More receivers than this are drawn as one.
const MOST_ENDS: usize = 12;
/// More flows than this are counted, not listed; likewise the rules of one.
const MOST_FLOWS: usize = 30;
const MOST_RULES: usize = 30;
/// The height of a list of messages.
const LIST_HEIGHT: f32 = 220.0;

/// A replay of at least one message.
pub(super) fn view<'a>(replay: &Replay, open: Option<&'a Opened>, scene: Scene<'a>) -> Element<'a, ReplayMessage> {
    let t = &scene.t.replay;
    let moved = replay.moved();
    let words = text(moves(replay, scene)).font(theme::SEMIBOLD);
    let flows = moved.iter().take(MOST_FLOWS).map(|(way, flow)| {
        let open = open.filter(|open| open.way == **way);
        flow_view(way, flow, open, scene)
    });
    let more = moved.len().saturating_sub(MOST_FLOWS);
    let more = (more > 0).then(|| note((scene.t.changes.more)(more)));
    let (picture, ways) = picture(replay, open, scene);
    let picture =
        picture.view(move |count| t.messages.of(count), move |at| ways.get(at)?.clone().map(ReplayMessage::Open));
    let words = row![container(words).width(Fill), picture_button(scene, ReplayMessage::PictureOut)].align_y(Center);
    column![words, picture, Column::with_children(flows).spacing(6), more].spacing(12).into()
}

/// How many messages move.
pub(super) fn moves(replay: &Replay, scene: Scene<'_>) -> String {
    match replay.messages() - replay.unchanged() {
        0 => scene.t.replay.nothing_moves.to_owned(),
        count => scene.t.replay.moves.of(count),
    }
}

/// Who a message goes to, as the picture shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// `None`: nobody, it is refused.
    Receiver(Option<Receiver>),
    /// One of those for whom there is no room.
    Other,
}

/// How many messages an end has before and after, and how many of either move.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    before: u64,
    after: u64,
    moved: u64,
}

fn sums(replay: &Replay) -> BTreeMap<Option<Receiver>, Sums> {
    let mut sums: BTreeMap<Option<Receiver>, Sums> = BTreeMap::new();
    for (way, flow) in &replay.flows {
        let (count, moved) = (flow.count(), if way.is_move() { flow.count() } else { 0 });
        let from = sums.entry(way.from.clone()).or_default();
        (from.before, from.moved) = (from.before + count, from.moved + moved);
        let to = sums.entry(way.to.clone()).or_default();
        (to.after, to.moved) = (to.after + count, to.moved + moved);
    }
    sums
}

/// The ends from the top down: the largest first, and those that are new below the one that gives them most.
fn order(replay: &Replay, sums: &BTreeMap<Option<Receiver>, Sums>) -> (Vec<Option<Receiver>>, usize) {
    let mut ranked: Vec<_> = sums.iter().collect();
    ranked.sort_by_key(|(_, sums)| (Reverse(sums.moved), Reverse(sums.before.max(sums.after))));
    let left_out = if ranked.len() > MOST_ENDS { ranked.split_off(MOST_ENDS - 1).len() } else { 0 };
    ranked.sort_by_key(|(_, sums)| Reverse(sums.before));
    let (old, new): (Vec<_>, Vec<_>) = ranked.into_iter().partition(|(_, sums)| sums.before > 0);
    let mut order: Vec<_> = old.into_iter().map(|(receiver, _)| receiver.clone()).collect();
    for (receiver, _) in new {
        let sources = replay.flows.iter().filter(|(way, _)| way.to == *receiver);
        let largest = sources.max_by_key(|(_, flow)| flow.count()).map(|(way, _)| &way.from);
        let at = largest.and_then(|from| order.iter().position(|it| it == from)).map_or(order.len(), |at| at + 1);
        order.insert(at, receiver.clone());
    }
    (order, left_out)
}

/// The picture, and the way that each of its bands stands for where it is a move.
pub(super) fn picture(replay: &Replay, open: Option<&Opened>, scene: Scene<'_>) -> (FlowPicture, Vec<Option<Way>>) {
    let t = &scene.t.replay;
    let by_receiver = sums(replay);
    let (order, left_out) = order(replay, &by_receiver);
    let shown = |receiver: &Option<Receiver>| {
        if order.contains(receiver) { End::Receiver(receiver.clone()) } else { End::Other }
    };
    let mut by_end: BTreeMap<End, Sums> = BTreeMap::new();
    for (receiver, sums) in &by_receiver {
        let end = by_end.entry(shown(receiver)).or_default();
        end.before += sums.before;
        end.after += sums.after;
        end.moved += sums.moved;
    }
    let ends: Vec<_> = order.iter().cloned().map(End::Receiver).chain((left_out > 0).then_some(End::Other)).collect();
    let sums_of = |end: &End| by_end.get(end).copied().unwrap_or_default();
    let left: Vec<_> = ends.iter().filter(|end| sums_of(end).before > 0).collect();
    let right: Vec<_> = ends.iter().filter(|end| sums_of(end).after > 0).collect();
    let mut bands: BTreeMap<(usize, usize), (u64, Vec<Way>)> = BTreeMap::new();
    for (way, flow) in &replay.flows {
        let place = |side: &[&End], receiver| side.iter().position(|end| **end == shown(receiver));
        let Some(places) = place(&left, &way.from).zip(place(&right, &way.to)) else { continue };
        let (count, ways) = bands.entry(places).or_default();
        *count += flow.count();
        ways.extend(way.is_move().then(|| way.clone()));
    }
    let name = |end: &End| match end {
        End::Receiver(receiver) => receiver_name(receiver.as_ref(), scene),
        End::Other => (t.others)(left_out),
    };
    let side = |ends: &[&End], note: &dyn Fn(Sums) -> String| -> Vec<FlowEnd> {
        let end = |end: &&End| {
            let sums = sums_of(end);
            FlowEnd { name: name(end), note: note(sums), is_changed: sums.moved > 0 }
        };
        ends.iter().map(end).collect()
    };
    let number = scene.t.number;
    let (from, to) = (side(&left, &|sums| number(sums.before)), side(&right, &|sums| change(sums, scene)));
    let ways: Vec<_> = bands.values().map(|(_, ways)| ways.first().cloned()).collect();
    let is_open = |ways: &[Way]| open.is_some_and(|open| ways.contains(&open.way));
    let bands = bands.iter().map(|((from, to), (count, ways))| FlowBand {
        from: *from,
        to: *to,
        count: *count,
        is_move: !ways.is_empty(),
        is_chosen: is_open(ways),
    });
    (FlowPicture { left: from, right: to, bands: bands.collect() }, ways)
}

/// "as before", "+690", "−690".
fn change(sums: Sums, scene: Scene<'_>) -> String {
    let number = scene.t.number;
    match (sums.moved, sums.after.cmp(&sums.before)) {
        (0, _) => scene.t.replay.as_before.to_owned(),
        (_, std::cmp::Ordering::Less) => format!("−{}", number(sums.before - sums.after)),
        (_, std::cmp::Ordering::Equal) => "±0".to_owned(),
        (_, std::cmp::Ordering::Greater) => format!("+{}", number(sums.after - sums.before)),
    }
}

fn receiver_name(receiver: Option<&Receiver>, scene: Scene<'_>) -> String {
    let books = [&**scene.bench.book(), &*scene.bench.published().book];
    receiver.map_or_else(|| scene.t.replay.refused.to_owned(), |it| scene.receiver(it, books))
}

fn flow_view<'a>(way: &Way, flow: &Flow, open: Option<&'a Opened>, scene: Scene<'a>) -> Element<'a, ReplayMessage> {
    let [from, to] = [&way.from, &way.to].map(|receiver| receiver_name(receiver.as_ref(), scene));
    let count = one_line((scene.t.number)(flow.count())).bold();
    let line = row![
        icon(if open.is_some() { Icon::ChevronDown } else { Icon::ChevronRight }),
        container(one_line(format!("{from} → {to}"))).width(Fill),
        count
    ];
    let head = focus_button(line.spacing(8).align_y(Center)).padding([6, 12]).style(theme::card_button);
    let head = head.on_press(ReplayMessage::Open(way.clone()));
    let rules = open.map(|open| {
        let rules = flow.by_size();
        let more = rules.len().saturating_sub(MOST_RULES);
        let more = (more > 0).then(|| note((scene.t.changes.more)(more)));
        let lines = rules.into_iter().take(MOST_RULES).map(|(rule, share)| {
            let rows = open.rule.as_ref().filter(|(open, _)| *open == rule).map(|(_, rows)| rows.as_slice());
            rule_view(way, rule, share.count, rows, scene)
        });
        column![Column::with_children(lines).spacing(2), more].spacing(4).padding(Padding::ZERO.left(24))
    });
    column![head, rules].spacing(4).into()
}

fn rule_view<'a>(
    way: &Way,
    rule: Option<Priority>,
    count: u64,
    rows: Option<&'a [JournalRow]>,
    scene: Scene<'a>,
) -> Element<'a, ReplayMessage> {
    let (t, number) = (&scene.t.replay, scene.t.number);
    let name = match (rule, &way.to) {
        (Some(rule), _) => (t.rule)(rule),
        (None, Some(_)) => t.by_default.to_owned(),
        (None, None) => t.no_authority.to_owned(),
    };
    let symbol = if rows.is_some() { Icon::ChevronDown } else { Icon::ChevronRight };
    let line = row![icon(symbol), one_line(name), space().width(Fill), one_line(number(count))];
    let head = focus_button(line.spacing(8).align_y(Center)).padding([4, 12]).style(theme::quiet);
    let head = head.on_press(ReplayMessage::List(way.clone(), rule));
    let list = rows.map(|rows| {
        let shown = rows.len();
        let is_all = u64::try_from(shown).is_ok_and(|shown| shown >= count);
        let newest = (!is_all).then(|| note((t.newest)(&number(shown as u64), &number(count))));
        let lines = rows.iter().map(|row| message_view(row, scene));
        let list = scrollable(Column::with_children(lines)).style(theme::scrollbar).width(Fill);
        column![newest, container(list).max_height(LIST_HEIGHT)].spacing(4).padding(Padding::ZERO.left(24))
    });
    column![head, list].spacing(2).into()
}

/// A message, which opens it in *Meddelelser*.
fn message_view<'a>(journal_row: &'a JournalRow, scene: Scene<'a>) -> Element<'a, ReplayMessage> {
    let uuid = journal_row.message_uuid.as_deref();
    let uuid = uuid.map_or_else(|| scene.t.replay.no_uuid.to_owned(), short_uuid);
    let kle = journal_row.kle.as_ref().map(|kle| format!("KLE {kle}")).unwrap_or_default();
    let line = row![
        container(one_line(moment_text(journal_row.received_at))).width(140),
        container(one_line(uuid)).width(110),
        container(one_line(kle)).width(Fill),
        one_line(scene.t.replay.show_message).size(theme::SMALL)
    ];
    let head = focus_button(line.spacing(8).align_y(Center)).padding([3, 12]).style(theme::quiet);
    head.on_press(ReplayMessage::ShowMessage(journal_row.number)).into()
}
