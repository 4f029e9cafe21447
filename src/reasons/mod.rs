//! Why a fagsystem did not get a message, or did not answer as it should: every reason with its code and its words, once.
//!
//! Log, journal, metrics, receipts, the window and the reference for operators all take theirs from here, so that a reason
//! has the same code and the same words wherever it is met.

mod table;

/// Why a fagsystem did not get a message, or did not answer as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// It is paused.
    Paused,
    /// It alone may get the message, and the rules in force no longer know it.
    Removed,
    /// As many messages as it takes at a time were under way to it already.
    Busy,
    /// A message with the same messageUUID and the same facts but other content was accepted before; when this one is sent
    /// again, it goes to the same fagsystem.
    OtherContent,
    /// What it asks of callers, a token or a certificate, is not to be had.
    NoAccess,
    /// What it asks of callers would go unencrypted.
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
    /// Nobody who is trusted issued its certificate.
    IssuerUnknown,
    /// Its certificate has expired.
    CertificateExpired,
    /// Its certificate is not valid yet.
    CertificateNotYetValid,
    /// Its certificate was issued to another name than that in its address.
    CertificateOfOther,
    /// Its certificate cannot be believed for another reason.
    CertificateInvalid,
    /// It wants a client certificate, and none was shown.
    ClientCertificateWanted,
    /// It does not take the client certificate that was shown.
    ClientCertificateRefused,
    /// The client certificate that was shown has expired.
    ClientCertificateExpired,
    /// It took the message too slowly.
    TooSlow,
    /// The connection broke before it had the whole message.
    BrokenOff,
    /// It answered before it had the whole message.
    TooEarly,
    /// It cannot have read the message, whose length it was not told beforehand.
    Unread,
    /// It did not let the router in: its token or certificate does not count there, or no longer.
    AccessRefused,
    /// It takes no messages at its address, or not in the way in which they are sent.
    CallRefused,
    /// It answered that it cannot take the message now.
    TemporaryFailure,
    /// Something in front of it answered that it could not be reached, or did not answer.
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

/// What becomes of a message that a fagsystem did not get for some reason. Digital Post sends it again in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The fagsystem has surely not taken it: the rules decide anew the next time.
    NotTaken,
    /// The fagsystem may have taken it: the next time it goes there and nowhere else.
    MayBeTaken,
    /// One or the other, as the outcome says.
    ByOutcome,
    /// Another fagsystem than the bound one must not have it.
    Bound,
}

/// The same said twice.
#[derive(Debug, Clone, Copy)]
pub struct InTwoLanguages {
    /// In English.
    pub english: &'static str,
    /// In Danish.
    pub danish: &'static str,
}

/// All that is said of a reason.
#[derive(Debug, Clone, Copy)]
pub struct ReasonExplanation {
    /// Which.
    pub reason: Reason,
    /// The word for it in journal, log, metrics and receipts.
    pub code: &'static str,
    /// What it means for the message.
    pub fate: Fate,
    /// Whether messages go on failing until a person sets something right.
    pub needs_a_person: bool,
    /// In English.
    pub english: ReasonText,
    /// In Danish.
    pub danish: ReasonText,
}

/// A reason in words.
#[derive(Debug, Clone, Copy)]
pub struct ReasonText {
    /// As short as a list wants it.
    pub label: &'static str,
    /// What happened: a sentence about the fagsystem without its capital and its full stop, so that it stands in others.
    pub what: &'static str,
    /// What to do: one or two sentences.
    pub remedy: &'static str,
}

impl ReasonText {
    /// What happened, as a sentence of its own.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut letters = self.what.chars();
        let first = letters.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(letters).chain(['.']).collect()
    }
}

impl Reason {
    /// Every reason, in the order in which they are explained.
    pub fn all() -> impl Iterator<Item = Self> {
        table::TABLE.iter().map(|explanation| explanation.reason)
    }

    /// All that is said of it.
    #[must_use]
    pub fn explanation(self) -> &'static ReasonExplanation {
        let found = table::TABLE.iter().find(|explanation| explanation.reason == self);
        found.expect("every reason stands in the table")
    }

    /// The word for it in journal, log, metrics and receipts.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.explanation().code
    }

    /// What happened, in English: the same in log and receipt.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.explanation().english.what
    }

    /// What happened, in English, with what is known of it besides.
    #[must_use]
    pub fn told(self, detail: Option<&str>) -> String {
        let words = self.words();
        detail.map_or_else(|| words.to_owned(), |detail| format!("{words}: {detail}"))
    }

    /// What to do about it, in English.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        self.explanation().english.remedy
    }

    /// Whether messages go on failing until a person sets something right.
    #[must_use]
    pub fn needs_a_person(self) -> bool {
        self.explanation().needs_a_person
    }

    /// The reason with that word.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        table::TABLE.iter().find(|explanation| explanation.code == code).map(|explanation| explanation.reason)
    }
}
