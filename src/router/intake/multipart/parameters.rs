/// A header value with its parameters, such as `form-data; name="file"` (RFC 9110, §5.6.6; RFC 2183 for the parts of a form).
#[derive(Debug, PartialEq, Eq)]
pub(in crate::router) struct Parameters<'a> {
    /// The text before the first semicolon, trimmed.
    pub kind: &'a [u8],
    /// The name of each parameter, in lower case, and its value without quotes.
    all: Vec<(Vec<u8>, Vec<u8>)>,
}

/// The value is malformed, or could be read in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::router) struct Ambiguous;

impl<'a> Parameters<'a> {
    /// Allows white space around each character and empty parameters. A value without quotes may contain more than the format
    /// allows, because many senders do not quote what they should.
    pub fn read(value: &'a [u8]) -> Result<Self, Ambiguous> {
        let end_of_kind = value.iter().position(|byte| *byte == b';').unwrap_or(value.len());
        let (kind, mut rest) = value.split_at(end_of_kind);
        let mut all = Vec::new();
        while let Some(after) = rest.strip_prefix(b";") {
            let end = after.iter().position(|byte| matches!(byte, b';' | b'=')).unwrap_or(after.len());
            let name = trimmed(&after[..end]);
            rest = &after[end..];
            if name.iter().any(|byte| matches!(byte, b' ' | b'\t' | b'"')) {
                return Err(Ambiguous);
            }
            let Some(given) = rest.strip_prefix(b"=") else { continue };
            let value;
            (value, rest) = match trimmed(given) {
                [b'"', quoted @ ..] => unquoted(quoted)?,
                given => bare(given)?,
            };
            all.push((name.to_ascii_lowercase(), value));
        }
        Ok(Self { kind: trimmed(kind), all })
    }

    /// The value of the parameter with that lower-case name. Fails when it is given twice.
    pub fn get(&self, name: &str) -> Result<Option<&[u8]>, Ambiguous> {
        let mut found = self.all.iter().filter(|it| it.0 == name.as_bytes()).map(|it| it.1.as_slice());
        let first = found.next();
        if found.next().is_some() { Err(Ambiguous) } else { Ok(first) }
    }
}

/// Reads a quoted string to its end. Only white space may come between that and the next semicolon.
fn unquoted(text: &[u8]) -> Result<(Vec<u8>, &[u8]), Ambiguous> {
    let mut value = Vec::new();
    let mut bytes = text.iter().copied().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                let rest = trimmed(&text[at + 1..]);
                return if matches!(rest, [] | [b';', ..]) { Ok((value, rest)) } else { Err(Ambiguous) };
            }
            b'\\' => value.push(bytes.next().ok_or(Ambiguous)?.1),
            byte => value.push(byte),
        }
    }
    Err(Ambiguous)
}

fn bare(text: &[u8]) -> Result<(Vec<u8>, &[u8]), Ambiguous> {
    let end = text.iter().position(|byte| *byte == b';').unwrap_or(text.len());
    let (value, rest) = text.split_at(end);
    if value.contains(&b'"') { Err(Ambiguous) } else { Ok((trimmed(value).to_vec(), rest)) }
}

/// Without the white space that header values may have around them.
pub(in crate::router) fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}
