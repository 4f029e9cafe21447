//! Which rules are meant, and where they are moved to: with the mouse and with the keyboard.

use std::collections::BTreeSet;

use iced::Point;
use iced::keyboard::Modifiers;

use super::form::{RuleForm, VALUE_FIELD};
use super::moving::{Moving, Press};
use super::{ListKey, Message, Panel, RulesScreen, TABLE, list, written};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::contract::Screen;
use crate::desktop::screen::scene::Scene;
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
            // It may be about to be dragged, with others that are chosen; whether it is shown alone is seen when the
            // mouse goes up.
            self.press = Some(Press::on(priority));
            if !self.chosen.contains(&priority) {
                self.chosen = BTreeSet::from([priority]);
                self.anchor = Some(priority);
            }
            self.here = Some(priority);
            return;
        }
        self.here = Some(priority);
        self.settle_panel();
    }

    pub(super) fn open(&mut self, priority: Priority, scene: Scene<'_>) -> Action<Message> {
        self.choose_only(priority, scene);
        Action::focus(VALUE_FIELD)
    }

    pub(super) fn choose_only(&mut self, priority: Priority, scene: Scene<'_>) {
        self.stand_at(priority);
        self.show(priority, scene);
    }

    fn stand_at(&mut self, priority: Priority) {
        self.chosen = BTreeSet::from([priority]);
        (self.here, self.anchor) = (Some(priority), Some(priority));
    }

    pub(super) fn show(&mut self, priority: Priority, scene: Scene<'_>) {
        if let Some(rule) = scene.authority.rule(priority) {
            self.panel = written(RuleForm::of(rule, scene.authority), scene);
        }
    }

    /// Everything listed from where the choice began.
    pub(super) fn choose_through(&mut self, priority: Priority) {
        let position = |priority| self.listing.position(priority);
        let from = self.anchor.or(self.here).and_then(position);
        let (Some(from), Some(to)) = (from, position(priority)) else { return };
        let rows = &self.listing.rows[from.min(to)..=from.max(to)];
        self.chosen = rows.iter().map(|rule| rule.priority).collect();
    }

    pub(super) fn mouse_at(&mut self, position: Point, scene: Scene<'_>) -> Action<Message> {
        if let Some((kind, width, start)) = &mut self.resizing {
            let start = *start.get_or_insert(position.x);
            self.view.resize(*kind, *width + position.x - start);
            return Action::None;
        }
        let Some(press) = &mut self.press else { return Action::None };
        if self.moving.is_none() {
            if !self.view.is_in_order() || !press.becomes_a_drag(position) {
                return Action::None;
            }
            if !self.chosen.contains(&press.on) {
                self.chosen = BTreeSet::from([press.on]);
            }
            self.moving = Moving::take_up(&self.chosen, self.listing.rows.iter().map(|rule| rule.priority));
        }
        let y = position.y - list::HEADER_HEIGHT;
        let gap = self.scroll.gap_at(y, self.listing.rows.len());
        let listed = self.listing.rows.iter().map(|rule| rule.priority);
        if let Some(moving) = &mut self.moving {
            moving.hover(gap, listed, scene);
        }
        self.scroll.at_edge(y).map(|offset| Action::scroll_to(TABLE, offset)).into()
    }

    pub(super) fn mouse_up(&mut self, scene: Scene<'_>) -> Action<Message> {
        let press = self.press.take();
        if self.resizing.take().is_some() {
            return self.kept_view();
        }
        if self.moving.is_some() {
            return self.drop_moved(scene);
        }
        if let Some(press) = press {
            self.choose_only(press.on, scene);
        }
        Action::None
    }

    /// Those rules are meant now: one is shown, several have their own editor.
    pub(super) fn mean(&mut self, rules: &[Priority], scene: Scene<'_>) -> Action<Message> {
        if let [only] = rules {
            self.choose_only(*only, scene);
        } else {
            self.chosen = rules.iter().copied().collect();
            (self.here, self.anchor) = (rules.first().copied(), rules.first().copied());
            self.settle_panel();
        }
        self.here.map(|here| self.scroll_to(here)).into()
    }

    pub(super) fn drop_moved(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(moving) = self.moving.take().filter(|moving| !moving.numbers.is_empty()) else { return Action::None };
        let numbers = moving.new_numbers();
        let book = scene.with_authority(|authority| authority.renumber(&moving.numbers));
        Action::edit(book, DraftEdit::RulesMoved(numbers.into_iter().collect()))
    }

    pub(super) fn key(&mut self, key: ListKey, modifiers: Modifiers, scene: Scene<'_>) -> Action<Message> {
        let motion = match key {
            ListKey::Go(motion) => motion,
            ListKey::Open => return self.here.map(|here| self.open(here, scene)).unwrap_or_default(),
            ListKey::All => {
                self.chosen = self.listing.rows.iter().map(|rule| rule.priority).collect();
                self.settle_panel();
                return Action::None;
            }
            ListKey::Move(rows) => return self.move_by_key(rows, scene),
            ListKey::Drop => return self.drop_moved(scene),
            ListKey::Nudge(rows) => {
                // Dropped at once, nobody sees what it would do.
                self.step_moving(rows, scene);
                return self.drop_moved(scene);
            }
        };
        let here = self.here.and_then(|here| self.listing.position(here));
        let Some(to) = self.scroll.row_after(motion, here, self.listing.rows.len()) else { return Action::None };
        let priority = self.listing.rows[to].priority;
        if modifiers.shift() {
            self.choose_through(priority);
            self.here = Some(priority);
            self.settle_panel();
        } else {
            let is_open = matches!(self.panel, Panel::Rule(_));
            self.stand_at(priority);
            if is_open {
                self.show(priority, scene);
            } else {
                self.settle_panel();
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

    /// The rules that are meant one place up or down, taken up first; says whether that is another place.
    fn step_moving(&mut self, rows: isize, scene: Scene<'_>) -> bool {
        if !self.view.is_in_order() || self.is_changed() {
            return false;
        }
        if self.moving.is_none() {
            if self.chosen.is_empty() {
                self.chosen.extend(self.here);
            }
            self.moving = Moving::take_up(&self.chosen, self.listing.rows.iter().map(|rule| rule.priority));
        }
        self.moving.as_mut().is_some_and(|moving| moving.step(rows, scene))
    }

    /// Scrolls no further than needed for a row to be in sight.
    pub(super) fn scroll_to(&self, priority: Priority) -> Action<Message> {
        let offset = self.listing.position(priority).and_then(|position| self.scroll.to_show(position));
        offset.map(|offset| Action::scroll_to(TABLE, offset)).into()
    }
}
