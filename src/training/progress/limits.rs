//! How much a file of progress may hold.

/// The most bytes of the file.
pub(super) const MOST_BYTES: u64 = 4 << 20;
/// The most lines: one for each person and lesson.
pub(super) const MOST_LINES: usize = 5_000;
/// The longest name of a person or a machine, in characters.
pub(super) const LONGEST_NAME: usize = 80;
/// How the names of such files end.
pub(super) const ENDING: &str = "pffremgang";
