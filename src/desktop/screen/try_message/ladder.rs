//! Every rule in order, with the reason why it decides or does not. Only the rows in sight are built.

use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, FillPortion, Length};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::trial::{Decided, Side};
use super::{LadderKey, Message, TABLE, TryMessageScreen};
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, ROW_HEIGHT, RowLook, Tone, cells, focus_button, focusable, header, horizontal_line, icon, one_line,
    press_row, rows_in_sight,
};
use crate::rules::{Criterion, CriterionKind, MatchResult, Rule};

/// The width from which the fagsystem has a column, in logical pixels.
const WITH_FAGSYSTEM: f32 = 560.0;
const NUMBER_WIDTH: f32 = 68.0;
/// What takes the keys for the ladder.
const LADDER: &str = "try-rules";

impl TryMessageScreen {
    pub(super) fn ladder<'a>(&'a self, width: f32, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.try_message;
        let chip = |side, words: &'a str| {
            let words = one_line(words).size(theme::SMALL);
            focus_button(words).padding([3, 12]).style(theme::chip(self.side == side)).on_press(Message::Show(side))
        };
        let chips = row![chip(Side::Draft, t.draft), chip(Side::Published, t.published)].spacing(6);
        let title = container(one_line(t.ladder).bold()).width(Fill).clip(true);
        let bar = row![title, chips].spacing(12).align_y(Center).padding([6, 20]);
        let Some(decided) = self.trial.decided(self.side) else {
            return column![horizontal_line(), bar].width(Fill).height(Fill).into();
        };
        let columns = columns(width >= WITH_FAGSYSTEM, scene);
        let line = |at: usize| self.line(decided, at, &columns, scene);
        let body = rows_in_sight(TABLE, decided.ladder.len(), self.scroll, Message::Scrolled, line);
        let body = focusable(body)
            .id(LADDER)
            .on_activate(Message::Key(LadderKey::Open))
            .on_key(|key, modifiers| if modifiers.is_empty() { LadderKey::of(key).map(Message::Key) } else { None });
        let default = default_row(decided, &columns, scene);
        column![horizontal_line(), bar, header(&columns), body, horizontal_line(), default]
            .width(Fill)
            .height(Fill)
            .into()
    }

    fn line<'a>(
        &'a self,
        decided: &'a Decided,
        at: usize,
        columns: &[Column],
        scene: Scene<'a>,
    ) -> Element<'a, Message> {
        let Some((rule, result)) = decided.rule(at) else { return space().height(ROW_HEIGHT).into() };
        let place = Place::of(at, decided.deciding, result);
        let (symbol, tone) = place.look();
        let number = row![icon(symbol).size(14).style(tone), one_line(rule.priority.to_string()).bold()];
        let fagsystem = one_line(fagsystem_name(decided.authority(), &rule.fagsystem));
        let t = &scene.t.try_message;
        let why = match place {
            Place::Decides => t.decides.to_owned(),
            Place::MatchesLater if has_room(columns) => t.also_matches.to_owned(),
            Place::MatchesLater => t.also_matches_shortly.to_owned(),
            Place::NoMatch if let Some(last) = coming_end(result, scene) => (scene.t.day.valid_until)(&date_text(last)),
            Place::NoMatch => {
                scene.t.messages.story.match_result.of(result, &rule.criterion, self.trial.facts.as_ref())
            }
        };
        let content = row_cells(
            columns,
            [
                number.spacing(8).align_y(Center).into(),
                one_line(what(decided, rule, has_room(columns), scene)).size(theme::SMALL).into(),
                fagsystem.into(),
                one_line(why).size(theme::SMALL).tone(place.tone()).into(),
            ],
        );
        let look = RowLook {
            is_chosen: place == Place::Decides,
            is_here: self.cursor.map_or(place == Place::Decides, |cursor| cursor == at),
            is_target: false,
        };
        let line = press_row(content, look);
        match self.trial.number_in_draft(self.side, rule.priority) {
            Some(_) => line.on_press(Message::Open(at)).into(),
            None => line.into(),
        }
    }
}

/// The last day of a rule that has expired on the day of the message, and has not yet.
fn coming_end(result: MatchResult, scene: Scene<'_>) -> Option<Date> {
    match result {
        MatchResult::Expired { to } if to >= scene.today => Some(to),
        _ => None,
    }
}

/// What a rule is to the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Decides,
    /// It matches after the one that decides.
    MatchesLater,
    NoMatch,
}

impl Place {
    fn of(at: usize, deciding: Option<usize>, result: MatchResult) -> Self {
        match result {
            MatchResult::Matches if deciding == Some(at) => Self::Decides,
            MatchResult::Matches => Self::MatchesLater,
            _ => Self::NoMatch,
        }
    }

    fn look(self) -> (Icon, Tone) {
        match self {
            Self::Decides => (Icon::CircleCheck, theme::good),
            Self::MatchesLater => (Icon::CircleCheck, theme::muted),
            Self::NoMatch => (Icon::CircleSlash, theme::muted),
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Decides => theme::good,
            Self::MatchesLater => theme::accent,
            Self::NoMatch => theme::muted,
        }
    }
}

/// The columns, with or without one for the fagsystem.
fn columns(has_fagsystem: bool, scene: Scene<'_>) -> Vec<Column> {
    let t = &scene.t.try_message;
    let (rule, why) = if has_fagsystem { (8, 8) } else { (2, 3) };
    let number = Column::text(scene.t.rules.columns.priority, Length::Fixed(NUMBER_WIDTH));
    let fagsystem = Column::text(scene.t.rules.columns.fagsystem, FillPortion(5));
    let mut columns = vec![number, Column::text(t.rule, FillPortion(rule))];
    columns.extend(has_fagsystem.then_some(fagsystem));
    columns.push(Column::text(t.why, FillPortion(why)));
    columns
}

/// Whether there is room for the fagsystem, and for longer words.
fn has_room(columns: &[Column]) -> bool {
    columns.len() > 3
}

/// The cells of a row: number, rule, fagsystem where it has a column, and reason.
fn row_cells<'a>(
    columns: &[Column],
    [number, rule, fagsystem, why]: [Element<'a, Message>; 4],
) -> Element<'a, Message> {
    let content = if has_room(columns) { vec![number, rule, fagsystem, why] } else { vec![number, rule, why] };
    cells(columns, content, ROW_HEIGHT)
}

/// What the rule looks at: "KLE: 32 - 34 (Kontante ydelser …)". Without room, the value alone says it.
fn what(decided: &Decided, rule: &Rule, has_room: bool, scene: Scene<'_>) -> String {
    let element = (scene.t.rules.element)(CriterionKind::of(&rule.criterion));
    let value = match &rule.criterion {
        Criterion::NoContactPoint(post_type) => Some((scene.t.rules.post_type)(*post_type).to_owned()),
        criterion => scene.names_of(decided.authority()).value(criterion),
    };
    match value {
        Some(value) if has_room => format!("{element}: {value}"),
        Some(value) => value,
        None => element.to_owned(),
    }
}

/// The last row: the default recipient.
fn default_row<'a>(decided: &'a Decided, columns: &[Column], scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.try_message;
    let authority = decided.authority();
    let decides = decided.deciding.is_none();
    let (symbol, tone): (_, Tone) =
        if decides { (Icon::CircleCheck, theme::good) } else { (Icon::Inbox, theme::muted) };
    let name = fagsystem_name(authority, &authority.default_fagsystem);
    let (otherwise, why) = match (decides, has_room(columns)) {
        (true, true) => (t.otherwise, t.default_decides),
        (true, false) => (scene.t.rules.otherwise, t.decides),
        (false, true) => (t.otherwise, t.default_waits),
        (false, false) => (scene.t.rules.otherwise, t.default_waits),
    };
    let content = row_cells(
        columns,
        [
            icon(symbol).size(14).style(tone).into(),
            one_line(otherwise).bold().size(theme::SMALL).into(),
            one_line(name).into(),
            one_line(why).size(theme::SMALL).tone(tone).into(),
        ],
    );
    press_row(content, RowLook { is_chosen: decides, is_here: decides, is_target: false }).into()
}
