//! Tables for spreadsheets, read back.

use std::fs;
use std::path::Path;
use std::time::Duration;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use jiff::Timestamp;
use postfordeler::exchange::{SheetCell, SheetColumn, SheetFormat, SheetWriter, write_atomically};
use tempfile::TempDir;

const COLUMNS: [SheetColumn; 4] = [
    SheetColumn { title: "Nr.", width: 8.0 },
    SheetColumn { title: "Modtaget", width: 19.0 },
    SheetColumn { title: "Titel; »æøå«", width: 30.0 },
    SheetColumn { title: "Varighed", width: 12.0 },
];

fn moment(text: &str) -> SheetCell {
    SheetCell::Moment(text.parse::<Timestamp>().expect("a time"))
}

fn text(text: &str) -> SheetCell {
    SheetCell::Text(text.to_owned())
}

fn rows() -> Vec<[SheetCell; 4]> {
    let took = |micros| SheetCell::Milliseconds(Duration::from_micros(micros));
    vec![
        // Summer time, and a day that begins in Denmark before it does in UTC.
        [SheetCell::Whole(3), moment("2026-07-15T22:30:05.9Z"), text("Børn; \"familie\""), took(1_500)],
        [SheetCell::Whole(2), moment("2026-11-23T11:59:12Z"), text("to\nlinjer"), took(2_004_030)],
        [SheetCell::Whole(104_333_312), moment("2026-01-01T00:00:00Z"), SheetCell::Empty, took(0)],
    ]
}

fn write(path: &Path, format: SheetFormat, rows: &[[SheetCell; 4]]) {
    let mut writer = SheetWriter::create(path, format, "Meddelelser", &COLUMNS).expect("begun");
    for row in rows {
        writer.write(row).expect("written");
    }
    writer.finish().expect("finished");
}

#[test]
fn a_csv_file_is_one_that_a_danish_excel_opens() {
    let home = TempDir::new().expect("a directory");
    let path = home.path().join("log.csv");
    write(&path, SheetFormat::Csv, &rows());
    let expected = "\u{feff}Nr.;Modtaget;\"Titel; »æøå«\";Varighed\r\n\
                    3;16-07-2026 00:30:05;\"Børn; \"\"familie\"\"\";1,500\r\n\
                    2;23-11-2026 12:59:12;\"to\nlinjer\";2004,030\r\n\
                    104333312;01-01-2026 01:00:00;;0,000\r\n";
    assert_eq!(fs::read_to_string(&path).expect("UTF-8"), expected);
}

#[test]
fn nothing_that_others_wrote_becomes_a_formula() {
    let home = TempDir::new().expect("a directory");
    let traps = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\r\n1",
        "\t",
        "＝1+1",
        "＋1",
        "－1",
        "＠1",
        " =1",
        "\u{a0}+1",
        "\"=1+1\"",
        "\u{200b}=1",
        " \" ＝1",
        "'=1",
        "=HYPERLINK(\"http://x\";\"y\")",
        "a=1",
    ];
    let rows: Vec<_> = traps.iter().map(|trap| rows_with(trap)).collect();
    let (csv, excel) = (home.path().join("log.csv"), home.path().join("log.xlsx"));
    write(&csv, SheetFormat::Csv, &rows);
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(&csv).expect("it opens");
    let read: Vec<String> = reader.records().map(|record| record.expect("a row")[2].to_owned()).collect();
    let disarmed: Vec<_> =
        traps.iter().map(|trap| if *trap == "a=1" { (*trap).to_owned() } else { format!("'{trap}") }).collect();
    assert_eq!(read, disarmed);
    write(&excel, SheetFormat::Excel, &rows);
    let mut book: Xlsx<_> = open_workbook(&excel).expect("it opens");
    let formulas = book.worksheet_formula("Meddelelser").expect("a sheet");
    assert_eq!(formulas.used_cells().count(), 0);
    let sheet = book.worksheet_range("Meddelelser").expect("a sheet");
    let column: Vec<_> = (1..=8).map(|row| sheet.get_value((row, 2)).expect("a cell").to_string()).collect();
    assert_eq!(sheet.get_value((1, 2)), Some(&Data::String("=1+1".to_owned())));
    assert_eq!(column[..4], traps[..4], "as texts, and as they are");
}

/// What a CSV file holds in its third column, and how that is written.
fn third_cells(texts: &[String]) -> Vec<String> {
    let home = TempDir::new().expect("a directory");
    let path = home.path().join("log.csv");
    let rows: Vec<_> = texts.iter().map(|text| rows_with(text)).collect();
    write(&path, SheetFormat::Csv, &rows);
    let written = fs::read_to_string(&path).expect("UTF-8");
    // Every row begins alike.
    let beginning = "\r\n3;16-07-2026 00:30:05;";
    let rows = written.split(beginning).skip(1);
    rows.map(|row| row.trim_end().strip_suffix(";1,500").expect("the fourth cell").to_owned()).collect()
}

#[test]
fn of_each_case_no_program_takes_a_part_for_a_formula() {
    let cases: Vec<String> =
        serde_json::from_str(include_str!("../data/cases/security/exports/cells.json")).expect("JSON");
    assert_eq!(cases.len(), 7);
    let expected = ["\"x,=1+1\"", "\"'\n=1+1\"", "'\u{ff1d}1+1", "'\u{ff0b}1", "'\u{ff20}1", "'=1+1", "\"'\t=1\""];
    assert_eq!(third_cells(&cases), expected);
    // What separates cells in any program, and what ends a quotation, is within one.
    let separating = ["a;b", "a,b", "a\tb", "a\"b", "a\rb", "a\nb"].map(str::to_owned);
    let written = third_cells(&separating);
    assert_eq!(written, ["\"a;b\"", "\"a,b\"", "\"a\tb\"", "\"a\"\"b\"", "\"a\rb\"", "\"a\nb\""]);
    assert_eq!(third_cells(&["Børn & unge".to_owned()]), ["Børn & unge"], "what needs no marks has none");
}

fn rows_with(trap: &str) -> [SheetCell; 4] {
    let [number, time, _, took] = rows().remove(0);
    [number, time, text(trap), took]
}

#[test]
fn an_excel_file_has_numbers_and_real_dates() {
    let home = TempDir::new().expect("a directory");
    let path = home.path().join("log.xlsx");
    write(&path, SheetFormat::Excel, &rows());
    let mut book: Xlsx<_> = open_workbook(&path).expect("it opens");
    assert_eq!(book.sheet_names(), ["Meddelelser"]);
    let sheet = book.worksheet_range("Meddelelser").expect("a sheet");
    assert_eq!(sheet.get_size(), (4, 4));
    let titles: Vec<_> = (0..4).map(|column| sheet.get_value((0, column)).expect("a title").to_string()).collect();
    assert_eq!(titles, COLUMNS.map(|column| column.title));
    assert_eq!(sheet.get_value((1, 0)).and_then(DataType::get_float), Some(3.0));
    let Some(Data::DateTime(received)) = sheet.get_value((1, 1)) else { panic!("no date: {sheet:?}") };
    let (year, month, day, hour, minute, second, _) = received.to_ymd_hms_milli();
    assert_eq!((year, month, day, hour, minute, second), (2026, 7, 16, 0, 30, 5));
    assert_eq!(sheet.get_value((1, 2)), Some(&Data::String("Børn; \"familie\"".to_owned())));
    assert_eq!(sheet.get_value((2, 3)).and_then(DataType::get_float), Some(2004.03));
    assert!(sheet.get_value((3, 2)).is_none_or(DataType::is_empty));
}

#[test]
fn a_table_without_rows_has_its_head() {
    let home = TempDir::new().expect("a directory");
    let (csv, excel) = (home.path().join("log.csv"), home.path().join("log.xlsx"));
    write(&csv, SheetFormat::Csv, &[]);
    assert_eq!(fs::read_to_string(&csv).expect("UTF-8").lines().count(), 1);
    write(&excel, SheetFormat::Excel, &[]);
    let mut book: Xlsx<_> = open_workbook(&excel).expect("it opens");
    assert_eq!(book.worksheet_range("Meddelelser").expect("a sheet").get_size(), (1, 4));
}

#[test]
fn a_file_that_is_being_written_is_nobody_elses() {
    let home = TempDir::new().expect("a directory");
    let (path, others) = (home.path().join("log.csv"), home.path().join("log.csv.part"));
    fs::write(&others, "en andens").expect("written");
    write(&path, SheetFormat::Csv, &rows());
    write_atomically(&path, b"nyt").expect("written");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "nyt");
    assert_eq!(fs::read_to_string(&others).expect("it is there"), "en andens");
    assert_eq!(fs::read_dir(home.path()).expect("a directory").count(), 2);
    let error = write_atomically(&home.path().join("findes/ikke.csv"), b"nyt").expect_err("no directory");
    assert!(error.to_string().contains("ikke.csv"), "{error}");
}

#[test]
fn what_is_given_up_leaves_nothing_behind_and_what_stood_there_stays() {
    let home = TempDir::new().expect("a directory");
    let path = home.path().join("log.csv");
    fs::write(&path, "tidligere").expect("written");
    for format in [SheetFormat::Csv, SheetFormat::Excel] {
        let mut writer = SheetWriter::create(&path, format, "Meddelelser", &COLUMNS).expect("begun");
        writer.write(&rows()[0]).expect("written");
        drop(writer);
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "tidligere");
        assert_eq!(fs::read_dir(home.path()).expect("a directory").count(), 1);
    }
    write(&path, SheetFormat::Csv, &rows());
    assert_ne!(fs::read_to_string(&path).expect("it is there"), "tidligere");
    let nowhere = home.path().join("findes/ikke.csv");
    let error = SheetWriter::create(&nowhere, SheetFormat::Csv, "Meddelelser", &COLUMNS).err().expect("no directory");
    assert!(error.to_string().contains("ikke.csv"), "{error}");
}
