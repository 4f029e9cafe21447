//! What a fagsystem offers: every row of the delivery contract, against fagsystems with scripted answers.

mod answers;
mod kept_connections;
mod lengths;
mod outgoing_body;

use serde_json::json;

use crate::support::{
    AUTHORITY, Call, Connection, Expected, Fagsystem, Form, Gate, Memo, NobodyThere, Router, assert_receipt,
    configuration, fagsystem_entry, rule,
};

/// What the router makes of an answer.
const ACCEPTED: Expected = Expected::ACCEPTED;
const REJECTED: Expected = Expected::REJECTED;
const UNAVAILABLE: Expected = Expected::UNAVAILABLE;

type Script = Box<dyn Fn(&mut Connection) + Send + Sync>;

fn router_to(fagsystem: &Fagsystem) -> Router {
    Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]))
}

/// One fagsystem for many cases: each message carries the number of the case that answers it.
fn assert_understood(cases: &[(u16, &'static str, Expected)]) {
    let answers: Vec<_> = cases.iter().map(|(status, body, _)| (*status, *body)).collect();
    let fagsystem = Fagsystem::start(move |connection| {
        if connection.take_all() {
            let path = connection.path();
            let (status, body) = answers[path.trim_start_matches('/').parse::<usize>().unwrap()];
            connection.answer(status, body);
        }
    });
    let points: Vec<_> = (0..cases.len()).map(|number| format!("punkt-{number}")).collect();
    let entry =
        |number: usize| fagsystem_entry(&format!("f{number}"), &format!("http://{}/{number}", fagsystem.address));
    let fagsystems: Vec<_> = (0..cases.len()).map(entry).collect();
    let rules: Vec<_> = (1..)
        .zip(&points)
        .map(|(priority, point)| rule(priority, &format!("f{}", priority - 1), "kontaktpunkt", point))
        .collect();
    let router = Router::start(&configuration(&fagsystems, &rules));
    for (point, (status, body, expected)) in points.iter().zip(cases) {
        let message = Memo { contact_point: Some(point.clone()), ..Memo::new() };
        let answer = router.deliver(&message.xml());
        let body: String = body.chars().take(200).collect();
        assert_receipt(&format!("{status} {body}"), &answer, *expected, Some(&message.uuid));
    }
    assert_eq!(fagsystem.whole_requests().len(), cases.len());
}

#[test]
fn every_delivery_says_which_one_it_is_as_the_receipt_and_the_journal_do() {
    let fagsystem = Fagsystem::answering(200, "");
    let router = router_to(&fagsystem);
    let shouted = Memo { uuid: Memo::new().uuid.to_uppercase(), ..Memo::new() };
    let (whole, multipart, in_chunks) = (Memo::new(), Memo::new(), Memo::new());
    let form = Form::default().file("besked.xml", &multipart.xml()).end();
    let mut call = Call::chunked(router.address(), "application/xml");
    call.send_chunk(&in_chunks.xml());
    call.end_chunks();
    let answers = [
        (&in_chunks, call.answer()),
        (&shouted, router.deliver(&shouted.xml())),
        (&whole, router.deliver(&whole.xml())),
        (&multipart, router.deliver_as(&Form::content_type(), &form)),
    ];
    for ((message, answer), request) in answers.iter().zip(fagsystem.whole_requests()) {
        assert_eq!(answer.status(), 200, "{answer:?}");
        let receipt = answer.json();
        assert_eq!(request.header("x-transmission-id"), receipt["transmissionId"].as_str(), "{}", request.head);
        assert_eq!(request.header("x-message-uuid"), Some(message.uuid.as_str()), "{}", request.head);
    }
    // Told again as accepted, and not delivered: with an id of its own.
    let again = router.deliver(&whole.xml());
    let refused = router.deliver(b"ingen meddelelse");
    assert_eq!((again.status(), refused.status()), (200, 400));
    assert_eq!(fagsystem.whole_requests().len(), answers.len());
    let told = answers.iter().map(|(_, answer)| answer).chain([&again, &refused]);
    let told: Vec<_> = told.map(|answer| answer.json()["transmissionId"].as_str().map(str::to_owned)).collect();
    let database = router.database();
    let mut kept = database.prepare("SELECT transmission_id FROM journal ORDER BY number").unwrap();
    let kept = kept.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<Vec<Option<String>>>>();
    assert_eq!(kept.unwrap(), told);
    let different: std::collections::HashSet<_> = told.iter().collect();
    assert_eq!(different.len(), told.len());
}

#[test]
fn a_2xx_means_accepted_unless_its_receipt_says_otherwise() {
    assert_understood(&[
        (200, "", ACCEPTED),
        (201, "", ACCEPTED),
        (202, "", ACCEPTED),
        (200, " \r\n", ACCEPTED),
        (200, "{}", ACCEPTED),
        (200, r#"{"errorCode":null}"#, ACCEPTED),
        (200, r#"{"errorCode":""}"#, ACCEPTED),
        (200, r#"{"errorCode":null,"receiptStatus":null}"#, ACCEPTED),
        (200, r#"{"receiptStatus":"COMPLETED"}"#, ACCEPTED),
        (200, r#"{"receiptStatus":"RECEIVED"}"#, ACCEPTED),
        (202, r#"{"receiptStatus":"RECEIVED","errorCode":null}"#, ACCEPTED),
        (200, r#"{"receiptStatus":"COMPLETED","errorCode":"","errorMessage":""}"#, ACCEPTED),
        (200, r#"{"receiptStatus":"COMPLETED","errorMessage":"Tak for brevet"}"#, ACCEPTED),
        (200, r#"{"transmissionId":"1","messageUUID":"2","timeStamp":"3","egetFelt":{"a":[1]}}"#, ACCEPTED),
        (200, r#"{"receiptStatus":"INVALID"}"#, REJECTED),
        (200, r#"{"receiptStatus":"NOT_ALLOWED"}"#, REJECTED),
        (200, r#"{"receiptStatus":"INVALID","errorCode":null}"#, REJECTED),
        (200, r#"{"receiptStatus":"INVALID","errorCode":"sag.lukket"}"#, REJECTED),
        (200, r#"{"receiptStatus":"COMPLETED","errorCode":"sag.lukket"}"#, REJECTED),
        (202, r#"{"receiptStatus":"RECEIVED","errorCode":"sag.lukket"}"#, REJECTED),
        (200, r#"{"errorCode":"sag.lukket"}"#, REJECTED),
    ]);
}

/// The contract names no verdict for these. A message is not called accepted unless it surely was, and not called
/// rejected unless somebody said so: it is kept and sent again.
#[test]
fn a_2xx_that_cannot_be_understood_means_unavailable() {
    assert_understood(&[
        (200, "OK", UNAVAILABLE),
        (200, "<html>Velkommen</html>", UNAVAILABLE),
        (200, r#"{"receiptStatus":"COMPLETED""#, UNAVAILABLE),
        (200, r#"{"receiptStatus":"MAASKE"}"#, UNAVAILABLE),
        (200, r#"{"receiptStatus":17}"#, UNAVAILABLE),
        (200, "[]", UNAVAILABLE),
        (200, "null", UNAVAILABLE),
        (200, "\"COMPLETED\"", UNAVAILABLE),
    ]);
}

#[test]
fn a_4xx_that_speaks_of_the_message_means_rejected_whatever_it_says() {
    assert_understood(&[
        (400, "", REJECTED),
        (402, "", REJECTED),
        (406, "<html>Nej</html>", REJECTED),
        (409, "", REJECTED),
        (410, "", REJECTED),
        (413, "", REJECTED),
        (422, r#"{"receiptStatus":"COMPLETED","errorCode":null}"#, REJECTED),
        (451, "", REJECTED),
        (499, "", REJECTED),
    ]);
}

#[test]
fn a_408_a_429_or_a_5xx_means_unavailable_whatever_it_says() {
    let rejection = r#"{"receiptStatus":"INVALID","errorCode":"sag.lukket"}"#;
    assert_understood(&[
        (408, "", UNAVAILABLE),
        (408, rejection, UNAVAILABLE),
        (429, rejection, UNAVAILABLE),
        (500, "", UNAVAILABLE),
        (500, rejection, UNAVAILABLE),
        (501, "", UNAVAILABLE),
        (502, "<html>Bad gateway</html>", UNAVAILABLE),
        (503, rejection, UNAVAILABLE),
        (504, "", UNAVAILABLE),
        (507, r#"{"receiptStatus":"COMPLETED","errorCode":null}"#, UNAVAILABLE),
    ]);
}

#[test]
fn an_answer_far_too_long_for_a_receipt_means_unavailable() {
    let huge = json!({"receiptStatus": "COMPLETED", "errorMessage": "x".repeat(10 * 1024 * 1024)}).to_string();
    assert_understood(&[(200, huge.leak(), UNAVAILABLE), (200, " ".repeat(1024 * 1024).leak(), UNAVAILABLE)]);
}

#[test]
fn a_refusal_is_one_however_long_its_page() {
    let page: &str = format!("<html>{}</html>", "x".repeat(1024 * 1024)).leak();
    assert_understood(&[
        (410, page, REJECTED),
        (422, page, REJECTED),
        (429, page, UNAVAILABLE),
        (500, page, UNAVAILABLE),
    ]);
}

#[test]
fn a_connection_that_fails_or_breaks_means_unavailable() {
    let gate = Gate::default();
    let held = gate.clone();
    let scripts: Vec<(&str, Script)> = vec![
        ("closes at once", Box::new(|_| {})),
        (
            "closes after the head",
            Box::new(|connection| {
                connection.take_head();
            }),
        ),
        (
            "resets within the message",
            Box::new(|connection| {
                connection.take_head();
                connection.await_untaken_bytes();
            }),
        ),
        (
            "closes instead of an answer",
            Box::new(|connection| {
                connection.take_all();
            }),
        ),
        (
            "closes within the answer's head",
            Box::new(|connection| {
                connection.take_all();
                connection.write("HTTP/1.1 200 OK\r\nContent-Le");
            }),
        ),
        (
            "closes within the answer's body",
            Box::new(|connection| {
                connection.take_all();
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{\"receiptStatus\":");
            }),
        ),
        (
            "closes within a chunked answer",
            Box::new(|connection| {
                connection.take_all();
                connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
            }),
        ),
        (
            "answers something else than HTTP",
            Box::new(|connection| {
                connection.take_all();
                connection.write("220 smtp.example.dk ready\r\n");
            }),
        ),
        (
            "never answers",
            Box::new(move |connection| {
                connection.take_all();
                held.pass();
            }),
        ),
    ];
    for (case, script) in scripts {
        let fagsystem = Fagsystem::start(script);
        let impatient = configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]);
        let router = Router::start_impatient(&impatient, if case == "never answers" { 300 } else { 30_000 });
        let message = Memo::new();
        // More than a socket takes in at once, so that a reset comes while it is being sent.
        let answer = router.deliver(&message.xml_of_length(100_000));
        assert_receipt(case, &answer, UNAVAILABLE, Some(&message.uuid));
        assert!(fagsystem.requests().len() <= 1, "{case}: it is tried once; Digital Post sends it again");
    }
    gate.open();
    let nobody = NobodyThere::new();
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &nobody.endpoint())], &[]));
    let message = Memo::new();
    assert_receipt("refuses", &router.deliver(&message.xml()), UNAVAILABLE, Some(&message.uuid));
}

#[test]
fn a_message_is_posted_to_the_endpoints_path_byte_for_byte() {
    let fagsystem = Fagsystem::accepting();
    let endpoint = format!("http://{}/ind/post%C3%A9?kilde=digital%20post&x=1", fagsystem.address);
    let configuration = configuration(&[fagsystem_entry("esdh", &endpoint)], &[]);
    let memo = Memo::new();
    let one = |change: fn(&mut Memo)| {
        let mut message = memo.clone();
        change(&mut message);
        message.xml()
    };
    let plain = String::from_utf8(memo.xml()).unwrap();
    let messages = [
        ("plain", memo.xml()),
        ("with a byte order mark", one(|it| it.has_byte_order_mark = true)),
        ("with an odd prefix", one(|it| it.prefix = "ns0.æ-:")),
        ("without a prefix", one(|it| it.prefix = "")),
        ("with Windows line ends", plain.replace('\n', "\r\n").into_bytes()),
        ("on one line", plain.replace('\n', "").into_bytes()),
        (
            "with comments, CDATA and references",
            plain.replace("brev.txt", "<!-- x --><![CDATA[<br>]]>&#x00e6;&amp;").into_bytes(),
        ),
        ("without a declaration", plain.split_once("?>\n").unwrap().1.as_bytes().to_vec()),
        ("with space after its end", format!("{plain}\n \t\r\n").into_bytes()),
        ("large", memo.xml_of_length(3_000_001)),
        ("the published full example", include_bytes!("../../data/MeMo_Full_Example.xml").to_vec()),
        ("the published minimum example", include_bytes!("../../data/MeMo_Minimum_Example.xml").to_vec()),
    ];
    // The published ones are for a citizen.
    let for_us = |xml: &[u8]| {
        String::from_utf8(xml.to_vec()).unwrap().replace(
            "<memo:recipientID>2211771212</memo:recipientID>\n\t\t\t<memo:idType>CPR<",
            &format!("<memo:recipientID>{AUTHORITY}</memo:recipientID>\n\t\t\t<memo:idType>CVR<"),
        )
    };
    for (number, (case, xml)) in messages.iter().enumerate() {
        let xml = for_us(xml).into_bytes();
        // Most of them are the same message, which a router would not deliver twice.
        let router = Router::start(&configuration);
        assert_eq!(router.deliver(&xml).status(), 200, "{case}");
        let requests = fagsystem.whole_requests();
        let request = &requests[number];
        assert!(
            request.head.starts_with("POST /ind/post%C3%A9?kilde=digital%20post&x=1 HTTP/1.1\r\n"),
            "{}",
            request.head
        );
        assert_eq!(request.header("content-type"), Some("application/xml"), "{case}");
        assert_eq!(request.header("content-length"), Some(xml.len().to_string().as_str()), "{case}");
        assert!(request.body == xml, "{case}: the bytes have changed");
    }
    assert_eq!(fagsystem.whole_requests().len(), messages.len());
}

#[test]
fn nothing_of_the_call_but_the_message_goes_on() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let message = Memo::new();
    let xml = message.xml();
    let form = Form::default().part(r#"name="note""#, "", b"hemmelig note").file("hemmeligt-navn", &xml).end();
    let secret = "Authorization: Bearer hemmelig\r\nCookie: hemmelig=1\r\nX-Hemmelig: hemmelig";
    let head = format!("{secret}\r\nContent-Type: {}\r\nContent-Length: {}", Form::content_type(), form.len());
    let mut call = Call::begin(router.address(), &format!("POST /memo?hemmelig HTTP/1.1\r\n{head}"));
    call.send(&form);
    assert_receipt("with secrets", &call.answer(), ACCEPTED, Some(&message.uuid));
    let request = &fagsystem.whole_requests()[0];
    assert!(!request.head.to_lowercase().contains("hemmelig"), "{}", request.head);
    assert!(request.body == xml);
}

#[test]
fn a_message_goes_to_the_fagsystem_of_its_rule_and_to_no_other_whatever_that_answers() {
    let answers: [(u16, &'static str); 5] =
        [(200, ""), (422, r#"{"errorCode":"sag.lukket"}"#), (404, ""), (503, ""), (200, "uforståeligt")];
    for (status, body) in answers {
        let chosen = Fagsystem::answering(status, body);
        let (default, next) = (Fagsystem::accepting(), Fagsystem::accepting());
        let fagsystems = [("esdh", &default), ("ydelse", &chosen), ("naeste", &next)];
        let fagsystems = fagsystems.map(|(id, fagsystem)| fagsystem_entry(id, &fagsystem.endpoint()));
        let rules = [rule(1, "ydelse", "kontaktpunkt", "punkt"), rule(2, "naeste", "kontaktpunkt", "punkt")];
        let router = Router::start(&configuration(&fagsystems, &rules));
        router.deliver(&Memo { contact_point: Some("PUNKT".to_owned()), ..Memo::new() }.xml());
        assert_eq!(chosen.requests().len(), 1, "{status}");
        assert!(default.requests().is_empty() && next.requests().is_empty(), "{status}: it went on to another");
    }
}

#[test]
fn a_message_for_a_fagsystem_that_is_away_goes_to_no_other() {
    let nobody = NobodyThere::new();
    let (default, next) = (Fagsystem::accepting(), Fagsystem::accepting());
    let fagsystems = [("esdh", default.endpoint()), ("ydelse", nobody.endpoint()), ("naeste", next.endpoint())];
    let fagsystems = fagsystems.map(|(id, endpoint)| fagsystem_entry(id, &endpoint));
    let rules = [rule(1, "ydelse", "modtagerCvr", AUTHORITY), rule(2, "naeste", "modtagerCvr", AUTHORITY)];
    let router = Router::start(&configuration(&fagsystems, &rules));
    let message = Memo::new();
    assert_receipt("away", &router.deliver(&message.xml()), UNAVAILABLE, Some(&message.uuid));
    assert!(default.requests().is_empty() && next.requests().is_empty());
}

#[test]
fn a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Fagsystem::accepting();
        let location = elsewhere.endpoint();
        let fagsystem = Fagsystem::start(move |connection| {
            if connection.take_all() {
                let head = format!("HTTP/1.1 {status} Flyttet\r\nLocation: {location}");
                connection.write(&format!("{head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
        });
        let router = router_to(&fagsystem);
        let message = Memo::new();
        let answer = router.deliver(&message.xml());
        assert_receipt(&status.to_string(), &answer, UNAVAILABLE, Some(&message.uuid));
        assert_eq!(fagsystem.whole_requests().len(), 1);
        assert!(elsewhere.requests().is_empty(), "{status}: the message went where nobody decided");
    }
}

#[test]
fn the_fagsystems_words_are_passed_on_short_and_without_cpr_numbers() {
    let long: &str = json!({"errorCode": "x".repeat(40_000), "errorMessage": "y".repeat(10_000)}).to_string().leak();
    let cases = [
        r#"{"errorCode":"borger 2211771212","errorMessage":"221177-1212 findes ikke"}"#,
        r#"{"errorCode":"ukendt","errorMessage":"Borgeren 221177 1212 findes ikke"}"#,
        "Borger 2211771212 findes ikke",
        long,
    ];
    for body in cases {
        let fagsystem = Fagsystem::answering(422, body);
        let router = router_to(&fagsystem);
        let message = Memo::new();
        let answer = router.deliver(&message.xml());
        assert_receipt(&answer.body, &answer, REJECTED, Some(&message.uuid));
        assert!(answer.body.len() < 2_000, "{} bytes", answer.body.len());
        assert!(!answer.body.contains("1212"), "{}", answer.body);
        let code = router.journal()[0].answer_code.clone().unwrap_or_default();
        assert!((1..=64).contains(&code.len()) || body.starts_with("Borger"), "{code}");
        assert!(!code.contains("1212"), "{code}");
    }
}
