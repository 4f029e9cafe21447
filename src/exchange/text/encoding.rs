use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Converts text to UTF-8 without a byte order mark. Windows programs save UTF-16, some without a mark; it is recognised by
/// its zero bytes. Any other file without a mark is returned unchanged, in whatever encoding it has.
pub(in crate::exchange) fn in_utf8(file: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(file).or_else(|| unmarked_utf16(file)) {
        None => Cow::Borrowed(file),
        Some((encoding, mark)) if encoding == UTF_8 => Cow::Borrowed(&file[mark..]),
        Some((encoding, mark)) => {
            let (text, _) = encoding.decode_without_bom_handling(&file[mark..]);
            Cow::Owned(text.into_owned().into_bytes())
        }
    }
}

/// Whether the file begins with a byte order mark.
pub(in crate::exchange) fn is_marked(file: &[u8]) -> bool {
    Encoding::for_bom(file).is_some()
}

/// No text in UTF-8 or in a single-byte encoding begins with two ASCII letters separated by zero bytes.
fn unmarked_utf16(file: &[u8]) -> Option<(&'static Encoding, usize)> {
    match file {
        [1..=127, 0, 1..=127, 0, ..] => Some((UTF_16LE, 0)),
        [0, 1..=127, 0, 1..=127, ..] => Some((UTF_16BE, 0)),
        _ => None,
    }
}
