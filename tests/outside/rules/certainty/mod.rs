//! What is said of all messages, held against trying them all: small books, every message that could make a difference, and
//! every day on which anything begins or ends.

pub mod brute_force;
pub mod small_books;

mod all_changes;
mod all_days;
mod all_findings;
mod merging;

/// How many random books are tried: so many, or as many as `PROPTEST_CASES` says.
fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}
