/// Where the router's certificate comes from, before it is said which files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateKind {
    None,
    SelfSigned,
    Pem,
    Pkcs12,
}

impl CertificateKind {
    pub const ALL: [Self; 4] = [Self::None, Self::SelfSigned, Self::Pem, Self::Pkcs12];
}
