//! The answer to those who ask whether the router can receive messages.

use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::router::rules_in_force::RulesInForce;

/// Answers whether the router can take messages, and why not; and where it shares a database, which router it is, and how it stands with
/// the database as of its last heartbeat. Never waits for the database.
pub(in crate::router) fn answer(rules: &RulesInForce) -> Response {
    let (status, mut body) = match rules.ready() {
        Ok(publication) => (StatusCode::OK, json!({"klar": true, "udgivelse": publication.get()})),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, json!({"klar": false, "grund": reason.to_string()})),
    };
    if let Some(heartbeat) = rules.heartbeat() {
        body["router"] = heartbeat.router.into();
        let round_trip = heartbeat.round_trip.map(in_milliseconds);
        body["database"] = json!({"rundtur_ms": round_trip, "laan": heartbeat.leases, "udloebne": heartbeat.lapsed});
    }
    (status, Json(body)).into_response()
}

/// With three decimals.
fn in_milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}
