//! The list of rules.

use iced_test::core::keyboard::Modifiers;
use iced_test::core::{Point, Rectangle};
use lucide_icons::Icon;

use super::{Text, Window};

/// How far in pixels the edge of a text may be from the edge of the title of its column.
const NEAR: f32 = 26.0;
/// What is left of this many pixels, or within this many of the right edge, is no part of the list.
const SIDEBAR_WIDTH: f32 = 224.0;
const EDITOR_WIDTH: f32 = 380.0;

impl Window {
    /// The lines of the list from top to bottom, the default recipient last: their heights, and their texts with the
    /// titles of their columns.
    fn lines(&mut self) -> Vec<(f32, Vec<(String, Text)>)> {
        let mut texts = self.texts();
        // An editor is open where there is a button that closes it.
        let editor = self.size.width - EDITOR_WIDTH;
        let close = char::from(Icon::X).to_string();
        let is_open = texts.iter().any(|text| text.words == close && text.bounds.x > editor);
        let right = if is_open { editor } else { self.size.width };
        texts.retain(|text| text.bounds.x > SIDEBAR_WIDTH && text.bounds.x < right);
        let Some(first) = texts.iter().find(|text| text.words == "Prioritet").map(|text| text.bounds) else {
            return Vec::new();
        };
        let is_symbol = |words: &str| words.chars().all(|letter| ('\u{e000}'..='\u{f8ff}').contains(&letter));
        let on_line = |y: f32, text: &&Text| (text.bounds.center_y() - y).abs() < 8.0 && !is_symbol(&text.words);
        let titles: Vec<&Text> = texts.iter().filter(|text| on_line(first.center_y(), text)).collect();
        let mut lines: Vec<(f32, Vec<(String, Text)>)> = Vec::new();
        for cell in texts.iter().filter(|cell| cell.bounds.y > first.y + first.height && !is_symbol(&cell.words)) {
            let right = |bounds: Rectangle| bounds.x + bounds.width;
            let distance = |title: &&Text| {
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
        let is_line = |line: &[(String, Text)]| {
            // A notice may lie over the list.
            let is_number = |words: &str| words.parse::<u32>().is_ok();
            line.iter().any(|(title, text)| {
                (title == "Prioritet" && is_number(&text.words)) || (title == "Tilstand" && text.words == "Ellers")
            })
        };
        lines.retain(|(_, line)| is_line(line));
        lines
    }

    /// The texts of a column, from top to bottom, without the default recipient.
    pub fn column(&mut self, title: &str) -> Vec<String> {
        let mut lines = self.lines();
        lines.pop();
        let cell = |line: Vec<(String, Text)>| line.into_iter().find(|(under, _)| under == title);
        lines.into_iter().map(|(_, line)| cell(line).map(|(_, cell)| cell.words).unwrap_or_default()).collect()
    }

    /// The numbers of the rules listed, from top to bottom.
    pub fn rules(&mut self) -> Vec<u32> {
        self.column("Prioritet").iter().map(|number| number.parse().expect("a number")).collect()
    }

    /// The texts of the last line.
    pub fn last_line(&mut self) -> Vec<String> {
        let last = self.lines().pop().map(|(_, line)| line).unwrap_or_default();
        last.into_iter().map(|(_, text)| text.words).collect()
    }

    /// The texts of every line.
    pub fn rule_rows(&mut self) -> Vec<Vec<String>> {
        let words = |line: Vec<(String, Text)>| line.into_iter().map(|(_, text)| text.words).collect();
        self.lines().into_iter().map(|(_, line)| words(line)).collect()
    }

    fn in_line(&mut self, rule: u32, title: &str) -> Option<Text> {
        let number = rule.to_string();
        let is_it =
            |line: &[(String, Text)]| line.iter().any(|(title, text)| title == "Prioritet" && text.words == number);
        let (_, line) = self.lines().into_iter().find(|(_, line)| is_it(line))?;
        line.into_iter().find(|(under, _)| under == title).map(|(_, cell)| cell)
    }

    /// The text of a rule in the column with that title.
    #[track_caller]
    pub fn cell(&mut self, rule: u32, title: &str) -> String {
        self.in_line(rule, title).map(|cell| cell.words).unwrap_or_default()
    }

    /// The bounds of that text.
    #[track_caller]
    pub fn cell_bounds(&mut self, rule: u32, title: &str) -> Rectangle {
        let cell = self.in_line(rule, title);
        cell.unwrap_or_else(|| panic!("nothing under {title} of rule {rule}")).bounds
    }

    /// Where the mouse clicks or drags a rule.
    #[track_caller]
    pub fn rule_position(&mut self, rule: u32) -> Point {
        let value = self.in_line(rule, "Prioritet");
        value.unwrap_or_else(|| panic!("no rule {rule} is listed")).bounds.center()
    }

    #[track_caller]
    pub fn click_rule(&mut self, rule: u32) {
        let at = self.rule_position(rule);
        self.click_at(at);
    }

    /// Clicks a rule while modifiers are held down.
    #[track_caller]
    pub fn click_rule_with(&mut self, modifiers: Modifiers, rule: u32) {
        self.hold(modifiers);
        self.click_rule(rule);
        self.hold(Modifiers::empty());
    }
}
