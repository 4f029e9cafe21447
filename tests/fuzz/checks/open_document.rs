//! Any bytes as an OpenDocument spreadsheet: whole, or as the parts of one, of which the first is its content.

use super::parts::{archive, parts};
use super::tables;

const MEDIA_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Returns whether it was accepted.
pub fn check(input: &[u8]) -> bool {
    let is_taken = tables::check(input, "bog.ods");
    if input.starts_with(b"PK") {
        return is_taken;
    }
    let named = parts(input).into_iter().map(|(name, content)| match name.as_str() {
        "" => ("content.xml".to_owned(), content),
        _ => (name, content),
    });
    let mut parts: Vec<_> = named.collect();
    parts.push(("mimetype".to_owned(), MEDIA_TYPE.to_vec()));
    tables::check(&archive(&parts), "bog.ods")
}
