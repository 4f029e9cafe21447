//! Text files in the encodings that people have, which the files do not tell.

use postfordeler::exchange::TablesImport;

use super::as_seen::{case, taken_case, told};
use super::{faults, sample, sample_cvr, taken};

/// The titles and groups of the points that were read.
fn points(read: &TablesImport) -> Vec<String> {
    let own = read.book.authority(sample_cvr()).expect("it is there");
    own.contact_points.iter().map(|it| format!("{} i {}", it.title, it.groups[0])).collect()
}

#[test]
fn the_letters_of_older_systems_are_known_by_danish_words() {
    let expected = ["Børn og unge i Børn og familie", "Ældre på plejehjem i Ældre"];
    assert_eq!(points(&taken_case(case!("contact-points-ms-dos.csv"))), expected);
    assert_eq!(points(&taken_case(case!("contact-points-mac-roman.csv"))), expected);
    // Excel on a Macintosh ends lines as that once did.
    let (mac, name) = case!("contact-points-mac-roman.csv");
    let mac: Vec<u8> = mac.iter().copied().filter(|byte| *byte != b'\n').collect();
    assert_eq!(points(&taken(&mac, name, &sample(), sample_cvr())), expected);
    assert_eq!(points(&taken(&[b"sep=;\r", mac.as_slice()].concat(), name, &sample(), sample_cvr())), expected);
    let bare = "Id;Titel;Kontaktgrupper\nk1;Børn og unge;Børn og familie\nk2;Ældre på plejehjem;Ældre\n";
    for unmarked in [
        bare.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        bare.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ] {
        assert_eq!(points(&taken(&unmarked, "punkter.csv", &sample(), sample_cvr())), expected);
    }
}

/// Single words, as their bytes are in each encoding.
#[test]
fn a_single_letter_tells_the_encoding() {
    let words: [(&str, [&[u8]; 3]); 8] = [
        ("Sønderborg", [b"S\xF8nderborg", b"S\xBFnderborg", b"S\x9Bnderborg"]),
        ("Ærø", [b"\xC6r\xF8", b"\xAEr\xBF", b"\x92r\x9B"]),
        ("få", [b"f\xE5", b"f\x8C", b"f\x86"]),
        ("VÆRDI", [b"V\xC6RDI", b"V\xAERDI", b"V\x92RDI"]),
        ("Århus", [b"\xC5rhus", b"\x81rhus", b"\x8Frhus"]),
        ("café", [b"caf\xE9", b"caf\x8E", b"caf\x82"]),
        ("Ørsted", [b"\xD8rsted", b"\xAFrsted", b"\x9Drsted"]),
        ("Müller", [b"M\xFCller", b"M\x9Fller", b"M\x81ller"]),
    ];
    for (word, encoded) in words {
        for bytes in encoded {
            let file = [b"Id;Titel;Kontaktgrupper\nk1;", bytes, b";a\n"].concat();
            let read = taken(&file, "punkter.csv", &sample(), sample_cvr());
            assert_eq!(points(&read), [format!("{word} i a")], "{bytes:x?}");
        }
    }
    let signs = b"Id;Titel;Kontaktgrupper\nk1;Borger \x9B Byg \x96 \x93ny\x94;a\n";
    assert_eq!(points(&taken(signs, "punkter.csv", &sample(), sample_cvr())), ["Borger › Byg – “ny” i a"]);
}

#[test]
fn letters_of_another_encoding_are_told_and_harm_no_other_line() {
    let words = "the letters here are not written as those of the other lines, or as any that are known; save the file as \
                 CSV UTF-8";
    let expected = [("B4".to_owned(), words.to_owned())];
    assert_eq!(told(case!("contact-points-utf-8-and-one-line-windows-1252.csv")), expected);
    // In a text that is marked as UTF-8, every invalid letter is reported.
    let file = b"\xEF\xBB\xBFId;Titel\nk1;B\xF8rn\n";
    assert_eq!(faults(file, "punkter.csv", &sample(), sample_cvr()), [format!("B2: {words}")]);
    // A byte that is no letter of the encoding that the file is in.
    let file = b"Id;Titel\nk1;B\xF8rn og \xE6ldre\nk2;L\x90s\n";
    assert_eq!(faults(file, "punkter.csv", &sample(), sample_cvr()), [format!("B3: {words}")]);
}
