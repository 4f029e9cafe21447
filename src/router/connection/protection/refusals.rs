//! Why a caller is refused, each reason with its code, its words and what to do about it.

use std::io;

use axum::http::HeaderValue;
use rustls::{AlertDescription, CertificateError};

use super::first_bytes::FirstBytes;
use crate::store::Outcome;

/// Why a caller may not deliver here.
///
/// Log, journal and metrics all use its [code](Refusal::code). The caller gets its [words](Refusal::words): what kind of
/// thing is missing, and nothing of what would be accepted instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// A web page called, through a browser.
    WebPage,
    /// Client certificates are required, and none was shown.
    NoCertificate,
    /// The client certificate has expired.
    CertificateExpired,
    /// The client certificate is not valid yet.
    CertificateNotYetValid,
    /// The client certificate was issued by none of the trusted issuers.
    UnknownIssuer,
    /// The client certificate cannot be used for another reason: its purpose, its signature, its encoding.
    CertificateUnfit,
    /// The client certificate belongs to an organisation that may not deliver.
    OtherCvr,
    /// The client certificate belongs to a person or an employee.
    PersonsCertificate,
    /// The client certificate does not clearly say which organisation it belongs to.
    NoCvr,
    /// A key is required, and none was shown.
    NoKey,
    /// The key is not a valid one.
    WrongKey,
    /// A key is required, and none is valid any more.
    NoKeyLeft,
    /// The call names no host, or more than one.
    Host,
    /// The call names a host other than this machine.
    ForeignHost,
    /// The body has an unsupported transfer coding.
    Coding,
    /// The caller speaks HTTP without TLS to a router with TLS.
    PlainHttp,
    /// The caller speaks TLS to a router without TLS.
    TlsAtPlainPort,
    /// What came is neither TLS nor HTTP.
    NotTls,
    /// Caller and router have no version of TLS, or no cipher suite, in common.
    TlsIncompatible,
    /// The caller does not trust the router's certificate.
    RouterDistrusted,
    /// The caller hung up during the TLS handshake.
    TlsBrokenOff,
    /// TLS failed for another reason.
    TlsFailed,
    /// What came is not an HTTP request.
    NotHttp,
    /// The head of the request is too long.
    LongHead,
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Self; 24] = [
        Self::WebPage,
        Self::NoCertificate,
        Self::CertificateExpired,
        Self::CertificateNotYetValid,
        Self::UnknownIssuer,
        Self::CertificateUnfit,
        Self::OtherCvr,
        Self::PersonsCertificate,
        Self::NoCvr,
        Self::NoKey,
        Self::WrongKey,
        Self::NoKeyLeft,
        Self::Host,
        Self::ForeignHost,
        Self::Coding,
        Self::PlainHttp,
        Self::TlsAtPlainPort,
        Self::NotTls,
        Self::TlsIncompatible,
        Self::RouterDistrusted,
        Self::TlsBrokenOff,
        Self::TlsFailed,
        Self::NotHttp,
        Self::LongHead,
    ];

    /// Its name in log, journal and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WebPage => "web_page",
            Self::NoCertificate => "no_certificate",
            Self::CertificateExpired => "certificate_expired",
            Self::CertificateNotYetValid => "certificate_not_yet_valid",
            Self::UnknownIssuer => "unknown_issuer",
            Self::CertificateUnfit => "certificate_unfit",
            Self::OtherCvr => "other_cvr",
            Self::PersonsCertificate => "persons_certificate",
            Self::NoCvr => "no_cvr",
            Self::NoKey => "no_key",
            Self::WrongKey => "wrong_key",
            Self::NoKeyLeft => "no_key_left",
            Self::Host => "host",
            Self::ForeignHost => "foreign_host",
            Self::Coding => "coding",
            Self::PlainHttp => "plain_http",
            Self::TlsAtPlainPort => "tls_at_plain_port",
            Self::NotTls => "not_tls",
            Self::TlsIncompatible => "tls_incompatible",
            Self::RouterDistrusted => "router_distrusted",
            Self::TlsBrokenOff => "tls_broken_off",
            Self::TlsFailed => "tls_failed",
            Self::NotHttp => "not_http",
            Self::LongHead => "long_head",
        }
    }

    /// The reason with that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }

    /// The answer to the caller, where one can be sent.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::WebPage => "web pages may not deliver messages here",
            Self::NoCertificate => {
                "messages are accepted only from callers with a client certificate, and none was shown"
            }
            Self::CertificateExpired => "the client certificate has expired",
            Self::CertificateNotYetValid => "the client certificate is not valid yet",
            Self::UnknownIssuer => "the client certificate was issued by someone who is not trusted here",
            Self::CertificateUnfit => "the client certificate cannot be used as one",
            Self::OtherCvr => "the client certificate belongs to nobody who may deliver here",
            Self::PersonsCertificate => {
                "the client certificate belongs to a person or an employee; an organisation's or a function's is needed"
            }
            Self::NoCvr => "the client certificate does not say clearly which organisation it belongs to",
            Self::NoKey => {
                "messages are accepted only with an API key (Authorization: Bearer, or X-Api-Key), and none was given"
            }
            Self::WrongKey => "the API key is not one of those accepted here",
            Self::NoKeyLeft => "messages are accepted only with an API key, and at the moment there is no valid one",
            Self::Host => "a call must name its host (Host) exactly once, and this one does not",
            Self::ForeignHost => {
                "this router listens on its own machine only and answers to localhost, 127.0.0.1 and [::1], not to other \
                 hosts"
            }
            Self::Coding => {
                "a body must come as it is or in chunks (Transfer-Encoding: chunked), and not be encoded in any other way"
            }
            Self::PlainHttp => "the caller used HTTP without TLS, and this router requires TLS",
            Self::TlsAtPlainPort => "the caller used TLS, and this router has none",
            Self::NotTls => "what the caller sent is not TLS",
            Self::TlsIncompatible => "caller and router have no TLS version, or no cipher, in common",
            Self::RouterDistrusted => "the caller did not trust the router's certificate",
            Self::TlsBrokenOff => "the caller broke off while TLS was being set up",
            Self::TlsFailed => "TLS could not be set up",
            Self::NotHttp => "what the caller sent is not an HTTP request",
            Self::LongHead => "the head of the request is too long",
        }
    }

    /// What whoever runs the router can do about it, or have the caller do.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::WebPage => "nothing: a web page in a browser on this machine made the call; deliver with a program",
            Self::NoCertificate => "let the caller show its client certificate in the TLS handshake",
            Self::CertificateExpired => "let the caller get a new certificate and use that",
            Self::CertificateNotYetValid => "let the caller wait, or correct whichever clock is wrong",
            Self::UnknownIssuer => "add the issuer to --client-issuers if its certificates are to count",
            Self::CertificateUnfit => {
                "let the caller use a certificate for client authentication, with its whole chain"
            }
            Self::OtherCvr => "name the organisation with --client-cvr if it may deliver",
            Self::PersonsCertificate | Self::NoCvr => {
                "let the caller use an organisation or function certificate (OCES3: organizationIdentifier NTRDK-…)"
            }
            Self::NoKey => "let the caller send its key as Authorization: Bearer, or X-Api-Key",
            Self::WrongKey => "see 'postfordeler api-key --list'; make the caller a key with --add",
            Self::NoKeyLeft => "make a key with 'postfordeler api-key --add'",
            Self::Host => "let the caller send one Host header",
            Self::ForeignHost => {
                "let the caller, or the proxy between, send a Host that means this machine, such as 127.0.0.1"
            }
            Self::Coding => "let the caller send the body as it is, or in chunks",
            Self::PlainHttp => "let the caller use https:// in its address",
            Self::TlsAtPlainPort => "let the caller use http:// in its address, or give the router a certificate",
            Self::NotTls | Self::NotHttp => "nothing, unless you know the caller: then look at its address and port",
            Self::TlsIncompatible => "let the caller use TLS 1.2 or 1.3, with ECDHE and AES-GCM or ChaCha20",
            Self::RouterDistrusted => {
                "let the caller trust the issuer of the router's certificate, and call the router by a name in that certificate"
            }
            Self::TlsBrokenOff | Self::TlsFailed => "look at what the caller's own log says about TLS",
            Self::LongHead => "let the caller send fewer or shorter headers",
        }
    }

    /// The outcome of the call.
    pub(in crate::router) fn outcome(self) -> Outcome {
        match self {
            Self::Host | Self::Coding => Outcome::Invalid,
            _ => Outcome::NotAllowed,
        }
    }

    /// The challenge for a caller that has shown nothing.
    pub(in crate::router) fn challenge(self) -> Option<HeaderValue> {
        match self {
            Self::NoCertificate => Some(HeaderValue::from_static("Certificate realm=\"postfordeler\"")),
            Self::NoKey => Some(HeaderValue::from_static("Bearer realm=\"postfordeler\"")),
            _ => None,
        }
    }

    /// Why TLS could not be set up, and further detail; `None` when the caller only connected and hung up again, as port
    /// checks do.
    pub(in crate::router) fn of_tls(error: &io::Error, first_bytes: &FirstBytes) -> Option<(Self, Option<String>)> {
        let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) else {
            return (!first_bytes.is_empty()).then(|| match error.kind() {
                io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
                    (Self::TlsBrokenOff, None)
                }
                _ => (Self::TlsFailed, Some(error.to_string())),
            });
        };
        Some(match tls {
            rustls::Error::InvalidCertificate(error) => (Self::of_certificate(error), None),
            rustls::Error::AlertReceived(alert) => (Self::of_alert(*alert), Some(format!("alert {alert:?}"))),
            rustls::Error::InvalidMessage(_) if first_bytes.is_http() => (Self::PlainHttp, None),
            rustls::Error::InvalidMessage(_) if !first_bytes.is_tls() => (Self::NotTls, None),
            rustls::Error::PeerIncompatible(why) => (Self::TlsIncompatible, Some(format!("{why:?}"))),
            rustls::Error::NoApplicationProtocol => (Self::TlsIncompatible, Some(tls.to_string())),
            other => (Self::TlsFailed, Some(other.to_string())),
        })
    }

    fn of_certificate(error: &CertificateError) -> Self {
        match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::CertificateExpired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::CertificateNotYetValid,
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            _ => Self::CertificateUnfit,
        }
    }

    fn of_alert(alert: AlertDescription) -> Self {
        use AlertDescription as Alert;
        match alert {
            Alert::UnknownCA
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnrecognisedName
            | Alert::BadCertificateStatusResponse => Self::RouterDistrusted,
            Alert::HandshakeFailure | Alert::ProtocolVersion | Alert::InsufficientSecurity => Self::TlsIncompatible,
            Alert::CloseNotify | Alert::UserCanceled => Self::TlsBrokenOff,
            _ => Self::TlsFailed,
        }
    }

    /// Why the bytes of a connection are not HTTP; `None` when the connection only broke.
    pub(in crate::router) fn of_http(error: &hyper::Error, first_bytes: &FirstBytes, has_tls: bool) -> Option<Self> {
        match error {
            error if error.is_parse_too_large() => Some(Self::LongHead),
            error if error.is_parse() && !has_tls && first_bytes.is_tls() => Some(Self::TlsAtPlainPort),
            error if error.is_parse() => Some(Self::NotHttp),
            _ => None,
        }
    }
}
