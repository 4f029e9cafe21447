//! Where the stream is cut changes nothing, neither in what is read nor in why a message is refused.

use postfordeler::memo::{Header, MemoError, Reader};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::well_formed::{ILL_FORMED, WELL_FORMED, in_body};
use super::{FULL, MINIMUM, PLAIN, plain_with, read};

fn read_in_pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Header, MemoError> {
    let mut reader = Reader::new();
    for piece in pieces {
        reader.feed(piece)?;
    }
    reader.finish()
}

fn cut_at<'a>(message: &'a [u8], cuts: &[Index]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(message.len() + 1)).collect();
    cuts.extend([0, message.len()]);
    cuts.sort_unstable();
    cuts.windows(2).map(|ends| &message[ends[0]..ends[1]]).collect()
}

/// Whole, byte by byte, and in two pieces for every border.
fn assert_borders_change_nothing(message: &[u8]) {
    let whole = read(message);
    let shown = String::from_utf8_lossy(message);
    assert_eq!(read_in_pieces(message.chunks(1)), whole, "byte by byte: {shown}");
    if message.len() < 2_000 {
        for cut in 0..message.len() {
            assert_eq!(read_in_pieces([&message[..cut], &message[cut..]]), whole, "cut at {cut}: {shown}");
        }
    }
}

#[test]
fn the_examples_are_the_same_in_pieces_of_any_size() {
    for message in [MINIMUM, FULL] {
        let whole = read(message);
        assert!(whole.is_ok());
        for size in (1..200).chain([1024, 4096]) {
            assert_eq!(read_in_pieces(message.chunks(size)), whole, "in pieces of {size}");
        }
    }
}

#[test]
fn whatever_is_well_formed_or_not_is_so_across_every_border() {
    let ill_formed = ILL_FORMED.iter().map(|(piece, _)| piece);
    for piece in WELL_FORMED.iter().chain(ill_formed) {
        assert_borders_change_nothing(in_body(piece).as_bytes());
    }
}

/// Two faults at once: the first one in the document is reported.
#[test]
fn the_first_of_two_faults_is_told_across_every_border() {
    let nemsms = PLAIN.replace("DIGITALPOST", "NEMSMS");
    let documents = [
        format!("{nemsms}\u{1}"),
        format!("{nemsms}<"),
        plain_with("header", &format!("<label>{}]]></label>", "x".repeat(17 * 1024))),
        plain_with("header", &format!("<label>{}\u{1}</label>", "x".repeat(17 * 1024))),
        plain_with("header", &format!("<label>]]>{}</label>", "x".repeat(17 * 1024))),
        plain_with("message", "</a>\u{1}"),
        plain_with("message", &format!("<a b='{}\u{1}", "x".repeat(65 * 1024))),
        plain_with("message", &format!("<a b='{}", "x".repeat(65 * 1024))),
        plain_with("message", &format!("<?{}\u{1}", "x".repeat(65 * 1024))),
        plain_with("message", &format!("&{}\u{1};", "x".repeat(40))),
        "x\u{1}".to_owned(),
        "<a/>\u{1}".to_owned(),
        "\u{1}<a/>".to_owned(),
        "\u{FEFF}\u{FFFF}".to_owned(),
    ];
    for document in documents {
        assert_borders_change_nothing(document.as_bytes());
    }
    let bytes: [&[u8]; 6] = [b"<a>\xE6", b"x\xE6<", b"\xC3x", b"<a/>\xE2\x82", b"\xEF\xBB<a/>", b"\xEF\xBB\xBF\xFF"];
    for tail in bytes {
        assert_borders_change_nothing(tail);
        assert_borders_change_nothing(&[PLAIN.as_bytes(), tail].concat());
        assert_borders_change_nothing(&[nemsms.as_bytes(), tail].concat());
    }
    assert_eq!(read(format!("{nemsms}\u{1}").as_bytes()), Err(MemoError::NemSms));
}

/// Bits of markup that mean something in many places.
const SHARDS: [&str; 36] = [
    "<",
    ">",
    "&",
    ";",
    "'",
    "\"",
    "/",
    "-",
    "--",
    "]",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "?>",
    "&lt;",
    "&#x41;",
    "<a>",
    "</a>",
    "<a/>",
    "=",
    " ",
    "\n",
    ":",
    "xmlns:x='urn:x'",
    "\u{1}",
    "æ",
    "\u{FFFE}",
    "<!DOCTYPE",
    "<!---->",
    "<?a?>",
    "<![CDATA[a]]>",
    "<?xml version='1.0' encoding='us-ascii'?>",
    "<?xml version='1.1'?>",
    "\u{2028}",
];

/// A change to a message: the position, the number of bytes replaced, and what replaces them.
fn any_change() -> impl Strategy<Value = (Index, usize, Vec<u8>)> {
    let replacement = prop_oneof![
        3 => select(&SHARDS[..]).prop_map(|shard| shard.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
        1 => Just(Vec::new()),
    ];
    (any::<Index>(), 0..6_usize, replacement)
}

fn changed(message: &[u8], changes: &[(Index, usize, Vec<u8>)]) -> Vec<u8> {
    let mut message = message.to_vec();
    for (place, length, replacement) in changes {
        let start = place.index(message.len() + 1);
        let end = (start + length).min(message.len());
        message.splice(start..end, replacement.iter().copied());
    }
    message
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn borders_change_nothing_in_messages_that_were_tampered_with(
        example in select(vec![MINIMUM, PLAIN.as_bytes(), FULL]),
        changes in vec(any_change(), 0..4),
        cuts in vec(any::<Index>(), 0..12),
    ) {
        let message = changed(example, &changes);
        let whole = read(&message);
        prop_assert_eq!(&read_in_pieces(cut_at(&message, &cuts)), &whole);
        prop_assert_eq!(&read_in_pieces(message.chunks(1)), &whole);
    }

    #[test]
    fn borders_change_nothing_in_heaps_of_markup(
        declaration in select(&["", "<?xml version='1.1'?>", "<?xml version='1.0' encoding='us-ascii'?>"][..]),
        shards in vec(select(&SHARDS[..]), 0..12),
        cuts in vec(any::<Index>(), 0..6),
    ) {
        let message = format!("{declaration}{}", in_body(&shards.concat()));
        let whole = read(message.as_bytes());
        prop_assert_eq!(&read_in_pieces(cut_at(message.as_bytes(), &cuts)), &whole);
        prop_assert_eq!(&read_in_pieces(message.as_bytes().chunks(1)), &whole);
    }
}
