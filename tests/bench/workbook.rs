//! Reading an Excel workbook of many rules.

use std::fs;
use std::hint::black_box;
use std::io::Cursor;

use calamine::{Reader, Xlsx};
use postfordeler::exchange::{Progress, read_tables, write_workbook};
use postfordeler::rules::{KlePlan, RuleBook};
use tempfile::TempDir;

use crate::ratio::median_ratio;
use crate::{Measurement, big_book};

const RULES: u32 = 10_000;

/// A workbook of 10,000 rules, read and checked by us, against calamine that makes bare cells of it. It is the library that reads
/// workbooks in Rust; [design](../../resources/guide/en/design.md) says why we do not.
pub fn reading() -> Measurement {
    let book = big_book::with_rules(RULES);
    let authority = book.authorities[0].cvr;
    let place = TempDir::new().expect("a directory");
    let path = place.path().join("rules.xlsx");
    write_workbook(&path, &book, authority, &KlePlan::default(), &Progress::default()).expect("it is written");
    let bytes = fs::read(&path).expect("it is there");
    let read = || {
        let read = read_tables(black_box(&bytes), "rules.xlsx", &RuleBook::default(), None, &Progress::default());
        let read = read.expect("it has no fault");
        assert_eq!(read.book.authorities[0].rules.len(), book.authorities[0].rules.len());
    };
    let cells = || {
        let mut workbook = Xlsx::new(Cursor::new(black_box(&bytes[..]))).expect("it is a workbook");
        let sheets = workbook.worksheets();
        assert!(sheets.iter().any(|(_, cells)| cells.height() > book.authorities[0].rules.len()));
        black_box(sheets);
    };
    Measurement {
        what: "Reading and checking an Excel workbook of 10,000 rules, against calamine's bare cells of it",
        measured: median_ratio(read, cells),
        most: 4.0,
        unit: "times",
    }
}
