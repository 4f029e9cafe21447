//! What fell to the default recipient, in groups that could each be a rule.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, Length};
use lucide_icons::Icon;

use super::{DefaultMailScreen, Message, subject};
use crate::desktop::model::default_mail::{DefaultGroup, Facet};
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::DefaultMailReport;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column as TableColumn, ROW_HEIGHT, cells, focus_button, header, heading, horizontal_line, icon, note, one_line,
};
use crate::rules::Criterion;

/// At most this many groups are listed.
const MOST_GROUPS: usize = 100;
/// From this width on, all columns are shown.
const ROOMY: f32 = 720.0;

impl DefaultMailScreen {
    pub(super) fn groups_card<'a>(&'a self, report: &'a DefaultMailReport, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.default_mail;
        let head = row![heading(t.fallen), note(t.fallen_count.of(report.mail.messages))].spacing(8).align_y(Center);
        let chips = Facet::ALL.map(|facet| {
            let count = report.mail.groups(facet).len();
            let words = text(format!("{} · {}", (t.facet)(facet), (scene.t.number)(count as u64))).size(theme::SMALL);
            let chip = focus_button(words).padding([4, 12]).style(theme::chip(facet == self.facet));
            chip.on_press(Message::GroupBy(facet)).into()
        });
        let chips = row(chips).spacing(6).wrap().vertical_spacing(6);
        let top = container(column![head, explained(t.overlap, scene.t.language), chips].spacing(10)).padding(16);
        container(column![top, self.groups(report, scene)]).padding(1).width(Fill).style(theme::card).into()
    }

    fn groups<'a>(&'a self, report: &'a DefaultMailReport, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.default_mail;
        let groups = report.mail.groups(self.facet);
        if groups.is_empty() {
            return container(note(t.none_of_facet)).padding([0, 16]).height(ROW_HEIGHT).into();
        }
        let is_roomy = scene.size.width >= ROOMY;
        let mut columns = vec![
            TableColumn::text((t.facet)(self.facet), Fill),
            TableColumn::number(t.columns.messages, Length::Fixed(90.0)),
            TableColumn::number(t.columns.share, Length::Fixed(60.0)),
            TableColumn::text((t.columns.draft)(scene.looked_at().is_none()), Length::Fixed(160.0)),
            TableColumn::text("", Length::Fixed(124.0)),
        ];
        if !is_roomy {
            columns.remove(3);
            columns.remove(2);
        }
        let mut lines = Column::new();
        for group in groups.iter().take(MOST_GROUPS) {
            let mut all = group_cells(group, report.mail.messages, scene);
            if !is_roomy {
                all.remove(3);
                all.remove(2);
            }
            lines = lines.push(cells(&columns, all, ROW_HEIGHT)).push(horizontal_line());
        }
        let more = groups.len().saturating_sub(MOST_GROUPS);
        let more = (more > 0).then(|| container(note(t.more_groups.of(more))).padding([10, 20]));
        column![header(&columns), lines, more].into()
    }
}

fn group_cells<'a>(group: &'a DefaultGroup, all: u64, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
    let t = &scene.t.default_mail;
    let name = one_line(name(&group.criterion, scene));
    let name: Element<'a, Message> = match subject(group.criterion.clone()) {
        Some(_) => focus_button(name)
            .padding([2, 0])
            .style(theme::cell_link)
            .on_press(Message::List(group.criterion.clone()))
            .into(),
        None => name.into(),
    };
    let is_taken = group.drafted == group.messages;
    let tone = if is_taken { theme::good } else { theme::muted };
    let rule: Element<'a, Message> = if group.can_be_a_rule() {
        let words = one_line(t.make_rule).size(theme::SMALL);
        let content = row![icon(Icon::Plus).size(14), words].spacing(6).align_y(Center);
        let button = focus_button(content).padding([3, 10]).style(theme::secondary);
        button.on_press_maybe((!is_taken).then(|| Message::MakeRule(group.criterion.clone()))).into()
    } else {
        one_line(t.no_rule).size(theme::SMALL).tone(theme::muted).into()
    };
    vec![
        name,
        one_line((scene.t.number)(group.messages)).into(),
        one_line(t.grammar.share(group.messages, all)).into(),
        one_line(t.drafted(group, scene.looked_at().is_none())).size(theme::SMALL).tone(tone).into(),
        rule,
    ]
}

/// What a group is called: by its title in the registers where it has one.
fn name(criterion: &Criterion, scene: Scene<'_>) -> String {
    match criterion {
        Criterion::NoContactPoint(post_type) => (scene.t.rules.post_type)(*post_type).to_owned(),
        criterion => scene.names().value(criterion).unwrap_or_default(),
    }
}
