//! Keys that identify a group by its path, since groups with the same name can have different parents.

use crate::rules::ContactGroup;

/// Between the names in a key: the ASCII unit separator, which no name contains.
pub(super) const SEPARATOR: char = '\u{1f}';

/// The key of a group, regardless of case. The empty key stands for no group.
pub(super) fn group_key(group: &ContactGroup) -> String {
    let names: Vec<_> = group.path().map(crate::rules::Caseless::folded).collect();
    names.join(&SEPARATOR.to_string())
}

/// The path that a key was made from, in lower case.
pub(super) fn path_of(key: &str) -> String {
    key.replace(SEPARATOR, " › ")
}

/// Whether a group is another one or below it, by their keys.
pub(super) fn is_within(key: &str, above: &str) -> bool {
    key.strip_prefix(above).is_some_and(|rest| rest.is_empty() || (!above.is_empty() && rest.starts_with(SEPARATOR)))
}
