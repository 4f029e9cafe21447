//! The view of the list: heading, column titles, the rows in sight, and the default recipient as the last row.

use iced::widget::{Row, button, column, container, mouse_area, row, space, stack, text, tooltip};
use iced::{Center, Element, Fill, Length, Padding, alignment, mouse};
use lucide_icons::Icon;

use super::column::{ColumnKind, value_words};
use super::list_settings::Filter;
use super::widths::{GAP, HANDLE, INSET, PlacedColumn};
use super::{Message, Moving, RulesScreen, TABLE};
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::marks::Mark;
use crate::desktop::model::rule_state::RuleState;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::mark::{mark_icon, mark_sign};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    EDITOR_WIDTH, Head, ROW_HEIGHT, RowLook, Tone, Tool, bold_width, cell, empty_with, filter_cell, horizontal_line,
    icon, labelled_button, note, one_line, press_row, rows_in_sight, status, text_width,
};
use crate::rules::{CriterionKind, Lost, Rule};

/// The height of the column titles, in logical pixels.
pub(super) const HEADER_HEIGHT: f32 = 34.0;
/// In narrower cells what is no text may not fit, and is cut off. To cut each cell off would make drawing several times slower: the
/// software renderer fills a mask of the whole window for each.
const CRAMPED: f32 = 64.0;
/// Left of the first column.
const MARGIN: f32 = 20.0 - INSET;

impl RulesScreen {
    pub(super) fn list<'a>(&'a self, beside_an_editor: bool, scene: Scene<'a>) -> Element<'a, Message> {
        let t = scene.t;
        let editor_width = if beside_an_editor { EDITOR_WIDTH + 1.0 } else { 0.0 };
        let room = scene.size.width - editor_width - 2.0 * MARGIN;
        let columns = self.settings.place(room, &self.listing.widths, t);
        let all = scene.authority.rules.len();
        let count = t.rules.count(self.listing.rows.len(), all);
        let head = self.head(scene.size.width - editor_width, count, scene);
        let body = if self.listing.rows.is_empty() {
            if all == 0 {
                let published = &scene.bench.published().book.authorities;
                let has_rules = |cvr| published.iter().any(|it| it.cvr == cvr && !it.rules.is_empty());
                let none = if has_rules(scene.authority.cvr) { t.rules.none_in_draft } else { t.rules.none };
                let new = labelled_button(Icon::Plus, t.rules.new).style(theme::primary).on_press(Message::New);
                empty_with(Icon::ListOrdered, explained(none, scene.t.language), new)
            } else {
                let all = labelled_button(Icon::FunnelX, t.rules.show_all).style(theme::secondary);
                empty_with(
                    Icon::SearchX,
                    explained(t.rules.none_found, scene.t.language),
                    all.on_press(Message::ClearFilters),
                )
            }
        } else {
            self.rows(&columns, scene)
        };
        let moving = self.moving.as_ref().map(|moving| moving_bar(moving, scene));
        let moving = container(moving.unwrap_or_else(|| space().into())).width(Fill).height(Fill);
        let moving = moving.align_x(Center).align_y(alignment::Vertical::Bottom).padding(12);
        let sheet = stack![column![self.header(&columns, scene), body].height(Fill), moving].height(Fill);
        // The area includes the default recipient: a drop below the last row is a drop after the last rule.
        let sheet = mouse_area(column![sheet, horizontal_line(), default_row(&columns, scene)])
            .on_release(Message::MouseReleased)
            .on_exit(Message::MouseLeft);
        let is_held = self.press.is_some() || self.resizing.is_some();
        let sheet = if is_held { sheet.on_move(Message::MouseMoved) } else { sheet };
        let columns_bar = self.shows_columns.then(|| self.columns_bar(&columns, scene));
        column![head, self.filter_bar(scene), columns_bar, horizontal_line(), sheet].width(Fill).into()
    }

    /// The number of rules, how many are new or changed since the last publication, and the tools.
    fn head<'a>(&'a self, width: f32, count: String, scene: Scene<'a>) -> Element<'a, Message> {
        let t = scene.t;
        let counted = |mark| (mark, scene.bench.insight().marks.rules(scene.authority.cvr, mark));
        let legend = [Mark::New, Mark::Changed].map(counted).into_iter().filter(|(_, count)| *count > 0);
        let legend = legend.map(|(mark, count)| (mark, (t.marked)(mark).of(count)));
        let tools = vec![
            Tool::new(Icon::Columns3, t.rules.columns_button, Message::ShowColumns(!self.shows_columns)),
            Tool::new(Icon::ListOrdered, t.rules.spread, Message::SpreadEvenly),
            Tool::new(Icon::ArrowLeftRight, t.rules.switch.title, Message::BeginSwitch(None, None)),
        ];
        let new = Tool::new(Icon::Plus, t.rules.new, Message::New);
        let legend = legend.map(|(mark, words)| {
            let (symbol, tone) = mark_sign(mark);
            let words = one_line(words).size(theme::SMALL).tone(theme::muted);
            row![icon(symbol).size(13).style(tone), words].spacing(4).align_y(Center).into()
        });
        let count = one_line(count).size(theme::SMALL).tone(theme::muted);
        let about = Row::new().push(count).extend(legend).spacing(12).align_y(Center).wrap().into();
        Head { title: t.rules.title, about, tools, end: Some(new) }.view(width)
    }

    /// Column titles: a click sorts, dragging an edge resizes.
    fn header<'a>(&'a self, columns: &[PlacedColumn], scene: Scene<'a>) -> Element<'a, Message> {
        let titles = columns.iter().map(|placed| {
            let kind = placed.kind;
            let is_sorted = self.settings.sort == kind;
            let arrow = if self.settings.descending { Icon::ArrowDown } else { Icon::ArrowUp };
            let arrow = is_sorted.then(|| icon(arrow).size(12));
            let has_room = placed.width > ColumnKind::ICON_ONLY_WIDTH;
            let title = one_line(if has_room { kind.title(scene.t) } else { "" }).size(theme::SMALL).bold();
            let words = row![title, arrow].spacing(4).align_y(Center);
            let side = if kind.is_number() { alignment::Horizontal::Right } else { alignment::Horizontal::Left };
            // Aligned with the numbers below.
            let inset = if kind.is_number() { Padding::ZERO.right(GAP - HANDLE) } else { Padding::ZERO.left(INSET) };
            let sort = button(container(words).width(Fill).align_x(side).clip(true))
                .padding(inset)
                .width(placed.width - HANDLE)
                .style(theme::column_title)
                .on_press(Message::Sort(kind));
            let edge = container(container(space()).width(1).height(16).style(theme::strong_hairline));
            let edge = edge.width(HANDLE).height(Fill).center_y(Fill);
            let handle = mouse_area(edge).on_press(Message::Resize(kind, placed.width));
            row![sort, handle.interaction(mouse::Interaction::ResizingHorizontally)].align_y(Center).into()
        });
        let titles = Row::with_children(titles).padding(Padding::ZERO.left(MARGIN)).align_y(Center);
        container(titles.height(HEADER_HEIGHT)).width(Fill).style(theme::table_head).into()
    }

    fn rows<'a>(&'a self, columns: &[PlacedColumn], scene: Scene<'a>) -> Element<'a, Message> {
        let target = self.moving.as_ref().and_then(Moving::before);
        let row = |at: usize| {
            let rule: &Rule = &self.listing.rows[at];
            let priority = rule.priority;
            let look = RowLook {
                is_chosen: self.chosen.contains(&priority),
                is_here: self.cursor == Some(priority),
                is_target: target == Some(priority),
            };
            let lost = self.listing.lost.get(&priority);
            let cells = columns.iter().map(|placed| in_column(*placed, rule_cell(*placed, rule, lost, scene)));
            let cells = Row::with_children(cells).padding(Padding::ZERO.left(MARGIN)).height(ROW_HEIGHT);
            press_row(cells.align_y(Center), look)
                .on_press(Message::Press(priority))
                .on_double_click(Message::Open(priority))
                .into()
        };
        rows_in_sight(TABLE, self.listing.rows.len(), self.scroll, Message::Scrolled, row)
    }

    /// Buttons that show and hide columns.
    fn columns_bar<'a>(&'a self, columns: &[PlacedColumn], scene: Scene<'a>) -> Element<'a, Message> {
        let kinds = ColumnKind::ALL.into_iter().filter(|kind| kind.may_be_hidden());
        let chips = kinds.map(|kind| {
            let is_shown = !self.settings.hidden.contains(&kind);
            let has_room = columns.iter().any(|placed| placed.kind == kind);
            let symbol = if is_shown { Icon::Eye } else { Icon::EyeOff };
            let no_room = (is_shown && !has_room).then(|| note(scene.t.rules.no_room));
            let words = row![icon(symbol).size(14), text(kind.title(scene.t)).size(theme::SMALL), no_room];
            button(words.spacing(6).align_y(Center))
                .padding([4, 10])
                .style(theme::chip(is_shown && has_room))
                .on_press(Message::ToggleColumn(kind))
                .into()
        });
        let chips = Row::with_children(chips).spacing(6).wrap();
        container(chips).padding(Padding { top: 0.0, bottom: 10.0, ..Padding::new(20.0) }).into()
    }
}

fn in_column(placed: PlacedColumn, content: Element<'_, Message>) -> Element<'_, Message> {
    let is_number = placed.kind.is_number();
    let side = if is_number { alignment::Horizontal::Right } else { alignment::Horizontal::Left };
    let inset = if is_number || placed.kind.is_filtered_by() { 0.0 } else { INSET };
    container(content)
        .width(Length::Fixed(placed.width))
        .padding(Padding::ZERO.left(inset).right(GAP))
        .align_x(side)
        .clip(placed.width < CRAMPED)
        .into()
}

fn rule_cell<'a>(placed: PlacedColumn, rule: &'a Rule, lost: Option<&Lost>, scene: Scene<'a>) -> Element<'a, Message> {
    let (t, authority) = (scene.t, scene.authority);
    let hits = || scene.hits(rule.priority);
    match placed.kind {
        ColumnKind::Priority => {
            let mark = scene.bench.insight().marks.rule(authority.cvr, rule.priority);
            let mark = mark.map(|mark| mark_icon(mark, t));
            row![mark, space().width(Fill), one_line(rule.priority.to_string()).bold()].align_y(Center).into()
        }
        ColumnKind::State => {
            let state = scene.state(rule);
            let has_word = placed.width > ColumnKind::ICON_ONLY_WIDTH;
            let groups = scene.groups_first(rule).first().filter(|_| state == RuleState::Active);
            let shown = match groups {
                Some(_) if has_word => status(Icon::TriangleAlert, t.rules.is_after_group, theme::warning),
                Some(_) => icon(Icon::TriangleAlert).size(14).style(theme::warning).into(),
                None => rule_state(state, has_word, scene),
            };
            let content = filtering(shown, Filter::State(state), scene);
            let never = scene.never(rule).filter(|_| matches!(state, RuleState::Shadowed | RuleState::Impossible));
            let why = never.map(|why| t.rules.never_wins(why)).or_else(|| groups.map(t.rules.group_first));
            match why {
                Some(why) => with_reason(content, why),
                None => content,
            }
        }
        ColumnKind::Segment => filtering(cell((t.rules.segment)(rule.segment)), Filter::Segment(rule.segment), scene),
        ColumnKind::Element => {
            let element = CriterionKind::of(&rule.criterion);
            filtering(cell((t.rules.element)(element)), Filter::Element(element), scene)
        }
        ColumnKind::Value => cell(value_words(rule, scene)),
        ColumnKind::Fagsystem => {
            let filter = Filter::Fagsystem(rule.fagsystem.to_string());
            filtering(cell(fagsystem_name(authority, &rule.fagsystem)), filter, scene)
        }
        ColumnKind::From => cell(date_text(rule.validity.from())),
        ColumnKind::To => cell(rule.validity.to().map_or_else(|| "–".to_owned(), date_text)),
        ColumnKind::Hits | ColumnKind::LastHit if !scene.knows_hits() => one_line("…").tone(theme::muted).into(),
        ColumnKind::Hits => match hits() {
            Some(hits) if hits.count > 0 => cell((t.number)(hits.count)),
            _ => no_hits(lost, scene),
        },
        ColumnKind::LastHit => match hits() {
            Some(hits) => cell(t.ago(hits.last, scene.now)),
            None => one_line(t.rules.never).tone(theme::muted).into(),
        },
        ColumnKind::Note => one_line(&rule.note).tone(theme::muted).into(),
    }
}

/// Zero hits, with an explanation if other rules take the messages that match this one.
fn no_hits<'a>(lost: Option<&Lost>, scene: Scene<'a>) -> Element<'a, Message> {
    let none = one_line("0").tone(theme::muted);
    let Some(lost) = lost else { return none.into() };
    let by: Vec<_> = lost.keys().copied().collect();
    let words = scene.t.effects.lost(&by, lost.values().sum(), true);
    let symbol = icon(Icon::ArrowUpToLine).size(13).style(theme::warning);
    with_reason(row![symbol, none].spacing(4).align_y(Center).into(), words)
}

/// With an explanation as a tooltip.
fn with_reason(content: Element<'_, Message>, words: String) -> Element<'_, Message> {
    let words = container(text(words).size(theme::SMALL)).padding([4, 8]).max_width(360).style(theme::toast);
    tooltip(content, words, tooltip::Position::Bottom).into()
}

/// A cell that can be clicked to filter by its value.
fn filtering<'a>(content: Element<'a, Message>, filter: Filter, scene: Scene<'a>) -> Element<'a, Message> {
    let words = (scene.t.input.show_only)(&filter.words(scene));
    let content = container(content).padding([0.0, INSET]);
    filter_cell(content, words, Message::AddFilter(filter)).into()
}

/// A rule's state, as an icon and a word: colour alone is not accessible.
fn rule_state<'a>(state: RuleState, has_word: bool, scene: Scene<'_>) -> Element<'a, Message> {
    let (symbol, tone): (_, Tone) = match state {
        RuleState::Active => (Icon::CircleCheck, theme::good),
        RuleState::Coming => (Icon::CalendarClock, theme::accent),
        RuleState::Expiring => (Icon::Hourglass, theme::warning),
        RuleState::Expired => (Icon::CalendarX, theme::muted),
        RuleState::Off => (Icon::CirclePause, theme::muted),
        RuleState::Shadowed | RuleState::Impossible => (Icon::TriangleAlert, theme::warning),
    };
    if !has_word {
        return icon(symbol).size(14).style(tone).into();
    }
    status(symbol, (scene.t.rules.state)(state), tone)
}

/// The last row: the default recipient of messages that no rule matches.
fn default_row<'a>(columns: &[PlacedColumn], scene: Scene<'a>) -> Element<'a, Message> {
    let (t, authority) = (scene.t, scene.authority);
    let hits = scene.journal.hits.get(authority.cvr, None);
    let (otherwise, all) = (t.rules.otherwise, t.rules.default_recipient);
    let width_of = |kind| columns.iter().find(|placed| placed.kind == kind).map_or(0.0, |placed| placed.width);
    let (first, second) = (bold_width(otherwise, theme::BODY), text_width(all, theme::BODY));
    let stand_apart =
        width_of(ColumnKind::State) >= first + INSET + GAP && width_of(ColumnKind::Value) >= second + INSET + GAP;
    // Words that do not fit in their columns span all columns between the number and the fagsystem.
    let is_between = |kind: ColumnKind| kind > ColumnKind::Priority && kind < ColumnKind::Fagsystem;
    let between: f32 = columns.iter().filter(|placed| is_between(placed.kind)).map(|placed| placed.width).sum();
    let has_both = first + second + 10.0 + INSET + GAP <= between;
    let words = row![one_line(otherwise).bold(), has_both.then(|| one_line(all).tone(theme::muted))].spacing(10);
    let mut words = Some(container(words).padding(Padding::ZERO.left(INSET)));
    let cells = columns.iter().filter_map(|placed| {
        let content: Element<'a, Message> = match placed.kind {
            ColumnKind::Priority => icon(Icon::Inbox).style(theme::accent).into(),
            kind if is_between(kind) && !stand_apart => {
                return words.take().map(|words| words.width(between).clip(true).into());
            }
            ColumnKind::State => container(one_line(otherwise).bold()).padding(Padding::ZERO.left(INSET)).into(),
            ColumnKind::Value => one_line(all).tone(theme::muted).into(),
            ColumnKind::Fagsystem => {
                let name = one_line(fagsystem_name(authority, &authority.default_fagsystem)).bold();
                container(name).padding(Padding::ZERO.left(INSET)).into()
            }
            ColumnKind::Hits => cell((t.number)(hits.map_or(0, |hits| hits.count))),
            ColumnKind::LastHit => cell(hits.map_or_else(String::new, |hits| t.ago(hits.last, scene.now))),
            _ => space().into(),
        };
        Some(in_column(*placed, content))
    });
    let cells = Row::with_children(cells.collect::<Vec<_>>()).padding(Padding::ZERO.left(MARGIN)).height(ROW_HEIGHT);
    container(cells.align_y(Center)).width(Fill).style(theme::panel).into()
}

/// The effect of a move before it is dropped.
fn moving_bar<'a>(moving: &Moving, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.rules;
    let numbers = t.new_numbers(&moving.numbers);
    let consequence = match &moving.preview {
        None => t.move_hint.to_owned(),
        Some(preview) => scene.effect_lines(scene.bench.book(), preview).join(" "),
    };
    let words = column![text(numbers).font(theme::SEMIBOLD), text(consequence).size(theme::SMALL)].spacing(3);
    container(words).padding([10, 16]).max_width(680).style(theme::toast).into()
}
