use std::net::{IpAddr, Ipv4Addr};

use postfordeler::memo::{Letter, LetterText, LetterTextReader, Party, write};
use postfordeler::training::{LetterFate, PracticeMood, PracticeRoom, practice_path};

use super::{FREE, deliver, inbox, latest, room, send};
use crate::support::{Call, Memo, block_on, eventually};

fn letter(text: &str) -> Letter {
    Letter { text: text.to_owned(), ..Letter::new(Party::Citizen, "01102036".parse().expect("a CVR number")) }
}

#[test]
fn a_letter_is_in_the_inbox_of_its_path_alone_with_its_facts_and_its_text() {
    let room = room();
    let mut letter = letter("Kære kommune\n\nVi er flyttet til Søvej 7.");
    "Flytning æøå".clone_into(&mut letter.label);
    let message = write(&letter);
    assert_eq!(deliver(&room, "/ydelse/postmodtag", &message).status(), 200);
    let kept = latest(&room, "/ydelse/postmodtag");
    assert_eq!(kept.fate, LetterFate::Accepted);
    assert_eq!(kept.bytes, message.len() as u64);
    assert_eq!(kept.header.as_ref().expect("it was read").message_uuid, letter.message_uuid);
    assert_eq!(kept.text.subject, "Flytning æøå");
    let file = kept.text.file.as_ref().expect("a file");
    assert_eq!(file.text.as_deref(), Some("Kære kommune\n\nVi er flyttet til Søvej 7."));
    assert!(!file.is_cut);
    assert_eq!(room.snapshot().inboxes.len(), 1);
}

#[test]
fn nothing_of_a_letter_is_shown_by_accident() {
    let room = room();
    let mut letter = letter("Fortroligt om Mælkebøtten");
    "Hemmeligt emne".clone_into(&mut letter.label);
    deliver(&room, "/a", &write(&letter));
    let shown = format!("{room:?} {:?} {:?}", room.snapshot(), latest(&room, "/a"));
    assert!(!shown.contains("Fortroligt") && !shown.contains("Hemmeligt"), "{shown}");
}

#[test]
fn an_inbox_keeps_the_latest_hundred_and_counts_all() {
    let room = room();
    let first = Memo::new();
    deliver(&room, "/a", &first.xml());
    for _ in 0..104 {
        deliver(&room, "/a", &Memo::new().xml());
    }
    let inbox = inbox(&room, "/a");
    assert_eq!((inbox.letters.len(), inbox.received), (100, 105));
    assert!(inbox.letters.windows(2).all(|pair| pair[0].number > pair[1].number), "the latest first");
}

#[test]
fn a_long_text_is_kept_in_part_and_all_texts_together_have_an_end() {
    let room = room();
    let message = write(&letter(&"Ø".repeat(40_000)));
    deliver(&room, "/a", &message);
    let kept = latest(&room, "/a");
    let file = kept.text.file.as_ref().expect("a file");
    let text = file.text.as_ref().expect("it is text");
    assert!(file.is_cut && text.len() <= 32 * 1024 && text.chars().all(|letter| letter == 'Ø'));
    // 8 MiB have room for 256 such texts; five inboxes could hold 500 letters.
    for path in ["/a", "/b", "/c", "/d", "/e"] {
        for _ in 0..80 {
            deliver(&room, path, &message);
        }
    }
    let bytes: usize =
        room.snapshot().inboxes.values().flat_map(|inbox| &inbox.letters).map(|letter| letter.text.bytes()).sum();
    assert!(bytes <= 8 * 1024 * 1024, "{bytes}");
    assert_eq!(inbox(&room, "/e").received, 80);
}

#[test]
fn there_are_only_so_many_inboxes_and_everyone_is_answered() {
    let room = room();
    for number in 0..70 {
        assert_eq!(deliver(&room, &format!("/{number}"), &Memo::new().xml()).status(), 200);
    }
    assert_eq!(deliver(&room, &format!("/{}", "lang".repeat(100)), &Memo::new().xml()).status(), 200);
    assert_eq!(room.snapshot().inboxes.len(), 64);
}

#[test]
fn what_is_no_message_and_what_breaks_off_are_told_apart() {
    let room = room();
    assert_eq!(deliver(&room, "/a", b"<Brev/>").status(), 400);
    assert_eq!(latest(&room, "/a").fate, LetterFate::Unreadable);
    let message = Memo::new().xml();
    let mut call = Call::with_length(room.address(), "application/xml", message.len());
    call.send(&message[..message.len() / 2]);
    call.hang_up();
    let path = "/memo";
    eventually("the letter has broken off", || room.snapshot().inboxes.contains_key(path).then_some(()));
    assert_eq!(latest(&room, path).fate, LetterFate::BrokenOff);
}

#[test]
fn emptying_leaves_the_moods_as_they_are() {
    let room = room();
    let message = Memo::new().xml();
    deliver(&room, "/a", &message);
    room.set_all_moods(PracticeMood::Rejects);
    assert_eq!(deliver(&room, "/b", &message).status(), 422);
    let before = room.version();
    room.empty();
    assert!(room.version() > before, "whoever shows it looks again");
    assert_eq!(deliver(&room, "/a", &message).status(), 422);
    assert_eq!(inbox(&room, "/a").received, 1);
}

#[test]
fn a_room_is_on_this_machine_alone() {
    let everywhere = (IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0).into();
    assert!(block_on(async { PracticeRoom::open(everywhere) }).is_err());
    let room = block_on(async { PracticeRoom::open(FREE) }).expect("a port is free");
    let port = room.address().port();
    let path = |endpoint: String| practice_path(&endpoint.parse().expect("an endpoint"), room.address());
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        assert_eq!(path(format!("http://{host}:{port}/esdh/postmodtag")).as_deref(), Some("/esdh/postmodtag"));
    }
    assert_eq!(path(format!("http://127.0.0.1:{}/esdh", port ^ 1)), None);
    assert_eq!(path(format!("https://127.0.0.1:{port}/esdh")), None);
    assert_eq!(path(format!("http://esdh.example:{port}/esdh")), None);
}

#[test]
fn a_room_that_closes_answers_whoever_waits() {
    let room = room();
    room.set_all_moods(PracticeMood::Slow);
    let message = Memo::new().xml();
    let call = send(&room, "/a", &message);
    // It waits by now, or comes a moment later: either way it is answered.
    block_on(room.stop());
    drop(call);
}

#[test]
fn a_text_is_the_same_wherever_the_message_is_cut_and_only_plain_text_is_shown() {
    let read = |message: &[u8], size: usize| {
        let mut reader = LetterTextReader::default();
        message.chunks(size).for_each(|chunk| reader.feed(chunk));
        reader.finish()
    };
    let message = write(&letter("Blåbærgrød & <sagsnummer>"));
    let whole = read(&message, message.len());
    assert_eq!(whole.file.as_ref().and_then(|file| file.text.as_deref()), Some("Blåbærgrød & <sagsnummer>"));
    for size in [1, 2, 3, 7, 64, 1000] {
        assert_eq!(read(&message, size), whole, "in pieces of {size}");
    }
    let pdf = String::from_utf8(message).expect("UTF-8").replace("text/plain", "application/pdf");
    let file = read(pdf.as_bytes(), 100).file.expect("a file");
    assert_eq!((file.format.as_str(), file.name.as_str(), file.text), ("application/pdf", "brev.txt", None));
    assert_eq!(read(b"<Brev>", 1), LetterText::default());
}
