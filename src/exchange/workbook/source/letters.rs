//! Finds out the encoding of a text file, which does not declare it.

use std::borrow::Cow;
use std::cmp::Ordering;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// The second half of code page 850, which a Danish MS-DOS had, from byte 128 on.
const CODE_PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
                             ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// How the letters of a file are written.
pub(super) enum Letters {
    Utf8,
    /// A single-byte encoding: the characters of the bytes from 128.
    Bytes(Vec<char>),
    /// In one of several ways that are as likely.
    Unknown,
}

impl Letters {
    /// The most likely encoding. A file with some valid UTF-8 beyond ASCII is UTF-8, even if other bytes are invalid.
    pub(super) fn of(file: &[u8]) -> Self {
        match std::str::from_utf8(file) {
            Ok(_) => Self::Utf8,
            Err(_) if has_utf8(file) => Self::Utf8,
            Err(_) => Self::likeliest(file),
        }
    }

    fn likeliest(file: &[u8]) -> Self {
        // Among equals, what an Excel on a Danish Windows saves.
        let usual = second_half(WINDOWS_1252);
        let most = likeness_of(file, &usual);
        let others = [second_half(MACINTOSH), CODE_PAGE_850.chars().collect()];
        let [one, other] = others.map(|letters| (likeness_of(file, &letters), letters));
        match (one.0.max(other.0) <= most, one.0.cmp(&other.0)) {
            (true, _) => Self::Bytes(usual),
            (false, Ordering::Greater) => Self::Bytes(one.1),
            (false, Ordering::Less) => Self::Bytes(other.1),
            (false, Ordering::Equal) => Self::Unknown,
        }
    }

    /// The text; `None` where its letters cannot be known.
    pub(super) fn read<'t>(&self, bytes: &'t [u8]) -> Option<Cow<'t, str>> {
        match (self, std::str::from_utf8(bytes)) {
            (Self::Utf8, text) => text.ok().map(Cow::Borrowed),
            (_, Ok(text)) if text.is_ascii() => Some(Cow::Borrowed(text)),
            (Self::Bytes(letters), _) => {
                let is_clear = signs_beside(bytes, letters).all(|signs| likeness(signs).is_some());
                is_clear.then(|| bytes.iter().map(|byte| sign(*byte, letters)).collect())
            }
            (Self::Unknown, _) => None,
        }
    }
}

/// Whether the file has letters of UTF-8 that other encodings would not spell by chance.
fn has_utf8(file: &[u8]) -> bool {
    let is_clear = |sign: char| matches!(sign, '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{203a}');
    file.utf8_chunks().any(|chunk| chunk.valid().chars().any(is_clear))
}

fn second_half(encoding: &'static Encoding) -> Vec<char> {
    let bytes: Vec<u8> = (0x80..=0xFF).collect();
    encoding.decode_without_bom_handling(&bytes).0.chars().collect()
}

fn sign(byte: u8, letters: &[char]) -> char {
    byte.checked_sub(0x80).and_then(|at| letters.get(usize::from(at))).copied().unwrap_or(char::from(byte))
}

/// Every sign that is not of ASCII, between its neighbours.
fn signs_beside(bytes: &[u8], letters: &[char]) -> impl Iterator<Item = [char; 3]> {
    let at = |at: usize| bytes.get(at).map_or('\n', |byte| sign(*byte, letters));
    let places = bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii());
    places.map(move |(place, _)| [place.checked_sub(1).map_or('\n', at), at(place), at(place + 1)])
}

/// How like Danish the text is, read in one way.
fn likeness_of(file: &[u8], letters: &[char]) -> i64 {
    const IMPOSSIBLE: i64 = -5;
    signs_beside(file, letters).map(|signs| likeness(signs).unwrap_or(IMPOSSIBLE)).sum()
}

/// How like Danish a sign is between its neighbours; `None` where it cannot be.
fn likeness([before, sign, after]: [char; 3]) -> Option<i64> {
    let is_in_word = before.is_alphabetic() && after.is_alphabetic();
    if !sign.is_alphabetic() {
        let is_drawn = sign.is_control() || matches!(sign, '\u{2500}'..='\u{25ff}' | '‗');
        let can_join = "’‘´·–—…²³¹™®©\u{a0}\u{ad}".contains(sign);
        let is_usual = "’‘´·–—…°”“»«§½€•›\u{a0}".contains(sign);
        let can_be = !is_drawn && (can_join || !is_in_word);
        return can_be.then_some(i64::from(is_usual));
    }
    let is_alone = !before.is_alphabetic() && !after.is_alphabetic();
    // A capital letter begins a word or is in a word of capitals.
    let breaks_case =
        (sign.is_uppercase() && before.is_alphabetic() && (before.is_lowercase() || after.is_lowercase()))
            || (sign.is_lowercase() && after.is_uppercase());
    Some(match sign {
        _ if breaks_case => -3,
        _ if is_alone => 0,
        'æ' | 'ø' | 'å' | 'Æ' | 'Ø' | 'Å' => 3,
        'é' | 'è' | 'ü' | 'ö' | 'ä' | 'É' | 'Ü' | 'Ö' | 'Ä' => 2,
        _ => 1,
    })
}
