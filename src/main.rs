//! Starts the desktop application or a subcommand.

use std::process::ExitCode;

use postfordeler::command::{self, Task};
use postfordeler::desktop;

fn main() -> ExitCode {
    match command::run() {
        Task::Exit(status) => status,
        Task::OpenWindow(data, policy, files) => match desktop::run(data, policy, files) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => command::fail(&format!("{error}; without a screen, use 'postfordeler serve'")),
        },
    }
}
