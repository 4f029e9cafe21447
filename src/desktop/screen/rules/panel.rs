//! The panel beside the list: opening, saving and closing what is edited there.

use super::bulk::BulkForm;
use super::form::{self, RuleForm};
use super::rule_editor::RuleEditor;
use super::switching::{SwitchForm, SwitchMessage};
use super::{Message, Panel, RulesScreen};
use crate::desktop::screen::action::Action;
use crate::desktop::screen::contract::Screen;
use crate::desktop::screen::scene::Scene;
use crate::rules::FagsystemId;

impl RulesScreen {
    /// Closes the panel and discards its changes.
    pub(super) fn close(&mut self) {
        self.panel = Panel::Nothing;
        self.moving = None;
    }

    /// Closes the panel and clears the choice.
    pub(super) fn reset(&mut self) {
        self.close();
        self.chosen.clear();
        (self.cursor, self.anchor, self.press) = (None, None, None);
    }

    /// Opens the bulk editor when several rules are chosen, and closes it when they no longer are.
    pub(super) fn sync_panel(&mut self) {
        match (&self.panel, self.chosen.len()) {
            (Panel::Nothing, 2..) => self.panel = Panel::Bulk(BulkForm::default()),
            (Panel::Bulk(_), 0 | 1) => self.panel = Panel::Nothing,
            (Panel::Rule(editor), 2..) if !editor.is_changed() => self.panel = Panel::Bulk(BulkForm::default()),
            _ => {}
        }
    }

    pub(super) fn open_editor(&mut self, form: RuleForm, scene: Scene<'_>) -> Action<Message> {
        self.chosen.clear();
        self.panel = editor_panel(form, scene);
        Action::focus(form::VALUE_FIELD)
    }

    pub(super) fn has_something_to_save(&self) -> bool {
        matches!(&self.panel, Panel::Rule(editor) if editor.has_something_to_save())
    }

    /// Opens a new rule before the rule that would leave nothing to it.
    pub(super) fn open_new(&mut self, form: RuleForm, scene: Scene<'_>) -> Action<Message> {
        self.open_editor(form, scene);
        let Panel::Rule(editor) = &mut self.panel else { return Action::None };
        if let Some(blocking) = editor.assessment.first_blocking_rule() {
            let form = RuleForm { above: Some(blocking), ..editor.form.clone() };
            self.panel = editor_panel(form.with_room(scene), scene);
        }
        Action::focus(form::PRIORITY_FIELD)
    }

    pub(super) fn reload(&mut self, scene: Scene<'_>) {
        let Panel::Rule(editor) = &self.panel else { return };
        let rule = editor.form.replaces().and_then(|number| scene.authority.rule(number));
        self.panel = rule.map_or(Panel::Nothing, |rule| editor_panel(RuleForm::of(rule, scene.authority), scene));
    }

    /// Saves the rule in the editor and then handles the message. A rule that cannot be saved stays open.
    pub(super) fn save_before(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let renumbers = matches!(&self.panel, Panel::Rule(editor) if !editor.form.shifted.is_empty());
        let saved = self.save(scene);
        if self.is_changed() {
            saved.then(Action::warn_unsaved())
        } else if renumbers && message.names_a_rule() {
            saved
        } else {
            saved.then(Action::Send(message))
        }
    }

    /// Saves the rule in the draft, or focuses the first invalid field.
    pub(super) fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        if matches!(self.panel, Panel::Switch(_)) {
            return self.update_switch(SwitchMessage::Apply, scene);
        }
        let Panel::Rule(editor) = &mut self.panel else { return Action::None };
        if editor.form.is_overtaken(scene.authority) {
            return Action::warn(scene.t.rules.overtaken_hint);
        }
        let Some((book, edit, rule)) = editor.draft_with_rule(scene) else {
            return editor.first_invalid_field().map_or(Action::warn_unsaved(), Action::focus);
        };
        self.panel = Panel::Nothing;
        Action::edit(book, edit).then(Action::Send(Message::Choose(vec![rule.priority])))
    }

    /// Closes one thing at a time, the innermost first.
    pub(super) fn leave(&mut self) -> Action<Message> {
        if self.moving.take().is_some() || std::mem::take(&mut self.shows_columns) || self.filter_name.take().is_some()
        {
            self.press = None;
            return Action::None;
        }
        if let Panel::Rule(editor) = &mut self.panel {
            if editor.close_calendar() {
                return Action::None;
            }
            if editor.is_changed() {
                return Action::warn_unsaved();
            }
            self.close();
            return Action::None;
        }
        if matches!(self.panel, Panel::Nothing) && !self.search.is_empty() {
            self.search.clear();
        }
        self.close();
        self.chosen.clear();
        Action::None
    }

    pub(super) fn begin_switch(
        &mut self,
        from: Option<FagsystemId>,
        to: Option<FagsystemId>,
        scene: Scene<'_>,
    ) -> Action<Message> {
        let form = SwitchForm::new(from, to, scene);
        let first = form.first_missing();
        self.panel = Panel::Switch(form);
        Action::focus(first)
    }

    pub(super) fn update_switch(&mut self, message: SwitchMessage, scene: Scene<'_>) -> Action<Message> {
        let Panel::Switch(form) = &mut self.panel else { return Action::None };
        let action = form.update(message, scene);
        if action.is_edit() {
            self.panel = Panel::Nothing;
        }
        action
    }
}

pub(super) fn editor_panel(form: RuleForm, scene: Scene<'_>) -> Panel {
    Panel::Rule(Box::new(RuleEditor::open(form, scene)))
}
