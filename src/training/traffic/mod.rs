//! Traffic: made messages to a router one by one, by the handful, or as a stream, and what became of them.
//!
//! [`Traffic`] keeps count and says what is to be done next; it knows neither clocks nor networks, and whoever drives it makes
//! the messages, delivers them, and tells it of the answers.

mod pace;
mod record;
mod sent;
mod turn;

pub use pace::TrafficPace;
pub use record::{Traffic, TrafficSnapshot};
pub use sent::{SentFate, SentMessage, TrafficCounts};
pub use turn::{TrafficOrder, TrafficStep, Turn};
