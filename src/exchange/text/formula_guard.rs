use std::borrow::Cow;

use crate::visible::is_hidden;

/// Prefixed to a text that a spreadsheet would otherwise evaluate.
const GUARD: char = '\'';

/// The text as a CSV file may hold it: spreadsheets evaluate what looks like a formula, whoever wrote it.
pub(in crate::exchange) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(without_guards(text)) { Cow::Owned(format!("{GUARD}{text}")) } else { Cow::Borrowed(text) }
}

/// Undoes [`guarded`].
pub(in crate::exchange) fn unguarded(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) if is_formula(without_guards(rest)) => rest,
        _ => text,
    }
}

/// A text that begins with the guard's own sign is guarded as well, so that [`unguarded`] removes exactly one.
fn without_guards(text: &str) -> &str {
    text.trim_start_matches(GUARD)
}

/// Whether some spreadsheet may take it for a formula: some skip white space and quotation marks before the sign, some
/// treat full-width signs as the usual ones, and some start anew after a line break or a tab.
fn is_formula(text: &str) -> bool {
    let is_passed_over = |character: char| character.is_whitespace() || is_hidden(character) || character == '"';
    let is_sign = |character| matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(is_passed_over).starts_with(is_sign)
}
