//! Files in and out. So far the configuration file, the form of import, export and every published version.

mod configuration;
mod fault;
mod json;

pub use configuration::{read_configuration, read_unfinished, write_configuration};
pub use fault::{FileFault, FileFaults, FileProblem};
