//! Believable messages to an authority, for training: the same for the same seed, on every machine.
//!
//! A [`MessageMaker`] knows what an authority's mail can be addressed with (`addresses`) and who writes to it (`senders`). For
//! each message it decides by [`Habits`](writer::Habits) who writes what to whom, unless a [`Wish`] says so; takes a letter from
//! `texts`; and fills in names and numbers that nobody has (`people`). [`PastMail`] makes a month of it, as the journal would
//! have kept it.

mod addresses;
mod chance;
mod files;
mod message_maker;
mod past_mail;
mod people;
mod rhythm;
mod senders;
mod subject;
mod texts;
mod wish;
mod writer;

pub use message_maker::{MadeMessage, MessageMaker};
pub use past_mail::{PastMail, PastMailError};
pub use subject::Subject;
pub use wish::{Shape, Wish, WishedAddress, WishedNumber};
pub use writer::Writer;
