//! A data directory on a network share.

use crate::network_share::{NetworkShare, ShareKind};

#[derive(Debug)]
pub(in crate::desktop) struct NetworkShareTexts {
    pub title: &'static str,
    pub kind: fn(ShareKind) -> &'static str,
    /// Where the data directory is, and why the database cannot be kept there; `share` is the kind and the server.
    pub refused: fn(path: &str, share: &str) -> String,
    /// The share, where its server is known.
    pub from: fn(kind: &str, server: &str) -> String,
    pub use_local: &'static str,
    /// Which directory that is.
    pub local: fn(path: &str) -> String,
    /// What becomes of that choice, where the usual directory is on the share, and where another was named.
    pub found_by_itself: &'static str,
    pub to_be_named: fn(path: &str) -> String,
    /// What an administrator has to make.
    pub to_be_made: fn(path: &str) -> String,
    /// How to take along what is on the share.
    pub taken_along: fn(command: &str) -> String,
    pub files: &'static str,
}

impl NetworkShareTexts {
    /// The share's kind and server.
    pub fn share(&self, share: &NetworkShare) -> String {
        let kind = (self.kind)(share.kind);
        share.server.as_deref().map_or_else(|| kind.to_owned(), |server| (self.from)(kind, server))
    }
}
