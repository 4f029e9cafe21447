use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use x509_parser::parse_x509_certificate;

/// From when until when a certificate counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateValidity {
    /// From then on.
    pub from: Timestamp,
    /// Until then.
    pub until: Timestamp,
}

impl CertificateValidity {
    /// As the certificate says; `None` when it cannot be read.
    #[must_use]
    pub fn of(certificate: &CertificateDer<'_>) -> Option<Self> {
        let (_, parsed) = parse_x509_certificate(certificate).ok()?;
        let moment = |time: x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp()).ok();
        Some(Self { from: moment(parsed.validity().not_before)?, until: moment(parsed.validity().not_after)? })
    }

    /// When all of them count; `None` when one of them cannot be read, or there is none.
    pub fn of_all(validities: impl IntoIterator<Item = Option<Self>>) -> Option<Self> {
        let narrower =
            |one: Self, other: Self| Self { from: one.from.max(other.from), until: one.until.min(other.until) };
        let all = validities.into_iter().collect::<Option<Vec<_>>>()?;
        all.into_iter().reduce(narrower)
    }
}

/// What may be shown of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Whose it is, as it says.
    pub subject: String,
    /// Who issued it, as it says.
    pub issuer: String,
    /// When it counts.
    pub validity: CertificateValidity,
}

impl CertificateFacts {
    /// As the certificate says; `None` when it cannot be read.
    #[must_use]
    pub fn of(certificate: &CertificateDer<'_>) -> Option<Self> {
        let validity = CertificateValidity::of(certificate)?;
        let (_, parsed) = parse_x509_certificate(certificate).ok()?;
        Some(Self { subject: parsed.subject().to_string(), issuer: parsed.issuer().to_string(), validity })
    }
}
