use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// A file of text as UTF-8 and without the mark of an encoding: programs on Windows save UTF-16. One without a mark is as
/// it is, whatever that may be.
pub(super) fn in_utf8(file: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(file) {
        None => Cow::Borrowed(file),
        Some((encoding, mark)) if encoding == UTF_8 => Cow::Borrowed(&file[mark..]),
        Some((encoding, mark)) => {
            let (text, _) = encoding.decode_without_bom_handling(&file[mark..]);
            Cow::Owned(text.into_owned().into_bytes())
        }
    }
}
