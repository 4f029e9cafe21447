//! Reads a message out of an HTTP call, within limits of size and time, and answers the call.

pub(super) mod header_budget;
pub(super) mod incoming;
pub(super) mod multipart;
pub(super) mod pace;
pub(super) mod reading;
pub(super) mod receipt;
pub(super) mod refusal;
