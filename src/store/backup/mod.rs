//! Backup of all that a data directory holds into one file, and restoration from it.
//!
//! The file is a ZIP archive: `postfordeler-sikkerhedskopi.json` says what it is, `postfordeler.db` is the database,
//! complete in itself and without `-wal`, `journal.key` is the key of the journal's digests, and `hemmeligheder.json`, if
//! requested, is the secrets file. A bare database, such as `sqlite3 … .backup` makes, can be restored too.
//!
//! Neither leaves anything half done. A copy gets its name once it is complete and has been read through. A database that is
//! restored replaces the other in one step: if the existing one is usable, its content is replaced within its file, in one
//! transaction, because a program that has opened that file and waits must find the new content in it, rather than go on in
//! a file that no longer has a name.
//!
//! [`Store::back_up`](crate::store::Store::back_up) makes a copy. [`restore`] unpacks one beside the database (`unpacked`),
//! sets the existing files aside (`existing`), and puts the copy in their place.

mod archive;
mod copying;
mod error;
mod existing;
mod restoring;
mod unpacked;

pub use self::archive::BackupFacts;
pub use self::error::BackupError;
pub use self::restoring::{Restored, restore};
