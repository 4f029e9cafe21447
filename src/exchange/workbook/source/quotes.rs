//! Rows of a table of text as they are written, with what is wrong with their quotation marks.

use std::borrow::Cow;

use crate::exchange::workbook::fault::doubt::CellDoubt;

const MARK: u8 = b'"';

/// Reads row by row; a row is a line, unless a text in quotation marks goes on to the next one.
pub(super) struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    delimiter: u8,
    /// How many columns the first row has that has any.
    columns: Option<usize>,
}

/// A field: the bytes between two delimiters.
pub(super) struct TextField<'t> {
    pub(super) bytes: Cow<'t, [u8]>,
    /// The fault of its quotation marks, if any.
    pub(super) problem: Option<CellDoubt>,
    /// Whether the row ends with it.
    pub(super) is_last: bool,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t [u8], delimiter: u8) -> Self {
        Self { text, at: 0, delimiter, columns: None }
    }

    pub(super) fn is_over(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Sets the number of columns, by which rows inside quotation marks are recognised.
    pub(super) fn expect(&mut self, columns: usize) {
        self.columns.get_or_insert(columns);
    }

    pub(super) fn next(&mut self) -> TextField<'t> {
        let begin = self.at;
        let (bytes, problem) = match self.text.get(begin) {
            Some(&MARK) => self.quoted(),
            _ => (Cow::Borrowed(self.rest()), None),
        };
        let is_last = self.text.get(self.at) != Some(&self.delimiter);
        if !is_last {
            self.at += 1;
        } else if self.text[self.at..].starts_with(b"\r\n") {
            self.at += 2;
        } else if !self.is_over() {
            self.at += 1;
        }
        TextField { bytes, problem, is_last }
    }

    /// The bytes up to the next delimiter or the end of the line.
    fn rest(&mut self) -> &'t [u8] {
        let rest = &self.text[self.at..];
        let end = rest.iter().position(|byte| *byte == self.delimiter || is_line_end(*byte)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// A field that begins with a quotation mark: what comes after the closing one belongs to it too, as in Excel.
    fn quoted(&mut self) -> (Cow<'t, [u8]>, Option<CellDoubt>) {
        let begin = self.at;
        let mut bytes = Vec::new();
        self.at += 1;
        loop {
            let Some(length) = memchr::memchr(MARK, &self.text[self.at..]) else {
                self.at = self.text.len();
                return (Cow::Owned(Vec::new()), Some(CellDoubt::QuoteWithoutEnd));
            };
            bytes.extend_from_slice(&self.text[self.at..self.at + length]);
            self.at += length + 1;
            if self.text.get(self.at) != Some(&MARK) {
                break;
            }
            bytes.push(MARK);
            self.at += 1;
        }
        let end = self.at;
        let after = self.rest();
        bytes.extend_from_slice(after);
        let is_followed = !after.trim_ascii().is_empty();
        let lines = self.lines_taken_in(begin, end, is_followed);
        (Cow::Owned(bytes), lines.map(|lines| CellDoubt::QuoteOverLines { lines }))
    }

    /// How many rows of the table a quoted text seems to include; `None` if none: then nothing follows its closing mark
    /// (else that mark may open another text), and none of its lines looks like a row.
    fn lines_taken_in(&self, begin: usize, end: usize, is_followed: bool) -> Option<usize> {
        let is_break = |byte: &u8| is_line_end(*byte);
        let first_break = begin + self.text[begin..end].iter().position(is_break)?;
        let line_end = self.text[end..].iter().position(is_break).map_or(self.text.len(), |length| end + length);
        let lines = || self.text[first_break..line_end].split(is_break).filter(|line| !line.is_empty());
        // The line in which the text of a first column ends has all other columns behind it.
        let has_fields = || self.text[begin..end].contains(&self.delimiter);
        (is_followed || (has_fields() && lines().any(|line| self.is_like_a_row(line)))).then(|| lines().count())
    }

    /// Whether the line has as many fields as a row. In a list within a cell people put a space after the delimiter.
    fn is_like_a_row(&self, line: &[u8]) -> bool {
        let fields = || line.split(|byte| *byte == self.delimiter);
        let has_cvr = || fields().any(|field| field.len() == 8 && field.iter().all(u8::is_ascii_digit));
        let is_wide = self.columns.is_some_and(|columns| columns > 2 || (columns == 2 && has_cvr()));
        is_wide && Some(fields().count()) == self.columns && !fields().skip(1).any(|field| field.starts_with(b" "))
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
