//! Flags for authenticating to a fagsystem as the router does.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use zeroize::Zeroizing;

use super::conclusion::Failure;
use crate::router::Courier;
use crate::rules::{Access, Cvr, Endpoint, Fagsystem, FagsystemId, HeaderName};
use crate::secrets::{Secret, SecretKind, SecretName, Secrets, SecretsLocation, is_pkcs12};
use crate::store::RouterSettings;

/// The largest file with a secret that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;
/// The id of a fagsystem that is given by its address alone.
const ID: &str = "endpoint";

/// How to authenticate to a fagsystem.
#[derive(Debug, Clone, Args)]
pub(super) struct AccessFlags {
    /// The header that shows the business system who calls, such as X-Api-Key, with the value of --secret-file
    #[arg(long, value_name = "NAME", requires = "secret_file", conflicts_with = "client_certificate")]
    pub api_key_header: Option<HeaderName>,
    /// A file that holds the header's value
    #[arg(long, value_name = "FILE", requires = "api_key_header")]
    pub secret_file: Option<PathBuf>,
    /// The client certificate to show, with its private key and the issuers in between (PEM or PKCS#12; the password of a
    /// PKCS#12 file is read from standard input)
    #[arg(long, value_name = "FILE")]
    pub client_certificate: Option<PathBuf>,
}

impl AccessFlags {
    /// Whether any of the flags is given.
    pub fn is_given(&self) -> bool {
        self.api_key_header.is_some() || self.client_certificate.is_some()
    }

    /// The fagsystem at that address, as one of that authority, and a courier with its credentials.
    pub fn courier(
        &self,
        authority: Cvr,
        endpoint: Endpoint,
        settings: &RouterSettings,
    ) -> Result<(Fagsystem, Courier), Failure> {
        let id = FagsystemId::new(ID).ok_or("a fagsystem's id is not empty")?;
        let (access, secret) = self.read()?;
        let mut secrets = Secrets::at(SecretsLocation::Keyring);
        if let Some((name, secret)) = SecretName::wanted(authority, &id, &access).zip(secret) {
            secrets = secrets.with_given(name, secret);
        }
        let courier = Courier::new(settings, Arc::new(secrets))?.recording();
        Ok((Fagsystem { access, ..Fagsystem::new(id, ID, endpoint) }, courier))
    }

    fn read(&self) -> Result<(Access, Option<Secret>), Failure> {
        if let (Some(name), Some(file)) = (&self.api_key_header, &self.secret_file) {
            return Ok((Access::Header { name: name.clone() }, Some(read_header_value(file)?)));
        }
        let Some(file) = &self.client_certificate else { return Ok((Access::Open, None)) };
        let bytes = read_secret(file)?;
        let mut password = Zeroizing::new(String::new());
        if is_pkcs12(&bytes) {
            io::stdin().read_to_string(&mut password).map_err(|_| "standard input is no text")?;
        }
        let certificate = Secret::certificate(&bytes, password.trim_end_matches(['\r', '\n']));
        let certificate = certificate.map_err(|why| format!("{} cannot be shown: {why}", file.display()))?;
        Ok((Access::ClientCertificate, Some(certificate)))
    }
}

/// Reads a header's value, the only content of a file.
pub(super) fn read_header_value(file: &Path) -> Result<Secret, Failure> {
    let bytes = read_secret(file)?;
    let text = String::from_utf8_lossy(&bytes);
    Secret::new(SecretKind::HeaderValue, &text).map_err(|why| format!("{}: {why}", file.display()).into())
}

fn read_secret(file: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = File::open(file).and_then(|opened| opened.take(MAX_BYTES).read_to_end(&mut bytes));
    read.map_err(|error| {
        format!("cannot read {}: {error}; name a file that is there and may be read", file.display())
    })?;
    Ok(bytes)
}
