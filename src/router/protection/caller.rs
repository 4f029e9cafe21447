use rustls::pki_types::CertificateDer;
use x509_parser::parse_x509_certificate;
use x509_parser::x509::X509Name;

use crate::rules::Cvr;

/// The organisation's identifier in the subject of an OCES3 certificate: `NTRDK-12345678`.
const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";
/// The serial number in the subject of an OCES2 certificate: `CVR:12345678-FID:…` of a function, `-UID:…` of a company.
const SERIAL_NUMBER: &str = "2.5.4.5";

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::router) struct Caller {
    /// The client certificate that it has shown, whose issuer has been checked.
    pub certificate: Option<ClientCertificate>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::router) struct ClientCertificate {
    /// Whose it is; `None` when it does not say.
    pub cvr: Option<Cvr>,
}

impl Caller {
    /// By the certificates that were shown, the caller's own first.
    pub fn of(shown: Option<&[CertificateDer<'_>]>) -> Self {
        let certificate = shown.and_then(<[_]>::first).map(|der| {
            let cvr = parse_x509_certificate(der).ok().and_then(|(_, parsed)| cvr_of(parsed.subject()));
            ClientCertificate { cvr }
        });
        Self { certificate }
    }
}

fn cvr_of(subject: &X509Name<'_>) -> Option<Cvr> {
    subject.iter_attributes().find_map(|attribute| {
        let text = attribute.as_str().ok()?;
        match attribute.attr_type().to_id_string().as_str() {
            ORGANIZATION_IDENTIFIER => text.strip_prefix("NTRDK-")?.parse().ok(),
            SERIAL_NUMBER => {
                let (cvr, kind) = text.strip_prefix("CVR:")?.split_once('-')?;
                (kind.starts_with("FID:") || kind.starts_with("UID:")).then(|| cvr.parse().ok())?
            }
            _ => None,
        }
    })
}
