/// What is read from files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileUse {
    /// The router's own certificate and its key.
    Certificate,
    /// Those that issue client certificates of callers.
    ClientIssuers,
    /// Those that issue certificates of fagsystems, besides the system's.
    TrustedIssuers,
    /// The secrets that fagsystems want.
    Secrets,
}

impl FileUse {
    /// The name that it has in log and metrics.
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
