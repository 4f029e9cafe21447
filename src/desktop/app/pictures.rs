//! Pictures that are copied, or saved where people say.

use std::path::PathBuf;

use iced::Task;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::error::Error;
use crate::desktop::service::{PictureFormat, PictureToSave, Services};
use crate::desktop::theme;
use crate::picture::Picture;

impl Desktop {
    pub(super) fn copy_picture(&self, picture: Picture) -> Task<Message> {
        let copying = |services| Services::copy_picture(services, picture, theme::document_palette());
        self.shared.serve(copying, Message::PictureCopied)
    }

    pub(super) fn picture_copied(&mut self, copied: Result<(), Error>) {
        match copied {
            Ok(()) => self.toasts.notify(self.shared.t().pictures.copied.to_owned(), None),
            Err(error) => self.show_error(&error),
        }
    }

    /// Asks where the picture is to be saved.
    pub(super) fn save_picture(&mut self, picture: Picture, format: PictureFormat, name: String) -> Task<Message> {
        let palette = theme::document_palette();
        let picture = PictureToSave { picture, palette, format, name };
        let place = Services::choose_place(picture.file_name());
        let number = self.next_picture;
        self.next_picture += 1;
        self.pictures_to_place.insert(number, picture);
        Task::perform(place, move |place| Message::PicturePlace(number, place))
    }

    /// Saves a picture in the place that was chosen for it. Where none was, or no dialog could be shown, there is still the
    /// person's folder of documents.
    pub(super) fn picture_placed(&mut self, number: u64, place: Option<PathBuf>) -> Task<Message> {
        match (place, self.take_picture(number)) {
            (Some(path), Some(picture)) => Task::perform(Services::save_picture(picture, path), Message::PictureSaved),
            (None, Some(picture)) => {
                self.toasts.offer_documents(self.shared.t().pictures.not_saved.to_owned(), number);
                // What was offered before is offered no longer.
                self.unplaced_picture = Some((number, picture));
                Task::none()
            }
            (_, None) => Task::none(),
        }
    }

    pub(super) fn save_among_documents(&mut self, number: u64) -> Task<Message> {
        match self.take_picture(number) {
            Some(picture) => Task::perform(Services::save_picture_among_documents(picture), Message::PictureSaved),
            None => Task::none(),
        }
    }

    /// A picture whose place is being chosen, or was not.
    fn take_picture(&mut self, number: u64) -> Option<PictureToSave> {
        let unplaced = self.unplaced_picture.take_if(|(unplaced, _)| *unplaced == number);
        unplaced.map(|(_, picture)| picture).or_else(|| self.pictures_to_place.remove(&number))
    }

    pub(super) fn picture_saved(&mut self, saved: Result<PathBuf, Error>) {
        match saved {
            Ok(path) => {
                let words = (self.shared.t().pictures.saved)(&path.display().to_string());
                self.toasts.notify(words, None);
            }
            Err(error) => self.show_error(&error),
        }
    }
}
