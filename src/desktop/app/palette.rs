//! The command palette: searches commands and rules, draws them and runs the chosen one.

use iced::widget::operation;
use iced::widget::{Column, button, column, container, mouse_area, opaque, row, space, text_input};
use iced::{Center, Color, Element, Fill, Task};
use lucide_icons::Icon;

use super::commands::lines;
use super::message::Message;
use super::palette_message::PaletteMessage;
use super::palette_state::{Palette, PaletteLine};
use super::state::Desktop;
use crate::desktop::language::Texts;
use crate::desktop::screen::command::{Command, CommandStep};
use crate::desktop::screen::scene::Scene;
use crate::desktop::screen::table::{ScreenMessage, icon_and_title};
use crate::desktop::theme;
use crate::desktop::widget::{icon, note, one_line};
use crate::rules::Rule;

const FIELD: &str = "palette";
/// How many lines are shown.
const MOST: usize = 12;
const WIDTH: f32 = 620.0;

impl Desktop {
    pub(super) fn update_palette(&mut self, message: PaletteMessage) -> Task<Message> {
        match message {
            PaletteMessage::Open => {
                self.search_for(String::new());
                return self.note_focus().chain(operation::focus(FIELD));
            }
            PaletteMessage::FilterBy => return self.offer_filters(),
            PaletteMessage::Close => {
                self.palette = None;
                return self.return_focus();
            }
            PaletteMessage::Query(query) => self.search_for(query),
            PaletteMessage::Step(rows) => {
                if let Some(palette) = &mut self.palette {
                    let last = palette.lines.len().saturating_sub(1);
                    palette.selected = palette.selected.saturating_add_signed(rows).min(last);
                }
            }
            PaletteMessage::Run(at) => return self.run_line(at),
            PaletteMessage::RunSelected => {
                let at = self.palette.as_ref().map_or(0, |palette| palette.selected);
                return self.run_line(at);
            }
        }
        Task::none()
    }

    /// The names of all commands that the palette offers now, each with its keywords.
    #[must_use]
    pub fn actions(&self) -> Vec<(String, &'static str)> {
        lines(self, self.shared.t()).into_iter().map(|line| (line.command.words, line.command.keywords)).collect()
    }

    fn run_line(&mut self, at: usize) -> Task<Message> {
        let line = self.palette.take().and_then(|palette| palette.lines.into_iter().nth(at));
        let Some(line) = line else { return self.return_focus() };
        let there = line.page.filter(|page| *page != self.shared.page).map(|page| self.show(page));
        let done: Vec<_> = line.command.steps.into_iter().map(|step| self.run_step(step)).collect();
        // A command that puts the focus somewhere does that last.
        self.return_focus().chain(Task::batch(there.into_iter().chain(done)))
    }

    pub(super) fn run_step(&mut self, step: CommandStep<Message>) -> Task<Message> {
        match step {
            CommandStep::Send(message) => self.handle(message),
            CommandStep::Standard(standard) => self.standard(standard),
            CommandStep::Show(page) => self.show(page),
            CommandStep::OfferFilters => self.offer_filters(),
        }
    }

    fn offer_filters(&mut self) -> Task<Message> {
        let values = self.shared.scene().and_then(|scene| self.screens.get(self.shared.page).row_filters(scene));
        let Some(values) = values else { return Task::none() };
        if values.is_empty() {
            self.toasts.warn(self.shared.t().input.no_row.to_owned());
            return Task::none();
        }
        let words = self.shared.t().palette.filter;
        let line = |(name, message): (String, ScreenMessage)| PaletteLine {
            page: None,
            command: Command::new(Icon::Funnel, words(&name), "", Message::Screen(message)),
        };
        let lines = values.into_iter().map(line).collect();
        self.palette = Some(Palette { lines, ..Palette::default() });
        self.note_focus().chain(operation::focus(FIELD))
    }

    fn search_for(&mut self, query: String) {
        let lines = self.palette_lines(&query);
        self.palette = Some(Palette { query, selected: 0, lines });
    }

    /// The commands and rules that contain every word of the query.
    fn palette_lines(&self, query: &str) -> Vec<PaletteLine> {
        let Some(scene) = self.shared.scene() else { return Vec::new() };
        let query = query.to_lowercase();
        let wanted: Vec<&str> = query.split_whitespace().collect();
        let fits = |words: &str| {
            let words = words.to_lowercase();
            wanted.iter().all(|wanted| words.contains(wanted))
        };
        let mut lines = lines(self, scene.t);
        let is_here = |line: &PaletteLine| line.page.is_none_or(|page| page == self.shared.page);
        if wanted.is_empty() {
            lines.retain(is_here);
        } else {
            lines.retain(|line| {
                let page = line.page.map_or("", |page| icon_and_title(page, scene.t).1);
                fits(&format!("{} {} {page}", line.command.words, line.command.keywords))
            });
            // Matches of the name come before matches of keywords, and commands of the shown screen before the others.
            lines.sort_by_key(|line| (!fits(&line.command.words), !is_here(line)));
            for line in lines.iter_mut().filter(|line| !is_here(line)) {
                name_page(line, scene.t);
            }
        }
        if !wanted.is_empty() {
            let rules = scene.authority.rules.iter();
            let named = rules.map(|rule| (rule.priority, rule_words(rule, scene))).filter(|(_, words)| fits(words));
            // Rules and commands each get at least half of the lines if they need them.
            let most = MOST.saturating_sub(lines.len()).max(MOST / 2);
            let named: Vec<_> = named.take(most).collect();
            lines.truncate(MOST - named.len());
            lines.extend(named.into_iter().map(|(priority, words)| PaletteLine {
                page: None,
                command: Command::new(Icon::ListOrdered, words, "", Message::ShowRule(priority)),
            }));
        }
        lines.truncate(MOST);
        lines
    }

    pub(super) fn palette_view(&self) -> Option<Element<'_, Message>> {
        let palette = self.palette.as_ref()?;
        let t = self.shared.t();
        let field = text_input(t.palette.placeholder, &palette.query)
            .id(FIELD)
            .on_input(|query| Message::Palette(PaletteMessage::Query(query)))
            .on_submit(Message::Palette(PaletteMessage::RunSelected))
            .padding([9, 12])
            .style(theme::input(false));
        let lines = &palette.lines;
        let nothing = lines.is_empty().then(|| container(note(t.palette.nothing)).padding([8, 12]));
        let lines = lines.iter().enumerate().map(|(at, line)| {
            let content = row![
                icon(line.command.symbol).size(15),
                container(one_line(&line.command.words)).width(Fill).clip(true),
                line.command.shortcut.map(|shortcut| note(shortcut.to_string())),
            ];
            button(content.spacing(10).align_y(Center))
                .padding([6, 12])
                .width(Fill)
                .style(theme::palette_line(at == palette.selected))
                .on_press(Message::Palette(PaletteMessage::Run(at)))
                .into()
        });
        let content = column![field, Column::with_children(lines), nothing].spacing(8);
        let panel = container(content).padding(12).width(WIDTH).style(theme::dialog);
        let panel = column![space().height(90), opaque(panel)];
        let behind = |_: &iced::Theme| container::background(Color { a: 0.35, ..Color::BLACK });
        let panel = container(panel).width(Fill).height(Fill).align_x(Center).style(behind);
        Some(opaque(mouse_area(panel).on_press(Message::Palette(PaletteMessage::Close))))
    }
}

/// Puts the title of its screen before a command that does not contain it.
fn name_page(line: &mut PaletteLine, t: &'static Texts) {
    let Some((_, title)) = line.page.map(|page| icon_and_title(page, t)) else { return };
    if !line.command.words.contains(title) {
        line.command.words = format!("{title}: {}", line.command.words);
    }
}

fn rule_words(rule: &Rule, scene: Scene<'_>) -> String {
    format!("{}: {}", (scene.t.rules.rule)(rule.priority), scene.t.rules.sentence(scene.names(), rule))
}
