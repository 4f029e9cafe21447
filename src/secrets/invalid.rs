/// Why a text is no secret of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSecret {
    /// There is nothing.
    #[error("it is empty")]
    Empty,
    /// There is too much.
    #[error("it is longer than any secret of this kind")]
    TooLong,
    /// A header cannot hold it.
    #[error("a header's value is one line of letters, digits and signs that ASCII has")]
    NotAHeaderValue,
    /// There is no certificate in it.
    #[error(
        "there is no certificate in it; it takes a PEM or PKCS#12 file that holds the certificate and its private key"
    )]
    NoCertificate,
    /// There is no private key in it that can be used.
    #[error("there is no private key in it that can be used; it must be in PEM text and not protected by a password")]
    NoPrivateKey,
    /// A PKCS#12 file has another password.
    #[error("its password is another one")]
    WrongPassword,
    /// They do not belong together.
    #[error("its private key does not belong to its first certificate")]
    OtherKey,
}
