use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    AUTHORITY, Answer, Memo, Router, configuration, fagsystem_entry, postfordeler_reading, publish, rule,
};

/// A secret that occurs nowhere else.
pub const SECRET: &str = "Bearer xyzzy-7f3a9c";
/// The contact point whose messages go to the other fagsystem.
pub const OTHER_POINT: &str = "det-andet-sted";

pub fn header(name: &str) -> Value {
    json!({"type": "header", "navn": name})
}

pub fn certificate() -> Value {
    json!({"type": "klientcertifikat"})
}

/// A configuration whose first fagsystem, `esdh`, requires something, and whose second one, if any, requires nothing.
pub fn wanting(endpoint: &str, access: &Value, other: Option<&str>) -> Value {
    let mut esdh = fagsystem_entry("esdh", endpoint);
    esdh["adgang"] = access.clone();
    let mut fagsystems = vec![esdh];
    fagsystems.extend(other.map(|endpoint| fagsystem_entry("andet", endpoint)));
    let rules: Vec<_> = other.map(|_| rule(10, "andet", "kontaktpunkt", OTHER_POINT)).into_iter().collect();
    configuration(&fagsystems, &rules)
}

/// A place for a secrets file, apart from the router's data.
pub struct Safe(TempDir);

impl Safe {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().join("hemmeligheder.json")
    }

    pub fn path_text(&self) -> String {
        self.path().to_str().unwrap().to_owned()
    }

    /// One that holds that header value for `esdh`.
    pub fn holding(value: &str) -> Self {
        let safe = Self::new();
        safe.keep(value);
        safe
    }

    pub fn keep(&self, value: &str) {
        let output = self.call(&["set", AUTHORITY, "esdh"], value.as_bytes());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Keeps what that PEM file holds as the client certificate of `esdh`.
    pub fn keep_certificate(&self, pem: &Path) -> Output {
        self.call(&["set", AUTHORITY, "esdh", "--file", pem.to_str().unwrap()], b"")
    }

    /// Calls `postfordeler secret` for this file.
    pub fn call(&self, arguments: &[&str], input: &[u8]) -> Output {
        let data = self.0.path().join("data");
        let (file, data) = (self.path_text(), data.to_str().unwrap().to_owned());
        let mut all = vec!["secret", "--secrets", &file, "--data", &data];
        all.extend(arguments);
        postfordeler_reading(&all, input)
    }
}

pub fn data_of(configuration: &Value) -> TempDir {
    let data = TempDir::new().unwrap();
    publish(data.path(), configuration);
    data
}

/// A router with that configuration and those secrets.
pub fn router(configuration: &Value, safe: &Safe, further: &[&str]) -> Router {
    let file = safe.path_text();
    let mut arguments = vec!["--secrets", file.as_str()];
    arguments.extend(further);
    Router::start_so(data_of(configuration), &arguments, &[])
}

pub fn deliver(router: &Router) -> Answer {
    router.deliver(&Memo::new().xml())
}

pub fn words(answer: &Answer) -> String {
    answer.json()["errorMessage"].as_str().unwrap_or_default().to_owned()
}
