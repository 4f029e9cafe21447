use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use jiff::{Timestamp, ToSpan};
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, date_time_ymd};
use uuid::Uuid;

use super::certificate::OwnCertificate;
use super::fault::ProtectionError;
use crate::{clock, private_files};

const DIRECTORY: &str = "self-signed";
const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "key.pem";
/// Long enough for any pilot.
const VALID_DAYS: i32 = 730;

/// Creates the self-signed certificate of that data directory, unless there is one.
pub(super) fn make_once(data: &Path, listen: IpAddr) -> Result<(), ProtectionError> {
    let directory = data.join(DIRECTORY);
    let failed = |reason: String| ProtectionError::NotMade { path: directory.clone(), reason };
    if !directory.try_exists().map_err(|error| failed(error.to_string()))? {
        let (certificate, key) = make(listen).map_err(|error| failed(error.to_string()))?;
        keep(&directory, &certificate, &key).map_err(|error| failed(error.to_string()))?;
    }
    Ok(())
}

/// The self-signed certificate of that data directory.
pub(super) fn stored_in(data: &Path) -> Result<OwnCertificate, ProtectionError> {
    let [certificate, key] = files_in(data);
    OwnCertificate::from_pem(&certificate, &key)
}

/// The files of the certificate and its key in that data directory.
pub(super) fn files_in(data: &Path) -> [PathBuf; 2] {
    [CERTIFICATE, KEY].map(|name| data.join(DIRECTORY).join(name))
}

/// Creates a certificate for this machine's names, and its key, both as PEM.
fn make(listen: IpAddr) -> Result<(String, String), rcgen::Error> {
    let host = whoami::hostname().ok().filter(|name| name.is_ascii() && !name.is_empty());
    let mut names = vec!["localhost".to_owned(), Ipv4Addr::LOCALHOST.to_string()];
    names.extend(host.clone());
    names.extend(Some(listen.to_string()).filter(|_| !listen.is_unspecified()));
    names.sort_unstable();
    names.dedup();
    let mut parameters = CertificateParams::new(names)?;
    let today = clock::in_denmark(Timestamp::now()).date();
    let day =
        |day: jiff::civil::Date| date_time_ymd(day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs());
    // Valid from yesterday, because clocks differ.
    parameters.not_before = day(today.saturating_sub(1.day()));
    parameters.not_after = day(today.saturating_add(VALID_DAYS.days()));
    parameters.distinguished_name.push(DnType::CommonName, host.as_deref().unwrap_or("Postfordeler"));
    parameters.distinguished_name.push(DnType::OrganizationName, "Postfordeler");
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    Ok((parameters.self_signed(&key)?.pem(), key.serialize_pem()))
}

/// Writes both files or neither, and leaves alone what another process has created meanwhile.
fn keep(directory: &Path, certificate: &str, key: &str) -> io::Result<()> {
    let unfinished = directory.with_extension(format!("{}.new", Uuid::new_v4().simple()));
    private_files::create_directory(&unfinished)?;
    let written = private_files::write_new(&unfinished.join(CERTIFICATE), certificate.as_bytes())
        .and_then(|()| private_files::write_new(&unfinished.join(KEY), key.as_bytes()))
        .and_then(|()| match fs::rename(&unfinished, directory) {
            Err(_) if directory.exists() => Ok(()),
            moved => moved,
        });
    let _ = fs::remove_dir_all(&unfinished);
    written
}
