//! Mouse and keyboard input in the list: choosing rules, moving them, and resizing columns.

use std::collections::BTreeSet;

use iced::Point;
use iced::keyboard::Modifiers;

use super::form::{RuleForm, VALUE_FIELD};
use super::moving::{Moving, Press};
use super::panel::editor_panel;
use super::{ListKey, Message, Panel, RulesScreen, TABLE, list};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::contract::Screen;
use crate::desktop::screen::scene::Scene;
use crate::desktop::widget::Scroll;
use crate::rules::Priority;

impl RulesScreen {
    pub(super) fn press(&mut self, priority: Priority, modifiers: Modifiers) {
        if modifiers.shift() {
            self.choose_through(priority);
        } else if modifiers.command() {
            if !self.chosen.remove(&priority) {
                self.chosen.insert(priority);
            }
            self.anchor = Some(priority);
        } else {
            // This may be the start of a drag of all chosen rules, so a chosen rule stays one of several until the
            // button is released.
            self.press = Some(Press::on(priority));
            if !self.chosen.contains(&priority) {
                self.chosen = BTreeSet::from([priority]);
                self.anchor = Some(priority);
            }
            self.cursor = Some(priority);
            return;
        }
        self.cursor = Some(priority);
        self.sync_panel();
    }

    pub(super) fn open_rule(&mut self, priority: Priority, scene: Scene<'_>) -> Action<Message> {
        self.choose_and_show(priority, scene);
        Action::focus(VALUE_FIELD)
    }

    pub(super) fn choose_and_show(&mut self, priority: Priority, scene: Scene<'_>) {
        self.choose_single(priority);
        self.show(priority, scene);
    }

    fn choose_single(&mut self, priority: Priority) {
        self.chosen = BTreeSet::from([priority]);
        (self.cursor, self.anchor) = (Some(priority), Some(priority));
    }

    pub(super) fn show(&mut self, priority: Priority, scene: Scene<'_>) {
        if let Some(rule) = scene.authority.rule(priority) {
            self.panel = editor_panel(RuleForm::of(rule, scene.authority), scene);
        }
    }

    /// Chooses the rows from the anchor to this one.
    pub(super) fn choose_through(&mut self, priority: Priority) {
        let position = |priority| self.listing.position(priority);
        let from = self.anchor.or(self.cursor).and_then(position);
        let (Some(from), Some(to)) = (from, position(priority)) else { return };
        let rows = &self.listing.rows[from.min(to)..=from.max(to)];
        self.chosen = rows.iter().map(|rule| rule.priority).collect();
    }

    pub(super) fn mouse_moved(&mut self, position: Point, scene: Scene<'_>) -> Action<Message> {
        if let Some((kind, width, start)) = &mut self.resizing {
            let start = *start.get_or_insert(position.x);
            self.settings.resize(*kind, *width + position.x - start);
            return Action::None;
        }
        let Some(press) = &mut self.press else { return Action::None };
        if self.moving.is_none() {
            if !self.settings.is_in_order() || !press.becomes_a_drag(position) {
                return Action::None;
            }
            if !self.chosen.contains(&press.on) {
                self.chosen = BTreeSet::from([press.on]);
            }
            self.moving = Moving::start(&self.chosen, self.listing.rows.iter().map(|rule| rule.priority));
        }
        let y = position.y - list::HEADER_HEIGHT;
        let gap = self.scroll.gap_at(y, self.listing.rows.len());
        let listed = self.listing.rows.iter().map(|rule| rule.priority);
        if let Some(moving) = &mut self.moving {
            moving.hover(gap, listed, scene);
        }
        self.scroll.at_edge(y).map(|offset| Action::scroll_to(TABLE, offset)).into()
    }

    pub(super) fn mouse_released(&mut self, scene: Scene<'_>) -> Action<Message> {
        let press = self.press.take();
        if self.resizing.take().is_some() {
            return self.save_settings();
        }
        if self.moving.is_some() {
            return self.drop_moved(scene);
        }
        if let Some(press) = press {
            self.choose_and_show(press.on, scene);
        }
        Action::None
    }

    pub(super) fn mouse_left(&mut self) -> Action<Message> {
        // A move by keyboard goes on.
        if self.press.take().is_some() {
            self.moving = None;
        }
        if self.resizing.take().is_some() { self.save_settings() } else { Action::None }
    }

    /// Chooses these rules: one opens in the rule editor, several in the bulk editor.
    pub(super) fn choose(&mut self, rules: &[Priority], scene: Scene<'_>) -> Action<Message> {
        if let [only] = rules {
            self.choose_and_show(*only, scene);
        } else {
            self.chosen = rules.iter().copied().collect();
            (self.cursor, self.anchor) = (rules.first().copied(), rules.first().copied());
            self.sync_panel();
        }
        self.cursor.map(|cursor| self.scroll_to(cursor)).into()
    }

    /// Opens a rule and scrolls to it, and clears the filters if they hide it.
    pub(super) fn find(&mut self, priority: Priority, scene: Scene<'_>) -> Action<Message> {
        if self.listing.position(priority).is_none() {
            self.settings.filters.clear();
            self.filters_restored = false;
            self.search.clear();
            self.listing.refresh(&self.settings, &self.search, scene);
        }
        self.choose_and_show(priority, scene);
        self.scroll_to(priority)
    }

    pub(super) fn search_for(&mut self, text: String) -> Action<Message> {
        self.search = text;
        self.scroll = Scroll::default();
        Action::scroll_to(TABLE, 0.0)
    }

    pub(super) fn drop_moved(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(moving) = self.moving.take().filter(|moving| !moving.numbers.is_empty()) else { return Action::None };
        let numbers = moving.new_numbers();
        let book = scene.with_authority(|authority| authority.renumber(&moving.numbers));
        Action::edit(book, DraftEdit::RulesMoved(numbers.into_iter().collect()))
    }

    pub(super) fn list_key(&mut self, key: ListKey, modifiers: Modifiers, scene: Scene<'_>) -> Action<Message> {
        let motion = match key {
            ListKey::Go(motion) => motion,
            ListKey::Open => return self.cursor.map(|cursor| self.open_rule(cursor, scene)).unwrap_or_default(),
            ListKey::All => {
                self.chosen = self.listing.rows.iter().map(|rule| rule.priority).collect();
                self.sync_panel();
                return Action::None;
            }
            ListKey::Move(rows) => return self.move_by_key(rows, scene),
            ListKey::Drop => return self.drop_moved(scene),
            ListKey::Nudge(rows) => {
                // The palette has no key release to wait for, so the move ends without a preview.
                self.step_moving(rows, scene);
                return self.drop_moved(scene);
            }
        };
        let cursor = self.cursor.and_then(|cursor| self.listing.position(cursor));
        let Some(to) = self.scroll.row_after(motion, cursor, self.listing.rows.len()) else { return Action::None };
        let priority = self.listing.rows[to].priority;
        if modifiers.shift() {
            self.choose_through(priority);
            self.cursor = Some(priority);
            self.sync_panel();
        } else {
            let is_open = matches!(self.panel, Panel::Rule(_));
            self.choose_single(priority);
            if is_open {
                self.show(priority, scene);
            } else {
                self.sync_panel();
            }
        }
        self.scroll_to(priority)
    }

    fn move_by_key(&mut self, rows: isize, scene: Scene<'_>) -> Action<Message> {
        if !self.step_moving(rows, scene) {
            return Action::None;
        }
        let target = self.moving.as_ref().and_then(Moving::before);
        target.map(|target| self.scroll_to(target)).into()
    }

    /// Moves the chosen rules by this many rows, starting a move if there is none. Returns whether their position has
    /// changed.
    fn step_moving(&mut self, rows: isize, scene: Scene<'_>) -> bool {
        if !self.settings.is_in_order() || self.is_changed() {
            return false;
        }
        if self.moving.is_none() {
            if self.chosen.is_empty() {
                self.chosen.extend(self.cursor);
            }
            self.moving = Moving::start(&self.chosen, self.listing.rows.iter().map(|rule| rule.priority));
        }
        self.moving.as_mut().is_some_and(|moving| moving.step(rows, scene))
    }

    /// Scrolls just far enough to show the row.
    pub(super) fn scroll_to(&self, priority: Priority) -> Action<Message> {
        let offset = self.listing.position(priority).and_then(|position| self.scroll.to_show(position));
        offset.map(|offset| Action::scroll_to(TABLE, offset)).into()
    }
}
