//! The subcommands: what scripts and services call.

mod access;
mod api_key;
mod backup;
mod check;
mod decide;
mod dropped;
mod export;
mod fagsystem;
mod import;
mod log;
mod protection;
mod read;
mod reasons;
mod restore;
mod schema;
mod secret;
mod send;
mod serve;
mod supervision;
mod try_endpoint;

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use directories::ProjectDirs;
use jiff::civil::Date;
use serde::Serialize;

use crate::store::Store;
use crate::visible::{visible, visible_json};

/// Designs, tests and runs the rules that decide which business system (fagsystem) receives an authority's Digital
/// Post. Without a subcommand it opens the desktop application.
#[derive(Debug, Parser)]
#[command(name = "postfordeler", version)]
struct Arguments {
    /// Where the database is kept, made when absent; calls that need none leave it alone [default: the platform's data directory]
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    call: Option<Call>,
}

#[derive(Debug, Subcommand)]
enum Call {
    /// Run the receiving router without a window, until SIGINT or SIGTERM
    Serve(serve::Serve),
    /// Say what files hold that can be taken in, and every fault in them; change nothing
    Read(read::Read),
    /// Take files in and publish what they make of the published configuration, whole or not at all
    Import(import::Import),
    /// Write the published configuration
    Export(export::Export),
    /// Keep, list or remove the secrets by which business systems know the router
    Secret(secret::Secret),
    /// Say which business system gets a MeMo message, and why
    Decide(decide::Decide),
    /// List the faults in the published rules
    Check(check::Check),
    /// Deliver messages to a router as Digital Post does, and print each receipt
    Send(send::Send),
    /// Make API keys for those who deliver, each shown once and kept as a hash; list and revoke them
    ApiKey(api_key::MakeApiKey),
    /// Copy all that the data directory holds into one file, while a router runs
    Backup(backup::Backup),
    /// Put a copy back into the data directory, while nothing runs on it
    Restore(restore::Restore),
    /// Print what a configuration file may hold: as a JSON Schema, or as a reference for people
    Schema(schema::Schema),
    /// Write the reference of outcomes and reasons, as Markdown
    #[command(hide = true)]
    Reasons(reasons::Reasons),
    /// Run a practice business system, until SIGINT or SIGTERM
    Fagsystem(fagsystem::Fagsystem),
    /// Try a business system's endpoint with made-up letters, as the router sends them, and judge its answers
    TryEndpoint(try_endpoint::TryEndpoint),
}

/// What a call came to, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Conclusion {
    /// Done: exit status 0.
    Done,
    /// The answer is "no": a fault found, a message refused. Exit status 1.
    No,
}

/// What happened, where, and what to do, in one line. Exit status 2.
type Failure = Box<dyn Error>;

const NOTHING_PUBLISHED: &str =
    "there is no published configuration in this data directory; take one in with 'postfordeler import <FILE>'";

/// What the program is asked to do.
#[derive(Debug)]
pub enum Task {
    /// Open the window on that data directory.
    OpenWindow(PathBuf),
    /// Nothing more: the call is done, with that exit status.
    Exit(ExitCode),
}

/// Reads the command line and does what it asks, except to open the window, which is left to the caller.
#[must_use]
pub fn run() -> Task {
    if let Err(error) = outlive_full_files() {
        return Task::Exit(failed(&format!("cannot start: {error}").into()));
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return Task::Exit(explained(&error)),
    };
    let data = match arguments.data.map_or_else(default_directory, Ok) {
        Ok(data) => data,
        Err(error) => return Task::Exit(failed(&error)),
    };
    if matches!(arguments.call, None | Some(Call::Serve(_) | Call::Fagsystem(_)))
        && let Err(error) = outlive_hangups()
    {
        return Task::Exit(failed(&format!("cannot start: {error}").into()));
    }
    match arguments.call {
        None => Task::OpenWindow(data),
        Some(call) => Task::Exit(concluded(call, &data)),
    }
}

/// Carries a call out, and says when its data directory was not there before: its name may be mistyped.
fn concluded(call: Call, data: &Path) -> ExitCode {
    let was_there = data.exists();
    let tells_at_once = matches!(call, Call::Serve(_));
    let concluded = call.run(data);
    let made = !was_there && !tells_at_once && data.exists();
    let status = match concluded {
        // A failure is told in one line.
        Err(error) if made => return failed(&format!("{error} ({})", made_new(data)).into()),
        Err(error) => return failed(&error),
        Ok(Conclusion::Done) => ExitCode::SUCCESS,
        Ok(Conclusion::No) => ExitCode::from(1),
    };
    if made {
        complain(format_args!("{}", made_new(data)));
    }
    status
}

fn made_new(data: &Path) -> String {
    format!("made a new data directory at {}", data.display())
}

impl Call {
    fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        match self {
            Self::Serve(call) => call.run(data),
            Self::Read(call) => call.run(data),
            Self::Import(call) => call.run(data),
            Self::Export(call) => call.run(data),
            Self::Secret(call) => call.run(data),
            Self::Decide(call) => call.run(data),
            Self::Check(call) => call.run(data),
            Self::Send(call) => call.run(),
            Self::ApiKey(call) => call.run(data),
            Self::Backup(call) => call.run(data),
            Self::Restore(call) => call.run(data),
            Self::Schema(call) => call.run(),
            Self::Reasons(call) => Ok(call.run()),
            Self::Fagsystem(call) => call.run(data),
            Self::TryEndpoint(call) => call.run(),
        }
    }
}

/// From now on a file that may grow no further (`ulimit -f`) is an error for whoever writes to it, as a full disk is.
/// Otherwise the system ends the program, with the messages that are under way.
#[cfg(unix)]
fn outlive_full_files() -> io::Result<()> {
    outlive(rustix::process::Signal::XFSZ)
}

/// From now on SIGHUP does not end the program: a router takes it as a word to read its files again, and whatever else runs
/// goes on.
#[cfg(unix)]
fn outlive_hangups() -> io::Result<()> {
    outlive(rustix::process::Signal::HUP)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn outlive_hangups() -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn outlive(what: rustix::process::Signal) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let _entered = runtime.enter();
    // The program's handler stays in the place of the system's own when nobody listens to it any more.
    signal(SignalKind::from_raw(what.as_raw())).map(drop)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn outlive_full_files() -> io::Result<()> {
    Ok(())
}

fn default_directory() -> Result<PathBuf, Failure> {
    let directories = ProjectDirs::from("dk", "", "Postfordeler");
    let data = directories.map(|directories| directories.data_dir().to_owned());
    data.ok_or_else(|| "this user has no home directory to keep the database in; name one with --data <DIR>".into())
}

/// Help and version are answers; anything else is misuse, told in one line.
fn explained(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let is_about_it = |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more information");
    let words: Vec<_> = text.lines().map(str::trim).take_while(is_about_it).collect();
    let words = words.join(" ");
    complain(format_args!("{} (see 'postfordeler --help')", words.trim().trim_start_matches("error: ")));
    ExitCode::from(2)
}

fn failed(error: &Failure) -> ExitCode {
    fail(&error.to_string())
}

/// Says on standard error why the program ends, and gives the exit status for it.
#[must_use]
pub fn fail(words: &str) -> ExitCode {
    let lines: Vec<_> = words.lines().map(str::trim).collect();
    complain(format_args!("{}", lines.join(" ")));
    ExitCode::from(2)
}

/// A file, or standard input for `-`.
fn open(file: &Path) -> Result<Box<dyn io::Read>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let opened = std::fs::File::open(file).map_err(|error| {
        format!("cannot read {}: {error}; name a file that is there and may be read", file.display())
    })?;
    Ok(Box::new(opened))
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Runtime::new().map_err(|error| format!("cannot start: {error}").into())
}

/// Prints one line, whatever others' text in it holds. Whoever reads may have read enough and gone, which is no failure.
fn tell(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout(), "{}", visible(&line.to_string()));
}

/// Prints JSON on one line, in which a terminal finds nothing to obey.
fn tell_json(value: &impl Serialize) -> Result<(), Failure> {
    let _ = writeln!(io::stdout(), "{}", visible_json(&serde_json::to_string(value)?));
    Ok(())
}

/// Prints one line on standard error, whatever others' text in it holds.
fn complain(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{}", visible(&line.to_string()));
}

/// A number with its noun.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Hears when the program is asked to end, from the moment it is made.
struct EndSignals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl EndSignals {
    #[cfg(unix)]
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits until the program is asked to end; each call waits for one more time.
    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

fn read_date(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "a date is written YYYY-MM-DD and must be in the calendar")
}

/// The store of a data directory that has one: who only looks makes none.
fn existing_store(data: &Path) -> Result<Option<Store>, Failure> {
    if Store::is_in(data) { open_store(data).map(Some) } else { Ok(None) }
}

fn open_store(data: &Path) -> Result<Store, Failure> {
    let store = Store::open(data)?;
    for notice in store.notices() {
        if tracing::dispatcher::has_been_set() {
            tracing::warn!("{notice}");
        } else {
            complain(format_args!("{notice}"));
        }
    }
    Ok(store)
}
