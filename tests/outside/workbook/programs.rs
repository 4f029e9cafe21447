//! The sample municipality's workbook, edited and saved by other programs: LibreOffice 7.4 and openpyxl 3.1.

use postfordeler::exchange::SheetKind;
use postfordeler::rules::Subject;

use super::{sample, sample_cvr, taken};

/// What the file would change in the sample, rule by rule.
fn changes(bytes: &[u8], name: &str) -> Vec<String> {
    let read = taken(bytes, name, &sample(), sample_cvr());
    assert_eq!(read.kinds, SheetKind::ALL, "{name}");
    assert_eq!(read.notices, [], "{name}");
    let differences = sample().compare(&read.book);
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
    let openpyxl = include_bytes!("../../data/workbook/openpyxl.xlsx");
    let expected = ["20: jobcenter", "30: Some(2031-12-31)", "40: Rettet i Python; »æøå«"];
    assert_eq!(changes(openpyxl, "openpyxl.xlsx"), expected);
    let expected = ["20: jobcenter", "30: Some(2031-12-31)", "40: Rettet i LibreOffice;\nto linjer  og  mellemrum"];
    let excel = include_bytes!("../../data/workbook/libreoffice.xlsx");
    assert_eq!(changes(excel, "libreoffice.xlsx"), expected);
    let open_document = include_bytes!("../../data/workbook/libreoffice.ods");
    assert_eq!(changes(open_document, "libreoffice.ods"), expected);
}

#[test]
fn a_workbook_of_an_old_excel_is_read() {
    let bytes = include_bytes!("../../data/workbook/kendte.xls");
    let read = taken(bytes, "kendte.xls", &sample(), sample_cvr());
    let known: Vec<_> = read.book.known_authorities.iter().map(|it| format!("{} {}", it.cvr, it.name)).collect();
    assert_eq!(
        (read.kinds, known),
        (vec![SheetKind::KnownAuthorities], vec!["01203045 Udbetaling Danmark".to_owned()])
    );
}
