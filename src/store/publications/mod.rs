//! Rule books: those that were put in force, which are never changed or deleted, and the one draft of the next.
//!
//! The window saves each edit as the draft; publishing writes the draft as the newest publication, which routers follow. Both
//! refuse to write over what somebody else has changed meanwhile.

mod draft;
mod imprint;
mod number;
mod publication;

pub use self::draft::Draft;
pub use self::imprint::Imprint;
pub use self::number::PublicationNumber;
pub(in crate::store) use self::publication::listed_authorities;
pub use self::publication::{Publication, PublicationEntry};
