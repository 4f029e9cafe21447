//! What stands beside the map about the node that is chosen.

use iced::widget::{Column, column, container, row, scrollable, space};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Message, PANEL_WIDTH};
use crate::desktop::model::map::{FAGSYSTEMS, GROUPS, ROWS, RowKind};
use crate::desktop::screen::part::map::{MapLayout, Target, described, subject_of};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    focus_button, heading, icon, icon_button, labelled_button, note, one_line, vertical_line,
};
use crate::rules::Priority;

/// More rules than this are counted, not shown.
const MOST_RULES: usize = 24;

/// The panel; `None` for what has none.
pub(super) fn view<'a>(layout: &MapLayout, chosen: Target, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let t = &scene.t.map;
    let Target::Node(column, at) = chosen else { return None };
    let mut lines = described(layout, column, at, scene).into_iter();
    let close = icon_button(Icon::X, scene.t.close).on_press(Message::Close);
    let head = row![container(heading(lines.next()?)).width(Fill), close].align_y(Center).spacing(8);
    let about = lines.map(|line| note(line).into());
    let mut actions: Vec<Element<'a, Message>> = Vec::new();
    let mut rules: Vec<Priority> = Vec::new();
    match column {
        GROUPS => {
            let group = layout.flow.gathering.groups.get(at)?;
            rules.clone_from(&group.rules);
            if let Some(criterion) = subject_of(&group.what) {
                let make = labelled_button(Icon::Plus, t.make_rule).style(theme::primary);
                actions.push(make.on_press(Message::MakeRule(criterion)).into());
            }
        }
        ROWS => match layout.row(at)? {
            RowKind::Rule(rule) => {
                let open = labelled_button(Icon::Pencil, t.open_rule).style(theme::primary);
                actions.push(open.on_press(Message::OpenRule(*rule)).into());
            }
            RowKind::Rules(bundle) => rules.clone_from(bundle),
            RowKind::Default => {
                let open = labelled_button(Icon::Server, t.open_fagsystem).style(theme::secondary);
                let default = scene.authority.default_fagsystem.clone();
                actions.push(open.on_press(Message::OpenFagsystem(default)).into());
            }
        },
        FAGSYSTEMS => {
            let id = layout.flow.fagsystems.get(at)?;
            let open = labelled_button(Icon::Server, t.open_fagsystem).style(theme::secondary);
            actions.push(open.on_press(Message::OpenFagsystem(id.clone())).into());
            let list = labelled_button(Icon::ListOrdered, t.list_rules).style(theme::secondary);
            actions.push(list.on_press(Message::ListRules(id.clone())).into());
            let to = scene.authority.rules_in_order().into_iter().filter(|rule| rule.fagsystem == *id);
            rules = to.map(|rule| rule.priority).collect();
        }
        _ => {}
    }
    let more = rules.len().saturating_sub(MOST_RULES);
    let more = (more > 0).then(|| note(t.more_rules.of(more)));
    let rules = rules.into_iter().take(MOST_RULES).filter_map(|rule| line(rule, scene));
    let content = column![
        head,
        Column::with_children(about).spacing(6),
        Column::with_children(actions).spacing(6),
        Column::with_children(rules).spacing(4),
        more
    ];
    let content = scrollable(container(content.spacing(14)).padding(16)).style(theme::scrollbar).height(Fill);
    let panel = container(content).width(PANEL_WIDTH).height(Fill).style(theme::panel);
    Some(row![vertical_line(), panel].into())
}

/// A rule, which opens when pressed.
fn line(priority: Priority, scene: Scene<'_>) -> Option<Element<'_, Message>> {
    let rule = scene.authority.rule(priority)?;
    let name = one_line(scene.t.map.rule_name(rule)).bold();
    let value = scene.names().value(&rule.criterion).map(|value| one_line(value).size(theme::SMALL));
    let to = one_line(format!("→ {}", scene.names().fagsystem(&rule.fagsystem))).size(theme::SMALL).tone(theme::muted);
    let words = container(column![name, value, to].spacing(2)).width(Fill);
    let content = row![words, space(), icon(Icon::ChevronRight).size(14)].spacing(6).align_y(Center);
    let button = focus_button(content).padding([6, 10]).style(theme::secondary);
    Some(button.on_press(Message::OpenRule(priority)).into())
}
