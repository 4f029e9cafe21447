use std::sync::{Mutex, PoisonError};

use arc_swap::ArcSwapOption;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;

use super::caller::{Caller, Owner};
use super::refusals::Refusal;
use crate::rules::Cvr;
use crate::store::{ApiKey, ApiKeyUses, ApiKeys};

const API_KEY: &str = "x-api-key";

/// Judges who may deliver. All that is demanded must be shown: certificate and key, where both are.
#[derive(Debug)]
pub(in crate::router) struct Authorizer {
    /// `None`: no client certificate is demanded. Empty: one of anybody is.
    required_cvrs: Option<Vec<Cvr>>,
    /// `None`: no key is demanded.
    keys: ArcSwapOption<ApiKeys>,
    /// Whether messages may be taken from whoever has no key, when none is demanded any more.
    may_be_open: bool,
    /// When keys were shown last.
    used: Mutex<ApiKeyUses>,
    /// With which this program itself comes in, whatever else is demanded. Made anew with each router, and kept nowhere.
    internal_key: ApiKey,
}

impl Authorizer {
    /// `None` when the system has no random numbers to give.
    pub fn new(required_cvrs: Option<Vec<Cvr>>, keys: Option<ApiKeys>, may_be_open: bool) -> Option<Self> {
        let keys = ArcSwapOption::from_pointee(keys);
        Some(Self { required_cvrs, keys, may_be_open, used: Mutex::default(), internal_key: ApiKey::random()? })
    }

    pub fn internal_key(&self) -> &ApiKey {
        &self.internal_key
    }

    /// Demands one of those keys from now on, or none; says whether that is anything new.
    pub fn require(&self, keys: Option<ApiKeys>) -> bool {
        let is_new = self.keys.load().as_deref() != keys.as_ref();
        if is_new {
            self.keys.store(keys.map(Into::into));
        }
        is_new
    }

    /// Whether nobody may deliver by a key, though that is the only way: there is none that counts.
    pub fn is_shut(&self) -> bool {
        self.keys.load().as_ref().map_or(!self.may_be_open, |keys| keys.is_empty())
    }

    /// When keys were shown last.
    pub fn used(&self) -> ApiKeyUses {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the caller may deliver, by what it has shown.
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

/// Whether a certificate was shown that counts now, of one of those organisations; of anybody where there are none.
fn check_certificate(wanted: &[Cvr], caller: &Caller) -> Result<(), Refusal> {
    let shown = caller.certificate.as_ref().ok_or(Refusal::NoCertificate)?;
    if let Some(refusal) = shown.out_of_date(Timestamp::now()) {
        return Err(refusal);
    }
    match shown.owner {
        _ if wanted.is_empty() => Ok(()),
        Owner::Organisation(cvr) if wanted.contains(&cvr) => Ok(()),
        Owner::Organisation(_) => Err(Refusal::OtherCvr),
        Owner::Person => Err(Refusal::PersonsCertificate),
        Owner::Unclear => Err(Refusal::NoCvr),
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
