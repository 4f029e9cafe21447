use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::connection::connections::Call;
use super::connection::head;
use super::connection::protection::{Authorizer, Caller, CallerRefusal, Refusal};
use super::intake::incoming::Incoming;
use super::intake::receipt::Answer;
use super::watch::callers::RefusedCallers;
use super::watch::health;
use crate::router::flow::Flow;
use crate::store::Outcome;

/// The path for deliveries.
const MEMO: &str = "/memo";

/// What the routes need to answer calls.
#[derive(Clone)]
pub(super) struct Entrance {
    pub flow: Arc<Flow>,
    pub callers: Arc<RefusedCallers>,
    pub authorizer: Arc<Authorizer>,
    /// Tracks the messages under way, so that the shutdown can wait for them.
    pub under_way: TaskTracker,
    /// Ends the messages under way at once.
    pub abandon: CancellationToken,
    /// The address that the router listens at.
    pub listens_on: IpAddr,
}

impl Entrance {
    /// The routes of the router's port.
    pub fn routes(self) -> Router {
        let routes = Router::new().route(MEMO, post(receive)).route("/sundhed", get(health));
        routes.layer(from_fn_with_state(self.clone(), check_head)).with_state(self)
    }

    async fn refuse(&self, refused: CallerRefusal) -> Answer {
        let transmission = self.callers.record_call(&refused).await;
        let words = Some(refused.refusal.words().to_owned());
        Answer::new(transmission, refused.refusal.outcome(), None, words)
    }
}

/// Refuses a call at once where its head is reason enough.
async fn check_head(
    State(entrance): State<Entrance>,
    Extension(call): Extension<Call>,
    request: Request,
    next: Next,
) -> Response {
    let Err(error) = head::check(&request, entrance.listens_on) else { return next.run(request).await };
    call.refuse();
    if request.uri().path() != MEMO {
        return error.into_response();
    }
    let answer = entrance.refuse(CallerRefusal::new(error.refusal(), call.from())).await;
    tokio::spawn(Incoming::new(request).linger());
    error.upon(answer.into_response())
}

/// Carries a message on a task of its own: when the caller hangs up after the whole message has been delivered, the
/// fagsystem's answer is still awaited and recorded.
async fn receive(
    State(entrance): State<Entrance>,
    Extension(caller): Extension<Caller>,
    Extension(call): Extension<Call>,
    request: Request,
) -> Response {
    let flow = Arc::clone(&entrance.flow);
    if let Err(refusal) = entrance.authorizer.authorize(&caller, request.headers()) {
        call.refuse();
        let certificate = caller.certificate.clone();
        let answer = entrance.refuse(CallerRefusal { certificate, ..CallerRefusal::new(refusal, call.from()) }).await;
        tokio::spawn(Incoming::new(request).linger());
        return challenged(answer.into_response(), refusal);
    }
    if flow.rules().is_stopping() {
        call.refuse();
        let answer = flow.refuse_stopping();
        tokio::spawn(Incoming::new(request).linger());
        return answer.into_response();
    }
    let abandon = entrance.abandon.clone();
    let carried = entrance.under_way.spawn(async move {
        let carrying = Box::pin(flow.carry(Incoming::new(request), &call));
        abandon.run_until_cancelled(carrying).await.map(IntoResponse::into_response)
    });
    // The caller of an abandoned message gets no answer: its connection is closed as well.
    answered(carried.await.map(|response| response.unwrap_or_else(|| StatusCode::SERVICE_UNAVAILABLE.into_response())))
}

fn answered(response: Result<Response, JoinError>) -> Response {
    response.unwrap_or_else(|error| {
        tracing::error!(%error, "a message's task has failed");
        let words = Some("the router failed; whether the message was taken is unknown".to_owned());
        Answer::new(Uuid::new_v4(), Outcome::Unknown, None, words).into_response()
    })
}

/// Tells a caller that has shown nothing what to show. Nothing more is read on the connection, whoever it is.
fn challenged(mut response: Response, refusal: Refusal) -> Response {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    if let Some(challenge) = refusal.challenge() {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

async fn health(State(entrance): State<Entrance>) -> Response {
    health::answer(entrance.flow.rules())
}
