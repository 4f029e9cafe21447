//! Drives the program from outside: its rules and readers as a library, its command line, its HTTP ports, its windows.

#![expect(clippy::duplicate_mod, reason = "the tests of the store are there once for each engine")]

mod about;
mod campaign;
mod command_line;
mod configuration;
mod connections;
mod contact_structure;
mod delivery;
mod desktop;
mod document;
mod endpoint_test;
mod exactly_one;
mod forms;
mod fuzz_corpus;
mod guards;
mod guide;
mod heads;
mod intake;
mod kle;
mod layers;
mod memo_reader;
mod network_share;
mod operations;
mod outgoing;
mod packaging;
mod picture_files;
mod pictures;
mod policy;
mod practice_room;
mod privacy;
mod protection;
mod recognition;
mod rules;
mod schema;
mod service_level;
#[cfg(unix)]
mod several_routers;
mod sheets;
mod store;
/// The same tests, over a database on a server.
#[cfg(unix)]
#[path = "store/mod.rs"]
mod store_on_server;
mod streaming;
mod strips;
mod support;
mod training;
mod two_readings;
mod upgrade;
mod window;
mod workbook;
