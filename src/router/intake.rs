use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::task::JoinError;
use tokio_util::task::TaskTracker;

use super::flow::Flow;
use super::incoming::Incoming;
use super::protection::{Caller, Denied, Doorkeeper};
use super::receipt::Answer;
use super::{head, health};
use crate::store::Outcome;

/// Where messages are delivered.
const MEMO: &str = "/memo";

#[derive(Clone)]
struct Intake {
    flow: Arc<Flow>,
    doorkeeper: Arc<Doorkeeper>,
    under_way: TaskTracker,
    listens_on: IpAddr,
}

/// What Digital Post calls. Messages under way are tracked, so that they can be waited for.
pub(super) fn routes(flow: Arc<Flow>, doorkeeper: Doorkeeper, under_way: TaskTracker, listens_on: IpAddr) -> Router {
    let intake = Intake { flow, doorkeeper: Arc::new(doorkeeper), under_way, listens_on };
    let routes = Router::new().route(MEMO, post(receive)).route("/sundhed", get(health));
    routes.layer(from_fn_with_state(intake.clone(), check_head)).with_state(intake)
}

/// Refuses a call at once that its head already speaks against; what still comes of it is read and thrown away.
async fn check_head(State(intake): State<Intake>, request: Request, next: Next) -> Response {
    let Err(error) = head::check(&request, intake.listens_on) else { return next.run(request).await };
    if request.uri().path() != MEMO {
        return error.into_response();
    }
    tokio::spawn(Incoming::new(request).discard());
    error.upon(intake.flow.refuse_head(error).await.into_response())
}

/// Takes a message. It goes its way on a task of its own: when the caller hangs up after the whole message has been
/// delivered, the fagsystem's answer is still waited for and written down.
async fn receive(State(intake): State<Intake>, Extension(caller): Extension<Caller>, request: Request) -> Response {
    let flow = Arc::clone(&intake.flow);
    if let Err(denied) = intake.doorkeeper.judge(&caller, request.headers()) {
        let turned_away = intake.under_way.spawn(async move {
            flow.turn_away(Incoming::new(request), denied.code(), &denied.to_string()).await.into_response()
        });
        return challenged(answered(turned_away.await), denied);
    }
    let Some(place) = flow.places.take() else {
        // Answered at once, while what comes of the message is still read.
        tokio::spawn(Incoming::new(request).discard());
        return flow.find_no_place().into_response();
    };
    let carried = intake.under_way.spawn(async move {
        let _place = place;
        flow.carry(Incoming::new(request)).await.into_response()
    });
    answered(carried.await)
}

fn answered(response: Result<Response, JoinError>) -> Response {
    response.unwrap_or_else(|error| {
        tracing::error!(%error, "a message's task has failed");
        let words = Some("the router failed; whether the message was taken is unknown".to_owned());
        Answer::new(Outcome::Unknown, None, words).into_response()
    })
}

/// Who has shown nothing learns what to show.
fn challenged(mut response: Response, denied: Denied) -> Response {
    if let Some(challenge) = denied.challenge() {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

async fn health(State(intake): State<Intake>) -> Response {
    health::answer(&intake.flow.rules)
}
