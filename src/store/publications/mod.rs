//! Rule books: those that were put in force, and the draft of the next one.

mod draft;
mod imprint;
mod publication;

pub use self::draft::Draft;
pub use self::imprint::Imprint;
pub use self::publication::{Publication, PublicationEntry, PublicationNumber};
