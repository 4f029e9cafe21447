//! Drives the program from outside: its rules and readers as a library, its command line, its HTTP ports, its windows.

mod campaign;
mod command_line;
mod configuration;
mod delivery;
mod desktop;
mod exactly_one;
mod intake;
mod memo_reader;
mod operations;
mod outgoing;
mod pictures;
mod rules;
mod sheets;
mod stage;
mod store;
mod streaming;
mod support;
