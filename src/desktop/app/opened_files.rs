//! Files that the window was opened with, as by a double click on one.

use std::path::PathBuf;

use iced::Task;

use super::message::Message;
use super::state::Desktop;

impl Desktop {
    /// The same window, which reads these files as soon as it can, as if they were dropped on it. A tour would lead away from
    /// them, so none begins by itself.
    #[must_use]
    pub fn reading(mut self, files: Vec<PathBuf>) -> Self {
        self.greets &= files.is_empty();
        self.files_to_open = files;
        self
    }

    /// Reads the files that wait, once the rules that they are compared with are there, or it is known that there are none.
    pub(super) fn read_files_to_open(&mut self) -> Task<Message> {
        if self.files_to_open.is_empty() || self.is_beginning_training {
            return Task::none();
        }
        let is_unpublished = || self.shared.services.as_ref().is_ok_and(|services| services.is_unpublished());
        let is_ready = self.shared.bench.is_some() || (self.store_version.is_some() && is_unpublished());
        if !is_ready {
            return Task::none();
        }
        let files = std::mem::take(&mut self.files_to_open);
        self.open_dropped_files(files)
    }
}
