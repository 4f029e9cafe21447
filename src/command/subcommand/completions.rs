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

impl Completions {
    /// Prints what that shell reads to complete calls of the program that is defined so.
    pub fn run(self, mut program: Command) -> Conclusion {
        let (name, mut script) = (program.get_name().to_owned(), Vec::new());
        clap_complete::generate(self.shell, &mut program, name, &mut script);
        // A closed pipe is no failure: the reader may have seen enough.
        let _ = io::stdout().write_all(&script);
        Conclusion::Done
    }
}
