//! CSV files as programs and people write them.

use postfordeler::exchange::{SheetKind, TablesError};
use postfordeler::rules::RuleBook;

use super::{Desk, faults, read, sample, sample_cvr, taken};

fn text(kind: SheetKind) -> String {
    String::from_utf8(Desk::new().csv(kind, &sample(), sample_cvr())).expect("UTF-8")
}

#[test]
fn a_csv_file_is_one_that_a_danish_excel_opens() {
    let text = text(SheetKind::Rules);
    let lines: Vec<_> = text.split("\r\n").collect();
    let headings = "\u{feff}Prioritet;Segment;Regelelement;Regelværdi;Betyder (læses ikke ind);Fagsystem;Gyldig fra;\
                    Gyldig til;Aktiv;Note";
    assert_eq!(lines[0], headings);
    let first = "10;alle;Kontaktpunkt;5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10;Pladsanvisningen;Dagtilbud og \
                 pladsanvisning;25-10-2020;;ja;Pladsanvisningen skriver selv til forældrene";
    assert_eq!(lines[1], first);
    assert_eq!((lines.len(), lines[11]), (12, ""));
}

/// The bytes of the text on a Danish Windows.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |character| match character {
        '–' => 0x96,
        '›' => 0x9B,
        '€' => 0x80,
        character => u8::try_from(u32::from(character)).expect("in Windows-1252"),
    };
    text.trim_start_matches('\u{feff}').chars().map(byte).collect()
}

/// The same table with another sign between its cells.
fn delimited_by(delimiter: u8, text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(&record.expect("a row")).expect("written");
    }
    String::from_utf8(writer.into_inner().expect("written")).expect("text")
}

#[test]
fn encodings_and_delimiters_are_found() {
    let book = sample();
    for kind in SheetKind::ALL {
        let text = text(kind);
        let bare = text.trim_start_matches('\u{feff}');
        let tabs = delimited_by(b'\t', bare);
        let utf_16: Vec<u8> = format!("\u{feff}{tabs}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let files = [
            text.clone().into_bytes(),
            bare.as_bytes().to_vec(),
            windows_1252(bare),
            utf_16,
            bare.replace("\r\n", "\n").into_bytes(),
            format!("sep=;\r\n{bare}").into_bytes(),
            tabs.into_bytes(),
            delimited_by(b',', bare).into_bytes(),
        ];
        for (at, file) in files.iter().enumerate() {
            let read = taken(file, "tabel.csv", &book, sample_cvr());
            assert_eq!((read.kinds, book.compare(&read.book)), (vec![kind], Vec::new()), "{kind:?}, file {at}");
        }
    }
}

#[test]
fn known_authorities_come_as_a_list_of_their_own() {
    let file = "Navn,cvr\nUdbetaling Danmark,33236498\n\"Skat, gæld\", 19 55 21 01 \n";
    let read = taken(file.as_bytes(), "kendte.csv", &sample(), sample_cvr());
    let known: Vec<_> = read.book.known_authorities.iter().map(|it| format!("{} {}", it.cvr, it.name)).collect();
    assert_eq!(known, ["33236498 Udbetaling Danmark", "19552101 Skat, gæld"]);
    assert_eq!(read.book.authorities, sample().authorities);
    // They belong to the book, so no authority is needed.
    let read = taken(b"CVR\n33236498\n", "kendte.csv", &RuleBook::default(), sample_cvr());
    assert_eq!(read.book.known_authorities.len(), 1);
    assert_eq!(read.kinds, [SheetKind::KnownAuthorities]);
}

#[test]
fn columns_stand_in_any_order_and_rows_are_counted_as_a_spreadsheet_does() {
    let file = "AKTIV;fagsystem;GYLDIG FRA;regelværdi;regelelement;segment;prioritet\r\n\
                nej;Byggesag;2024-02-29;27.36 – 27.40;kle;PERSON;7\r\n\
                \r\n\
                ;byggesag;1-3-2024;Byggetilladelser;Kontaktpunkt;alle;8\r\n\
                ;;;;;;\r\n\
                ja;byggesag;01-03-2024;ikke angivet;udenKontaktpunkt;alle;\"9\r\n\"\r\n\
                \r\n\
                ;byggesag;01-03-2024;x;kontaktpunkt;alle;nul\r\n";
    let expected = ["G8: 'nul' is no priority: a whole number from 1 to 4,294,967,295"];
    assert_eq!(faults(file.as_bytes(), "regler.csv", &sample(), sample_cvr()), expected);
    let read = taken(file.replace("nul", "10").as_bytes(), "regler.csv", &sample(), sample_cvr());
    let rules = &read.book.authorities[0].rules;
    let told: Vec<_> = rules.iter().map(|rule| serde_json::to_string(rule).expect("JSON")).collect();
    assert_eq!(
        told[..2],
        [
            r#"{"prioritet":7,"fagsystem":"byggesag","segment":"person","regelelement":"kle","regelvaerdi":"27.36 - 27.40","gyldigFra":"2024-02-29","aktiv":false,"note":""}"#,
            r#"{"prioritet":8,"fagsystem":"byggesag","segment":"alle","regelelement":"kontaktpunkt","regelvaerdi":"c3b9e4d8-71a6-4f5e-bb0a-90d2c5e8f732","gyldigFra":"2024-03-01","aktiv":true,"note":""}"#,
        ]
    );
    assert_eq!(rules.len(), 4);
    let notices: Vec<_> = read.notices.iter().map(ToString::to_string).collect();
    let without = |heading: &str| format!("Regler has no column '{heading}'; it counts as empty");
    assert_eq!(notices, [without("Gyldig til"), without("Note")]);
}

#[test]
fn a_formula_that_came_to_nothing_is_a_fault_in_text_too() {
    let file = "CVR;Navn\r\n#I/T;#REFERENCE!\r\n";
    let expected = ["A2: the cell shows the error #I/T; mend its formula, or write the value itself"];
    assert_eq!(faults(file.as_bytes(), "kendte.csv", &sample(), sample_cvr())[..1], expected);
    let other = read(b"Adresse;By\r\nGade 1;Byen\r\n", "adresser.csv", &sample(), sample_cvr());
    assert_eq!(other, Err(TablesError::NoKnownHeadings));
}
