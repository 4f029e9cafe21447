//! Files are recognised by their content, and damage in them is reported.

use std::net::{Ipv4Addr, SocketAddr};

use jiff::Timestamp;
use postfordeler::exchange::{
    FileKind, Package, Progress, read_contact_structure, read_kle_plan, read_package, write_package,
};
use postfordeler::rules::without_cpr;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::small_town;

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
    // Recognised so that the refusal can say how to convert it.
    assert_eq!(FileKind::of("x", old), Some(FileKind::Tables));
}

const TOKENS: [&str; 12] =
    ["", "null", "-1", "1e999", "\"", "{", "]", "</", "&#0;", "\u{0}", "true", "\"010203-1234\""];

/// A file in which some places are replaced.
fn damaged(file: String) -> impl Strategy<Value = Vec<u8>> {
    vec((any::<Index>(), 0..40_usize, select(&TOKENS)), 0..6).prop_map(move |damages| {
        let mut bytes = file.clone().into_bytes();
        for (place, length, token) in damages {
            let start = place.index(bytes.len() + 1);
            let end = bytes.len().min(start + length);
            bytes.splice(start..end, token.bytes());
        }
        bytes
    })
}

fn package() -> Package {
    let sample = small_town(SocketAddr::from((Ipv4Addr::LOCALHOST, 1)));
    Package::of(&sample.authorities[0], None, "Test", Timestamp::UNIX_EPOCH)
}

fn check_words(words: &str) {
    assert_eq!(without_cpr(words), words);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_damaged_contact_structure_is_read_or_refused(file in damaged(STRUCTURE.to_owned())) {
        let sample = small_town(SocketAddr::from((Ipv4Addr::LOCALHOST, 1)));
        match read_contact_structure(&[("side.json".to_owned(), file)], &Progress::default()) {
            Ok(structure) => {
                let book = structure.into_book(&sample, sample.authorities[0].cvr, false);
                prop_assert!(book.compile().is_ok(), "{:?}", book.faults());
            }
            Err(error) => check_words(&error.to_string()),
        }
    }

    #[test]
    fn a_damaged_kle_plan_is_read_or_refused(file in damaged(PLAN.to_owned())) {
        match read_kle_plan(&file, &Progress::default()) {
            Ok(read) => read.skipped.iter().for_each(|skipped| check_words(&skipped.to_string())),
            Err(error) => check_words(&error.to_string()),
        }
    }

    #[test]
    fn a_damaged_package_is_read_or_refused(file in damaged(write_package(&package()))) {
        match read_package(&file) {
            Ok(package) => prop_assert_eq!(read_package(write_package(&package).as_bytes()), Ok(package)),
            Err(faults) => check_words(&faults.to_string()),
        }
    }
}
