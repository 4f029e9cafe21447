//! Keys of groups, which are told apart by the groups that they lie in.

use crate::rules::ContactGroup;

/// Between the names of a key.
pub(super) const SEPARATOR: char = '\u{1f}';

/// A group by its place in the tree, however it is written. Empty for what is in no group.
pub(super) fn group_key(group: &ContactGroup) -> String {
    let names: Vec<_> = group.path().map(crate::rules::Caseless::folded).collect();
    names.join(&SEPARATOR.to_string())
}

/// How the group of that key is written, but for capital letters.
pub(super) fn path_of(key: &str) -> String {
    key.replace(SEPARATOR, " › ")
}

/// Whether the group of that key is the other one or stands below it.
pub(super) fn is_within(key: &str, above: &str) -> bool {
    key.strip_prefix(above).is_some_and(|rest| rest.is_empty() || (!above.is_empty() && rest.starts_with(SEPARATOR)))
}
