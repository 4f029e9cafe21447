use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use futures_util::stream::Peekable;
use futures_util::{Stream, StreamExt};

/// The body of a call, read by the parser and, once that has given up, by whoever discards the rest.
#[derive(Clone)]
pub(in crate::router) struct SharedBody(Arc<Mutex<Peekable<BodyDataStream>>>);

impl SharedBody {
    pub fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(body.into_data_stream().peekable())))
    }

    /// Waits until the first bytes or the end are here, without consuming them.
    pub async fn begins(&self) {
        poll_fn(|context| {
            let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Pin::new(&mut *body).poll_peek(context).map(|_| ())
        })
        .await;
    }
}

impl Stream for SharedBody {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_next(context)
    }
}
