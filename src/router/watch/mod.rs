//! What people and monitoring see of a running router: log, metrics, health, and what will not work.

mod caller_log;
pub(super) mod callers;
pub(super) mod health;
pub(super) mod hindrances;
pub(super) mod message_log;
pub(super) mod metrics;
pub(super) mod metrics_server;
pub(super) mod pulse;
pub(super) mod records;
pub(super) mod refusal_budget;
pub(super) mod state_gauges;
pub(super) mod watching;
