//! The settings, as numbers and choices: no address, path, name, key or hash of one.

use serde_json::{Value, json};

use crate::store::{ApiKeys, CertificateChoice, Guard, RouterSettings, WindowSettings};

pub(super) fn of_router(settings: &RouterSettings) -> Value {
    let certificate = match settings.protection.certificate {
        CertificateChoice::None => "none",
        CertificateChoice::SelfSigned => "self_signed",
        CertificateChoice::Pem { .. } => "pem",
        CertificateChoice::Pkcs12 { .. } => "pkcs12",
    };
    json!({
        "listens_on_loopback": settings.listen.ip().is_loopback(),
        "port": settings.listen.port(),
        "certificate": certificate,
        "demands_client_certificates": settings.protection.client_issuers.is_some(),
        "client_organisations": settings.protection.client_cvrs.len(),
        "api_keys": settings.api_key.as_ref().map(ApiKeys::len),
        "connect_timeout_ms": settings.connect_timeout_ms,
        "answer_timeout_ms": settings.answer_timeout_ms,
        "has_trusted_issuers": settings.trusted_issuers.is_some(),
        "has_proxy": settings.proxy.is_some(),
        "secrets": if settings.secrets.is_some() { "file" } else { "keyring" },
        "most_under_way": settings.most_under_way,
        "most_per_fagsystem": settings.most_per_fagsystem,
        "retention_days": settings.retention_days,
        "damaged": settings.damaged.iter().map(Guard::key).collect::<Vec<_>>(),
    })
}

pub(super) fn of_windows(settings: WindowSettings) -> Value {
    json!({
        "router_runs": settings.router_runs,
        "has_practice_fagsystems": settings.practice.is_some(),
        "shadow_runs": settings.shadow.is_some(),
    })
}
