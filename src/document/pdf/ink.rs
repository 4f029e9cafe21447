/// A colour by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Muted,
    Accent,
    Line,
    StrongLine,
}

impl Ink {
    /// Red, green and blue.
    pub fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Text => (0x1b, 0x1f, 0x24),
            Self::Muted => (0x59, 0x61, 0x6b),
            Self::Accent => (0x1f, 0x4f, 0x82),
            Self::Line => (0xd5, 0xda, 0xe0),
            Self::StrongLine => (0x8b, 0x95, 0xa1),
        }
    }
}
