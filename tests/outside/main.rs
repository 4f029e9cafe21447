//! Drives the program from outside: its rules and readers as a library, its command line, its HTTP ports, its windows.

mod configuration;
mod desktop;
mod memo_reader;
mod rules;
mod store;
