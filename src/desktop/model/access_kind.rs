use crate::rules::Access;

/// What a fagsystem knows the router by, before what belongs to it.
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
