//! On which days the rules of an authority decide ([`Schedule`]): when each does, when earlier ones leave it nothing, and what
//! becomes of a value between one rule's last day and the next one's first.
//!
//! `successions` follows each value through the days, for each kind of sender: who decides, who takes over, and when nobody
//! does. `schedule` gathers that for a whole authority. All of it follows from the [coverage](crate::rules::coverage), and is
//! exact: it speaks of every message that there can be, on every day that there is.

mod schedule;
mod successions;

pub use schedule::{Days, Gap, Handover, RuleDays, Schedule};
