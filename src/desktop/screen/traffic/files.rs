//! The messages as files, to be sent by another program.

use std::path::PathBuf;

use iced::Element;
use iced::widget::{column, row, text};
use lucide_icons::Icon;

use super::{Message, TrafficScreen};
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{KeptMessages, Services, documents};
use crate::desktop::theme;
use crate::desktop::widget::{Field, group, labelled_button, plain_button, text_field};
use crate::training::MessageMaker;

pub(super) const DIRECTORY_FIELD: &str = "traffic-directory";

/// Where files go, and whether they are being written.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// As it was edited; `None` while the suggested one is used.
    directory: Option<String>,
    error: Option<String>,
    is_saving: bool,
}

#[derive(Debug, Clone)]
pub enum FilesMessage {
    Directory(String),
    Browse,
    Browsed(Option<PathBuf>),
    Save,
    Saved(Result<KeptMessages, Error>),
}

impl TrafficScreen {
    pub(super) fn update_files(&mut self, message: FilesMessage, scene: Scene<'_>) -> Action<Message> {
        let t = &scene.t.traffic.files;
        match message {
            FilesMessage::Directory(text) => (self.files.directory, self.files.error) = (Some(text), None),
            FilesMessage::Browse => {
                let chosen = Services::choose_directory();
                return Action::perform(chosen, |chosen| Message::Files(FilesMessage::Browsed(chosen)));
            }
            FilesMessage::Browsed(Some(directory)) => {
                (self.files.directory, self.files.error) = (Some(directory.display().to_string()), None);
            }
            FilesMessage::Browsed(None) => {
                self.files.error = Some(t.not_chosen.to_owned());
                return Action::focus(DIRECTORY_FIELD);
            }
            FilesMessage::Save => return self.save(scene),
            FilesMessage::Saved(saved) => {
                self.files.is_saving = false;
                match saved {
                    Ok(kept) => {
                        let already = (kept.already > 0).then(|| t.already.of(kept.already));
                        let words = std::iter::once(t.saved.of(kept.all)).chain(already);
                        return Action::notify(words.collect::<Vec<_>>().join("; "));
                    }
                    Err(error) => self.files.error = Some((scene.t.error)(&error)),
                }
            }
        }
        Action::None
    }

    fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(request) = self.request(scene).filter(|_| self.form.count().is_some() && !self.files.is_saving) else {
            return Action::None;
        };
        let directory = self.directory(scene);
        let directory = directory.trim();
        if directory.is_empty() {
            self.files.error = Some(scene.t.traffic.files.not_chosen.to_owned());
            return Action::focus(DIRECTORY_FIELD);
        }
        let most = request.size.map_or(u64::MAX, MessageMaker::most_files_of);
        if u64::from(request.wish.count) > most {
            self.files.error = Some((scene.t.traffic.files.too_many)(&(scene.t.number)(most)));
            return Action::None;
        }
        (self.files.is_saving, self.files.error) = (true, None);
        let saving = Services::keep_messages(request, PathBuf::from(directory));
        Action::perform(saving, |saved| Message::Files(FilesMessage::Saved(saved)))
    }

    fn directory(&self, scene: Scene<'_>) -> String {
        let suggested = || documents().join(scene.t.traffic.files.directory_name).display().to_string();
        self.files.directory.clone().unwrap_or_else(suggested)
    }

    pub(super) fn files<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.traffic.files;
        let error = self.files.error.as_ref().map(|error| text(error).size(theme::SMALL).style(theme::bad));
        let directory = text_field(
            Field::new(t.directory),
            DIRECTORY_FIELD,
            "",
            &self.directory(scene),
            |text| Message::Files(FilesMessage::Directory(text)),
            Message::Files(FilesMessage::Save),
        );
        let can_save = self.request(scene).is_some() && self.form.count().is_some() && !self.files.is_saving;
        let save = labelled_button(Icon::Download, if self.files.is_saving { t.saving } else { t.save });
        let save = save.style(theme::secondary);
        let buttons = row![
            save.on_press_maybe(can_save.then_some(Message::Files(FilesMessage::Save))),
            plain_button(t.browse).style(theme::quiet).on_press(Message::Files(FilesMessage::Browse)),
        ];
        let buttons = buttons.spacing(8).wrap().vertical_spacing(8);
        group(t.title, column![explained(t.about, scene.t.language), directory, error, buttons].spacing(10))
    }
}
