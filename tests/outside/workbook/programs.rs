//! A municipality's workbook, edited and saved by other programs: LibreOffice 7.4 and openpyxl 3.1.

use postfordeler::exchange::{SheetKind, TablesTrouble, read_configuration};
use postfordeler::rules::{RuleBook, Subject};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{read, sample, sample_cvr, taken};

const OLD_EXCEL: &[u8] = include_bytes!("../../data/workbook/kendte.xls");
const OPENPYXL: &[u8] = include_bytes!("../../data/workbook/openpyxl.xlsx");

/// The municipality as it was when its workbook was written.
fn town() -> RuleBook {
    read_configuration(include_bytes!("../../data/workbook/eksempelby.json")).expect("no faults")
}

/// What the file would change in it, rule by rule.
fn changes(bytes: &[u8], name: &str) -> Vec<String> {
    let read = taken(bytes, name, &town(), sample_cvr());
    assert_eq!(read.kinds, SheetKind::ALL, "{name}");
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
    let open_document = include_bytes!("../../data/workbook/libreoffice.ods");
    assert_eq!(changes(open_document, "libreoffice.ods"), expected);
}

#[test]
fn a_workbook_of_an_old_excel_is_read() {
    let read = taken(OLD_EXCEL, "kendte.xls", &sample(), sample_cvr());
    let known: Vec<_> = read.book.known_authorities.iter().map(|it| format!("{} {}", it.cvr, it.name)).collect();
    assert_eq!(
        (read.kinds, known),
        (vec![SheetKind::KnownAuthorities], vec!["01203045 Udbetaling Danmark".to_owned()])
    );
}

/// Its sheet claims more rows than memory has room for.
#[test]
fn a_workbook_that_claims_too_much_is_refused() {
    let mut bytes = OLD_EXCEL.to_vec();
    let dimensions = bytes.windows(4).position(|it| it == [0x00, 0x02, 0x0E, 0x00]).expect("the record");
    bytes[dimensions + 8..dimensions + 12].copy_from_slice(&[0xFF; 4]);
    assert_eq!(read(&bytes, "kendte.xls", &sample(), sample_cvr()), Err(TablesTrouble::NotTables));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_damaged_workbook_is_read_or_refused(
        file in select(&[OLD_EXCEL, OPENPYXL][..]),
        damage in vec((any::<Index>(), any::<u8>()), 1..5),
    ) {
        let mut bytes = file.to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        drop(read(&bytes, "bog.xls", &sample(), sample_cvr()));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(Prioritet|CVR;Navn|Id\tTitel)[;\r\n\"a1'=\t›>ø-]{0,40}") {
        drop(read(text.as_bytes(), "tabel.csv", &sample(), sample_cvr()));
    }
}
