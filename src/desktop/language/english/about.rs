//! *About*, in English.

use crate::desktop::language::texts::about::AboutTexts;

pub(super) const TEXTS: AboutTexts = AboutTexts {
    open: "About",
    title: "About Postfordeler",
    program: "The program",
    licences: "Licences",
    support: "Support file",
    version: "Version",
    schema: "Database schema",
    schema_of: |schema| format!("{schema}, the newest that the program knows"),
    schemas_up_to: |schema| format!("The program knows schemas up to {schema}"),
    upgraded: |from, to, copy| {
        format!("The database was brought up to date, from schema {from} to {to}. As it was before, it is in {copy}")
    },
    data_directory: "Data directory",
    open_folder: "Open the folder",
    copy_path: "Copy the path",
    path_copied: "The path is copied.",
    system: "Operating system",
    licence: "Licence",
    read_licence: "Read the licence",
    no_updates: "The program does not look for new versions itself. Your IT department, or whoever installed it, puts a new one in.",
    updates_decided: "The program does not look for new versions itself. Your organisation puts them in.",
    decided: "Decided for all",
    decided_directory: "Your administrator has decided on the data directory.",
    decided_language: "Your administrator has decided on the language.",
    decided_nowhere: "No router may run on this machine.",
    decided_this_machine: "Routers may receive from this machine alone.",
    licences_about: |count| format!("The program holds {count} parts made by others. Choose one to read its licence."),
    search: "Search names and licences",
    name: "Name",
    nothing_found: "Nothing has these words. Try fewer.",
    nothing_chosen: "Choose something in the list to read its licence.",
    made_by: |authors| format!("By {authors}"),
    back: "Back to the list",
    support_about: "A file for whoever helps you with the program. It is sent nowhere: you save it and pass it on yourself.",
    support_holds: "It holds the program's version, the operating system, settings as numbers and choices, how many messages came to \
                    what on each day, why some were not accepted, how many rules there are of each kind, the sizes of files, and what \
                    is in the way.",
    support_lacks: "It holds no CPR numbers, nothing from the messages, no names of people, authorities or business systems, and no \
                    addresses, paths, keys or certificates.",
    database_closed: "The database cannot be opened. The file says why, and the rest of what can be seen without it.",
    gathering: "Gathering what goes into the file …",
    show_contents: "See the contents",
    hide_contents: "Hide the contents",
    save: "Save the support file …",
    saved: |path| format!("The support file is saved in {path}"),
    not_saved: "The support file is not saved: no file was chosen.",
};
