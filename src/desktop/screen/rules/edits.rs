//! Edits to the chosen rules: delete, switch on and off, clone, move, renumber.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{FormMessage, Message, Panel, RulesScreen};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Priority, Rule, RuleBook};

impl RulesScreen {
    /// The chosen rules, or else the one with the cursor. Empty while a new rule is being entered.
    pub(super) fn targets(&self) -> Vec<Priority> {
        if matches!(&self.panel, Panel::Rule(editor) if editor.form.original.is_none()) {
            return Vec::new();
        }
        if self.chosen.is_empty() { self.cursor.into_iter().collect() } else { self.chosen.iter().copied().collect() }
    }

    pub(super) fn delete(&mut self, scene: Scene<'_>) -> Action<Message> {
        let targets = self.targets();
        if targets.is_empty() {
            return Action::None;
        }
        let deleted: BTreeSet<_> = targets.iter().copied().collect();
        // The cursor goes to the row that takes the place of the first deleted one.
        let at = targets.first().and_then(|first| self.listing.position(*first));
        let stays = |rule: &&Arc<Rule>| !deleted.contains(&rule.priority);
        let next = at.and_then(|at| self.listing.rows.iter().skip(at).find(stays));
        let next = next.or_else(|| self.listing.rows.iter().rev().find(stays)).map(|rule| rule.priority);
        self.reset();
        let book = scene.with_authority(|authority| authority.rules.retain(|rule| !deleted.contains(&rule.priority)));
        let move_cursor = Action::Send(Message::MoveCursor(next));
        Action::edit(book, DraftEdit::RulesDeleted(targets)).then(move_cursor)
    }

    pub(super) fn switch_on(&mut self, on: bool, scene: Scene<'_>) -> Action<Message> {
        let targets = self.targets();
        let book = with_rules(&targets, scene, |rule| rule.active = on);
        Action::edit(book, DraftEdit::RulesSwitched { rules: targets, on })
    }

    /// The clones come directly after the last chosen rule.
    pub(super) fn clone_chosen(&mut self, scene: Scene<'_>) -> Action<Message> {
        let targets = self.targets();
        let Some(last) = targets.last() else { return Action::None };
        let (numbers, shifted) = scene.authority.room_after(*last, targets.len());
        let book = scene.with_authority(|authority| {
            let chosen: BTreeSet<_> = targets.iter().collect();
            let originals: Vec<Rule> = authority
                .rules_in_order()
                .into_iter()
                .filter(|rule| chosen.contains(&rule.priority))
                .cloned()
                .collect();
            authority.renumber(&shifted);
            let clones = originals.into_iter().zip(&numbers);
            authority.rules.extend(clones.map(|(rule, priority)| Arc::new(Rule { priority: *priority, ..rule })));
            authority.rules.sort_by_key(|rule| rule.priority);
        });
        self.panel = Panel::Nothing;
        let choose = Action::Send(Message::Choose(numbers.clone()));
        Action::edit(book, DraftEdit::RulesCloned(numbers)).then(choose)
    }

    /// Moves the rule in the editor directly before another one: in the draft if the form is unchanged, otherwise in
    /// the form, to be saved with its other changes.
    pub(super) fn put_before(&mut self, other: Priority, scene: Scene<'_>) -> Action<Message> {
        let Panel::Rule(editor) = &mut self.panel else { return Action::None };
        let own = editor.form.replaces().filter(|_| !editor.is_changed());
        let Some(own) = own.filter(|_| !editor.form.is_overtaken(scene.authority)) else {
            return editor.update(FormMessage::Above(other), scene);
        };
        let numbers = scene.authority.moved(&BTreeSet::from([own]), Some(other));
        let book = scene.with_authority(|authority| authority.renumber(&numbers));
        let moved = vec![numbers.of(own)];
        let choose = Action::Send(Message::Choose(moved.clone()));
        Action::edit(book, DraftEdit::RulesMoved(moved)).then(choose)
    }

    pub(super) fn spread_evenly(scene: Scene<'_>) -> Action<Message> {
        let numbers = scene.authority.spread_evenly();
        let book = scene.with_authority(|authority| authority.renumber(&numbers));
        Action::edit(book, DraftEdit::NumbersSpread)
    }
}

/// The draft with a change to each of these rules.
pub(super) fn with_rules(targets: &[Priority], scene: Scene<'_>, change: impl Fn(&mut Rule)) -> RuleBook {
    let targets: BTreeSet<_> = targets.iter().collect();
    scene.with_authority(|authority: &mut Authority| {
        for rule in authority.rules.iter_mut().filter(|rule| targets.contains(&rule.priority)) {
            change(Arc::make_mut(rule));
        }
    })
}
