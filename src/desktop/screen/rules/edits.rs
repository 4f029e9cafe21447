//! What is done to the rules that are meant.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Message, Panel, Part, RulesScreen};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Priority, Rule, RuleBook};

impl RulesScreen {
    /// The chosen rules, or the one where the keyboard is; none while a new one is being written.
    pub(super) fn meant(&self) -> Vec<Priority> {
        if matches!(&self.panel, Panel::Rule(writing) if writing.form.original.is_none()) {
            return Vec::new();
        }
        if self.chosen.is_empty() { self.here.into_iter().collect() } else { self.chosen.iter().copied().collect() }
    }

    pub(super) fn delete(&mut self, scene: Scene<'_>) -> Action<Message> {
        let meant = self.meant();
        if meant.is_empty() {
            return Action::None;
        }
        let gone: BTreeSet<_> = meant.iter().copied().collect();
        // The keyboard stays at the same height.
        let at = meant.first().and_then(|first| self.listing.position(*first));
        let stays = |rule: &&Arc<Rule>| !gone.contains(&rule.priority);
        let next = at.and_then(|at| self.listing.rows.iter().skip(at).find(stays));
        let next = next.or_else(|| self.listing.rows.iter().rev().find(stays)).map(|rule| rule.priority);
        self.forget();
        let book = scene.with_authority(|authority| authority.rules.retain(|rule| !gone.contains(&rule.priority)));
        let go_on = Action::Then(Message::GoTo(next));
        Action::edit(book, DraftEdit::RulesDeleted(meant)).then(go_on)
    }

    pub(super) fn switch_on(&mut self, on: bool, scene: Scene<'_>) -> Action<Message> {
        let meant = self.meant();
        let book = with_rules(&meant, scene, |rule| rule.active = on);
        Action::edit(book, DraftEdit::RulesSwitched { rules: meant, on })
    }

    /// Each clone comes right after the last of what was chosen.
    pub(super) fn clone_chosen(&mut self, scene: Scene<'_>) -> Action<Message> {
        let meant = self.meant();
        let Some(last) = meant.last() else { return Action::None };
        let (numbers, shifted) = scene.authority.room_after(*last, meant.len());
        let book = scene.with_authority(|authority| {
            let originals: Vec<_> = meant.iter().filter_map(|priority| authority.rule(*priority).cloned()).collect();
            authority.renumber(&shifted);
            let clones = originals.into_iter().zip(&numbers);
            authority.rules.extend(clones.map(|(rule, priority)| Arc::new(Rule { priority: *priority, ..rule })));
            authority.rules.sort_by_key(|rule| rule.priority);
        });
        self.panel = Panel::Nothing;
        let mean = Action::Then(Message::Mean(numbers.clone()));
        Action::edit(book, DraftEdit::RulesCloned(numbers)).then(mean)
    }

    /// The rule that is shown comes directly before another one: at once when nothing else is written in it, or else
    /// with what is written.
    pub(super) fn put_before(&mut self, other: Priority, scene: Scene<'_>) -> Action<Message> {
        let Panel::Rule(writing) = &mut self.panel else { return Action::None };
        let own = writing.form.replaces().filter(|_| !writing.is_changed());
        let Some(own) = own.filter(|_| !writing.form.is_overtaken(scene.authority)) else {
            return writing.write(Part::Above(other), scene);
        };
        let numbers = scene.authority.moved(&BTreeSet::from([own]), Some(other));
        let book = scene.with_authority(|authority| authority.renumber(&numbers));
        let moved = vec![numbers.of(own)];
        let mean = Action::Then(Message::Mean(moved.clone()));
        Action::edit(book, DraftEdit::RulesMoved(moved)).then(mean)
    }

    pub(super) fn spread_evenly(scene: Scene<'_>) -> Action<Message> {
        let numbers = scene.authority.spread_evenly();
        let book = scene.with_authority(|authority| authority.renumber(&numbers));
        Action::edit(book, DraftEdit::NumbersSpread)
    }
}

/// The draft with those rules changed.
pub(super) fn with_rules(meant: &[Priority], scene: Scene<'_>, change: impl Fn(&mut Rule)) -> RuleBook {
    let meant: BTreeSet<_> = meant.iter().collect();
    scene.with_authority(|authority: &mut Authority| {
        for rule in authority.rules.iter_mut().filter(|rule| meant.contains(&rule.priority)) {
            change(Arc::make_mut(rule));
        }
    })
}
