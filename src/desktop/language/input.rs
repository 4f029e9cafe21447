use jiff::civil::Date;

/// How something is written, chosen and filtered by.
#[derive(Debug)]
pub(in crate::desktop) struct InputTexts {
    pub choices: ChoiceTexts,
    /// A day as people say it: "fredag 1. januar 2027".
    pub day: fn(Date) -> String,
    /// What a form cannot be saved without.
    pub lacking: fn(&[&str]) -> String,
    /// Lists only what is alike.
    pub show_only: fn(&str) -> String,
    /// By a value of the row where the keyboard is.
    pub filter_by_value: &'static str,
    pub no_row: &'static str,
    pub kept_filters: &'static str,
    pub reset: &'static str,
}

/// What a list that drops down says.
#[derive(Debug)]
pub(in crate::desktop) struct ChoiceTexts {
    pub nothing_fits: fn(written: &str) -> String,
    /// What was written chose nothing: so many fit it.
    pub refused: fn(written: &str, fitting: usize) -> String,
}
