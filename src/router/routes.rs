use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::thread;

use axum::Router;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;
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

/// Carries a message, whatever its caller does meanwhile.
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
    let carrying = async move {
        let carrying = pin!(flow.carry(Incoming::new(request), &call));
        abandon.run_until_cancelled(carrying).await.map(IntoResponse::into_response)
    };
    let carried = Carried::new(carrying, &entrance.under_way).await;
    // The caller of an abandoned message gets no answer: its connection is closed as well.
    answered(carried.map(|response| response.unwrap_or_else(|| StatusCode::SERVICE_UNAVAILABLE.into_response())))
}

fn answered(response: thread::Result<Response>) -> Response {
    response.unwrap_or_else(|_| {
        tracing::error!("a message's task has failed");
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

/// A message that is carried as a part of its caller's connection. If that ends before it, it goes on as a task of its own:
/// when the caller hangs up after the whole message has been delivered, the fagsystem's answer is still awaited and recorded.
struct Carried {
    /// `None` once it has come to its end.
    carrying: Option<BoxFuture<'static, thread::Result<Option<Response>>>>,
    under_way: TaskTracker,
    _counted: TaskTrackerToken,
}

impl Carried {
    fn new(carrying: impl Future<Output = Option<Response>> + Send + 'static, under_way: &TaskTracker) -> Self {
        let carrying = AssertUnwindSafe(carrying).catch_unwind().boxed();
        Self { carrying: Some(carrying), under_way: under_way.clone(), _counted: under_way.token() }
    }
}

impl Future for Carried {
    type Output = thread::Result<Option<Response>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(carrying) = &mut self.carrying else { return Poll::Pending };
        let output = ready!(carrying.as_mut().poll(context));
        self.carrying = None;
        Poll::Ready(output)
    }
}

impl Drop for Carried {
    fn drop(&mut self) {
        if let Some(carrying) = self.carrying.take()
            && let Ok(runtime) = Handle::try_current()
        {
            let rest = async move {
                if carrying.await.is_err() {
                    tracing::error!("a message's task has failed");
                }
            };
            self.under_way.spawn_on(rest, &runtime);
        }
    }
}

async fn health(State(entrance): State<Entrance>) -> Response {
    health::answer(entrance.flow.rules())
}
