//! What the parts of a map say of themselves.

use super::layout::MapLayout;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::map::{FAGSYSTEMS, GROUPS, ROWS, RowKind, SENDERS, Subject, What};
use crate::desktop::screen::scene::Scene;
use crate::rules::{Criterion, CriterionKind, FagsystemId};

/// More rules of a bundle than this are counted, not named.
const MOST_NAMED: usize = 6;

/// The name of a node.
pub(super) fn name(layout: &MapLayout, column: usize, at: usize, scene: Scene<'_>) -> String {
    let t = &scene.t.map;
    match column {
        SENDERS => (t.sender)(layout.flow.senders[at]).to_owned(),
        GROUPS => t.group_name(&layout.flow.gathering.groups[at].what, scene.names()),
        ROWS => {
            let kind = &layout.flow.gathering.rows[at].kind;
            let rule = |priority| scene.authority.rule(priority).map(|rule| t.rule_name(rule));
            let mut name = t.row_name(kind, rule);
            if let RowKind::Rule(rule) = kind
                && layout.view.shows_changes
                && scene.bench.insight().marks.rule(scene.authority.cvr, *rule).is_some()
            {
                name = format!("{name} · {}", t.is_new);
            }
            if layout.is_never(kind) {
                name = format!("{name} · {}", t.never);
            }
            name
        }
        _ => fagsystem_name(scene.authority, &layout.flow.fagsystems[at]).to_owned(),
    }
}

/// What stands below or beside the name.
pub(super) fn number(layout: &MapLayout, column: usize, at: usize, scene: Scene<'_>) -> String {
    let number = count_of(layout, column, at, scene);
    if column != FAGSYSTEMS || !is_paused(&layout.flow.fagsystems[at], scene) {
        return number;
    }
    // Its mail is refused: that matters more than how much there is, and stands first.
    let paused = scene.t.map.paused;
    if number.is_empty() { paused.to_owned() } else { format!("{paused} · {number}") }
}

fn count_of(layout: &MapLayout, column: usize, at: usize, scene: Scene<'_>) -> String {
    let t = &scene.t.map;
    if !layout.is_by_mail {
        return match column {
            GROUPS => match layout.flow.gathering.groups[at].rules.len() {
                0 | 1 => String::new(),
                count => t.rules.of(count),
            },
            ROWS => ends(&layout.flow.gathering.rows[at].kind),
            _ => String::new(),
        };
    }
    match column {
        FAGSYSTEMS if layout.view.shows_changes => t.share(layout.flow.shares[at], layout.flow.messages),
        FAGSYSTEMS => {
            let share = layout.flow.shares[at];
            t.share(crate::desktop::model::map::Share { gained: 0, lost: 0, ..share }, layout.flow.messages)
        }
        ROWS => ends(&layout.flow.gathering.rows[at].kind),
        _ => (scene.t.number)(layout.flow.counts[column][at]),
    }
}

/// The first and the last number of a bundle of rules: "100–480".
fn ends(kind: &RowKind) -> String {
    match kind {
        RowKind::Rules(rules) => match (rules.first(), rules.last()) {
            (Some(first), Some(last)) => format!("{first}–{last}"),
            _ => String::new(),
        },
        RowKind::Rule(_) | RowKind::Default => String::new(),
    }
}

/// A node in words, a line each.
pub(in crate::desktop::screen) fn of_node(
    layout: &MapLayout,
    column: usize,
    at: usize,
    scene: Scene<'_>,
) -> Vec<String> {
    let t = &scene.t.map;
    let mut lines = vec![name(layout, column, at, scene)];
    let count = layout.flow.counts[column][at];
    match column {
        GROUPS => {
            let group = &layout.flow.gathering.groups[at];
            lines.extend(more_of(&group.what, scene));
            lines.extend(t.about_group(group));
        }
        ROWS => {
            let kind = &layout.flow.gathering.rows[at].kind;
            lines.extend(of_row(layout, kind, scene));
            lines.extend(layout.is_moving(kind).then(|| t.moving.to_owned()));
        }
        FAGSYSTEMS => lines.extend(of_fagsystem(layout, at, scene)),
        _ => {}
    }
    if layout.is_by_mail {
        lines.push(if count == 0 { t.none_lately.to_owned() } else { t.messages.of(count) });
    }
    if column == GROUPS {
        let group = &layout.flow.gathering.groups[at];
        lines.extend(group.opens.is_some().then(|| t.opens.to_owned()));
        lines.extend(criterion(&group.what).is_some().then(|| t.draws.to_owned()));
    }
    lines
}

fn of_row(layout: &MapLayout, kind: &RowKind, scene: Scene<'_>) -> Vec<String> {
    let t = &scene.t.map;
    let sentence = |rule| scene.authority.rule(rule).map(|rule| scene.t.rules.sentence(scene.names(), rule));
    match kind {
        RowKind::Rule(rule) => {
            let overlapped = layout.overlapped_by(kind).map(|by| (t.overlapped)(&by.to_string()));
            let never = layout.is_never(kind).then(|| t.never_about.to_owned());
            sentence(*rule).into_iter().chain(never).chain(overlapped).collect()
        }
        RowKind::Rules(rules) => {
            let more = rules.len().saturating_sub(MOST_NAMED);
            let named = rules.iter().take(MOST_NAMED).filter_map(|rule| scene.authority.rule(*rule));
            let named =
                named.map(|rule| format!("{} → {}", t.rule_name(rule), scene.names().fagsystem(&rule.fagsystem)));
            named.chain((more > 0).then(|| t.more_rules.of(more))).collect()
        }
        RowKind::Default => vec![t.rest_about.to_owned()],
    }
}

fn is_paused(id: &FagsystemId, scene: Scene<'_>) -> bool {
    scene.authority.fagsystem(id).is_some_and(|it| !it.active)
}

fn of_fagsystem(layout: &MapLayout, at: usize, scene: Scene<'_>) -> Vec<String> {
    let t = &scene.t.map;
    let id: &FagsystemId = &layout.flow.fagsystems[at];
    let share = layout.flow.shares[at];
    let default = (*id == scene.authority.default_fagsystem).then(|| t.default_recipient.to_owned());
    let paused = is_paused(id, scene).then(|| t.paused.to_owned());
    let shows = layout.view.shows_changes && layout.is_by_mail;
    let gained = (shows && share.gained > 0).then(|| (t.gained)(&(scene.t.number)(share.gained)));
    let lost = (shows && share.lost > 0).then(|| (t.lost)(&(scene.t.number)(share.lost)));
    [default, paused, gained, lost].into_iter().flatten().collect()
}

/// What flows between two nodes, in words.
pub(super) fn of_stream(layout: &MapLayout, at: usize, scene: Scene<'_>) -> Vec<String> {
    let t = &scene.t.map;
    let stream = &layout.flow.streams[at];
    let [from, to] = [(stream.column, stream.from), (stream.column + 1, stream.to)];
    let mut lines = vec![format!("{} → {}", name(layout, from.0, from.1, scene), name(layout, to.0, to.1, scene))];
    if layout.is_by_mail && stream.count > 0 {
        lines.push(t.messages.of(stream.count));
        if stream.is_moved {
            lines.push((t.moved)(&(scene.t.number)(stream.count)));
        }
    } else if layout.is_by_mail {
        lines.push(t.none_lately.to_owned());
    }
    lines
}

/// What tells a value from another one of the same name: titles are not unique, and a CVR number may be either end's.
fn more_of(what: &What, scene: Scene<'_>) -> Option<String> {
    let What::Subject(Subject::Value(criterion)) = what else { return None };
    let element = (scene.t.rules.element)(CriterionKind::of(criterion));
    match criterion {
        Criterion::ContactPoint(id) => Some(format!("{element} {id}")),
        Criterion::SenderCvr(_) | Criterion::RecipientCvr(_) => Some(element.to_owned()),
        _ => None,
    }
}

/// What a rule for all of a group would look at; `None` where one rule cannot.
pub(in crate::desktop::screen) fn criterion(what: &What) -> Option<Criterion> {
    match what {
        What::Subject(Subject::Value(criterion)) => Some(criterion.clone()),
        What::Subject(Subject::Kle(number)) => Some(Criterion::Kle((*number).into())),
        What::Subject(Subject::Form(number)) => Some(Criterion::Form((*number).into())),
        What::Subject(Subject::Kind(_)) | What::Others(..) | What::Rest => None,
    }
}
