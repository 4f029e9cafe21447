//! The ids of contact points and groups, which look like UUIDs.

/// Whether it is made as such an id is; many are no UUIDs by the standard.
pub(super) fn looks_like_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_hex)
}

/// The id without the braces that programs on Windows put around it.
pub(crate) fn without_braces(text: &str) -> &str {
    let inside = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).map(str::trim);
    inside.filter(|inside| looks_like_id(inside)).unwrap_or(text)
}
