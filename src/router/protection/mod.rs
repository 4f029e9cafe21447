//! Who may deliver, and how the router shows who it is.

mod caller;
mod certificate;
mod doorkeeper;
mod doorway;
mod fault;
mod self_signed;

pub(super) use caller::Caller;
pub use certificate::RouterCertificate;
pub(super) use doorkeeper::{Denied, Doorkeeper};
pub use doorway::Doorway;
pub(super) use doorway::url_of;
pub use fault::ProtectionError;

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rustls::crypto::ring;
use rustls::pki_types::UnixTime;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, ServerConfig, version};
use tokio_rustls::TlsAcceptor;

use self::certificate::{OwnCertificate, read_certificates};
use crate::store::{CertificateChoice, Settings};

/// The settings made ready: what the router needs to let in those who may deliver, and nobody else.
pub(super) struct Protected {
    /// `None`: what comes is not encrypted.
    pub tls: Option<TlsAcceptor>,
    pub certificate: Option<RouterCertificate>,
    pub doorkeeper: Doorkeeper,
}

impl Protected {
    /// Makes a router's protection ready. A self-signed certificate is made in the data directory, unless there is one.
    pub fn prepare(settings: &Settings, listen: SocketAddr, data: &Path) -> Result<Self, ProtectionError> {
        let Settings { protection, api_key, .. } = settings;
        let own = own_certificate(&protection.certificate, listen.ip(), data)?;
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
        let certificate = own.as_ref().map(OwnCertificate::public).transpose()?;
        let tls = own.map(|own| server_config(own, issuers)).transpose()?;
        let wanted_cvrs = issuers.is_some().then(|| protection.client_cvrs.clone());
        let doorkeeper = Doorkeeper::new(wanted_cvrs, api_key.clone()).ok_or(ProtectionError::NoRandomness)?;
        if issuers.is_some() && protection.client_cvrs.is_empty() {
            tracing::warn!("anybody with a certificate of those client issuers may deliver; name CVR numbers");
        }
        Ok(Self { tls: tls.map(|config| TlsAcceptor::from(Arc::new(config))), certificate, doorkeeper })
    }
}

/// What a practice fagsystem needs for TLS, read and judged as the router's own. A client certificate of those issuers can
/// then be shown; whether one must be is the fagsystem's affair.
pub(super) fn practice_tls(
    choice: &CertificateChoice,
    issuers: Option<&Path>,
    listen: IpAddr,
    data: &Path,
) -> Result<Option<(TlsAcceptor, RouterCertificate)>, ProtectionError> {
    let Some(own) = own_certificate(choice, listen, data)? else {
        return if issuers.is_some() { Err(ProtectionError::ClientsWithoutTls) } else { Ok(None) };
    };
    let certificate = own.public()?;
    Ok(Some((TlsAcceptor::from(Arc::new(server_config(own, issuers)?)), certificate)))
}

/// The router's own certificate, as chosen.
fn own_certificate(
    choice: &CertificateChoice,
    listen: IpAddr,
    data: &Path,
) -> Result<Option<OwnCertificate>, ProtectionError> {
    let own = match choice {
        CertificateChoice::None => return Ok(None),
        CertificateChoice::SelfSigned => self_signed::kept_in(data, listen)?,
        CertificateChoice::Pem { certificate, key } => OwnCertificate::from_pem(certificate, key)?,
        CertificateChoice::Pkcs12 { file, password_file } => {
            let password = certificate::pkcs12_password(password_file.as_deref())?;
            OwnCertificate::from_pkcs12(file, password.as_deref())?
        }
    };
    Ok(Some(own))
}

/// The time by which certificates are judged. The default panics when the machine's clock shows one before 1970.
#[derive(Debug)]
struct NoTimeBefore1970;

impl TimeProvider for NoTimeBefore1970 {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default()))
    }
}

/// Whoever has no certificate comes in all the same: the intake answers that properly, and health is told to all.
fn server_config(own: OwnCertificate, issuers: Option<&Path>) -> Result<ServerConfig, ProtectionError> {
    let provider = Arc::new(ring::default_provider());
    let refused = |error: rustls::Error| ProtectionError::Tls(error.to_string());
    let builder = ServerConfig::builder_with_details(Arc::clone(&provider), Arc::new(NoTimeBefore1970))
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])
        .map_err(refused)?;
    let builder = match issuers {
        None => builder.with_no_client_auth(),
        Some(file) => {
            let verifier = WebPkiClientVerifier::builder_with_provider(issuers_in(file)?, provider);
            let verifier = verifier.allow_unauthenticated().build();
            let refused = |error: VerifierBuilderError| ProtectionError::Tls(error.to_string());
            builder.with_client_cert_verifier(verifier.map_err(refused)?)
        }
    };
    let OwnCertificate { chain, key, source } = own;
    let mut config = builder.with_single_cert(chain, key).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => ProtectionError::KeyDoesNotFit(source),
        other => refused(other),
    })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn issuers_in(file: &Path) -> Result<Arc<RootCertStore>, ProtectionError> {
    let mut issuers = RootCertStore::empty();
    for certificate in read_certificates(file)? {
        let unusable = |_| ProtectionError::NoCertificate(file.to_owned());
        issuers.add(certificate).map_err(unusable)?;
    }
    Ok(Arc::new(issuers))
}
