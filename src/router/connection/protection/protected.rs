use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use super::authorizer::Authorizer;
use super::chosen::{make_certificate, own_certificate};
use super::fault::ProtectionError;
use super::tls::Tls;
use crate::store::{CertificateChoice, RouterSettings};

/// What a router needs to let in those who may deliver, and nobody else.
pub(in crate::router) struct Protected {
    /// `None`: connections are not encrypted.
    pub tls: Option<Arc<Tls>>,
    pub authorizer: Arc<Authorizer>,
}

impl Protected {
    /// Prepares a router's protection. Creates a self-signed certificate in the data directory where that is chosen and there
    /// is none.
    pub fn prepare(settings: &RouterSettings, listen: SocketAddr, data: &Path) -> Result<Self, ProtectionError> {
        let RouterSettings { protection, api_key, .. } = settings;
        make_certificate(&protection.certificate, listen.ip(), data)?;
        let own = own_certificate(&protection.certificate, data)?;
        let issuers = protection.client_issuers.as_deref();
        match (&own, issuers) {
            (None, Some(_)) => return Err(ProtectionError::ClientsWithoutTls),
            (_, None) if !protection.client_cvrs.is_empty() => return Err(ProtectionError::CvrsWithoutIssuers),
            _ => {}
        }
        let is_reachable = !listen.ip().is_loopback();
        let has_callers = issuers.is_some() || api_key.is_some();
        if is_reachable && (own.is_none() || !has_callers) {
            return Err(ProtectionError::Open {
                address: listen,
                lacks_tls: own.is_none(),
                lacks_callers: !has_callers,
            });
        }
        let tls = own.map(|own| Tls::new(own, issuers)).transpose()?;
        let required_cvrs = issuers.is_some().then(|| protection.client_cvrs.clone());
        let may_be_open = !is_reachable || issuers.is_some();
        let authorizer = Authorizer::new(required_cvrs, api_key.clone(), may_be_open);
        let authorizer = authorizer.ok_or(ProtectionError::NoRandomness)?;
        if issuers.is_some() && protection.client_cvrs.is_empty() {
            tracing::warn!("anybody with a certificate of those client issuers may deliver; name CVR numbers");
        }
        Ok(Self { tls: tls.map(Arc::new), authorizer: Arc::new(authorizer) })
    }
}

/// What a practice fagsystem needs for TLS, read and checked as the router's own. Callers may then show a client certificate
/// of those issuers; whether they must is for the fagsystem to decide.
pub(in crate::router) fn practice_tls(
    choice: &CertificateChoice,
    issuers: Option<&Path>,
    listen: IpAddr,
    data: &Path,
) -> Result<Option<Arc<Tls>>, ProtectionError> {
    make_certificate(choice, listen, data)?;
    let Some(own) = own_certificate(choice, data)? else {
        return if issuers.is_some() { Err(ProtectionError::ClientsWithoutTls) } else { Ok(None) };
    };
    Ok(Some(Arc::new(Tls::new(own, issuers)?)))
}
