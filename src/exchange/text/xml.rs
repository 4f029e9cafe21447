use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::BytesRef;

/// The file declares an encoding that this program does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) struct UnknownEncoding;

/// Decodes an XML file by its byte order mark, its first bytes or its declaration, else as UTF-8. Invalid bytes become
/// U+FFFD.
pub(in crate::exchange) fn text_of(file: &[u8]) -> Result<Cow<'_, str>, UnknownEncoding> {
    if let Some((encoding, mark)) = Encoding::for_bom(file) {
        return Ok(encoding.decode_without_bom_handling(&file[mark..]).0);
    }
    let encoding = match file {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared(file)?,
    };
    Ok(encoding.decode_without_bom_handling(file).0)
}

/// The encoding that the XML declaration names.
fn declared(file: &[u8]) -> Result<&'static Encoding, UnknownEncoding> {
    const LONGEST: usize = 400;
    let beginning = &file[..file.len().min(LONGEST)];
    let beginning = beginning.trim_ascii_start();
    let Some(declaration) = beginning.strip_prefix(b"<?xml").and_then(|rest| Some(&rest[..memmem::find(rest, b"?>")?]))
    else {
        return Ok(UTF_8);
    };
    let Some(at) = memmem::find(declaration, b"encoding") else { return Ok(UTF_8) };
    let value = declaration[at + b"encoding".len()..].trim_ascii_start();
    let value = value.strip_prefix(b"=").map_or(value, <[u8]>::trim_ascii_start);
    let label = value.split(|byte| matches!(byte, b'"' | b'\'')).nth(1).unwrap_or_default();
    match Encoding::for_label(label) {
        // The declaration was readable as single bytes, so the file is not UTF-16, whatever it declares.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
        Some(encoding) => Ok(encoding),
        None if file.is_ascii() => Ok(UTF_8),
        None => Err(UnknownEncoding),
    }
}

/// The text of an entity or character reference; an unknown entity stays as written.
pub(in crate::exchange) fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return sign.to_string();
    }
    let name = reference.xml10_content();
    resolve_xml_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}
