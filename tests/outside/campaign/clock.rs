//! A router with a wrong clock, in a process of its own, so that it can be killed as the program is.
//!
//! The program has no way to be given another clock, and shall have none; as a library it has. So the process is this
//! test binary once more, with nothing to do but run a router.

use std::env;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use postfordeler::clock::Clock;
use postfordeler::router::{ConnectionLimits, Router};
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::Store;
use tokio::runtime;

use super::plan::Clockwork;
use crate::support::Running;

const DATA: &str = "CAMPAIGN_ROUTER_DATA";
const LISTEN: &str = "CAMPAIGN_ROUTER_LISTEN";
/// How many seconds its clock goes ahead, or behind where that is negative.
const AHEAD: &str = "CAMPAIGN_ROUTER_AHEAD";
const NAME: &str = "campaign::clock::a_router_that_goes_by_a_wrong_clock";

/// Starts one.
pub fn start(data: &Path, listen: &str, clockwork: Clockwork) -> Running {
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap();
    let ahead = match clockwork {
        Clockwork::Right => 0,
        Clockwork::Ahead(by) => seconds(by),
        Clockwork::Behind(by) => -seconds(by),
    };
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", NAME, "--ignored", "--nocapture"]);
    command.env(DATA, data).env(LISTEN, listen).env(AHEAD, ahead.to_string());
    Running::start_command(command)
}

#[test]
#[ignore = "a router that others start"]
fn a_router_that_goes_by_a_wrong_clock() {
    let Some(data) = env::var_os(DATA).map(PathBuf::from) else { return };
    let listen: SocketAddr = env::var(LISTEN).unwrap().parse().unwrap();
    let ahead = SignedDuration::from_secs(env::var(AHEAD).unwrap().parse().unwrap());
    let store = Store::open(&data).unwrap();
    let settings = store.settings().unwrap();
    let clock = Clock::by(move || Timestamp::now().checked_add(ahead).unwrap());
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (secrets, limits) = (Arc::new(Secrets::at(SecretsLocation::Keyring)), ConnectionLimits::default());
        let router = Router::start_by(&store, listen, &settings, secrets, limits, clock).await.unwrap();
        println!("\nReceiving at {}", router.url());
        std::future::pending::<()>().await;
    });
}
