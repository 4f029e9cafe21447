use std::net::SocketAddr;

use postfordeler::exchange::read_configuration;
use postfordeler::rules::RuleBook;
use serde_json::{Value, json};

/// The CVR number of the authority in every configuration made here.
pub const AUTHORITY: &str = "11223344";

/// A small municipality with five fagsystems at that address, ten rules and six contact points. What tests say of it holds
/// whatever becomes of the program's own sample; where both have a rule, its number is the same.
pub fn small_town(fagsystems: SocketAddr) -> RuleBook {
    let file = include_str!("../../data/small_town.json").replace("127.0.0.1:9101", &fagsystems.to_string());
    read_configuration(file.as_bytes()).expect("the file has no fault")
}

/// A configuration with one authority; the first fagsystem is its default recipient.
pub fn configuration(fagsystems: &[Value], rules: &[Value]) -> Value {
    json!({
        "format": "postfordeler-konfiguration",
        "version": 1,
        "myndigheder": [{
            "cvr": AUTHORITY,
            "navn": "Eksempel Kommune",
            "opsamlingssystem": fagsystems[0]["id"],
            "fagsystemer": fagsystems,
            "regler": rules,
        }],
    })
}

pub fn fagsystem_entry(id: &str, endpoint: &str) -> Value {
    json!({"id": id, "navn": id.to_uppercase(), "endpoint": endpoint})
}

/// A rule for every segment that has been valid for years.
pub fn rule(priority: u32, fagsystem: &str, element: &str, value: &str) -> Value {
    json!({
        "prioritet": priority,
        "fagsystem": fagsystem,
        "segment": "alle",
        "regelelement": element,
        "regelvaerdi": value,
        "gyldigFra": "2020-10-25",
    })
}
