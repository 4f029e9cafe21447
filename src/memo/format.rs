/// The namespace of MeMo, the same in versions 1.1 and 1.2.
pub const NAMESPACE: &str = "https://DigitalPost.dk/MeMo-1";

/// The most bytes of a message: 99.5 MiB, Digital Post's limit.
pub const MAX_MESSAGE_BYTES: u64 = 104_333_312;

/// The most bytes from the start of a message through the end of its header: 1 MiB. Until the header has been read, nobody knows
/// where the message goes, and it must be held in memory.
pub const MAX_HEADER_BYTES: u64 = 1024 * 1024;
