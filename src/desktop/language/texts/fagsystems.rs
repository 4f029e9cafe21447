//! *Fagsystemer*, what came of asking one, and the supplier's test of its endpoint.

use std::time::Duration;

use crate::desktop::language::grammar::Counted;
use crate::endpoint_test::Words;
use crate::reasons::ReasonText;
use crate::router::{Cause, Probe, ProbeAnswer};
use crate::rules::NotAnEndpoint;
use crate::secrets::SecretsError;
use crate::store::Reason;

#[derive(Debug)]
pub(in crate::desktop) struct FagsystemTexts {
    pub title: &'static str,
    pub count: Counted,
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
    pub needed_by_rules: Counted,
    pub needed_hint: &'static str,
    pub probe: &'static str,
    pub probing: fn(endpoint: &str) -> String,
    pub probed: ProbeTexts,
    pub trying: TryingTexts,
}

/// The supplier's test of a fagsystem's endpoint.
#[derive(Debug)]
pub(in crate::desktop) struct TryingTexts {
    /// What is said of the test itself, here and in its report.
    pub words: Words,
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

/// What came of asking a fagsystem whether it is there.
#[derive(Debug)]
pub(in crate::desktop) struct ProbeTexts {
    pub answered: fn(endpoint: &str, took: &str, status: u16) -> String,
    pub less_than_a_millisecond: &'static str,
    pub silent: fn(endpoint: &str, limit: f32) -> String,
    pub no_secret: fn(why: &str) -> String,
    pub secrets_error: fn(&SecretsError) -> String,
    pub reason: fn(Reason) -> &'static ReasonText,
    /// What an answer means, and what to do.
    pub status_means: fn(status: u16) -> &'static str,
    pub silence_means: &'static str,
    pub nothing_sent: &'static str,
    /// How it was asked.
    pub way: fn(through: &str, shows_certificate: bool) -> String,
    pub directly: &'static str,
    pub through_proxy: fn(&str) -> String,
}

impl ProbeTexts {
    /// What came of it.
    pub fn answer(&self, endpoint: &str, probe: &Probe) -> String {
        match &probe.answer {
            ProbeAnswer::Answered(status) => (self.answered)(endpoint, &self.took(probe.took), *status),
            ProbeAnswer::NoSecret(error) => (self.no_secret)(&(self.secrets_error)(error)),
            ProbeAnswer::Silent => (self.silent)(endpoint, probe.answer_limit.as_secs_f32()),
            ProbeAnswer::NotReached(cause) => format!("{endpoint}: {}", self.not_reached(cause)),
        }
    }

    fn took(&self, duration: Duration) -> String {
        match duration.as_millis() {
            0 => self.less_than_a_millisecond.to_owned(),
            milliseconds => format!("{milliseconds} ms"),
        }
    }

    /// Why, in the words that messages have for it, and what is known of it besides.
    fn not_reached(&self, cause: &Cause) -> String {
        let sentence = (self.reason)(cause.reason).sentence();
        cause.detail.as_ref().map_or_else(|| sentence.clone(), |detail| format!("{sentence} ({detail})"))
    }

    /// What that means, and what to do.
    pub fn means(&self, probe: &Probe) -> Option<&'static str> {
        match &probe.answer {
            ProbeAnswer::Answered(status) => Some((self.status_means)(*status)),
            ProbeAnswer::Silent => Some(self.silence_means),
            ProbeAnswer::NotReached(cause) => Some((self.reason)(cause.reason).remedy),
            ProbeAnswer::NoSecret(_) => None,
        }
    }

    /// How it was asked.
    pub fn way(&self, probe: &Probe) -> String {
        if let ProbeAnswer::NoSecret(_) = probe.answer {
            return self.nothing_sent.to_owned();
        }
        let through = probe.proxy.as_ref().map(|proxy| (self.through_proxy)(proxy));
        (self.way)(through.as_deref().unwrap_or(self.directly), probe.shows_certificate)
    }
}
