use rustls::pki_types::CertificateDer;
use x509_parser::parse_x509_certificate;
use x509_parser::x509::X509Name;

use crate::rules::Cvr;

/// The organisation's identifier in the subject of an OCES3 certificate, whoever in the organisation it is for:
/// `NTRDK-12345678`.
const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";
/// The serial number in the subject. It says what the certificate is for:
///
/// | | OCES2 | OCES3 |
/// | --- | --- | --- |
/// | organisation or system | `CVR:12345678-UID:…` | `UI:DK-O:G:<uuid>` |
/// | function | `CVR:12345678-FID:…` | as an organisation |
/// | employee | `CVR:12345678-RID:…` | `UI:DK-E:G:<uuid>` |
/// | private person | `PID:…` | `UI:DK-P:G:<uuid>` |
const SERIAL_NUMBER: &str = "2.5.4.5";
/// Surname, given name and pseudonym: only the certificate of a person has one (ETSI EN 319 412-2, 4.2.4).
const OF_PERSONS: [&str; 3] = ["2.5.4.4", "2.5.4.42", "2.5.4.65"];

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::router) struct Caller {
    /// The client certificate that it has shown, whose issuer has been checked.
    pub certificate: Option<ClientCertificate>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::router) struct ClientCertificate {
    /// The organisation that it speaks for; `None` for a person's certificate, also an employee's, and for one that
    /// does not say clearly whose it is.
    pub cvr: Option<Cvr>,
}

impl Caller {
    /// By the certificates that were shown, the caller's own first.
    pub fn of(shown: Option<&[CertificateDer<'_>]>) -> Self {
        let certificate = shown.and_then(<[_]>::first).map(|der| {
            let cvr = parse_x509_certificate(der).ok().and_then(|(_, parsed)| organisation(parsed.subject()));
            ClientCertificate { cvr }
        });
        Self { certificate }
    }
}

/// The organisation that a certificate with that subject speaks for. What is unknown, said twice or contradicts itself
/// speaks for nobody.
fn organisation(subject: &X509Name<'_>) -> Option<Cvr> {
    let (mut identifier, mut serial_number) = (None, None);
    for attribute in subject.iter_attributes() {
        let place = match attribute.attr_type().to_id_string().as_str() {
            ORGANIZATION_IDENTIFIER => &mut identifier,
            SERIAL_NUMBER => &mut serial_number,
            of_person if OF_PERSONS.contains(&of_person) => return None,
            _ => continue,
        };
        if place.replace(attribute.as_str().ok()?).is_some() {
            return None;
        }
    }
    let identified = match identifier {
        Some(identifier) => Some(identifier.strip_prefix("NTRDK-")?.parse().ok()?),
        None => None,
    };
    match serial_number.map(SerialNumber::read) {
        // A seal of another issuer than the state's (ETSI EN 319 412-3) need not have a serial number.
        None | Some(SerialNumber::Organisation) => identified,
        Some(SerialNumber::OrganisationWith(cvr)) => identified.is_none_or(|other| other == cvr).then_some(cvr),
        Some(SerialNumber::Other) => None,
    }
}

/// What the serial number says of a certificate's subject.
enum SerialNumber {
    /// It is an organisation, which is identified elsewhere.
    Organisation,
    /// It is the organisation with that number, or a function of it.
    OrganisationWith(Cvr),
    /// It is a person, or something unknown.
    Other,
}

impl SerialNumber {
    fn read(text: &str) -> Self {
        if text.strip_prefix("UI:DK-O:").is_some_and(|id| !id.is_empty()) {
            return Self::Organisation;
        }
        let read = || {
            let (cvr, id) = text.strip_prefix("CVR:")?.split_once('-')?;
            let id = id.strip_prefix("FID:").or_else(|| id.strip_prefix("UID:"))?;
            let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| cvr.parse().ok())?
        };
        read().map_or(Self::Other, Self::OrganisationWith)
    }
}
