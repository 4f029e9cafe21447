//! Where the progress of this machine is saved to, and which files of other machines are taken in.

use std::path::{Path, PathBuf};

use iced::widget::{column, container, row, text, text_input};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::room_message::RoomMessage;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{documents, machine_file_name};
use crate::desktop::theme;
use crate::desktop::widget::{icon_button, labelled_button, note, plain_button};
use crate::training::ProgressFile;

pub(super) const PATH_FIELD: &str = "room-path";
/// Between the paths of several files.
const SEPARATOR: char = ';';

/// The form that is open.
#[derive(Debug)]
pub(super) struct RoomForm {
    pub purpose: Purpose,
    /// The text of the path field: one path, or several to take in.
    written: String,
    /// The paths that were chosen in a dialog, which has asked whether an existing file may be replaced; empty once the field
    /// has been edited.
    chosen: Vec<PathBuf>,
    pub error: Option<String>,
    /// The file that it was to be saved in is there already.
    pub exists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Save,
    Gather,
}

impl RoomForm {
    pub fn open(purpose: Purpose, scene: Scene<'_>) -> Self {
        let written = match purpose {
            Purpose::Save => documents().join(file_name(scene)).display().to_string(),
            Purpose::Gather => String::new(),
        };
        Self { purpose, written, chosen: Vec::new(), error: None, exists: false }
    }

    pub fn write(&mut self, path: String) {
        self.written = path;
        self.chosen.clear();
        (self.error, self.exists) = (None, false);
    }

    pub fn choose(&mut self, paths: Vec<PathBuf>) {
        let separator = format!("{SEPARATOR} ");
        let written = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(&separator);
        self.write(written);
        self.chosen = paths;
    }

    pub fn is_chosen(&self) -> bool {
        !self.chosen.is_empty()
    }

    pub fn paths(&self) -> Vec<PathBuf> {
        if self.is_chosen() {
            return self.chosen.clone();
        }
        let unquoted = |path: &str| path.trim().trim_matches('"').to_owned();
        let paths: Vec<String> = match self.purpose {
            Purpose::Save => vec![unquoted(&self.written)],
            Purpose::Gather => self.written.split(SEPARATOR).map(unquoted).collect(),
        };
        paths.into_iter().filter(|path| !path.is_empty()).map(PathBuf::from).collect()
    }

    pub fn view<'a>(&'a self, is_busy: bool, is_narrow: bool, scene: Scene<'a>) -> Element<'a, RoomMessage> {
        let (t, p) = (&scene.t.room, &scene.t.paper);
        let (title, about, symbol, words) = match self.purpose {
            Purpose::Save => (t.save, t.save_about, Icon::Save, p.write),
            Purpose::Gather => (t.gather, t.gather_about, Icon::FolderOpen, t.take),
        };
        let close = icon_button(Icon::X, scene.t.close).on_press(RoomMessage::Leave);
        let head = row![container(text(title).font(theme::SEMIBOLD)).width(Fill), close].align_y(Center);
        let path = text_input(p.file, &self.written)
            .id(PATH_FIELD)
            .on_input(RoomMessage::Path)
            .on_submit(RoomMessage::Submit)
            .padding([5, 9])
            .size(theme::BODY)
            .style(theme::input(self.error.is_some()));
        let browse = plain_button(p.browse).style(theme::secondary).on_press(RoomMessage::Browse);
        let can_submit = !is_busy && !self.written.trim().is_empty();
        let submit = labelled_button(symbol, words).style(theme::primary);
        let submit = submit.on_press_maybe(can_submit.then_some(RoomMessage::Submit));
        let replace = self.exists.then(|| {
            let replace = plain_button(scene.t.files.outgoing.replace).style(theme::danger);
            replace.on_press_maybe((!is_busy).then_some(RoomMessage::Replace))
        });
        let fields: Element<'a, RoomMessage> = if is_narrow {
            column![path, row![browse, submit, replace].spacing(8)].spacing(8).into()
        } else {
            row![path, browse, submit, replace].spacing(8).align_y(Center).into()
        };
        let error = self.error.as_ref().map(|error| text(error).size(theme::SMALL).style(theme::bad));
        let form = column![head, note(about), fields, error].spacing(8).padding(12);
        container(form).width(Fill).style(theme::card).into()
    }
}

/// What the file of this machine's progress is called.
pub(super) fn file_name(scene: Scene<'_>) -> String {
    let (name, machine) = (scene.t.room.file_name, machine_file_name());
    let machine = if machine.is_empty() { machine } else { format!("-{machine}") };
    format!("{name}{machine}-{}.{}", scene.today, ProgressFile::ENDING)
}

/// Whether the file's name says that it is the progress of a machine.
pub(in crate::desktop) fn is_progress_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ProgressFile::ENDING))
}
