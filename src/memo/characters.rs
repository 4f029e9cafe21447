use super::NotWellFormed;

/// Watches that a document is UTF-8 and has only the characters that XML 1.0 allows (§2.2), across chunk borders.
#[derive(Debug, Default)]
pub(super) struct Characters {
    /// The beginning of a character whose end has not arrived: at most three bytes.
    unfinished: Vec<u8>,
}

impl Characters {
    pub fn feed(&mut self, mut chunk: &[u8]) -> Result<(), NotWellFormed> {
        while !self.unfinished.is_empty() {
            let Some((&byte, rest)) = chunk.split_first() else { return Ok(()) };
            chunk = rest;
            self.unfinished.push(byte);
            match std::str::from_utf8(&self.unfinished) {
                Ok(character) => {
                    allowed(character)?;
                    self.unfinished.clear();
                }
                Err(error) if error.error_len().is_some() => return Err(NotWellFormed::NotUtf8),
                Err(_) => {}
            }
        }
        let whole = match std::str::from_utf8(chunk) {
            Ok(whole) => whole,
            Err(error) if error.error_len().is_some() => return Err(NotWellFormed::NotUtf8),
            Err(error) => {
                let (whole, unfinished) = chunk.split_at(error.valid_up_to());
                self.unfinished.extend_from_slice(unfinished);
                std::str::from_utf8(whole).map_err(|_| NotWellFormed::NotUtf8)?
            }
        };
        allowed(whole)
    }

    pub fn finish(&self) -> Result<(), NotWellFormed> {
        if self.unfinished.is_empty() { Ok(()) } else { Err(NotWellFormed::NotUtf8) }
    }
}

/// Nearly all of a message is base64, and all of it passes here: it must be quick.
#[expect(clippy::needless_bitwise_bool, reason = "without branches the compiler takes many bytes at once")]
fn allowed(text: &str) -> Result<(), NotWellFormed> {
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    let controls = text.as_bytes().iter().fold(false, |found, byte| found | is_control(*byte));
    let finds = |character: &str| memchr::memmem::find(text.as_bytes(), character.as_bytes()).is_some();
    if controls || (!text.is_ascii() && (finds("\u{FFFE}") || finds("\u{FFFF}"))) {
        return Err(NotWellFormed::ForbiddenCharacter);
    }
    Ok(())
}

/// Whether XML 1.0 allows the character (§2.2, `Char`).
pub(super) fn is_allowed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        _ => character >= ' ',
    }
}

/// Whether the bytes are nothing but XML white space (§2.3).
pub(super) fn is_space(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| is_space_byte(*byte))
}

pub(super) fn is_space_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether the bytes are a name without a colon (*Namespaces in XML 1.0*, §3, `NCName`).
pub(super) fn is_name(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut characters = text.chars();
    characters.next().is_some_and(starts_name) && characters.all(continues_name)
}

fn starts_name(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn continues_name(character: char) -> bool {
    starts_name(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
