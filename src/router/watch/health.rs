//! The answer to those who ask whether the router can receive messages.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::router::rules_in_force::RulesInForce;

/// Answers whether the router can take messages, and why not.
pub(in crate::router) fn answer(rules: &RulesInForce) -> Response {
    match rules.ready() {
        Ok(publication) => Json(json!({"klar": true, "udgivelse": publication.get()})).into_response(),
        Err(reason) => {
            let body = json!({"klar": false, "grund": reason.to_string()});
            (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}
