//! Who works on a database on a server beside this window, and what its user may do there.

use iced::Element;
use iced::widget::{column, container, row, text};
use iced::{Center, Fill};
use lucide_icons::Icon;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::page::Page;
use crate::desktop::theme;
use crate::desktop::widget::{horizontal_line, icon, icon_button};

impl Desktop {
    /// On a server the user is the database's, who may be allowed less than everything.
    pub(super) fn learn_who_the_user_is(&mut self) {
        let Some(people) = self.shared.services.as_ref().ok().map(|services| services.user()) else { return };
        match people {
            Ok((name, permissions)) => {
                self.shared.permissions = permissions;
                self.shared.database_user = name;
            }
            Err(error) => self.show_error(&error),
        }
    }

    /// Whether the user may change the data. Tells one who may not.
    pub(super) fn may_edit(&mut self) -> bool {
        let may_edit = self.shared.permissions.may_edit;
        if !may_edit {
            self.toasts.warn(self.shared.t().people.may_not_edit.to_owned());
        }
        may_edit
    }

    /// What says that others have the draft open too.
    pub(super) fn others(&self) -> Option<Element<'_, Message>> {
        let others = &self.shared.others;
        let words = || (self.shared.t().people.others)(others);
        (!others.is_empty()).then(|| icon_button(Icon::Users, words()).on_press(Message::Show(Page::Changes)))
    }

    /// What tells those who may only read.
    pub(super) fn reading_band(&self) -> Option<Element<'_, Message>> {
        if self.shared.permissions.may_edit {
            return None;
        }
        let words = container(text(self.shared.t().people.only_reads)).width(Fill);
        let line = row![icon(Icon::Eye).style(theme::accent), words].spacing(10).align_y(Center);
        Some(column![container(line).padding([8, 16]).width(Fill).style(theme::panel), horizontal_line()].into())
    }
}
