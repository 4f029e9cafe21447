//! A fagsystem's answer while it comes in.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use axum::http::response::Parts;
use axum::http::{HeaderMap, Response, StatusCode, Version};
use bytes::Bytes;
use http_body::Body;
use hyper::body::Incoming;
use uuid::Uuid;

use super::answer_recorder::AnswerRecorder;
use super::line::Line;
use super::pool::Pool;

/// The answer to a call. Its connection serves the next call when this is dropped.
pub(in crate::router) struct Answer {
    head: Parts,
    /// Dropped before its connection.
    body: Incoming,
    lent: LentLine,
    recording: Option<(AnswerRecorder, Uuid)>,
}

impl Answer {
    pub(super) fn new(answer: Response<Incoming>, line: Line, pool: Arc<Pool>) -> Self {
        let (head, body) = answer.into_parts();
        Self { head, body, lent: LentLine { line: Some(line), pool }, recording: None }
    }

    /// The same answer, recorded as it is read.
    pub(super) fn recorded(mut self, recorder: &AnswerRecorder, transmission: Uuid) -> Self {
        recorder.begin_answer(transmission, &self.head);
        self.recording = Some((recorder.clone(), transmission));
        self
    }

    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    pub fn version(&self) -> Version {
        self.head.version
    }

    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The next piece of its body; `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, hyper::Error> {
        loop {
            let Some(frame) = self.frame().await else { return Ok(None) };
            let Ok(data) = frame?.into_data() else { continue };
            if let Some((recorder, transmission)) = &self.recording {
                recorder.record(*transmission, &data);
            }
            return Ok(Some(data));
        }
    }

    async fn frame(&mut self) -> Option<Result<http_body::Frame<Bytes>, hyper::Error>> {
        poll_fn(|context| {
            let frame = Pin::new(&mut self.body).poll_frame(context);
            let (Poll::Pending, Some(line)) = (&frame, &mut self.lent.line) else { return frame };
            line.carry_on(context);
            Pin::new(&mut self.body).poll_frame(context)
        })
        .await
    }

    /// Goes on with the call, where the answer began before its end. Never done.
    pub async fn go_on(&mut self) -> Infallible {
        poll_fn(|context| {
            if let Some(line) = &mut self.lent.line {
                line.carry_on(context);
            }
            Poll::Pending
        })
        .await
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.head.status).finish_non_exhaustive()
    }
}

struct LentLine {
    /// `None` only while this is dropped.
    line: Option<Line>,
    pool: Arc<Pool>,
}

impl Drop for LentLine {
    fn drop(&mut self) {
        if let Some(line) = self.line.take() {
            self.pool.give_back(line);
        }
    }
}
