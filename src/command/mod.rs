//! The command line: what scripts and services call.
//!
//! [`run`] parses the arguments and carries out one of `subcommand`'s files. They share the other files of this folder:
//! `conclusion` (how a call ends), `terminal` (all that is printed), `input` and `parse` (what is read from files and
//! arguments), `chosen_rules` (the rules that a call is about), `data_directory`, `process` (signals, threads), flags that several take, and for `serve` the `log` and
//! `supervision` by a service manager. `service` is that of Windows.

mod access_flags;
mod as_json;
mod broken_guards;
mod chosen_rules;
mod conclusion;
mod copies;
mod data_directory;
mod dropped;
mod files;
mod input;
mod log;
mod parse;
mod process;
mod protection_flags;
#[cfg(windows)]
mod service;
mod subcommand;
mod supervision;
mod terminal;

pub use self::terminal::fail;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use self::conclusion::Conclusion;
use self::data_directory::{chosen_directory, data_for_service, made_new};
use self::process::{outlive_full_files, outlive_hangups};
use self::subcommand::{Call, Work, data_for_training};
use self::terminal::eprint_line;
use crate::policy::Policy;
use crate::store::{Address, DataPlace};

/// Designs, tests and runs the rules that decide which business system (fagsystem) receives an authority's Digital
/// Post. Without a subcommand it opens the desktop application.
#[derive(Debug, Parser)]
#[command(name = "postfordeler", version)]
struct Arguments {
    /// Where the database is kept, made when absent; calls that need none leave it alone [default: the platform's data directory]
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// The database on a PostgreSQL server (15 or newer) that several routers and windows share, as postgresql://user@host/name,
    /// in place of the one in the data directory. The password comes from PGPASSWORD or from ?passfile=<FILE>
    #[arg(long, value_name = "URL", global = true)]
    database: Option<String>,
    #[command(subcommand)]
    call: Option<Call>,
}

/// What `main` has to do.
#[derive(Debug)]
pub enum Task {
    /// Open the window on that data directory, as far as an administrator has not decided otherwise, and read these files in it.
    OpenWindow(DataPlace, Policy, Vec<PathBuf>),
    /// End with that status: the subcommand has run.
    Exit(ExitCode),
}

/// Parses the command line and runs its subcommand. Opening the window is left to the caller.
#[must_use]
pub fn run() -> Task {
    if let Err(error) = outlive_full_files() {
        return Task::Exit(fail(&format!("cannot start: {error}")));
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return Task::Exit(explain(&error)),
    };
    if matches!(
        arguments.call,
        None | Some(Call::Work(Work::Serve(_) | Work::Fagsystem(_)) | Call::Training | Call::Open(_))
    ) && let Err(error) = outlive_hangups()
    {
        return Task::Exit(fail(&format!("cannot start: {error}")));
    }
    let policy = match Policy::of_machine() {
        Ok(policy) => policy,
        Err(error) => return Task::Exit(fail(&error.to_string())),
    };
    let data = match &arguments.call {
        Some(Call::Training) => data_for_training(arguments.data, &policy),
        Some(Call::Open(call)) => call.data(arguments.data, &policy),
        Some(Call::Work(work)) if work.needs_no_data() => Ok(PathBuf::new()),
        Some(Call::Work(Work::Service(_))) => data_for_service(arguments.data),
        _ => chosen_directory(arguments.data, &policy),
    };
    // Not by clap, which repeats what it cannot read: there may be a password in it.
    let server = match arguments.database.map(|address| address.parse::<Address>()).transpose() {
        Ok(server) => server,
        Err(error) => return Task::Exit(fail(&error.to_string())),
    };
    if let (Some(call), Some(_)) = (&arguments.call, &server)
        && !call.can_share()
    {
        let words = "this works on a data directory of one's own alone; leave --database out";
        return Task::Exit(fail(words));
    }
    let data = data.map(|directory| DataPlace { directory, server });
    match (arguments.call, data) {
        (_, Err(error)) => Task::Exit(fail(&error.to_string())),
        (None | Some(Call::Training), Ok(data)) => Task::OpenWindow(data, policy, Vec::new()),
        (Some(Call::Open(call)), Ok(data)) => Task::OpenWindow(data, policy, call.files),
        (Some(Call::Work(work)), Ok(data)) => Task::Exit(carry_out(work, &data, &policy)),
    }
}

/// Runs the subcommand. If that created the data directory, it says so: the name may have been mistyped.
fn carry_out(work: Work, data: &DataPlace, policy: &Policy) -> ExitCode {
    let was_there = data.exists();
    let says_so_itself = matches!(work, Work::Serve(_));
    let result = work.run(data, policy, Arguments::command);
    let made = !was_there && !says_so_itself && data.exists();
    let status = match result {
        // A failure is one line.
        Err(error) if made => return fail(&format!("{error} ({})", made_new(data))),
        Err(error) => return fail(&error.to_string()),
        Ok(Conclusion::Done) => ExitCode::SUCCESS,
        Ok(Conclusion::No) => ExitCode::from(1),
    };
    if made {
        eprint_line(format_args!("{}", made_new(data)));
    }
    status
}

/// Prints what clap has to say: help and version on standard output, misuse in one line on standard error.
fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let is_about_it = |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more information");
    let words: Vec<_> = text.lines().map(str::trim).take_while(is_about_it).collect();
    let words = words.join(" ");
    eprint_line(format_args!("{} (see 'postfordeler --help')", words.trim().trim_start_matches("error: ")));
    ExitCode::from(2)
}
