use std::fs;
use std::path::{Path, PathBuf};

use p12_keystore::PrivateKeyChain;
use p12_keystore::{Certificate as Held, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKey};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

/// Issues certificates, as the state's OCES3 issuer does.
pub struct Issuer {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate with its key.
pub struct Issued {
    pub certificate: rcgen::Certificate,
    pub key: KeyPair,
    issuer: String,
}

/// What a subject says of itself.
#[derive(Debug, Clone, Copy)]
pub enum Subject {
    /// The organisation identifier alone.
    Seal(&'static str),
    /// Organisation identifier and serial number.
    Oces3(&'static str, &'static str),
    /// The serial number, as a whole.
    Oces2(&'static str),
    /// These attributes, by the last number of their id below 2.5.4.
    Attributes(&'static [(u64, &'static str)]),
    Nobody,
}

const SERIAL_NUMBER: u64 = 5;
const ORGANIZATION_IDENTIFIER: u64 = 97;

impl Issuer {
    pub fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self { issuer: CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap() }
    }

    pub fn pem(&self) -> String {
        self.issuer.as_ref().pem()
    }

    /// For a router on this machine, valid in those years.
    pub fn server(&self, years: std::ops::Range<i32>) -> Issued {
        let mut parameters = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        parameters.not_before = date_time_ymd(years.start, 1, 1);
        parameters.not_after = date_time_ymd(years.end, 1, 1);
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        self.issue(&parameters)
    }

    pub fn client(&self, subject: Subject) -> Issued {
        self.client_in(subject, 2020..2050)
    }

    /// For a caller, valid in those years.
    pub fn client_in(&self, subject: Subject, years: std::ops::Range<i32>) -> Issued {
        let mut parameters = subject.parameters();
        parameters.not_before = date_time_ymd(years.start, 1, 1);
        parameters.not_after = date_time_ymd(years.end, 1, 1);
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(&parameters)
    }

    /// For a caller, valid for that long from now on.
    pub fn client_until(&self, subject: Subject, valid_for: std::time::Duration) -> Issued {
        let mut parameters = subject.parameters();
        parameters.not_after = std::time::SystemTime::now().into();
        parameters.not_after += valid_for;
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(&parameters)
    }

    fn issue(&self, parameters: &CertificateParams) -> Issued {
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.signed_by(&key, &self.issuer).unwrap();
        Issued { certificate, key, issuer: self.pem() }
    }
}

impl Subject {
    fn parameters(self) -> CertificateParams {
        let mut parameters = CertificateParams::default();
        let name = &mut parameters.distinguished_name;
        name.push(DnType::CommonName, "Digital Post (test)");
        let mut push = |attribute, text| name.push(DnType::CustomDnType(vec![2, 5, 4, attribute]), text);
        match self {
            Self::Seal(identifier) => push(ORGANIZATION_IDENTIFIER, identifier),
            Self::Oces3(identifier, serial) => {
                push(ORGANIZATION_IDENTIFIER, identifier);
                push(SERIAL_NUMBER, serial);
            }
            Self::Oces2(serial) => push(SERIAL_NUMBER, serial),
            Self::Attributes(attributes) => attributes.iter().for_each(|(attribute, text)| push(*attribute, text)),
            Self::Nobody => {}
        }
        parameters
    }
}

impl Issued {
    /// The certificate and the key in one.
    pub fn pem(&self) -> Vec<u8> {
        format!("{}{}", self.certificate.pem(), self.key.serialize_pem()).into_bytes()
    }

    /// The certificate and the key in two files.
    pub fn files(&self, directory: &Path, name: &str) -> (PathBuf, PathBuf) {
        let (certificate, key) = (directory.join(format!("{name}.pem")), directory.join(format!("{name}.key")));
        fs::write(&certificate, self.certificate.pem() + &self.issuer).unwrap();
        write_secret(&key, self.key.serialize_pem());
        (certificate, key)
    }

    /// As new programs write it, or as old ones do.
    pub fn pkcs12(&self, password: &str, is_old: bool) -> Vec<u8> {
        let key = PrivateKey::from_der(self.key.serialized_der()).unwrap();
        let held = Held::from_der(self.certificate.der()).unwrap();
        let chain = PrivateKeyChain::new([1_u8, 2, 3].as_slice(), key, [held]);
        let mut store = KeyStore::new();
        store.add_entry("router", KeyStoreEntry::PrivateKeyChain(chain));
        let writer = store.writer(password);
        let writer = if is_old {
            let cipher = EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc;
            writer.encryption_algorithm(cipher).mac_algorithm(MacAlgorithm::HmacSha1)
        } else {
            writer
        };
        writer.write().unwrap()
    }
}

/// Writes a file that only its owner may read.
pub fn write_secret(path: &Path, content: impl AsRef<[u8]>) {
    fs::write(path, content).unwrap();
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}
