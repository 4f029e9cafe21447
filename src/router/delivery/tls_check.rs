//! What is spoken at a fagsystem's port: a look that says nothing and delivers nothing.

use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use crate::rules::Endpoint;

/// How long a look takes at most: somebody waits for the answer to a message meanwhile.
const MOST: Duration = Duration::from_secs(2);

/// How long a server has to say that it does not take the caller's certificate, when the connection stands already.
const JUDGEMENT: Duration = Duration::from_millis(500);
/// Of how many addresses it is remembered that they have answered.
const MOST_REMEMBERED: usize = 1024;

/// Where a look may be taken after a call that came to nothing, and for how long at most.
#[derive(Debug, Clone, Copy)]
pub(in crate::router) enum CheckTls {
    /// After a message: where HTTP was never heard, or something else was. A fagsystem that only breaks its connections sees
    /// no more of them than there are messages.
    IfNeverAnswered(Duration),
    /// After a question by a person who wants to know.
    Always(Duration),
}

/// The addresses from which an answer has come.
#[derive(Debug, Default)]
pub(in crate::router) struct AnsweredEndpoints(Mutex<HashSet<String>>);

impl AnsweredEndpoints {
    pub fn note(&self, endpoint: &Endpoint) {
        let mut known = self.known();
        if known.len() < MOST_REMEMBERED && !known.contains(endpoint.as_str()) {
            known.insert(endpoint.as_str().to_owned());
        }
    }

    pub fn is_noted(&self, endpoint: &Endpoint) -> bool {
        self.known().contains(endpoint.as_str())
    }

    fn known(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a look at a port has shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::router) struct TlsCheck {
    /// TLS is spoken there.
    pub speaks_tls: bool,
    /// The caller is not let in for the certificate that it shows, or because it shows none.
    pub refuses_certificate: bool,
}

/// Begins TLS at that address, within so long, with that certificate if any, and hangs up. Whose certificate is shown there
/// does not matter: nothing is ever sent over such a connection.
pub(in crate::router) async fn check_tls(
    endpoint: &Endpoint,
    certificate: Option<CertifiedKey>,
    limit: Duration,
) -> TlsCheck {
    timeout(limit.min(MOST), look(endpoint, certificate)).await.ok().flatten().unwrap_or_default()
}

async fn look(endpoint: &Endpoint, certificate: Option<CertifiedKey>) -> Option<TlsCheck> {
    let url = Url::parse(endpoint.as_str()).ok()?;
    let port = url.port_or_known_default()?;
    let (connecting, name) = match url.host()? {
        Host::Domain(name) => (TcpStream::connect((name, port)).await, ServerName::try_from(name.to_owned()).ok()?),
        Host::Ipv4(ip) => (TcpStream::connect((ip, port)).await, ServerName::from(std::net::IpAddr::from(ip))),
        Host::Ipv6(ip) => (TcpStream::connect((ip, port)).await, ServerName::from(std::net::IpAddr::from(ip))),
    };
    let request = Arc::new(CertificateRequest { has_come: AtomicBool::new(false), answer: certificate.map(Arc::new) });
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AcceptAnyCertificate(ring::default_provider())))
        .with_client_cert_resolver(Arc::clone(&request) as Arc<dyn ResolvesClientCert>);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let mut end = TlsConnector::from(Arc::new(config)).connect(name, connecting.ok()?).await.map(Some);
    if let Ok(Some(stream)) = &mut end
        && request.has_come.load(Ordering::Relaxed)
    {
        // With TLS 1.3 the certificate is judged after that. Who has nothing against it waits for a call.
        let told = timeout(JUDGEMENT, stream.read(&mut [0])).await;
        end = told.map_or(Ok(None), |told| told.and_then(|count| if count == 0 { Err(ended()) } else { Ok(None) }));
    }
    let speaks_tls = match &end {
        Ok(_) => true,
        Err(error) => match error.get_ref().and_then(|error| error.downcast_ref()) {
            Some(rustls::Error::InvalidMessage(_)) => false,
            Some(_) => true,
            None => request.has_come.load(Ordering::Relaxed),
        },
    };
    Some(TlsCheck { speaks_tls, refuses_certificate: end.is_err() && request.has_come.load(Ordering::Relaxed) })
}

fn ended() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}

/// Whether the server has request for a certificate, and what it gets.
#[derive(Debug)]
struct CertificateRequest {
    has_come: AtomicBool,
    answer: Option<Arc<CertifiedKey>>,
}

impl ResolvesClientCert for CertificateRequest {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.has_come.store(true, Ordering::Relaxed);
        self.answer.clone()
    }

    fn has_certs(&self) -> bool {
        true
    }
}

/// Lets every handshake come to its end, so that it shows what is request. No connection that goes by this carries anything.
#[derive(Debug)]
struct AcceptAnyCertificate(CryptoProvider);

impl ServerCertVerifier for AcceptAnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
