//! A municipality's workbook, edited and saved by other programs: LibreOffice 7.4 and openpyxl 3.1.

use postfordeler::exchange::{SheetKind, read_configuration};
use postfordeler::rules::{RuleBook, Subject};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{sample_cvr, taken};
use crate::fuzz_corpus::checks::tables;

const LIBREOFFICE: &[u8] = include_bytes!("../../data/workbook/libreoffice.ods");
const OPENPYXL: &[u8] = include_bytes!("../../data/workbook/openpyxl.xlsx");

/// The municipality as it was when its workbook was written.
fn town() -> RuleBook {
    read_configuration(include_bytes!("../../data/workbook/eksempelby.json")).expect("no faults")
}

/// What the file would change in it, rule by rule.
fn changes(bytes: &[u8], name: &str) -> Vec<String> {
    let read = taken(bytes, name, &town(), sample_cvr());
    // It has no guards.
    assert_eq!(read.kinds, SheetKind::ALL[..5], "{name}");
    assert_eq!(read.notices, [], "{name}");
    let differences = town().compare(&read.book);
    let told = differences.into_iter().map(|difference| match difference.subject {
        Subject::Rule(swap) => {
            let (before, after) = swap.before.zip(swap.after).expect("no rule comes or goes");
            let told = [
                (before.fagsystem != after.fagsystem).then(|| after.fagsystem.to_string()),
                (before.validity != after.validity).then(|| format!("{:?}", after.validity.to())),
                (before.note != after.note).then(|| after.note.clone()),
            ];
            assert_eq!((before.priority, &before.criterion), (after.priority, &after.criterion));
            format!("{}: {}", after.priority, told.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
        other => panic!("{name}: {other:?}"),
    });
    told.collect()
}

#[test]
fn what_was_edited_and_nothing_else_differs() {
    let expected = ["20: jobcenter", "30: Some(2031-12-31)", "40: Rettet i Python; »æøå«"];
    assert_eq!(changes(OPENPYXL, "openpyxl.xlsx"), expected);
    let expected = ["20: jobcenter", "30: Some(2031-12-31)", "40: Rettet i LibreOffice;\nto linjer  og  mellemrum"];
    let excel = include_bytes!("../../data/workbook/libreoffice.xlsx");
    assert_eq!(changes(excel, "libreoffice.xlsx"), expected);
    assert_eq!(changes(LIBREOFFICE, "libreoffice.ods"), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_damaged_workbook_is_read_or_refused(
        file in select(&[LIBREOFFICE, OPENPYXL][..]),
        damage in vec((any::<Index>(), any::<u8>()), 1..5),
    ) {
        let mut bytes = file.to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        tables::check(&bytes, "bog.xlsx");
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(Prioritet|CVR;Navn|Id\tTitel)[;\r\n\"a1'=\t›>ø-]{0,40}") {
        tables::check(text.as_bytes(), "tabel.csv");
    }
}
