//! Drives the program from outside: its rules and readers as a library, its command line, its HTTP ports, its windows.

mod campaign;
mod command_line;
mod configuration;
mod connections;
mod contact_structure;
mod delivery;
mod desktop;
mod exactly_one;
mod fuzz_corpus;
mod intake;
mod kle;
mod memo_reader;
mod operations;
mod outgoing;
mod pictures;
mod privacy;
mod protection;
mod recognition;
mod rules;
mod sheets;
mod stage;
mod store;
mod streaming;
mod support;
mod two_readings;
mod workbook;
