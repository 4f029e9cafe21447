//! Finds out what protocol a fagsystem's port speaks, without sending anything.

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
use url::Host;

use crate::rules::Endpoint;

/// The most time for a check, because a caller waits for its answer meanwhile.
const CHECK_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a server has to refuse the caller's certificate once the connection is made.
const REFUSAL_WAIT: Duration = Duration::from_millis(500);
/// The most addresses that are remembered as having answered.
const MAX_REMEMBERED: usize = 1024;

/// When a port is checked after a failed call, and for how long at most.
#[derive(Debug, Clone, Copy)]
pub(in crate::router) enum CheckTls {
    /// After a message: where HTTP has never answered, or something else has. A fagsystem that just breaks connections gets
    /// no more checks than messages.
    IfNeverAnswered(Duration),
    /// After a request that a person made to test the endpoint.
    Always(Duration),
}

/// The addresses that have ever answered.
#[derive(Debug, Default)]
pub(in crate::router) struct AnsweredEndpoints(Mutex<HashSet<String>>);

impl AnsweredEndpoints {
    pub fn note(&self, endpoint: &Endpoint) {
        let mut known = self.known();
        if known.len() < MAX_REMEMBERED && !known.contains(endpoint.as_str()) {
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

/// What a check of a port showed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::router) struct TlsCheck {
    /// The port speaks TLS.
    pub speaks_tls: bool,
    /// The server refuses the certificate that is shown, or demands one where none is.
    pub refuses_certificate: bool,
}

/// Begins a TLS handshake at that address, with that certificate if any, and hangs up. The server's own certificate does not
/// matter, because nothing is ever sent over such a connection.
pub(in crate::router) async fn check_tls(
    endpoint: &Endpoint,
    certificate: Option<CertifiedKey>,
    limit: Duration,
) -> TlsCheck {
    timeout(limit.min(CHECK_TIMEOUT), look(endpoint, certificate)).await.ok().flatten().unwrap_or_default()
}

async fn look(endpoint: &Endpoint, certificate: Option<CertifiedKey>) -> Option<TlsCheck> {
    let url = endpoint.url();
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
        // With TLS 1.3 the certificate is judged only now. A server that accepts it waits for a request.
        let told = timeout(REFUSAL_WAIT, stream.read(&mut [0])).await;
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

/// Whether the server has requested a certificate, and the answer to that.
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

/// Accepts every server, so that the handshake shows what is requested. Such a connection never carries anything.
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
