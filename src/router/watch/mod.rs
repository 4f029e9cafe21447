//! What people and monitoring see of a running router: log, metrics, health, and what will not work.

pub(super) mod attendance;
mod caller_log;
pub(super) mod callers;
mod database_gauges;
pub(super) mod health;
pub(super) mod hindrances;
pub(super) mod inspection;
pub(super) mod message_log;
pub(super) mod metrics;
pub(super) mod metrics_server;
pub(super) mod pulse;
pub(super) mod records;
pub(super) mod refusal_budget;
mod registry;
mod state_gauges;
pub(super) mod watching;
