//! Any bytes as a table of text, whatever their encoding and delimiter.

use super::tables;

/// Says whether it was taken in.
pub fn check(input: &[u8]) -> bool {
    tables::check(input, "regler.csv")
}
