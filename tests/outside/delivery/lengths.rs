//! Whether the fagsystem hears a message's length before the message, and what becomes of it where it must.

use super::{ACCEPTED, UNAVAILABLE, router_to};
use crate::support::{
    Answer, Call, Connection, Expected, Fagsystem, Form, Gate, Memo, Request, Router, assert_receipt, eventually,
};

/// Longer than what is waited for.
const LONG: usize = 300_000;

fn deliver_chunked(router: &Router, message: &[u8], piece: usize) -> Answer {
    let mut call = Call::chunked(router.address(), "application/xml");
    message.chunks(piece).for_each(|piece| call.send_chunk(piece));
    call.end_chunks();
    call.answer()
}

fn deliver_form(router: &Router, message: &[u8]) -> Answer {
    router.deliver_as(&Form::content_type(), &Form::default().file("x", message).end())
}

/// What the journal says of the newest message: its outcome, and why.
fn newest(router: &Router) -> (String, Option<String>) {
    let query = "SELECT outcome, reason FROM journal ORDER BY number DESC LIMIT 1";
    router.database().query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn lengths(requests: &[Request]) -> Vec<Option<usize>> {
    let length = |request: &Request| {
        let length = request.header("content-length").map(|length| length.parse().unwrap());
        assert_eq!(length.is_none(), request.header("transfer-encoding") == Some("chunked"), "{}", request.head);
        length
    };
    requests.iter().map(length).collect()
}

#[test]
fn a_message_that_is_here_whole_goes_with_its_length_whichever_way_it_came() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let mut expected = Vec::new();
    for length in [1_000, 2_000, 30_000, 60_000] {
        let message = || Memo::new().xml_of_length(length);
        assert_eq!(router.deliver(&message()).status(), 200);
        assert_eq!(deliver_chunked(&router, &message(), 1_000).status(), 200);
        assert_eq!(deliver_form(&router, &message()).status(), 200);
        // Byte by byte, as a slow caller's message comes.
        let form = Form::default().part(r#"name="note""#, "", b"x").file("x", &message()).part(r#"name="y""#, "", b"");
        let form = form.end();
        let mut call = Call::with_length(router.address(), &Form::content_type(), form.len());
        form.chunks(700).for_each(|piece| call.send(piece));
        assert_eq!(call.answer().status(), 200);
        expected.extend([Some(length); 4]);
    }
    assert_eq!(lengths(&fagsystem.whole_requests()), expected);
    assert!(fagsystem.requests().iter().all(|it| it.header("accept-encoding") == Some("identity")));
}

#[test]
fn a_large_message_is_chunked_only_when_its_length_is_not_known() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let message = || Memo::new().xml_of_length(LONG);
    assert_eq!(router.deliver(&message()).status(), 200);
    assert_eq!(deliver_chunked(&router, &message(), 10_000).status(), 200);
    assert_eq!(deliver_form(&router, &message()).status(), 200);
    // A length beside chunks is none of the message's.
    let mut call = Call::begin(
        router.address(),
        "POST /memo HTTP/1.1\r\nContent-Type: text/xml\r\nContent-Length: 17\r\nTransfer-Encoding: chunked",
    );
    message().chunks(10_000).for_each(|piece| call.send_chunk(piece));
    call.end_chunks();
    assert_eq!(call.answer().status(), 200);
    assert_eq!(lengths(&fagsystem.whole_requests()), [Some(LONG), None, None, None]);
}

#[test]
fn a_small_broken_message_is_refused_the_same_however_it_was_cut() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    for pieces in [1, 100, 100_000] {
        let mut message = Memo::new().xml();
        *message.last_mut().unwrap() = b'<';
        let answer = deliver_chunked(&router, &message, pieces);
        assert_eq!((answer.status(), newest(&router).0.as_str()), (400, "memo.ugyldig"));
        let answer = deliver_form(&router, &message);
        assert_eq!((answer.status(), newest(&router).0.as_str()), (400, "memo.ugyldig"));
        // The header decides before that.
        let mut elsewhere = Memo { recipient: Some(("99999999", "CVR")), ..Memo::new() }.xml();
        *elsewhere.last_mut().unwrap() = b'<';
        assert_eq!(deliver_chunked(&router, &elsewhere, pieces).status(), 422);
    }
    assert!(fagsystem.requests().is_empty(), "a flaw in what is here whole is found before anything goes out");
}

/// Reads as many bytes as `Content-Length` says, and answers accordingly.
fn reads_by_length(version: &'static str) -> Fagsystem {
    Fagsystem::start(move |connection: &mut Connection| {
        if connection.take_head() {
            connection.take_body_by_length();
            connection.write(&format!("{version} 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            // Till all has gone out, lest closing on what was not read breaks the answer off.
            connection.drain();
        }
    })
}

#[test]
fn the_public_form_reaches_receivers_that_read_by_length_alone() {
    let http = include_str!("../../data/cases/forms/small-form.http").replace("router.example", "localhost");
    let (_, rest) = http.split_once("\r\n\r\n--").unwrap();
    let (_, rest) = rest.split_once("\r\n\r\n").unwrap();
    let (message, _) = rest.split_once("\r\n--").unwrap();
    let refusing = Fagsystem::start(|connection: &mut Connection| {
        if connection.take_head() {
            let is_read = !connection.take_body_by_length().is_empty();
            connection.answer(if is_read { 200 } else { 411 }, "");
            connection.drain();
        }
    });
    for fagsystem in [reads_by_length("HTTP/1.1"), reads_by_length("HTTP/1.0"), refusing] {
        let router = router_to(&fagsystem);
        let call = Call::raw(router.address(), &http);
        assert_receipt("form", &call.answer(), ACCEPTED, Some("5f0c6ab1-58b0-4f3d-a9a0-000000000001"));
        let requests = fagsystem.whole_requests();
        assert_eq!(requests.len(), 1);
        assert!(requests[0].body == message.as_bytes());
    }
}

#[test]
fn what_an_old_fagsystem_says_of_chunks_counts_for_nothing_and_the_next_try_has_a_length() {
    for status in [200, 201, 400, 422, 411, 501] {
        let fagsystem = Fagsystem::start(move |connection: &mut Connection| {
            if connection.take_head() {
                let is_read = !connection.take_body_by_length().is_empty();
                let status = if is_read { 200 } else { status };
                connection.write(&format!("HTTP/1.0 {status} Svar\r\nContent-Length: 0\r\n\r\n"));
                connection.drain();
            }
        });
        let router = router_to(&fagsystem);
        let memo = Memo::new();
        let message = memo.xml_of_length(LONG);
        let case = format!("{status}");
        assert_receipt(&case, &deliver_form(&router, &message), UNAVAILABLE, Some(&memo.uuid));
        let (outcome, reason) = newest(&router);
        assert_eq!(reason.as_deref(), Some("laengde_kraeves"), "{case}");
        // A "yes" may be true, so that no other fagsystem may get it; a "no" is not.
        let expected = if status < 300 { "uvist" } else { "fagsystem.utilgaengeligt" };
        assert_eq!(outcome, expected, "{case}");

        assert_receipt(&case, &deliver_form(&router, &message), ACCEPTED, Some(&memo.uuid));
        let another = Memo::new().xml_of_length(LONG);
        assert_eq!(deliver_chunked(&router, &another, 10_000).status(), 200);
        let whole: Vec<_> =
            fagsystem.requests().into_iter().filter(|it| it.header("content-length").is_some()).collect();
        assert_eq!(whole.len(), 2, "{case}");
        assert!(whole[0].body == message && whole[1].body == another, "{case}");
    }
}

#[test]
fn a_fagsystem_that_refuses_chunks_is_sent_none_again() {
    for status in [411, 501] {
        let fagsystem = Fagsystem::start(move |connection: &mut Connection| {
            if connection.take_head() {
                let is_read = !connection.take_body_by_length().is_empty();
                // Whatever else it says: it has not read the message.
                let body = if is_read { "" } else { r#"{"receiptStatus":"INVALID","errorCode":"laengde"}"# };
                connection.answer(if is_read { 200 } else { status }, body);
                connection.drain();
            }
        });
        let router = router_to(&fagsystem);
        let memo = Memo::new();
        let message = memo.xml_of_length(LONG);
        assert_receipt("chunks", &deliver_form(&router, &message), UNAVAILABLE, Some(&memo.uuid));
        assert_eq!(newest(&router), ("fagsystem.utilgaengeligt".to_owned(), Some("laengde_kraeves".to_owned())));
        assert_receipt("again", &deliver_form(&router, &message), ACCEPTED, Some(&memo.uuid));
        for _ in 0..2 {
            assert_eq!(deliver_chunked(&router, &Memo::new().xml_of_length(LONG), 10_000).status(), 200);
        }
        assert_eq!(lengths(&fagsystem.requests()), [None, Some(LONG), Some(LONG), Some(LONG)]);
    }
}

#[test]
fn the_version_that_a_fagsystem_last_answered_with_decides_whether_chunks_go_there() {
    let fagsystem = Fagsystem::start(|connection: &mut Connection| {
        if connection.take_all() {
            let is_old = connection.body().windows(3).any(|it| it == b"old");
            let version = if is_old { "HTTP/1.0" } else { "HTTP/1.1" };
            connection.write(&format!("{version} 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        }
    });
    let router = router_to(&fagsystem);
    let deliver = |label: &'static str, length| {
        assert_eq!(deliver_form(&router, &Memo { label, ..Memo::new() }.xml_of_length(length)).status(), 200);
    };
    deliver("new", LONG);
    deliver("old", 2_000);
    deliver("old", LONG);
    deliver("new", LONG);
    deliver("new", LONG);
    assert_eq!(lengths(&fagsystem.whole_requests()), [None, Some(2_000), Some(LONG), Some(LONG), None]);
}

#[test]
fn a_message_in_chunks_that_breaks_the_connection_goes_with_its_length_the_next_time() {
    let fagsystem = Fagsystem::start(|connection: &mut Connection| {
        if connection.take_head() && !connection.take_body_by_length().is_empty() {
            connection.answer(200, "");
        }
    });
    let router = router_to(&fagsystem);
    let memo = Memo::new();
    let message = memo.xml_of_length(LONG);
    assert_receipt("breaks", &deliver_form(&router, &message), UNAVAILABLE, Some(&memo.uuid));
    assert_receipt("again", &deliver_form(&router, &message), ACCEPTED, Some(&memo.uuid));
    assert_eq!(lengths(&fagsystem.requests()), [None, Some(LONG)]);
}

#[test]
fn a_broken_message_that_waits_for_its_length_never_goes_out() {
    let fagsystem = reads_by_length("HTTP/1.0");
    let router = router_to(&fagsystem);
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200);
    let memo = Memo::new();
    let mut message = memo.xml_of_length(LONG);
    *message.last_mut().unwrap() = b'<';
    assert_receipt("broken", &deliver_form(&router, &message), Expected::NO_MESSAGE, Some(&memo.uuid));
    let mut call = Call::chunked(router.address(), "application/xml");
    call.send_chunk(&Memo::new().xml_of_length(LONG));
    call.hang_up();
    eventually("the journal has it", || (newest(&router).0 == "afbrudt").then_some(()));
    assert_eq!(fagsystem.requests().len(), 1);
}

#[test]
fn messages_that_wait_for_their_length_have_so_much_memory_in_all_and_no_more() {
    let fagsystem = reads_by_length("HTTP/1.0");
    let router = router_to(&fagsystem);
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200);

    let (first, second) = (Memo::new(), Memo::new());
    let message = first.xml_of_length(90_000_000);
    let mut call = Call::chunked(router.address(), "application/xml");
    let (begin, end) = message.split_at(80_000_000);
    begin.chunks(1_000_000).for_each(|piece| call.send_chunk(piece));

    // 128 MiB have no room for both.
    let answer = deliver_chunked(&router, &second.xml_of_length(70_000_000), 1_000_000);
    assert_receipt("no room", &answer, UNAVAILABLE, Some(&second.uuid));
    assert_eq!(newest(&router), ("fagsystem.utilgaengeligt".to_owned(), Some("optaget".to_owned())));

    call.send_chunk(end);
    call.end_chunks();
    assert_receipt("the first", &call.answer(), ACCEPTED, Some(&first.uuid));
    // The buffer has been released.
    for _ in 0..3 {
        assert_eq!(deliver_chunked(&router, &Memo::new().xml_of_length(70_000_000), 1_000_000).status(), 200);
    }
    assert_eq!(fagsystem.whole_requests().len(), 5);
}

#[test]
fn a_yes_to_a_message_in_chunks_before_its_end_is_no_acceptance() {
    let answered = Gate::default();
    let has_answered = answered.clone();
    // As a web application does for which a request without a length is empty, behind a server that speaks HTTP/1.1.
    let fagsystem = Fagsystem::start(move |connection: &mut Connection| {
        if connection.take_head() {
            connection.take_body_by_length();
            connection.answer(200, "");
            has_answered.open();
            connection.drain();
        }
    });
    let router = router_to(&fagsystem);
    let memo = Memo::new();
    let message = memo.xml_of_length(LONG);
    let mut call = Call::chunked(router.address(), "application/xml");
    call.send_chunk(&message[..200_000]);
    answered.pass();
    // The router has read the answer, and not merely got it, some time before it has taken this.
    let mut rest = message[200_000..].to_vec();
    rest.extend_from_slice(&vec![b' '; 20_000_000]);
    rest.chunks(100_000).for_each(|piece| call.send_chunk(piece));
    call.end_chunks();
    assert_receipt("early", &call.answer(), UNAVAILABLE, Some(&memo.uuid));
    assert_eq!(newest(&router).1.as_deref(), Some("laengde_kraeves"));

    let whole = [&message[..], &vec![b' '; 20_000_000]].concat();
    assert_receipt("again", &deliver_chunked(&router, &whole, 100_000), ACCEPTED, Some(&memo.uuid));
    assert_eq!(lengths(&fagsystem.requests()), [None, Some(whole.len())]);
}

/// A quick answer is here at the same moment at which the router notices that the last piece has gone.
#[test]
fn a_yes_right_after_the_end_of_a_message_in_chunks_is_not_taken_for_an_early_one() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    for round in 0..60 {
        let memo = Memo::new();
        let message = memo.xml_of_length(121_000);
        assert_receipt(&round.to_string(), &deliver_form(&router, &message), ACCEPTED, Some(&memo.uuid));
    }
    assert_eq!(lengths(&fagsystem.whole_requests()), [None; 60]);
}
