//! How far the service agreement is kept: counted, against counting by hand; and noted by a router that runs.

mod counting;
mod recording;
mod stored;

use jiff::Timestamp;
use postfordeler::service_level::Span;

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn span(begin: &str, end: &str) -> Span {
    Span::new(time(begin), time(end))
}
