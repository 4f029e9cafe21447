//! Files in and out. So far the configuration file, the form of import, export and every published version.

mod configuration;
mod json;

pub use configuration::{FileFault, FileFaults, FileProblem, read_configuration, read_unfinished, write_configuration};
