//! *Behold denne*: a guard that keeps what a rule decides on the day that is shown.

use super::{Message, Panel, RulesScreen};
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::guarding::guard_message;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Receiver, Rule};

impl RulesScreen {
    /// Makes a guard of a made-up message that the rule in the editor decides. While another day than today is shown it is tried on that
    /// day alone: what a rule of next year decides need not hold today.
    pub(super) fn keep(&self, scene: Scene<'_>) -> Action<Message> {
        let Panel::Rule(editor) = &self.panel else { return Action::None };
        if editor.is_changed() {
            return Action::warn_unsaved();
        }
        let kept = editor.form.replaces().and_then(|number| scene.authority.rule(number));
        let Some(rule) = kept else { return Action::None };
        let draft = scene.bench.insight().distributor.as_ref();
        let cvr = scene.authority.cvr;
        match draft.and_then(|draft| draft.made_up_message(cvr, rule.priority, scene.day())) {
            Some(facts) => {
                let receiver = Receiver { authority: cvr, fagsystem: rule.fagsystem.clone() };
                guard_message(facts, scene.looked_at(), &about(rule, scene), &receiver, scene)
            }
            None => Action::warn((scene.t.guards.decides_nothing)(scene.other_day().as_deref())),
        }
    }
}

/// What the rule looks at, in words.
fn about(rule: &Rule, scene: Scene<'_>) -> String {
    let value = scene.names().value(&rule.criterion).unwrap_or_default();
    (scene.t.changes.difference.rule.criterion_words)(&rule.criterion, &value)
}
