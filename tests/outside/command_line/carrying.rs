use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;

use serde_json::Value;

use super::{Workplace, assert_done, assert_failed, err, out, text};
use crate::support::{
    AUTHORITY, Call, Connection, Expected, Fagsystem, Gate, Memo, NobodyThere, Router, Running, assert_receipt,
    configuration, fagsystem_entry, postfordeler,
};

fn receipts(output: &std::process::Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A practice fagsystem.
fn practice(arguments: &[&str]) -> Running {
    Running::start(&[&["fagsystem", "--listen", "127.0.0.1:0"], arguments].concat())
}

fn router_to(endpoint: &str) -> Router {
    Router::start(&configuration(&[fagsystem_entry("esdh", endpoint)], &[]))
}

#[test]
fn both_published_examples_go_from_send_through_the_router_to_a_fagsystem_unchanged() {
    let examples = [
        ("the full one", include_str!("../../data/MeMo_Full_Example.xml")),
        ("the minimum one", include_str!("../../data/MeMo_Minimum_Example.xml")),
    ];
    for (case, example) in examples {
        let to_citizen = "<memo:recipientID>2211771212</memo:recipientID>\n\t\t\t<memo:idType>CPR</memo:idType>";
        assert_eq!(example.matches(to_citizen).count(), 1);
        let to_us = format!("<memo:recipientID>{AUTHORITY}</memo:recipientID>\n\t\t\t<memo:idType>CVR</memo:idType>");
        let message = example.replace(to_citizen, &to_us);

        let workplace = Workplace::new();
        let kept = workplace.path("modtaget/her");
        let fagsystem = practice(&["--keep", &text(&kept)]);
        let router = router_to(&fagsystem.receiving_at);
        let file = workplace.file("besked.xml", &message);
        let sent = postfordeler(&["send", &file, "--to", &router.running.receiving_at]);
        assert_done(&sent);
        let receipt = &receipts(&sent)[0];
        assert_eq!(receipt["messageUUID"], "8C2EA15D-61FB-4BA9-9366-42F8B194C114", "{case}");
        assert_eq!((&receipt["receiptStatus"], &receipt["errorCode"]), (&"COMPLETED".into(), &Value::Null), "{case}");

        let names: Vec<_> = fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["8C2EA15D-61FB-4BA9-9366-42F8B194C114.xml"], "{case}");
        assert!(fs::read(kept.join(&names[0])).unwrap() == message.as_bytes(), "{case}: the bytes have changed");
    }
}

#[test]
fn send_delivers_as_digital_post_does() {
    // Something that notes down what `send` itself sends.
    let answer = r#"{"transmissionId":"8c2ea15d-61fb-4ba9-9366-42f8b194c114","messageUUID":null,
        "receiptStatus":"COMPLETED","errorCode":null,"errorMessage":null,"timeStamp":"2024-05-03T12:00:00Z"}"#;
    let router = Fagsystem::answering(200, answer);
    let workplace = Workplace::new();
    let message = Memo { has_byte_order_mark: true, ..Memo::new() };
    let file = workplace.file("besked.xml", message.xml());
    // Without a path it is the router's own one.
    assert_done(&postfordeler(&["send", &file, "--to", &format!("http://{}", router.address)]));
    let request = &router.whole_requests()[0];
    assert!(request.head.starts_with("POST /memo HTTP/1.1\r\n"), "{}", request.head);
    assert!(request.header("content-type").unwrap().starts_with("multipart/form-data; boundary="));
    let body = String::from_utf8(request.body.clone()).unwrap();
    let names = format!(r#"Content-Disposition: form-data; name="file"; filename="{}""#, message.uuid);
    assert!(body.contains(&names), "the bare uuid, without an ending: {body}");
    assert!(body.contains(&String::from_utf8(message.xml()).unwrap()));
}

#[test]
fn send_prints_a_receipt_a_line_and_says_no_when_any_message_is_refused() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem.endpoint());
    let workplace = Workplace::new();
    let (first, last) = (Memo::new(), Memo::new());
    let stranger = Memo { recipient: Some(("12345678", "CVR")), ..Memo::new() };
    let files = [
        workplace.file("1.xml", first.xml()),
        workplace.file("2.xml", stranger.xml()),
        workplace.file("3.xml", "hej"),
        workplace.file("4.xml", last.xml()),
    ];
    let to = router.running.receiving_at.as_str();
    let sent = postfordeler(&["send", &files[0], &files[3], "--to", to]);
    assert_done(&sent);
    assert_eq!(receipts(&sent).len(), 2);

    let sent = postfordeler(&["send", &files[0], &files[1], &files[2], &files[3], "--to", to]);
    assert_eq!((sent.status.code(), err(&sent).as_str()), (Some(1), ""));
    let receipts = receipts(&sent);
    let told: Vec<_> = receipts.iter().map(|it| (it["messageUUID"].as_str(), it["errorCode"].as_str())).collect();
    let expected = [
        (Some(first.uuid.as_str()), None),
        (Some(stranger.uuid.as_str()), Some("modtager.ukendt")),
        (None, Some("memo.ugyldig")),
        (Some(last.uuid.as_str()), None),
    ];
    assert_eq!(told, expected, "in the order of the files, also after a refusal");
}

#[test]
fn send_fails_when_nobody_answers_or_somebody_else_does() {
    let workplace = Workplace::new();
    let file = workplace.file("besked.xml", Memo::new().xml());
    let nobody = NobodyThere::new();
    let to = nobody.endpoint();
    assert_failed("nobody", &postfordeler(&["send", &file, "--to", &to]), &to);
    let breaks_off = Fagsystem::start(|connection| {
        connection.take_head();
    });
    assert_failed("breaks off", &postfordeler(&["send", &file, "--to", &breaks_off.endpoint()]), "connection broke");
    let web_server = Fagsystem::answering(404, "<html>Findes ikke</html>");
    assert_failed("no router", &postfordeler(&["send", &file, "--to", &web_server.endpoint()]), "404");
    let router = router_to(&Fagsystem::accepting().endpoint());
    let absent = text(&workplace.path("findes-ikke.xml"));
    assert_failed("no file", &postfordeler(&["send", &absent, "--to", &router.running.receiving_at]), &absent);
}

/// What a fagsystem does on each connection.
type Script = Box<dyn Fn(&mut Connection) + Send + Sync>;

#[test]
fn send_waits_for_no_answer_without_end_and_reads_none() {
    let workplace = Workplace::new();
    let file = workplace.file("besked.xml", Memo::new().xml());
    let gate = Gate::default();
    let holding = |said: &'static str| -> Script {
        let gate = gate.clone();
        Box::new(move |connection| {
            connection.take_all();
            connection.write(said);
            gate.pass();
        })
    };
    let endless = |begin: &'static str, rest: &'static str| -> Script {
        Box::new(move |connection| {
            connection.take_all();
            connection.write(begin);
            connection.write_without_end(rest);
        })
    };
    let cases = [
        ("silence", holding(""), "1", "within 1 s"),
        ("half an answer", holding("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"), "1", "within 1 s"),
        ("an endless answer", endless("HTTP/1.1 200 OK\r\n\r\n", "{\"a\":1}\r\n"), "60", "no router"),
        (
            "endless chunks",
            endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
            "60",
            "no router",
        ),
        ("an endless head", endless("HTTP/1.1 200 OK\r\n", "X-Note: a\r\n"), "60", "connection broke"),
        ("waiting without end", endless("", "HTTP/1.1 102 Processing\r\n\r\n"), "1", "within 1 s"),
    ];
    for (case, script, seconds, words) in cases {
        let router = Fagsystem::start(script);
        let sent = postfordeler(&["send", &file, "--to", &router.endpoint(), "--timeout", seconds]);
        assert_failed(case, &sent, words);
    }
    gate.open();
    for seconds in ["0", "-1", "x", "7201"] {
        let arguments = ["send", &file, "--to", "http://127.0.0.1:1/", &format!("--timeout={seconds}")];
        assert_failed(seconds, &postfordeler(&arguments), "--timeout");
    }
}

#[cfg(unix)]
#[test]
fn a_practice_fagsystem_outlives_a_file_that_may_grow_no_further() {
    let workplace = Workplace::new();
    let arguments = ["fagsystem", "--listen", "127.0.0.1:0", "--keep", &text(&workplace.path("modtaget"))];
    let mut fagsystem = Running::start_after("ulimit -S -f 8", &arguments);
    for length in [100_000, 1000, 100_000] {
        let message = Memo::new().xml_of_length(length);
        let mut call = Call::with_length(fagsystem.address(), "application/xml", length);
        call.send(&message);
        assert_eq!(call.answer().status(), if length == 1000 { 200 } else { 503 }, "{length} bytes");
    }
    assert!(!fagsystem.has_ended());
}

#[test]
fn a_practice_fagsystem_answers_as_it_is_told() {
    let cases = [
        ("accept", 200, Expected::ACCEPTED),
        ("slow:50", 200, Expected::ACCEPTED),
        ("reject", 422, Expected::REJECTED),
        ("unavailable", 503, Expected::UNAVAILABLE),
    ];
    for (answer, status, through_router) in cases {
        let fagsystem = practice(&["--answer", answer]);
        let message = Memo::new();
        let xml = message.xml();
        let head =
            format!("POST /hvor/som/helst HTTP/1.1\r\nContent-Type: application/xml\r\nContent-Length: {}", xml.len());
        let mut call = Call::begin(fagsystem.address(), &head);
        call.send(&xml);
        assert_eq!(call.answer().status(), status, "{answer}");
        let router = router_to(&fagsystem.receiving_at);
        assert_receipt(answer, &router.deliver(&xml), through_router, Some(&message.uuid));
    }
}

#[test]
fn a_slow_practice_fagsystem_is_slower_than_a_router_waits() {
    let fagsystem = practice(&["--answer", "slow:3600000"]);
    let router = Router::start_impatient(&configuration(&[fagsystem_entry("esdh", &fagsystem.receiving_at)], &[]), 200);
    let message = Memo::new();
    assert_receipt("slow", &router.deliver(&message.xml()), Expected::UNAVAILABLE, Some(&message.uuid));
}

#[test]
fn a_practice_fagsystem_keeps_whole_messages_and_nothing_else() {
    let workplace = Workplace::new();
    for answer in ["accept", "reject", "unavailable"] {
        let kept = workplace.path(answer);
        let mut fagsystem = practice(&["--answer", answer, "--keep", &text(&kept)]);
        let (small, large) = (Memo::new(), Memo::new());
        let messages = [(&small, small.xml()), (&large, large.xml_of_length(500_000))];
        let send = |xml: &[u8]| {
            let head = "POST /postmodtag HTTP/1.1\r\nContent-Type: application/xml";
            let mut call = Call::begin(fagsystem.address(), &format!("{head}\r\nContent-Length: {}", xml.len()));
            call.send(xml);
            call.answer().status()
        };
        for (_, xml) in &messages {
            send(xml);
        }
        assert_eq!(send(b"hej"), 400, "what is no message is refused");
        let broken_off = Memo::new();
        let mut call = Call::chunked(fagsystem.address(), "application/xml");
        call.send_chunk(&broken_off.xml());
        call.hang_up();
        fagsystem.terminate();
        assert_eq!(fagsystem.exit_status(), Some(0));

        let names: BTreeSet<_> =
            fs::read_dir(&kept).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        let expected: BTreeSet<_> = messages.iter().map(|(memo, _)| format!("{}.xml", memo.uuid)).collect();
        assert_eq!(names, expected, "{answer}");
        for (memo, xml) in &messages {
            assert!(fs::read(kept.join(format!("{}.xml", memo.uuid))).unwrap() == *xml, "{answer}");
        }
    }
}

#[test]
fn a_practice_fagsystem_fails_where_it_cannot_receive_or_keep() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_failed("taken", &postfordeler(&["fagsystem", "--listen", &address]), &address);
    let workplace = Workplace::new();
    let file = workplace.file("fil", "");
    let output = postfordeler(&["fagsystem", "--listen", "127.0.0.1:0", "--keep", &file]);
    assert_failed("no directory", &output, "cannot");
}

#[test]
fn serve_refuses_an_address_that_is_taken_or_that_others_could_reach() {
    let workplace = Workplace::with_published(&configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:1/")], &[]));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for address in [&address, "0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        assert_failed(address, &workplace.call(&["serve", "--listen", address]), address);
    }
}

#[test]
fn serve_says_where_it_receives_and_ends_when_asked() {
    let mut router = router_to("http://127.0.0.1:1/");
    let at = &router.running.receiving_at;
    assert!(at.starts_with("http://127.0.0.1:") && at.ends_with("/memo"), "{at}");
    // Once it answers it has heard everything that it was started with.
    assert_eq!(router.health().status(), 200);
    router.running.terminate();
    assert_eq!(router.running.exit_status(), Some(0));
    let log = router.running.log();
    assert!(!log.contains("ERROR"), "{log}");
}

#[test]
fn a_second_router_does_not_start_on_a_data_directory() {
    let fagsystem = Fagsystem::accepting();
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    let serve = ["--data", &text(router.data.path()), "serve", "--listen", "127.0.0.1:0"].map(str::to_owned);
    let second = postfordeler(&serve);
    assert_eq!(second.status.code(), Some(2));
    let words = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(words.contains("another router runs") && words.lines().count() == 1, "{words}");
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200, "the first one goes on");
    let Router { running, data: _data } = router;
    drop(running);
    let _third = Running::start(&serve);
}

#[test]
fn send_says_no_where_the_receipt_does_by_its_status_or_its_code() {
    let workplace = Workplace::new();
    let file = workplace.file("besked.xml", Memo::new().xml());
    let cases = [
        ("COMPLETED", Value::Null, 0),
        ("RECEIVED", "".into(), 0),
        ("COMPLETED", "sag.lukket".into(), 1),
        ("INVALID", Value::Null, 1),
        ("NOT_ALLOWED", "".into(), 1),
    ];
    for (status, code, expected) in cases {
        let receipt = serde_json::json!({
            "transmissionId": "5f0c6ab1-58b0-4f3d-a9a0-000000000901",
            "messageUUID": null,
            "receiptStatus": status,
            "errorCode": code,
            "errorMessage": null,
            "timeStamp": "2026-11-26T10:00:00Z",
        });
        let router = Fagsystem::answering(200, receipt.to_string().leak());
        let sent = postfordeler(&["send", &file, "--to", &router.endpoint()]);
        assert_eq!(sent.status.code(), Some(expected), "{receipt}");
    }
}
