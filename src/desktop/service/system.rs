//! What belongs to everybody at the machine: the system's dialogs and its clipboard.

use std::sync::atomic::{AtomicBool, Ordering};

static IS_LEFT_ALONE: AtomicBool = AtomicBool::new(false);

/// From now on no dialog of the system is shown, as if nothing were chosen in it, and no picture goes to the clipboard: for
/// tests, before which nobody sits.
pub fn leave_system_alone() {
    IS_LEFT_ALONE.store(true, Ordering::Relaxed);
}

pub(super) fn is_left_alone() -> bool {
    IS_LEFT_ALONE.load(Ordering::Relaxed)
}
