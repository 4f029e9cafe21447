//! How a configuration file says what a fagsystem knows the router by.

use postfordeler::exchange::{read_configuration, write_configuration};
use postfordeler::rules::{Access, RuleBook};
use serde_json::{Value, json};

use super::town::wanting;

fn read(access: &Value) -> Result<RuleBook, Vec<String>> {
    let file = wanting("https://esdh.example/", access, None).to_string();
    read_configuration(file.as_bytes()).map_err(|faults| faults.0.iter().map(|fault| fault.place.to_string()).collect())
}

fn access_of(book: &RuleBook) -> &Access {
    &book.authorities[0].fagsystems[0].access
}

#[test]
fn a_header_or_a_certificate_is_read_and_written() {
    let header = |name: &str| Access::Header { name: name.parse().unwrap() };
    let cases = [
        (json!({"type": "header", "navn": "X-Api-Key"}), header("X-Api-Key")),
        (json!({"type": "header", "navn": " Authorization "}), header("Authorization")),
        (json!({"type": "header"}), header("X-Api-Key")),
        (json!({"type": "klientcertifikat"}), Access::ClientCertificate),
        (Value::Null, Access::Open),
    ];
    for (written, access) in cases {
        let book = read(&written).expect("no fault");
        assert_eq!(access_of(&book), &access, "{written}");
        let again = write_configuration(&book);
        assert_eq!(again.contains("adgang"), access != Access::Open, "{written}");
        assert_eq!(read_configuration(again.as_bytes()).expect("no fault"), book, "{written}");
    }
}

#[test]
fn what_is_neither_is_told_with_its_place() {
    let here = "myndigheder[0].fagsystemer[0].adgang";
    let cases = [
        (json!("header"), ""),
        (json!({}), ".type"),
        (json!({"navn": "X-Api-Key"}), ".type"),
        (json!({"type": "ingen"}), ".type"),
        (json!({"type": "header", "navn": ""}), ".navn"),
        (json!({"type": "header", "navn": "X Api Key"}), ".navn"),
        (json!({"type": "header", "navn": "Nøgle"}), ".navn"),
        (json!({"type": "header", "navn": "X:"}), ".navn"),
        (json!({"type": "header", "navn": "content-LENGTH"}), ".navn"),
        (json!({"type": "header", "navn": "Host"}), ".navn"),
        (json!({"type": "header", "navn": "X-Transmission-ID"}), ".navn"),
        (json!({"type": "header", "navn": "x-message-uuid"}), ".navn"),
        (json!({"type": "header", "navn": "x".repeat(65)}), ".navn"),
        (json!({"type": "header", "navn": 1}), ".navn"),
        (json!({"type": "header", "vaerdi": "hemmelig"}), ".vaerdi"),
        (json!({"type": "klientcertifikat", "navn": "X-Api-Key"}), ".navn"),
    ];
    for (access, place) in cases {
        assert_eq!(read(&access).expect_err("a fault"), [format!("{here}{place}")], "{access}");
    }
}
