use iced::widget::{button, column, container, row, space};
use iced::{Center, Element as View, Fill, Length, Padding};
use lucide_icons::Icon;

use super::takers::Taken;
use super::{Line, Message, SEARCH_FIELD, Screen, TABLE, TreeKey};
use crate::desktop::kle_tree::Branch;
use crate::desktop::naming::fagsystem_name;
use crate::desktop::screen::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, EDITOR_WIDTH, ROW_HEIGHT, Room, RowLook, empty_with, header, icon, icon_button, labelled_button, list_head,
    one_line, press_row, rows_in_sight, search_field,
};
use crate::rules::Segment;

/// How far each level stands in, where there is room and where there is little.
const INDENT: f32 = 22.0;
const NARROW_INDENT: f32 = 10.0;
/// What unfolds a number stands in so much room.
const FOLD: f32 = 24.0;
const SEARCH_WIDTH: f32 = 300.0;

impl Screen {
    pub(super) fn list_view<'a>(&'a self, beside_a_panel: bool, scene: Scene<'a>) -> View<'a, Message> {
        let t = &scene.t.kle;
        let width = scene.size.width - if beside_a_panel { EDITOR_WIDTH } else { 0.0 };
        let room = Room::of(width, 600.0, 750.0);
        let columns =
            [Column::text(t.number_and_title, Fill), Column::text(t.taken_by, Length::Fixed(taken_width(room)))];
        let fetch = labelled_button(Icon::Download, t.fetch).style(theme::secondary).on_press(Message::Fetch);
        let forget = (!scene.kle.has_main_groups_alone())
            .then(|| icon_button(Icon::RotateCcw, t.forget).on_press(Message::Forget));
        let buttons = row![forget, fetch].spacing(8).align_y(Center);
        let head = list_head(t.title, (t.plan)(scene.kle), buttons);
        let search = search_field(SEARCH_FIELD, t.search, &self.search, Message::Search).width(SEARCH_WIDTH);
        let search = search.on_submit(Message::Key(TreeKey::Open));
        let folds = (!self.is_searching() && !scene.kle.has_main_groups_alone()).then(|| {
            row![
                icon_button(Icon::ChevronsUpDown, t.unfold_all).on_press(Message::UnfoldAll),
                icon_button(Icon::ChevronsDownUp, t.fold_all).on_press(Message::FoldAll),
            ]
        });
        let found = self.is_searching().then(|| {
            let count = self.lines.iter().filter(|line| line.number().is_some()).count();
            one_line((t.found)(count)).size(theme::SMALL).tone(theme::muted)
        });
        let bar = row![search, folds, found].spacing(10).height(ROW_HEIGHT).align_y(Center);
        let bar = container(bar).padding([10, 20]);
        let body = if self.lines.is_empty() {
            let all = labelled_button(Icon::ListTree, t.show_all).style(theme::secondary);
            empty_with(Icon::SearchX, t.none_found, all.on_press(Message::Search(String::new())))
        } else {
            let line = |at: usize| self.line(&self.lines[at], room, scene);
            rows_in_sight(TABLE, self.lines.len(), self.scroll, Message::Scrolled, line)
        };
        column![head, bar, header(&columns), body].width(Fill).height(Fill).into()
    }

    fn line<'a>(&'a self, line: &'a Line, room: Room, scene: Scene<'a>) -> View<'a, Message> {
        match line {
            Line::Path(path) => {
                let path = one_line(path).size(theme::SMALL).tone(theme::muted);
                container(path).width(Fill).height(ROW_HEIGHT).padding(Padding::new(20.0).top(10).bottom(0)).into()
            }
            Line::Number(branch) => self.number(*branch, room, scene),
        }
    }

    fn number<'a>(&'a self, branch: Branch, room: Room, scene: Scene<'a>) -> View<'a, Message> {
        let number = branch.number;
        let fold = branch.has_below.then(|| {
            let symbol = if branch.is_open { Icon::ChevronDown } else { Icon::ChevronRight };
            button(icon(symbol).size(14)).padding(3).style(theme::quiet).on_press(Message::Toggle(number))
        });
        let level = u16::try_from(number.level()).unwrap_or_default();
        let step = if room == Room::Little { NARROW_INDENT } else { INDENT };
        let indent = if self.is_searching() { 0.0 } else { step * f32::from(level.saturating_sub(1)) };
        let title = one_line(scene.kle.title(number).unwrap_or_default());
        let title = if level == 1 { title.bold() } else { title };
        let name = row![
            space().width(indent),
            container(fold).width(FOLD),
            one_line(number.to_string()).bold(),
            container(title).padding(Padding::ZERO.left(10)).width(Fill).clip(true),
        ];
        let taken = taken_cell(self.takers.of(number, scene), room, scene);
        let taken = container(taken).width(taken_width(room));
        let content = row![name.width(Fill).align_y(Center), taken.clip(true)].spacing(14).padding([0, 20]);
        let is_here = self.here == Some(number);
        let look = RowLook { is_chosen: is_here && self.is_open, is_here, is_target: false };
        press_row(content.height(ROW_HEIGHT).align_y(Center), look).on_press(Message::Choose(number)).into()
    }
}

/// How wide it is where rules stand.
fn taken_width(room: Room) -> f32 {
    match room {
        Room::Plenty => 320.0,
        Room::Some => 240.0,
        Room::Little => 145.0,
    }
}

/// Who takes a number today: "70 → Dagtilbud", whose messages, and how many more.
fn taken_cell<'a>(taken: Taken<'a>, room: Room, scene: Scene<'a>) -> View<'a, Message> {
    let t = &scene.t.kle;
    match (taken.first, taken.others) {
        (Some(rule), others) => {
            let alone =
                (rule.segment != Segment::Everyone).then(|| (t.segment_alone)((scene.t.rules.segment)(rule.segment)));
            let others = (others > 0).then(|| (t.others)(others));
            // What is left out here stands beside the list.
            let more = match room {
                Room::Plenty => alone.into_iter().chain(others).collect::<Vec<_>>(),
                Room::Some => alone.or(others).into_iter().collect(),
                Room::Little => others.into_iter().collect(),
            };
            let more = one_line(more.join(" · ")).size(theme::SMALL).tone(theme::muted);
            let name = one_line((t.taken)(rule.priority, fagsystem_name(scene.authority, &rule.fagsystem)));
            row![container(name).width(Fill).clip(true), more].spacing(8).align_y(Center).into()
        }
        (None, 0) => one_line(t.nobody).tone(theme::muted).into(),
        (None, others) => one_line((t.in_part)(others)).tone(theme::muted).into(),
    }
}
