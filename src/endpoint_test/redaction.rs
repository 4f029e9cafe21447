//! What may be shown of an endpoint's address and of its answers.

use crate::rules::{Endpoint, short_without_cpr};
use crate::visible::visible;

/// The most characters of an answer that are shown.
const MAX_CHARACTERS: usize = 300;

/// An endpoint's address without its query, which may hold a secret.
#[must_use]
pub fn shown_address(endpoint: &Endpoint) -> String {
    let text = endpoint.as_str();
    text.split_once('?').map_or_else(|| text.to_owned(), |(address, _)| format!("{address}?…"))
}

/// Text from a fagsystem on one line: at most 300 characters of it, control characters made visible, and without anything
/// that looks like a CPR number.
pub(super) fn shown(text: &str) -> String {
    let (short, is_cut) = match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    };
    let short = visible(short.trim());
    let shown = short_without_cpr(&short, 2 * MAX_CHARACTERS);
    if is_cut { format!("{shown} …") } else { shown }
}
