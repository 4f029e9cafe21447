//! What a running router does besides carrying messages: renew certificates, secrets and API keys, and prune the journal.

pub(super) mod api_keys;
pub(super) mod certificates;
pub(super) mod file_use;
pub(super) mod journal_pruning;
pub(super) mod renewal;
