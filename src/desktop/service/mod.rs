//! What is done for the screens off their thread: they never open the database, a socket or a file themselves.

pub mod api_keys;
pub mod files;
pub mod journal;
pub mod registers;
pub mod secrets;
pub mod services;
