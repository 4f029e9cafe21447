//! Runs the trials one after another.

use std::time::Duration;

use futures_util::future::join_all;

use super::call::CallResult;
use super::findings::{self, Grade};
use super::letters::TestCall;
use super::result::{TrialResult, why_no_more};
use super::trial::Trial;
use crate::router::Courier;
use crate::rules::{Access, Cvr, Endpoint, Fagsystem};

/// A test of an endpoint.
#[derive(Debug)]
pub struct EndpointTest {
    courier: Courier,
    authority: Cvr,
    fagsystem: Fagsystem,
    leaves_out_large: bool,
}

impl EndpointTest {
    /// A test of that fagsystem with letters to that authority. The courier is [recording](Courier::recording).
    #[must_use]
    pub fn new(courier: Courier, authority: Cvr, fagsystem: Fagsystem, leaves_out_large: bool) -> Self {
        Self { courier: courier.recording(), authority, fagsystem, leaves_out_large }
    }

    /// Where the letters go.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.fagsystem.endpoint
    }

    /// The fagsystem that is tried.
    #[must_use]
    pub fn fagsystem(&self) -> &Fagsystem {
        &self.fagsystem
    }

    /// The authority that the letters are for.
    #[must_use]
    pub fn authority(&self) -> Cvr {
        self.authority
    }

    /// Its trials, in order.
    #[must_use]
    pub fn trials(&self) -> Vec<Trial> {
        Trial::all_by(&self.fagsystem.access)
    }

    /// The endpoint's time limit for an answer.
    #[must_use]
    pub fn answer_limit(&self) -> Duration {
        self.courier.limit_of(&self.fagsystem)
    }

    /// Makes the next trial after those; `None` if all have been made. Each of its calls takes at most the endpoint's time
    /// to answer.
    pub async fn next(&self, results: &[TrialResult]) -> Option<TrialResult> {
        let trial = *self.trials().get(results.len())?;
        if trial.is_large() && self.leaves_out_large {
            return Some(TrialResult::not_made(trial, Grade::LeftOut));
        }
        if why_no_more(results).is_some() {
            return Some(TrialResult::not_made(trial, Grade::GivenUp));
        }
        let calls = match trial {
            Trial::WrongKey => self.call_as_stranger(trial, self.fagsystem.access.clone()).await,
            Trial::NoKey => self.call_as_stranger(trial, Access::Open).await,
            _ if trial.is_at_once() => {
                let calls = trial.calls(self.authority);
                join_all(calls.iter().map(|call| self.call(call))).await
            }
            _ => self.call_in_turn(trial).await,
        };
        if calls.is_empty() {
            return Some(TrialResult::not_made(trial, Grade::LeftOut));
        }
        let findings = findings::of(trial, &calls);
        let grade = Grade::of(&findings);
        Some(TrialResult { trial, calls, findings, grade })
    }

    async fn call_in_turn(&self, trial: Trial) -> Vec<CallResult> {
        let mut calls = Vec::new();
        for call in trial.calls(self.authority) {
            let result = self.call(&call).await;
            let is_to_be_repeated = result.was_not_read();
            calls.push(result);
            if is_to_be_repeated {
                calls.push(self.call(&call).await);
            }
        }
        calls
    }

    /// Calls with a wrong key, or none; no calls if that is impossible.
    async fn call_as_stranger(&self, trial: Trial, access: Access) -> Vec<CallResult> {
        let courier = match access {
            Access::Open => self.courier.stranger(self.authority, &self.fagsystem).await,
            _ => self.courier.impostor(self.authority, &self.fagsystem).await,
        };
        let Some(courier) = courier else { return Vec::new() };
        let fagsystem = Fagsystem { access, ..self.fagsystem.clone() };
        let mut calls = Vec::new();
        for call in trial.calls(self.authority) {
            calls.push(self.call_by(&courier, &fagsystem, &call).await);
        }
        calls
    }

    async fn call(&self, call: &TestCall) -> CallResult {
        self.call_by(&self.courier, &self.fagsystem, call).await
    }

    async fn call_by(&self, courier: &Courier, fagsystem: &Fagsystem, call: &TestCall) -> CallResult {
        let tried = courier.try_out(self.authority, fagsystem, call.letter()).await;
        CallResult { uuid: call.uuid, bytes: call.bytes(), is_cut: call.is_cut, tried }
    }
}
