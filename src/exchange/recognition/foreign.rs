use std::fmt;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::exchange::text::encoding::in_utf8;

/// How much of a file is read to find out what it is, in bytes.
const BEGINNING_BYTES: usize = 16 * 1024;

/// A make of table that people have under the name of a workbook, and that is not read: a program that shows it can save it
/// as one that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForeignTable {
    /// A page of HTML, which web systems offer as `.xls`.
    Html,
    /// A page of the Web with all its parts (`.mht`), which Excel has saved.
    WebArchive,
    /// An XML table of Excel 2002 and 2003.
    SpreadsheetMl,
    /// An OpenDocument file that is not packed (`.fods`).
    FlatOpenDocument,
    /// An Excel file from before 1997, or text in Excel's way of exchanging tables (SYLK, DIF).
    OldExchange,
    /// Text, though its name is that of a workbook.
    Text,
}

impl ForeignTable {
    /// Which of them a file is; `None` for none.
    pub(in crate::exchange) fn of(name: &str, file: &[u8]) -> Option<Self> {
        if is_old_sheet(file) {
            return Some(Self::OldExchange);
        }
        if file.starts_with(b"PK") || file.starts_with(b"\xD0\xCF\x11\xE0") {
            return None;
        }
        let beginning = in_utf8(&file[..file.len().min(BEGINNING_BYTES)]);
        let text = beginning.trim_ascii_start();
        if text.starts_with(b"<") {
            return Self::of_markup(text);
        }
        if is_web_archive(text) {
            return Some(Self::WebArchive);
        }
        if text.starts_with(b"ID;P") && text.windows(3).any(|it| it == b"\nC;" || it == b"\rC;") {
            return Some(Self::OldExchange);
        }
        (!matches!(text, [] | [b'{' | b'[', ..]) && is_workbook_name(name)).then_some(Self::Text)
    }

    /// By the root element.
    fn of_markup(text: &[u8]) -> Option<Self> {
        const OF_HTML: [&str; 20] = [
            "html", "head", "body", "meta", "title", "style", "script", "link", "table", "thead", "tbody", "tr", "td",
            "div", "span", "center", "font", "form", "p", "b",
        ];
        let says = |words: &str| memmem::find(text, words.as_bytes()).is_some();
        let root = root(text)?;
        let (prefix, name) = root.split_once(':').unwrap_or(("", &root));
        let name = name.to_lowercase();
        if name == "workbook" && says("urn:schemas-microsoft-com:office:spreadsheet") {
            Some(Self::SpreadsheetMl)
        } else if name == "document" && says("urn:oasis:names:tc:opendocument") {
            Some(Self::FlatOpenDocument)
        } else {
            (prefix.is_empty() && OF_HTML.contains(&name.as_str())).then_some(Self::Html)
        }
    }
}

/// What the file is, to be put after "the file is".
impl fmt::Display for ForeignTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Html => "a web page (HTML), whatever its name says",
            Self::WebArchive => "a web page with its parts (.mht)",
            Self::SpreadsheetMl => "an XML table of Excel 2003",
            Self::FlatOpenDocument => "an OpenDocument file that is not packed (.fods)",
            Self::OldExchange => "in a format of Excel's from before 1997",
            Self::Text => "text, though its name is that of a workbook",
        })
    }
}

/// The name of the first element, as it is written.
fn root(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => return Some(element.name().as_ref().to_owned()),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn is_web_archive(text: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&text[..text.len().min(2_000)]).to_lowercase();
    let has_line = |words: &str| head.lines().any(|line| line.starts_with(words));
    has_line("mime-version:") && head.contains("multipart/related")
}

/// The first record of a sheet from Excel 2, 3 or 4, which no other file begins with.
fn is_old_sheet(file: &[u8]) -> bool {
    matches!(file, [0x09, 0 | 2 | 4 | 8, 4 | 6 | 8, 0, ..])
}

/// Whether a file of that name is a workbook, were its name right.
fn is_workbook_name(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"].iter().any(|ending| name.ends_with(ending))
}
