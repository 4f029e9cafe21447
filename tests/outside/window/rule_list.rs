//! The list of rules.

use iced_test::core::keyboard::Modifiers;
use iced_test::core::{Point, Rectangle};
use lucide_icons::Icon;

use super::{Seen, Window};

/// Beyond this distance from a column's title a text does not stand under it.
const NEAR: f32 = 26.0;
const SIDEBAR_WIDTH: f32 = 224.0;
const EDITOR_WIDTH: f32 = 380.0;

impl Window {
    /// Every line of the list from top to bottom, the default recipient last: what stands under each title.
    fn lines(&mut self) -> Vec<(f32, Vec<(String, Seen)>)> {
        let mut seen = self.seen();
        // An editor stands beside the list where there is a button that closes one.
        let editor = self.size.width - EDITOR_WIDTH;
        let close = char::from(Icon::X).to_string();
        let is_open = seen.iter().any(|seen| seen.words == close && seen.bounds.x > editor);
        let right = if is_open { editor } else { self.size.width };
        seen.retain(|seen| seen.bounds.x > SIDEBAR_WIDTH && seen.bounds.x < right);
        let Some(first) = seen.iter().find(|seen| seen.words == "Prioritet").map(|seen| seen.bounds) else {
            return Vec::new();
        };
        let is_symbol = |words: &str| words.chars().all(|letter| ('\u{e000}'..='\u{f8ff}').contains(&letter));
        let on_line = |y: f32, seen: &&Seen| (seen.bounds.center_y() - y).abs() < 8.0 && !is_symbol(&seen.words);
        let titles: Vec<&Seen> = seen.iter().filter(|seen| on_line(first.center_y(), seen)).collect();
        let mut lines: Vec<(f32, Vec<(String, Seen)>)> = Vec::new();
        for cell in seen.iter().filter(|cell| cell.bounds.y > first.y + first.height && !is_symbol(&cell.words)) {
            let right = |bounds: Rectangle| bounds.x + bounds.width;
            let distance = |title: &&Seen| {
                let (one, other) = (title.bounds, cell.bounds);
                (one.x - other.x).abs().min((right(one) - right(other)).abs())
            };
            let nearest = titles.iter().copied().min_by(|one, other| distance(one).total_cmp(&distance(other)));
            let Some(title) = nearest.filter(|title| distance(title) < NEAR) else { continue };
            let y = cell.bounds.center_y();
            let under = (title.words.clone(), cell.clone());
            match lines.iter_mut().find(|(at, _)| (at - y).abs() < 8.0) {
                Some((_, line)) => line.push(under),
                None => lines.push((y, vec![under])),
            }
        }
        lines.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let is_line = |line: &[(String, Seen)]| {
            // A notice may lie over the list.
            let is_number = |words: &str| words.parse::<u32>().is_ok();
            line.iter().any(|(title, seen)| {
                (title == "Prioritet" && is_number(&seen.words)) || (title == "Tilstand" && seen.words == "Ellers")
            })
        };
        lines.retain(|(_, line)| is_line(line));
        lines
    }

    /// What stands in a column, from top to bottom, without the default recipient.
    pub fn column(&mut self, title: &str) -> Vec<String> {
        let mut lines = self.lines();
        lines.pop();
        let cell = |line: Vec<(String, Seen)>| line.into_iter().find(|(under, _)| under == title);
        lines.into_iter().map(|(_, line)| cell(line).map(|(_, cell)| cell.words).unwrap_or_default()).collect()
    }

    /// The numbers of the rules listed, from top to bottom.
    pub fn rules(&mut self) -> Vec<u32> {
        self.column("Prioritet").iter().map(|number| number.parse().expect("a number")).collect()
    }

    /// What stands in the last line.
    pub fn last_line(&mut self) -> Vec<String> {
        let last = self.lines().pop().map(|(_, line)| line).unwrap_or_default();
        last.into_iter().map(|(_, seen)| seen.words).collect()
    }

    /// Every line of the list, with everything that stands in it.
    pub fn seen_rules(&mut self) -> Vec<Vec<String>> {
        let words = |line: Vec<(String, Seen)>| line.into_iter().map(|(_, seen)| seen.words).collect();
        self.lines().into_iter().map(|(_, line)| words(line)).collect()
    }

    fn in_line(&mut self, rule: u32, title: &str) -> Option<Seen> {
        let number = rule.to_string();
        let is_it =
            |line: &[(String, Seen)]| line.iter().any(|(title, seen)| title == "Prioritet" && seen.words == number);
        let (_, line) = self.lines().into_iter().find(|(_, line)| is_it(line))?;
        line.into_iter().find(|(under, _)| under == title).map(|(_, cell)| cell)
    }

    /// What stands under a title in the line of a rule.
    #[track_caller]
    pub fn cell(&mut self, rule: u32, title: &str) -> String {
        self.in_line(rule, title).map(|cell| cell.words).unwrap_or_default()
    }

    /// Where that stands.
    #[track_caller]
    pub fn cell_bounds(&mut self, rule: u32, title: &str) -> Rectangle {
        let cell = self.in_line(rule, title);
        cell.unwrap_or_else(|| panic!("nothing under {title} of rule {rule}")).bounds
    }

    /// Where the mouse takes hold of a rule.
    #[track_caller]
    pub fn handle(&mut self, rule: u32) -> Point {
        let value = self.in_line(rule, "Prioritet");
        value.unwrap_or_else(|| panic!("no rule {rule} is listed")).bounds.center()
    }

    #[track_caller]
    pub fn click_rule(&mut self, rule: u32) {
        let at = self.handle(rule);
        self.click_at(at);
    }

    /// Clicks a rule while Shift or Ctrl is held down.
    #[track_caller]
    pub fn click_rule_with(&mut self, modifiers: Modifiers, rule: u32) {
        self.hold(modifiers);
        self.click_rule(rule);
        self.hold(Modifiers::empty());
    }
}
