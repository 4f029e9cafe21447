//! The view of the list: the KLE tree or the numbers found, each with the rule that matches it.

use iced::widget::{button, column, container, row, space};
use iced::{Center, Element, Fill, Length, Padding};
use lucide_icons::Icon;

use super::kle_rules::Coverage;
use super::{KleScreen, Line, Message, SEARCH_FIELD, TABLE, TreeKey};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::kle_tree::Branch;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, EDITOR_WIDTH, Head, ROW_HEIGHT, Room, RowLook, Tool, bold_width, empty_with, header, icon, labelled_button,
    one_line, press_row, rows_in_sight, search_field, share, text_width, tools,
};
use crate::rules::{Kle, Segment};

/// The indent of each level, and the one for narrow windows, in logical pixels.
const INDENT: f32 = 22.0;
const NARROW_INDENT: f32 = 10.0;
/// The width of the button that folds and unfolds.
const FOLD: f32 = 24.0;
const SEARCH_WIDTH: f32 = 300.0;
/// The space between titles and rules.
const GAP: f32 = 14.0;
/// The minimum width of the column of rules: the number of a rule must be readable.
const MIN_TAKEN_WIDTH: f32 = 110.0;
/// Measures only this many rows: measuring thousands would be slow.
const SAMPLED_ROWS: usize = 60;

impl KleScreen {
    pub(super) fn list_view<'a>(&'a self, beside_a_panel: bool, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.kle;
        let width = scene.size.width - if beside_a_panel { EDITOR_WIDTH } else { 0.0 };
        let room = Room::of(width, 600.0, 750.0);
        let taken = self.taken_width(width, room, scene);
        let columns = [
            Column::text(t.number_and_title, Fill),
            Column::text((t.taken_by)(scene.looked_at().is_none()), Length::Fixed(taken)),
        ];
        let remove =
            (!scene.kle.has_main_groups_alone()).then(|| Tool::new(Icon::RotateCcw, t.forget, Message::RemovePlan));
        let import = Tool::new(Icon::Download, t.fetch, Message::ShowFiles);
        let about = t.plan(scene.kle);
        let plan_tools = remove.into_iter().chain([import]).collect();
        let head = Head { tools: plan_tools, ..Head::new(t.title, about) }.view(width);
        let search = search_field(SEARCH_FIELD, t.search, &self.search, Message::Search).width(SEARCH_WIDTH);
        let search = search.on_submit(Message::Key(TreeKey::Open));
        let folds = (!self.is_searching() && !scene.kle.has_main_groups_alone()).then(|| {
            let buttons = vec![
                Tool::new(Icon::ChevronsUpDown, t.unfold_all, Message::UnfoldAll),
                Tool::new(Icon::ChevronsDownUp, t.fold_all, Message::FoldAll),
            ];
            tools(buttons, width - SEARCH_WIDTH - 60.0)
        });
        let found = self.is_searching().then(|| {
            let count = self.lines.iter().filter(|line| line.number().is_some()).count();
            one_line(t.found.of(count)).size(theme::SMALL).tone(theme::muted)
        });
        let bar = row![search, folds, found].spacing(10).height(ROW_HEIGHT).align_y(Center);
        let bar = container(bar).padding([10, 20]);
        let body = if self.lines.is_empty() {
            let all = labelled_button(Icon::ListTree, t.show_all).style(theme::secondary);
            empty_with(
                Icon::SearchX,
                explained(t.none_found, scene.t.language),
                all.on_press(Message::Search(String::new())),
            )
        } else {
            let line = |at: usize| self.line(&self.lines[at], taken, room, scene);
            rows_in_sight(TABLE, self.lines.len(), self.scroll, Message::Scrolled, line)
        };
        column![head, bar, header(&columns), body].width(Fill).height(Fill).into()
    }

    /// The width of the column of rules, shared with the titles according to what both need.
    fn taken_width(&self, width: f32, room: Room, scene: Scene<'_>) -> f32 {
        let numbers = || self.lines.iter().filter_map(Line::number).take(SAMPLED_ROWS);
        let title = |number: Kle| {
            let words = bold_width(&number.to_string(), theme::BODY);
            let title = bold_width(scene.kle.title(number).unwrap_or_default(), theme::BODY);
            self.indent(number, room) + FOLD + words + 10.0 + title
        };
        let taken = |number: Kle| {
            let (words, more) = taken_words(self.rules.of(number, scene), room, scene);
            text_width(&words, theme::BODY) + 8.0 + text_width(&more, theme::SMALL)
        };
        let titles = numbers().map(title).fold(0.0, f32::max);
        let widths = [titles, numbers().map(taken).fold(0.0, f32::max) + 2.0];
        let shares = share(width - 2.0 * 20.0 - GAP, &widths);
        shares[1].max(MIN_TAKEN_WIDTH)
    }

    fn indent(&self, number: Kle, room: Room) -> f32 {
        let level = u16::try_from(number.level()).unwrap_or_default();
        let step = if room == Room::Little { NARROW_INDENT } else { INDENT };
        if self.is_searching() { 0.0 } else { step * f32::from(level.saturating_sub(1)) }
    }

    fn line<'a>(&'a self, line: &'a Line, taken: f32, room: Room, scene: Scene<'a>) -> Element<'a, Message> {
        match line {
            Line::Path(path) => {
                let path = one_line(path).size(theme::SMALL).tone(theme::muted);
                container(path).width(Fill).height(ROW_HEIGHT).padding(Padding::new(20.0).top(10).bottom(0)).into()
            }
            Line::Number(branch) => self.number(*branch, taken, room, scene),
        }
    }

    fn number<'a>(&'a self, branch: Branch, taken_width: f32, room: Room, scene: Scene<'a>) -> Element<'a, Message> {
        let number = branch.number;
        let fold = branch.has_below.then(|| {
            let symbol = if branch.is_open { Icon::ChevronDown } else { Icon::ChevronRight };
            button(icon(symbol).size(14)).padding(3).style(theme::quiet).on_press(Message::Toggle(number))
        });
        let indent = self.indent(number, room);
        let title = one_line(scene.kle.title(number).unwrap_or_default());
        let title = if number.level() == 1 { title.bold() } else { title };
        let name = row![
            space().width(indent),
            container(fold).width(FOLD),
            one_line(number.to_string()).bold(),
            container(title).padding(Padding::ZERO.left(10)).width(Fill).clip(true),
        ];
        let coverage = taken_cell(self.rules.of(number, scene), room, scene);
        let coverage = container(coverage).width(taken_width);
        let content = row![name.width(Fill).align_y(Center), coverage.clip(true)].spacing(GAP).padding([0, 20]);
        let is_here = self.cursor == Some(number);
        let look = RowLook { is_chosen: is_here && self.is_open, is_here, is_target: false };
        press_row(content.height(ROW_HEIGHT).align_y(Center), look).on_press(Message::Choose(number)).into()
    }
}

/// The rule for a number on the day that is shown, or that there is none.
fn taken_cell<'a>(coverage: Coverage<'a>, room: Room, scene: Scene<'a>) -> Element<'a, Message> {
    let is_taken = coverage.first.is_some();
    let (name, more) = taken_words(coverage, room, scene);
    if !is_taken {
        return one_line(name).tone(theme::muted).into();
    }
    let more = one_line(more).size(theme::SMALL).tone(theme::muted);
    row![container(one_line(name)).width(Fill).clip(true), more].spacing(8).align_y(Center).into()
}

/// The rule for a number on that day, "70 → Dagtilbud", and its segment or the number of other rules.
fn taken_words(coverage: Coverage<'_>, room: Room, scene: Scene<'_>) -> (String, String) {
    let t = &scene.t.kle;
    match (coverage.first, coverage.others) {
        (Some(rule), others) => {
            let alone =
                (rule.segment != Segment::Everyone).then(|| (t.segment_alone)((scene.t.rules.segment)(rule.segment)));
            let others = (others > 0).then(|| t.others.of(others));
            // The panel shows what is left out here.
            let more = match room {
                Room::Plenty => alone.into_iter().chain(others).collect::<Vec<_>>(),
                Room::Some => alone.or(others).into_iter().collect(),
                Room::Little => others.into_iter().collect(),
            };
            ((t.taken)(rule.priority, fagsystem_name(scene.authority, &rule.fagsystem)), more.join(" · "))
        }
        (None, 0) => (t.nobody.to_owned(), String::new()),
        (None, others) => (t.in_part.of(others), String::new()),
    }
}
