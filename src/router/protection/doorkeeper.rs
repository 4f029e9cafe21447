use axum::http::{HeaderMap, HeaderValue, header};

use super::caller::Caller;
use crate::rules::Cvr;
use crate::store::{ApiKey, ApiKeyHash};

const API_KEY: &str = "x-api-key";

/// Judges who may deliver. All that is demanded must be shown: certificate and key, where both are.
#[derive(Debug)]
pub(in crate::router) struct Doorkeeper {
    /// `None`: no client certificate is demanded. Empty: one of anybody is.
    wanted_cvrs: Option<Vec<Cvr>>,
    api_key: Option<ApiKeyHash>,
    /// With which this program itself comes in, whatever else is demanded. Made anew with each router, and kept nowhere.
    house_key: ApiKey,
}

/// Why a caller may not deliver, in words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::router) enum Denied {
    #[error("web pages may not deliver messages here")]
    WebPage,
    #[error("messages are taken from callers with a client certificate only, and none was shown")]
    NoCertificate,
    #[error("the client certificate belongs to nobody who may deliver here")]
    WrongCertificate,
    #[error("messages are taken with an API key only (Authorization: Bearer, or X-Api-Key), and none was given")]
    NoKey,
    #[error("the API key is not the one that is taken here")]
    WrongKey,
}

impl Denied {
    /// A name for it that metrics count it under.
    pub fn code(self) -> &'static str {
        match self {
            Self::WebPage => "web_page",
            Self::NoCertificate => "no_certificate",
            Self::WrongCertificate => "wrong_certificate",
            Self::NoKey => "no_key",
            Self::WrongKey => "wrong_key",
        }
    }

    /// What to show, when nothing of the kind was shown.
    pub fn challenge(self) -> Option<HeaderValue> {
        match self {
            Self::NoCertificate => Some(HeaderValue::from_static("Certificate realm=\"postfordeler\"")),
            Self::NoKey => Some(HeaderValue::from_static("Bearer realm=\"postfordeler\"")),
            Self::WebPage | Self::WrongCertificate | Self::WrongKey => None,
        }
    }
}

impl Doorkeeper {
    /// `None` when the system has no random numbers to give.
    pub fn new(wanted_cvrs: Option<Vec<Cvr>>, api_key: Option<ApiKeyHash>) -> Option<Self> {
        Some(Self { wanted_cvrs, api_key, house_key: ApiKey::random()? })
    }

    pub fn house_key(&self) -> &ApiKey {
        &self.house_key
    }

    /// Whether the caller may deliver, by what it has shown.
    pub fn judge(&self, caller: &Caller, headers: &HeaderMap) -> Result<(), Denied> {
        if comes_from_a_web_page(headers) {
            return Err(Denied::WebPage);
        }
        let key = shown_key(headers);
        if key.is_some_and(|key| self.house_key.hash().is_of(key)) {
            return Ok(());
        }
        if let Some(wanted) = &self.wanted_cvrs {
            let shown = caller.certificate.as_ref().ok_or(Denied::NoCertificate)?;
            if !wanted.is_empty() && !shown.cvr.is_some_and(|cvr| wanted.contains(&cvr)) {
                return Err(Denied::WrongCertificate);
            }
        }
        if let Some(hash) = &self.api_key
            && !hash.is_of(key.ok_or(Denied::NoKey)?)
        {
            return Err(Denied::WrongKey);
        }
        Ok(())
    }
}

/// A web page that the administrator happens to have open can send forms to this machine; its browser says so.
fn comes_from_a_web_page(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site")
}

fn shown_key(headers: &HeaderMap) -> Option<&str> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text(header::AUTHORIZATION.as_str()).and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
    });
    bearer.or_else(|| text(API_KEY).map(str::trim))
}
