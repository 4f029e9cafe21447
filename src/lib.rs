//! Postfordeler: see, design, test and run the rules by which a Danish authority's Digital Post finds its way.
//!
//! The rooms, from the ground up; each uses only rooms that come before it: [`rules`] decides; [`memo`] reads messages;
//! [`exchange`] reads and writes files; [`secrets`] holds passwords and certificates for fagsystems; [`service_level`] counts
//! how far the service agreement is kept; [`store`] is the database, with its backup; [`router`] delivers messages to
//! fagsystems; [`training`] is for practice; [`endpoint_test`] tests what suppliers build; [`support_file`] says how all of it
//! runs, to whoever helps; [`desktop`] is the window;
//! [`command`] is the command line, which says some things in the window's words. [`picture`] lays out shapes and words, for
//! the window and for files, in the program's own [`typeface`]; [`document`] prints what people keep and sign; [`guide`] is
//! what there is to read, and [`licences`] says what of others is in the program. [`policy`] is what an administrator has
//! decided. [`access_list`], [`clock`], [`network_share`], [`visible`], [`reasons`] and [`LanguageChoice`] serve them all.
//!
//! `tests/outside/layers` holds every import against this order.

// What is printed goes through `command`, where others' text is made fit for a terminal.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod access_list;
pub mod clock;
pub mod command;
pub mod desktop;
pub mod document;
pub mod endpoint_test;
pub mod exchange;
pub mod guide;
mod language;
pub mod licences;
pub mod memo;
pub mod network_share;
pub mod picture;
pub mod policy;
mod private_files;
pub mod reasons;
pub mod router;
pub mod rules;
pub mod secrets;
pub mod service_level;
pub mod store;
pub mod support_file;
pub mod training;
pub mod typeface;
pub mod visible;

pub use language::LanguageChoice;
