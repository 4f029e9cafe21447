//! A fagsystem behind TLS, and whoever issues certificates for the tests.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};

/// Whoever issues certificates.
pub struct Issuer(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key.
pub struct Issued {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Issuer {
    pub fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate for those names or addresses.
    pub fn issue(&self, names: &[&str]) -> Issued {
        self.issue_from(names, 1975, 4096)
    }

    /// One that is valid from the beginning of one year to that of another.
    pub fn issue_from(&self, names: &[&str], from: i32, until: i32) -> Issued {
        self.issue_between(names, (from, 1, 1), (until, 1, 1))
    }

    /// One that is valid for that many days from now.
    pub fn issue_for_days(&self, names: &[&str], days: i32) -> Issued {
        let until = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * i64::from(days));
        let until = postfordeler::clock::day_of(until);
        let (month, day) = (until.month().unsigned_abs(), until.day().unsigned_abs());
        self.issue_between(names, (1975, 1, 1), (until.year().into(), month, day))
    }

    fn issue_between(&self, names: &[&str], from: (i32, u8, u8), until: (i32, u8, u8)) -> Issued {
        let [from, until] = [from, until].map(|(year, month, day)| date_time_ymd(year, month, day));
        let names = names.iter().map(|name| name.replace(' ', "-")).collect::<Vec<_>>();
        let mut parameters = CertificateParams::new(names.clone()).unwrap();
        parameters.distinguished_name.push(DnType::CommonName, names[0].as_str());
        (parameters.not_before, parameters.not_after) = (from, until);
        let key = KeyPair::generate().unwrap();
        Issued { certificate: parameters.signed_by(&key, &self.0).unwrap(), key }
    }

    pub fn write_pem(&self, path: &Path) {
        std::fs::write(path, self.0.pem()).unwrap();
    }

    fn roots(&self) -> Arc<RootCertStore> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        Arc::new(roots)
    }
}

impl Issued {
    pub fn certificate_pem(&self) -> String {
        self.certificate.pem()
    }

    pub fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    pub fn der(&self) -> Vec<u8> {
        self.certificate.der().to_vec()
    }

    /// Certificate and key in PKCS#12.
    pub fn pkcs12(&self, password: &str) -> Vec<u8> {
        let certificate = p12_keystore::Certificate::from_der(&self.der()).unwrap();
        let key = p12_keystore::PrivateKey::from_der(&self.key.serialize_der()).unwrap();
        let chain = p12_keystore::PrivateKeyChain::new("router", key, [certificate]);
        let mut store = p12_keystore::KeyStore::new();
        store.add_entry("router", p12_keystore::KeyStoreEntry::PrivateKeyChain(chain));
        store.writer(password).write().unwrap()
    }

    /// Certificate and key in one file, as they are stored.
    pub fn write_pem(&self, path: &Path) {
        std::fs::write(path, format!("{}{}", self.certificate_pem(), self.key_pem())).unwrap();
    }
}

/// What a fagsystem behind TLS saw of a request.
#[derive(Debug, Clone)]
pub struct Seen {
    pub head: String,
    /// The caller's certificate, when it showed one.
    pub certificate: Option<Vec<u8>>,
}

/// Accepts every message over TLS.
pub struct SecureFagsystem {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl SecureFagsystem {
    /// One with that certificate, which lets in whoever shows a certificate of that issuer, or anybody.
    pub fn start(own: &Issued, lets_in: Option<&Issuer>) -> Self {
        Self::speaking(rustls::ALL_VERSIONS, own, lets_in)
    }

    /// The same, which speaks those versions of TLS.
    pub fn speaking(versions: &[&'static SupportedProtocolVersion], own: &Issued, lets_in: Option<&Issuer>) -> Self {
        Self::set_up(versions, own, lets_in, "200 OK")
    }

    /// One that lets anybody in, and answers so.
    pub fn answering(own: &Issued, status: &'static str) -> Self {
        Self::set_up(rustls::ALL_VERSIONS, own, None, status)
    }

    fn set_up(
        versions: &[&'static SupportedProtocolVersion],
        own: &Issued,
        lets_in: Option<&Issuer>,
        status: &'static str,
    ) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_protocol_versions(versions);
        let builder = builder.unwrap();
        let builder = match lets_in {
            None => builder.with_no_client_auth(),
            Some(issuer) => {
                let verifier = WebPkiClientVerifier::builder_with_provider(issuer.roots(), provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let key = PrivateKeyDer::try_from(own.key.serialize_der()).unwrap();
        let configuration = builder.with_single_cert(vec![CertificateDer::from(own.der())], key).unwrap();
        let configuration = Arc::new(configuration);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (configuration, log) = (Arc::clone(&configuration), Arc::clone(&log));
                thread::spawn(move || receive(stream, configuration, &log, status));
            }
        });
        Self { address, seen }
    }

    pub fn endpoint(&self) -> String {
        format!("https://{}/postmodtag", self.address)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

/// Takes one request, and says yes. A caller that does not like it has gone before.
fn receive(stream: TcpStream, configuration: Arc<ServerConfig>, log: &Mutex<Vec<Seen>>, status: &str) {
    let connection = ServerConnection::new(configuration).unwrap();
    let mut stream = StreamOwned::new(connection, stream);
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    let is_whole = |bytes: &[u8]| {
        bytes.windows(10).any(|it| it == b":Message>\n")
            || bytes.ends_with(b":Message>")
            || bytes.ends_with(b"0\r\n\r\n")
    };
    while !is_whole(&bytes) {
        match stream.read(&mut piece) {
            Ok(count @ 1..) => bytes.extend_from_slice(&piece[..count]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    let certificate = stream.conn.peer_certificates().map(|chain| chain[0].to_vec());
    log.lock().unwrap().push(Seen { head, certificate });
    let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let _ = stream.flush();
    stream.conn.send_close_notify();
    let _ = stream.flush();
}
