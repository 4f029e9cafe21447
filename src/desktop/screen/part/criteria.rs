//! What a rule could look at in a message, each as a button that begins the rule.

use iced::widget::{Column, container, row};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, icon, one_line};
use crate::rules::{Authority, Caseless, Criterion, CriterionKind, Facts, Sender};

/// How the journal marks a value that it has left out.
const LEFT_OUT_MARK: &str = "(udeladt";

/// Whether the journal has left out a value, so that a rule cannot look at it.
pub(in crate::desktop::screen) fn is_left_out(text: &str) -> bool {
    text.starts_with(LEFT_OUT_MARK)
}

/// Buttons that begin a rule with a criterion that the message meets; `None` when it meets none.
pub(in crate::desktop::screen) fn rule_buttons<'a, Message: Clone + 'a>(
    authority: &'a Authority,
    facts: &Facts,
    scene: Scene<'a>,
    begin: impl Fn(Criterion) -> Message,
) -> Option<Element<'a, Message>> {
    let criteria = criteria(authority, facts);
    if criteria.is_empty() {
        return None;
    }
    let buttons = criteria.into_iter().map(|criterion| {
        let element = (scene.t.rules.element)(CriterionKind::of(&criterion));
        let value = match &criterion {
            Criterion::NoContactPoint(post_type) => Some((scene.t.rules.post_type)(*post_type).to_owned()),
            criterion => scene.names_of(authority).value(criterion),
        };
        let words = value.map_or_else(|| element.to_owned(), |value| format!("{element}: {value}"));
        let words = row![icon(Icon::Plus).size(14), container(one_line(words).size(theme::SMALL)).width(Fill)];
        focus_button(words.spacing(8).align_y(Center))
            .padding([4, 10])
            .style(theme::secondary)
            .on_press(begin(criterion))
            .into()
    });
    Some(Column::with_children(buttons).spacing(4).into())
}

/// The criteria that the message meets, the narrowest first. Values that the journal has left out are no criteria.
pub(in crate::desktop::screen) fn criteria(authority: &Authority, facts: &Facts) -> Vec<Criterion> {
    let is_kept = |text: &&Caseless| !is_left_out(text.as_str());
    let point = facts.contact_point.as_ref();
    let mut criteria = Vec::new();
    let id = point.and_then(|point| point.id.as_ref()).filter(is_kept);
    criteria.extend(id.cloned().map(Criterion::ContactPoint));
    let group = point.and_then(|point| point.group.as_ref()).filter(is_kept);
    criteria.extend(group.cloned().map(Criterion::ContactGroup));
    criteria.extend(facts.kle.map(|kle| Criterion::Kle(kle.into())));
    criteria.extend(facts.form.map(|form| Criterion::Form(form.into())));
    if let Sender::Organisation(Some(cvr)) = facts.sender {
        criteria.push(Criterion::SenderCvr(cvr));
    }
    if let (None, Some(post_type)) = (point, facts.post_type) {
        criteria.push(Criterion::NoContactPoint(post_type));
    }
    // With a single CVR number, such a rule would match every message.
    if let Some(cvr) = facts.recipient.filter(|_| !authority.more_cvrs.is_empty()) {
        criteria.push(Criterion::RecipientCvr(cvr));
    }
    criteria
}
