use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Digest, DigestKey};
use crate::memo::MemoError;
use crate::reasons::Reason;
use crate::rules::{
    Authority, Caseless, CriterionKind, Cvr, Facts, FagsystemId, LEFT_OUT, Priority, SenderKind, is_harmless_name,
};
use crate::store::PublicationNumber;

/// The most characters of a text that are stored.
pub(super) const MAX_TEXT: usize = 256;
/// How many hexadecimal digits of a digest distinguish names that are left out. Fewer than a CPR number has digits, so that
/// no such number fits.
const MARK_LENGTH: usize = 8;

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The fagsystem accepted it.
    Accepted,
    /// The fagsystem rejected it.
    Rejected,
    /// The fagsystem was paused, unreachable, too slow or failing, and certainly does not have it.
    Unavailable,
    /// It is on its way to the fagsystem.
    UnderWay,
    /// The fagsystem may have it or not: the program ended, or no answer came, after it had the whole message.
    Unknown,
    /// More messages were under way than the router, or the fagsystem, takes at a time.
    Busy,
    /// The journal could not be written, so nothing was done.
    NotWritten,
    /// It is no proper MeMo message.
    Invalid,
    /// It is a NemSMS.
    NemSms,
    /// It is larger than 99.5 MiB.
    TooLarge,
    /// The recipient is none of our authorities.
    UnknownRecipient,
    /// Its messageUUID has been used for another message.
    Reused,
    /// The caller may not deliver here.
    NotAllowed,
    /// The caller broke off before the message was whole.
    BrokenOff,
}

impl From<&MemoError> for Outcome {
    fn from(error: &MemoError) -> Self {
        match error {
            MemoError::NemSms => Self::NemSms,
            MemoError::TooLarge => Self::TooLarge,
            _ => Self::Invalid,
        }
    }
}

impl Outcome {
    /// Every outcome with its word in the journal, which of a refusal is also the receipt's error code.
    const ALL: [(Self, &'static str); 14] = [
        (Self::Accepted, "accepteret"),
        (Self::Rejected, "fagsystem.afvist"),
        (Self::Unavailable, "fagsystem.utilgaengeligt"),
        (Self::Invalid, "memo.ugyldig"),
        (Self::NemSms, "memo.type"),
        (Self::TooLarge, "memo.for_stor"),
        (Self::UnknownRecipient, "modtager.ukendt"),
        (Self::Reused, "memo.genbrugt"),
        (Self::NotAllowed, "afsender.ikke_godkendt"),
        (Self::BrokenOff, "afbrudt"),
        (Self::UnderWay, "undervejs"),
        (Self::Unknown, "uvist"),
        (Self::Busy, "router.optaget"),
        (Self::NotWritten, "router.utilgaengelig"),
    ];

    /// Every outcome.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(outcome, _)| outcome)
    }

    /// The word for it in the journal.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, code)| code)
    }

    /// The outcome with that word.
    pub(in crate::store) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(outcome, _)| *outcome)
    }
}

/// What the journal stores of a call.
#[derive(Debug, Clone)]
pub struct JournalEntry {
    /// When the call came.
    pub received_at: Timestamp,
    /// As written in the message; `None` if its header could not be read.
    pub message_uuid: Option<String>,
    /// The id of the receipt that answers this call; each call has its own. `None` in rows of versions that did not store
    /// it.
    pub transmission_id: Option<Uuid>,
    /// How many bytes of it came.
    pub bytes: u64,
    /// The length of the message, if it is known before all of it has come.
    pub announced: Option<u64>,
    /// The digest of its bytes, once all have come.
    pub digest: Option<Digest>,
    /// What rules could look at, and the kind of sender.
    pub facts: Option<(Facts, SenderKind)>,
    /// Which of its texts are the authority's own names.
    pub own_names: OwnNames,
    /// Where it was sent.
    pub routed: Option<Routed>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, if the fagsystem did not get it or gave no proper answer.
    pub reason: Option<Reason>,
    /// Why the caller may not deliver, and who it is.
    pub refused: Option<RefusedCaller>,
    /// The row whose acceptance this call was answered with, without a delivery.
    pub repeats: Option<i64>,
    /// The row whose fagsystem alone may get the message, and did: that one's outcome is unknown, or it is of another message
    /// with the same messageUUID and the same facts.
    pub follows: Option<i64>,
    /// The row of another message with the same messageUUID: one with other facts, or with other content.
    pub differs_from: Option<i64>,
    /// The fagsystem's HTTP status and its own error code.
    pub answer: (Option<u16>, Option<String>),
    /// How long it took.
    pub timing: Timing,
    /// It is beyond the limit: it is only entered if earlier rows are about the same message.
    pub is_left_out: bool,
}

impl JournalEntry {
    /// A call at that time with that outcome, and nothing else known.
    #[must_use]
    pub fn new(received_at: Timestamp, outcome: Outcome) -> Self {
        Self {
            received_at,
            message_uuid: None,
            transmission_id: None,
            bytes: 0,
            announced: None,
            digest: None,
            facts: None,
            own_names: OwnNames::default(),
            routed: None,
            outcome,
            reason: None,
            refused: None,
            repeats: None,
            follows: None,
            differs_from: None,
            answer: (None, None),
            timing: Timing::default(),
            is_left_out: false,
        }
    }
}

impl JournalEntry {
    /// The keyword of the reason for its outcome, if there is one.
    #[must_use]
    pub fn reason_code(&self) -> Option<&str> {
        let refused = self.refused.as_ref().map(|refused| refused.reason.as_ref());
        self.reason.map(Reason::code).or(refused)
    }
}

/// A caller that may not deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCaller {
    /// Why, in a word of the router's.
    pub reason: Cow<'static, str>,
    /// Its address, and what may be stored of the certificate that it presented. Never the name of a person.
    pub caller: Option<String>,
}

/// Which texts of a message's contact point also occur in the authority's rules or contact points. Such names are stored
/// even if they look like a person's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnNames {
    /// The contact point's id.
    pub contact_point: bool,
    /// The name of its group.
    pub contact_group: bool,
}

impl OwnNames {
    /// Those of a message's texts that the authority's rules or contact points have. Texts that cannot name a person are stored
    /// in any case and not looked up.
    #[must_use]
    pub fn of(facts: &Facts, authority: &Authority) -> Self {
        let Some(point) = &facts.contact_point else { return Self::default() };
        let needs_search = |name: &&Caseless| !is_harmless_name(name.as_str());
        let (id, group) = (point.id.as_ref().filter(needs_search), point.group.as_ref().filter(needs_search));
        Self {
            contact_point: id.is_some_and(|id| authority.names_contact_point(id)),
            contact_group: group.is_some_and(|name| authority.names_contact_group(name)),
        }
    }
}

/// Where a message was sent, and on what ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The publication that decided.
    pub publication: PublicationNumber,
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// The fagsystem's id.
    pub fagsystem: FagsystemId,
    /// The deciding rule; `None` for the default recipient.
    pub priority: Option<Priority>,
    /// What the deciding rule looks at.
    pub element: Option<CriterionKind>,
}

/// How long each part of a message's delivery took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timing {
    /// From the call until the header was read.
    pub header: Option<Duration>,
    /// From the call until the fagsystem had the last byte.
    pub whole: Option<Duration>,
    /// From the last byte until the fagsystem's answer.
    pub answer: Option<Duration>,
    /// From the call until the outcome.
    pub total: Duration,
}

/// What is stored of a contact point's id or group: all of it, up to the length that it may have by the schemas, when it is
/// the authority's own word or cannot identify a person. Of any other, a mark that is the same for the same name.
pub(super) fn stored(name: &Caseless, is_own: bool, key: &DigestKey) -> String {
    if is_own || is_harmless_name(name.as_str()) {
        return name.as_str().chars().take(MAX_TEXT).collect();
    }
    let digest = key.text(name.folded());
    format!("{} {})", LEFT_OUT.trim_end_matches(')'), &digest[..MARK_LENGTH])
}

/// What is stored of a fagsystem's code.
pub(super) fn stored_code(code: &str) -> String {
    if is_harmless_name(code) { code.chars().take(MAX_TEXT).collect() } else { LEFT_OUT.to_owned() }
}
