//! Forms as RFC 9110, 2046 and 7578 allow them, and as other programs write them.

use std::convert::Infallible;
use std::iter::repeat;

use axum::body::{Body, Bytes};
use futures_util::stream;
use postfordeler::router::{MultipartError, message_of_form};
use proptest::prelude::*;
use tokio::runtime::Builder;

use crate::fuzz_corpus::checks::multipart::{check, only_file, read};
use crate::support::{
    Call, Expected, Fagsystem, Form, Memo, Router, assert_receipt, case, configuration, fagsystem_entry, header,
};

/// Each case, and the end of its message's UUID.
const CASES: [(&str, &str); 7] = [
    ("small-form", "1"),
    ("name-with-a-capital", "2"),
    ("space-before-semicolon", "3"),
    ("file-name-that-speaks-of-a-name", "4"),
    ("folded-part-header", "5"),
    ("preamble-that-mentions-the-boundary", "6"),
    ("quoted-pair-in-boundary", "7"),
];

fn router_to(fagsystem: &Fagsystem) -> Router {
    Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]))
}

/// The Content-Type and the body of a call among the cases.
fn form_of(name: &str) -> (String, Vec<u8>) {
    let call = String::from_utf8(case(&format!("forms/{name}.http"))).unwrap();
    let (head, body) = call.split_once("\r\n\r\n").unwrap();
    (header(head, "content-type").unwrap().to_owned(), body.as_bytes().to_vec())
}

/// The message within a form, found by what it looks like.
fn message_in(form: &[u8]) -> &[u8] {
    let text = str::from_utf8(form).unwrap();
    let end = "</memo:Message>";
    &form[text.find("<?xml").unwrap()..text.find(end).unwrap() + end.len()]
}

#[test]
fn forms_of_other_programs_are_taken() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    for (number, (name, uuid)) in CASES.into_iter().enumerate() {
        let answer = Call::raw(router.address(), case(&format!("forms/{name}.http"))).answer();
        let uuid = format!("5f0c6ab1-58b0-4f3d-a9a0-00000000000{uuid}");
        assert_receipt(name, &answer, Expected::ACCEPTED, Some(&uuid));
        let (_, form) = form_of(name);
        assert!(fagsystem.whole_requests()[number].body == message_in(&form), "{name}");
    }
}

#[test]
fn forms_of_other_programs_are_read_alike_wherever_they_are_cut() {
    for (name, _) in CASES {
        let (content_type, form) = form_of(name);
        for at in 0..=form.len() {
            let message = read(&content_type, &[&form[..at], &form[at..]]);
            assert_eq!(message.as_deref(), Ok(message_in(&form)), "{name}, cut at {at}");
        }
        let bytes: Vec<_> = form.chunks(1).collect();
        assert_eq!(read(&content_type, &bytes).as_deref(), Ok(message_in(&form)), "{name}, byte by byte");
    }
}

/// A form of those lines.
fn lines(lines: &[&str]) -> String {
    lines.iter().flat_map(|line| [*line, "\r\n"]).collect()
}

#[test]
fn a_content_type_names_its_boundary_in_any_way_that_is_allowed() {
    let form = lines(&["--b0und", r#"Content-Disposition: form-data; name="file""#, "", "<a/>", "--b0und--"]);
    for taken in [
        "multipart/form-data; boundary=b0und",
        "MULTIPART/Form-Data;BOUNDARY=b0und",
        "multipart/form-data ; boundary=b0und ;",
        "multipart/form-data;;\t; charset=utf-8 ;; boundary = \"b0und\"\t;",
        "multipart/form-data; boundary=\"\\b0\\und\"; charset=UTF-8",
        "multipart/form-data; x=\"; boundary=andet; y\"; boundary=b0und",
        "multipart/form-data; x=\"\\\"; boundary=andet\"; boundary=b0und",
        "multipart/form-data; boundary*=utf-8''andet; xboundary=andet; boundary=b0und",
    ] {
        assert_eq!(read(taken, &[form.as_bytes()]).as_deref(), Ok(&b"<a/>"[..]), "{taken}");
    }
    let too_long = format!("multipart/form-data; boundary={}", "b".repeat(71));
    for (refused, words) in [
        ("multipart/form-data", "boundary is missing"),
        ("multipart/form-data; boundary", "boundary is missing"),
        ("multipart/form-data; boundary=", "boundary is missing"),
        ("multipart/form-data; boundary=\"\"", "boundary is missing"),
        ("multipart/form-data; x=\"boundary=b0und\"", "boundary is missing"),
        ("multipart/form-data; boundary=b0und; boundary=b0und", "more than one boundary"),
        ("multipart/form-data; boundary=b0und; Boundary=andet", "more than one boundary"),
        ("multipart/form-data; boundary=\"b0und", "Content-Type cannot be read"),
        ("multipart/form-data; boundary=\"b0und\"x", "Content-Type cannot be read"),
        ("multipart/form-data; boundary=b0\"und", "Content-Type cannot be read"),
        ("multipart/form-data; boundary=\"b0und \"", "ends with white space"),
        (&too_long, "too long"),
    ] {
        let error = read(refused, &[form.as_bytes()]).unwrap_err().to_string();
        assert!(error.contains(words), "{refused}: {error}");
    }
}

#[test]
fn a_part_is_the_message_by_its_name_alone() {
    /// The part's headers, and whether it is the message.
    const HEADERS: [(&str, bool); 26] = [
        (r#"Content-Disposition: form-data; name="file""#, true),
        (r#"CONTENT-DISPOSITION: FORM-DATA; NAME="file""#, true),
        ("content-disposition:form-data;name=file", true),
        ("Content-Disposition : form-data ; name = file ; filename = a.xml", true),
        ("Content-Disposition: form-data;\r\n\tname=\"file\";\r\n filename=\"a.xml\"", true),
        ("Content-Disposition:\r\n form-data; name=file", true),
        (r#"Content-Disposition: form-data; name="f\ile""#, true),
        (r#"Content-Disposition: form-data; filename="a; name=andet"; name="file""#, true),
        (r#"Content-Disposition: form-data; filename="\"; name=andet; \""; name="file""#, true),
        (r#"Content-Disposition: form-data; filename="C:\post\a.xml"; name="file""#, true),
        (r#"Content-Disposition: form-data; name="file"; filename="a.xml"; filename*=UTF-8''%C3%A6.xml"#, true),
        ("Content-Disposition: form-data; name=\"file\"; filename=\"æ ø å.xml\"", true),
        ("Content-Disposition: form-data; name=\"file\"; filename=min besked.xml", true),
        ("Content-Type: text/xml; charset=utf-8\r\nContent-Disposition: form-data; name=file", true),
        ("Content-Disposition: form-data; name=file\r\nContent-Transfer-Encoding: 8BIT", true),
        (
            "Content-Disposition: form-data; name=file\r\nContent-Transfer-Encoding: binary\r\nContent-Encoding: Identity",
            true,
        ),
        ("Content-Disposition: form-data; name=file\r\nX-Long: a:b: c\r\nContent-Encoding:", true),
        ("X-Note: one\r\n Content-Disposition: form-data; name=file", false),
        (r#"Content-Disposition: form-data; name="andet"; filename="name=file""#, false),
        (r#"Content-Disposition: form-data; name="andet"; filename="; name=file""#, false),
        (r#"Content-Disposition: form-data; filename="\"; name=\"file""#, false),
        (r#"Content-Disposition: form-data; name="File""#, false),
        (r#"Content-Disposition: form-data; name=" file""#, false),
        (r#"Content-Disposition: form-data; name*0="fi"; name*1="le"; name*=utf-8''file"#, false),
        ("Content-Disposition: attachment; name=file", false),
        ("", false),
    ];
    for (headers, is_message) in HEADERS {
        let headers = if headers.is_empty() { String::new() } else { format!("{headers}\r\n") };
        let message = "--b0und\r\nContent-Disposition: form-data; name=file\r\n\r\n<b/>\r\n";
        let form = format!("--b0und\r\n{headers}\r\n<a/>\r\n{}--b0und--", if is_message { "" } else { message });
        let wanted: &[u8] = if is_message { b"<a/>" } else { b"<b/>" };
        let content_type = "multipart/form-data; boundary=b0und";
        assert_eq!(read(content_type, &[form.as_bytes()]).as_deref(), Ok(wanted), "{headers}");
        assert_eq!(only_file(content_type, form.as_bytes()).as_deref(), Some(wanted), "{headers}");
    }
}

#[test]
fn a_part_that_can_be_read_in_two_ways_or_must_be_decoded_is_refused() {
    let named = r#"Content-Disposition: form-data; name="file""#;
    let cases = [
        (r#"Content-Disposition: form-data; name="file"; name="andet""#.to_owned(), "cannot be read"),
        (r#"Content-Disposition: form-data; name="andet"; Name=file"#.to_owned(), "cannot be read"),
        (format!("{named}\r\nContent-Disposition: form-data; name=\"andet\""), "cannot be read"),
        (r#"Content-Disposition: form-data; name="file"#.to_owned(), "cannot be read"),
        (r#"Content-Disposition: form-data; name="andet"; filename="a"; name="file"b"#.to_owned(), "cannot be read"),
        (format!(" {named}"), "cannot be read"),
        (format!("{named}\r\nno header at all"), "cannot be read"),
        (format!("{named}\r\nX: a\rb"), "cannot be read"),
        (format!("{named}\r\nX: a\0b"), "cannot be read"),
        (format!("X: a\n{named}"), "LF alone"),
        (format!("{named}\r\n--b0und"), "within its headers"),
        (format!("{named}\r\nContent-Transfer-Encoding: base64"), "Content-Transfer-Encoding"),
        (format!("{named}\r\nContent-Transfer-Encoding: Quoted-Printable"), "Content-Transfer-Encoding"),
        (
            format!("{named}\r\nContent-Transfer-Encoding: 8bit\r\ncontent-transfer-encoding: base64"),
            "Content-Transfer",
        ),
        (format!("{named}\r\nContent-Encoding: gzip"), "Content-Encoding"),
        (format!("{named}\r\nContent-Type: Multipart/Mixed; boundary=x"), "parts of its own"),
    ];
    for (headers, words) in cases {
        let form = lines(&["--b0und", &headers, "", "<a/>", "--b0und--"]);
        let error = read("multipart/form-data; boundary=b0und", &[form.as_bytes()]).unwrap_err().to_string();
        assert!(error.contains(words), "{headers}: {error}");
    }
}

#[test]
fn a_boundary_counts_at_the_beginning_of_a_line_of_its_own() {
    const NAMED: &str = "Content-Disposition: form-data; name=file";
    let padding = format!("--b0und{}", " ".repeat(200));
    let taken = [
        ("preamble", lines(&["a --b0und", "x--b0und--", "--b0und", NAMED, "", "<a/>", "--b0und--"]), "<a/>"),
        ("preamble with line feeds", lines(&["a\n--b0undx\n", "--b0und", NAMED, "", "<a/>", "--b0und--"]), "<a/>"),
        ("empty preamble", lines(&["", "--b0und", NAMED, "", "<a/>", "--b0und--"]), "<a/>"),
        ("white space behind it", lines(&["--b0und \t", NAMED, "", "<a/>", "--b0und-- \t "]), "<a/>"),
        ("much white space", lines(&[&padding, NAMED, "", "<a/>", "--b0und--"]), "<a/>"),
        ("epilogue", lines(&["--b0und", NAMED, "", "<a/>", "--b0und--", "", "--b0und", NAMED, "", "<b/>"]), "<a/>"),
        ("no last line break", format!("--b0und\r\n{NAMED}\r\n\r\n<a/>\r\n--b0und--"), "<a/>"),
        ("half a last line break", format!("--b0und\r\n{NAMED}\r\n\r\n<a/>\r\n--b0und--\r"), "<a/>"),
        ("empty part before", lines(&["--b0und", "", "--b0und", NAMED, "", "<a/>", "--b0und--"]), "<a/>"),
        ("empty message", lines(&["--b0und", NAMED, "", "--b0und--"]), ""),
        ("empty message of one line", lines(&["--b0und", NAMED, "", "", "--b0und--"]), ""),
        ("its line breaks", lines(&["--b0und", NAMED, "", "", "<a/>", "", "--b0und--"]), "\r\n<a/>\r\n"),
        (
            "mentioned",
            lines(&["--b0und", NAMED, "", "a --b0und", "--b0un", "-", "--b0und--"]),
            "a --b0und\r\n--b0un\r\n-",
        ),
        ("a longer one", lines(&["--b0und", NAMED, "", "--b0und2", "--b0und-x", "--b0und--"]), "--b0und2\r\n--b0und-x"),
        ("of a line that goes on", lines(&["--b0und", NAMED, "", "--b0und--x", "--b0und--"]), "--b0und--x"),
        (
            "line feeds and returns",
            lines(&["--b0und", NAMED, "", "a\r\r\n\n--b0und", "b\r", "--b0und--"]),
            "a\r\r\n\n--b0und\r\nb\r",
        ),
    ];
    let content_type = "multipart/form-data; boundary=b0und";
    for (case, form, message) in taken {
        for cut in 0..=form.len() {
            let (begin, end) = form.as_bytes().split_at(cut);
            assert_eq!(read(content_type, &[begin, end]).as_deref(), Ok(message.as_bytes()), "{case}, cut at {cut}");
        }
        assert_eq!(only_file(content_type, form.as_bytes()).as_deref(), Some(message.as_bytes()), "{case}");
    }
    let refused = [
        ("no form", "<a/>".to_owned(), "begins no line"),
        ("only mentioned", lines(&["a --b0und", NAMED, "", "<a/>", "x--b0und--"]), "begins no line"),
        ("no parts", lines(&["--b0und--"]), "no part named 'file'"),
        ("not closed", lines(&["--b0und", NAMED, "", "<a/>"]), "before its last part"),
        ("closed within a line", lines(&["--b0und", NAMED, "", "<a/>--b0und--"]), "before its last part"),
        ("opened where it must close", lines(&["--b0und", NAMED, "", "<a/>", "--b0und"]), "before its last part"),
        ("half closed", format!("--b0und\r\n{NAMED}\r\n\r\n<a/>\r\n--b0und-"), "before its last part"),
        ("two", lines(&["--b0und", NAMED, "", "<a/>", "--b0und", NAMED, "", "<a/>", "--b0und--"]), "more than one"),
        ("line feeds", lines(&["--b0und", NAMED, "", "<a/>", "--b0und--"]).replace("\r\n", "\n"), "LF alone"),
        ("a line feed", format!("--b0und\r\n{NAMED}\r\n\r\n<a/>\r\n--b0und--\n"), "LF alone"),
    ];
    for (case, form, words) in refused {
        let error = read(content_type, &[form.as_bytes()]).unwrap_err().to_string();
        assert!(error.contains(words), "{case}: {error}");
        assert_eq!(only_file(content_type, form.as_bytes()), None, "{case}");
    }
}

#[test]
fn the_parts_of_a_form_within_a_part_are_none_of_the_form() {
    let form = lines(&[
        "--b0und",
        "Content-Disposition: form-data; name=bilag",
        "Content-Type: multipart/mixed; boundary=b0und-inner",
        "",
        "--b0und-inner",
        "Content-Disposition: form-data; name=file",
        "",
        "<b/>",
        "--b0und-inner--",
        "--b0und",
        "Content-Disposition: form-data; name=file",
        "",
        "<a/>",
        "--b0und--",
    ]);
    assert_eq!(read("multipart/form-data; boundary=b0und", &[form.as_bytes()]).as_deref(), Ok(&b"<a/>"[..]));
}

#[test]
fn a_form_that_never_ends_is_refused() {
    let named = "Content-Disposition: form-data; name=file";
    let message = lines(&["--b0und", named, "", "<a/>", "--b0und--"]);
    let filling = "x".repeat(1024 * 1024);
    let parts = "--b0und\r\n\r\n\r\n".repeat(1024);
    let cases = [
        ("its preamble", String::new(), &filling, "too much besides"),
        ("another part", "--b0und\r\nContent-Disposition: form-data; name=a\r\n\r\n".to_owned(), &filling, "too much"),
        ("its parts", String::new(), &parts, "too many parts"),
        ("its epilogue", message, &filling, "too much besides"),
        ("a part's headers", "--b0und\r\n".to_owned(), &filling, "too long headers"),
    ];
    for (case, begin, rest, part_of_words) in cases {
        let endless = [begin].into_iter().chain(repeat(rest.clone()));
        let endless = Body::from_stream(stream::iter(endless.map(|text| Ok::<_, Infallible>(Bytes::from(text)))));
        let runtime = Builder::new_current_thread().build().unwrap();
        let read = runtime.block_on(message_of_form("multipart/form-data; boundary=b0und", endless));
        let Err(MultipartError::Format(words)) = read else { panic!("{case}: {read:?}") };
        assert!(words.contains(part_of_words), "{case}: {words}");
    }
}

#[test]
fn what_stands_behind_a_form_is_read_before_the_answer() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let message = Memo::new();
    let form = Form::default().file(&message.uuid, &message.xml()).end();
    let epilogue = vec![b'x'; 4 * 1024 * 1024];
    let mut call = Call::with_length(router.address(), &Form::content_type(), form.len() + epilogue.len());
    call.send(&form);
    call.send(&epilogue);
    assert_receipt("a long epilogue", &call.answer(), Expected::ACCEPTED, Some(&message.uuid));

    let other = Memo::new();
    let form = Form::default().file(&other.uuid, &other.xml()).end();
    let mut call = Call::with_length(router.address(), &Form::content_type(), form.len() + 1);
    call.send(&form);
    call.half_close();
    assert_receipt("it breaks off", &call.answer(), Expected::NO_MESSAGE, Some(&other.uuid));
    assert_eq!(fagsystem.whole_requests().len(), 1);
}

/// What forms are made of, and what is nearly that.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\r\n",
        "\r\n\r\n",
        "\r\n--b",
        "--b",
        "--b\r\n",
        "\r\n--b--\r\n",
        "\r\n--b-",
        "\r\n--b--",
        "--",
        "-",
        "\r",
        "\n",
        " ",
        "\t",
        "x",
        "bb",
        ":",
        "\"",
        "\\",
        ";",
        "\0",
        "X: y\r\n",
        "Content-Disposition: form-data",
        "content-disposition : form-data; name=file\r\n\r\n",
        "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n",
        "; name=file",
        "; Name=\"file\"",
        "; filename=\"; name=file\"",
        ";\r\n filename*=utf-8''x",
        "Content-Transfer-Encoding: 8bit\r\n",
        "Content-Type: multipart/mixed\r\n",
    ])
}

proptest! {
    #[test]
    fn any_form_is_read_as_line_by_line_wherever_it_is_cut(
        content_type in prop::sample::select(vec!["boundary=b", "boundary=\"\\b\" ; x", "boundary=b; boundary=b", "x=\";boundary=a\";boundary=b"]),
        form in prop::collection::vec(piece(), 0..24),
    ) {
        check(format!("multipart/form-data; {content_type}\n{}", form.concat()).as_bytes());
    }

    #[test]
    fn a_sound_form_gives_its_message_out_as_it_is(
        preamble in prop::collection::vec(piece(), 0..4),
        message in prop::collection::vec(piece(), 0..12),
        epilogue in prop::collection::vec(piece(), 0..4),
    ) {
        let [preamble, message] = [preamble, message].map(|pieces| pieces.concat().replace("--b", "--c"));
        let preamble = if preamble.is_empty() { preamble } else { format!("{preamble}\r\n") };
        let head = "Content-Disposition: form-data; name=file";
        let form = format!("{preamble}--b\r\n{head}\r\n\r\n{message}\r\n--b--\r\n{}", epilogue.concat());
        check(format!("multipart/form-data; boundary=b\n{form}").as_bytes());
        let read = read("multipart/form-data; boundary=b", &[form.as_bytes()]);
        prop_assert_eq!(read.as_deref(), Ok(message.as_bytes()));
    }
}
