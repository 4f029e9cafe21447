//! The command palette: everything that can be done, and every rule, by a word of its name.

use iced::widget::operation;
use iced::widget::{Column, button, column, container, mouse_area, opaque, row, space, text_input};
use iced::{Center, Color, Element, Fill, Task};
use lucide_icons::Icon;

use super::language::Texts;
use super::screen::rules::ListKey;
use super::screen::{Scene, contact_points, kle, log, rules};
use super::shortcut::{self, Shortcut};
use super::widget::{icon, note, one_line};
use super::{Desktop, Page, theme};
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
    shortcut: Option<Shortcut>,
    message: super::Message,
}

impl Desktop {
    pub(super) fn update_palette(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::Open => {
                self.search_for(String::new());
                return operation::focus(FIELD);
            }
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

    fn perform(&mut self, at: usize) -> Task<super::Message> {
        let line = self.palette.take().and_then(|palette| palette.lines.into_iter().nth(at));
        line.map_or_else(Task::none, |line| self.take(line.message))
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
        lines.retain(|line| fits(&line.words));
        if !wanted.is_empty() {
            let rules = scene.authority.rules.iter();
            let lines_of_rules = rules.map(|rule| (rule.priority, rule_words(rule, scene)));
            let missing = MOST.saturating_sub(lines.len()).max(MOST / 2);
            lines.truncate(MOST - missing.min(MOST));
            lines.extend(lines_of_rules.filter(|(_, words)| fits(words)).take(missing).map(|(priority, words)| Line {
                symbol: Icon::ListOrdered,
                words,
                shortcut: None,
                message: super::Message::FindRule(priority),
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

fn commands(desktop: &Desktop, t: &'static Texts) -> Vec<Line> {
    use super::Message as Do;
    use rules::Message as Rule;
    let p = &t.palette;
    let line = |symbol, words: &str, shortcut, message| Line { symbol, words: words.to_owned(), shortcut, message };
    let rule = |symbol, words: &str, shortcut, message| line(symbol, words, shortcut, Do::Rules(message));
    let mut lines = Vec::new();
    if desktop.page == Page::Rules {
        lines.extend([
            line(Icon::Plus, t.rules.new, Some(shortcut::NEW), Do::New),
            rule(Icon::ListPlus, t.rules.new_above, Some(shortcut::NEW_ABOVE), Rule::NewAbove),
            line(Icon::Check, t.save, Some(shortcut::SAVE), Do::Save),
            line(Icon::Search, t.rules.search, Some(shortcut::SEARCH), Do::Search),
            rule(Icon::SquarePen, p.open, Some(shortcut::OPEN), Rule::Key(ListKey::Open)),
            rule(Icon::Copy, t.rules.clone, Some(shortcut::CLONE), Rule::Clone),
            rule(Icon::Trash2, t.rules.delete_chosen, Some(shortcut::DELETE), Rule::Delete),
            rule(Icon::PowerOff, t.rules.switch_off, None, Rule::SwitchOn(false)),
            rule(Icon::Power, t.rules.switch_on, None, Rule::SwitchOn(true)),
            rule(Icon::ArrowUp, p.move_up, Some(shortcut::MOVE_UP), Rule::Key(ListKey::Nudge(-1))),
            rule(Icon::ArrowDown, p.move_down, Some(shortcut::MOVE_DOWN), Rule::Key(ListKey::Nudge(1))),
            rule(Icon::ListChecks, p.choose_all, Some(shortcut::ALL), Rule::Key(ListKey::All)),
            rule(Icon::ListOrdered, t.rules.spread, None, Rule::SpreadEvenly),
            rule(Icon::ArrowLeftRight, t.rules.switch.title, None, Rule::BeginSwitch(None)),
            rule(Icon::Columns3, t.rules.columns_button, None, Rule::ShowColumns(true)),
            rule(Icon::FunnelX, t.rules.show_all, None, Rule::ClearFilters),
        ]);
    }
    if desktop.page == Page::Fagsystems {
        lines.push(line(Icon::Plus, t.fagsystems.new, Some(shortcut::NEW), Do::New));
    }
    if desktop.page == Page::Kle {
        lines.extend([
            line(Icon::Search, t.kle.search, Some(shortcut::SEARCH), Do::Search),
            line(Icon::ChevronsUpDown, t.kle.unfold_all, None, Do::Kle(kle::Message::UnfoldAll)),
            line(Icon::ChevronsDownUp, t.kle.fold_all, None, Do::Kle(kle::Message::FoldAll)),
            line(Icon::Download, t.kle.fetch, None, Do::Kle(kle::Message::Fetch)),
        ]);
    }
    if desktop.page == Page::Authorities {
        let new = if desktop.authorities.shows_known() { t.authorities.new_known } else { t.authorities.new };
        lines.extend([
            line(Icon::Plus, new, Some(shortcut::NEW), Do::New),
            line(Icon::Search, t.authorities.search, Some(shortcut::SEARCH), Do::Search),
        ]);
    }
    if desktop.page == Page::ContactPoints {
        use contact_points::Message as Point;
        let (is_tree, p) = (desktop.contact_points.is_tree(), &t.contact_points);
        let (symbol, words) = if is_tree { (Icon::List, p.as_list) } else { (Icon::ListTree, p.as_tree) };
        lines.extend([
            line(Icon::Plus, p.new, Some(shortcut::NEW), Do::New),
            line(Icon::Check, t.save, Some(shortcut::SAVE), Do::Save),
            line(Icon::Search, p.search, Some(shortcut::SEARCH), Do::Search),
            line(symbol, words, None, Do::ContactPoints(Point::ShowTree(!is_tree))),
            line(Icon::Download, p.import, None, Do::ContactPoints(Point::ShowFiles)),
            line(Icon::FunnelX, p.show_all, None, Do::ContactPoints(Point::ClearFilters)),
        ]);
    }
    if desktop.page == Page::Log {
        lines.extend([
            line(Icon::Search, t.log.search, Some(shortcut::SEARCH), Do::Search),
            line(Icon::Download, t.log.export.button, None, Do::Log(log::Message::ShowExport)),
            line(Icon::FunnelX, t.log.show_all, None, Do::Log(log::Message::ClearFilters)),
        ]);
    }
    lines.extend([
        line(Icon::Rocket, p.publish, Some(shortcut::PUBLISH), Do::PreparePublishing),
        line(Icon::Undo2, t.take_back, Some(shortcut::UNDO), Do::Undo),
        line(Icon::Redo2, t.redo, Some(shortcut::REDO), Do::Redo),
    ]);
    let shortcuts = shortcut::PAGES.map(Some).into_iter().chain(std::iter::repeat(None));
    lines.extend(Page::ALL.into_iter().zip(shortcuts).map(|(page, shortcut)| {
        let (symbol, title) = page.sign(t);
        line(symbol, &(p.go_to)(title), shortcut, Do::Show(page))
    }));
    lines.extend([
        line(Icon::ZoomIn, p.larger, Some(shortcut::LARGER), Do::Zoom(1)),
        line(Icon::ZoomOut, p.smaller, Some(shortcut::SMALLER), Do::Zoom(-1)),
        line(Icon::Scan, p.usual_size, Some(shortcut::USUAL), Do::Zoom(0)),
        line(Icon::Languages, t.other_language, None, Do::SwitchLanguage),
        line(Icon::SunMoon, p.other_theme, None, Do::SwitchTheme),
    ]);
    if desktop.page == Page::Log {
        let filters = desktop.scene().into_iter().flat_map(|scene| desktop.log.choosable(scene));
        lines.extend(filters.map(|(name, message)| line(Icon::Funnel, &(p.filter)(&name), None, Do::Log(message))));
    }
    if desktop.page == Page::Rules {
        let filters = desktop.scene().into_iter().flat_map(|scene| desktop.rules.filters(scene));
        lines.extend(filters.map(|(name, message)| rule(Icon::Funnel, &(p.filter)(&name), None, message)));
        let columns = rules::RuleColumn::ALL;
        lines.extend(columns.map(|kind| rule(Icon::ArrowUpDown, &(p.sort_by)(kind.title(t)), None, Rule::Sort(kind))));
    }
    lines
}
