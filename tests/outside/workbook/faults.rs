//! A faulty file: every fault is reported, each by its cell.

use postfordeler::exchange::{ForeignTable, TablesError};
use postfordeler::rules::RuleBook;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::{Desk, faults, read, sample, sample_cvr};
use crate::rules::books::{authority, cvr};

/// The content of a cell of a faulty file.
#[derive(Clone, Copy)]
enum C {
    T(&'static str),
    N(f64),
    B(bool),
    /// A day, and a number of hours.
    D(u16, u8, u8, u16),
    /// A formula with its result.
    F(&'static str),
    No,
}

use C::{B, D, F, N, No, T};

fn workbook(sheets: &[(&str, &[&[C]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(rows.iter()) {
            for (column, cell) in (0..).zip(cells.iter()) {
                put(sheet, row, column, *cell);
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: C) {
    let day = Format::new().set_num_format("dd-mm-yyyy");
    match cell {
        T(text) => drop(sheet.write_string(row, column, text).expect("a text")),
        N(number) => drop(sheet.write_number(row, column, number).expect("a number")),
        B(is_on) => drop(sheet.write_boolean(row, column, is_on).expect("a switch")),
        D(year, month, date, hour) => {
            let moment = ExcelDateTime::from_ymd(year, month, date).expect("a day");
            let moment = moment.and_hms(hour, 0, 0.0).expect("an hour");
            sheet.write_datetime_with_format(row, column, &moment, &day).expect("a day");
        }
        F(error) => {
            let formula = Formula::new("1/0").set_result(error);
            sheet.write_formula(row, column, formula).expect("a formula");
        }
        No => {}
    }
}

const RULES: &[C] = &[
    T("Prioritet"),
    T("Segment"),
    T("Regelelement"),
    T("Regelværdi"),
    T("Fagsystem"),
    T("Gyldig fra"),
    T("Gyldig til"),
    T("Aktiv"),
    T("Note"),
];

const FAGSYSTEMS: &[C] = &[
    T("Id"),
    T("Navn"),
    T("Endpoint"),
    T("Aktiv"),
    T("Adgang"),
    T("Header"),
    T("Sek. til forbindelse"),
    T("Sek. til svar"),
    T("Kontaktperson"),
    T("Note"),
];

const POINTS: &[C] = &[
    T("Id"),
    T("Titel"),
    T("Kontaktgrupper"),
    T("Maks. MB"),
    T("Maks. bilag"),
    T("Koder"),
    T("Målgrupper"),
    T("Søgeord"),
];

const FROM: C = D(2024, 1, 1, 0);
const KP: C = T("Kontaktpunkt");

fn lines(faults: &[String]) -> Vec<&str> {
    faults.iter().map(String::as_str).collect()
}

/// In the order of sheets, rows and columns.
const FAULTS: [&str; 54] = [
    "Regler!A3: priority 1 is taken already, at Regler!A2; priorities are unique within an authority",
    "Regler!A4: '0,5' is no priority: a whole number from 1 to 4,294,967,295",
    "Regler!A5: 'nul' is no priority: a whole number from 1 to 4,294,967,295",
    "Regler!B5: 'borgere' is not possible here; choose one of alle, person, virksomhed, myndighed",
    "Regler!C5: 'emne' is not possible here; choose one of Kontaktpunkt, Kontaktgruppe, Afsender CVR-nr., Modtager \
         CVR-nr., KLE, FORM, Post uden kontaktpunkt",
    "Regler!E5: there is no business system with the name or id 'findes ikke'",
    "Regler!F5: 'i går' is no date: write it as 25-10-2020",
    "Regler!D6: the column 'Regelværdi' must be filled in",
    "Regler!E6: several business systems are called 'ens'; write the id of the one: a, b",
    "Regler!F6: the date '31-02-2024' is not in the calendar",
    "Regler!D7: Excel has made this the number 27,3, and zeros may be lost; make the cell text, and write it anew",
    "Regler!F7: the date has a time of day; a date alone belongs here",
    "Regler!D8: Excel has made this the number 27, and zeros may be lost; make the cell text, and write it anew",
    "Regler!F8: '45000' is no date: write it as 25-10-2020",
    "Regler!D9: '27.3' is no KLE number: two digits a level with dots between, or 'from - to' of such numbers",
    "Regler!G9: the last day (Gyldig til) lies before the first (Gyldig fra)",
    "Regler!D10: the interval '35 - 31' ends before it begins",
    "Regler!H10: 'måske' is not possible here; choose one of ja, nej",
    "Regler!D11: Excel has made this a date, 27-12-2026; make the cell text, and write it anew",
    "Regler!D12: Excel has made this the number 1102036, and zeros may be lost; make the cell text, and write it anew",
    "Regler!D13: '(udeladt)' is no CVR number: that has exactly eight digits",
    "Regler!D14: 'brev' is not possible here; choose one of Myndighedspost, Virksomhedspost, Ikke angivet",
    "Regler!D15: 2 contact points are called 'Børn'; write the id of the one",
    "Regler!D16: the quotation marks do not fit; inside such marks, each is written twice",
    "Regler!F16: the cell shows the error #DIV/0!; mend its formula, or write the value itself",
    "Regler!A17: the cell shows the error #REF!; mend its formula, or write the value itself",
    "Regler!I17: a text belongs here, not 'FALSK'",
    "Regler!J17: there is something here, but no heading above it; write one, or empty the cell",
    "Fagsystemer!C3: 'ftp://127.0.0.1/' is no endpoint: that begins with http:// or https:// and names a host",
    "Fagsystemer!F4: 'Host': this header has a meaning of its own in HTTP; choose another, such as X-Api-Key or \
         Authorization",
    "Fagsystemer!G4: '0' is no whole number of seconds from 1 to 3,600",
    "Fagsystemer!H4: '3601' is no whole number of seconds from 1 to 3,600",
    "Fagsystemer!A5: the business system id 'b' is taken already, at Fagsystemer!A4",
    "Fagsystemer!F5: a header belongs here only where Adgang is 'header'",
    "Fagsystemer!G5: 'ti' is no whole number of seconds from 1 to 3,600",
    "Fagsystemer!A6: the column 'Id' must be filled in",
    "Fagsystemer!E6: 'nøgle' is not possible here; choose one of ingen, header, klientcertifikat",
    "Fagsystemer!F7: 'æøå': a header's name has 1 to 64 letters, digits or hyphens",
    "kontaktpunkter!C2: 'a >' has a contact group without a name",
    "kontaktpunkter!D2: '0' is no number of megabytes, more than 0 and less than 1,000,000",
    "kontaktpunkter!E2: '1,5' is no whole number, 0 or more",
    "kontaktpunkter!F2: 'KLE' is no code: write kind, code and name, such as KLE 27.36 Navn",
    "kontaktpunkter!G2: 'alle' is not possible here; choose one of borger, virksomhed, myndighed",
    "kontaktpunkter!H2: the quotation marks do not fit; inside such marks, each is written twice",
    "kontaktpunkter!A3: the contact point id 'K1' is taken already, at kontaktpunkter!A2",
    "kontaktpunkter!C3: the quotation marks do not fit; inside such marks, each is written twice",
    "kontaktpunkter!E3: '-1' is no whole number, 0 or more",
    "MYNDIGHED!A2: Excel has made this the number 1102036, and zeros may be lost; make the cell text, and write it \
         anew",
    "MYNDIGHED!C2: '1122334' is no CVR number: that has exactly eight digits",
    "MYNDIGHED!D2: there is no business system with the name or id 'væk'",
    "MYNDIGHED!A3: a file holds one authority; take the others in by files of their own",
    "'Kendte myndigheder'!C1: the column 'CVR' is there already, at 'Kendte myndigheder'!B1",
    "'Kendte myndigheder'!D1: the column 'Adresse' is unknown here; known are CVR, Navn",
    "'Kendte myndigheder'!B2: the column 'CVR' must be filled in",
];

#[test]
fn every_fault_of_a_workbook_is_told_by_its_cell() {
    let bytes = workbook(&[
        (
            "Regler",
            &[
                RULES,
                &[T("1"), T("Alle"), KP, T("x"), T("ESDH"), FROM, No, B(true), No],
                &[N(1.0), T("alle"), KP, T("x"), T("esdh"), FROM],
                &[N(0.5), T("alle"), KP, T("x"), T("esdh"), FROM],
                &[T("nul"), T("borgere"), T("emne"), T("x"), T("findes ikke"), T("i går")],
                &[N(5.0), T("alle"), KP, No, T("ens"), T("31-02-2024")],
                &[N(6.0), T("alle"), T("KLE"), N(27.3), T("esdh"), D(2024, 1, 1, 12)],
                &[N(7.0), T("alle"), T("KLE"), N(27.0), T("esdh"), N(45_000.0)],
                &[N(8.0), T("alle"), T("KLE"), T("27.3"), T("esdh"), FROM, D(2023, 12, 31, 0)],
                &[N(9.0), T("alle"), T("FORM"), T("35 - 31"), T("esdh"), FROM, No, T("måske")],
                &[N(10.0), T("alle"), T("KLE"), D(2026, 12, 27, 0), T("esdh"), FROM],
                &[N(11.0), T("alle"), T("Afsender CVR-nr."), N(1_102_036.0), T("esdh"), FROM],
                &[N(12.0), T("alle"), T("Modtager CVR-nr."), T("2512169996"), T("esdh"), FROM],
                &[N(13.0), T("alle"), T("Post uden kontaktpunkt"), T("brev"), T("esdh"), FROM],
                &[N(14.0), T("alle"), KP, T("Børn"), T("esdh"), FROM],
                &[N(15.0), T("alle"), KP, T("\"åben"), T("esdh"), F("#DIV/0!")],
                &[F("#REF!"), T("alle"), KP, T("x"), T("esdh"), FROM, No, No, B(false), T("ekstra")],
                &[],
                &[N(16.0), T("alle"), T("KLE"), N(27.36), T("esdh"), FROM],
            ],
        ),
        (
            "Fagsystemer",
            &[
                FAGSYSTEMS,
                &[T("esdh"), T("ESDH"), T("http://127.0.0.1:9101/")],
                &[T("a"), T("Ens"), T("ftp://127.0.0.1/")],
                &[T("b"), T("ens"), T("http://x/"), No, T("header"), T("Host"), N(0.0), N(3601.0)],
                &[T("b"), T("c"), T("http://x/"), No, T("ingen"), T("X-Api-Key"), T("ti")],
                &[No, T("d"), T("http://x/"), No, T("nøgle")],
                &[T("e"), T("e"), T("http://x/"), No, T("header"), T("æøå")],
            ],
        ),
        (
            "kontaktpunkter",
            &[
                POINTS,
                &[T("k1"), T("Børn"), T("a > ; b"), N(0.0), N(1.5), T("KLE"), T("alle"), T("\"a")],
                &[T("K1"), T("børn"), T("\"a"), T("0,5"), N(-1.0)],
            ],
        ),
        (
            "MYNDIGHED",
            &[
                &[T("cvr"), T("navn"), T("Flere CVR"), T("Opsamlingssystem")],
                &[N(1_102_036.0), T("Eksempelby"), T("11223344; 1122334; 11223344"), T("væk")],
                &[T("01102036"), T("En til"), No, T("esdh")],
            ],
        ),
        ("Kendte myndigheder", &[&[T("Navn"), T("Cvr"), T("CVR"), T("Adresse")], &[T("Uden nummer")]]),
        ("Kladde", &[&[T("hvad som helst")]]),
    ]);
    let found = faults(&bytes, "bog.xlsx", &sample(), sample_cvr());
    for (found, expected) in found.iter().zip(FAULTS) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), FAULTS.len());
}

/// Whatever its name, which is not reported if it may name a person.
#[test]
fn a_lone_sheet_is_known_by_its_headings() {
    let rows: &[&[C]] = &[&[T("CVR"), T("Navn")], &[T("251216-9996"), T("x")]];
    let bytes = workbook(&[("251216-9996", rows)]);
    let expected = ["'(udeladt)'!A2: '(udeladt)' is no CVR number: that has exactly eight digits"];
    assert_eq!(lines(&faults(&bytes, "bog.xlsx", &sample(), sample_cvr())), expected);
}

#[test]
fn a_missing_column_is_told_at_the_headings() {
    let bytes = workbook(&[
        ("Regler", &[&[], &[No, T("Prioritet"), T("Segment")], &[No, N(1.0), T("alle")]]),
        ("Fagsystemer", &[]),
    ]);
    let expected = [
        "Regler!B2: the column 'Regelelement' is missing",
        "Regler!B2: the column 'Regelværdi' is missing",
        "Regler!B2: the column 'Fagsystem' is missing",
        "Regler!B2: the column 'Gyldig fra' is missing",
        "Fagsystemer!A1: the first row must hold the headings, and there is nothing here",
    ];
    assert_eq!(lines(&faults(&bytes, "bog.xlsx", &sample(), sample_cvr())), expected);
}

#[test]
fn what_contradicts_the_rest_of_the_draft_is_told_too() {
    let mut draft = sample();
    draft.authorities.push(authority(cvr("11223344"), Vec::new()));
    let fagsystems = workbook(&[("Fagsystemer", &[FAGSYSTEMS, &[T("ydelse"), T("Ydelse"), T("http://x/")]])]);
    let expected = [
        "Fagsystemer!A1: the business system 'byggesag' is not here, but 2 rules still name it; keep it, or bring what names it \
         along",
        "Fagsystemer!A1: the business system 'dagtilbud' is not here, but 2 rules still name it; keep it, or bring what names \
         it along",
        "Fagsystemer!A1: the business system 'esdh' is not here, but 1 rule and the default recipient still name it; keep it, \
         or bring what names it along",
        "Fagsystemer!A1: the business system 'jobcenter' is not here, but 2 rules still name it; keep it, or bring what names \
         it along",
    ];
    assert_eq!(lines(&faults(&fagsystems, "bog.xlsx", &draft, sample_cvr())), expected);
    for (own, others) in [("01102036", "11223344"), ("11223344", "01102036")] {
        let row: &[C] = match own {
            "01102036" => &[T("01102036"), T("11 22 33 44")],
            _ => &[T("11223344"), T("01102036, 99999999,99999999")],
        };
        let bytes = workbook(&[("Myndighed", &[&[T("CVR"), T("Flere CVR")], row])]);
        let found = faults(&bytes, "bog.xlsx", &draft, sample_cvr());
        let expected = format!(
            "Myndighed!B2: another authority, {others}, answers for CVR number {others} already; a recipient is found by it"
        );
        assert_eq!(found[0], expected);
        let twice = "Myndighed!B2: CVR number 99999999 is taken already, at Myndighed!B2; a recipient is found by it";
        assert_eq!(found[1..], if own == "11223344" { vec![twice] } else { Vec::new() });
    }
}

#[test]
fn a_new_authority_must_bring_its_fagsystems_and_its_default() {
    let lone = workbook(&[("Myndighed", &[&[T("CVR")], &[N(66_137_112.0)]])]);
    let expected = [
        "Myndighed!A1: the column 'Navn' is missing",
        "Myndighed!A1: the column 'Opsamlingssystem' is missing",
        "Myndighed!A2: the authority 66137112 is new, so the file must have the sheet 'Fagsystemer'",
    ];
    assert_eq!(lines(&faults(&lone, "bog.xlsx", &sample(), sample_cvr())), expected);
    let nobody = workbook(&[("Myndighed", &[&[T("CVR"), T("Navn")]])]);
    let expected = ["Myndighed!A1: the authority is missing: one row with its CVR number and name"];
    assert_eq!(lines(&faults(&nobody, "bog.xlsx", &sample(), sample_cvr())), expected);
}

#[test]
fn what_is_wrong_in_the_draft_besides_stays_and_is_not_told() {
    let mut draft = sample();
    let mut other = authority(cvr("11223344"), Vec::new());
    other.fagsystems.clear();
    draft.authorities.push(other);
    let rules = &mut draft.authorities[0].rules;
    rules.push(rules[0].clone());
    let faults_before = draft.faults();
    assert_eq!(faults_before.len(), 2);
    let points = workbook(&[("Kontaktpunkter", &[POINTS])]);
    let read = read(&points, "bog.xlsx", &draft, sample_cvr()).expect("no fault of its own");
    assert_eq!(read.book.faults(), faults_before);
    assert!(read.book.authorities[0].contact_points.is_empty());
    assert_eq!(read.notices.len(), 5, "{:?}", read.notices);
}

#[test]
fn what_is_no_table_is_told_as_such() {
    use TablesError::{Foreign, NoKnownHeadings, NoKnownSheet, NotTables, TooLarge};
    let book = RuleBook::default();
    let error_of = |bytes: &[u8], name| read(bytes, name, &book, sample_cvr()).unwrap_err();
    assert_eq!(error_of(b"", "tom.csv"), NoKnownHeadings);
    assert_eq!(error_of(b"hej\r\nmed dig", "brev.csv"), NoKnownHeadings);
    assert_eq!(error_of(b"hej", "brev.xlsx"), Foreign(ForeignTable::Text));
    assert_eq!(error_of(b"PK\x03\x04hej", "brev.xlsx"), NotTables);
    assert_eq!(error_of(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1hej", "brev.xls"), NotTables);
    assert_eq!(error_of(&vec![b' '; (32 << 20) + 1], "stor.csv"), TooLarge);
    let other = workbook(&[("Ark1", &[&[T("Prioritet")]]), ("Ark2", &[&[T("Id")]])]);
    assert_eq!(error_of(&other, "bog.xlsx"), NoKnownSheet { misspelt: Vec::new() });
    let desk = Desk::new();
    let whole = desk.workbook(&sample(), sample_cvr());
    assert_eq!(error_of(&whole[..whole.len() / 2], "halv.xlsx"), NotTables);
}
