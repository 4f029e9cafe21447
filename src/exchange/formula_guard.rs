use std::borrow::Cow;

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

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
