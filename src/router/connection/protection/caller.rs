use std::fmt;
use std::fmt::Write;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use x509_parser::certificate::X509Certificate;
use x509_parser::parse_x509_certificate;
use x509_parser::time::ASN1Time;
use x509_parser::x509::X509Name;

use super::refusals::Refusal;
use crate::clock;
use crate::rules::{Cvr, short_without_cpr};

/// The identifier of the organisation in the subject of an OCES3 certificate: `NTRDK-12345678`.
const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";
/// The serial number in the subject, which shows what the certificate is for:
///
/// | | OCES2 | OCES3 |
/// | --- | --- | --- |
/// | organisation or system | `CVR:12345678-UID:…` | `UI:DK-O:G:<uuid>` |
/// | function | `CVR:12345678-FID:…` | as an organisation |
/// | employee | `CVR:12345678-RID:…` | `UI:DK-E:G:<uuid>` |
/// | private person | `PID:…` | `UI:DK-P:G:<uuid>` |
const SERIAL_NUMBER: &str = "2.5.4.5";
/// Surname, given name and pseudonym: only certificates of persons have them (ETSI EN 319 412-2, 4.2.4).
const OF_PERSONS: [&str; 3] = ["2.5.4.4", "2.5.4.42", "2.5.4.65"];
/// How identifiers of organisations begin (ETSI EN 319 412-1, 5.1.4): registers, VAT numbers, legal entities. Those of
/// persons begin otherwise, and can contain a CPR number.
const OF_ORGANISATIONS: [&str; 3] = ["NTR", "VAT", "LEI"];
/// The most characters of a certificate's text that are logged.
const MAX_LOGGED_CHARACTERS: usize = 80;

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Default)]
pub(in crate::router) struct Caller {
    /// The client certificate that was shown, whose issuer has been checked.
    pub certificate: Option<Arc<ClientCertificate>>,
}

/// What may be logged of a client certificate: never the name of a person, nor a number that identifies one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::router) struct ClientCertificate {
    /// Whom it belongs to.
    pub owner: CertificateOwner,
    /// The organisation's identifier in its subject.
    pub organization: Option<String>,
    /// The serial number in its subject, when that is an organisation's.
    pub subject_serial: Option<String>,
    /// The issuer's number for it, as hexadecimal digits.
    pub serial: String,
    /// The issuer's name; `None` where the owner issued it.
    pub issuer: Option<String>,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
}

/// Whom a certificate belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::router) enum CertificateOwner {
    Organisation(Cvr),
    /// A person, including an employee.
    Person,
    /// The certificate does not say clearly.
    Unclear,
}

impl Caller {
    /// From the certificates that were shown, the caller's own first.
    pub fn of(shown: Option<&[CertificateDer<'_>]>) -> Self {
        let certificate = shown.and_then(<[_]>::first).map(|der| Arc::new(ClientCertificate::read(der)));
        Self { certificate }
    }
}

impl ClientCertificate {
    /// Reads a certificate. One that cannot be read belongs to nobody and is never valid.
    pub fn read(der: &CertificateDer<'_>) -> Self {
        match parse_x509_certificate(der) {
            Ok((_, parsed)) => Self::of(&parsed),
            Err(_) => Self {
                owner: CertificateOwner::Unclear,
                organization: None,
                subject_serial: None,
                serial: String::new(),
                issuer: None,
                not_before: Timestamp::MAX,
                not_after: Timestamp::MIN,
            },
        }
    }

    fn of(certificate: &X509Certificate<'_>) -> Self {
        let subject = certificate.subject();
        let moment = |time: ASN1Time, otherwise| Timestamp::from_second(time.timestamp()).unwrap_or(otherwise);
        let is_of_person = is_of_person(subject);
        let identifier = only(subject, ORGANIZATION_IDENTIFIER);
        let serial = only(subject, SERIAL_NUMBER);
        let told = |text: &str| short_without_cpr(text, MAX_LOGGED_CHARACTERS);
        let is_organisations = |text: &&str| {
            let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b":+-".contains(&byte);
            OF_ORGANISATIONS.iter().any(|beginning| text.starts_with(beginning)) && text.bytes().all(is_sign)
        };
        let is_known = |text: &&str| !is_of_person && !matches!(SerialNumber::read(text), SerialNumber::Other);
        let is_self_issued = certificate.issuer() == subject || is_of_person_name(certificate.issuer());
        Self {
            owner: owner(subject),
            organization: identifier.filter(is_organisations).map(told),
            subject_serial: serial.filter(is_known).map(told),
            serial: hexadecimal(certificate.raw_serial()),
            issuer: (!is_self_issued).then(|| issuer_words(certificate.issuer())).flatten(),
            not_before: moment(certificate.validity().not_before, Timestamp::MAX),
            not_after: moment(certificate.validity().not_after, Timestamp::MIN),
        }
    }

    /// Why the certificate is not valid at that moment. A connection may outlive the certificate that was shown when it was
    /// made.
    pub fn out_of_date(&self, now: Timestamp) -> Option<Refusal> {
        if self.not_after < now {
            return Some(Refusal::CertificateExpired);
        }
        (now < self.not_before).then_some(Refusal::CertificateNotYetValid)
    }

    pub fn cvr(&self) -> Option<Cvr> {
        match self.owner {
            CertificateOwner::Organisation(cvr) => Some(cvr),
            CertificateOwner::Person | CertificateOwner::Unclear => None,
        }
    }

    /// Its last day in Denmark.
    pub fn last_day(&self) -> jiff::civil::Date {
        clock::day_of(self.not_after)
    }
}

/// As the journal stores it: what is known, in the order of the fields, without words of any language.
impl fmt::Display for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cvr = self.cvr().map(|cvr| format!("CVR {cvr}"));
        let organization = self.organization.clone().filter(|_| cvr.is_none());
        let last_day = (self.not_after > Timestamp::MIN).then(|| format!("– {}", self.last_day().strftime("%d-%m-%Y")));
        let serial = Some(format!("#{}", self.serial)).filter(|_| !self.serial.is_empty());
        let parts = [cvr, organization, self.subject_serial.clone(), self.issuer.clone(), serial, last_day];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(", "))
    }
}

/// A caller that was refused, with what may be logged of it.
#[derive(Debug, Clone)]
pub(in crate::router) struct CallerRefusal {
    pub refusal: Refusal,
    pub from: IpAddr,
    /// The certificate that it showed.
    pub certificate: Option<Arc<ClientCertificate>>,
    /// Further detail, such as a TLS alert.
    pub detail: Option<String>,
}

impl CallerRefusal {
    pub fn new(refusal: Refusal, from: IpAddr) -> Self {
        Self { refusal, from, certificate: None, detail: None }
    }

    /// The caller as the journal stores it.
    pub fn caller(&self) -> String {
        let mut words = self.from.to_string();
        if let Some(certificate) = &self.certificate {
            let _ = write!(words, ", {certificate}");
        }
        words
    }
}

/// The text of an attribute that occurs once in a name.
fn only<'a>(name: &'a X509Name<'_>, attribute: &str) -> Option<&'a str> {
    let mut found = name.iter_attributes().filter(|it| it.attr_type().to_id_string() == attribute);
    let first = found.next()?;
    first.as_str().ok().filter(|_| found.next().is_none())
}

fn is_of_person_name(name: &X509Name<'_>) -> bool {
    name.iter_attributes().any(|it| OF_PERSONS.contains(&it.attr_type().to_id_string().as_str()))
}

/// Whether the subject is a person, as far as the certificate shows.
fn is_of_person(subject: &X509Name<'_>) -> bool {
    const SERIALS: [&str; 3] = ["PID:", "UI:DK-P:", "UI:DK-E:"];
    let by_serial = only(subject, SERIAL_NUMBER).is_some_and(|serial| {
        let is_employee = serial.starts_with("CVR:") && serial.contains("-RID:");
        is_employee || SERIALS.iter().any(|beginning| serial.starts_with(beginning))
    });
    by_serial || is_of_person_name(subject)
}

/// The issuer's common name and organisation.
fn issuer_words(issuer: &X509Name<'_>) -> Option<String> {
    let common = issuer.iter_common_name().next().and_then(|it| it.as_str().ok());
    let organisation = issuer.iter_organization().next().and_then(|it| it.as_str().ok());
    let words: Vec<_> = [common, organisation].into_iter().flatten().collect();
    (!words.is_empty()).then(|| short_without_cpr(&words.join(", "), MAX_LOGGED_CHARACTERS))
}

fn hexadecimal(bytes: &[u8]) -> String {
    const MAX_BYTES: usize = 20;
    bytes.iter().take(MAX_BYTES).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

fn owner(subject: &X509Name<'_>) -> CertificateOwner {
    match organisation(subject) {
        Some(cvr) => CertificateOwner::Organisation(cvr),
        None if is_of_person(subject) => CertificateOwner::Person,
        None => CertificateOwner::Unclear,
    }
}

/// The organisation that a certificate with that subject belongs to. A subject that is unknown, repeated or contradictory
/// belongs to nobody.
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
        // A seal of an issuer other than the state (ETSI EN 319 412-3) need not have a serial number.
        None | Some(SerialNumber::Organisation) => identified,
        Some(SerialNumber::OrganisationWith(cvr)) => identified.is_none_or(|other| other == cvr).then_some(cvr),
        Some(SerialNumber::Other) => None,
    }
}

/// What the serial number says of the subject.
enum SerialNumber {
    /// An organisation, identified elsewhere in the subject.
    Organisation,
    /// The organisation with that number, or a function of it.
    OrganisationWith(Cvr),
    /// A person, or something unknown.
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
