use crate::endpoint_test::Words;
use crate::router::Probe;
use crate::rules::NotAnEndpoint;

/// *Fagsystemer*.
#[derive(Debug)]
pub(in crate::desktop) struct FagsystemTexts {
    pub title: &'static str,
    pub count: fn(usize) -> String,
    pub new: &'static str,
    pub none: &'static str,
    pub basics: &'static str,
    pub name: &'static str,
    pub id: &'static str,
    pub id_hint: &'static str,
    pub id_taken: &'static str,
    pub endpoint: &'static str,
    pub not_an_endpoint: fn(NotAnEndpoint) -> &'static str,
    pub contact: &'static str,
    pub contact_example: &'static str,
    pub note: &'static str,
    pub state: &'static str,
    pub rules: &'static str,
    pub role: &'static str,
    pub is_active: &'static str,
    pub paused_hint: &'static str,
    pub overtaken: &'static str,
    pub access: &'static str,
    pub times: &'static str,
    pub connect_limit: &'static str,
    pub answer_limit: &'static str,
    pub limits_hint: &'static str,
    pub not_seconds: &'static str,
    pub no_rules: &'static str,
    pub is_off: &'static str,
    pub more_rules: fn(usize) -> String,
    pub default: &'static str,
    pub make_default: &'static str,
    pub move_to: &'static str,
    pub move_all: &'static str,
    /// What moves; whether it is the default recipient too.
    pub move_hint: fn(is_default: bool) -> &'static str,
    pub switch: &'static str,
    pub delete: &'static str,
    pub needed_as_default: &'static str,
    pub needed_by_rules: fn(usize) -> String,
    pub needed_hint: &'static str,
    pub probe: &'static str,
    pub probing: fn(endpoint: &str) -> String,
    /// What came of it.
    pub probed: fn(endpoint: &str, &Probe) -> String,
    /// What that means, and what to do.
    pub probe_means: fn(&Probe) -> Option<String>,
    /// How it was asked.
    pub probe_way: fn(&Probe) -> String,
    pub trying: TryingTexts,
}

/// The supplier's test of a fagsystem's endpoint.
#[derive(Debug)]
pub(in crate::desktop) struct TryingTexts {
    /// What is said of the test itself, here and in its report.
    pub words: &'static dyn Words,
    pub start: &'static str,
    pub again: &'static str,
    pub stop: &'static str,
    pub with_large: &'static str,
    pub not_ready: &'static str,
    pub name: &'static str,
    pub beginning: &'static str,
    pub under_way: fn(done: usize, all: usize) -> String,
    pub stopped: &'static str,
    pub report: &'static str,
    /// Of the report's file, without date and ending.
    pub file_name: &'static str,
    pub browse: &'static str,
    pub write: &'static str,
    pub not_a_report: &'static str,
    pub written: fn(path: &str) -> String,
}
