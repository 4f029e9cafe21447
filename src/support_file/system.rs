//! The program and the machine.

use std::env::consts::{ARCH, OS};
use std::thread;

use serde_json::{Value, json};

use crate::rules::without_cpr;
use crate::store::Store;
use crate::visible::visible;

/// The most characters of what a system calls itself.
const MAX_CHARACTERS: usize = 100;

pub(super) fn program() -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "schema": Store::SCHEMA,
        "build": if cfg!(debug_assertions) { "debug" } else { "release" },
    })
}

pub(super) fn system() -> Value {
    json!({
        "os": OS,
        "architecture": ARCH,
        "name": operating_system(),
        "processors": thread::available_parallelism().map_or(0, usize::from),
    })
}

/// What the operating system calls itself, such as `Debian GNU/Linux 12 (bookworm)`.
#[must_use]
pub fn operating_system() -> String {
    let name = whoami::distro().unwrap_or_else(|_| OS.to_owned());
    let short: String = name.chars().take(MAX_CHARACTERS).collect();
    without_cpr(&visible(&short)).into_owned()
}
