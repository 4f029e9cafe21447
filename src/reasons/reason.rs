//! The reasons.

/// Why a fagsystem did not get a message, or did not answer as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// It is paused.
    Paused,
    /// It alone may get the message, and the rules in force no longer have it.
    Removed,
    /// As many messages as it takes at a time were under way to it already.
    Busy,
    /// A message with the same messageUUID and the same facts but other content was accepted before; when this one is sent
    /// again, it goes to the same fagsystem.
    OtherContent,
    /// It is beyond this machine, and the router is for training.
    BeyondTraining,
    /// The credentials that it demands are not available.
    NoAccess,
    /// The credentials that it demands would be sent unencrypted.
    Unencrypted,
    /// Nobody listens at its address.
    ConnectionRefused,
    /// No machine has the name in its address.
    NoSuchName,
    /// No connection could be made in time.
    NotConnectedInTime,
    /// No connection could be made for another reason.
    NoConnection,
    /// The proxy could not be reached.
    ProxyUnreachable,
    /// The proxy did not let the call through.
    ProxyRefused,
    /// Its address begins with `https`, and no TLS is spoken there.
    NotTls,
    /// Its address begins with `http`, and TLS is spoken there.
    TlsWanted,
    /// No TLS connection came about, for another reason than those below.
    TlsFailed,
    /// Its certificate was not issued by a trusted issuer.
    IssuerUnknown,
    /// Its certificate has expired.
    CertificateExpired,
    /// Its certificate is not valid yet.
    CertificateNotYetValid,
    /// Its certificate was issued to another name than that in its address.
    CertificateOfOther,
    /// Its certificate cannot be believed for another reason.
    CertificateInvalid,
    /// It demands a client certificate, and none was shown.
    ClientCertificateWanted,
    /// It refused the client certificate that was shown.
    ClientCertificateRefused,
    /// The client certificate that was shown has expired.
    ClientCertificateExpired,
    /// It received the message too slowly.
    TooSlow,
    /// The connection broke before it had the whole message.
    BrokenOff,
    /// It answered before it had the whole message.
    TooEarly,
    /// It cannot have read the message, which was sent without a length.
    Unread,
    /// It refused the router: the credentials are not valid there.
    AccessRefused,
    /// It takes no messages at its address, or not in the way in which they are sent.
    CallRefused,
    /// It answered that it cannot take the message now.
    TemporaryFailure,
    /// A gateway in front of it answered that it could not be reached or did not answer.
    GatewayWithoutAnswer,
    /// The connection broke after it had the whole message.
    NoAnswer,
    /// It did not answer in time.
    Silent,
    /// Its answer could not be understood.
    Unclear,
    /// The program ended while the message was under way.
    Ended,
}
