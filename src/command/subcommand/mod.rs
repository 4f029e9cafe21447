//! What people and scripts run: one file for each subcommand, with its arguments and what it does.

mod api_key;
mod backup;
mod carry;
mod check;
mod compare;
mod completions;
mod decide;
mod export;
mod fagsystem;
mod health;
mod import;
mod make_messages;
mod manual;
mod open;
mod read;
mod reasons;
mod replay;
mod restore;
mod schema;
mod secret;
mod send;
mod serve;
mod service;
mod support_file;
mod training;
mod try_endpoint;

#[cfg(windows)]
pub(super) use self::serve::Serve;
pub(super) use self::training::data_for_training;

use clap::{Command, Subcommand};

use super::conclusion::{Conclusion, Failure};
use crate::policy::Policy;
use crate::store::DataPlace;

/// A call of the program with a subcommand.
#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one of them, and not for long")]
pub(super) enum Call {
    #[command(flatten)]
    Work(Work),
    /// Open the desktop application in training mode, on made-up data of its own: nothing leaves this machine
    Training,
    /// Open the desktop application with files read in it, as when they are dropped on the window
    Open(open::Open),
}

/// A subcommand that is carried out without a window.
#[derive(Debug, Subcommand)]
pub(super) enum Work {
    /// Run the receiving router without a window, until SIGINT or SIGTERM
    Serve(serve::Serve),
    /// Run the router as a Windows service, from the start of the machine on
    Service(service::Service),
    /// Say what files hold that can be taken in, and every fault in them; change nothing
    Read(read::Read),
    /// Take files in and publish what they make of the published configuration, whole or not at all
    Import(import::Import),
    /// Write the published configuration
    Export(export::Export),
    /// Keep, list or remove the secrets by which business systems know the router
    Secret(secret::SecretArgs),
    /// Say which business system gets a MeMo message, and why
    Decide(decide::Decide),
    /// Say what is wrong or odd in the published rules, the draft's or a file's
    Check(check::Check),
    /// Say what would become of the journal's messages under other rules, or on another day
    Replay(replay::ReplayArgs),
    /// Say in which ways messages would change receiver if the draft, or a file, replaced a publication: over all messages
    /// that there can be
    Compare(compare::Compare),
    /// Make believable messages to the published authorities, or else to the sample municipality, for trying out and teaching
    MakeMessages(make_messages::MakeMessages),
    /// Deliver messages to a router as Digital Post does, and print each receipt
    Send(send::Send),
    /// Make API keys for those who deliver, each shown once and kept as a hash; list and revoke them
    ApiKey(api_key::MakeApiKey),
    /// Copy all that the data directory holds into one file, while a router runs
    Backup(backup::Backup),
    /// Put a copy back into the data directory, while nothing runs on it
    Restore(restore::Restore),
    /// Carry everything over from a data directory to a database on a server, or back: whole, or not at all
    Move(carry::Move),
    /// Write a file for whoever helps with the program: how it runs and what went wrong, without personal data, secrets or names
    SupportFile(support_file::MakeSupportFile),
    /// Print what a configuration file may hold: as a JSON Schema, or as a reference for people
    Schema(schema::Schema),
    /// Write the reference of outcomes and reasons, as Markdown
    #[command(hide = true)]
    Reasons(reasons::Reasons),
    /// Run a practice business system, until SIGINT or SIGTERM
    Fagsystem(fagsystem::FagsystemArgs),
    /// Try a business system's endpoint with made-up letters, as the router sends them, and judge its answers
    TryEndpoint(try_endpoint::TryEndpoint),
    /// Ask a router whether it can take messages, for service managers and monitoring
    Health(health::Health),
    /// Print what a shell reads to complete calls of this program
    Completions(completions::Completions),
    /// Write the manual pages, as packages of this program have them
    #[command(hide = true)]
    Manual(manual::Manual),
}

impl Call {
    /// Whether it may be about a database on a server.
    pub fn can_share(&self) -> bool {
        match self {
            Self::Work(work) => work.can_share(),
            Self::Open(_) => true,
            Self::Training => false,
        }
    }
}

impl Work {
    fn can_share(&self) -> bool {
        let concerns_rules = matches!(self, Self::Read(_) | Self::Import(_) | Self::Export(_) | Self::MakeMessages(_));
        let judges_rules = matches!(self, Self::Decide(_) | Self::Check(_) | Self::Replay(_) | Self::Compare(_));
        let concerns_routers = matches!(self, Self::Serve(_) | Self::Secret(_) | Self::ApiKey(_));
        concerns_rules || judges_rules || concerns_routers
    }

    /// Whether it does without a data directory. Such calls work for users without a home, too.
    pub fn needs_no_data(&self) -> bool {
        let asks_others = matches!(self, Self::Send(_) | Self::TryEndpoint(_) | Self::Health(_) | Self::Move(_));
        asks_others || matches!(self, Self::Schema(_) | Self::Reasons(_) | Self::Completions(_) | Self::Manual(_))
    }

    /// Runs the subcommand on that data directory, in a program of that definition, as far as an administrator has not decided
    /// otherwise.
    pub fn run(self, data: &DataPlace, policy: &Policy, program: fn() -> Command) -> Result<Conclusion, Failure> {
        match self {
            Self::Serve(call) => call.run(data, policy),
            Self::Service(call) => call.run(&data.directory, policy),
            Self::Read(call) => call.run(data),
            Self::Import(call) => call.run(data),
            Self::Export(call) => call.run(data),
            Self::Secret(call) => call.run(data),
            Self::Decide(call) => call.run(data),
            Self::Check(call) => call.run(data),
            Self::Replay(call) => call.run(data),
            Self::Compare(call) => call.run(data),
            Self::MakeMessages(call) => call.run(data),
            Self::Send(call) => call.run(),
            Self::ApiKey(call) => call.run(data),
            Self::Backup(call) => call.run(data),
            Self::Restore(call) => call.run(data),
            Self::Move(call) => call.run(),
            Self::SupportFile(call) => call.run(data),
            Self::Schema(call) => call.run(),
            Self::Reasons(call) => Ok(call.run()),
            Self::Fagsystem(call) => call.run(data),
            Self::TryEndpoint(call) => call.run(),
            Self::Health(call) => call.run(),
            Self::Completions(call) => Ok(call.run(&program())),
            Self::Manual(call) => call.run(program()),
        }
    }
}
