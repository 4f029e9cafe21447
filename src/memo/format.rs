/// The namespace of MeMo 1.1 and 1.2 alike.
pub const NAMESPACE: &str = "https://DigitalPost.dk/MeMo-1";

/// The most bytes a message may have: 99.5 MiB.
pub const MAX_MESSAGE_BYTES: u64 = 104_333_312;

/// The most bytes from the start of a message through the end of its header.
pub const MAX_HEADER_BYTES: u64 = 1024 * 1024;
