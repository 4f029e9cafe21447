use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;

use crate::command::conclusion::Conclusion;

#[derive(Debug, Args)]
pub(in crate::command) struct Completions {
    /// The shell that is to complete what is typed
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// What people call the program by.
const NAME: &str = "postfordeler";

impl Completions {
    /// Prints what that shell reads to complete calls of the program that is defined so, but those that its help hides.
    pub fn run(self, program: &Command) -> Conclusion {
        let shown = program.get_subcommands().filter(|call| !call.is_hide_set()).cloned();
        let mut shown = Command::new(NAME)
            .version(env!("CARGO_PKG_VERSION"))
            .args(program.get_arguments().cloned())
            .subcommands(shown);
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut shown, NAME, &mut script);
        // A closed pipe is no failure: the reader may have seen enough.
        let _ = io::stdout().write_all(&script);
        Conclusion::Done
    }
}
