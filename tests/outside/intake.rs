//! What Digital Post calls: every row of the intake contract, over real sockets.

use std::collections::HashSet;

use postfordeler::memo::MAX_MESSAGE_BYTES;
use tempfile::TempDir;

use crate::support::{
    AUTHORITY, Call, Expected, Fagsystem, Form, Gate, Memo, NobodyThere, Router, assert_receipt, configuration,
    fagsystem_entry, publish, rule,
};

/// A router whose only fagsystem is that one.
fn router_to(fagsystem: &Fagsystem) -> Router {
    Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]))
}

#[test]
fn an_accepted_message_gets_a_receipt_with_its_own_uuid_and_no_error_code() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let mut transmissions = HashSet::new();
    for uuid in ["8C2EA15D-61FB-4BA9-9366-42F8B194C114", "2fd1a6a3-0f5e-4b0c-8f6f-6a53a1f6f3d7"] {
        let message = Memo { uuid: uuid.to_owned(), ..Memo::new() };
        let answer = router.deliver(&message.xml());
        let receipt = assert_receipt(uuid, &answer, Expected::ACCEPTED, Some(uuid));
        assert!(answer.body.contains(r#""errorCode":null"#), "written as null, not left out: {}", answer.body);
        transmissions.insert(receipt["transmissionId"].to_string());
    }
    assert_eq!(transmissions.len(), 2, "each call has a transmission id of its own");
    assert_eq!(fagsystem.whole_requests().len(), 2);
}

#[test]
fn a_rejection_carries_the_fagsystems_own_code_and_words() {
    let said = r#"{"receiptStatus":"INVALID","errorCode":"sag.lukket","errorMessage":"Sagen er lukket for nye breve"}"#;
    let fagsystem = Fagsystem::answering(422, said);
    let router = router_to(&fagsystem);
    let message = Memo::new();
    let answer = router.deliver(&message.xml());
    let receipt = assert_receipt("rejected", &answer, Expected::REJECTED, Some(&message.uuid));
    let words = receipt["errorMessage"].as_str().unwrap();
    assert!(words.contains("sag.lukket") && words.contains("Sagen er lukket for nye breve"), "{words}");
}

#[test]
fn a_message_for_a_fagsystem_that_is_not_well_may_be_sent_again() {
    for status in [408, 429, 500, 502, 503, 504, 599] {
        let fagsystem = Fagsystem::answering(status, r#"{"errorCode":"nede","errorMessage":"Prøv igen"}"#);
        let router = router_to(&fagsystem);
        let message = Memo::new();
        let answer = router.deliver(&message.xml());
        assert_receipt(&status.to_string(), &answer, Expected::UNAVAILABLE, Some(&message.uuid));
    }
}

#[test]
fn a_message_for_a_paused_fagsystem_may_be_sent_again_and_goes_nowhere() {
    let (paused, default) = (Fagsystem::accepting(), Fagsystem::accepting());
    let mut paused_entry = fagsystem_entry("ydelse", &paused.endpoint());
    paused_entry["aktiv"] = false.into();
    let fagsystems = [fagsystem_entry("esdh", &default.endpoint()), paused_entry];
    let rules = [rule(10, "ydelse", "modtagerCvr", AUTHORITY), rule(20, "esdh", "modtagerCvr", AUTHORITY)];
    let router = Router::start(&configuration(&fagsystems, &rules));
    let message = Memo::new();
    let answer = router.deliver(&message.xml());
    assert_receipt("paused", &answer, Expected::UNAVAILABLE, Some(&message.uuid));
    assert!(paused.requests().is_empty(), "a paused fagsystem gets nothing");
    assert!(default.requests().is_empty(), "the message slides to no other fagsystem");
    let row = &router.journal()[0];
    assert_eq!((row.fagsystem.as_deref(), row.priority), (Some("ydelse"), Some(10)));
}

#[test]
fn a_message_for_a_fagsystem_that_is_away_may_be_sent_again() {
    let nobody = NobodyThere::new();
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &nobody.endpoint())], &[]));
    let message = Memo::new();
    let answer = router.deliver(&message.xml());
    assert_receipt("unreachable", &answer, Expected::UNAVAILABLE, Some(&message.uuid));
}

#[test]
fn a_message_for_a_fagsystem_that_is_too_slow_may_be_sent_again() {
    let gate = Gate::default();
    let held = gate.clone();
    let never_answers = Fagsystem::start(move |connection| {
        connection.take_all();
        held.pass();
    });
    let held = gate.clone();
    let never_takes = Fagsystem::start(move |connection| {
        connection.take_head();
        held.pass();
    });
    let held = gate.clone();
    let never_ends_its_answer = Fagsystem::start(move |connection| {
        connection.take_all();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{");
        held.pass();
    });
    // More than the buffers between the two hold.
    let large = 64 * 1024 * 1024;
    for (case, fagsystem, length) in [
        ("never answers", &never_answers, 2_000),
        ("never takes the message", &never_takes, large),
        ("never ends its answer", &never_ends_its_answer, 2_000),
    ] {
        let router =
            Router::start_impatient(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]), 300);
        let message = Memo::new();
        let answer = router.deliver(&message.xml_of_length(length));
        assert_receipt(case, &answer, Expected::UNAVAILABLE, Some(&message.uuid));
    }
    gate.open();
}

#[test]
fn what_is_no_message_is_refused_and_reaches_no_fagsystem() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let sound = String::from_utf8(Memo::new().xml()).unwrap();
    let without = |part: &str| {
        assert!(sound.contains(part), "{part}");
        sound.replacen(part, "", 1)
    };
    let with_doctype = |doctype: &str| sound.replacen("?>", &format!("?>{doctype}"), 1);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("no XML", b"Hej verden".to_vec()),
        ("JSON", b"{}".to_vec()),
        ("a broken end tag", without("</memo:Sender>").into_bytes()),
        ("broken off in the header", sound.as_bytes()[..300].to_vec()),
        ("an undeclared prefix", sound.replace("memo:label", "andet:label").into_bytes()),
        ("an undeclared entity", sound.replace("brev.txt", "&nbsp;").into_bytes()),
        ("a control character", sound.replace("brev.txt", "br\u{1}v.txt").into_bytes()),
        ("Latin-1", sound.chars().map(|character| u8::try_from(character).unwrap()).collect()),
        ("a DOCTYPE", with_doctype("<!DOCTYPE memo>").into_bytes()),
        ("a DOCTYPE with an entity", with_doctype(r#"<!DOCTYPE x [<!ENTITY e "e">]>"#).into_bytes()),
        (
            "another outermost element",
            sound.replace("memo:Message>", "memo:Brev>").replace("<memo:Message ", "<memo:Brev ").into_bytes(),
        ),
        ("another namespace", sound.replace("https://DigitalPost.dk/MeMo-1", "https://example.dk/MeMo-1").into_bytes()),
        ("no namespace", sound.replace("memo:", "").into_bytes()),
        (
            "no header",
            without(&sound[sound.find("<memo:MessageHeader>").unwrap()..sound.find("<memo:MessageBody>").unwrap()])
                .into_bytes(),
        ),
        ("no messageUUID", Memo { uuid: String::new(), ..Memo::new() }.xml()),
        ("a messageUUID that is none", Memo { uuid: "brev-17".to_owned(), ..Memo::new() }.xml()),
        ("no sender", Memo { sender: None, ..Memo::new() }.xml()),
        ("a sender without its number", Memo { sender: Some(("", "CPR")), ..Memo::new() }.xml()),
        ("no recipient", Memo { recipient: None, ..Memo::new() }.xml()),
        ("a recipient without its number", Memo { recipient: Some(("", "CVR")), ..Memo::new() }.xml()),
    ];
    for (case, message) in cases {
        let answer = router.deliver(&message);
        let named = answer.json()["messageUUID"].as_str().map(str::to_owned);
        assert!(
            named.as_ref().is_none_or(|uuid| String::from_utf8_lossy(&message).contains(uuid)),
            "{case}: {named:?}"
        );
        assert_receipt(case, &answer, Expected::NO_MESSAGE, named.as_deref());
    }
    assert!(fagsystem.requests().is_empty());
}

#[test]
fn a_refusal_names_the_message_when_its_uuid_could_be_read() {
    let router = router_to(&Fagsystem::accepting());
    let memo = Memo::new();
    let sound = String::from_utf8(memo.xml()).unwrap();
    let after_uuid = sound.find("</memo:messageUUID>").unwrap() + "</memo:messageUUID>".len();
    let cases = [
        ("broken off before its end", &sound[..after_uuid - 1], None),
        ("broken off after it", &sound[..after_uuid], Some(memo.uuid.as_str())),
        ("broken in the body", &sound[..sound.len() - 3], Some(memo.uuid.as_str())),
    ];
    for (case, message, named) in cases {
        assert_receipt(case, &router.deliver(message.as_bytes()), Expected::NO_MESSAGE, named);
    }
    let without_recipient = Memo { recipient: None, ..Memo::new() };
    let answer = router.deliver(&without_recipient.xml());
    assert_receipt("no recipient", &answer, Expected::NO_MESSAGE, Some(&without_recipient.uuid));
}

#[test]
fn a_nem_sms_is_refused_for_its_type() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    for message_type in ["NEMSMS", "NemSMS"] {
        let message = Memo { message_type, ..Memo::new() };
        assert_receipt(message_type, &router.deliver(&message.xml()), Expected::NEM_SMS, Some(&message.uuid));
    }
    assert!(fagsystem.requests().is_empty());
}

#[test]
fn the_answer_does_not_depend_on_where_the_network_cuts_the_message() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    // Broken right behind the header: an unknown recipient is reported all the same, as when the fault comes later.
    let stranger = Memo { recipient: Some(("99999999", "CVR")), ..Memo::new() };
    let broken = String::from_utf8(stranger.xml()).unwrap().replacen("<memo:MessageBody>", "<memo:MessageBody", 1);
    let header_end = broken.find("</memo:MessageHeader>").unwrap() + "</memo:MessageHeader>".len();
    let whole = router.deliver(broken.as_bytes());
    assert_receipt("in one piece", &whole, Expected::UNKNOWN_RECIPIENT, Some(&stranger.uuid));
    let head = format!("POST /memo HTTP/1.1\r\nContent-Type: application/xml\r\nContent-Length: {}", broken.len());
    let mut call = Call::begin(router.address(), &head);
    call.send(&broken.as_bytes()[..header_end]);
    call.send(&broken.as_bytes()[header_end..]);
    assert_receipt("in two pieces", &call.answer(), Expected::UNKNOWN_RECIPIENT, Some(&stranger.uuid));
    assert!(fagsystem.requests().is_empty());
}

#[test]
fn a_message_that_says_it_is_too_large_is_refused_before_it_is_sent() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let length = MAX_MESSAGE_BYTES + 1;
    let head = format!("Content-Type: application/xml\r\nContent-Length: {length}\r\nExpect: 100-continue");
    let call = Call::begin(router.address(), &format!("POST /memo HTTP/1.1\r\n{head}"));
    assert_receipt("too large", &call.answer(), Expected::TOO_LARGE, None);
    assert!(fagsystem.requests().is_empty());
}

#[test]
fn a_caller_that_waits_for_a_word_before_it_sends_is_given_it() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let message = Memo::new();
    let xml = message.xml();
    let head = format!("Content-Type: application/xml\r\nContent-Length: {}\r\nExpect: 100-continue", xml.len());
    let mut call = Call::begin(router.address(), &format!("POST /memo HTTP/1.1\r\n{head}"));
    assert!(call.answer_head().starts_with("HTTP/1.1 100 "));
    call.send(&xml);
    assert_receipt("continued", &call.answer(), Expected::ACCEPTED, Some(&message.uuid));
}

#[test]
fn a_message_for_a_stranger_is_refused() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let strangers =
        [("12345678", "CVR"), ("2211771212", "CPR"), (AUTHORITY, "CPR"), ("1122334", "CVR"), ("112233440", "CVR")];
    for recipient in strangers {
        let message = Memo { recipient: Some(recipient), ..Memo::new() };
        let answer = router.deliver(&message.xml());
        assert_receipt(&format!("{recipient:?}"), &answer, Expected::UNKNOWN_RECIPIENT, Some(&message.uuid));
        assert!(!answer.body.contains("2211771212"), "{}", answer.body);
    }
    assert!(fagsystem.requests().is_empty());
    let lower_case = Memo { recipient: Some((AUTHORITY, "cvr")), ..Memo::new() };
    assert_eq!(router.deliver(&lower_case.xml()).status(), 200, "the type of id occurs in lower case");
}

#[test]
fn an_authority_that_answers_for_several_cvr_numbers_is_found_by_each() {
    let fagsystem = Fagsystem::accepting();
    let mut several = configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]);
    several["myndigheder"][0]["flereCvr"] = vec!["12345678"].into();
    let router = Router::start(&several);
    for recipient in [(AUTHORITY, "CVR"), ("12345678", "CVR")] {
        let message = Memo { recipient: Some(recipient), ..Memo::new() };
        assert_receipt(recipient.0, &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    }
}

#[test]
fn a_web_page_may_not_deliver_messages() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let xml = Memo::new().xml();
    for header in ["Origin: https://example.dk", "Origin: null", "Sec-Fetch-Site: cross-site"] {
        let head = format!("{header}\r\nContent-Type: application/xml\r\nContent-Length: {}", xml.len());
        let mut call = Call::begin(router.address(), &format!("POST /memo HTTP/1.1\r\n{head}"));
        call.send(&xml);
        assert_receipt(header, &call.answer(), Expected::NOT_ALLOWED, None);
    }
    assert!(fagsystem.requests().is_empty());
    assert_eq!(router.journal()[0].outcome, "afsender.ikke_godkendt");
}

#[test]
fn a_message_comes_as_xml_or_as_a_form_and_as_nothing_else() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let (form, quoted) =
        (Form::content_type(), format!("Multipart/Form-Data; charset=utf-8; boundary=\"{}\"", Form::BOUNDARY));
    let accepted = [
        "application/xml",
        "application/xml;charset=UTF-8",
        "text/xml",
        "text/xml; charset=\"utf-8\"",
        "Text/XML; charset=utf-8",
        &form,
        &quoted,
    ];
    for (number, content_type) in accepted.into_iter().enumerate() {
        let message = Memo::new();
        let is_form = content_type.to_lowercase().starts_with("multipart");
        let xml = message.xml();
        let body = if is_form { Form::default().file(&message.uuid, &xml).end() } else { xml.clone() };
        let answer = router.deliver_as(content_type, &body);
        assert_receipt(content_type, &answer, Expected::ACCEPTED, Some(&message.uuid));
        assert!(fagsystem.whole_requests()[number].body == xml, "{content_type}");
    }

    let message = Memo::new();
    let xml = message.xml();
    let form = Form::default().file(&message.uuid, &xml).end();
    let refused: [(&str, &[u8]); 6] = [
        ("application/json", &xml),
        ("text/plain", &xml),
        ("application/x-www-form-urlencoded", &xml),
        ("multipart/mixed; boundary=x", &form),
        ("multipart/form-data", &form),
        ("application/xml\r\nContent-Encoding: gzip", &xml),
    ];
    for (content_type, body) in refused {
        assert_receipt(content_type, &router.deliver_as(content_type, body), Expected::NO_MESSAGE, None);
    }
    assert_eq!(fagsystem.requests().len(), accepted.len());
}

#[test]
fn of_a_form_the_part_named_file_is_the_message_whatever_stands_around_it() {
    /// Makes a form around a message with that UUID.
    type Around = fn(&str, &[u8]) -> Vec<u8>;
    fn note(form: Form) -> Form {
        form.part(r#"name="note""#, "", b"<not>a message")
    }
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let cases: [(&str, Around); 10] = [
        ("named with the bare uuid", |uuid, xml| Form::default().file(uuid, xml).end()),
        ("named with an ending", |_, xml| Form::default().file("besked.xml", xml).end()),
        ("without a name", |_, xml| Form::default().part(r#"name="file""#, "", xml).end()),
        ("unquoted", |_, xml| Form::default().part("name=file; filename=x", "Content-Type: text/xml\r\n", xml).end()),
        ("after another part", |uuid, xml| note(Form::default()).file(uuid, xml).end()),
        ("before another part", |uuid, xml| note(Form::default().file(uuid, xml)).end()),
        ("between others", |uuid, xml| note(note(Form::default()).file(uuid, xml)).end()),
        ("beside a file of another name", |uuid, xml| {
            Form::default().part(r#"name="andet"; filename="file""#, "", b"x").file(uuid, xml).end()
        }),
        ("with a preamble", |uuid, xml| [b"preamble\r\n".to_vec(), Form::default().file(uuid, xml).end()].concat()),
        ("with an epilogue", |uuid, xml| [Form::default().file(uuid, xml).end(), b"epilogue".to_vec()].concat()),
    ];
    for (number, (case, around)) in cases.into_iter().enumerate() {
        let message = Memo::new();
        let xml = message.xml();
        let answer = router.deliver_as(&Form::content_type(), &around(&message.uuid, &xml));
        assert_receipt(case, &answer, Expected::ACCEPTED, Some(&message.uuid));
        assert!(fagsystem.whole_requests()[number].body == xml, "nothing but the part goes on: {case}");
    }
}

#[test]
fn a_form_without_exactly_one_whole_file_is_refused() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let xml = Memo::new().xml();
    let form = || Form::default().file("x", &xml);
    let cut_off = |by: usize| {
        let mut body = form().end();
        body.truncate(body.len() - by);
        body
    };
    let end_of_form = format!("--{}--\r\n", Form::BOUNDARY).len();
    let long_header = format!("X-Long: {}\r\n", "x".repeat(2 * 1024 * 1024));
    let cases = [
        ("no parts", Form::default().end(), "no part named 'file'"),
        ("no body", Vec::new(), ""),
        (
            "no part of that name",
            Form::default().part(r#"name="fil"; filename="file""#, "", &xml).end(),
            "named 'file'",
        ),
        ("two files", form().file("y", &xml).end(), "more than one part named 'file'"),
        ("a second file that is empty", form().file("y", b"").end(), "more than one part named 'file'"),
        ("two files and one between", form().part(r#"name="note""#, "", b"x").file("y", &xml).end(), "more than one"),
        ("cut off before its end", cut_off(end_of_form), ""),
        ("cut off within its end", cut_off(6), ""),
        ("cut off within the message", cut_off(end_of_form + 200), "ends before its last part"),
        (
            "another boundary",
            String::from_utf8(form().end()).unwrap().replace("boundary7", "boundary8").into_bytes(),
            "",
        ),
        (
            "an endless part header",
            Form::default().part(r#"name="file""#, &long_header, &xml).end(),
            "too long headers",
        ),
    ];
    for (case, body, words) in cases {
        let answer = router.deliver_as(&Form::content_type(), &body);
        let uuid = answer.json()["messageUUID"].as_str().map(str::to_owned);
        let receipt = assert_receipt(case, &answer, Expected::NO_MESSAGE, uuid.as_deref());
        assert!(receipt["errorMessage"].as_str().unwrap().contains(words), "{case}: {receipt}");
    }
    assert!(fagsystem.whole_requests().is_empty());
}

#[test]
fn a_form_is_read_alike_wherever_its_bytes_are_cut() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let message = Memo::new();
    // Beginnings of a boundary within the message are part of the message.
    let content = format!("\r\n--{}", &Form::BOUNDARY[..8]).repeat(3);
    let xml = Memo { content, ..message.clone() }.xml();
    let body = Form::default().part(r#"name="note""#, "", b"x").file(&message.uuid, &xml).end();
    let end_of_part = body.len() - format!("\r\n--{}--\r\n", Form::BOUNDARY).len();
    // Cuts through the boundary that ends the message, and through the whole in small pieces.
    let cuts = (end_of_part..body.len()).step_by(5).map(|at| vec![&body[..at], &body[at..]]);
    for pieces in cuts.chain([body.chunks(7).collect()]) {
        let mut call = Call::chunked(router.address(), &Form::content_type());
        for piece in &pieces {
            call.send_chunk(piece);
        }
        call.end_chunks();
        let case = format!("{} bytes first", pieces[0].len());
        assert_receipt(&case, &call.answer(), Expected::ACCEPTED, Some(&message.uuid));
    }
    assert!(fagsystem.whole_requests().iter().all(|request| request.body == xml));
}

#[test]
fn the_router_is_healthy_when_something_is_published_and_the_journal_can_be_written() {
    let data = TempDir::new().unwrap();
    let router = Router::start_on(data);
    let before = router.health();
    assert_eq!(before.status(), 503);
    assert_eq!(before.json()["grund"], "no configuration has been published");

    let fagsystem = Fagsystem::accepting();
    publish(router.data.path(), &configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    crate::support::eventually("the publication is in force", || (router.health().status() == 200).then_some(()));

    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON arrivals BEGIN SELECT RAISE(ABORT, 'disk full'); END";
    router.settled_database().execute_batch(refuse).unwrap();
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 503, "nothing is taken that the journal does not hold");
    assert!(fagsystem.requests().is_empty());
    let without_journal = router.health();
    assert_eq!(without_journal.status(), 503);
    assert_ne!(without_journal.json()["grund"], before.json()["grund"], "each reason has its own words");

    router.settled_database().execute_batch("DROP TRIGGER refuse").unwrap();
    crate::support::eventually("it is well again", || (router.health().status() == 200).then_some(()));
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200);
}

#[test]
fn before_the_first_publication_every_recipient_is_a_stranger() {
    let router = Router::start_on(TempDir::new().unwrap());
    let message = Memo::new();
    let answer = router.deliver(&message.xml());
    assert_receipt("nothing published", &answer, Expected::UNKNOWN_RECIPIENT, Some(&message.uuid));
}

#[test]
fn only_messages_are_taken_and_only_health_is_told() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    for (request, status) in [("GET /memo", 405), ("GET /", 404), ("DELETE /sundhed", 405)] {
        let mut call = Call::begin(router.address(), &format!("{request} HTTP/1.1"));
        let head = call.answer_head();
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {head}");
    }
}
