//! Starts the desktop application or a subcommand.

use std::process::ExitCode;

use postfordeler::command::{self, Task};

fn main() -> ExitCode {
    match command::run() {
        Task::Exit(status) => status,
        Task::OpenWindow(_) => ExitCode::SUCCESS,
    }
}
