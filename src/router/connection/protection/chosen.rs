//! The router's own certificate, as the settings choose it.

use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use rustls::pki_types::CertificateDer;

use super::certificate::{OwnCertificate, pkcs12_password};
use super::fault::ProtectionError;
use super::self_signed;
use super::tls::Tls;
use crate::store::{CertificateChoice, Protection};

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

/// Whether the path is something other than a file, links followed. Reading a pipe would block until somebody writes to it.
pub(in crate::router) fn is_no_plain_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file())
}

/// Reads the router's own certificate again and shows it from the next connection on. Never creates one.
pub(in crate::router) fn show_again(tls: &Tls, protection: &Protection, data: &Path) -> Result<(), ProtectionError> {
    match own_certificate(&protection.certificate, data)? {
        Some(own) => tls.show(own),
        None => Ok(()),
    }
}

/// Creates the self-signed certificate where that is chosen and there is none. Only when a router starts: while it runs it
/// keeps its identity.
pub(super) fn make_certificate(choice: &CertificateChoice, listen: IpAddr, data: &Path) -> Result<(), ProtectionError> {
    match choice {
        CertificateChoice::SelfSigned => self_signed::make_once(data, listen),
        CertificateChoice::None | CertificateChoice::Pem { .. } | CertificateChoice::Pkcs12 { .. } => Ok(()),
    }
}

/// The router's own certificate, as the settings choose it.
pub(super) fn own_certificate(
    choice: &CertificateChoice,
    data: &Path,
) -> Result<Option<OwnCertificate>, ProtectionError> {
    let own = match choice {
        CertificateChoice::None => return Ok(None),
        CertificateChoice::SelfSigned => self_signed::stored_in(data)?,
        CertificateChoice::Pem { certificate, key } => OwnCertificate::from_pem(certificate, key)?,
        CertificateChoice::Pkcs12 { file, password_file } => {
            let password = pkcs12_password(password_file.as_deref())?;
            OwnCertificate::from_pkcs12(file, password.as_deref())?
        }
    };
    Ok(Some(own))
}

/// The router's own certificate and its issuers; empty when it has none.
pub(in crate::router) fn certificate_chain(
    choice: &CertificateChoice,
    data: &Path,
) -> Result<Vec<CertificateDer<'static>>, ProtectionError> {
    Ok(own_certificate(choice, data)?.map(|own| own.chain).unwrap_or_default())
}
