use crate::rules::{Caseless, Cvr, FagsystemId, FormNumbers, Interval, KleNumbers};

/// What a message is about, or where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageSubject {
    /// The sender's CVR number.
    Sender(Cvr),
    /// The recipient's CVR number.
    Recipient(Cvr),
    /// The id of the contact point that it is addressed to.
    ContactPoint(Caseless),
    /// The group of the contact point that it is addressed to.
    ContactGroup(Caseless),
    /// Its KLE number lies in the interval.
    Kle(Interval<KleNumbers>),
    /// Its FORM number lies in the interval.
    Form(Interval<FormNumbers>),
    /// It was sent to the fagsystem of the authority with that first CVR number.
    Fagsystem(Cvr, FagsystemId),
}
