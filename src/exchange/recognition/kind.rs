use memchr::{memchr, memchr_iter, memmem};

use super::foreign::ForeignTable;
use crate::exchange::contact_structure::is_key;
use crate::exchange::text::encoding::in_utf8;

/// The most bytes of a file that are searched.
const MAX_SEARCHED_BYTES: usize = 8 << 20;

/// What a file holds, judged by its beginning and its name. In the order in which several are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// A whole configuration.
    Configuration,
    /// A page of a contact structure, as Digital Post's API lists it.
    ContactStructure,
    /// Tables of one authority: an Excel or OpenDocument workbook, or a CSV file.
    Tables,
    /// KL's plan of KLE numbers.
    KlePlan,
    /// Rules from another environment.
    Package,
}

impl FileKind {
    /// What kind of file it is; `None` when it is none that can be imported.
    #[must_use]
    pub fn of(name: &str, file: &[u8]) -> Option<Self> {
        const ZIP: &[u8] = b"PK\x03\x04";
        const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0";
        if file.starts_with(ZIP) || file.starts_with(OLD_OFFICE) {
            return Some(Self::Tables);
        }
        // Recognised so that the refusal can say how to convert it.
        if ForeignTable::of(name, file).is_some() {
            return Some(Self::Tables);
        }
        // What identifies a file is near its beginning.
        let text = in_utf8(&file[..file.len().min(MAX_SEARCHED_BYTES)]);
        let text = text.trim_ascii_start();
        match text.first() {
            Some(b'<') => Some(Self::KlePlan),
            // XML in UTF-16 without a mark.
            Some(0) if text.get(1) == Some(&b'<') => Some(Self::KlePlan),
            Some(b'{' | b'[') => Self::of_json(text),
            Some(_) => is_table_name(name).then_some(Self::Tables),
            None => None,
        }
    }

    fn of_json(text: &[u8]) -> Option<Self> {
        // A file of ours says what it is before anything else.
        let beginning = &text[..text.len().min(2_000)];
        let says = |part: &[u8], words: &str| memmem::find(part, words.as_bytes()).is_some();
        if says(beginning, "postfordeler-pakke") {
            Some(Self::Package)
        } else if says(beginning, "postfordeler-konfiguration") || says(text, "\"myndigheder\"") {
            Some(Self::Configuration)
        } else if has_key_of_structure(text) {
            Some(Self::ContactStructure)
        } else {
            None
        }
    }
}

/// Whether it has a key that only contact structures have, in whatever style it is written.
fn has_key_of_structure(text: &[u8]) -> bool {
    const KEYS: [&str; 2] = ["contactPoints", "contactGroups"];
    const LONGEST: usize = "contact_Points__".len();
    memchr_iter(b'"', text).any(|at| {
        let after = &text[at + 1..text.len().min(at + 2 + LONGEST)];
        let word = memchr(b'"', after).and_then(|end| std::str::from_utf8(&after[..end]).ok());
        word.is_some_and(|word| KEYS.iter().any(|key| is_key(word, key)))
    })
}

fn is_table_name(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".txt", ".tsv"].iter().any(|ending| name.ends_with(ending))
}
