//! The command palette in English.

use crate::desktop::language::texts::palette::PaletteTexts;

pub(super) const TEXTS: PaletteTexts = PaletteTexts {
    button: "Search or run …  Ctrl+K",
    placeholder: "Type what you want to do, or a word from a rule",
    nothing: "No command or rule contains all those words.",
    open: "Edit the rule",
    move_up: "Move up",
    move_down: "Move down",
    choose_all: "Choose all rules in the list",
    publish: "Publish the draft",
    go_to: |title| format!("Go to {title}"),
    sort_by: |title| format!("Sort by {title}"),
    filter: |name| format!("Filter by {name}"),
    larger: "Make everything larger",
    smaller: "Make everything smaller",
    usual_size: "Default size",
    other_theme: "Switch between light and dark",
};
