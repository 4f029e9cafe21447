//! The map of the rules: what they look at, gathered so that it fits; the rules in order; the fagsystems; and where each
//! stands.

mod arrangement;
mod flow;
mod gathering;
mod overlaps;
mod subject;
mod traced;

pub use arrangement::Arrangement;
pub use flow::{Course, FAGSYSTEMS, GROUPS, LeastHeights, MapFlow, ROWS, SENDERS, Share, Stream};
pub use gathering::{Focus, Gathering, Group, RowKind, What};
pub use overlaps::overlapped;
pub use subject::Subject;
pub use traced::TracedMessage;
