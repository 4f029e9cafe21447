//! What the window shows where its data directory lies on a network share: why that cannot be, and where it can go on.

use std::path::Path;

use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::error::Error;
use crate::desktop::theme;
use crate::desktop::widget::{labelled_button, large_icon, note};
use crate::store::{FILE_NAME, StoreError, directory_to_be_made};

impl Desktop {
    /// The page that takes the place of everything else; `None` where the data directory is not on a share.
    pub(super) fn on_share(&self) -> Option<Element<'_, Message>> {
        let Err(Error::Store(error)) = &self.shared.services else { return None };
        let StoreError::OnShare { path, share, has_database, instead, is_usual } = &**error else { return None };
        let t = &self.shared.t().network_share;
        let paragraph = |words: String| text(words).wrapping(text::Wrapping::WordOrGlyph).width(Fill);
        let to_be_made = instead.is_none().then(directory_to_be_made);
        let local = instead.as_deref().or(to_be_made.as_deref()).unwrap_or(Path::new(""));
        let shown = local.display().to_string();
        let way_on: Element<'_, Message> = if instead.is_some() {
            let button = labelled_button(Icon::HardDrive, t.use_local).style(theme::primary);
            let button = button.on_press(Message::UseDirectory(local.to_owned()));
            let afterwards = if *is_usual { t.found_by_itself.to_owned() } else { (t.to_be_named)(&shown) };
            column![paragraph((t.local)(&shown)), button, note(afterwards)].spacing(12).into()
        } else {
            paragraph((t.to_be_made)(&shown)).into()
        };
        let taken_along = has_database.then(|| {
            let command = format!("postfordeler restore {} --data {shown}", path.join(FILE_NAME).display());
            paragraph((t.taken_along)(&command))
        });
        let title = text(t.title).font(theme::SEMIBOLD).size(theme::TITLE).width(Fill);
        let title = row![large_icon(Icon::Server).style(theme::accent), title].spacing(16).align_y(Center);
        let words = Column::new()
            .push(title)
            .push(paragraph((t.refused)(&path.display().to_string(), &t.share(share))))
            .push(way_on)
            .push(taken_along)
            .push(note(t.files));
        let card = container(words.spacing(16)).padding(24).max_width(720).style(theme::card);
        let page = column![container(self.choices()).padding(16), container(card).center_x(Fill).padding(24)];
        Some(scrollable(page).style(theme::scrollbar).width(Fill).height(Fill).into())
    }

    /// Goes on with another data directory, where the one that the window was opened on cannot be used.
    pub(super) fn use_directory(&mut self, directory: &Path) -> Task<Message> {
        if self.shared.services.is_ok() {
            return Task::none();
        }
        self.reopen(&directory.to_owned().into(), None)
    }
}
