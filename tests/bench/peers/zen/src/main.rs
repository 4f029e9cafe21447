//! What a decision costs beside GoRules' zen-engine on the same table of 1,000 rows, in one run.
//!
//! Each row asks for one contact point and names one business system; the first that matches decides. Both are compiled
//! before, and decide the same messages, whose facts are read already. It prints the time of one decision by each and how
//! many times as long the other takes.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use postfordeler::rules::{
    AddressedContactPoint, Authority, Caseless, Criterion, Cvr, Distributor, Facts, Fagsystem, FagsystemId, Priority,
    Rule, RuleBook, Sender, Validity,
};
use serde_json::json;
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine};

const ROWS: u32 = 1_000;
const FAGSYSTEMS: u32 = 5;
const MESSAGES: u32 = 200;
const ROUNDS: usize = 11;

fn main() {
    let rules = rules();
    let table = table();
    let points: Vec<u32> = (0..MESSAGES).map(|at| at * 7_919 % ROWS).collect();
    let facts: Vec<Facts> = points.iter().map(|point| facts(*point)).collect();
    let contexts: Vec<_> = points.iter().map(|point| json!({"kontaktpunkt": name(*point)})).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let by_zen = |context: &serde_json::Value| {
        let response = runtime.block_on(table.evaluate(context.clone().into())).expect("a decision");
        serde_json::to_value(&response.result).expect("a value")["fagsystem"].as_str().map(str::to_owned)
    };
    let by_rules = |facts: &Facts| rules.decide(facts, date(2026, 11, 27)).expect("ours").fagsystem.id.to_string();
    for (facts, context) in facts.iter().zip(&contexts) {
        assert_eq!(Some(by_rules(facts)), by_zen(context), "both decide alike");
    }
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(timed(|| {
            for facts in &facts {
                black_box(rules.decide(black_box(facts), date(2026, 11, 27))).expect("ours");
            }
        }));
        other.push(timed(|| {
            for context in &contexts {
                black_box(runtime.block_on(table.evaluate(context.clone().into()))).expect("a decision");
            }
        }));
    }
    let (own, other) = (median(own), median(other));
    println!("A decision among {ROWS} rules: {:.2} µs", own.as_secs_f64() * 1e6);
    println!(
        "The same by zen-engine: {:.2} µs, {:.0} times",
        other.as_secs_f64() * 1e6,
        other.as_secs_f64() / own.as_secs_f64()
    );
}

fn name(point: u32) -> String {
    format!("kontaktpunkt-{point}")
}

fn fagsystem_of(row: u32) -> String {
    format!("fagsystem-{}", row % FAGSYSTEMS)
}

fn authority_number() -> Cvr {
    "66137112".parse().expect("eight digits")
}

fn rules() -> Distributor {
    let fagsystem = |id: &str| {
        let endpoint = "https://intern.eksempel.dk/postmodtag".parse().expect("an address");
        Fagsystem::new(FagsystemId::new(id).expect("not empty"), id, endpoint)
    };
    let mut authority = Authority::new(authority_number(), "Eksempel Kommune", fagsystem("esdh"));
    authority.fagsystems.extend((0..FAGSYSTEMS).map(|at| fagsystem(&fagsystem_of(at))));
    let always = Validity::new(date(2020, 1, 1), None).expect("no end");
    authority.rules = (0..ROWS)
        .map(|row| {
            let criterion = Criterion::ContactPoint(Caseless::new(&name(row)));
            let id = FagsystemId::new(&fagsystem_of(row)).expect("not empty");
            Arc::new(Rule::new(Priority::new(row + 1).expect("not 0"), criterion, id, always))
        })
        .collect();
    RuleBook { authorities: vec![authority], ..RuleBook::default() }.compile().expect("no fault")
}

fn facts(point: u32) -> Facts {
    let addressed = AddressedContactPoint { id: Some(Caseless::new(&name(point))), group: None };
    Facts { contact_point: Some(addressed), ..Facts::new(Sender::Person, authority_number()) }
}

fn table() -> Decision {
    let rows: Vec<_> = (0..ROWS)
        .map(|row| json!({"_id": row.to_string(), "in": format!("\"{}\"", name(row)), "out": format!("\"{}\"", fagsystem_of(row))}))
        .collect();
    let content = json!({
        "nodes": [
            {"id": "begin", "name": "begin", "type": "inputNode"},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": {
                "hitPolicy": "first",
                "inputs": [{"id": "in", "name": "kontaktpunkt", "field": "kontaktpunkt"}],
                "outputs": [{"id": "out", "name": "fagsystem", "field": "fagsystem"}],
                "rules": rows,
            }},
            {"id": "end", "name": "end", "type": "outputNode"},
        ],
        "edges": [
            {"id": "one", "type": "edge", "sourceId": "begin", "targetId": "table"},
            {"id": "two", "type": "edge", "sourceId": "table", "targetId": "end"},
        ],
    });
    let content: DecisionContent = serde_json::from_value(content).expect("a decision model");
    let mut decision = DecisionEngine::default().create_decision(Arc::new(content)).expect("a decision");
    decision.compile();
    decision
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed() / MESSAGES
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
