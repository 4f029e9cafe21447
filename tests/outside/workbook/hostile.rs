//! Files made to be more than there is memory for.

use std::io::{Cursor, Read, Write};

use postfordeler::exchange::{Progress, SheetKind, TablesError, TablesImport, read_tables};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::fuzz_corpus::checks::tables;

use super::{Desk, read, sample, sample_cvr, taken};

const OLD_EXCEL: &[u8] = include_bytes!("../../data/workbook/kendte.xls");

fn try_read(bytes: &[u8]) -> Result<TablesImport, TablesError> {
    read(bytes, "bog", &sample(), sample_cvr())
}

pub(super) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("begun");
        archive.write_all(content).expect("written");
    }
    archive.finish().expect("whole").into_inner()
}

/// The sample's workbook, with other parts of those names.
pub(super) fn workbook_with(others: &[(&str, &[u8])]) -> Vec<u8> {
    let workbook = Desk::new().workbook(&sample(), sample_cvr());
    let mut archive = ZipArchive::new(Cursor::new(workbook.as_slice())).expect("a zip file");
    let mut kept = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("unpacked");
        if others.iter().all(|(other, _)| *other != name) {
            kept.push((name, content));
        }
    }
    let kept = kept.iter().map(|(name, content)| (name.as_str(), content.as_slice()));
    zipped(&kept.chain(others.iter().copied()).collect::<Vec<_>>())
}

/// A spreadsheet of LibreOffice's make, with these rows on a sheet of known authorities.
pub(super) fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
           <office:document-content><office:body><office:spreadsheet>
             <table:table table:name="Kendte myndigheder">
               <table:table-column table:number-columns-repeated="16384"/>
               <table:table-row>{}{}<table:table-cell table:number-columns-repeated="16382"/></table:table-row>{rows}
             </table:table>
           </office:spreadsheet></office:body></office:document-content>"#,
        text_cell("CVR", ""),
        text_cell("Navn", "")
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

pub(super) fn text_cell(paragraphs: &str, attributes: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="string" {attributes}><text:p>{paragraphs}</text:p></table:table-cell>"#
    )
}

fn known(bytes: &[u8]) -> Vec<String> {
    let read = taken(bytes, "kendte.ods", &sample(), sample_cvr());
    assert_eq!(read.kinds, [SheetKind::KnownAuthorities]);
    read.book.known_authorities.iter().map(|it| format!("{} {}", it.cvr, it.name)).collect()
}

/// Changes the unpacked size of a part in an archive's directory, which comes last.
fn say_unpacked(archive: &mut [u8], name: &str, size: u32) {
    let name = archive.windows(name.len()).rposition(|it| it == name.as_bytes()).expect("it is there");
    archive[name - 22..name - 18].copy_from_slice(&size.to_le_bytes());
}

#[test]
fn binary_workbooks_are_to_be_saved_anew() {
    assert_eq!(try_read(OLD_EXCEL), Err(TablesError::Binary));
    let binary = zipped(&[("xl/workbook.bin", b""), ("xl/worksheets/sheet1.bin", b"")]);
    assert_eq!(try_read(&binary), Err(TablesError::Binary));
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let other = &OLD_EXCEL[..512];
    assert_eq!(try_read(other), Err(TablesError::NotTables));
    assert_eq!(try_read(&[other, &encrypted].concat()), Err(TablesError::Protected));
}

/// Its directory follows upon itself, over and over.
#[test]
fn an_old_workbook_without_an_end_is_refused() {
    let mut bytes = vec![0; 3 * 512];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[26..34].copy_from_slice(&[3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    bytes[44] = 1;
    bytes[48] = 1;
    bytes[68..72].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
    bytes[76..512].fill(0xFF);
    bytes[76..80].fill(0);
    bytes[512..1024].fill(0xFF);
    bytes[516..520].copy_from_slice(&[1, 0, 0, 0]);
    assert_eq!(try_read(&bytes), Err(TablesError::NotTables));
}

#[test]
fn what_unpacks_to_more_than_memory_is_refused() {
    let picture = "xl/media/billede.png";
    let mut bytes = workbook_with(&[(picture, b"x")]);
    assert!(try_read(&bytes).is_ok());
    say_unpacked(&mut bytes, picture, 300 << 20);
    assert_eq!(try_read(&bytes), Err(TablesError::TooLarge));
    // Nor does it help to say less than there is.
    let mut bytes = Desk::new().workbook(&sample(), sample_cvr());
    say_unpacked(&mut bytes, "xl/worksheets/sheet1.xml", 100);
    assert_eq!(try_read(&bytes), Err(TablesError::NotTables));
}

#[test]
fn claims_of_texts_are_not_believed_and_too_many_styles_are_refused() {
    for claimed in ["1000000000000", "18446744073709551615"] {
        let texts = format!(r#"<?xml version="1.0"?><sst count="1" uniqueCount="{claimed}"></sst>"#);
        let bytes = workbook_with(&[("xl/sharedStrings.xml", texts.as_bytes())]);
        // It lacks the texts that its cells name, and that is all.
        assert_eq!(try_read(&bytes), Err(TablesError::NotTables), "{claimed}");
    }
    let long = format!(r#"<styleSheet><fonts><font><name val="{}"/></font></fonts></styleSheet>"#, "x".repeat(2 << 20));
    let many = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(200_000));
    for styles in [long, many] {
        let bytes = workbook_with(&[("xl/styles.xml", styles.as_bytes())]);
        assert_eq!(try_read(&bytes), Err(TablesError::TooLarge));
    }
}

/// A text of a megabyte, in a thousand cells.
#[test]
fn a_text_that_stands_in_many_cells_is_counted_in_each() {
    let texts = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let cells = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(1_000);
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let bytes =
        workbook_with(&[("xl/sharedStrings.xml", texts.as_bytes()), ("xl/worksheets/sheet1.xml", sheet.as_bytes())]);
    assert_eq!(try_read(&bytes), Err(TablesError::TooLarge));
}

#[test]
fn cells_that_are_repeated_are_taken_so_often_but_not_without_end() {
    let everywhere = r#"table:number-rows-repeated="1048575"><table:table-cell office:value-type="float" office:value="1"
                        table:number-columns-repeated="16384"/>"#;
    let bytes = open_document(&format!("<table:table-row {everywhere}</table:table-row>"));
    assert_eq!(try_read(&bytes), Err(TablesError::TooLarge));
    // One far away from all others is only a cell.
    let far = format!(
        r#"<table:table-row>{}{}</table:table-row>
           <table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>
           <table:table-row>{}{}<table:table-cell table:number-columns-repeated="16382"/></table:table-row>"#,
        text_cell("33236498", ""),
        text_cell("Udbetaling <text:span>Danmark &amp; co.</text:span>", ""),
        text_cell("19552101", ""),
        text_cell("A<text:s text:c=\"2\"/>B<text:s/>C", ""),
    );
    assert_eq!(known(&open_document(&far)), ["33236498 Udbetaling Danmark & co.", "19552101 A  B C"]);
    let blanks = r#"A<text:s text:c="4000000000"/>"#.repeat(1_000);
    let long = format!("<table:table-row>{}{}</table:table-row>", text_cell("33236498", ""), text_cell(&blanks, ""));
    assert_eq!(known(&open_document(&long)).len(), 1);
}

#[test]
fn notes_and_drawings_are_not_what_a_cell_says() {
    let cell = r#"<table:table-cell office:value-type="string"><office:annotation><text:p>Husk!</text:p></office:annotation>
                  <text:p>Udbetaling</text:p><draw:frame><draw:text-box><text:p>Pil</text:p></draw:text-box></draw:frame>
                  <text:p>Danmark</text:p></table:table-cell>"#;
    let row = format!("<table:table-row>{}{cell}</table:table-row>", text_cell("33236498", ""));
    assert_eq!(known(&open_document(&row)), ["33236498 Udbetaling\nDanmark"]);
}

#[test]
fn reading_can_be_stopped() {
    let progress = Progress::default();
    progress.stop();
    let files = [
        (Desk::new().workbook(&sample(), sample_cvr()), "bog.xlsx"),
        (open_document(""), "bog.ods"),
        (b"CVR\n33236498\n".to_vec(), "bog.csv"),
    ];
    for (bytes, name) in files {
        let read = read_tables(&bytes, name, &sample(), Some(sample_cvr()), &progress);
        assert!(matches!(read, Err(TablesError::Stopped(_))), "{name}: {read:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_content_of_an_open_document_is_read_or_refused(
        rows in "(<table:table-(row|cell|cell/)>|</table:table(-row|-cell)?>|<text:p>|</text:p>|[a1&;<>]){0,30}",
    ) {
        tables::check(&open_document(&rows), "bog.ods");
    }
}
