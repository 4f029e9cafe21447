//! Any bytes as a table of text, whatever their encoding and delimiter.

use super::tables;

/// Returns whether it was accepted.
pub fn check(input: &[u8]) -> bool {
    tables::check(input, "regler.csv")
}
