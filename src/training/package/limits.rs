/// How much a training package may hold.
#[derive(Debug, Clone, Copy)]
pub struct PackageLimits;

impl PackageLimits {
    /// The most bytes of the file.
    pub const FILE: u64 = 128 << 20;
    /// The most bytes of the configuration.
    pub const CONFIGURATION: u64 = 32 << 20;
    /// The most bytes of the lesson.
    pub const LESSON: u64 = 1 << 20;
    /// The most messages.
    pub const MESSAGES: usize = 1_000;
    /// The most bytes of all messages together.
    pub const MESSAGE_BYTES: u64 = 64 << 20;
    /// The most calls of the journal.
    pub const CALLS: usize = 100_000;
    /// The most bytes of the journal.
    pub const JOURNAL: u64 = 64 << 20;
    /// The most bytes of what the package says of itself.
    pub(super) const HEADER: u64 = 64 << 10;
    /// The most characters of the package's name.
    pub const NAME: usize = 100;
    /// The most days that the journal reaches over.
    pub const DAYS: u16 = 400;
}
