//! Ids of contact points and groups, which have the shape of UUIDs.

/// Whether the text has the shape 8-4-4-4-12 of a UUID. The version digits are not checked: many ids in use are not valid
/// UUIDs.
pub(in crate::exchange) fn looks_like_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_hex)
}

/// The id without the braces that Windows programs put around a UUID.
pub(crate) fn without_braces(text: &str) -> &str {
    let inside = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).map(str::trim);
    inside.filter(|inside| looks_like_id(inside)).unwrap_or(text)
}
