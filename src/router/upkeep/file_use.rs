/// What files are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileUse {
    /// The router's own certificate and its key.
    Certificate,
    /// The issuers of callers' client certificates.
    ClientIssuers,
    /// The trusted issuers of fagsystems' certificates, besides the system's.
    TrustedIssuers,
    /// The secrets that fagsystems need.
    Secrets,
}

impl FileUse {
    /// Its name in log and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::ClientIssuers => "client_issuers",
            Self::TrustedIssuers => "trusted_issuers",
            Self::Secrets => "secrets",
        }
    }
}
