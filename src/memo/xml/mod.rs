//! Reads XML 1.0 with namespaces in chunks as they arrive.
//!
//! [`Scanner`] is written for this program rather than taken from a library. A message passes through while it is still
//! arriving, at most 100 MB of it, so the reader must accept chunks cut anywhere, keep constant memory, and report before the
//! last byte is passed on whether the document is well-formed. quick-xml pulls from a reader of its own, keeps each event in
//! memory as a whole (of a large attachment, all of its base64), and does not check which characters occur, whether names are
//! valid or whether prefixes are declared. It serves as the oracle instead: fuzzing and a benchmark hold this scanner against it.

mod characters;
mod declared;
mod known_names;
mod listener;
mod markup;
mod name;
mod names;
mod not_well_formed;
mod scanner;
mod whole_tags;
mod words;

pub(in crate::memo) use listener::Listener;
pub use not_well_formed::{EncodingName, NotWellFormed};
pub(in crate::memo) use scanner::Scanner;
