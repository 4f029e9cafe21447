//! The key for help, and the ids of what the tour points out.

use iced::keyboard::key::Named;
use iced::widget::Id;

use crate::desktop::model::page::Page;
use crate::desktop::screen::command::Shortcut;

/// Opens the guide, and closes it.
pub(super) const HELP: Shortcut = Shortcut::named(Named::F1);
/// The id of the button to publish with.
pub(super) const PUBLISH: &str = "publish";

/// The id of the link to a page.
pub(super) fn link_id(page: Page) -> Id {
    Id::from(format!("page-{page:?}"))
}
