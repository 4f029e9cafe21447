use std::path::PathBuf;

/// What is wrong with an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is none.
    #[error("a database is named as postgresql://user@host/name, and this is not: {0}")]
    NotOne(String),
    /// A password in it would be seen by everybody who lists this machine's processes.
    #[error(
        "the address of the database has a password in it, which others on this machine can read; put it into PGPASSWORD or a password file (?passfile=…)"
    )]
    HasPassword,
    /// One of its settings is not known.
    #[error(
        "the address of the database says {0}, which is not known; known are sslmode, sslrootcert, sslcert, sslkey and passfile"
    )]
    UnknownSetting(String),
    /// The value of a setting is not known.
    #[error("sslmode is disable, require, verify-ca or verify-full, and not {0}")]
    UnknownMode(String),
    /// In clear to another machine.
    #[error(
        "the database is on another machine, and the connection to it has to be encrypted: leave out sslmode, or say sslmode=verify-full"
    )]
    InClear,
    /// A certificate without its key, or the reverse.
    #[error("sslcert and sslkey belong together; name both")]
    HalfCertificate,
    /// The server asks for a password.
    #[error(
        "the database server asks for a password, and there is none ({0}); keep it with 'postfordeler secret database', name a password file (?passfile=…) or set PGPASSWORD"
    )]
    NoPassword(String),
    /// A file that it names cannot be used.
    #[error("{}: {reason}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}
