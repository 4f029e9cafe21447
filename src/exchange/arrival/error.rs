use std::{fmt, io};

use crate::exchange::configuration::{FileFaults, FileProblem};
use crate::exchange::contact_structure::StructureError;
use crate::exchange::kle::KlePlanError;
use crate::exchange::recognition::training::TrainingFile;
use crate::exchange::workbook::TablesError;
use crate::rules::FagsystemId;

/// Why a file is not imported.
#[derive(Debug, Clone)]
pub enum ImportError {
    /// It cannot be read.
    Unreadable(io::ErrorKind, String),
    /// Together the files exceed the limit of 128 MiB.
    TooLarge,
    /// It is none of the kinds of file that can be imported.
    Unknown,
    /// It is a file of training, from which no rules are taken.
    OfTraining(TrainingFile),
    /// It replaces everything, so it must be imported alone.
    NotTogether,
    /// There is no authority that a contact structure or a package could be applied to.
    NoAuthority,
    /// A package names fagsystems that have no counterpart here.
    NoCounterpart(Vec<FagsystemId>),
    /// A configuration or a package has faults.
    File(FileFaults),
    /// A contact structure cannot be read.
    Structure(StructureError),
    /// Tables cannot be read.
    Tables(TablesError),
    /// A plan of KLE numbers cannot be read.
    KlePlan(KlePlanError),
}

impl ImportError {
    /// One line for each fault, beginning with its place if it has one; a single line for a file refused as a whole.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::File(faults) => faults.0.iter().map(ToString::to_string).collect(),
            Self::Tables(TablesError::Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
            Self::Structure(StructureError::Faults(faults)) => {
                faults.iter().map(|fault| format!("{}: {}", fault.at.place, fault.problem)).collect()
            }
            whole => vec![whole.to_string()],
        }
    }

    /// Whether it was merely stopped.
    #[must_use]
    pub fn is_stop(&self) -> bool {
        match self {
            Self::File(faults) => faults.0.iter().any(|fault| fault.problem == FileProblem::Stopped),
            Self::Structure(StructureError::Stopped(_))
            | Self::Tables(TablesError::Stopped(_))
            | Self::KlePlan(KlePlanError::Stopped(_)) => true,
            _ => false,
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(_, reason) => write!(f, "the file cannot be read: {reason}"),
            Self::TooLarge => f.write_str("the files are too large: together they may have 128 MB"),
            Self::Unknown => f.write_str(
                "this is neither a workbook nor CSV, a contact structure, a KLE plan, a configuration or a package",
            ),
            Self::OfTraining(file) => file.fmt(f),
            Self::NotTogether => f.write_str("a package or a configuration is taken in alone"),
            Self::NoAuthority => f.write_str("there is no authority that it could be put into"),
            Self::NoCounterpart(ids) => {
                let ids: Vec<_> = ids.iter().map(|id| format!("'{id}'")).collect();
                write!(
                    f,
                    "there is no business system here with the id or name of {}; take the package in by the window, and say there \
                     what stands for it",
                    ids.join(", ")
                )
            }
            Self::File(faults) => faults.fmt(f),
            Self::Structure(error) => error.fmt(f),
            Self::Tables(error) => error.fmt(f),
            Self::KlePlan(error) => error.fmt(f),
        }
    }
}
