//! What the router makes of a fagsystem's answer to a whole message, however that spells it.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::support::{Connection, Fagsystem, Memo, Router, configuration, fagsystem_entry, rule};

/// What the journal says of a message: its outcome, and why.
type Outcome = (&'static str, Option<&'static str>);

const ACCEPTED: Outcome = ("accepteret", None);
const REJECTED: Outcome = ("fagsystem.afvist", None);
/// It may have been accepted: it stays with that fagsystem.
const UNCLEAR: Outcome = ("uvist", Some("uklart_svar"));
const UNWELL: Outcome = ("fagsystem.utilgaengeligt", Some("midlertidig_fejl"));
const ACCESS_REFUSED: Outcome = ("fagsystem.utilgaengeligt", Some("adgang_afvist"));
const CALL_REFUSED: Outcome = ("fagsystem.utilgaengeligt", Some("kald_afvist"));

/// An answer on the wire. Where it holds `{uuid}` or `{UUID}`, it repeats the UUID of the message.
struct Answer {
    name: String,
    wire: Vec<u8>,
    outcome: Outcome,
}

fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>, outcome: Outcome) -> Answer {
    let body = body.as_ref();
    let name = format!("{status} {headers} {}", String::from_utf8_lossy(body));
    // Its end is that of the connection, so that a UUID may be put in.
    let mut wire = format!("HTTP/1.1 {status} Svar\r\n{headers}Connection: close\r\n\r\n").into_bytes();
    wire.extend_from_slice(body);
    Answer { name, wire, outcome }
}

/// An answer that says it is JSON.
fn json(status: u16, body: impl AsRef<[u8]>, outcome: Outcome) -> Answer {
    answer(status, "Content-Type: application/json\r\n", body, outcome)
}

/// Sends one message for each answer, to fagsystems that take it whole and answer so.
fn assert_understood(answers: Vec<Answer>) {
    let wires: Vec<_> = answers.iter().map(|it| it.wire.clone()).collect();
    let fagsystem = Fagsystem::start(move |connection: &mut Connection| {
        if connection.take_all() {
            let wire = &wires[connection.path().trim_start_matches('/').parse::<usize>().unwrap()];
            let uuid = message_uuid(&connection.body());
            connection.write_bytes(&with_uuid(wire, &uuid));
        }
    });
    let point = |number: usize| format!("punkt-{number}");
    let entries: Vec<_> = (0..answers.len())
        .map(|number| fagsystem_entry(&format!("f{number}"), &format!("http://{}/{number}", fagsystem.address)))
        .collect();
    let rules: Vec<_> = (1..)
        .zip(0..answers.len())
        .map(|(priority, number)| rule(priority, &format!("f{number}"), "kontaktpunkt", &point(number)))
        .collect();
    let router = Router::start(&configuration(&entries, &rules));
    let database = router.database();
    let count = answers.len();
    for (number, Answer { name, outcome, .. }) in answers.into_iter().enumerate() {
        let message = Memo { contact_point: Some(point(number)), ..Memo::new() };
        let status = router.deliver(&message.xml()).status();
        let (word, reason): (String, Option<String>) = database
            .query_row("SELECT outcome, reason FROM journal WHERE message_uuid = ?1", [&message.uuid], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!((word.as_str(), reason.as_deref()), outcome, "{name}");
        let expected = match outcome.0 {
            "accepteret" => 200,
            "fagsystem.afvist" => 422,
            _ => 503,
        };
        assert_eq!(status, expected, "{name}");
    }
    assert_eq!(fagsystem.whole_requests().len(), count);
}

fn message_uuid(xml: &[u8]) -> String {
    let xml = String::from_utf8_lossy(xml);
    let (_, rest) = xml.split_once("messageUUID>").unwrap();
    rest.split_once('<').unwrap().0.to_owned()
}

fn with_uuid(wire: &[u8], uuid: &str) -> Vec<u8> {
    let replace = |bytes: Vec<u8>, from: &[u8], to: &str| match bytes.windows(from.len()).position(|it| it == from) {
        Some(at) => [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat(),
        None => bytes,
    };
    let wire = replace(wire.to_vec(), b"{uuid}", &uuid.to_lowercase());
    replace(wire, b"{UUID}", &uuid.to_uppercase())
}

#[test]
fn the_answers_of_the_public_cases_are_understood() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/answers");
    let case = |file: &str, outcome| {
        let wire = std::fs::read(directory.join(file)).unwrap();
        Answer { name: file.to_owned(), wire, outcome }
    };
    let uuid = "5f0c6ab1-58b0-4f3d-a9a0-000000000903";
    let of_this_message = |answer: Answer| {
        let text = String::from_utf8(answer.wire).unwrap();
        Answer { wire: text.replace(uuid, "{uuid}").into_bytes(), ..answer }
    };
    assert_understood(vec![
        case("rejection-with-capital-keys.http", REJECTED),
        case("acceptance-after-byte-order-mark.http", ACCEPTED),
        case("acceptance-packed-with-gzip.http", ACCEPTED),
        case("acceptance-after-folded-header.http", ACCEPTED),
        case("decide-acceptance-in-latin-1.http", ACCEPTED),
        of_this_message(case("decide-plain-text-uuid.http", ACCEPTED)),
        // As it is, it names another message.
        case("decide-plain-text-uuid.http", UNCLEAR),
    ]);
}

#[test]
fn keys_and_values_of_a_receipt_are_read_in_every_spelling() {
    let mut answers = Vec::new();
    for key in
        ["errorCode", "ErrorCode", "ERRORCODE", "error_code", "ERROR-CODE", "Error_Code", "errorcode", "_error--code"]
    {
        answers.push(json(200, format!(r#"{{"{key}":"sag.lukket"}}"#), REJECTED));
        answers.push(json(200, format!(r#"{{"{key}":17}}"#), REJECTED));
        answers.push(json(200, format!(r#"{{"{key}":null}}"#), ACCEPTED));
        answers.push(json(200, format!("{{\"{key}\":\" \\r\\n\\t\"}}"), ACCEPTED));
    }
    for key in ["receiptStatus", "ReceiptStatus", "receipt_status", "RECEIPT-STATUS", "receiptstatus"] {
        for value in [
            "INVALID",
            "Invalid",
            "invalid",
            "in_valid",
            "NOT_ALLOWED",
            "NotAllowed",
            "not-allowed",
            "Not-Allowed",
            " INVALID ",
        ] {
            answers.push(json(200, format!(r#"{{"{key}":"{value}","errorCode":null}}"#), REJECTED));
        }
        for value in ["COMPLETED", "Completed", "completed", "RECEIVED", "Received", "\\tCOMPLETED\\n"] {
            answers.push(json(200, format!(r#"{{"errorCode":"","{key}":"{value}"}}"#), ACCEPTED));
        }
        for value in [r#""MAASKE""#, r#""NOT ALLOWED""#, "17", "true", "[]", "{}", r#"["INVALID"]"#, r#""-""#] {
            answers.push(json(200, format!(r#"{{"{key}":{value}}}"#), UNCLEAR));
        }
    }
    assert_understood(answers);
}

#[test]
fn what_contradicts_itself_is_never_accepted() {
    assert_understood(vec![
        json(200, r#"{"errorCode":null,"ErrorCode":"sag.lukket"}"#, UNCLEAR),
        json(200, r#"{"errorCode":"sag.lukket","errorCode":null}"#, UNCLEAR),
        json(200, r#"{"receiptStatus":"COMPLETED","receipt_status":"INVALID"}"#, UNCLEAR),
        json(200, r#"{"receiptStatus":"INVALID","receiptStatus":"COMPLETED"}"#, UNCLEAR),
        json(200, r#"{"receiptStatus":null,"ReceiptStatus":"INVALID"}"#, UNCLEAR),
        json(200, r#"{"errorCode":[],"receiptStatus":"COMPLETED"}"#, UNCLEAR),
        json(200, r#"{"errorCode":true}"#, UNCLEAR),
        // Twice the same is no contradiction.
        json(
            200,
            r#"{"receiptStatus":"COMPLETED","ReceiptStatus":"COMPLETED","errorCode":null,"ErrorCode":""}"#,
            ACCEPTED,
        ),
        json(200, r#"{"errorCode":"sag.lukket","ErrorCode":"sag.lukket"}"#, REJECTED),
        json(200, r#"{"receiptStatus":"COMPLETED","errorCode":"sag.lukket"}"#, REJECTED),
        json(200, r#"{"receiptStatus":"INVALID","errorCode":null,"ErrorCode":""}"#, REJECTED),
    ]);
}

#[test]
fn a_receipt_is_read_within_its_envelope_and_a_rejection_elsewhere_is_no_acceptance() {
    assert_understood(vec![
        json(200, r#"{"receipt":{"receiptStatus":"INVALID"}}"#, REJECTED),
        json(200, r#"{"Kvittering":{"ErrorCode":"sag.lukket","ErrorMessage":"Lukket"}}"#, REJECTED),
        json(200, r#"{"result":{"data":{"receipt_status":"NotAllowed"}}}"#, REJECTED),
        json(200, r#"{"receipt":{"receiptStatus":"COMPLETED","errorCode":null}}"#, ACCEPTED),
        json(200, r#"{"a":{"b":{"ReceiptStatus":"Received"}}}"#, ACCEPTED),
        json(200, r#"{"receipt":{"receiptStatus":"MAASKE"}}"#, UNCLEAR),
        json(200, r#"{"receipt":{"errorCode":null,"ErrorCode":"x"}}"#, UNCLEAR),
        // Not as the one value, or not as an object.
        json(200, r#"{"receipt":{"receiptStatus":"INVALID"},"traceId":"1"}"#, UNCLEAR),
        json(200, r#"{"receipts":[{"errorCode":"sag.lukket"}]}"#, UNCLEAR),
        json(200, r#"{"d":"{\"receiptStatus\":\"INVALID\"}"}"#, UNCLEAR),
        json(200, r#"{"receiptStatus":"COMPLETED","errorCode":null,"inner":{"errorCode":"sag.lukket"}}"#, UNCLEAR),
        json(200, r#"[{"receiptStatus":"INVALID"}]"#, UNCLEAR),
        // Nearly a receipt's own words.
        json(200, r#"{"error code":"sag.lukket"}"#, UNCLEAR),
        json(200, r#"{"status":"INVALID"}"#, UNCLEAR),
        json(200, r#"{"result":"not-allowed"}"#, UNCLEAR),
        json(200, r#"{"error":"Sagen er lukket"}"#, UNCLEAR),
        json(200, r#"{"errors":[{"message":"Sagen er lukket"}]}"#, UNCLEAR),
        json(200, r#"{"receipt":{"receiptStatus":"COMPLETED"},"traceId":"1"}"#, ACCEPTED),
        json(200, r#"{"errors":[],"transmissionId":"1"}"#, ACCEPTED),
    ]);
}

#[test]
fn a_problem_document_is_a_rejection() {
    let problem = r#"{"type":"https://esdh.example/lukket","title":"Sagen er lukket","status":200}"#;
    let typed = |status, content_type: &str, body: &str, outcome| {
        answer(status, &format!("Content-Type: {content_type}\r\n"), body, outcome)
    };
    let mut answers = vec![
        typed(200, "application/problem+json", "", REJECTED),
        typed(200, "application/problem+json", "{", REJECTED),
        typed(200, "Application/Problem+JSON; charset=UTF-8", problem, REJECTED),
        typed(200, "application/problem+json ;charset=ukendt", problem, REJECTED),
        typed(202, "application/problem+json", r#"{"receiptStatus":"COMPLETED"}"#, REJECTED),
        typed(200, "application/problem+json", r#"{"title":"OK"}"#, REJECTED),
        typed(503, "application/problem+json", problem, UNWELL),
        typed(429, "application/problem+json", problem, UNWELL),
        // The same as plain JSON says nothing of a receipt.
        typed(200, "application/json", r#"{"title":"Velkommen"}"#, ACCEPTED),
    ];
    for status in [400, 401, 403, 404, 409, 415, 422] {
        answers.push(typed(status, "application/problem+json", problem, REJECTED));
    }
    // What frameworks write of themselves repeats the status, and so speaks of the call as the status does.
    let by_framework = [
        (401, r#"{"title":"Unauthorized","status":401}"#, ACCESS_REFUSED),
        (403, r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"Access Denied"}"#, ACCESS_REFUSED),
        (
            404,
            r#"{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404}"#,
            CALL_REFUSED,
        ),
        (415, r#"{"type":"about:blank","status":415}"#, CALL_REFUSED),
        (404, "", CALL_REFUSED),
        (404, r#"{"title":"Not Found","errorCode":"sag.ukendt"}"#, REJECTED),
        (422, r#"{"title":"Unprocessable Entity","status":422}"#, REJECTED),
    ];
    answers
        .extend(by_framework.map(|(status, body, outcome)| typed(status, "application/problem+json", body, outcome)));
    assert_understood(answers);
}

#[test]
fn plain_text_is_an_acceptance_when_it_is_nothing_but_the_uuid_or_ok() {
    let plain = |content_type: &str, body: &str, outcome| {
        answer(200, &format!("Content-Type: {content_type}\r\n"), body, outcome)
    };
    let mut answers = Vec::new();
    for body in ["{uuid}", "{UUID}", "OK", "ok", "Ok", " OK\r\n", "\n{uuid}\n", "\u{FEFF}{uuid}", ""] {
        answers.push(plain("text/plain", body, ACCEPTED));
    }
    for content_type in
        ["text/plain; charset=utf-8", "TEXT/Plain;charset=iso-8859-1", "text/plain ; charset=\"us-ascii\""]
    {
        answers.push(plain(content_type, "{uuid}", ACCEPTED));
    }
    for body in [
        "OK!",
        "OK OK",
        "\"OK\"",
        "KO",
        "\u{A0}OK",
        "OK\u{2003}",
        "\u{C}OK",
        "O\u{212A}",
        "OK {uuid}",
        "{uuid} {uuid}",
        "\"{uuid}\"",
        "urn:uuid:{uuid}",
        "6f0c6ab1-58b0-4f3d-a9a0-000000000903",
        "Modtaget",
        "null",
    ] {
        answers.push(plain("text/plain", body, UNCLEAR));
    }
    answers.push(plain("text/plain; charset=ukendt", "OK", UNCLEAR));
    answers.push(plain("text/plain", r#"{"receiptStatus":"INVALID"}"#, REJECTED));
    answers.push(plain("text/html", "OK", UNCLEAR));
    answers.push(plain("application/json", "{uuid}", UNCLEAR));
    answers.push(answer(200, "", "OK", UNCLEAR));
    assert_understood(answers);
}

#[test]
fn a_receipt_is_read_by_its_byte_order_mark_and_charset() {
    let accepted = r#"{"receiptStatus":"COMPLETED","errorMessage":"Modtaget på kontoret"}"#;
    let rejected = r#"{"errorCode":"sag.lukket","errorMessage":"Sagen er lukket på kontoret"}"#;
    let latin_1 = |text: &str| text.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect::<Vec<_>>();
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let in_charset = |charset: &str, body: Vec<u8>, outcome| {
        answer(200, &format!("Content-Type: application/json; charset={charset}\r\n"), body, outcome)
    };
    let with_mark = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    assert_understood(vec![
        json(200, with_mark(accepted), ACCEPTED),
        json(200, with_mark(rejected), REJECTED),
        json(200, with_mark("{}"), ACCEPTED),
        json(200, with_mark(""), ACCEPTED),
        json(200, with_mark("\u{FEFF}{}"), UNCLEAR),
        json(422, with_mark(rejected), REJECTED),
        json(200, utf_16(&format!("\u{FEFF}{rejected}")), REJECTED),
        in_charset("ISO-8859-1", latin_1(accepted), ACCEPTED),
        in_charset("iso-8859-1", latin_1(rejected), REJECTED),
        in_charset("\"windows-1252\"", latin_1(accepted), ACCEPTED),
        in_charset("utf-16le", utf_16(accepted), ACCEPTED),
        in_charset("UTF-16", utf_16(rejected), REJECTED),
        in_charset("utf8", accepted.into(), ACCEPTED),
        in_charset("", accepted.into(), ACCEPTED),
        in_charset("x-ukendt", accepted.into(), UNCLEAR),
        in_charset("utf-8", latin_1(accepted), UNCLEAR),
        json(200, latin_1(accepted), UNCLEAR),
        json(200, utf_16(accepted), UNCLEAR),
    ]);
}

#[test]
fn a_receipt_that_was_packed_unasked_is_unpacked_within_bounds() {
    let gzip = |body: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(body).unwrap();
        packer.finish().unwrap()
    };
    let deflate = |body: &[u8]| {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
        packer.write_all(body).unwrap();
        packer.finish().unwrap()
    };
    let coded = |status, coding: &str, body: Vec<u8>, outcome| {
        answer(status, &format!("Content-Type: application/json\r\nContent-Encoding: {coding}\r\n"), body, outcome)
    };
    let (accepted, rejected) = (br#"{"receiptStatus":"COMPLETED"}"#, br#"{"errorCode":"sag.lukket"}"#);
    let bomb = gzip(&[b"{}", vec![b' '; 50_000_000].as_slice()].concat());
    assert_understood(vec![
        coded(200, "gzip", gzip(accepted), ACCEPTED),
        coded(200, "GZip", gzip(rejected), REJECTED),
        coded(200, "x-gzip", gzip(accepted), ACCEPTED),
        coded(200, "deflate", deflate(rejected), REJECTED),
        coded(401, "gzip", gzip(rejected), REJECTED),
        coded(200, "identity", accepted.to_vec(), ACCEPTED),
        coded(200, "Identity", rejected.to_vec(), REJECTED),
        coded(200, "", accepted.to_vec(), ACCEPTED),
        coded(200, "gzip", Vec::new(), ACCEPTED),
        coded(200, "br", accepted.to_vec(), UNCLEAR),
        coded(200, "gzip, gzip", gzip(&gzip(accepted)), UNCLEAR),
        coded(200, "gzip", accepted.to_vec(), UNCLEAR),
        coded(200, "gzip", gzip(accepted)[..20].to_vec(), UNCLEAR),
        coded(200, "gzip", bomb, UNCLEAR),
        json(200, gzip(accepted), UNCLEAR),
    ]);
}

#[test]
fn only_the_white_space_of_xml_and_json_is_none() {
    assert_understood(vec![
        json(200, " \t\r\n", ACCEPTED),
        json(200, "\u{C}", UNCLEAR),
        json(200, "\u{A0}", UNCLEAR),
        json(200, "{\u{A0}}", UNCLEAR),
        json(200, "{\"errorCode\":\"\u{A0}\"}", REJECTED),
        json(200, "{\"errorCode\":\"\u{3000}\",\"receiptStatus\":\"COMPLETED\"}", REJECTED),
        json(200, "{\"receiptStatus\":\"COMPLETED\u{A0}\"}", UNCLEAR),
        json(200, "{\"receiptStatus\":\"\u{2003}\"}", UNCLEAR),
        json(200, "{}\0", UNCLEAR),
        json(200, "{} {}", UNCLEAR),
    ]);
}

#[test]
fn old_ways_to_write_headers_are_read() {
    let receipt = r#"{"errorCode":"sag.lukket"}"#;
    let accepted = r#"{"receiptStatus":"COMPLETED"}"#;
    assert_understood(vec![
        answer(200, "X-Note: a\r\n\tb\r\n  c\r\nContent-Type:\r\n application/json\r\n", accepted, ACCEPTED),
        answer(200, "X-Note: a\r\n b\r\n", receipt, REJECTED),
        answer(200, "Content-Type:\r\n\tapplication/problem+json\r\n", "{}", REJECTED),
        answer(200, "Content-Type : application/json\r\n", accepted, ACCEPTED),
    ]);
}

#[test]
fn a_status_that_speaks_of_the_call_keeps_the_message_and_needs_a_person() {
    let rejection = r#"{"receiptStatus":"INVALID","errorCode":"sag.lukket"}"#;
    let mut answers = Vec::new();
    for (status, outcome) in [
        (401, ACCESS_REFUSED),
        (403, ACCESS_REFUSED),
        (404, CALL_REFUSED),
        (405, CALL_REFUSED),
        (407, ("fagsystem.utilgaengeligt", Some("proxy_afviste"))),
        (411, CALL_REFUSED),
        (415, CALL_REFUSED),
        (421, CALL_REFUSED),
        (426, CALL_REFUSED),
    ] {
        answers.push(json(status, "", outcome));
        answers.push(answer(status, "Content-Type: text/html\r\n", "<html>Nej</html>", outcome));
        answers.push(json(status, r#"{"message":"Access denied","statusCode":401}"#, outcome));
        answers.push(json(status, r#"{"error":"invalid_token","error_description":"expired"}"#, outcome));
        answers.push(json(status, "x".repeat(100_000), outcome));
        answers.push(json(status, rejection, REJECTED));
        answers.push(json(status, r#"{"Receipt":{"Error_Code":"sag.lukket"}}"#, REJECTED));
        // It says both, so the outcome is unknown.
        answers.push(json(status, r#"{"receiptStatus":"COMPLETED"}"#, UNCLEAR));
    }
    for status in [300, 301, 305, 307, 308] {
        answers.push(answer(status, "Location: http://elsewhere.example/\r\n", "", CALL_REFUSED));
        answers.push(json(status, rejection, CALL_REFUSED));
    }
    // Web pages answer like this to a form that they have accepted.
    for status in [302, 303] {
        answers.push(answer(status, "Location: /tak\r\n", "", ("uvist", Some("kald_afvist"))));
    }
    assert_understood(answers);
}
