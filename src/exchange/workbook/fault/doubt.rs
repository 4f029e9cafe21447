use super::excerpt::Excerpt;

/// Why it cannot be known what the author of a file saw in a cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellDoubt {
    /// A formula without its value: the program that wrote the file does not evaluate formulas.
    #[error("the file has this formula, but not what it comes to; open the file in Excel or LibreOffice, and save it")]
    NotWorkedOut,
    /// A cell or a row that occurs twice in the file.
    #[error(
        "this stands twice in the file, and nobody can say which is meant; open the file in Excel or LibreOffice, look it \
         through, and save it"
    )]
    Repeated,
    /// A number in a date cell that is outside the calendar.
    #[error("{0} in a cell for dates is no date, and Excel shows ######; write the date as 25-10-2020")]
    BeyondCalendar(Excerpt),
    /// Bytes that are invalid in the encoding of the rest of the file.
    #[error(
        "the letters here are not written as those of the other lines, or as any that are known; save the file as CSV UTF-8"
    )]
    UnknownLetters,
    /// A text with an opening quotation mark and no closing one.
    #[error(
        "the quotation mark that this begins with has no fellow, and all that follows would belong to it; write the other \
         one, or take this one away"
    )]
    QuoteWithoutEnd,
    /// A quoted text that seems to include other rows.
    #[error(
        "the quotation mark that this begins with ends {} later, after what looks like other rows; write the other one \
         where the text ends, or take this one away",
        lines_later(*.lines)
    )]
    QuoteOverLines {
        /// How many lines after its first it ends.
        lines: usize,
    },
}

impl CellDoubt {
    /// Whether it makes other cells doubtful too, so that it is a fault even in a column that is not read.
    pub(in crate::exchange::workbook) fn is_of_the_file(&self) -> bool {
        matches!(self, Self::Repeated | Self::QuoteWithoutEnd | Self::QuoteOverLines { .. })
    }
}

fn lines_later(lines: usize) -> String {
    if lines == 1 { "a line".to_owned() } else { format!("{lines} lines") }
}
