//! Any bytes as an Excel workbook: whole, or as the parts of one, of which those that are not given are as Excel has them.

use std::fmt::Write;

use postfordeler::exchange::SheetKind;

use super::parts::{archive, parts};
use super::tables;

const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// What one part says of another: its id, its kind and where that is.
type Relation = (String, &'static str, String);

/// Returns whether it was accepted.
pub fn check(input: &[u8]) -> bool {
    let is_taken = tables::check(input, "bog.xlsx");
    if input.starts_with(b"PK") {
        return is_taken;
    }
    // A part without a name is the first sheet, and a number is that sheet.
    let named = parts(input).into_iter().map(|(name, content)| match name.as_str() {
        "" => (sheet(1), content),
        number @ ("1" | "2" | "3" | "4" | "5") => (format!("xl/worksheets/sheet{number}.xml"), content),
        _ => (name, content),
    });
    let mut parts: Vec<_> = named.collect();
    let sheets: Vec<usize> = (1..=5).filter(|number| parts.iter().any(|(name, _)| *name == sheet(*number))).collect();
    parts.extend([
        ("_rels/.rels".to_owned(), relations([("1".to_owned(), "officeDocument", "xl/workbook.xml".to_owned())])),
        ("xl/workbook.xml".to_owned(), workbook(&sheets)),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(relations_of(&sheets))),
    ]);
    tables::check(&archive(&parts), "bog.xlsx")
}

fn sheet(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

fn workbook(sheets: &[usize]) -> Vec<u8> {
    let mut xml = format!(r#"<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}"><sheets>"#);
    for number in sheets {
        let name = SheetKind::ALL[number - 1].sheet_name();
        let _ = write!(xml, r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#);
    }
    xml.push_str("</sheets></workbook>");
    xml.into_bytes()
}

fn relations_of(sheets: &[usize]) -> impl Iterator<Item = Relation> {
    let sheets = sheets.iter().map(|number| (number.to_string(), "worksheet", format!("worksheets/sheet{number}.xml")));
    sheets.chain(["sharedStrings", "styles"].map(|name| (name.to_owned(), name, format!("{name}.xml"))))
}

fn relations(all: impl IntoIterator<Item = Relation>) -> Vec<u8> {
    let mut xml = format!(r#"<Relationships xmlns="{PACKAGE}">"#);
    for (id, kind, target) in all {
        let _ = write!(xml, r#"<Relationship Id="rId{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#);
    }
    xml.push_str("</Relationships>");
    xml.into_bytes()
}
