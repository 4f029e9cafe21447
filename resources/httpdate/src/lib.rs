//! What hyper uses of the crate `httpdate`, in its place.
//!
//! The original panics when the machine's clock shows a year before 1970 or after 9999. hyper asks it for the date on every
//! connection, whether or not a `Date` header is wanted, so that a caller was reset though its message had been delivered.
//! Here such a time is written as the nearest one that can be.

#![forbid(unsafe_code)]

use std::fmt;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::fmt::StdFmtWrite;
use jiff::fmt::rfc2822::DateTimePrinter;

/// 31 December 9999, 23:59:59.
const LAST_SECOND: i64 = 253_402_300_799;

/// A time, to be written as in the header `Date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpDate(Timestamp);

impl From<SystemTime> for HttpDate {
    fn from(time: SystemTime) -> Self {
        let seconds = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(_) => 0,
        };
        Self(Timestamp::from_second(seconds.min(LAST_SECOND)).unwrap_or(Timestamp::MAX))
    }
}

impl fmt::Display for HttpDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        DateTimePrinter::new().print_timestamp_rfc9110(&self.0, StdFmtWrite(f)).map_err(|_| fmt::Error)
    }
}
