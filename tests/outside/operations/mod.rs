//! What those who run the router see of it: its log, its metrics, its health.

mod alerts;
mod copies;
mod hindrances;
mod log;
mod metrics;
mod stopping;
#[cfg(target_os = "linux")]
mod supervised;

use std::net::SocketAddr;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Answer, Call, Running, configuration, fagsystem_entry, publish};

/// A router started with further arguments.
struct Served {
    running: Running,
    data: TempDir,
}

impl Served {
    fn start(configuration: &Value, arguments: &[&str]) -> Self {
        let data = TempDir::new().unwrap();
        publish(data.path(), configuration);
        Self::start_on(data, arguments)
    }

    fn start_on(data: TempDir, arguments: &[&str]) -> Self {
        let directory = data.path().to_str().unwrap();
        let always = ["serve", "--listen", "127.0.0.1:0", "--data", directory];
        let running = Running::start(&[&always, arguments].concat());
        Self { running, data }
    }

    /// Starts one that offers metrics, and says where.
    fn with_metrics(configuration: &Value) -> (Self, SocketAddr) {
        Self::with_metrics_and(configuration, &[])
    }

    fn with_metrics_and(configuration: &Value, arguments: &[&str]) -> (Self, SocketAddr) {
        let mut served = Self::start(configuration, &[&["--metrics", "127.0.0.1:0"], arguments].concat());
        let address = served.metrics_address();
        (served, address)
    }

    fn metrics_address(&mut self) -> SocketAddr {
        let line = self.running.next_line();
        let url = line.strip_prefix("Metrics at http://").and_then(|url| url.strip_suffix("/metrics"));
        url.unwrap_or_else(|| panic!("it went on with {line:?}")).parse().unwrap()
    }

    fn deliver(&self, message: &[u8]) -> Answer {
        let mut call = Call::with_length(self.running.address(), "application/xml", message.len());
        call.send(message);
        call.answer()
    }

    /// Ends it in order, and returns all that it has logged.
    fn end(mut self) -> String {
        self.running.terminate();
        assert_eq!(self.running.exit_status(), Some(0));
        self.running.log()
    }
}

fn get(from: SocketAddr, path: &str) -> Answer {
    Call::begin(from, &format!("GET {path} HTTP/1.1")).answer()
}

/// What a log in JSON holds, an object a line.
fn objects(log: &str) -> Vec<Value> {
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line:?}"));
    log.lines().map(read).collect()
}

/// One fagsystem, at that endpoint, gets everything.
fn everything_to(endpoint: &str) -> Value {
    configuration(&[fagsystem_entry("esdh", endpoint)], &[])
}
