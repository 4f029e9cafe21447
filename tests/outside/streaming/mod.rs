//! Messages on their way: broken ones, large ones, slow ones, and what happens around them meanwhile.

mod kept;

use std::fs;
use std::sync::LazyLock;

use postfordeler::memo::MAX_MESSAGE_BYTES;

use crate::support::{
    Answer, Call, Expected, Fagsystem, Form, Gate, Memo, Request, Router, State, assert_receipt, configuration,
    eventually, fagsystem_entry, postfordeler, rule,
};

/// The largest message that may be, made once: it is sent often.
static LARGEST: LazyLock<(String, Vec<u8>)> = LazyLock::new(|| {
    let memo = Memo::new();
    let xml = memo.xml_of_length(usize::try_from(MAX_MESSAGE_BYTES).unwrap());
    (memo.uuid, xml)
});

fn router_to(fagsystem: &Fagsystem) -> Router {
    Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]))
}

/// The ways in which a message can come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    WithLength,
    Chunked,
    Form,
}

impl Way {
    const ALL: [Self; 3] = [Self::WithLength, Self::Chunked, Self::Form];

    fn deliver(self, router: &Router, message: &[u8]) -> Answer {
        let mut call = match self {
            Self::WithLength => Call::with_length(router.address(), "application/xml", message.len()),
            Self::Chunked => Call::chunked(router.address(), "application/xml"),
            Self::Form => {
                let form = Form::default().file("x", message).end();
                return router.deliver_as(&Form::content_type(), &form);
            }
        };
        for piece in message.chunks(64 * 1024) {
            match self {
                Self::WithLength => call.send(piece),
                _ => call.send_chunk(piece),
            }
        }
        if self == Self::Chunked {
            call.end_chunks();
        }
        call.answer()
    }
}

#[test]
fn a_fagsystem_never_sees_a_complete_request_of_a_broken_message() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let memo = Memo::new();
    let sound = memo.xml_of_length(600_000);
    let mut wrong_last_byte = sound.clone();
    *wrong_last_byte.last_mut().unwrap() = b'<';
    let without_last_byte = sound[..sound.len() - 1].to_vec();
    let second_root = [&sound[..], b"\n<memo/>"].concat();
    let text_after_root = [&sound[..], b"x"].concat();
    let unfinished_character = [&sound[..], b"\xC3"].concat();
    let broken = [
        ("a wrong last byte", wrong_last_byte),
        ("without its last byte", without_last_byte),
        ("a second outermost element", second_root),
        ("text after its end", text_after_root),
        ("half a character after its end", unfinished_character),
    ];
    for (case, message) in broken {
        for way in Way::ALL {
            let answer = way.deliver(&router, &message);
            assert_receipt(&format!("{case}, {way:?}"), &answer, Expected::NO_MESSAGE, Some(&memo.uuid));
        }
    }
    let requests = fagsystem.requests();
    assert!(!requests.is_empty(), "what came before the fault was on its way already");
    assert!(requests.iter().all(|request| !request.is_whole()));
    assert!(router.journal().iter().all(|row| row.outcome == "memo.ugyldig"));
}

#[test]
fn a_fagsystem_never_sees_a_complete_request_when_the_caller_hangs_up() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let message = Memo::new().xml_of_length(600_000);
    let form = Form::default().file("x", &message).end();
    let end_of_file = form.len() - format!("\r\n--{}--\r\n", Form::BOUNDARY).len();
    // The whole message has come, but not the word that it is whole.
    let cases: [(Way, &[u8]); 6] = [
        (Way::WithLength, &message[..300_000]),
        (Way::WithLength, &message[..message.len() - 1]),
        (Way::Chunked, &message[..300_000]),
        (Way::Chunked, &message),
        (Way::Form, &form[..300_000]),
        (Way::Form, &form[..end_of_file]),
    ];
    for (number, (way, bytes)) in cases.into_iter().enumerate() {
        let mut call = match way {
            Way::WithLength => Call::with_length(router.address(), "application/xml", message.len()),
            Way::Chunked => Call::chunked(router.address(), "application/xml"),
            Way::Form => Call::with_length(router.address(), &Form::content_type(), form.len()),
        };
        if way == Way::Chunked {
            call.send_chunk(bytes);
        } else {
            call.send(bytes);
        }
        // Not before much of it is on its way, so that there is something to break off.
        fagsystem.wait_until("the fagsystem has the beginning", |requests| {
            requests.get(number).is_some_and(|request| request.body.len() > 100_000)
        });
        call.hang_up();
        eventually("the journal has the outcome", || {
            router.journal().get(number).filter(|row| row.outcome != "undervejs").map(|_| ())
        });
    }
    let requests = fagsystem.requests();
    assert_eq!(requests.len(), cases.len());
    assert!(requests.iter().all(|request| !request.is_whole()));
    assert!(router.journal().iter().all(|row| row.outcome == "afbrudt"), "{:?}", router.journal());
}

#[test]
fn the_largest_message_passes_byte_for_byte_and_one_byte_more_does_not() {
    let fagsystem = Fagsystem::start(|connection| {
        if !connection.take_head() {
            return;
        }
        let (mut at, mut is_same) = (0, true);
        let is_whole = connection.take_body_to(|piece| {
            is_same &= LARGEST.1.get(at..at + piece.len()) == Some(piece);
            at += piece.len();
        });
        let is_same = is_same && at == LARGEST.1.len();
        connection.answer(if is_whole && is_same { 200 } else { 400 }, "");
    });
    let (uuid, largest) = &*LARGEST;
    let outcomes = |router: &Router| router.journal().into_iter().map(|row| row.outcome).collect::<Vec<_>>();
    for way in Way::ALL {
        let router = router_to(&fagsystem);
        let answer = way.deliver(&router, largest);
        assert_receipt(&format!("the largest, {way:?}"), &answer, Expected::ACCEPTED, Some(uuid));
        assert_eq!(outcomes(&router), ["accepteret"]);
    }
    assert_eq!(fagsystem.whole_requests().len(), Way::ALL.len());
    let too_large = [&largest[..], b"\n"].concat();
    for way in Way::ALL {
        let router = router_to(&fagsystem);
        let answer = way.deliver(&router, &too_large);
        // One that says its length is refused unread.
        let uuid = (way != Way::WithLength).then_some(uuid.as_str());
        assert_receipt(&format!("one byte more, {way:?}"), &answer, Expected::TOO_LARGE, uuid);
        assert_eq!(outcomes(&router), ["memo.for_stor"]);
    }
    assert_eq!(fagsystem.whole_requests().len(), Way::ALL.len(), "none of those was complete");
}

#[test]
fn the_fagsystem_has_the_beginning_before_the_caller_has_sent_the_end() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    for (number, way) in Way::ALL.into_iter().enumerate() {
        let message = Memo::new().xml_of_length(300_000);
        let (beginning, end) = message.split_at(200_000);
        let form = Form::default().file("x", &message).end();
        let form_beginning = form.len() - end.len();
        let (mut call, rest) = match way {
            Way::WithLength => {
                let mut call = Call::with_length(router.address(), "application/xml", message.len());
                call.send(beginning);
                (call, end)
            }
            Way::Chunked => {
                let mut call = Call::chunked(router.address(), "application/xml");
                call.send_chunk(beginning);
                (call, end)
            }
            Way::Form => {
                let mut call = Call::with_length(router.address(), &Form::content_type(), form.len());
                call.send(&form[..form_beginning]);
                (call, &form[form_beginning..])
            }
        };
        fagsystem.wait_until("the fagsystem has the header", |requests| {
            let header_end = b"</memo:MessageHeader>";
            let has_it = |body: &[u8]| body.windows(header_end.len()).any(|window| window == header_end);
            requests.get(number).is_some_and(|request| has_it(&request.body))
        });
        if way == Way::Chunked {
            call.send_chunk(rest);
            call.end_chunks();
        } else {
            call.send(rest);
        }
        assert_eq!(call.answer().status(), 200, "{way:?}");
        assert!(fagsystem.whole_requests()[number].body == message, "{way:?}");
    }
}

#[test]
fn a_fagsystem_that_refuses_before_the_message_is_whole_is_heard() {
    let rejection = r#"{"errorCode":"sag.lukket","errorMessage":"Lukket"}"#;
    let cases = [
        ("a rejection", 422, rejection, Expected::REJECTED),
        ("a missing permission", 401, "", Expected::UNAVAILABLE),
        ("too large for it", 413, "", Expected::REJECTED),
        ("too busy", 429, "", Expected::UNAVAILABLE),
        ("not well", 503, rejection, Expected::UNAVAILABLE),
    ];
    for reads_on in [true, false] {
        for (case, status, body, expected) in cases {
            let answered = Gate::default();
            let has_answered = answered.clone();
            let over = Gate::default();
            let is_over = over.clone();
            let fagsystem = Fagsystem::start(move |connection| {
                if connection.take_head() {
                    connection.answer(status, body);
                    has_answered.open();
                    // It keeps the connection either way: closing on what still comes would lose its answer.
                    if reads_on {
                        connection.take_body();
                    } else {
                        is_over.pass();
                    }
                }
            });
            let router = router_to(&fagsystem);
            let memo = Memo::new();
            let message = memo.xml_of_length(500_000);
            let mut call = Call::with_length(router.address(), "application/xml", message.len());
            call.send(&message[..5_000]);
            // The head comes with the first piece after the one that holds the header.
            call.send(&message[5_000..10_000]);
            let case = format!("{case}, reads on: {reads_on}");
            answered.pass();
            if reads_on {
                // The router has read the answer, and not merely got it: what comes sooner may still go out, whole too.
                fagsystem.wait_until(&format!("{case}: the router breaks the message off"), |requests| {
                    requests.iter().any(|request| request.state == State::BrokenOff)
                });
            }
            call.send(&message[10_000..]);
            assert_receipt(&case, &call.answer(), expected, Some(&memo.uuid));
            over.open();
            assert!(fagsystem.whole_requests().is_empty(), "{case}");
        }
    }
}

#[test]
fn the_words_of_an_early_refusal_are_heard_though_they_come_after_its_head() {
    let gate = Gate::default();
    let held = gate.clone();
    let head_sent = Gate::default();
    let has_head = head_sent.clone();
    let words = r#"{"errorCode":"sag.lukket"}"#;
    let fagsystem = Fagsystem::start(move |connection| {
        if connection.take_head() {
            let length = words.len();
            connection.write(&format!("HTTP/1.1 422 Nej\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"));
            has_head.open();
            held.pass();
            connection.write(words);
            connection.take_body();
        }
    });
    let router = router_to(&fagsystem);
    let memo = Memo::new();
    let message = memo.xml_of_length(500_000);
    let mut call = Call::with_length(router.address(), "application/xml", message.len());
    call.send(&message[..250_000]);
    head_sent.pass();
    call.send(&message[250_000..]);
    gate.open();
    let receipt = assert_receipt("late words", &call.answer(), Expected::REJECTED, Some(&memo.uuid));
    assert!(receipt["errorMessage"].as_str().unwrap().contains("sag.lukket"), "{receipt}");
}

#[test]
fn a_yes_counts_only_from_a_fagsystem_that_has_taken_the_whole_message() {
    for reads_on in [true, false] {
        let answered = Gate::default();
        let has_answered = answered.clone();
        let fagsystem = Fagsystem::start(move |connection| {
            if connection.take_head() {
                connection.answer(200, r#"{"receiptStatus":"COMPLETED"}"#);
                has_answered.open();
                if reads_on {
                    connection.take_body();
                }
            }
        });
        let router = router_to(&fagsystem);
        let memo = Memo::new();
        // More than the buffers between the two hold.
        let message = memo.xml_of_length(32 * 1024 * 1024);
        let mut call = Call::with_length(router.address(), "application/xml", message.len());
        call.send(&message[..100_000]);
        answered.pass();
        call.send(&message[100_000..]);
        let answer = call.answer();
        let whole = fagsystem.whole_requests();
        let expected = if reads_on { Expected::ACCEPTED } else { Expected::UNAVAILABLE };
        assert_receipt(&format!("reads on: {reads_on}"), &answer, expected, Some(&memo.uuid));
        assert_eq!(whole.len(), usize::from(reads_on));
    }
}

#[test]
fn a_publication_is_in_force_for_the_next_message_and_leaves_the_one_under_way_alone() {
    let (old, new) = (Fagsystem::accepting(), Fagsystem::accepting());
    let fagsystems = [("gammel", &old), ("ny", &new)].map(|(id, it)| fagsystem_entry(id, &it.endpoint()));
    let to = |id| configuration(&fagsystems, &[rule(25, id, "kontaktpunkt", "punkt")]);
    let router = Router::start(&to("gammel"));
    let memo = |uuid: &str| Memo { contact_point: Some("punkt".to_owned()), uuid: uuid.to_owned(), ..Memo::new() };

    let under_way = memo("8C2EA15D-61FB-4BA9-9366-42F8B194C114");
    let message = under_way.xml_of_length(300_000);
    let mut held_open = Call::with_length(router.address(), "application/xml", message.len());
    held_open.send(&message[..200_000]);
    old.wait_until("the message is on its way", |requests| !requests.is_empty());

    let file = router.data.path().join("ny.json");
    fs::write(&file, to("ny").to_string()).unwrap();
    let data = router.data.path().to_str().unwrap();
    let imported = postfordeler(&["import", file.to_str().unwrap(), "--data", data]);
    assert_eq!(imported.status.code(), Some(0), "{imported:?}");

    let mut delivered = 0;
    eventually("the new publication decides", || {
        delivered += 1;
        assert_eq!(
            router.deliver(&Memo { contact_point: Some("punkt".to_owned()), ..Memo::new() }.xml()).status(),
            200
        );
        (!new.requests().is_empty()).then_some(())
    });

    held_open.send(&message[200_000..]);
    assert_receipt("under way", &held_open.answer(), Expected::ACCEPTED, Some(&under_way.uuid));
    let to_old = old.whole_requests();
    assert!(to_old.iter().any(|request| request.body == message), "it ends where it began");
    assert_eq!(new.whole_requests().len(), 1);
    assert_eq!(to_old.len() + 1, delivered + 1, "no message is lost");
    let journal = router.journal();
    let of = |fagsystem: &str| -> Vec<_> {
        journal.iter().filter(|row| row.fagsystem.as_deref() == Some(fagsystem)).map(|row| row.publication).collect()
    };
    assert_eq!(of("ny"), [Some(2)]);
    assert!(of("gammel").iter().all(|publication| *publication == Some(1)));
}

#[test]
fn a_router_asked_to_end_completes_what_is_under_way_and_takes_no_more() {
    let answer_gate = Gate::default();
    let may_answer = answer_gate.clone();
    let fagsystem = Fagsystem::start(move |connection| {
        if connection.take_all() {
            may_answer.pass();
            connection.answer(200, "");
        }
    });
    let mut router = router_to(&fagsystem);
    let (coming, waiting) = (Memo::new(), Memo::new());
    let message = coming.xml_of_length(300_000);
    // Of one message half has come, the other one waits for its fagsystem's answer.
    let mut half_come = Call::with_length(router.address(), "application/xml", message.len());
    half_come.send(&message[..200_000]);
    let xml = waiting.xml();
    let mut awaiting_answer = Call::with_length(router.address(), "application/xml", xml.len());
    awaiting_answer.send(&xml);
    fagsystem
        .wait_until("both are on their way", |requests| requests.len() == 2 && requests.iter().any(Request::is_whole));

    router.running.terminate();
    eventually("it is stopping", || (router.health().status() == 503).then_some(()));
    let too_late = router.deliver(&Memo::new().xml());
    assert_eq!((too_late.status(), &too_late.json()["errorCode"]), (503, &"router.utilgaengelig".into()));
    assert!(!router.running.has_ended(), "messages are under way");
    half_come.send(&message[200_000..]);
    answer_gate.open();
    assert_receipt("half come", &half_come.answer(), Expected::ACCEPTED, Some(&coming.uuid));
    assert_receipt("awaiting", &awaiting_answer.answer(), Expected::ACCEPTED, Some(&waiting.uuid));
    assert_eq!(router.running.exit_status(), Some(0));
    assert!(fagsystem.whole_requests().iter().any(|request| request.body == message));
    let mut written: Vec<_> =
        router.journal().into_iter().map(|row| (row.message_uuid.unwrap(), row.outcome)).collect();
    written.sort();
    let mut expected = [coming.uuid, waiting.uuid].map(|uuid| (uuid, "accepteret".to_owned()));
    expected.sort();
    assert_eq!(written, expected);
}

#[test]
fn a_message_whose_caller_does_not_wait_for_the_answer_is_delivered_and_written_down() {
    let gate = Gate::default();
    let may_answer = gate.clone();
    let fagsystem = Fagsystem::start(move |connection| {
        if connection.take_all() {
            may_answer.pass();
            connection.answer(200, "");
        }
    });
    let router = router_to(&fagsystem);
    let message = Memo::new();
    let xml = message.xml();
    let mut call = Call::with_length(router.address(), "application/xml", xml.len());
    call.send(&xml);
    fagsystem.wait_until("the message is there", |requests| requests.iter().any(Request::is_whole));
    call.hang_up();
    gate.open();
    let journal = eventually("the journal has the outcome", || {
        Some(router.journal()).filter(|rows| rows.first().is_some_and(|row| row.outcome != "undervejs"))
    });
    assert_eq!((journal[0].outcome.as_str(), journal[0].message_uuid.as_ref()), ("accepteret", Some(&message.uuid)));
}
