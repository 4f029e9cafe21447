//! What kind of file it is that somebody brings.

use postfordeler::exchange::FileKind;

const CONFIGURATION: &str = include_str!("../data/example_configuration.json");
const STRUCTURE: &str = include_str!("../data/kontaktstruktur/contact-points.json");
const PLAN: &str = include_str!("../data/kle/emneplan-uddrag.xml");

#[test]
fn files_are_known_by_their_beginning_in_whatever_encoding() {
    let cases = [
        ("k.json", CONFIGURATION, Some(FileKind::Configuration)),
        ("k.json", STRUCTURE, Some(FileKind::ContactStructure)),
        ("k.json", "{\"format\": \"postfordeler-pakke\"}", Some(FileKind::Package)),
        ("k.txt", PLAN, Some(FileKind::KlePlan)),
        ("k.csv", "CVR;Navn\r\n33236498;Udbetaling Danmark\r\n", Some(FileKind::Tables)),
        ("k.json", "{\"andet\": 1}", None),
        ("k.pdf", "%PDF-1.7", None),
        ("k.csv", "", None),
    ];
    for (name, text, kind) in cases {
        let text = text.trim_start_matches('\u{feff}');
        let marked = format!("\u{feff}\r\n{text}");
        let files = [
            text.as_bytes().to_vec(),
            marked.clone().into_bytes(),
            marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ];
        for file in files {
            assert_eq!(FileKind::of(name, &file), kind, "{text:.60}, beginning with {:?}", file.first());
        }
    }
}

#[test]
fn workbooks_are_known_by_their_make() {
    let modern: &[u8] = include_bytes!("../data/workbook/openpyxl.xlsx");
    let old: &[u8] = include_bytes!("../data/workbook/kendte.xls");
    assert_eq!(FileKind::of("x", modern), Some(FileKind::Tables));
    // To be told how it can be read.
    assert_eq!(FileKind::of("x", old), Some(FileKind::Tables));
}
