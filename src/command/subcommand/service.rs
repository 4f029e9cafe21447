use std::path::Path;

use clap::{Args, Subcommand};

use super::serve::Serve;
use crate::command::conclusion::{Conclusion, Failure};
use crate::policy::Policy;

#[derive(Debug, Args)]
pub(in crate::command) struct Service {
    #[command(subcommand)]
    call: Call,
}

#[derive(Debug, Subcommand)]
enum Call {
    /// Register the router as a service that starts with Windows, with these options of 'serve', and start it
    Install(Serve),
    /// End the service and remove it; its data directory stays as it is
    Remove,
    /// Start the service again, as the installer does after an upgrade
    #[command(hide = true)]
    Start,
    /// What the service manager of Windows runs
    #[command(hide = true)]
    Run(Serve),
}

impl Service {
    #[cfg(windows)]
    pub fn run(self, data: &Path, policy: &Policy) -> Result<Conclusion, Failure> {
        use crate::command::service;

        match self.call {
            Call::Install(_) => service::install(given_again()?, data),
            Call::Remove => service::remove(),
            Call::Start => service::start_again(),
            Call::Run(serve) => service::run(serve, data.to_owned(), policy.clone()),
        }
    }

    #[cfg(not(windows))]
    pub fn run(self, _: &Path, _: &Policy) -> Result<Conclusion, Failure> {
        match self.call {
            Call::Install(_) | Call::Remove | Call::Start | Call::Run(_) => {
                Err("only Windows has services of this kind; under systemd, \
                install the package postfordeler-router, or the unit in packaging/systemd"
                    .into())
            }
        }
    }
}

/// The options of `serve` that this call of `service install` was given, for the service to be started with. Paths are made
/// absolute: services run in a directory of the system.
#[cfg(windows)]
fn given_again() -> Result<Vec<std::ffi::OsString>, Failure> {
    use std::path::PathBuf;

    use clap::builder::ValueParser;
    use clap::parser::ValueSource;
    use clap::{ArgAction, CommandFactory};

    use crate::command::Arguments;

    let command = Arguments::command();
    let matches = command.clone().try_get_matches_from(std::env::args_os())?;
    let nested = |(command, matches): (clap::Command, clap::ArgMatches), name: &str| {
        Some((command.find_subcommand(name)?.clone(), matches.subcommand_matches(name)?.clone()))
    };
    let found = nested((command, matches), "service").and_then(|within| nested(within, "install"));
    let (command, matches) = found.ok_or("the call is not 'service install'")?;
    let path_type = ValueParser::path_buf().type_id();
    let mut given = Vec::new();
    for argument in command.get_arguments() {
        let id = argument.get_id().as_str();
        let Some(name) = argument.get_long() else { continue };
        if id == "data" || matches.value_source(id) != Some(ValueSource::CommandLine) {
            continue;
        }
        let flag = std::ffi::OsString::from(format!("--{name}"));
        if matches!(argument.get_action(), ArgAction::SetTrue) {
            given.push(flag);
            continue;
        }
        for value in matches.get_raw(id).into_iter().flatten() {
            given.push(flag.clone());
            given.push(if argument.get_value_parser().type_id() == path_type {
                std::path::absolute(PathBuf::from(value))?.into()
            } else {
                value.to_owned()
            });
        }
    }
    Ok(given)
}
