//! The content of cells, and what Excel lets people enter there.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader, Xlsx};

use super::{Desk, sample, sample_cvr};

fn book() -> (Vec<u8>, Xlsx<Cursor<Vec<u8>>>) {
    let bytes = Desk::new().workbook(&sample(), sample_cvr());
    let book = Xlsx::new(Cursor::new(bytes.clone())).expect("it opens");
    (bytes, book)
}

fn row(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, number: usize) -> Vec<String> {
    let range = book.worksheet_range(sheet).expect("a sheet");
    range.rows().nth(number).expect("a row").iter().map(ToString::to_string).collect()
}

#[test]
fn a_workbook_says_what_people_say() {
    let (_, mut book) = book();
    let sheets = ["Regler", "Fagsystemer", "Kontaktpunkter", "Myndighed", "Kendte myndigheder"];
    assert_eq!(book.sheet_names(), sheets);
    let headings = row(&mut book, "Regler", 0).join(" | ");
    let expected = "Prioritet | Segment | Regelelement | Regelværdi | Betyder (læses ikke ind) | Fagsystem | Gyldig fra | \
                    Gyldig til | Aktiv | Note";
    assert_eq!(headings, expected);
    let range = book.worksheet_range("Regler").expect("a sheet");
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(1, 0), Data::Float(10.0));
    assert_eq!(cell(1, 2), Data::String("Kontaktpunkt".to_owned()));
    assert_eq!(cell(1, 4), Data::String("Pladsanvisningen".to_owned()));
    assert_eq!(cell(1, 5), Data::String("Dagtilbud og pladsanvisning".to_owned()));
    let Data::DateTime(from) = cell(1, 6) else { panic!("no date: {:?}", cell(1, 6)) };
    assert_eq!(from.to_ymd_hms_milli(), (2020, 10, 25, 0, 0, 0, 0));
    assert_eq!(cell(4, 3), Data::String("01203045".to_owned()));
    assert_eq!(cell(5, 3), Data::String("Virksomhedspost".to_owned()));
    assert_eq!(cell(6, 3), Data::String("15".to_owned()));
    assert_eq!(cell(6, 4), Data::String("Arbejdsmarked og beskæftigelsesindsats".to_owned()));
    assert_eq!(
        row(&mut book, "Myndighed", 1)[..],
        ["01102036", "Eksempelby Kommune", "", "ESDH – sager og dokumenter"]
    );
    assert_eq!(row(&mut book, "Kendte myndigheder", 1)[0], "01203045");
}

#[test]
fn new_rows_have_drop_downs_and_formats_too() {
    let (bytes, _) = book();
    let mut file = zip_text(&bytes, "xl/worksheets/sheet1.xml");
    file.retain(|character| character != '\n');
    for wanted in [
        r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#,
        r#"<autoFilter ref="A1:J11"/>"#,
        r#"sqref="B2:B511"><formula1>"alle,person,virksomhed,myndighed"</formula1>"#,
        "OFFSET(Fagsystemer!$B$2",
        r#"type="whole""#,
        r#"type="date""#,
    ] {
        assert!(file.contains(wanted), "{wanted} is not in {file}");
    }
}

/// A part of the file.
fn zip_text(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    archive.by_name(name).expect("that part").read_to_string(&mut text).expect("text");
    text
}
