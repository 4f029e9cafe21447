//! A message is read eight bytes at a time, and common tags in one go: where the steps begin and end changes nothing.

use std::fmt::Write;

use postfordeler::memo::{Header, MemoError, NotWellFormed, Reader};

use super::well_formed::in_body;
use super::{FULL, PLAIN, plain_with, read, read_text};

fn read_in(message: &str, size: usize) -> Result<Header, MemoError> {
    let mut reader = Reader::new();
    message.as_bytes().chunks(size).try_for_each(|piece| reader.feed(piece))?;
    reader.finish()
}

/// The same as a whole, in pieces of some sizes, and a second time, when its names are known.
fn assert_read(message: &str, expected: Result<(), NotWellFormed>) {
    let expected = expected.map_err(MemoError::from);
    for round in ["first", "second"] {
        assert_eq!(read_text(message).map(|_| ()), expected, "{round}: {message}");
        for size in [1, 7, 8, 9, 33, 64] {
            assert_eq!(read_in(message, size).map(|_| ()), expected, "{round}, in pieces of {size}: {message}");
        }
    }
}

/// Room after it, so that it is not among the last bytes, which are read in another way.
fn with_room(piece: &str) -> String {
    in_body(&format!("{piece}{}", " ".repeat(80)))
}

#[test]
fn names_of_every_length_open_and_close() {
    for length in (1..70_usize).chain(250..=256) {
        for prefix in ["", "m:", "eightcha:", "a-prefix-of-more-than-eight-bytes:"] {
            let Some(rest) = length.checked_sub(prefix.len()).filter(|rest| *rest > 0) else { continue };
            let name = format!("{prefix}{}", "n".repeat(rest));
            let bound = prefix.strip_suffix(':').map(|prefix| format!("xmlns:{prefix}='urn:x'")).unwrap_or_default();
            let around = |piece: &str| with_room(&format!("<outer {bound}>{piece}</outer>"));
            assert_read(&around(&format!("<{name}>text</{name}>\n\t<{name}></{name}>")), Ok(()));
            let other = format!("{}x", &name[..name.len() - 1]);
            for end in [other, format!("{name}n"), name[..name.len() - 1].to_owned(), format!("x{name}"), String::new()]
            {
                assert_read(&around(&format!("<{name}>text</{end}>")), Err(NotWellFormed::Nesting));
            }
            if !prefix.is_empty() {
                assert_read(&with_room(&format!("<outer><{name}></{name}></outer>")), Err(NotWellFormed::Namespace));
            }
        }
    }
    let long = "n".repeat(257);
    assert_read(&with_room(&format!("<{long}></{long}>")), Err(NotWellFormed::TooLarge));
}

#[test]
fn names_that_are_none_stay_so_however_often_they_come() {
    for length in 1..40 {
        let letters = "n".repeat(length);
        let starts = ["9", "-", ".", ":", "%", "\u{D7}"].map(|start| format!("{start}{letters}"));
        let ends =
            ["%", "\u{D7}", ":", ":b:c", ":9", "<b", "/b", "=b", "&b", "]b"].map(|end| format!("{letters}{end}"));
        for name in starts.into_iter().chain(ends) {
            assert_read(&with_room(&format!("<{name}>text</{name}>")), Err(NotWellFormed::Name));
        }
    }
}

#[test]
fn a_prefix_stands_for_what_it_is_declared_as_where_it_is_used() {
    let recipient = |declared: &str, within: &str| {
        let point = format!("<x:contactPointID>KP-1</x:contactPointID>{}", " ".repeat(80));
        let point = format!("<ContactPoint {declared}>{within}{point}</ContactPoint>");
        read_text(&plain_with("recipient", &point)).map(|header| header.facts.contact_point.is_some())
    };
    let memo = "xmlns:x='https://DigitalPost.dk/MeMo-1'";
    let decoy = Err(MemoError::Decoy("the recipient's contactPointID"));
    for _ in 0..2 {
        assert_eq!(recipient(memo, ""), Ok(true));
        assert_eq!(recipient("xmlns:x='urn:other'", ""), decoy);
        assert_eq!(recipient(memo, "<x:a xmlns:x='urn:other'><x:b></x:b></x:a>"), Ok(true));
        assert_eq!(recipient("", ""), Err(NotWellFormed::Namespace.into()));
    }
}

#[test]
fn more_names_than_are_remembered_are_read_all_the_same() {
    let mut many = String::new();
    for number in 0..5_000 {
        write!(many, "<n{number}><m{}>t</m{}></n{number}>", number % 700, number % 700).unwrap();
    }
    assert_eq!(read_text(&in_body(&many)).map(|_| ()), Ok(()));
    let wrong = many.replace("</n4999>", "</n4998>");
    assert_eq!(read_text(&in_body(&wrong)).map(|_| ()), Err(NotWellFormed::Nesting.into()));
    assert!(read(FULL).is_ok() && read_text(PLAIN).is_ok());
}

#[test]
fn what_ends_a_text_ends_it_at_every_place_of_a_step() {
    for length in (0..140).chain([1000, 4096]) {
        let text = "x".repeat(length);
        for (piece, expected) in [
            (format!("{text}<a>{text}</a>"), Ok(())),
            (format!("{text}&amp;{text}"), Ok(())),
            (format!("{text}]{text}]]{text}<a></a>"), Ok(())),
            (format!("{text}]]>"), Err(NotWellFormed::Section)),
            (format!("<a>{text}]]></a>"), Err(NotWellFormed::Section)),
            (format!("{text}&aring;"), Err(NotWellFormed::Entity)),
            (format!("{text}\u{1}<b></a>"), Err(NotWellFormed::ForbiddenCharacter)),
            (format!("{text}</a>\u{1}"), Err(NotWellFormed::Nesting)),
            (format!("{text}æ\u{1F3EB}{text}€<a>ø</a>"), Ok(())),
            (format!("{text}\u{FFFE}{text}æ"), Err(NotWellFormed::ForbiddenCharacter)),
            (format!("æ{text}\u{FFFF}"), Err(NotWellFormed::ForbiddenCharacter)),
            (format!("æ{text}\u{1}\u{FFFF}"), Err(NotWellFormed::ForbiddenCharacter)),
        ] {
            assert_read(&with_room(&piece), expected);
        }
        for bytes in [&b"\xE2\x82"[..], b"\xE6", b"\xE2\x82\x01", b"\xC3\xA6\xE2"] {
            let message = [PLAIN.replace("<!--message-->", &text).as_bytes(), bytes, b"x"].concat();
            let whole = read(&message);
            assert!(whole.is_err());
            for size in [1, 8, 13] {
                let mut reader = Reader::new();
                let fed = message.chunks(size).try_for_each(|piece| reader.feed(piece));
                assert_eq!(fed.and_then(|()| reader.finish()), whole, "{length}, {bytes:x?}, in pieces of {size}");
            }
        }
    }
}

#[test]
fn elements_nest_as_deep_as_they_may_and_no_deeper() {
    // Within the message and its body.
    let nested = |depth: usize| with_room(&format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)));
    for _ in 0..2 {
        assert_read(&nested(62), Ok(()));
        assert_read(&nested(63), Err(NotWellFormed::TooLarge));
    }
}
