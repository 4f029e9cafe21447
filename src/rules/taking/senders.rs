use crate::rules::facts::SenderKind;

/// The kinds of senders that there are.
pub(super) const KINDS: [SenderKind; 3] = [SenderKind::Person, SenderKind::Company, SenderKind::Authority];
