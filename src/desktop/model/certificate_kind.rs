/// Where the router's certificate comes from: the kind alone, while the files are still being filled in.
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
