//! The command palette.

#[derive(Debug)]
pub(in crate::desktop) struct PaletteTexts {
    pub button: &'static str,
    pub placeholder: &'static str,
    pub nothing: &'static str,
    pub open: &'static str,
    pub move_up: &'static str,
    pub move_down: &'static str,
    pub choose_all: &'static str,
    pub publish: &'static str,
    pub go_to: fn(&str) -> String,
    pub sort_by: fn(&str) -> String,
    pub filter: fn(&str) -> String,
    pub larger: &'static str,
    pub smaller: &'static str,
    pub usual_size: &'static str,
    pub other_theme: &'static str,
}
