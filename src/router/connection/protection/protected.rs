//! Who may deliver, and how the router shows who it is.

mod authorizer;
mod caller;
mod certificate;
mod fault;
mod local_client;
mod refusals;
mod self_signed;
mod tls;

pub(in crate::router) use authorizer::Authorizer;
pub(in crate::router) use caller::{Caller, CallerRefusal};
pub use certificate::RouterCertificate;
pub use fault::ProtectionError;
pub use local_client::LocalClient;
pub(in crate::router) use local_client::url_of;
pub(in crate::router) use refusals::FirstBytes;
pub use refusals::{Closing, Refusal};
pub(in crate::router) use tls::{NotAccepted, Tls};

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;

use self::certificate::OwnCertificate;
pub(in crate::router) use self::certificate::read_certificates;
use crate::store::{CertificateChoice, Protection, Settings};

/// The settings made ready: what the router needs to let in those who may deliver, and nobody else.
pub(in crate::router) struct Protected {
    /// `None`: what comes is not encrypted.
    pub tls: Option<Arc<Tls>>,
    pub authorizer: Arc<Authorizer>,
}

impl Protected {
    /// Makes a router's protection ready. A self-signed certificate is made in the data directory, unless there is one.
    pub fn prepare(settings: &Settings, listen: SocketAddr, data: &Path) -> Result<Self, ProtectionError> {
        let Settings { protection, api_key, .. } = settings;
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

/// Reads the router's own certificate anew, and shows it from the next connection on. None is made where there is none.
pub(in crate::router) fn show_again(tls: &Tls, protection: &Protection, data: &Path) -> Result<(), ProtectionError> {
    match own_certificate(&protection.certificate, data)? {
        Some(own) => tls.show(own),
        None => Ok(()),
    }
}

/// The files that the router's own certificate is read from.
pub(in crate::router) fn certificate_files(choice: &CertificateChoice, data: &Path) -> Vec<PathBuf> {
    match choice {
        CertificateChoice::None => Vec::new(),
        CertificateChoice::SelfSigned => self_signed::files_in(data).to_vec(),
        CertificateChoice::Pem { certificate, key } => vec![certificate.clone(), key.clone()],
        CertificateChoice::Pkcs12 { file, password_file } => {
            std::iter::once(file.clone()).chain(password_file.clone()).collect()
        }
    }
}

/// What a practice fagsystem needs for TLS, read and judged as the router's own. A client certificate of those issuers can
/// then be shown; whether one must be is the fagsystem's affair.
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

/// Makes the router's own certificate where it is to make one itself and has not done so. Only for one that starts: one that
/// runs keeps who it is.
fn make_certificate(choice: &CertificateChoice, listen: IpAddr, data: &Path) -> Result<(), ProtectionError> {
    match choice {
        CertificateChoice::SelfSigned => self_signed::make_once(data, listen),
        CertificateChoice::None | CertificateChoice::Pem { .. } | CertificateChoice::Pkcs12 { .. } => Ok(()),
    }
}

/// The router's own certificate, as chosen.
fn own_certificate(choice: &CertificateChoice, data: &Path) -> Result<Option<OwnCertificate>, ProtectionError> {
    let own = match choice {
        CertificateChoice::None => return Ok(None),
        CertificateChoice::SelfSigned => self_signed::kept_in(data)?,
        CertificateChoice::Pem { certificate, key } => OwnCertificate::from_pem(certificate, key)?,
        CertificateChoice::Pkcs12 { file, password_file } => {
            let password = certificate::pkcs12_password(password_file.as_deref())?;
            OwnCertificate::from_pkcs12(file, password.as_deref())?
        }
    };
    Ok(Some(own))
}

/// The router's own certificate, as chosen, and those that issued it; empty when it has none.
pub(in crate::router) fn certificate_chain(
    choice: &CertificateChoice,
    data: &Path,
) -> Result<Vec<CertificateDer<'static>>, ProtectionError> {
    Ok(own_certificate(choice, data)?.map(|own| own.chain).unwrap_or_default())
}
