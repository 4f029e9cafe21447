use memchr::memchr_iter;

use super::not_well_formed::NotWellFormed;
use super::words::ascii_length;

/// Checks that a document is UTF-8 and has only the characters that XML 1.0 allows (§2.2), wherever it is cut into chunks.
#[derive(Debug, Default)]
pub(super) struct Characters {
    /// The beginning of a character whose last byte has not arrived: at most three bytes.
    unfinished: Vec<u8>,
    head: Head,
}

/// How much of a document has arrived, as far as it takes to tell UTF-16 and UTF-32 from UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Head {
    #[default]
    Nothing,
    /// A `<` alone.
    Bracket,
    /// Enough.
    Begun,
}

/// The part of a chunk that can be scanned: whole characters, up to the first invalid one.
///
/// What comes before an invalid character is scanned before the error is reported. So the first fault of a document is the
/// one reported, wherever it is cut into chunks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked<'a> {
    /// The character that began in the chunk before.
    pub split: Option<char>,
    /// The characters after it.
    pub whole: &'a [u8],
    /// The error that follows them.
    pub fault: Option<NotWellFormed>,
}

impl Characters {
    pub fn feed<'a>(&mut self, mut chunk: &'a [u8]) -> Checked<'a> {
        let nothing = |fault| Checked { split: None, whole: &[], fault };
        if self.head != Head::Begun
            && let Some(before) = self.other_encoding(chunk)
        {
            return Checked { split: None, whole: before, fault: Some(NotWellFormed::Utf16) };
        }
        let mut split = None;
        while !self.unfinished.is_empty() {
            let Some((&byte, rest)) = chunk.split_first() else { return nothing(None) };
            chunk = rest;
            self.unfinished.push(byte);
            match std::str::from_utf8(&self.unfinished) {
                Ok(character) => {
                    split = character.chars().next();
                    self.unfinished.clear();
                }
                Err(error) if error.error_len().is_some() => return nothing(Some(NotWellFormed::NotUtf8)),
                Err(_) => {}
            }
        }
        if split.is_some_and(|character| !is_allowed(character)) {
            return nothing(Some(NotWellFormed::ForbiddenCharacter));
        }
        let kinds = ByteKinds::of(chunk);
        if kinds.is_ascii && !kinds.has_control {
            return Checked { split, whole: chunk, fault: None };
        }
        // Before the first control character there may be another fault.
        let control = if kinds.has_control { chunk.iter().position(|byte| is_control(*byte)) } else { None };
        let (before_control, fault) = match control {
            Some(at) => (&chunk[..at], Some(NotWellFormed::ForbiddenCharacter)),
            None => (chunk, None),
        };
        match first_stop(before_control) {
            None => Checked { split, whole: before_control, fault },
            Some(Stop { at, why: Why::Unfinished }) if control.is_none() => {
                self.unfinished.extend_from_slice(&chunk[at..]);
                Checked { split, whole: &chunk[..at], fault }
            }
            Some(Stop { at, why: Why::Forbidden }) => {
                Checked { split, whole: &chunk[..at], fault: Some(NotWellFormed::ForbiddenCharacter) }
            }
            Some(Stop { at, .. }) => Checked { split, whole: &chunk[..at], fault: Some(NotWellFormed::NotUtf8) },
        }
    }

    /// The part of the chunk before the first sign of UTF-16 or UTF-32, if there is one: a byte order mark, or a NUL next to the
    /// first character.
    fn other_encoding<'a>(&mut self, chunk: &'a [u8]) -> Option<&'a [u8]> {
        for (at, byte) in chunk.iter().enumerate() {
            match (self.head, byte) {
                (Head::Nothing, 0xFE | 0xFF) | (Head::Nothing | Head::Bracket, 0) => return Some(&chunk[..at]),
                (Head::Nothing, b'<') => self.head = Head::Bracket,
                _ => {
                    self.head = Head::Begun;
                    return None;
                }
            }
        }
        None
    }

    pub fn finish(&self) -> Result<(), NotWellFormed> {
        if self.unfinished.is_empty() { Ok(()) } else { Err(NotWellFormed::NotUtf8) }
    }
}

/// Which kinds of bytes occur in a chunk.
struct ByteKinds {
    /// Control characters that XML does not allow.
    has_control: bool,
    is_ascii: bool,
}

impl ByteKinds {
    /// Nearly all of a message is base64, and every byte of it is examined here. Without branches the compiler vectorizes the
    /// loop.
    fn of(bytes: &[u8]) -> Self {
        let (has_control, any) =
            bytes.iter().fold((false, 0), |(control, any), byte| (control | is_control(*byte), any | byte));
        Self { has_control, is_ascii: any.is_ascii() }
    }
}

#[expect(clippy::needless_bitwise_bool, reason = "no branches")]
fn is_control(byte: u8) -> bool {
    (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')
}

/// Where characters beyond ASCII end before the text does.
struct Stop {
    at: usize,
    why: Why,
}

enum Why {
    /// The last character is not all there.
    Unfinished,
    NotUtf8,
    /// A character that XML does not allow.
    Forbidden,
}

/// The first stop in a text without control characters. What is ASCII is passed over, and the stretches between are decoded:
/// in UTF-8 none of their bytes belongs to a character of ASCII.
fn first_stop(text: &[u8]) -> Option<Stop> {
    let mut at = 0;
    loop {
        at += ascii_length(&text[at..]);
        let beyond = text[at..].iter().position(u8::is_ascii).unwrap_or(text.len() - at);
        if beyond == 0 {
            return None;
        }
        if let Some(stop) = stop_beyond_ascii(&text[at..at + beyond]) {
            let is_last = at + beyond == text.len();
            let why = if is_last || !matches!(stop.why, Why::Unfinished) { stop.why } else { Why::NotUtf8 };
            return Some(Stop { at: at + stop.at, why });
        }
        at += beyond;
    }
}

fn stop_beyond_ascii(stretch: &[u8]) -> Option<Stop> {
    let (decoded, stop) = match std::str::from_utf8(stretch) {
        Ok(_) => (stretch, None),
        Err(error) => {
            let (at, why) = (error.valid_up_to(), error.error_len().map_or(Why::Unfinished, |_| Why::NotUtf8));
            (&stretch[..at], Some(Stop { at, why }))
        }
    };
    noncharacter(decoded).map(|at| Stop { at, why: Why::Forbidden }).or(stop)
}

/// Where U+FFFE or U+FFFF is. Few other characters begin with the same byte in UTF-8, so the search is quick.
fn noncharacter(decoded: &[u8]) -> Option<usize> {
    memchr_iter(0xEF, decoded).find(|at| matches!(decoded[*at..], [0xEF, 0xBF, 0xBE | 0xBF, ..]))
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
    let Some((first, rest)) = bytes.split_first() else { return false };
    if starts_name(char::from(*first)) && first.is_ascii() && rest.iter().all(|byte| ASCII_NAME[usize::from(*byte)]) {
        return true;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut characters = text.chars();
    characters.next().is_some_and(starts_name) && characters.all(continues_name)
}

/// The ASCII characters that names may have.
const ASCII_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = continues_name(byte as char);
        byte += 1;
    }
    table
};

const fn starts_name(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

const fn continues_name(character: char) -> bool {
    starts_name(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
