//! *Om*: the program itself, the licences of what is in it, and the support file.

#[derive(Debug)]
pub(in crate::desktop) struct AboutTexts {
    /// On the button.
    pub open: &'static str,
    pub title: &'static str,
    pub program: &'static str,
    pub licences: &'static str,
    pub support: &'static str,
    pub version: &'static str,
    pub schema: &'static str,
    /// The schema that the database has.
    pub schema_of: fn(schema: usize) -> String,
    /// The newest schema that the program knows, where the database is not open.
    pub schemas_up_to: fn(schema: usize) -> String,
    /// In which schema the database was, and where it is as it was then.
    pub upgraded: fn(from: usize, to: usize, copy: &str) -> String,
    pub data_directory: &'static str,
    pub open_folder: &'static str,
    pub copy_path: &'static str,
    pub path_copied: &'static str,
    pub system: &'static str,
    pub licence: &'static str,
    pub read_licence: &'static str,
    /// Nothing asks for new versions.
    pub no_updates: &'static str,
    /// The organisation hands out new versions itself.
    pub updates_decided: &'static str,
    /// What an administrator has decided.
    pub decided: &'static str,
    pub decided_directory: &'static str,
    pub decided_language: &'static str,
    pub decided_nowhere: &'static str,
    pub decided_this_machine: &'static str,
    pub licences_about: fn(count: usize) -> String,
    pub search: &'static str,
    pub name: &'static str,
    pub nothing_found: &'static str,
    pub nothing_chosen: &'static str,
    pub made_by: fn(authors: &str) -> String,
    pub back: &'static str,
    pub support_about: &'static str,
    pub support_holds: &'static str,
    pub support_lacks: &'static str,
    pub database_closed: &'static str,
    pub gathering: &'static str,
    pub show_contents: &'static str,
    pub hide_contents: &'static str,
    pub save: &'static str,
    pub saved: fn(path: &str) -> String,
    pub not_saved: &'static str,
}
