//! The decision to publish although guards are broken.

use crate::rules::BrokenGuard;

/// The guards that may be broken, as whoever decided saw them, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overruling {
    pub guards: Vec<BrokenGuard>,
    pub why: String,
}
