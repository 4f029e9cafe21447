use crate::rules::Access;

/// How the router authenticates to a fagsystem: the kind alone, while the header's name and the secret are still being
/// filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessKind {
    Open,
    Header,
    ClientCertificate,
}

impl AccessKind {
    pub const ALL: [Self; 3] = [Self::Open, Self::Header, Self::ClientCertificate];

    pub fn of(access: &Access) -> Self {
        match access {
            Access::Open => Self::Open,
            Access::Header { .. } => Self::Header,
            Access::ClientCertificate => Self::ClientCertificate,
        }
    }
}
