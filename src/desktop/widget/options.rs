//! A list of options shown over everything else, as a drop-down list, a menu and suggestions use it.

use iced::advanced::widget::Operation;
use iced::advanced::{Renderer as _, mouse, renderer};
use iced::{Point, Rectangle, Renderer, Size, Theme, border};

use super::icon::ICONS;
use super::line_of_text::{LineOfText, width_of};
use super::popup::{self, draw_sheet};
use super::scroll::Motion;
use crate::desktop::theme;

pub(super) const LINE_HEIGHT: f32 = 30.0;
/// The space between the edge of the sheet and its lines.
const EDGE: f32 = 4.0;
/// The space between the edge of a line and its words.
const INSET: f32 = 6.0;
const SYMBOL: f32 = 22.0;
const SCROLLBAR: f32 = 10.0;
/// More lines than this scroll.
const MAX_LINES: u8 = 12;
/// Only this many of the longest names are measured to find the widest.
const MEASURED_NAMES: usize = 6;

/// How an option is shown and found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Label {
    pub name: String,
    /// The heading above it; empty if there is none.
    pub heading: &'static str,
    /// A word that finds it as well, and is not shown.
    pub also: String,
    pub symbol: Option<char>,
}

impl Label {
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// How well it matches typed text in lower case, from 0 (best) to 3; `None` if it does not.
    fn fit(&self, written: &str) -> Option<u8> {
        let (name, also) = (self.name.to_lowercase(), self.also.to_lowercase());
        if name == written || also == written {
            return Some(0);
        }
        if name.starts_with(written) {
            return Some(1);
        }
        let mut words = written.split_whitespace();
        words.all(|word| name.contains(word) || also.starts_with(word)).then(|| {
            let begins = name.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.starts_with(written));
            if begins { 2 } else { 3 }
        })
    }
}

/// The options that typed text can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This one: by its whole name, or as the only match.
    One(usize),
    /// Several match: how many.
    Several(usize),
    Nothing,
}

/// What typed text means.
pub(super) fn meaning(labels: &[Label], written: &str) -> Meaning {
    let written = written.trim().to_lowercase();
    let fits = || labels.iter().enumerate().filter_map(|(at, label)| label.fit(&written).map(|fit| (at, fit)));
    let mut named = fits().filter(|(_, fit)| *fit == 0);
    let mut all = fits();
    match (named.next(), named.next(), all.next(), all.count()) {
        (Some((at, _)), None, ..) | (None, _, Some((at, _)), 0) => Meaning::One(at),
        (_, _, None, _) => Meaning::Nothing,
        (_, _, Some(_), others) => Meaning::Several(others + 1),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Heading(&'static str),
    Choice(usize),
}

/// An open list.
#[derive(Debug, Default)]
pub(super) struct Options {
    lines: Vec<Line>,
    /// The highlighted option, which Enter chooses.
    at: Option<usize>,
    /// The person has moved the highlight with keys.
    was_moved: bool,
    /// The highlighted option is scrolled into sight.
    is_followed: bool,
    offset: f32,
    /// The height of the lines in sight.
    height: f32,
    widest: f32,
    is_dragged: bool,
    /// The words in sight and their symbols, ready to be drawn.
    drawn: Vec<(LineOfText, LineOfText)>,
}

impl Options {
    pub fn new(labels: &[Label], at: Option<usize>) -> Self {
        let mut options = Self { at, is_followed: true, widest: widest(labels), ..Self::default() };
        options.list(labels, "");
        options
    }

    pub fn at(&self) -> Option<usize> {
        self.at
    }

    pub fn highlight(&mut self, at: Option<usize>) {
        self.at = at;
    }

    pub fn was_moved(&self) -> bool {
        self.was_moved
    }

    /// Lists the options that match the text; all if it is empty.
    pub fn list(&mut self, labels: &[Label], written: &str) {
        let written = written.trim().to_lowercase();
        self.lines.clear();
        let mut heading = "";
        for (at, label) in labels.iter().enumerate().filter(|(_, label)| label.fit(&written).is_some()) {
            if label.heading != heading {
                heading = label.heading;
                if !heading.is_empty() {
                    self.lines.push(Line::Heading(heading));
                }
            }
            self.lines.push(Line::Choice(at));
        }
        self.at = self.at.filter(|at| self.lines.contains(&Line::Choice(*at)));
        self.widest = self.widest.max(widest(labels));
    }

    /// Highlights the option that matches the text best.
    pub fn go_to_best(&mut self, labels: &[Label], written: &str) {
        let written = written.trim().to_lowercase();
        let fits = labels.iter().enumerate().filter_map(|(at, label)| Some((label.fit(&written)?, at)));
        self.at = fits.min().map(|(_, at)| at).filter(|_| !written.is_empty());
        (self.was_moved, self.is_followed, self.offset) = (false, true, 0.0);
    }

    pub fn go(&mut self, motion: Motion) {
        let choices: Vec<usize> = self.lines.iter().filter_map(|line| line.choice()).collect();
        let Some(last) = choices.len().checked_sub(1) else { return };
        let here = self.at.and_then(|at| choices.iter().position(|choice| *choice == at));
        let page = isize::from(MAX_LINES) - 1;
        let to = match motion {
            Motion::Step(rows) => match here {
                Some(here) => here.saturating_add_signed(rows).min(last),
                None if rows < 0 => last,
                None => 0,
            },
            Motion::Page(pages) => here.unwrap_or_default().saturating_add_signed(pages * page).min(last),
            Motion::First => 0,
            Motion::Last => last,
        };
        (self.at, self.was_moved, self.is_followed) = (Some(choices[to]), true, true);
    }

    /// The size of the sheet, at least as wide as `width`, within `room`.
    pub fn size(&self, width: f32, room: Size) -> Size {
        let lines = height_of(self.lines.len().max(1)).min(f32::from(MAX_LINES) * LINE_HEIGHT);
        let height = (lines + 2.0 * EDGE).min(room.height);
        Size::new(self.widest.max(width).min(room.width), height)
    }

    /// Prepares drawing on a sheet of that size; `nothing` is shown in an empty list.
    pub fn prepare(&mut self, labels: &[Label], nothing: &str, size: Size) {
        self.height = size.height - 2.0 * EDGE;
        let most = (height_of(self.lines.len()) - self.height).max(0.0);
        if let Some(row) = self.at.and_then(|at| self.lines.iter().position(|line| *line == Line::Choice(at)))
            && self.is_followed
        {
            // With the first option under a heading, the heading is scrolled into sight too.
            let is_first = row > 0 && matches!(self.lines[row - 1], Line::Heading(_));
            let top = height_of(if is_first { row - 1 } else { row });
            self.offset = self.offset.min(top).max(height_of(row + 1) - self.height);
        }
        self.offset = self.offset.clamp(0.0, most);
        let in_sight = self.in_sight();
        self.drawn.resize_with(in_sight.len().max(1), Default::default);
        let room = size.width - 2.0 * (EDGE + INSET) - if most > 0.0 { SCROLLBAR } else { 0.0 };
        if self.lines.is_empty() {
            self.drawn[0].0.update(nothing, theme::REGULAR, theme::BODY, room);
        }
        for (line, (words, symbol)) in self.lines[in_sight].iter().zip(&mut self.drawn) {
            match line {
                Line::Heading(heading) => words.update(heading, theme::SEMIBOLD, theme::SMALL, room),
                Line::Choice(at) => {
                    let label = &labels[*at];
                    let room = if label.symbol.is_some() { room - SYMBOL } else { room };
                    words.update(&label.name, theme::REGULAR, theme::BODY, room);
                    let icon = label.symbol.map(String::from).unwrap_or_default();
                    symbol.update(&icon, ICONS, theme::BODY, SYMBOL);
                }
            }
        }
    }

    /// The lines that are in sight, at least in part.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few lines, and none before the first")]
    fn in_sight(&self) -> std::ops::Range<usize> {
        let first = (self.offset / LINE_HEIGHT).floor() as usize;
        let last = ((self.offset + self.height) / LINE_HEIGHT).ceil() as usize;
        first.min(self.lines.len())..last.min(self.lines.len())
    }

    /// The bounds of a line on the sheet.
    fn bounds_of(&self, row: usize, sheet: Rectangle) -> Rectangle {
        Rectangle {
            x: sheet.x + EDGE,
            y: sheet.y + EDGE + height_of(row) - self.offset,
            width: sheet.width - 2.0 * EDGE,
            height: LINE_HEIGHT,
        }
    }

    /// The option at a point of the sheet.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is not negative, and few lines")]
    pub fn choice_at(&self, place: Point, sheet: Rectangle) -> Option<usize> {
        let inner = sheet.shrink(EDGE);
        let y = place.y - inner.y + self.offset;
        let row = (inner.contains(place) && y >= 0.0).then_some((y / LINE_HEIGHT) as usize)?;
        self.lines.get(row)?.choice()
    }

    pub fn scroll_by(&mut self, delta: mouse::ScrollDelta) {
        let down = match delta {
            mouse::ScrollDelta::Lines { y, .. } => -y * 2.0 * LINE_HEIGHT,
            mouse::ScrollDelta::Pixels { y, .. } => -y,
        };
        self.is_followed = false;
        self.offset += down;
    }

    /// Begins dragging the scroll bar if the point is on it; returns whether it is.
    pub fn begin_drag(&mut self, place: Point, sheet: Rectangle) -> bool {
        let is_there = height_of(self.lines.len()) > self.height && place.x > sheet.x + sheet.width - EDGE - SCROLLBAR;
        self.is_dragged = is_there && sheet.contains(place);
        if self.is_dragged {
            self.drag(place, sheet);
        }
        self.is_dragged
    }

    pub fn is_dragged(&self) -> bool {
        self.is_dragged
    }

    pub fn drag(&mut self, place: Point, sheet: Rectangle) {
        let all = height_of(self.lines.len());
        let share = (place.y - sheet.y - EDGE) / self.height;
        self.is_followed = false;
        self.offset = share * all - self.height / 2.0;
    }

    pub fn end_drag(&mut self) {
        self.is_dragged = false;
    }

    pub fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        sheet: Rectangle,
        labels: &[Label],
        chosen: Option<usize>,
    ) {
        let colours = theme::colours(theme);
        draw_sheet(renderer, theme, sheet);
        let inner = sheet.shrink(EDGE);
        let text_at =
            |bounds: Rectangle, inset: f32| Rectangle { x: bounds.x + inset, width: bounds.width - inset, ..bounds };
        if self.lines.is_empty() {
            self.drawn[0].0.draw(renderer, text_at(self.bounds_of(0, sheet), INSET), colours.muted, inner);
            return;
        }
        renderer.with_layer(inner, |renderer| {
            for (row, (words, symbol)) in self.in_sight().zip(&self.drawn) {
                let bounds = self.bounds_of(row, sheet);
                let Line::Choice(at) = self.lines[row] else {
                    words.draw(renderer, text_at(bounds, INSET), colours.muted, inner);
                    continue;
                };
                let background = if self.at == Some(at) {
                    Some(colours.chosen)
                } else {
                    (chosen == Some(at)).then_some(colours.hovered)
                };
                if let Some(background) = background {
                    let border = border::rounded(theme::ROUND - 2.0);
                    renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, background);
                }
                let inset = if labels[at].symbol.is_some() { INSET + SYMBOL } else { INSET };
                symbol.draw(renderer, text_at(bounds, INSET), colours.muted, inner);
                words.draw(renderer, text_at(bounds, inset), colours.ink, inner);
            }
        });
        self.draw_scrollbar(renderer, theme, inner);
    }

    fn draw_scrollbar(&self, renderer: &mut Renderer, theme: &Theme, inner: Rectangle) {
        const WIDTH: f32 = 6.0;
        let all = height_of(self.lines.len());
        if all <= self.height {
            return;
        }
        let bounds = Rectangle {
            x: inner.x + inner.width - WIDTH,
            y: inner.y + inner.height * self.offset / all,
            width: WIDTH,
            height: inner.height * self.height / all,
        };
        let border = border::rounded(WIDTH / 2.0);
        let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
        renderer.fill_quad(quad, theme::colours(theme).strong_line);
    }

    /// Reports the words in sight to an operation, such as a test that looks for text.
    pub fn operate(&self, sheet: Rectangle, labels: &[Label], nothing: &str, operation: &mut dyn Operation) {
        if self.lines.is_empty() {
            operation.text(None, self.bounds_of(0, sheet), nothing);
        }
        for row in self.in_sight() {
            let words = match self.lines[row] {
                Line::Heading(heading) => heading,
                Line::Choice(at) => &labels[at].name,
            };
            operation.text(None, self.bounds_of(row, sheet), words);
        }
    }

    /// The size and position of the sheet beside an anchor, in a window of that size.
    pub fn place(&self, anchor: Rectangle, window: Size) -> (Size, Point) {
        let size = self.size(anchor.width, popup::room(anchor, window));
        (size, popup::place(anchor, size, window))
    }
}

impl Line {
    fn choice(self) -> Option<usize> {
        match self {
            Self::Choice(at) => Some(at),
            Self::Heading(_) => None,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "lines are few enough")]
fn height_of(lines: usize) -> f32 {
    lines as f32 * LINE_HEIGHT
}

/// The width that the widest name needs, with everything around it.
fn widest(labels: &[Label]) -> f32 {
    let mut longest: Vec<&Label> = labels.iter().collect();
    longest.sort_by_key(|label| std::cmp::Reverse(label.name.chars().count()));
    let symbol = if labels.iter().any(|label| label.symbol.is_some()) { SYMBOL } else { 0.0 };
    let widths = longest.iter().take(MEASURED_NAMES).map(|label| width_of(&label.name, theme::REGULAR, theme::BODY));
    let headings = labels.iter().map(|label| label.heading).filter(|heading| !heading.is_empty());
    let headings = headings.take(1).map(|heading| width_of(heading, theme::SEMIBOLD, theme::SMALL));
    let words = widths.map(|width| width + symbol).chain(headings).fold(0.0, f32::max);
    (words + 2.0 * (EDGE + INSET) + SCROLLBAR).ceil()
}
