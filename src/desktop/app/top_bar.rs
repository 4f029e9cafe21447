//! The bar above every screen: undo and redo, the draft's unpublished changes, and the search.

use iced::widget::{button, column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::help::{HELP, PUBLISH};
use super::message::Message;
use super::palette_message::PaletteMessage;
use super::state::Desktop;
use crate::desktop::model::page::Page;
use crate::desktop::theme;
use crate::desktop::widget::{FocusButton, focusable, horizontal_line, icon, icon_button, note, plain_button};

/// In narrower bars the search has no words.
const CRAMPED: f32 = 740.0;
const CRAMPED_WITH_GUARDS: f32 = 900.0;
/// In these the broken guards have only their number.
const VERY_CRAMPED: f32 = 790.0;

impl Desktop {
    pub(super) fn top_bar(&self) -> Option<Element<'_, Message>> {
        let (t, bench) = (self.shared.t(), self.shared.bench.as_ref()?);
        let changes = bench.insight().differences.len();
        let undo = match bench.last_step() {
            Some((_, edit)) => (t.undo_of)(&(t.edit)(edit)),
            None => t.nothing_to_undo.to_owned(),
        };
        let redo = bench.next_step().map_or_else(|| t.nothing_to_redo.to_owned(), |edit| (t.redo_of)(&(t.edit)(edit)));
        let can_undo = bench.last_step().is_some();
        let undo = icon_button(Icon::Undo2, undo).on_press_maybe(can_undo.then_some(Message::UndoStep));
        let redo = icon_button(Icon::Redo2, redo).on_press_maybe(bench.next_step().map(|_| Message::Redo));
        let symbol = if changes == 0 {
            icon(Icon::Check).style(theme::muted)
        } else {
            icon(Icon::CircleDot).style(theme::warning)
        };
        let words = text(t.unpublished.of(changes));
        let words = if changes == 0 { words.style(theme::muted) } else { words.font(theme::SEMIBOLD) };
        let draft = button(row![symbol, words].spacing(8).align_y(Center)).padding([6, 10]);
        let show = Message::Show(Page::Changes);
        let draft = focusable(draft.style(theme::navigation(self.shared.page == Page::Changes)).on_press(show.clone()));
        let room = self.shared.screen_width();
        let broken = bench.insight().today.broken_guards.len();
        let guards = (broken > 0).then(|| {
            let symbol = icon(Icon::ShieldAlert).style(theme::bad);
            let words = if room < VERY_CRAMPED { broken.to_string() } else { t.guards.broken.of(broken) };
            let words = text(words).style(theme::bad).font(theme::SEMIBOLD);
            let guards = button(row![symbol, words].spacing(8).align_y(Center)).padding([6, 10]);
            focusable(guards.style(theme::navigation(false)).on_press(show.clone())).on_activate(show.clone())
        });
        let publish: FocusButton<'_, Message> = plain_button(t.publish);
        let is_there = self.shared.page == Page::Changes;
        // On the changes' screen its own publish button is the primary one.
        let publish = publish.style(if is_there { theme::secondary } else { theme::primary });
        let publish = publish.on_press_maybe((changes > 0).then_some(Message::PreparePublishing));
        let is_cramped = room < if broken > 0 { CRAMPED_WITH_GUARDS } else { CRAMPED };
        let words = (!is_cramped).then(|| note(t.palette.button));
        let find = row![icon(Icon::Search).size(14), words].spacing(8).align_y(Center);
        let open = Message::Palette(PaletteMessage::Open);
        let find = button(find).padding([6, 12]).style(theme::secondary).on_press(open.clone());
        let bar = row![
            undo,
            redo,
            draft.on_activate(show),
            guards,
            container(publish).id(PUBLISH),
            space().width(Fill),
            self.others(),
            self.day_control(),
            focusable(find).on_activate(open),
            icon_button(Icon::CircleQuestionMark, format!("{} ({HELP})", t.guide.open)).on_press(Message::Help)
        ];
        let bar = container(bar.spacing(6).align_y(Center)).padding([6, 14]).width(Fill).style(theme::panel);
        let behind = (bench.is_behind() && !is_there).then(|| {
            let words = text((t.changes.behind)(bench.base().number.get(), bench.published().number.get()));
            let words = container(words.style(theme::warning)).width(Fill);
            let carry = plain_button(t.changes.carry_over).style(theme::secondary).on_press(Message::CarryOver);
            let line = row![icon(Icon::TriangleAlert).style(theme::warning), words, carry].spacing(10).align_y(Center);
            column![container(line).padding([8, 16]).width(Fill).style(theme::panel), horizontal_line()]
        });
        Some(column![bar, horizontal_line(), self.day_band(), self.reading_band(), behind].into())
    }
}
