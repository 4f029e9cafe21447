use std::borrow::Cow;

use crate::visible::is_hidden;

/// Stands before a text that would else be worked out.
const GUARD: char = '\'';

/// The text as it can stand in a CSV file: programs that open one would work out what looks like a formula, whoever
/// wrote it.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(without_guards(text)) { Cow::Owned(format!("{GUARD}{text}")) } else { Cow::Borrowed(text) }
}

/// The text without the one guard that [`guarded`] put before it.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) if is_formula(without_guards(rest)) => rest,
        _ => text,
    }
}

/// A text may begin with the sign of its own, and is then guarded all the same, so that only the guard is taken away.
fn without_guards(text: &str) -> &str {
    text.trim_start_matches(GUARD)
}

/// Whether a program may take it for a formula: some pass over white space and quotation marks before the sign, some take
/// full-width signs for the usual ones, and some begin anew after a line break or a tab.
fn is_formula(text: &str) -> bool {
    let is_passed_over = |character: char| character.is_whitespace() || is_hidden(character) || character == '"';
    let is_sign = |character| matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(is_passed_over).starts_with(is_sign)
}
