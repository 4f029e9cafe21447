//! What to read, and how.

use std::path::PathBuf;
use std::sync::Arc;

use crate::exchange::progress::Progress;
use crate::exchange::recognition::kind::FileKind;
use crate::rules::{Cvr, RuleBook};

/// What to read, and how.
#[derive(Debug, Clone)]
pub struct ReadRequest {
    /// The files.
    pub paths: Vec<PathBuf>,
    /// The draft.
    pub book: Arc<RuleBook>,
    /// The selected authority, which tables belong to that name none; `None` if there is none.
    pub authority: Option<Cvr>,
    /// Whether contact points that a contact structure lacks are removed; `None`: only if the structure is complete and the
    /// authority's own.
    pub removes_missing: Option<bool>,
    /// The kind of files that cannot be recognised; `None`: they are refused.
    pub assumed: Option<FileKind>,
    /// Whether tables may belong to an unknown authority, for callers that only inspect them.
    pub may_lack_authority: bool,
    /// Whether pipes are read, and standard input for `-`. Reading them blocks until they are written to.
    pub may_wait: bool,
    /// Shows the progress, and can stop the reading.
    pub progress: Arc<Progress>,
}

impl ReadRequest {
    /// A request to read those files into that draft, with the defaults of the window.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>, book: Arc<RuleBook>, authority: Option<Cvr>, progress: Arc<Progress>) -> Self {
        Self {
            paths,
            book,
            authority,
            removes_missing: None,
            assumed: None,
            may_lack_authority: false,
            may_wait: false,
            progress,
        }
    }
}
