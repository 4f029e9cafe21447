//! What the log says of callers that may not deliver: why, from where, and what they have shown. Never a key, nor the name of
//! a person.

use std::time::Duration;

use uuid::Uuid;

use crate::router::connection::protection::CallerRefusal;

/// Logs a refused call, which was answered with that transmission id after that time; or, where there is no answer, a refused
/// connection.
pub(in crate::router) fn caller_refused(refused: &CallerRefusal, answered: Option<(Uuid, Duration)>) {
    let CallerRefusal { refusal, from, certificate, detail } = refused;
    let certificate = certificate.as_deref();
    // `tracing` fixes the message of an event at compile time, hence the macro.
    macro_rules! tell {
        ($what:literal) => {
            tracing::warn!(
                outcome = refusal.outcome().code(),
                reason = refusal.code(),
                why = refusal.words(),
                from = %from,
                detail = detail.as_deref(),
                cvr = certificate.and_then(|it| it.cvr()).map(tracing::field::display),
                organization = certificate.and_then(|it| it.organization.as_deref()),
                subject_serial = certificate.and_then(|it| it.subject_serial.as_deref()),
                certificate_serial = certificate.map(|it| it.serial.as_str()),
                issuer = certificate.and_then(|it| it.issuer.as_deref()),
                valid_from = certificate.map(|it| tracing::field::display(it.not_before)),
                valid_until = certificate.map(|it| tracing::field::display(it.not_after)),
                milliseconds = answered.map(|(_, took)| u64::try_from(took.as_millis()).unwrap_or(u64::MAX)),
                transmission_id = answered.map(|(transmission, _)| tracing::field::display(transmission)),
                remedy = refusal.remedy(),
                $what
            )
        };
    }
    if answered.is_some() { tell!("message") } else { tell!("connection refused") }
}
