//! What is said of what people write, choose and filter by, on every screen.

#[derive(Debug)]
pub(in crate::desktop) struct InputTexts {
    pub choices: ChoiceTexts,
    /// A day as people say it: "fredag 1. januar 2027".
    pub day: fn(weekday: &str, day: i8, month: &str, year: i16) -> String,
    /// The fields that a form cannot be saved with as they are.
    pub lacking: fn(fields: &str) -> String,
    /// Lists only what is alike.
    pub show_only: fn(&str) -> String,
    /// By a value of the row where the keyboard is.
    pub filter_by_value: &'static str,
    pub no_row: &'static str,
    pub kept_filters: &'static str,
    pub reset: &'static str,
}

/// The words of a list that drops down.
#[derive(Debug)]
pub(in crate::desktop) struct ChoiceTexts {
    pub nothing_fits: fn(written: &str) -> String,
    /// What was written chose nothing: this many fit it.
    pub refused: fn(written: &str, fitting: usize) -> String,
}

impl InputTexts {
    /// The fields that a form cannot be saved with as they are.
    pub fn lacking(&self, fields: &[&str]) -> String {
        (self.lacking)(&fields.join(", ").to_lowercase())
    }
}
