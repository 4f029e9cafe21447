use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use arc_swap::ArcSwap;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::time_provider::TimeProvider;
use rustls::{DigitallySignedStruct, DistinguishedName, RootCertStore, ServerConfig, SignatureScheme, version};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::caller::ClientCertificate;
use super::certificate::{OwnCertificate, RouterCertificate, read_certificates};
use super::fault::ProtectionError;

tokio::task_local! {
    /// Receives a rejected client certificate during a TLS handshake: the error does not contain it, and the connection is
    /// gone by then.
    static SHOWN: Arc<OnceLock<Arc<ClientCertificate>>>;
}

/// TLS for callers. Each new connection uses what is in force when it comes; existing ones go on unchanged.
#[derive(Debug)]
pub(in crate::router) struct Tls {
    in_force: ArcSwap<TlsInForce>,
    /// Held while something new is put in force.
    changing: Mutex<()>,
}

#[derive(Debug)]
struct TlsInForce {
    config: Arc<ServerConfig>,
    own: Arc<CertifiedKey>,
    certificate: RouterCertificate,
    callers: Option<Callers>,
}

/// Which client certificates are accepted.
#[derive(Debug, Clone)]
struct Callers {
    verifier: Arc<dyn ClientCertVerifier>,
    issuers: Arc<[CertificateDer<'static>]>,
}

/// A caller with whom TLS could not be set up.
pub(in crate::router) struct NotAccepted<S> {
    pub error: io::Error,
    pub stream: S,
    /// The client certificate that was rejected.
    pub shown: Option<Arc<ClientCertificate>>,
}

impl Tls {
    /// Shows that certificate, and accepts client certificates of those issuers, if any.
    pub(super) fn new(own: OwnCertificate, issuers: Option<&Path>) -> Result<Self, ProtectionError> {
        let certificate = own.public()?;
        let callers = issuers.map(Callers::of).transpose()?;
        let in_force = TlsInForce::new(Arc::new(certified(own)?), certificate, callers)?;
        Ok(Self { in_force: ArcSwap::from_pointee(in_force), changing: Mutex::default() })
    }

    /// What is public of the certificate that is shown.
    pub fn certificate(&self) -> RouterCertificate {
        self.in_force.load().certificate.clone()
    }

    /// The issuers whose client certificates are accepted.
    pub fn issuers(&self) -> Arc<[CertificateDer<'static>]> {
        self.in_force.load().callers.as_ref().map(|callers| Arc::clone(&callers.issuers)).unwrap_or_default()
    }

    /// Shows that certificate from the next connection on.
    pub(super) fn show(&self, own: OwnCertificate) -> Result<(), ProtectionError> {
        let certificate = own.public()?;
        let own = Arc::new(certified(own)?);
        let _turn = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let callers = self.in_force.load().callers.clone();
        self.in_force.store(Arc::new(TlsInForce::new(own, certificate, callers)?));
        Ok(())
    }

    /// Accepts client certificates of those issuers from the next connection on.
    pub fn trust_issuers(&self, issuers: &Path) -> Result<(), ProtectionError> {
        let callers = Callers::of(issuers)?;
        let _turn = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.in_force.load_full();
        let (own, certificate) = (Arc::clone(&now.own), now.certificate.clone());
        self.in_force.store(Arc::new(TlsInForce::new(own, certificate, Some(callers))?));
        Ok(())
    }

    /// Sets up TLS with a caller.
    pub async fn accept<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S) -> Result<TlsStream<S>, NotAccepted<S>> {
        let acceptor = TlsAcceptor::from(Arc::clone(&self.in_force.load().config));
        let shown = Arc::<OnceLock<_>>::default();
        let accepted = SHOWN.scope(Arc::clone(&shown), acceptor.accept(stream).into_fallible()).await;
        accepted.map_err(|(error, stream)| NotAccepted { error, stream, shown: shown.get().cloned() })
    }
}

impl TlsInForce {
    /// Callers without a certificate are let in as well: they get a proper refusal, and health checks need none.
    fn new(
        own: Arc<CertifiedKey>,
        certificate: RouterCertificate,
        callers: Option<Callers>,
    ) -> Result<Self, ProtectionError> {
        let refused = |error: rustls::Error| ProtectionError::Tls(error.to_string());
        let builder =
            ServerConfig::builder_with_details(Arc::new(ring::default_provider()), Arc::new(NoTimeBefore1970))
                .with_protocol_versions(&[&version::TLS13, &version::TLS12])
                .map_err(refused)?;
        let builder = match &callers {
            None => builder.with_no_client_auth(),
            Some(callers) => builder.with_client_cert_verifier(Arc::clone(&callers.verifier)),
        };
        // Sessions are only resumed under the same configuration, so that nobody is let in by issuers that are no longer
        // trusted.
        let mut config = builder.with_cert_resolver(Arc::new(SingleCertAndKey::from(Arc::clone(&own))));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), own, certificate, callers })
    }
}

impl Callers {
    fn of(file: &Path) -> Result<Self, ProtectionError> {
        let issuers = read_certificates(file)?;
        let mut roots = RootCertStore::empty();
        for certificate in &issuers {
            let unusable = |_| ProtectionError::NoCertificate(file.to_owned());
            roots.add(certificate.clone()).map_err(unusable)?;
        }
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        let refused = |error: VerifierBuilderError| ProtectionError::Tls(error.to_string());
        let verifier = verifier.allow_unauthenticated().build().map_err(refused)?;
        Ok(Self { verifier: Arc::new(RecordingVerifier(verifier)), issuers: issuers.into() })
    }
}

fn certified(own: OwnCertificate) -> Result<CertifiedKey, ProtectionError> {
    let OwnCertificate { chain, key, source } = own;
    CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => ProtectionError::KeyDoesNotFit(source),
        other => ProtectionError::Tls(other.to_string()),
    })
}

/// Verifies as the verifier within, and remembers what that rejected.
#[derive(Debug)]
struct RecordingVerifier(Arc<dyn ClientCertVerifier>);

impl ClientCertVerifier for RecordingVerifier {
    fn offer_client_auth(&self) -> bool {
        self.0.offer_client_auth()
    }

    fn client_auth_mandatory(&self) -> bool {
        self.0.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.0.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        let verified = self.0.verify_client_cert(end_entity, intermediates, now);
        if verified.is_err() {
            let remember = |shown: &Arc<OnceLock<_>>| shown.set(Arc::new(ClientCertificate::read(end_entity)));
            let _ = SHOWN.try_with(remember);
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// The time that certificates are checked against. The default panics when the machine's clock shows a time before 1970.
#[derive(Debug)]
struct NoTimeBefore1970;

impl TimeProvider for NoTimeBefore1970 {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default()))
    }
}
