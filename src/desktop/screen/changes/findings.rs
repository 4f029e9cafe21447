//! What the analysis finds in the draft, each with what would mend it.

use iced::widget::{column, row, text};
use iced::{Center, Element};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::{Message, authority_name};
use crate::desktop::language::format::date_text;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::part::found::gathered;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{FocusButton, icon, note, plain_button};
use crate::rules::{
    Authority, Cvr, Finding, FindingKind, GroupFirst, Neighbours, Priority, Receiver, Remedy, Severity,
};

/// More findings than this are counted, not shown; likewise pieces of information.
const MOST_FINDINGS: usize = 12;

/// What is done about a finding.
#[derive(Debug, Clone)]
pub enum FindingMessage {
    /// Mend the authority's rules.
    Mend(Cvr, Remedy),
    /// Make two rules one.
    Merge(Cvr, Neighbours),
    /// Show the rule.
    Open(Cvr, Priority),
    /// Show the rules as they are on that day.
    LookAt(Date),
    /// Show what is only good to know, or hide it.
    ShowInformation(bool),
}

/// The card's state.
#[derive(Debug, Default)]
pub(super) struct FindingsCard {
    shows_information: bool,
}

impl FindingsCard {
    pub fn update(&mut self, message: FindingMessage, scene: Scene<'_>) -> Action<Message> {
        match message {
            FindingMessage::Mend(authority, remedy) => {
                let book = scene.with(authority, |authority| authority.mend(remedy));
                let rule = remedy.rule();
                let edit = match remedy {
                    Remedy::Delete(_) => DraftEdit::RulesDeleted(vec![rule]),
                    Remedy::MoveBefore(..) => DraftEdit::RulesMoved(vec![rule]),
                    Remedy::Extend(_) | Remedy::BeginOn(..) | Remedy::EndOn(..) => DraftEdit::RuleChanged(rule),
                };
                Action::edit(book, edit)
            }
            FindingMessage::Merge(authority, pair) => {
                let book = scene.with(authority, |authority| authority.merge(&pair));
                Action::edit(book, DraftEdit::RulesMerged(vec![pair.first, pair.second]))
            }
            FindingMessage::Open(authority, rule) => Request::OpenRule(authority, rule).into(),
            FindingMessage::LookAt(day) => Request::LookAt(Some(day)).into(),
            FindingMessage::ShowInformation(shows) => {
                self.shows_information = shows;
                Action::None
            }
        }
    }

    pub fn view<'a>(&self, scene: Scene<'a>) -> Element<'a, FindingMessage> {
        let c = &scene.t.changes;
        if !scene.bench.insight().is_reviewed {
            return column![text(c.findings).font(theme::SEMIBOLD), note(c.working_out)].spacing(8).into();
        }
        let insight = &scene.bench.insight().seen;
        let mut after_groups: Vec<_> = insight.after_groups().collect();
        after_groups.sort_unstable_by_key(|(cvr, rule, _)| (*cvr, *rule));
        let all = insight.findings.len() + after_groups.len();
        let title = text(if all == 0 { c.findings.to_owned() } else { c.found.of(all) }).font(theme::SEMIBOLD);
        let none = (all == 0).then(|| row![icon(Icon::CircleCheck).style(theme::good), text(c.no_findings)].spacing(8));
        let mendable = |finding: &&Finding| finding.rule.is_some() && finding.kind.names_its_rule();
        let (of_rules, others): (Vec<_>, Vec<_>) = insight.findings.iter().partition(mendable);
        let others = gathered(others.into_iter().map(|finding| (words(finding, scene), finding)));
        let count = of_rules.len() + after_groups.len() + others.len();
        let lines = of_rules.into_iter().map(|finding| line(finding, scene));
        let groups = after_groups.into_iter().map(|(cvr, rule, first)| group_line(cvr, rule, first, scene));
        let lines = lines.chain(groups).chain(others.into_iter().map(|found| found.view(scene.t))).take(MOST_FINDINGS);
        let more = count.saturating_sub(MOST_FINDINGS);
        let more = (more > 0).then(|| note((c.more)(more)));
        column![title, none, column(lines).spacing(10), more, self.information(scene)].spacing(8).into()
    }

    fn information<'a>(&self, scene: Scene<'a>) -> Option<Element<'a, FindingMessage>> {
        let c = &scene.t.changes;
        let seen = &scene.bench.insight().seen;
        let (all, pairs) = (&seen.information, &seen.neighbours);
        let count = all.len() + pairs.len();
        if count == 0 {
            return None;
        }
        let label = if self.shows_information { c.hide_information.to_owned() } else { c.information.of(count) };
        let toggle = button(label, FindingMessage::ShowInformation(!self.shows_information));
        let shown = if self.shows_information { MOST_FINDINGS } else { 0 };
        let merges = pairs.iter().filter_map(|(cvr, pair)| pair_line(*cvr, pair, scene));
        let lines = merges.chain(all.iter().map(|finding| line(finding, scene))).take(shown);
        let more = if shown > 0 { count.saturating_sub(shown) } else { 0 };
        let more = (more > 0).then(|| note((c.more)(more)));
        Some(column![toggle, column(lines).spacing(10), more].spacing(8).into())
    }
}

/// What can be done about a finding.
fn button<'a>(label: String, message: FindingMessage) -> FocusButton<'a, FindingMessage> {
    plain_button(label).style(theme::quiet).padding([3, 6]).on_press(message)
}

/// A finding of a rule as a sentence, with buttons that mend it.
fn line<'a>(finding: &Finding, scene: Scene<'a>) -> Element<'a, FindingMessage> {
    let c = &scene.t.changes;
    let (symbol, tone): (_, theme::Tone) = match finding.kind.severity() {
        Severity::Fault => (Icon::CircleAlert, theme::bad),
        Severity::Warning => (Icon::TriangleAlert, theme::warning),
        Severity::Information => (Icon::Info, theme::muted),
    };
    let owner = finding.authority.and_then(|cvr| scene.bench.book().authority(cvr));
    let mends = owner.into_iter().flat_map(|authority| {
        let remedies = finding.remedies(authority).into_iter();
        remedies.map(|remedy| button(c.remedy(remedy), FindingMessage::Mend(authority.cvr, remedy)).into())
    });
    let open = finding
        .authority
        .zip(finding.rule)
        .map(|(authority, rule)| Element::from(button(c.show_rule.to_owned(), FindingMessage::Open(authority, rule))));
    let after = match finding.kind {
        FindingKind::ExpiresSoon { to, .. } => to.tomorrow().ok(),
        _ => None,
    };
    let look =
        after.map(|day| Element::from(button((scene.t.day.look_at)(&date_text(day)), FindingMessage::LookAt(day))));
    let buttons = row(mends.chain(open).chain(look)).spacing(4).align_y(Center);
    let then = then(finding, scene).map(note);
    let content = column![text(words(finding, scene)), then, buttons.wrap()].spacing(2);
    row![icon(symbol).style(tone), content].spacing(8).into()
}

/// A rule that comes after rules on groups of its contact point, with the button that moves it before them.
fn group_line<'a>(cvr: Cvr, rule: Priority, first: &[GroupFirst], scene: Scene<'a>) -> Element<'a, FindingMessage> {
    let (c, t) = (&scene.t.changes, &scene.t.rules);
    let mend = first.iter().map(|it| it.rule).min().map(|before| {
        let remedy = Remedy::MoveBefore(rule, before);
        button(c.remedy(remedy), FindingMessage::Mend(cvr, remedy))
    });
    let show = button(c.show_rule.to_owned(), FindingMessage::Open(cvr, rule));
    let words: Vec<_> = first.iter().map(t.group_first).collect();
    let words = format!("{}: {}", (t.rule)(rule), words.join(" "));
    let content = column![text(words), row![mend, show].spacing(4).align_y(Center).wrap()].spacing(2);
    row![icon(Icon::TriangleAlert).style(theme::warning), content].spacing(8).into()
}

/// Two rules that could be one, with the button that makes them so.
fn pair_line<'a>(cvr: Cvr, pair: &Neighbours, scene: Scene<'a>) -> Option<Element<'a, FindingMessage>> {
    let c = &scene.t.changes;
    let authority = scene.bench.book().authority(cvr)?;
    let value = scene.names_of(authority).value(&pair.criterion).unwrap_or_default();
    let which = (scene.t.rules.sentence.which)(&pair.criterion, &value);
    let words = (c.neighbours)(&scene.t.rules.list.of(&[pair.first, pair.second]), &which);
    let merge = FindingMessage::Merge(cvr, pair.clone());
    let merge = button(c.merge.to_owned(), merge);
    Some(row![icon(Icon::Merge).style(theme::muted), column![text(words), merge].spacing(2)].spacing(8).into())
}

/// Where the messages of a rule that ends soon go then, once that has been worked out.
fn then(finding: &Finding, scene: Scene<'_>) -> Option<String> {
    let FindingKind::ExpiresSoon { rule, .. } = finding.kind else { return None };
    let (cvr, bench) = (finding.authority?, scene.bench);
    let outlook = scene.foresight.of(&bench.published().book, bench.book(), scene.day())?.as_ref()?;
    let expiry = outlook.expiries.iter().find(|it| it.authority == cvr && it.rule == rule)?;
    let mut names: Vec<String> = Vec::new();
    for destination in &expiry.then {
        let name = match destination {
            Some(it) => {
                let receiver = Receiver { authority: cvr, fagsystem: it.fagsystem.clone() };
                scene.receiver(&receiver, [bench.book(), bench.book()])
            }
            None => scene.t.proof.refused.to_owned(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Some(if names.is_empty() {
        scene.t.changes.expires_same.to_owned()
    } else {
        (scene.t.changes.expires_then)(&scene.t.proof.grammar.joined(&names))
    })
}

/// A finding as a sentence, with the name of its authority if there are several.
fn words(finding: &Finding, scene: Scene<'_>) -> String {
    let book = scene.bench.book();
    let owner: Option<&Authority> = finding.authority.and_then(|cvr| book.authority(cvr));
    // As seen from another day a rule may have expired that has not yet, and the other way around.
    let kind = match finding.kind {
        FindingKind::Expired { rule, to } if to >= scene.today => &FindingKind::ExpiresSoon { rule, to },
        FindingKind::ExpiresSoon { rule, to } if to < scene.today => &FindingKind::Expired { rule, to },
        _ => &finding.kind,
    };
    let words = scene.t.changes.finding(owner.unwrap_or(scene.authority), kind);
    match owner {
        Some(owner) if book.authorities.len() > 1 => {
            format!("{}: {words}", authority_name(Some(owner.cvr), [book, book], scene.t))
        }
        _ => words,
    }
}
