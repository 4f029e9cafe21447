use crate::exchange::{CellProblem, TableNotice, TablesTrouble};

/// *Filer*.
#[derive(Debug)]
pub(in crate::desktop) struct FilesTexts {
    pub title: &'static str,
    #[expect(dead_code, reason = "the screen is yet to come")]
    pub cell_problem: fn(&CellProblem) -> String,
    #[expect(dead_code, reason = "the screen is yet to come")]
    pub table_notice: fn(&TableNotice) -> String,
    #[expect(dead_code, reason = "the screen is yet to come")]
    pub tables_trouble: fn(&TablesTrouble) -> String,
}
