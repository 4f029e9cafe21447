//! What is made is valid by the schemas of its version, and is read as what it says it is.

use postfordeler::memo::{Letter, Reader, Version, write};
use postfordeler::rules::{Caseless, ContactGroup};
use postfordeler::training::{MadeMessage, MessageMaker, Shape, Wish, Writer};

use super::memo_schema::check;
use super::{book, maker, sample};

const VERSIONS: [Version; 2] = [Version::V1_1, Version::V1_2];

fn of(version: Version) -> Wish {
    Wish { version: Some(version), ..Wish::any(1) }
}

fn assert_valid(made: &MadeMessage, what: &str) {
    let bytes = made.bytes();
    if let Err(fault) = check(&bytes, made.letter.version) {
        panic!("{what}: {fault}\n{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_thousand_of_each_version_are_valid() {
    let book = sample();
    for version in VERSIONS {
        let maker = maker(&book, 7);
        for made in maker.messages(&Wish { count: 1_000, ..of(version) }, 0) {
            assert_valid(&made, "by distribution");
        }
    }
}

#[test]
fn every_kind_of_writer_writes_valid_messages_of_every_shape() {
    let book = book();
    for (writer, shape) in Writer::ALL.iter().flat_map(|writer| Shape::ALL.map(|shape| (*writer, shape))) {
        for version in VERSIONS {
            let wish = Wish { writer: Some(writer), shape: Some(shape), count: 20, ..of(version) };
            for made in maker(&book, 3).messages(&wish, 0) {
                assert_valid(&made, &format!("{writer:?} {shape:?}"));
            }
        }
    }
}

#[test]
fn a_message_of_one_version_is_not_valid_in_the_other_nor_with_too_long_a_label() {
    let book = book();
    let made = maker(&book, 1).message(0, &of(Version::V1_2));
    assert!(check(&made.bytes(), Version::V1_1).is_err());
    let older = Letter { version: Version::V1_1, ..made.letter.clone() };
    assert!(check(&write(&older), Version::V1_2).is_err());
    let long = Letter { label: "æ".repeat(257), ..made.letter };
    assert!(check(&write(&long), Version::V1_2).is_err());
}

#[test]
fn names_that_are_long_or_odd_make_no_message_invalid() {
    let mut book = book();
    let authority = &mut book.authorities[0];
    authority.name = format!("Å & <Ø> \u{1} {{navn}} {}", "lang ".repeat(80));
    authority.contact_points[0].title = "\"Børn\" & 'unge' <3 🏫 \u{FFFE}".repeat(12);
    authority.contact_points[1].groups =
        ["& ".repeat(100), "x".repeat(300), "A<B".to_owned()].map(|it| ContactGroup::new(&it)).into();
    authority.contact_points[2].id = Caseless::new(&"i".repeat(300));
    for made in maker(&book, 9).messages(&Wish::any(600), 0) {
        assert_valid(&made, "with odd names");
        let (id, _) = made.letter.contact_point.unwrap_or_default();
        assert!(id.len() <= 256, "an id is written whole or not at all");
    }
}

#[test]
fn what_a_letter_says_it_is_is_what_a_reader_finds() {
    for book in [book(), sample()] {
        for made in maker(&book, 5).messages(&Wish::any(1_500), 0) {
            let mut reader = Reader::new();
            reader.feed(&made.bytes()).expect("it is a message");
            let header = reader.finish().expect("it is a message");
            assert_eq!(header.facts, made.letter.facts(), "{}", String::from_utf8_lossy(&made.bytes()));
            assert_eq!(header.message_uuid, made.letter.message_uuid);
        }
    }
}

#[test]
fn a_size_is_kept_to_the_byte_and_never_in_memory_as_a_whole() {
    let book = book();
    for bytes in [MessageMaker::MIN_SIZE, 16_385, 16_386, 16_387, 70_000, 1_000_001] {
        for made in maker(&book, 2).sized(bytes).messages(&Wish::any(20), 0) {
            assert_eq!((made.length(), made.bytes().len() as u64), (bytes, bytes));
            // White space at its end makes up for what base64 cannot.
            assert_valid(&made, "of a size");
        }
    }
    let largest = maker(&book, 2).sized(MessageMaker::MAX_SIZE).message(0, &Wish::any(1));
    let (mut longest, mut total) = (0, 0);
    for piece in largest.pieces() {
        longest = longest.max(piece.len());
        total += piece.len() as u64;
    }
    assert_eq!((total, largest.length()), (MessageMaker::MAX_SIZE, MessageMaker::MAX_SIZE));
    assert!(longest <= 64 * 1024, "a piece of {longest} bytes");
}
