//! Values of arguments.

use jiff::civil::Date;
use url::Url;

use super::conclusion::Failure;
use crate::language::LanguageChoice;
use crate::rules::{Endpoint, NotAnEndpoint, Seconds};

pub(super) fn read_date(text: &str) -> Result<Date, &'static str> {
    let separators = [4, 7].map(|at| text.as_bytes().get(at));
    let is_so_written = text.len() == 10 && separators == [Some(&b'-'); 2];
    let date = text.parse().ok().filter(|_| is_so_written);
    date.ok_or("a date is written YYYY-MM-DD and must be in the calendar")
}

/// Parses an endpoint's address. Errors do not quote it, since it may contain a password.
pub(super) fn read_endpoint(text: &str) -> Result<Endpoint, Failure> {
    text.parse().map_err(|error| match error {
        NotAnEndpoint::Credentials => "an endpoint's address holds no user name and no password; show who calls with \
                                       --api-key-header and --secret-file, or --client-certificate"
            .into(),
        other => Failure::from(format!("not a valid endpoint address: {other}")),
    })
}

pub(super) fn read_language(text: &str) -> Result<LanguageChoice, &'static str> {
    match text {
        "en" => Ok(LanguageChoice::English),
        "da" => Ok(LanguageChoice::Danish),
        _ => Err("the languages are en and da"),
    }
}

pub(super) fn read_seconds(text: &str) -> Result<Seconds, String> {
    let seconds = text.parse().ok().and_then(Seconds::new);
    seconds.ok_or_else(|| format!("a whole number of seconds from 1 to {}", Seconds::MAX))
}

/// The address of a router.
pub(super) fn read_router_url(text: &str) -> Result<Url, &'static str> {
    let url = text.parse().ok().filter(|url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or("a router's address begins with http:// or https://")
}
