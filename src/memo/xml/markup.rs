//! Parses pieces of markup that have arrived as a whole.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::characters::{is_allowed, is_name, is_space_byte};
use super::declared::Declared;
use super::not_well_formed::NotWellFormed;

/// The most bytes of a reference: `&#x10FFFF;` with room for leading zeros.
pub(super) const MAX_REFERENCE: usize = 32;

/// The position of the `>` that ends the tag, outside quotes. `quote` is the open one, across chunks.
pub(super) fn tag_end(input: &[u8], quote: &mut Option<u8>) -> Option<usize> {
    let mut at = 0;
    loop {
        if let Some(open) = quote.take() {
            let Some(closing) = memchr(open, &input[at..]) else {
                *quote = Some(open);
                return None;
            };
            at += closing + 1;
        }
        at += memchr3(b'>', b'"', b'\'', &input[at..])?;
        if input[at] == b'>' {
            return Some(at);
        }
        *quote = Some(input[at]);
        at += 1;
    }
}

pub(super) struct Attribute<'a> {
    pub name: &'a [u8],
    pub value: &'a [u8],
}

pub(super) fn next_attribute(input: &[u8]) -> Result<Option<(Attribute<'_>, &[u8])>, NotWellFormed> {
    let trimmed = input.trim_ascii_start();
    if trimmed.is_empty() {
        return Ok(None);
    }
    if trimmed.len() == input.len() {
        return Err(NotWellFormed::Attribute);
    }
    let equals = memchr(b'=', trimmed).ok_or(NotWellFormed::Attribute)?;
    let name = trimmed[..equals].trim_ascii_end();
    let (quote, rest) = trimmed[equals + 1..].trim_ascii_start().split_first().ok_or(NotWellFormed::Attribute)?;
    if !matches!(quote, b'"' | b'\'') {
        return Err(NotWellFormed::Attribute);
    }
    let end = memchr(*quote, rest).ok_or(NotWellFormed::Attribute)?;
    Ok(Some((Attribute { name, value: &rest[..end] }, &rest[end + 1..])))
}

/// The value of an attribute with its references resolved.
pub(super) fn attribute_value(value: &[u8]) -> Result<Cow<'_, [u8]>, NotWellFormed> {
    if memchr(b'<', value).is_some() {
        return Err(NotWellFormed::Attribute);
    }
    let Some(first) = memchr(b'&', value) else { return Ok(value.into()) };
    let (mut resolved, mut rest) = (value[..first].to_vec(), &value[first..]);
    while let Some(after) = rest.strip_prefix(b"&") {
        let end = memchr(b';', after).filter(|end| *end <= MAX_REFERENCE).ok_or(NotWellFormed::Entity)?;
        resolved.extend_from_slice(referred(&after[..end])?.encode_utf8(&mut [0; 4]).as_bytes());
        let (text, next) = after[end + 1..].split_at(memchr(b'&', &after[end + 1..]).unwrap_or(after.len() - end - 1));
        resolved.extend_from_slice(text);
        rest = next;
    }
    Ok(resolved.into())
}

/// The character that `&…;` refers to.
pub(super) fn referred(name: &[u8]) -> Result<char, NotWellFormed> {
    let number = |digits: &[u8], radix| {
        let digits = std::str::from_utf8(digits).ok().filter(|it| !it.starts_with('+'))?;
        char::from_u32(u32::from_str_radix(digits, radix).ok()?).filter(|character| is_allowed(*character))
    };
    let character = match name {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"apos" => Some('\''),
        b"quot" => Some('"'),
        [b'#', b'x', digits @ ..] => number(digits, 16),
        [b'#', digits @ ..] => number(digits, 10),
        _ => None,
    };
    character.ok_or(NotWellFormed::Entity)
}

/// Checks the content between `<?` and `?>`, which is the XML declaration when it is at the start of a document. Returns what
/// that forbids.
pub(super) fn whole_instruction(content: &[u8], at_start: bool) -> Result<Declared, NotWellFormed> {
    let target_end = content.iter().position(|byte| is_space_byte(*byte)).unwrap_or(content.len());
    let (target, rest) = content.split_at(target_end);
    if !is_name(target) {
        return Err(NotWellFormed::Section);
    }
    match (target, at_start) {
        (b"xml", true) => declaration(rest),
        _ if target.eq_ignore_ascii_case(b"xml") => Err(NotWellFormed::Section),
        _ => Ok(Declared::default()),
    }
}

fn is_number(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

/// The XML declaration (§2.8): the version, then optionally the encoding, then optionally standalone.
fn declaration(mut input: &[u8]) -> Result<Declared, NotWellFormed> {
    let mut names: Vec<&[u8]> = Vec::new();
    let mut declared = Declared::default();
    while let Some((attribute, rest)) = next_attribute(input).map_err(|_| NotWellFormed::Section)? {
        input = rest;
        let value = attribute.value;
        match attribute.name {
            b"version" if value.strip_prefix(b"1.").is_some_and(is_number) => declared.version(value),
            b"encoding" => declared.encoding(value)?,
            b"standalone" if matches!(value, b"yes" | b"no") => {}
            _ => return Err(NotWellFormed::Section),
        }
        names.push(attribute.name);
    }
    let orders: [&[&[u8]]; 4] = [
        &[b"version"],
        &[b"version", b"encoding"],
        &[b"version", b"standalone"],
        &[b"version", b"encoding", b"standalone"],
    ];
    if orders.contains(&names.as_slice()) { Ok(declared) } else { Err(NotWellFormed::Section) }
}
