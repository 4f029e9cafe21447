//! What the service agreement promises, and how far it is kept: pure counting, without clock, files or database.
//!
//! The agreement promises availability of 99.8 % on working days between 6 and 18, and of 98.5 % at all other times, and
//! answers within 1, 1.5 or 4 seconds. `promise` and `holidays` say which of the two holds when, `spans` is the arithmetic of
//! time, and `window` cuts out the service windows that people enter. `router` counts the time in which the router could take
//! mail, `tries` what fagsystems were asked and how they answered, and `recorder` is how a router that runs notes what it can.
//!
//! Time in which no router ran is neither kept nor lost. It is counted apart, and never guessed.

mod account;
mod holidays;
mod part;
mod promise;
mod recorder;
mod router;
mod spans;
mod tries;
mod window;

pub use account::{Strain, Verdict};
pub use holidays::{Holiday, easter, holiday};
pub use part::Part;
pub use promise::Promise;
pub use recorder::Recorder;
pub use router::{Attendance, RouterAccount, RouterEvent, RouterEventKind, RouterSpan, RouterTimes};
pub use spans::{Span, Spans};
pub use tries::{AnswerClass, AnswerTimes, BUCKETS, ClassTally, FagsystemTries, HourOfTries, TryAccount, TryTally};
pub use window::{ServiceWindow, WindowFault, WindowScope};
