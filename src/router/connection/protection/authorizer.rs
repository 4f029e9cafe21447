use std::sync::{Mutex, PoisonError};

use arc_swap::ArcSwapOption;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;

use super::caller::{Caller, CertificateOwner};
use super::refusals::Refusal;
use crate::rules::Cvr;
use crate::store::{ApiKey, ApiKeyUses, ApiKeys};

const API_KEY: &str = "x-api-key";

/// Decides who may deliver. A caller must show all that is required: a certificate and a key, where both are.
#[derive(Debug)]
pub(in crate::router) struct Authorizer {
    /// `None`: no client certificate is required. Empty: any certificate of the trusted issuers will do.
    required_cvrs: Option<Vec<Cvr>>,
    /// `None`: no key is required.
    keys: ArcSwapOption<ApiKeys>,
    /// Whether callers without a key may deliver once no key is required any more.
    may_be_open: bool,
    /// When each key was last used.
    used: Mutex<ApiKeyUses>,
    /// Lets this program itself in, whatever else is required. Generated anew for each router and never stored.
    internal_key: ApiKey,
}

impl Authorizer {
    /// `None` when the system provides no random numbers.
    pub fn new(required_cvrs: Option<Vec<Cvr>>, keys: Option<ApiKeys>, may_be_open: bool) -> Option<Self> {
        let keys = ArcSwapOption::from_pointee(keys);
        Some(Self { required_cvrs, keys, may_be_open, used: Mutex::default(), internal_key: ApiKey::random()? })
    }

    pub fn internal_key(&self) -> &ApiKey {
        &self.internal_key
    }

    /// Requires one of those keys from now on, or none. Returns whether that is a change.
    pub fn require(&self, keys: Option<ApiKeys>) -> bool {
        let is_new = self.keys.load().as_deref() != keys.as_ref();
        if is_new {
            self.keys.store(keys.map(Into::into));
        }
        is_new
    }

    /// Whether nobody can deliver, because a key is required and none is valid.
    pub fn is_shut(&self) -> bool {
        self.keys.load().as_ref().map_or(!self.may_be_open, |keys| keys.is_empty())
    }

    /// When each key was last used.
    pub fn used(&self) -> ApiKeyUses {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Checks whether the caller may deliver, by the certificate and key that it shows.
    pub fn authorize(&self, caller: &Caller, headers: &HeaderMap) -> Result<(), Refusal> {
        if comes_from_a_web_page(headers) {
            return Err(Refusal::WebPage);
        }
        let key = shown_key(headers);
        if key.is_some_and(|key| self.internal_key.hash().is_of(key)) {
            return Ok(());
        }
        if let Some(wanted) = &self.required_cvrs {
            check_certificate(wanted, caller)?;
        }
        let keys = self.keys.load();
        let Some(keys) = keys.as_deref() else {
            return if self.may_be_open { Ok(()) } else { Err(Refusal::NoKeyLeft) };
        };
        if keys.is_empty() {
            return Err(Refusal::NoKeyLeft);
        }
        let known = keys.find(key.ok_or(Refusal::NoKey)?).ok_or(Refusal::WrongKey)?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        match used.get_mut(known.id()) {
            Some(last_used) => *last_used = Timestamp::now(),
            None => drop(used.insert(known.id().to_owned(), Timestamp::now())),
        }
        Ok(())
    }
}

/// Checks that a certificate was shown which is valid now and belongs to one of those organisations, or to any where there
/// are none.
fn check_certificate(wanted: &[Cvr], caller: &Caller) -> Result<(), Refusal> {
    let shown = caller.certificate.as_ref().ok_or(Refusal::NoCertificate)?;
    if let Some(refusal) = shown.out_of_date(Timestamp::now()) {
        return Err(refusal);
    }
    match shown.owner {
        _ if wanted.is_empty() => Ok(()),
        CertificateOwner::Organisation(cvr) if wanted.contains(&cvr) => Ok(()),
        CertificateOwner::Organisation(_) => Err(Refusal::OtherCvr),
        CertificateOwner::Person => Err(Refusal::PersonsCertificate),
        CertificateOwner::Unclear => Err(Refusal::NoCvr),
    }
}

/// A web page that an administrator has open can send forms to this machine; the browser says so.
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
