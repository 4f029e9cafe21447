//! What is printed of guards that are broken.

use super::terminal::counted;
use crate::rules::{BrokenGuard, short_without_cpr};

/// As much of a guard's name is printed, in characters.
pub(super) const LONGEST_NAME: usize = 200;

/// A broken guard, with where its message would go and when.
pub(super) fn line(broken: &BrokenGuard) -> String {
    let BrokenGuard { authority, guard, day, destination, .. } = broken;
    let name = short_without_cpr(&guard.name, LONGEST_NAME);
    let when = if guard.day.is_some() { "on" } else { "from" };
    let goes = match destination.as_ref().map(|it| (&it.fagsystem, it.rule)) {
        Some((fagsystem, Some(rule))) => format!("would go to {fagsystem} by rule {rule}, {when} {day}"),
        Some((fagsystem, None)) => format!("would go to {fagsystem} as the default recipient, {when} {day}"),
        None => format!("would be refused, {when} {day}, since its recipient is none of the authorities"),
    };
    format!("the guard '{name}' of {authority} is broken: it must go to {}, and {goes}", guard.fagsystem)
}

/// Why nothing is published, and what to do.
pub(super) fn refusal(broken: &[BrokenGuard]) -> String {
    let are = if broken.len() == 1 { "is" } else { "are" };
    format!(
        "Nothing was taken in, and what was published stays: {} {are} broken. Mend the rules or the guards, or publish all \
         the same with --despite-guards \"<why>\"",
        counted(broken.len(), "guard", "guards")
    )
}
