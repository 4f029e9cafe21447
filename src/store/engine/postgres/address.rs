//! Where a database on a server is, and how it is connected to: `postgresql://user@host/name`, or
//! `postgresql://user@host,other-host/name` where one server may take the place of another.

use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use tokio_postgres::{AsyncMessage, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;
use url::{Position, Url};
use zeroize::Zeroizing;

use super::address_error::AddressError;
use super::error::{PostgresError, with_causes};
use super::line::Line;
use crate::secrets::{KEYRING_TIMEOUT, database_password};

/// Where a server listens unless the address says otherwise.
const PORT: u16 = 5432;
/// How long a server may take to answer a new connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long what was sent may go unacknowledged before the connection counts as broken.
const SILENCE: Duration = Duration::from_secs(10);

/// The address of a database on a server.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Arc<Parts>);

#[derive(PartialEq, Eq)]
struct Parts {
    /// One for each server that may have the database, in the order in which they are tried.
    urls: Vec<Url>,
    encryption: Encryption,
    password_file: Option<PathBuf>,
    /// Whom to trust, as PEM; `None`: the system's issuers.
    issuers: Option<PathBuf>,
    /// The certificate and the key that this program shows, as PEM.
    own: Option<(PathBuf, PathBuf)>,
}

/// Whether the connection is encrypted. The server is always made sure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    No,
    Yes,
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let not_one = |why: &str| AddressError::NotOne(why.to_owned());
        let mut urls = Vec::new();
        for text in one_for_each_host(text) {
            urls.push(Url::parse(&text).map_err(|error| not_one(&error.to_string()))?);
        }
        let url = &urls[0];
        if !matches!(url.scheme(), "postgresql" | "postgres") {
            return Err(not_one("it begins otherwise"));
        }
        if url.password().is_some() {
            return Err(AddressError::HasPassword);
        }
        if urls.iter().any(|url| url.host_str().unwrap_or_default().is_empty()) {
            return Err(not_one("it names no host"));
        }
        if url.path().trim_matches('/').is_empty() {
            return Err(not_one("it names no database"));
        }
        let (mut mode, mut password_file, mut issuers, mut certificate, mut key) = (None, None, None, None, None);
        for (name, value) in url.query_pairs() {
            let place = match &*name {
                "sslmode" => {
                    mode = Some(value.into_owned());
                    continue;
                }
                "passfile" => &mut password_file,
                "sslrootcert" => &mut issuers,
                "sslcert" => &mut certificate,
                "sslkey" => &mut key,
                other => return Err(AddressError::UnknownSetting(other.to_owned())),
            };
            *place = Some(PathBuf::from(&*value));
        }
        let is_here = urls.iter().all(|url| is_this_machine(url.host_str().unwrap_or_default()));
        let encryption = match mode.as_deref() {
            None | Some("disable") if is_here => Encryption::No,
            Some("disable") => return Err(AddressError::InClear),
            None | Some("require" | "verify-ca" | "verify-full") => Encryption::Yes,
            Some(other) => return Err(AddressError::UnknownMode(other.to_owned())),
        };
        let own = match (certificate, key) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            _ => return Err(AddressError::HalfCertificate),
        };
        for url in &mut urls {
            url.set_query(None);
            url.set_fragment(None);
        }
        Ok(Self(Arc::new(Parts { urls, encryption, password_file, issuers, own })))
    }
}

impl Address {
    /// The user that it names; empty where it names none.
    #[must_use]
    pub fn user(&self) -> &str {
        self.0.urls[0].username()
    }

    /// Connects, and lets the server know the connection by that name.
    pub(super) async fn connect(&self, name: &str) -> Result<Line, PostgresError> {
        self.connect_with(name, |_| ()).await
    }

    /// The same, with what takes the messages that the server sends unasked.
    pub(super) async fn connect_with(
        &self,
        name: &str,
        told: impl Fn(AsyncMessage) + Clone + Send + 'static,
    ) -> Result<Line, PostgresError> {
        let mut config = self.config()?;
        config
            .application_name(name)
            .options("-c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000 -c client_min_messages=warning")
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_user_timeout(SILENCE)
            .keepalives_idle(SILENCE);
        let tls = match self.0.encryption {
            Encryption::No => None,
            Encryption::Yes => Some(self.encrypted()?),
        };
        config.ssl_mode(if tls.is_some() { SslMode::Require } else { SslMode::Disable });
        if let Some(password) = self.password()? {
            config.password(password);
        }
        match dial(&config, tls.as_ref(), told.clone()).await {
            // Only now: servers may know their users by certificates, and a keyring may wait for somebody to unlock it.
            Err(error) if is_about_a_missing_password(&error) => {
                config.password(self.password_in_keyring().await?.as_str());
                dial(&config, tls.as_ref(), told).await.map_err(unreachable)
            }
            connected => connected.map_err(unreachable),
        }
    }

    /// From the system's keyring, where `postfordeler secret database` keeps it.
    async fn password_in_keyring(&self) -> Result<Zeroizing<String>, AddressError> {
        let address = self.to_string();
        let none = |why: &str| Err(AddressError::NoPassword(why.to_owned()));
        match timeout(KEYRING_TIMEOUT, spawn_blocking(move || database_password(&address))).await {
            Ok(Ok(Ok(Some(password)))) => Ok(password),
            Ok(Ok(Ok(None))) => none("the keyring has none for it"),
            Ok(Ok(Err(error))) => none(&error.to_string()),
            _ => none("the keyring does not answer"),
        }
    }

    /// Where to connect to, and as whom.
    fn config(&self) -> Result<Config, AddressError> {
        let mut config = Config::new();
        for url in &self.0.urls {
            let of_one: Config = url.as_str().parse().map_err(|error| AddressError::NotOne(with_causes(&error)))?;
            if let Some(user) = of_one.get_user() {
                config.user(user);
            }
            config.dbname(of_one.get_dbname().unwrap_or_default());
            config.host(url.host_str().unwrap_or_default().trim_matches(['[', ']'])).port(url.port().unwrap_or(PORT));
        }
        if self.0.urls.len() > 1 {
            // The others are standbys, which take nothing in until one of them is made the first.
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        Ok(config)
    }

    /// From the environment, or the file that is named.
    fn password(&self) -> Result<Option<String>, AddressError> {
        if let Ok(password) = std::env::var("PGPASSWORD") {
            return Ok(Some(password));
        }
        let Some(path) = &self.0.password_file else { return Ok(None) };
        let failed = |error: io::Error| AddressError::File { path: path.clone(), reason: error.to_string() };
        let lines = fs::read_to_string(path).map_err(failed)?;
        let password_for = |url: &Url| {
            let (host, port) = (url.host_str().unwrap_or_default(), url.port().unwrap_or(PORT).to_string());
            let wanted = [host, &port, url.path().trim_matches('/'), self.user()];
            lines.lines().find_map(|line| matching_password(line, &wanted))
        };
        let found = self.0.urls.iter().find_map(password_for);
        found.map(Some).ok_or_else(|| AddressError::File {
            path: path.clone(),
            reason: "it has no line for this database: host:port:database:user:password".to_owned(),
        })
    }

    fn encrypted(&self) -> Result<MakeRustlsConnect, AddressError> {
        let builder = rustls::ClientConfig::builder();
        let trusting = match &self.0.issuers {
            None => builder.with_platform_verifier().map_err(|error| AddressError::NotOne(error.to_string()))?,
            Some(path) => {
                let mut roots = rustls::RootCertStore::empty();
                for issuer in certificates(path)? {
                    roots
                        .add(issuer)
                        .map_err(|error| AddressError::File { path: path.clone(), reason: error.to_string() })?;
                }
                builder.with_root_certificates(roots)
            }
        };
        let config = match &self.0.own {
            None => trusting.with_no_client_auth(),
            Some((certificate, key)) => {
                let failed = |reason: String| AddressError::File { path: key.clone(), reason };
                let own = PrivateKeyDer::from_pem_file(key).map_err(|error| failed(error.to_string()))?;
                trusting
                    .with_client_auth_cert(certificates(certificate)?, own)
                    .map_err(|error| failed(error.to_string()))?
            }
        };
        Ok(MakeRustlsConnect::new(config))
    }
}

async fn dial(
    config: &Config,
    tls: Option<&MakeRustlsConnect>,
    told: impl FnMut(AsyncMessage) + Send + 'static,
) -> Result<Line, tokio_postgres::Error> {
    match tls {
        None => config.connect(NoTls).await.map(|(client, connection)| Line::drive(client, connection, told)),
        Some(tls) => {
            config.connect(tls.clone()).await.map(|(client, connection)| Line::drive(client, connection, told))
        }
    }
}

/// Whether the server asks for a password and was given none.
fn is_about_a_missing_password(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_none() && with_causes(error).contains("password missing")
}

fn certificates(path: &PathBuf) -> Result<Vec<CertificateDer<'static>>, AddressError> {
    let failed = |reason: String| AddressError::File { path: path.clone(), reason };
    let read = CertificateDer::pem_file_iter(path).map_err(|error| failed(error.to_string()))?;
    read.collect::<Result<_, _>>().map_err(|error| failed(error.to_string()))
}

/// The password of a line of a password file that fits: `host:port:database:user:password`, where `*` fits everything and `\`
/// stands before a colon that is part of a word.
fn matching_password(line: &str, wanted: &[&str; 4]) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = vec![String::new()];
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => fields.last_mut()?.push(signs.next()?),
            ':' if fields.len() <= wanted.len() => fields.push(String::new()),
            sign => fields.last_mut()?.push(sign),
        }
    }
    let password = fields.pop()?;
    let fits = fields.len() == wanted.len()
        && fields.iter().zip(wanted).all(|(field, wanted)| field == "*" || field == wanted);
    fits.then_some(password)
}

/// The address with each of its hosts, which have commas between them.
fn one_for_each_host(text: &str) -> Vec<String> {
    let begin = text.find("://").map_or(0, |at| at + 3);
    let end = text[begin..].find(['/', '?']).map_or(text.len(), |at| begin + at);
    let hosts = text[begin..end].rfind('@').map_or(begin, |at| begin + at + 1);
    text[hosts..end].split(',').map(|host| format!("{}{host}{}", &text[..hosts], &text[end..])).collect()
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|host| host.is_loopback())
}

fn unreachable(error: tokio_postgres::Error) -> PostgresError {
    match error.as_db_error() {
        Some(_) => error.into(),
        None => PostgresError::Unreachable(with_causes(&error)),
    }
}

/// As it is written, without its settings. It never has a password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = |url: &Url| url[Position::BeforeHost..Position::AfterPort].to_owned();
        let hosts: Vec<_> = self.0.urls.iter().map(host).collect();
        let first = &self.0.urls[0];
        write!(f, "{}{}{}", &first[..Position::BeforeHost], hosts.join(","), &first[Position::AfterPort..])
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
