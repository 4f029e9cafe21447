use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A file of text as UTF-8 and without the mark of an encoding: programs on Windows save UTF-16, some without the mark. Any
/// other one without a mark is as it is, whatever that may be.
pub(super) fn in_utf8(file: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(file).or_else(|| unmarked_utf16(file)) {
        None => Cow::Borrowed(file),
        Some((encoding, mark)) if encoding == UTF_8 => Cow::Borrowed(&file[mark..]),
        Some((encoding, mark)) => {
            let (text, _) = encoding.decode_without_bom_handling(&file[mark..]);
            Cow::Owned(text.into_owned().into_bytes())
        }
    }
}

/// Whether the file tells its encoding by a mark.
pub(super) fn is_marked(file: &[u8]) -> bool {
    Encoding::for_bom(file).is_some()
}

/// A text in UTF-8 or one of the encodings with a byte a letter does not begin with two letters of ASCII and zeros between.
fn unmarked_utf16(file: &[u8]) -> Option<(&'static Encoding, usize)> {
    match file {
        [1..=127, 0, 1..=127, 0, ..] => Some((UTF_16LE, 0)),
        [0, 1..=127, 0, 1..=127, ..] => Some((UTF_16BE, 0)),
        _ => None,
    }
}
