//! Reads the files given to `read` and `import`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::conclusion::Failure;
use super::terminal::{counted, eprint_line};
use crate::exchange::{Arrival, FileKind, ImportError, Progress, ReadRequest, TablesError, read_files};
use crate::rules::{Cvr, RuleBook, without_cpr};

/// The authority named on the command line must exist or come with the files.
pub(super) fn need_named(named: Option<Cvr>, arrival: &Arrival) -> Result<(), Failure> {
    let Some(cvr) = named else { return Ok(()) };
    let lacks_it = |refusal: &ImportError| matches!(refusal, ImportError::Tables(TablesError::NoAuthority));
    let has_other_faults = arrival.refused.iter().any(|(_, refusal)| !lacks_it(refusal));
    if arrival.book.authority(cvr).is_some() || has_other_faults {
        return Ok(());
    }
    let known: Vec<_> = arrival.base.authorities.iter().map(|it| it.cvr.to_string()).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(format!("there is no authority with CVR number {cvr}; there are: {known}").into())
}

/// What files are read for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    /// To inspect them.
    Look,
    /// To import them.
    TakeIn,
}

/// Reads files. A missing one is a failure of the call (exit status 2), not a fault of the file.
pub(super) fn read(
    paths: Vec<PathBuf>,
    book: &Arc<RuleBook>,
    authority: Option<Cvr>,
    purpose: Purpose,
) -> Result<Arrival, Failure> {
    for path in paths.iter().filter(|path| path.as_path() != Path::new("-")) {
        let failed = |error: std::io::Error| {
            format!("cannot read {}: {error}; name a file that is there and may be read", path.display())
        };
        let about = std::fs::metadata(path).map_err(failed)?;
        if about.is_dir() {
            return Err(format!("cannot read {}: it is a directory; name the files in it", path.display()).into());
        }
        // Opened here to report what cannot be read before anything else, and again when it is read. A pipe can be opened
        // only once.
        if about.is_file() {
            std::fs::File::open(path).map_err(failed)?;
        }
    }
    let order = ReadRequest::new(paths, Arc::clone(book), authority, Arc::new(Progress::default()));
    let order = match purpose {
        Purpose::Look => ReadRequest { may_lack_authority: true, ..order },
        // `import` took only configurations once, and a file that cannot be recognised is still reported as a faulty one.
        Purpose::TakeIn => ReadRequest { assumed: Some(FileKind::Configuration), ..order },
    };
    let order = ReadRequest { may_wait: true, ..order };
    read_files(&order).ok_or_else(|| "the reading was stopped".into())
}

/// Prints the faults of refused files, a line for each.
pub(super) fn print_faults(arrival: &Arrival, paths: &[PathBuf]) {
    for (file, refusal) in &arrival.refused {
        // A single file is named as on the command line.
        let name = match paths {
            [only] => only.display().to_string(),
            _ => without_cpr(file).into_owned(),
        };
        let lines = refusal.lines();
        let count = counted(lines.len(), "fault", "faults");
        eprint_line(format_args!("{name} was not taken in, and what was published stays. It has {count}:"));
        for line in lines {
            eprint_line(format_args!("  {line}"));
        }
    }
}
