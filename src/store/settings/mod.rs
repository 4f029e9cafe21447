//! What people choose besides the rules, one row a setting, so that a setting of a newer version harms nobody and two
//! windows that change different ones do not undo each other.
//!
//! [`RouterSettings`] are all that a router needs to start, whichever program runs it; [`WindowSettings`] are what windows
//! remember of the data directory. A setting whose default would let in or forget what somebody chose to keep out or keep
//! is a [`Guard`]: while it is unreadable, what it guards does not run.

mod guards;
mod router;
mod stored;
mod window;

pub use self::guards::{DamagedGuards, Guard};
pub use self::router::RouterSettings;
pub use self::window::{ShadowRun, WindowSettings};
