//! What people choose besides the rules.

mod stored;

pub use self::stored::{DamagedGuards, Guard, Settings};
