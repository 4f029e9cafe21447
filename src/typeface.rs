//! The typeface of the window, of pictures and of documents, which is part of the program: what a machine has installed
//! changes nothing.

/// The name of the family.
pub const FAMILY: &str = "IBM Plex Sans";
/// The font file of plain words.
pub const REGULAR: &[u8] = include_bytes!("../resources/fonts/IBMPlexSans-Regular.ttf");
/// The font file of words that stand out.
pub const SEMIBOLD: &[u8] = include_bytes!("../resources/fonts/IBMPlexSans-SemiBold.ttf");

/// The name of the family in which code and commands are shown.
pub const MONOSPACED_FAMILY: &str = "IBM Plex Mono";
/// The font file of code and commands.
pub const MONOSPACED: &[u8] = include_bytes!("../resources/fonts/IBMPlexMono-Regular.ttf");
