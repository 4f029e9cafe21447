use std::borrow::Cow;

use csv::ReaderBuilder;
use encoding_rs::WINDOWS_1252;

use super::{Cell, Sheets, is_error_word};
use crate::exchange::TablesTrouble;
use crate::exchange::encoding::in_utf8;
use crate::exchange::formula_guard::unguarded;
use crate::exchange::workbook::table::likeness;

const DELIMITERS: [u8; 3] = [b';', b',', b'\t'];

/// Reads a table of text, whichever its encoding and delimiter, as the only sheet.
pub(super) fn read(bytes: &[u8], sheets: &mut Sheets<'_>) -> Result<(), TablesTrouble> {
    let bytes = in_utf8(bytes);
    let text = decoded(&bytes);
    let (told, text) = told_delimiter(&text);
    let delimiter = told.unwrap_or_else(|| likeliest_delimiter(text));
    let mut reader = reader(text, delimiter);
    let (mut row, mut end) = (0, 0);
    let mut record = csv::StringRecord::new();
    sheets.begin(String::new())?;
    while reader.read_record(&mut record).map_err(|_| TablesTrouble::NotTables)? {
        row += blank_lines(text, end);
        end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        for (column, text) in (0..).zip(&record) {
            sheets.put(row, column, cell(text))?;
        }
        row += 1;
    }
    Ok(())
}

/// As UTF-8 where it is that, and else as what an Excel on a Danish Windows saves.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}

/// The delimiter that a first line `sep=;` tells, as Excel heeds it and does not show it.
fn told_delimiter(text: &str) -> (Option<u8>, &str) {
    let told = text.split_once('\n').and_then(|(line, rest)| {
        let [delimiter] = line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=")?.as_bytes() else {
            return None;
        };
        Some((Some(*delimiter), rest))
    });
    told.unwrap_or((None, text))
}

/// The one by which the headings are most like those of a table that is known.
fn likeliest_delimiter(text: &str) -> u8 {
    let likeness = |delimiter: u8| {
        let first = reader(text, delimiter).into_records().next().and_then(Result::ok);
        first.map(|record| likeness(record.iter()))
    };
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| likeness(*delimiter)).unwrap_or(DELIMITERS[0])
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// How many empty lines follow there, which spreadsheets show as rows and the reader passes over.
fn blank_lines(text: &str, begin: usize) -> u32 {
    let before = text.get(..begin).unwrap_or_default();
    let rest = text.get(begin..).unwrap_or_default();
    let rest = if before.ends_with('\r') { rest.strip_prefix('\n').unwrap_or(rest) } else { rest };
    let blank = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
    let lines = blank.replace("\r\n", "\n").len();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

fn cell(text: &str) -> Option<Cell> {
    match unguarded(text) {
        "" => None,
        text if is_error_word(text) => Some(Cell::Error(text.to_owned())),
        text => Some(Cell::Text(text.to_owned())),
    }
}
