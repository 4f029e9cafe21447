//! What a call's head says: for which host it is, how its body is coded, and whether the caller goes on listening.

use std::net::SocketAddr;

use tempfile::TempDir;

use crate::support::{
    Answer, Call, Expected, Fagsystem, Form, Memo, Router, Running, assert_receipt, case, configuration,
    fagsystem_entry, publish,
};

const FOREIGN_HOST: Expected = Expected { status: 421, ..Expected::NOT_ALLOWED };

fn router_to(fagsystem: &Fagsystem) -> Router {
    Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]))
}

/// Delivers a message with that HTTP version and those header lines besides, each with its line break.
fn deliver(router: &Router, version: &str, headers: &str, message: &[u8]) -> Answer {
    let length = message.len();
    let head =
        format!("POST /memo {version}\r\n{headers}Content-Type: application/xml\r\nContent-Length: {length}\r\n\r\n");
    Call::raw(router.address(), [head.as_bytes(), message].concat()).answer()
}

fn get(from: SocketAddr, target: &str, version: &str, headers: &str) -> Answer {
    Call::raw(from, format!("GET {target} {version}\r\n{headers}\r\n")).answer()
}

/// Asks for leave to send a message, with those header lines; what comes first is not that leave.
fn ask(router: &Router, headers: &str) -> Answer {
    let expecting = "Expect: 100-continue\r\nContent-Length: 5000";
    let call = Call::raw(router.address(), format!("POST /memo HTTP/1.1\r\n{headers}{expecting}\r\n\r\n"));
    call.answer()
}

#[test]
fn a_call_names_one_host() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let answer = Call::raw(router.address(), case("calls/without-host.http")).answer();
    assert_receipt("without-host", &answer, Expected::NO_MESSAGE, None);
    let refused = [
        "",
        "Host: 127.0.0.1\r\nHost: 127.0.0.1\r\n",
        "Host: 127.0.0.1\r\nhost: rebind.example\r\n",
        "Host: 127.0.0.1\r\nHost:\r\n",
        "Host:\r\n",
        "Host: \r\n",
        "Host: :8606\r\n",
        "Host: 127.0.0.1, 127.0.0.1\r\n",
        "Host: 127.0.0.1,127.0.0.1\r\n",
        "Host: 127.0.0.1 localhost\r\n",
        "Host: anna@localhost\r\n",
        "Host: http://localhost\r\n",
        "Host: localhost/memo\r\n",
        "Host: localhost?\r\n",
        "Host: localhost:port\r\n",
        "Host: localhost:80:80\r\n",
        "Host: localhost:-1\r\n",
        "Host: ::1\r\n",
        "Host: [::1\r\n",
        "Host: [::1]80\r\n",
        "Host: [localhost]\r\n",
        "Host: l\u{f8}kalvært\r\n",
    ];
    for headers in refused {
        let xml = Memo::new().xml();
        assert_receipt(headers, &deliver(&router, "HTTP/1.1", headers, &xml), Expected::NO_MESSAGE, None);
        assert_receipt(headers, &ask(&router, headers), Expected::NO_MESSAGE, None);
        for path in ["/sundhed", "/", "/andet"] {
            let answer = get(router.address(), path, "HTTP/1.1", headers);
            assert_eq!(answer.status(), 400, "{headers:?}: {path}");
            assert!(answer.body.contains("Host"), "{headers:?}: {path}: {}", answer.body);
        }
        if !headers.is_empty() {
            assert_receipt(headers, &deliver(&router, "HTTP/1.0", headers, &xml), Expected::NO_MESSAGE, None);
        }
    }
    assert!(fagsystem.requests().is_empty());
    assert!(router.journal().iter().all(|row| row.outcome == "memo.ugyldig"));
}

#[test]
fn before_http_1_1_a_call_need_not_name_its_host() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let message = Memo::new();
    let answer = deliver(&router, "HTTP/1.0", "", &message.xml());
    assert_receipt("an old caller", &answer, Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!(get(router.address(), "/sundhed", "HTTP/1.0", "").status(), 200);
}

#[test]
fn on_a_loopback_address_only_loopback_names_are_answered() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let own = [
        "127.0.0.1",
        "127.0.0.1:1",
        "127.9.8.7:8606",
        "localhost",
        "LOCALHOST:8606",
        "localhost.",
        "localhost:",
        "[::1]",
        "[::1]:8606",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
    ];
    for host in own {
        let message = Memo::new();
        let headers = format!("Host: {host}\r\n");
        let answer = deliver(&router, "HTTP/1.1", &headers, &message.xml());
        assert_receipt(host, &answer, Expected::ACCEPTED, Some(&message.uuid));
        assert_eq!(get(router.address(), "/sundhed", "HTTP/1.1", &headers).status(), 200, "{host}");
    }
    let foreign = [
        "rebind.example",
        "rebind.example:8606",
        "localhost.rebind.example",
        "localhost..",
        "xlocalhost",
        "127.0.0.1.rebind.example",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0.0.0.0",
        "128.0.0.1",
        "192.168.1.10:8606",
        "[::]",
        "[::2]",
        "[2001:db8::1]:8606",
        "[::ffff:192.0.2.1]",
        "127%2e0.0.1",
    ];
    let delivered = fagsystem.whole_requests().len();
    for host in foreign {
        let headers = format!("Host: {host}\r\n");
        for version in ["HTTP/1.1", "HTTP/1.0"] {
            let answer = deliver(&router, version, &headers, &Memo::new().xml());
            let receipt = assert_receipt(host, &answer, FOREIGN_HOST, None);
            assert!(!receipt["errorMessage"].as_str().unwrap().contains("rebind"), "{receipt}");
        }
        assert_receipt(host, &ask(&router, &headers), FOREIGN_HOST, None);
        for path in ["/sundhed", "/", "/andet"] {
            let answer = get(router.address(), path, "HTTP/1.1", &headers);
            assert_eq!(answer.status(), 421, "{host}: {path}");
            assert!(!answer.body.contains("klar"), "{host}: {}", answer.body);
        }
    }
    let answer = Call::raw(router.address(), case("security/calls/health-by-another-host.http")).answer();
    assert_eq!(answer.status(), 421);
    assert_eq!(fagsystem.requests().len(), delivered);
}

#[test]
fn a_call_whose_target_names_the_host_is_for_that_host() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let here = router.address();
    for (target, host, status) in [
        (format!("http://{here}/sundhed"), "localhost", 200),
        ("http://LocalHost/sundhed".to_owned(), "127.0.0.1", 200),
        ("http://rebind.example/sundhed".to_owned(), "127.0.0.1", 421),
        ("http://rebind.example:8606/sundhed".to_owned(), "rebind.example:8606", 421),
        (format!("http://{here}/sundhed"), "rebind.example", 421),
        (format!("http://anna@{here}/sundhed"), "127.0.0.1", 400),
    ] {
        let answer = get(here, &target, "HTTP/1.1", &format!("Host: {host}\r\n"));
        assert_eq!(answer.status(), status, "{target}, {host}");
    }
    assert_eq!(
        get(here, &format!("http://{here}/sundhed"), "HTTP/1.1", "").status(),
        400,
        "it must have the header too"
    );
    assert_eq!(get(here, "http://rebind.example/sundhed", "HTTP/1.0", "").status(), 421);
    let xml = Memo::new().xml();
    let head =
        format!("POST http://rebind.example/memo HTTP/1.1\r\nHost: {here}\r\nContent-Length: {}\r\n\r\n", xml.len());
    let answer = Call::raw(here, [head.as_bytes(), &xml].concat()).answer();
    assert_receipt("a message", &answer, FOREIGN_HOST, None);
    assert!(fagsystem.requests().is_empty());
}

#[test]
fn metrics_are_told_to_loopback_names_alone() {
    let data = TempDir::new().unwrap();
    publish(data.path(), &configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:1/")], &[]));
    let serve = ["serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--data"];
    let mut running = Running::start(&[&serve[..], &[data.path().to_str().unwrap()]].concat());
    let line = running.next_line();
    let metrics: SocketAddr =
        line.strip_prefix("Metrics at http://").unwrap().strip_suffix("/metrics").unwrap().parse().unwrap();
    let answer = Call::raw(metrics, case("security/calls/metrics-by-another-host.http")).answer();
    assert_eq!(answer.status(), 421);
    for path in ["/metrics", "/sundhed", "/andet"] {
        for (headers, status) in [("Host: rebind.example\r\n", 421), ("", 400), ("Host: a\r\nHost: localhost\r\n", 400)]
        {
            let answer = get(metrics, path, "HTTP/1.1", headers);
            assert_eq!(answer.status(), status, "{path}, {headers:?}");
            assert!(!answer.body.contains("postfordeler_") && !answer.body.contains("klar"), "{}", answer.body);
        }
    }
    for host in ["localhost:9606", "127.0.0.1", "[::1]:1"] {
        let answer = get(metrics, "/metrics", "HTTP/1.1", &format!("Host: {host}\r\n"));
        assert!(answer.status() == 200 && answer.body.contains("postfordeler_ready 1"), "{host}: {}", answer.body);
    }
    assert_eq!(get(metrics, "/metrics", "HTTP/1.0", "").status(), 200);
    for _ in 0..20 {
        let mut call = Call::raw(metrics, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
        call.half_close();
        assert_eq!(call.answer().status(), 200, "a caller that has closed its side");
    }
}

#[test]
fn a_body_is_coded_in_chunks_or_not_at_all() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    for name in ["coding-gzip-chunked", "coding-chunked-twice"] {
        let mut call = Call::raw(router.address(), case(&format!("security/calls/{name}.http")));
        call.half_close();
        assert_receipt(name, &call.answer(), Expected::NO_MESSAGE, None);
    }
    let xml = Memo::new().xml();
    let body = [format!("{:x}\r\n", xml.len()).as_bytes(), &xml, b"\r\n0\r\n\r\n"].concat();
    let send = |codings: &str| {
        let head = format!("POST /memo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/xml\r\n{codings}\r\n");
        let mut call = Call::raw(router.address(), [head.as_bytes(), &body].concat());
        call.answer_head()
    };
    let refused = [
        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding: , chunked\r\n",
        "Transfer-Encoding:\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked;q=1\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, gzip\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: x\r\n chunked\r\n",
        "Transfer-Encoding: chunked\r\n , gzip\r\n",
    ];
    for codings in refused {
        let head = send(codings).to_lowercase();
        assert!(head.starts_with("http/1.1 400 "), "{codings:?}: {head}");
        assert!(head.contains("connection: close\r\n"), "{codings:?}: {head}");
    }
    assert!(fagsystem.requests().is_empty());
    for codings in
        ["Transfer-Encoding: chunked\r\n", "transfer-encoding: CHUNKED\r\n", "Transfer-Encoding: \t chunked \r\n"]
    {
        let head = send(codings);
        assert!(head.starts_with("HTTP/1.1 200 "), "{codings:?}: {head}");
    }
}

#[test]
fn where_a_body_ends_is_never_in_doubt() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let mut call = Call::raw(router.address(), case("security/calls/length-and-coding.http"));
    let head = call.answer_head().to_lowercase();
    assert!(head.contains("connection: close\r\n"), "read by its coding, and nothing else comes after it: {head}");
    let delivered = fagsystem.requests().len();
    let xml = String::from_utf8(Memo::new().xml()).unwrap();
    let length = xml.len();
    let chunked = |chunks: String| format!("Transfer-Encoding: chunked\r\n\r\n{chunks}");
    let cases = [
        ("two lengths", format!("Content-Length: {length}\r\nContent-Length: {}\r\n\r\n{xml}", length - 1)),
        ("a list of lengths", format!("Content-Length: {length}, {length}\r\n\r\n{xml}")),
        ("a sign", format!("Content-Length: +{length}\r\n\r\n{xml}")),
        ("hexadecimal", format!("Content-Length: {length:#x}\r\n\r\n{xml}")),
        ("white space before the colon", format!("Content-Length : {length}\r\n\r\n{xml}")),
        ("a folded length", format!("Content-Length:\r\n {length}\r\n\r\n{xml}")),
        ("a folded header", format!("X-Note: a\r\n b\r\nContent-Length: {length}\r\n\r\n{xml}")),
        ("no number of bytes", chunked(format!("x\r\n{xml}\r\n0\r\n\r\n"))),
        ("a signed number of bytes", chunked(format!("+{length:x}\r\n{xml}\r\n0\r\n\r\n"))),
        ("a number with a prefix", chunked(format!("0x{length:x}\r\n{xml}\r\n0\r\n\r\n"))),
        ("too large a number", chunked(format!("{}\r\n{xml}\r\n0\r\n\r\n", "f".repeat(17)))),
        ("more bytes than said", chunked(format!("{:x}\r\n{xml}\r\n0\r\n\r\n", length - 1))),
        ("line feeds", chunked(format!("{length:x}\n{xml}\n0\n\n"))),
        ("an endless extension", chunked(format!("{length:x};{}\r\n{xml}\r\n0\r\n\r\n", "x".repeat(1_000_000)))),
        ("an endless trailer", chunked(format!("{length:x}\r\n{xml}\r\n0\r\nX: {}\r\n\r\n", "x".repeat(1_000_000)))),
    ];
    for (case, rest) in cases {
        let head = "POST /memo HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/xml\r\n";
        let mut call = Call::raw(router.address(), head);
        call.try_send(rest);
        assert!(call.answer_head().starts_with("HTTP/1.1 400 "), "{case}");
    }
    assert_eq!(fagsystem.whole_requests().len(), delivered);
    for (case, chunks) in [
        ("an extension", format!("{length:X} ; a=\"b\"\r\n{xml}\r\n000;c\r\n\r\n")),
        ("a trailer", format!("{length:x}\r\n{xml}\r\n0\r\nContent-Length: 3\r\nX: y\r\n\r\n")),
    ] {
        let head = "POST /memo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/xml\r\n";
        let answer = Call::raw(router.address(), format!("{head}{}", chunked(chunks))).answer();
        assert_eq!(answer.status(), 200, "{case}");
    }
}

#[test]
fn a_message_is_not_compressed_whatever_other_lines_say() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let answer = Call::raw(router.address(), case("calls/content-encoding-identity-with-a-capital.http")).answer();
    assert_receipt("Identity", &answer, Expected::ACCEPTED, Some("5f0c6ab1-58b0-4f3d-a9a0-000000000008"));
    let mut call = Call::raw(router.address(), case("security/calls/second-content-encoding.http"));
    assert!(call.answer_head().starts_with("HTTP/1.1 400 "));
    let encoded = |lines: &[&str]| {
        let lines: String = lines.iter().flat_map(|line| ["Content-Encoding: ", *line, "\r\n"]).collect();
        format!("Host: 127.0.0.1\r\n{lines}")
    };
    for lines in [&[""][..], &["identity"], &["IDENTITY, identity"], &["", " , identity,"], &["identity", "Identity"]] {
        let message = Memo::new();
        let answer = deliver(&router, "HTTP/1.1", &encoded(lines), &message.xml());
        assert_receipt(&format!("{lines:?}"), &answer, Expected::ACCEPTED, Some(&message.uuid));
    }
    let delivered = fagsystem.requests().len();
    for lines in [
        &["gzip"][..],
        &["identity", "gzip"],
        &["gzip", "identity"],
        &["identity, br"],
        &["x-identity"],
        &["\"identity\""],
    ] {
        let headers = encoded(lines);
        for answer in [deliver(&router, "HTTP/1.1", &headers, &Memo::new().xml()), ask(&router, &headers)] {
            let receipt = assert_receipt(&format!("{lines:?}"), &answer, Expected::NO_MESSAGE, None);
            assert!(receipt["errorMessage"].as_str().unwrap().contains("Content-Encoding"), "{receipt}");
        }
    }
    assert_eq!(fagsystem.requests().len(), delivered);
}

#[test]
fn a_caller_that_waits_for_a_word_is_refused_by_its_head() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    for (case, headers) in [
        ("a type that is none", "Content-Type: application/json\r\n"),
        ("two types", "Content-Type: application/xml\r\nContent-Type: application/xml\r\n"),
        ("a form without a boundary", "Content-Type: multipart/form-data\r\n"),
        ("a form with two", "Content-Type: multipart/form-data; boundary=a; boundary=b\r\n"),
        ("compressed", "Content-Type: application/xml\r\nContent-Encoding: gzip\r\n"),
    ] {
        // What comes first is the refusal, not the word to go on.
        let answer = ask(&router, &format!("Host: 127.0.0.1\r\n{headers}"));
        assert_receipt(case, &answer, Expected::NO_MESSAGE, None);
    }
    let head = "Host: 127.0.0.1\r\nOrigin: https://example.dk\r\n";
    assert_receipt("a web page", &ask(&router, head), Expected::NOT_ALLOWED, None);
    assert!(fagsystem.requests().is_empty());
}

#[test]
fn a_caller_that_has_closed_its_side_gets_its_answer() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let mut call = Call::raw(router.address(), case("calls/half-closed.http"));
    call.half_close();
    assert_receipt("half-closed", &call.answer(), Expected::ACCEPTED, Some("5f0c6ab1-58b0-4f3d-a9a0-000000000009"));
    for number in 0..20 {
        let message = Memo::new();
        let xml = message.xml();
        let mut call = match number % 3 {
            0 => Call::with_length(router.address(), "application/xml", xml.len()),
            1 => Call::chunked(router.address(), "application/xml"),
            _ => {
                let form = Form::default().file(&message.uuid, &xml).end();
                let mut call = Call::with_length(router.address(), &Form::content_type(), form.len());
                call.send(form);
                call
            }
        };
        match number % 3 {
            0 => call.send(&xml),
            1 => {
                call.send_chunk(&xml);
                call.end_chunks();
            }
            _ => {}
        }
        call.half_close();
        assert_receipt(&format!("call {number}"), &call.answer(), Expected::ACCEPTED, Some(&message.uuid));
        for version in ["HTTP/1.1", "HTTP/1.0"] {
            let mut probe = Call::raw(router.address(), format!("GET /sundhed {version}\r\nHost: localhost\r\n\r\n"));
            probe.half_close();
            assert_eq!(probe.answer().status(), 200, "probe {number}");
        }
    }
    assert_eq!(fagsystem.whole_requests().len(), 21);
}

#[test]
fn a_caller_that_closes_its_side_within_a_message_has_not_sent_it() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let [one, other] = [(); 2].map(|()| Memo::new().xml_of_length(400_000));
    let mut with_length = Call::with_length(router.address(), "application/xml", one.len());
    with_length.send(&one[..one.len() - 1]);
    let mut chunked = Call::chunked(router.address(), "application/xml");
    chunked.send_chunk(&other);
    for mut call in [with_length, chunked] {
        call.half_close();
        assert_eq!(call.answer().status(), 400);
    }
    assert!(fagsystem.requests().iter().all(|request| !request.is_whole()));
}
