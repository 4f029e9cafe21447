//! Why a call to a fagsystem failed, from the errors of its connection.

use std::error::Error;
use std::io;
use std::iter::successors;

use rustls::{AlertDescription, CertificateError};

use super::client::CallError;
use crate::reasons::Reason;
use crate::rules::short_without_cpr;

/// The most characters of a detail, which can contain the names of a certificate.
const MAX_DETAIL_CHARACTERS: usize = 300;

/// Why a fagsystem was not reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// One of the known reasons.
    pub reason: Reason,
    /// Further detail, in the words of whatever found it.
    pub detail: Option<String>,
}

impl From<Reason> for Cause {
    fn from(reason: Reason) -> Self {
        Self { reason, detail: None }
    }
}

impl Cause {
    pub(in crate::router) fn with(reason: Reason, detail: &str) -> Self {
        let detail = Some(short_without_cpr(detail, MAX_DETAIL_CHARACTERS)).filter(|detail| !detail.is_empty());
        Self { reason, detail }
    }
}

/// How a call was made.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::router) struct CallContext {
    pub is_encrypted: bool,
    pub shows_certificate: bool,
    pub is_through_proxy: bool,
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::router) enum CallFailure {
    /// The fagsystem cannot have received the message.
    NotDelivered(Cause),
    /// Some or all of the call had been sent.
    Broken {
        /// What came back is not HTTP.
        answered_otherwise: bool,
    },
}

/// Classifies an error. A connection that TLS has refused never carried a call, however late the refusal arrives: with TLS
/// 1.3 a server judges the caller's certificate when the caller may already be sending.
pub(in crate::router) fn classify(error: &CallError, context: CallContext) -> CallFailure {
    let refusal = causes(error).find_map(|cause| cause.downcast_ref()).map(|error| of_tls(error, context));
    let is_connecting = matches!(error, CallError::NoConnection(_));
    match refusal {
        Some(TlsEvidence::NotDelivered(cause)) => return CallFailure::NotDelivered(cause),
        Some(TlsEvidence::WhileConnecting(cause)) if is_connecting => return CallFailure::NotDelivered(cause),
        _ => {}
    }
    match error {
        CallError::Address(_) => CallFailure::NotDelivered(Cause::with(Reason::NoConnection, &innermost(error))),
        CallError::Late => CallFailure::NotDelivered(Reason::NotConnectedInTime.into()),
        CallError::NoConnection(_) => CallFailure::NotDelivered(of_connecting(error, context)),
        CallError::NotBegun(_) => CallFailure::NotDelivered(Reason::BrokenOff.into()),
        CallError::Broken(error) => {
            // hyper has no kind of error for a first line that is not HTTP, so its text must do.
            CallFailure::Broken { answered_otherwise: error.is_parse() && error.to_string().contains("HTTP version") }
        }
    }
}

/// The error and all its sources.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| {
        // `source` of an I/O error skips the error that it wraps.
        let made_of = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        made_of.map(|error| error as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

/// The text of the innermost error.
fn innermost(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

/// Why no connection was made, where TLS does not say.
fn of_connecting(error: &(dyn Error + 'static), context: CallContext) -> Cause {
    let said = |words: &str| causes(error).any(|cause| cause.to_string().contains(words));
    let of_proxy = |reason: Reason| if context.is_through_proxy { Reason::ProxyUnreachable } else { reason };
    let is = |kind| causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|it| it.kind() == kind);
    if is(io::ErrorKind::TimedOut) {
        return Reason::NotConnectedInTime.into();
    }
    if said("dns error") {
        return of_proxy(Reason::NoSuchName).into();
    }
    if is(io::ErrorKind::ConnectionRefused) {
        return of_proxy(Reason::ConnectionRefused).into();
    }
    // There is no type by which to recognise that a proxy refuses.
    if said("tunnel error") && !said("underlying connection") {
        return Cause::with(Reason::ProxyRefused, &innermost(error));
    }
    let was_hung_up = [io::ErrorKind::UnexpectedEof, io::ErrorKind::ConnectionReset, io::ErrorKind::BrokenPipe];
    if context.is_encrypted && was_hung_up.into_iter().any(is) {
        return Cause::with(Reason::TlsFailed, &innermost(error));
    }
    Cause::with(of_proxy(Reason::NoConnection), &innermost(error))
}

/// What a TLS error proves.
enum TlsEvidence {
    /// Whenever it arrives, no message was received.
    NotDelivered(Cause),
    /// No message was received if it arrives while connecting.
    WhileConnecting(Cause),
}

fn of_tls(error: &rustls::Error, context: CallContext) -> TlsEvidence {
    match error {
        rustls::Error::InvalidCertificate(error) => TlsEvidence::NotDelivered(of_certificate(error)),
        rustls::Error::AlertReceived(alert) => match of_alert(*alert, context.shows_certificate) {
            Some(reason) => TlsEvidence::NotDelivered(Cause::with(reason, &error.to_string())),
            None => TlsEvidence::WhileConnecting(Cause::with(Reason::TlsFailed, &error.to_string())),
        },
        rustls::Error::InvalidMessage(_) => TlsEvidence::WhileConnecting(Reason::NotTls.into()),
        error => TlsEvidence::WhileConnecting(Cause::with(Reason::TlsFailed, &error.to_string())),
    }
}

/// What a server's alert says of the caller's certificate. After such an alert the server has not accepted the connection.
fn of_alert(alert: AlertDescription, shows_certificate: bool) -> Option<Reason> {
    use AlertDescription as Alert;
    let refused = if shows_certificate { Reason::ClientCertificateRefused } else { Reason::ClientCertificateWanted };
    match alert {
        Alert::CertificateRequired | Alert::NoCertificate => Some(Reason::ClientCertificateWanted),
        Alert::CertificateExpired if shows_certificate => Some(Reason::ClientCertificateExpired),
        Alert::BadCertificate
        | Alert::UnsupportedCertificate
        | Alert::CertificateRevoked
        | Alert::CertificateExpired
        | Alert::CertificateUnknown
        | Alert::UnknownCA
        | Alert::AccessDenied => Some(refused),
        _ => None,
    }
}

fn of_certificate(error: &CertificateError) -> Cause {
    match error {
        CertificateError::UnknownIssuer => Reason::IssuerUnknown.into(),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Reason::CertificateExpired.into(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Reason::CertificateNotYetValid.into()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Reason::CertificateOfOther.into()
        }
        error => Cause::with(Reason::CertificateInvalid, &error.to_string()),
    }
}
