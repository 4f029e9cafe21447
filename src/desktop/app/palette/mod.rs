//! The command palette: everything that can be done, and every rule, by a word of its name.

mod commands;

use iced::widget::operation;
use iced::widget::{Column, button, column, container, mouse_area, opaque, row, space, text_input};
use iced::{Center, Color, Element, Fill, Task};
use lucide_icons::Icon;

use self::commands::commands;
use super::Desktop;
use super::shortcut::Shortcut;
use crate::desktop::app::frame::sign;
use crate::desktop::language::Texts;
use crate::desktop::model::page::Page;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{icon, note, one_line};
use crate::rules::Rule;

const FIELD: &str = "palette";
/// How many lines are shown.
const MOST: usize = 12;
const WIDTH: f32 = 620.0;

/// The palette while it is open.
#[derive(Debug, Default)]
pub(super) struct Palette {
    query: String,
    at: usize,
    /// What fits what was written.
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
pub enum Message {
    Open,
    /// Offers what the list can be filtered by in the row where the keyboard is.
    FilterBy,
    Close,
    Query(String),
    Step(isize),
    /// Does what stands at that place.
    Do(usize),
    /// Does what is chosen.
    DoChosen,
}

/// A line of the palette.
#[derive(Debug)]
struct Line {
    symbol: Icon,
    words: String,
    /// What it is found by as well.
    also: &'static str,
    /// Where it is done; `None` where that does not matter.
    page: Option<Page>,
    shortcut: Option<Shortcut>,
    messages: Vec<super::Message>,
}

impl Line {
    /// Says where it is done, unless it does by itself.
    fn name_page(&mut self, t: &'static Texts) {
        let Some((_, title)) = self.page.map(|page| sign(page, t)) else { return };
        if !self.words.contains(title) {
            self.words = format!("{title}: {}", self.words);
        }
    }
}

impl Desktop {
    pub(super) fn update_palette(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::Open => {
                self.search_for(String::new());
                return operation::focus(FIELD);
            }
            Message::FilterBy => return self.offer_filters(),
            Message::Close => self.palette = None,
            Message::Query(query) => self.search_for(query),
            Message::Step(rows) => {
                if let Some(palette) = &mut self.palette {
                    let last = palette.lines.len().saturating_sub(1);
                    palette.at = palette.at.saturating_add_signed(rows).min(last);
                }
            }
            Message::Do(at) => return self.perform(at),
            Message::DoChosen => {
                let at = self.palette.as_ref().map_or(0, |palette| palette.at);
                return self.perform(at);
            }
        }
        Task::none()
    }

    /// Everything that the palette offers now, each with the words that it is found by besides its own.
    #[must_use]
    pub fn actions(&self) -> Vec<(String, &'static str)> {
        commands(self, self.t()).into_iter().map(|line| (line.words, line.also)).collect()
    }

    fn perform(&mut self, at: usize) -> Task<super::Message> {
        let line = self.palette.take().and_then(|palette| palette.lines.into_iter().nth(at));
        let Some(line) = line else { return Task::none() };
        let there = line.page.filter(|page| *page != self.page).map(|page| self.show(page));
        let done: Vec<_> = line.messages.into_iter().map(|message| self.take(message)).collect();
        Task::batch(there.into_iter().chain(done))
    }

    fn offer_filters(&mut self) -> Task<super::Message> {
        let Some(scene) = self.scene() else { return Task::none() };
        let values: Vec<_> = match self.page {
            Page::Rules => {
                let values = self.rules.values_here(scene).into_iter();
                values.map(|(name, message)| (name, super::Message::Rules(message))).collect()
            }
            Page::Messages => {
                let values = self.messages.values_here(scene).into_iter();
                values.map(|(name, message)| (name, super::Message::Messages(message))).collect()
            }
            _ => return Task::none(),
        };
        if values.is_empty() {
            self.toasts.warn(self.t().input.no_row.to_owned());
            return Task::none();
        }
        let words = self.t().palette.filter;
        let line = |(name, message): (String, super::Message)| Line {
            symbol: Icon::Funnel,
            words: words(&name),
            also: "",
            page: None,
            shortcut: None,
            messages: vec![message],
        };
        let lines = values.into_iter().map(line).collect();
        self.palette = Some(Palette { lines, ..Palette::default() });
        operation::focus(FIELD)
    }

    fn search_for(&mut self, query: String) {
        let lines = self.palette_lines(&query);
        self.palette = Some(Palette { query, at: 0, lines });
    }

    /// The commands and rules that have every word of what was written.
    fn palette_lines(&self, query: &str) -> Vec<Line> {
        let Some(scene) = self.scene() else { return Vec::new() };
        let query = query.to_lowercase();
        let wanted: Vec<&str> = query.split_whitespace().collect();
        let fits = |words: &str| {
            let words = words.to_lowercase();
            wanted.iter().all(|wanted| words.contains(wanted))
        };
        let mut lines = commands(self, scene.t);
        let is_here = |line: &Line| line.page.is_none_or(|page| page == self.page);
        if wanted.is_empty() {
            lines.retain(is_here);
        } else {
            lines.retain(|line| {
                let page = line.page.map_or("", |page| sign(page, scene.t).1);
                fits(&format!("{} {} {page}", line.words, line.also))
            });
            // What is called so comes before what is found by another word, and what is done here before the rest.
            lines.sort_by_key(|line| (!fits(&line.words), !is_here(line)));
            for line in lines.iter_mut().filter(|line| !is_here(line)) {
                line.name_page(scene.t);
            }
        }
        if !wanted.is_empty() {
            let rules = scene.authority.rules.iter();
            let named = rules.map(|rule| (rule.priority, rule_words(rule, scene))).filter(|(_, words)| fits(words));
            // Neither commands nor rules leave no room for the other.
            let most = MOST.saturating_sub(lines.len()).max(MOST / 2);
            let named: Vec<_> = named.take(most).collect();
            lines.truncate(MOST - named.len());
            lines.extend(named.into_iter().map(|(priority, words)| Line {
                symbol: Icon::ListOrdered,
                words,
                also: "",
                page: None,
                shortcut: None,
                messages: vec![super::Message::FindRule(priority)],
            }));
        }
        lines.truncate(MOST);
        lines
    }

    pub(super) fn palette_view(&self) -> Option<Element<'_, super::Message>> {
        let palette = self.palette.as_ref()?;
        let t = self.t();
        let field = text_input(t.palette.placeholder, &palette.query)
            .id(FIELD)
            .on_input(|query| super::Message::Palette(Message::Query(query)))
            .on_submit(super::Message::Palette(Message::DoChosen))
            .padding([9, 12])
            .style(theme::input(false));
        let lines = &palette.lines;
        let nothing = lines.is_empty().then(|| container(note(t.palette.nothing)).padding([8, 12]));
        let lines = lines.iter().enumerate().map(|(at, line)| {
            let content = row![
                icon(line.symbol).size(15),
                container(one_line(&line.words)).width(Fill).clip(true),
                line.shortcut.map(|shortcut| note(shortcut.0)),
            ];
            button(content.spacing(10).align_y(Center))
                .padding([6, 12])
                .width(Fill)
                .style(theme::palette_line(at == palette.at))
                .on_press(super::Message::Palette(Message::Do(at)))
                .into()
        });
        let content = column![field, Column::with_children(lines), nothing].spacing(8);
        let panel = container(content).padding(12).width(WIDTH).style(theme::dialog);
        let panel = column![space().height(90), opaque(panel)];
        let behind = |_: &iced::Theme| container::background(Color { a: 0.35, ..Color::BLACK });
        let panel = container(panel).width(Fill).height(Fill).align_x(Center).style(behind);
        Some(opaque(mouse_area(panel).on_press(super::Message::Palette(Message::Close))))
    }
}

fn rule_words(rule: &Rule, scene: Scene<'_>) -> String {
    format!("{}: {}", (scene.t.rules.rule)(rule.priority), (scene.t.rules.sentence)(scene.names(), rule))
}
