use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio_util::task::TaskTracker;

use super::flow::Flow;
use super::health;
use super::incoming::Incoming;
use super::receipt::Answer;
use crate::store::Outcome;

#[derive(Clone)]
struct Intake {
    flow: Arc<Flow>,
    under_way: TaskTracker,
}

/// What Digital Post calls. Messages under way are tracked, so that they can be waited for.
pub(super) fn routes(flow: Arc<Flow>, under_way: TaskTracker) -> Router {
    Router::new().route("/memo", post(receive)).route("/sundhed", get(health)).with_state(Intake { flow, under_way })
}

/// Takes a message. It goes its way on a task of its own: when the caller hangs up after the whole message has been
/// delivered, the fagsystem's answer is still waited for and written down.
async fn receive(State(intake): State<Intake>, request: Request) -> Response {
    let flow = Arc::clone(&intake.flow);
    let Some(place) = flow.places.take() else {
        // Answered at once, while what comes of the message is still read.
        tokio::spawn(Incoming::new(request).discard());
        return flow.find_no_place().into_response();
    };
    let carried = intake.under_way.spawn(async move {
        let _place = place;
        let is_from_a_web_page = comes_from_a_web_page(request.headers());
        let incoming = Incoming::new(request);
        if is_from_a_web_page {
            flow.turn_away(incoming, "web pages may not deliver messages here").await
        } else {
            flow.carry(incoming).await
        }
    });
    match carried.await {
        Ok(answer) => answer.into_response(),
        Err(error) => {
            tracing::error!(%error, "a message's task has failed");
            let words = Some("the router failed; whether the message was taken is unknown".to_owned());
            Answer::new(Outcome::Unknown, None, words).into_response()
        }
    }
}

/// A web page that the administrator happens to have open can send forms to this machine; its browser says so.
fn comes_from_a_web_page(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site")
}

async fn health(State(intake): State<Intake>) -> Response {
    health::answer(&intake.flow.rules)
}
