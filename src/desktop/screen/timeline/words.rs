//! What a bar, a gap and a change of fagsystem say of themselves.

use super::TimelineScreen;
use crate::desktop::language::TimelineTexts;
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::timeline::redating::{NotThere, Outcome, Redating};
use crate::desktop::model::timeline::rows::Bar;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Criterion, CriterionKind, Gap, Handover, Rule, Segment, SenderKind};

/// So many gaps and changes of a rule are named.
const MOST: usize = 4;

/// A value with what it is: "kontaktpunkt Kontanthjælp".
pub(super) fn value(criterion: &Criterion, scene: Scene<'_>) -> String {
    let element = (scene.t.rules.element)(CriterionKind::of(criterion));
    // A classification keeps its capitals.
    let element = match criterion {
        Criterion::Kle(_) | Criterion::Form(_) => element.to_owned(),
        _ => TimelineTexts::within(element),
    };
    format!("{element} {}", plain_value(criterion, scene)).trim_end().to_owned()
}

/// A value by its plain name.
pub(super) fn plain_value(criterion: &Criterion, scene: Scene<'_>) -> String {
    match criterion {
        Criterion::NoContactPoint(post_type) => (scene.t.rules.post_type)(*post_type).to_owned(),
        other => scene.names().value(other).unwrap_or_default(),
    }
}

/// Everything about a bar, a line each; the first is the rule.
pub(super) fn bar(bar: &Bar, scene: Scene<'_>) -> Vec<String> {
    let (t, idle, rule) = (&scene.t.timeline, &scene.t.changes.finding.idle, &bar.rule);
    let fagsystem = fagsystem_name(scene.authority, &rule.fagsystem);
    let mut lines = vec![(t.bar)(rule.priority, &value(&rule.criterion, scene), fagsystem)];
    lines.push(idle.period((rule.validity.from(), rule.validity.to())));
    if rule.segment != Segment::Everyone {
        lines.push(only(rule.segment, scene));
    }
    if !rule.active {
        lines.push(t.is_off.to_owned());
    }
    if bar.is_new {
        lines.push(t.is_new.to_owned());
    }
    if let Some(published) = bar.published {
        lines.push((t.published)(&t.period((published.from(), published.to()))));
    }
    if let Some(days) = bar.days.as_ref().filter(|_| rule.active) {
        lines.extend((!days.idle.is_empty()).then(|| (t.is_idle)(&t.periods(idle, &days.idle))));
        lines.extend((!days.in_part.is_empty()).then(|| (t.in_part)(&t.periods(idle, &days.in_part))));
    }
    let handovers = bar.takes_over.iter().chain(&bar.hands_over).take(MOST);
    lines.extend(handovers.map(|it| handover(it, rule, scene)));
    lines.extend(bar.gaps.iter().take(MOST).map(|it| gap(it, rule, scene)));
    lines.extend((bar.gaps.len() > MOST).then(|| t.more.of(bar.gaps.len() - MOST)));
    lines
}

/// "kun personer".
pub(super) fn only(segment: Segment, scene: Scene<'_>) -> String {
    let t = &scene.t.timeline;
    let kinds = [SenderKind::Person, SenderKind::Company, SenderKind::Authority];
    let senders: Vec<&str> = kinds.into_iter().filter(|kind| segment.includes(*kind)).map(t.sender).collect();
    (t.only_for)(&t.grammar.joined(&senders))
}

/// Days that go to the default recipient, and what of the rule's value.
pub(super) fn gap(gap: &Gap, of: &Rule, scene: Scene<'_>) -> String {
    let default = fagsystem_name(scene.authority, &scene.authority.default_fagsystem);
    let words = scene.t.timeline.gap_of((gap.from, gap.to), default);
    limited(words, (&gap.value, gap.is_for_all, &gap.senders), of, scene)
}

/// "Kontante ydelser → KY2 01-01-2027", and of what.
pub(super) fn handover(handover: &Handover, of: &Rule, scene: Scene<'_>) -> String {
    let words = changeover(handover, scene);
    limited(words, (&handover.value, handover.is_for_all, &handover.senders), of, scene)
}

/// From which fagsystem to which, and when.
pub(super) fn changeover(handover: &Handover, scene: Scene<'_>) -> String {
    let name = |rule| {
        let rule = scene.authority.rule(rule);
        rule.map(|rule| fagsystem_name(scene.authority, &rule.fagsystem)).unwrap_or_default()
    };
    (scene.t.timeline.handover)(name(handover.from), name(handover.to), &date_text(handover.day))
}

type Scope<'a> = (&'a Criterion, bool, &'a [SenderKind]);

fn limited(words: String, (value, is_for_all, senders): Scope<'_>, of: &Rule, scene: Scene<'_>) -> String {
    let t = &scene.t.timeline;
    let mut to = Vec::new();
    to.extend((*value != of.criterion).then(|| plain_value(value, scene)));
    let senders: Vec<&str> = senders.iter().map(|sender| (t.sender)(*sender)).collect();
    to.extend((!is_for_all).then(|| (t.only_for)(&t.grammar.joined(&senders))));
    if to.is_empty() { words } else { (t.limited)(&words, &to.join(", ")) }
}

impl TimelineScreen {
    /// What the end that is being moved would do, a sentence each without its stop, and whether that is trouble; `None` while
    /// none is.
    pub(super) fn outcome_words(&self, scene: Scene<'_>) -> Option<(Vec<String>, bool)> {
        let t = &scene.t.timeline;
        let redating = self.redating?;
        if let Err(why) = redating.dates(scene.authority) {
            return Some((vec![t.not_there(why)], true));
        }
        let mut words = vec![redated_words(&redating, scene)];
        let outcome = self.outcome.as_ref().filter(|(of, _)| *of == redating).map(|(_, outcome)| outcome);
        let Some(outcome) = outcome else { return Some((words, false)) };
        let Some(outcome) = outcome else {
            words.push(t.too_many.to_owned());
            return Some((words, false));
        };
        words.extend(outcome_lines(outcome, scene));
        Some((words, !outcome.gaps.is_empty() || !outcome.overlaps.is_empty()))
    }
}

/// "Regel 30 slutter 14-01-2027".
pub(super) fn redated_words(redating: &Redating, scene: Scene<'_>) -> String {
    let t = &scene.t.timeline;
    if let (Some(with), Some(day)) = (redating.with, redating.changeover()) {
        let (from, to) = redating.in_order(with);
        return (t.changes_on)(from, to, &date_text(day));
    }
    t.redated(redating.rule, redating.end, redating.day)
}

fn outcome_lines(outcome: &Outcome, scene: Scene<'_>) -> Vec<String> {
    let t = &scene.t.timeline;
    let rule = |priority| scene.authority.rule(priority);
    let gaps = outcome.gaps.iter().filter_map(|it| Some(gap(it, rule(it.after)?, scene)));
    let overlaps = outcome.overlaps.iter();
    let overlaps = overlaps.map(|(rule, days)| (t.overlap)(*rule, &t.periods(&scene.t.changes.finding.idle, days)));
    let mut words: Vec<String> = gaps.chain(overlaps).take(MOST).collect();
    if words.is_empty() {
        words.push(t.no_trouble.to_owned());
    }
    let handovers = outcome.handovers.iter().filter_map(|it| Some(handover(it, rule(it.from)?, scene)));
    words.extend(handovers.take(1));
    words
}

/// Why an end could not stay where it was let go.
pub(super) fn refusal(why: NotThere, scene: Scene<'_>) -> String {
    scene.t.timeline.not_there(why)
}
