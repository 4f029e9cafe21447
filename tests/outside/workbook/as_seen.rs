//! Files are read as their authors saw them, or the reason is reported why that is unknown.

use postfordeler::exchange::{FileKind, ForeignTable, TablesError, TablesImport};
use postfordeler::rules::{Criterion, Rule};

use super::hostile::{open_document, text_cell, zipped};
use super::{faults, read, sample, sample_cvr, taken};

macro_rules! case {
    ($name:literal) => {
        (include_bytes!(concat!("../../data/cases/files/", $name)).as_slice(), $name)
    };
}

pub(super) use case;

pub(super) type Case = (&'static [u8], &'static str);

pub(super) fn taken_case((bytes, name): Case) -> TablesImport {
    taken(bytes, name, &sample(), sample_cvr())
}

fn faults_of((bytes, name): Case) -> Vec<String> {
    faults(bytes, name, &sample(), sample_cvr())
}

pub(super) fn told(case: Case) -> Vec<(String, String)> {
    let faults = faults_of(case);
    let parts = faults.iter().map(|fault| fault.split_once(": ").expect("a place and words"));
    parts.map(|(place, words)| (place.to_owned(), words.to_owned())).collect()
}

fn rules(read: &TablesImport) -> Vec<&Rule> {
    read.book.authority(sample_cvr()).expect("it is there").rules_in_order()
}

fn notices(read: &TablesImport) -> Vec<String> {
    read.notices.iter().map(ToString::to_string).filter(|notice| !notice.contains("has no column")).collect()
}

const HEADINGS: &str = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra;Gyldig til;Aktiv;Note";

/// A cell of Excel's with a text.
fn text(reference: &str, text: &str) -> String {
    format!(r#"<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// The row of headings of rules.
fn headings() -> String {
    let cells = HEADINGS.split(';').zip('A'..);
    let cells: String = cells.map(|(heading, column)| text(&format!("{column}1"), heading)).collect();
    format!(r#"<row r="1">{cells}</row>"#)
}

/// A rule's cells up to the last day.
fn rule(row: usize, priority: usize) -> String {
    let texts = [('B', "alle"), ('C', "KLE"), ('D', "27.36"), ('E', "esdh"), ('F', "25-10-2020")];
    let texts: String = texts.iter().map(|(column, it)| text(&format!("{column}{row}"), it)).collect();
    format!(r#"<c r="A{row}"><v>{priority}</v></c>{texts}"#)
}

/// A workbook of Excel's with these sheets: name, state, and the XML beside and in its data.
pub(super) fn excel(sheets: &[(&str, &str, &str)], styles: &str) -> Vec<u8> {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let numbered = || (1..).zip(sheets);
    let told = numbered()
        .map(|(number, (name, state, _))| format!(r#"<sheet name="{name}" state="{state}" r:id="r{number}"/>"#))
        .collect::<Vec<_>>()
        .concat();
    let book = format!(r#"<workbook xmlns:r="{relations}"><sheets>{told}</sheets></workbook>"#);
    let of_sheets = numbered()
        .map(|(number, _)| {
            format!(
                r#"<Relationship Id="r{number}" Type="{relations}/worksheet" Target="/xl/worksheets/{number}.xml"/>"#
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let of_styles = format!(r#"<Relationship Id="s" Type="{relations}/styles" Target="styles.xml"/>"#);
    let related = format!("<Relationships>{of_sheets}{of_styles}</Relationships>");
    let main = format!(
        r#"<Relationships><Relationship Id="m" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let styles = format!("<styleSheet>{styles}</styleSheet>");
    let parts: Vec<(String, String)> = numbered()
        .map(|(number, (_, _, sheet))| {
            (format!("xl/worksheets/{number}.xml"), format!("<worksheet>{sheet}</worksheet>"))
        })
        .collect();
    let mut all: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", main.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    zipped(&all)
}

/// A workbook with rules alone, whose rows these are.
fn book_of_rules(rows: &str) -> Vec<u8> {
    excel(&[("Regler", "visible", &format!("<sheetData>{}{rows}</sheetData>", headings()))], "")
}

fn faults_of_rules(rows: &str) -> Vec<String> {
    faults(&book_of_rules(rows), "bog.xlsx", &sample(), sample_cvr())
}

#[test]
fn rows_and_cells_stand_where_they_say() {
    let read = taken_case(case!("rows-out-of-order.xlsx"));
    let found: Vec<_> = rules(&read).iter().map(|rule| rule.priority.get()).collect();
    assert_eq!(found, [1, 2, 3]);
    let read = taken_case(case!("cells-out-of-order.xlsx"));
    let [rule] = rules(&read)[..] else { panic!("one rule") };
    let to = rule.validity.to().expect("a last day").to_string();
    assert_eq!((to.as_str(), rule.active, rule.note.as_str()), ("2026-12-31", false, "n"));
}

#[test]
fn what_stands_twice_is_told() {
    let words = "this stands twice in the file, and nobody can say which is meant; open the file in Excel or LibreOffice, \
                 look it through, and save it";
    let one = rule(2, 1);
    let twice = faults_of_rules(&format!(r#"<row r="2">{one}{}{}</row>"#, text("I2", "a"), text("I2", "b")));
    assert_eq!(twice, [format!("Regler!I2: {words}")]);
    let apart = format!(r#"<row r="2">{one}</row><row r="3">{}</row><row r="2">{}</row>"#, rule(3, 2), text("I2", "a"));
    assert_eq!(faults_of_rules(&apart), [format!("Regler!A2: {words}")]);
    // In a column that is not read, it makes the file doubtful all the same.
    let unread = format!(r#"<row r="2">{one}{}{}</row>"#, text("J2", "a"), text("J2", "a"));
    assert_eq!(faults_of_rules(&unread), [format!("Regler!J2: {words}")]);
    // A row that is begun twice and has something but once is one.
    let empty = format!(r#"<row r="2"/><row r="2">{one}</row><row r="2"><c r="A2"/></row>"#);
    assert_eq!(rules(&taken(&book_of_rules(&empty), "bog.xlsx", &sample(), sample_cvr())).len(), 1);
}

#[test]
fn cells_that_do_not_say_where_they_are_follow_each_other() {
    let cells = ["Prioritet", "Segment", "Regelelement", "Regelværdi", "Fagsystem", "Gyldig fra"];
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|it| format!("<c t='str'><v>{it}</v></c>")).collect::<Vec<_>>().concat();
        format!("<row>{cells}</row>")
    };
    let data = row(&cells) + &row(&["1", "alle", "KLE", "27.36", "esdh", "25-10-2020"]);
    let bytes = excel(&[("Regler", "visible", &format!("<sheetData>{data}</sheetData>"))], "");
    assert_eq!(rules(&taken(&bytes, "bog.xlsx", &sample(), sample_cvr())).len(), 1);
}

#[test]
fn a_formula_that_was_never_worked_out_is_told() {
    let told = told(case!("formulas-never-worked-out.xlsx"));
    let words =
        "the file has this formula, but not what it comes to; open the file in Excel or LibreOffice, and save it";
    let expected = ["Regler!G2", "Regler!H2", "Regler!I2"].map(|place| (place.to_owned(), words.to_owned()));
    assert_eq!(told, expected);
    let bare = format!(r#"<row r="2">{}<c r="I2" t="str"><f>B2</f></c></row>"#, rule(2, 1));
    assert_eq!(faults_of_rules(&bare), [format!("Regler!I2: {words}")]);
    // One whose result is an empty text has been calculated.
    let empty = format!(r#"<row r="2">{}<c r="I2" t="str"><f>""</f><v></v></c></row>"#, rule(2, 1));
    assert_eq!(rules(&taken(&book_of_rules(&empty), "bog.xlsx", &sample(), sample_cvr()))[0].note, "");
    let cell = r#"<table:table-cell table:formula="of:=[.A1]"/>"#;
    let document = open_document(&format!("<table:table-row>{cell}</table:table-row>"));
    let found = faults(&document, "bog.ods", &sample(), sample_cvr());
    assert_eq!(found, [format!("'Kendte myndigheder'!A2: {words}")]);
    // So is one in a CSV file, where a spreadsheet would show its result.
    let table = format!("{HEADINGS}\n1;alle;KLE;27.36;esdh;25-10-2020;=DATO(2026,12,31);ja;=> pil\n");
    assert_eq!(faults(table.as_bytes(), "regler.csv", &sample(), sample_cvr()), [format!("G2: {words}")]);
}

#[test]
fn a_number_that_is_no_date_is_told_in_a_cell_for_dates() {
    let expected = [("Regler!G2", "31122026"), ("Regler!G3", "20261231")];
    let expected = expected.map(|(place, number)| (place.to_owned(), words_of(number)));
    assert_eq!(told(case!("date-cell-with-31122026.xlsx")), expected);
    let styles = r#"<numFmts><numFmt numFmtId="164" formatCode="[$-406]d/\ m\ yyyy"/></numFmts>
                    <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>"#;
    let read_day = |number: &str| {
        let row = format!(r#"<row r="2">{}<c r="G2" s="1"><v>{number}</v></c></row>"#, rule(2, 1));
        let sheet = format!("<sheetData>{}{row}</sheetData>", headings());
        let bytes = excel(&[("Regler", "visible", &sheet)], styles);
        read(&bytes, "bog.xlsx", &sample(), sample_cvr())
    };
    for number in ["-1", "0", "60", "2958466", "1e300"] {
        let Err(TablesError::Faults(faults)) = read_day(number) else { panic!("{number} is no date") };
        assert_eq!(faults[0].to_string(), format!("Regler!G2: {}", words_of(number)));
    }
    let last = |read: TablesImport| rules(&read)[0].validity.to().expect("a last day").to_string();
    assert_eq!(last(read_day("2958465").expect("the last day of all")), "9999-12-31");
    assert_eq!(last(read_day("46387.0000000001").expect("a day")), "2026-12-31");
}

fn words_of(number: &str) -> String {
    format!("{number} in a cell for dates is no date, and Excel shows ######; write the date as 25-10-2020")
}

#[test]
fn a_day_is_a_day_however_iso_8601_has_it() {
    let read = taken_case(case!("iso-date-with-z.xlsx"));
    let from: Vec<_> = rules(&read).iter().map(|rule| rule.validity.from().to_string()).collect();
    assert_eq!(from, ["2020-10-25", "2020-10-25"]);
    let table = |to: &str| format!("{HEADINGS}\n1;alle;KLE;27.36;esdh;2020-10-25T00:00:00Z;{to};ja;\n");
    let read = taken(table("2026-12-31 00:00:00.000").as_bytes(), "regler.csv", &sample(), sample_cvr());
    let validity = rules(&read)[0].validity;
    assert_eq!(
        validity.from().to_string() + ", " + &validity.to().expect("a last day").to_string(),
        "2020-10-25, 2026-12-31"
    );
    let noon = faults(table("2026-12-31T12:00:00Z").as_bytes(), "regler.csv", &sample(), sample_cvr());
    assert_eq!(noon, ["G2: '2026-12-31T12:00:00Z' is no date: write it as 25-10-2020"]);
    let with = |told: &str| format!(r#"<row r="2">{}<c r="G2" t="d"><v>{told}</v></c></row>"#, rule(2, 1));
    let of_day = faults_of_rules(&with("2026-12-31T12:00:00Z"));
    assert_eq!(of_day, ["Regler!G2: the date has a time of day; a date alone belongs here"]);
    let nowhere = faults_of_rules(&with("2026-02-30T00:00:00Z"));
    assert_eq!(nowhere, ["Regler!G2: the date '2026-02-30T00:00:00Z' is not in the calendar"]);
    let offset = taken(&book_of_rules(&with("2026-12-31T00:00:00+01:00")), "bog.xlsx", &sample(), sample_cvr());
    assert_eq!(rules(&offset)[0].validity.to().expect("a last day").to_string(), "2026-12-31");
}

#[test]
fn quotation_marks_that_take_in_other_rows_are_told_where_they_begin() {
    let told_never = told(case!("quote-that-never-ends.csv"));
    let never = "the quotation mark that this begins with has no fellow, and all that follows would belong to it; write \
                 the other one, or take this one away";
    assert_eq!(told_never, [("I6".to_owned(), never.to_owned())]);
    let later = |lines: &str| {
        format!(
            "the quotation mark that this begins with ends {lines} later, after what looks like other rows; write the \
             other one where the text ends, or take this one away"
        )
    };
    assert_eq!(told(case!("quote-that-ends-rows-later.csv")), [("I2".to_owned(), later("2 lines"))]);
    let table = |notes: [&str; 3]| {
        let rows = (1..).zip(notes).map(|(at, note)| format!("{at};alle;KLE;27.36;esdh;25-10-2020;;ja;{note}\r\n"));
        format!("{HEADINGS}\r\n{}", rows.collect::<String>())
    };
    let found = |notes| faults(table(notes).as_bytes(), "regler.csv", &sample(), sample_cvr());
    // Written as a text over two lines is.
    assert_eq!(found(["\"Haster", "Slut\"", ""]), [format!("I2: {}", later("a line"))]);
    assert_eq!(found(["", "\"Haster", "Slut\""]), [format!("I3: {}", later("a line"))]);
    // A text over several lines alone is none of this, whatever it lists.
    let fine = table(["\"Haster\nfor: a; b;\nc; d\"", "\"Forskud\" - og kun det", "Den \"nye\" regel"]);
    let read = taken(fine.as_bytes(), "regler.csv", &sample(), sample_cvr());
    let notes: Vec<_> = rules(&read).iter().map(|rule| rule.note.as_str()).collect();
    assert_eq!(notes, ["Haster\nfor: a; b;\nc; d", "Forskud - og kun det", "Den \"nye\" regel"]);
}

#[test]
fn errors_are_told_by_all_their_names() {
    let shown = |error: &str| format!("the cell shows the error {error}; mend its formula, or write the value itself");
    let expected = ["Regler!I2", "Regler!D3"].map(|place| (place.to_owned(), shown("#SPILL!")));
    assert_eq!(told(case!("error-cell-spill.xlsx")), expected);
    let as_text = told(case!("error-words-as-text.csv"));
    let words = [
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#OVERLØB!",
        "#BEREGN!",
        "Err:502",
        "Fejl:502",
        "#ERROR!",
        "Loading...",
        "########",
        "#FIELD!",
    ];
    let expected: Vec<_> = (2..).zip(words).map(|(row, word)| (format!("D{row}"), shown(word))).collect();
    assert_eq!(as_text, expected);
    let row = |note: &str| format!("{HEADINGS}\n1;alle;KLE;27.36;esdh;25-10-2020;;ja;{note}\n");
    for word in
        ["#I/T", "#REFERENCE!", "#NAVN?", "#DIVISION/0!", "#NUL!", "#VÆRDI!", "#REF!", "#N/A", "#FELT!", "#BLOKERET!"]
    {
        assert_eq!(faults(row(word).as_bytes(), "r.csv", &sample(), sample_cvr()), [format!("I2: {}", shown(word))]);
    }
    for word in ["#1 i køen", "# Husk!", "Err: 502", "#VIGTIGT!", "Fejl:12"] {
        assert_eq!(rules(&taken(row(word).as_bytes(), "r.csv", &sample(), sample_cvr()))[0].note, word);
    }
}

#[test]
fn what_stands_on_other_sheets_is_in_nobodys_way() {
    let read = taken_case(case!("error-cell-on-a-sheet-not-read.xlsx"));
    assert_eq!(notices(&read), ["the sheet 'Beregninger' is not one of Postfordeler's, and was not read"]);
    let rules_sheet = format!(r#"<sheetData>{}<row r="2">{}</row></sheetData>"#, headings(), rule(2, 1));
    for wrong in
        ["<sheetData><row r='1'><c r='?'><v>1</v></c></row></sheetData>", "<a></b>", "<sheetData><c t='s'><v>9</v></c>"]
    {
        let bytes = excel(&[("Lister", "visible", wrong), ("Regler", "visible", &rules_sheet)], "");
        let read = taken(&bytes, "bog.xlsx", &sample(), sample_cvr());
        assert_eq!(notices(&read), ["the sheet 'Lister' is not one of Postfordeler's, and was not read"], "{wrong}");
    }
}

#[test]
fn a_hidden_sheet_is_read_and_told() {
    let sheet = format!(r#"<sheetData>{}<row r="2">{}</row></sheetData>"#, headings(), rule(2, 1));
    for state in ["hidden", "veryHidden"] {
        let read = taken(&excel(&[("Regler", state, &sheet)], ""), "bog.xlsx", &sample(), sample_cvr());
        assert_eq!(
            (rules(&read).len(), notices(&read).as_slice()),
            (1, &["the sheet 'Regler' is hidden, and was read all the same".to_owned()][..])
        );
    }
    let content = format!(
        r#"<office:document-content><office:automatic-styles>
             <style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>
             <style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
           </office:automatic-styles><office:body><office:spreadsheet>
             <table:table table:name="Kendte myndigheder" table:style-name="ta2">
               <table:table-row>{}</table:table-row><table:table-row>{}</table:table-row>
             </table:table>
           </office:spreadsheet></office:body></office:document-content>"#,
        text_cell("CVR", ""),
        text_cell("33236498", "")
    );
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    let bytes = zipped(&[("mimetype", mimetype), ("content.xml", content.as_bytes())]);
    let read = taken(&bytes, "bog.ods", &sample(), sample_cvr());
    assert_eq!(notices(&read), ["the sheet 'Kendte myndigheder' is hidden, and was read all the same"]);
    assert_eq!(read.book.known_authorities.len(), 1);
}

#[test]
fn what_merged_cells_cover_is_not_read() {
    let covered = format!(
        "<table:table-row>{}<table:covered-table-cell office:value-type=\"string\"><text:p>Skjult</text:p>\
         </table:covered-table-cell></table:table-row>",
        text_cell("33236498", r#"table:number-columns-spanned="2""#)
    );
    let read = taken(&open_document(&covered), "bog.ods", &sample(), sample_cvr());
    assert_eq!(read.book.known_authorities[0].name, "");
    let sheet = format!(
        r#"<sheetData>{}<row r="2">{}{}{}</row></sheetData><mergeCells><mergeCell ref="H2:I3"/></mergeCells>"#,
        headings(),
        rule(2, 1),
        text("H2", "nej"),
        text("I2", "Skjult")
    );
    let read = taken(&excel(&[("Regler", "visible", &sheet)], ""), "bog.xlsx", &sample(), sample_cvr());
    assert_eq!((rules(&read)[0].active, rules(&read)[0].note.as_str()), (false, ""));
}

#[test]
fn a_text_behind_an_equals_sign_is_that_text() {
    let read = taken_case(case!("text-kept-by-equals-sign.csv"));
    let [group, point] = rules(&read)[..] else { panic!("two rules") };
    let Criterion::ContactGroup(name) = &group.criterion else { panic!("{:?}", group.criterion) };
    assert_eq!((name.as_str(), group.note.as_str()), ("Byg og bolig", "0012"));
    let Criterion::ContactPoint(id) = &point.criterion else { panic!("{:?}", point.criterion) };
    assert_eq!(id.as_str(), "5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10");
}

#[test]
fn a_sheet_without_anything_is_none() {
    let read = taken_case(case!("lone-table-and-two-empty-sheets.xlsx"));
    assert_eq!((rules(&read).len(), notices(&read)), (1, Vec::new()));
    let empty = "<sheetData><row r='1'><c r='A1' s='1'/><c r='B1' t='str'><v> </v></c></row></sheetData>";
    let lone = format!("<sheetData>{}<row>{}</row></sheetData>", headings(), rule(2, 1));
    let bytes = excel(&[("Ark1", "visible", empty), ("Ark2", "visible", &lone), ("Ark3", "hidden", "")], "");
    assert_eq!(rules(&taken(&bytes, "bog.xlsx", &sample(), sample_cvr())).len(), 1);
    let table = |name: &str, rows: &str| format!(r#"<table:table table:name="{name}">{rows}</table:table>"#);
    let rows = format!(
        "<table:table-row>{}</table:table-row><table:table-row>{}</table:table-row>",
        text_cell("CVR", ""),
        text_cell("33236498", "")
    );
    let empty = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>"#;
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{}{}</office:spreadsheet></office:body>\
         </office:document-content>",
        table("Ark1", empty),
        table("Ark2", &rows)
    );
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    let bytes = zipped(&[("mimetype", mimetype), ("content.xml", content.as_bytes())]);
    assert_eq!(taken(&bytes, "bog.ods", &sample(), sample_cvr()).book.known_authorities.len(), 1);
}

#[test]
fn elements_that_readers_need_not_know_are_passed_over() {
    let read = taken_case(case!("cell-with-extension-list.xlsx"));
    assert_eq!(rules(&read)[0].note, "n");
    let cell = r#"<c r="I2" t="inlineStr"><extLst><ext><is><t>x</t></is><v>y</v></ext></extLst>
                  <is><r><rPr><b/></rPr><t>a</t></r><rPh sb="0" eb="1"><t>udtale</t></rPh><r><t>_x0041_b</t></r></is></c>"#;
    let row = format!(r#"<row r="2">{}{cell}<extLst><ext><c r="I2"/></ext></extLst></row>"#, rule(2, 1));
    let read = taken(&book_of_rules(&row), "bog.xlsx", &sample(), sample_cvr());
    assert_eq!(rules(&read)[0].note, "aAb");
}

#[test]
fn tables_of_other_makes_are_told_for_what_they_are() {
    let excel_2003 = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook \
                      xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>";
    let page = "\u{feff}\r\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">\n<!-- <KLE-Emneplan> -->\n<HTML><BODY>";
    let archive =
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n";
    let sylk = "ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"CVR\"\r\nE\r\n";
    let (fods, html) = (case!("flat-open-document.fods"), case!("html-named-xls.xls"));
    let utf_16: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let makes: [(&[u8], &str, ForeignTable); 9] = [
        (html.0, html.1, ForeignTable::Html),
        (page.as_bytes(), "liste.xls", ForeignTable::Html),
        (&utf_16, "liste.htm", ForeignTable::Html),
        (fods.0, fods.1, ForeignTable::FlatOpenDocument),
        (excel_2003.as_bytes(), "bog.xml", ForeignTable::SpreadsheetMl),
        (archive.as_bytes(), "bog.mht", ForeignTable::WebArchive),
        (sylk.as_bytes(), "bog.slk", ForeignTable::OldExchange),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00", "bog.xls", ForeignTable::OldExchange),
        (b"CVR\tNavn\r\n33236498\tx\r\n", "bog.xls", ForeignTable::Text),
    ];
    for (bytes, name, make) in makes {
        assert_eq!(FileKind::of(name, bytes), Some(FileKind::Tables), "{name}");
        assert_eq!(read(bytes, name, &sample(), sample_cvr()), Err(TablesError::Foreign(make)), "{name}");
    }
    let words = TablesError::Foreign(ForeignTable::Html).to_string();
    assert!(words.ends_with("save it as .xlsx, .ods or CSV UTF-8"), "{words}");
    // A plan of KLE numbers is none of them, whatever it is called.
    let plan = include_bytes!("../../data/kle/emneplan-uddrag.xml");
    assert_eq!(FileKind::of("plan.xls", plan), Some(FileKind::KlePlan));
}

#[test]
fn a_column_that_is_filled_down_is_told_once() {
    let read = taken_case(case!("column-filled-down-20000-rows.xlsx"));
    assert_eq!(rules(&read).len(), 1);
    let expected =
        "Regler!H3:H20000: 19998 rows here have nothing in the columns that must be filled in, and were not read";
    assert_eq!(notices(&read), [expected]);
}

#[test]
fn a_thousand_faults_of_a_kind_are_told_once_with_their_range() {
    let rows = |days: &dyn Fn(usize) -> String| {
        let row = |at: usize| format!("{};alle;KLE;27.36;esdh;25-10-2020;{};ja;\n", at - 1, days(at));
        format!("{HEADINGS}\n{}", (2..=2_001).map(row).collect::<String>())
    };
    let found = |table: String| faults(table.as_bytes(), "regler.csv", &sample(), sample_cvr());
    let bad = found(rows(&|at| if at > 2 { format!("snart {at}") } else { String::new() }));
    assert_eq!(bad, ["G3:G2001: 'snart 3' is no date: write it as 25-10-2020 (the first of 1999 such faults)"]);
    // A few are reported one by one, each by its cell.
    let few = found(rows(&|at| if at > 1_981 { "snart".to_owned() } else { String::new() }));
    assert_eq!((few.len(), few[19].as_str()), (20, "G2001: 'snart' is no date: write it as 25-10-2020"));
    let beside = (0..1_000).map(|at| format!(";Ekstra {at}")).collect::<Vec<_>>().concat();
    let wide = format!("{HEADINGS}{beside}\n1;alle;KLE;27.36;esdh;25-10-2020;;ja;{}\n", ";x".repeat(2_000));
    let wide = found(wide);
    assert_eq!(wide.len(), 2, "{wide:?}");
    assert!(
        wide[0].starts_with("J1:ALU1: the column 'Ekstra 0' is unknown here") && wide[1].starts_with("ALV2:BYG2: "),
        "{wide:?}"
    );
}
