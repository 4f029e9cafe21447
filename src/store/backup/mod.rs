//! A copy of all that a data directory holds, in one file, and the way back from it.
//!
//! The file is a ZIP archive: `postfordeler-sikkerhedskopi.json` says what it is, `postfordeler.db` is the database, complete
//! in itself and without `-wal`, `journal.key` is the key of the journal's digests, and `hemmeligheder.json`, where it was
//! asked for, is the secrets file. A bare database, such as `sqlite3 … .backup` makes, can be restored too.
//!
//! Neither direction leaves anything half done. A copy gets its name once it is complete and has been read through. A database
//! that is restored replaces the other in one step: where there is one that can be used, its content is replaced within its own
//! file, in one transaction, because a program that has opened that file meanwhile, and waits, must find the new content in
//! it rather than go on in a file that has lost its name.
//!
//! [`Store::back_up`](crate::store::Store::back_up) makes a copy. [`restore`] unpacks one beside the database (`unpacked`),
//! sets aside what is there (`existing`), and puts the copy in its place.

mod archive;
mod copying;
mod error;
mod existing;
mod restoring;
mod unpacked;

pub use self::archive::BackupFacts;
pub use self::error::BackupError;
pub use self::restoring::{Restored, restore};
