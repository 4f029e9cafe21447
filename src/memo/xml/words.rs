//! Bytes eight at a time: a word of eight bytes is examined as one number, without a branch for each byte.

use memchr::memchr3;

/// That byte in each of the eight places.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// As far as the end of a text is looked for word by word. What is longer is mostly base64, through which `memchr` goes with
/// wider words, once it has begun.
const NEAR: usize = 64;

/// Marks where the byte occurs in the word, by the highest bit of its place. Places after the first mark may be marked wrongly:
/// subtracting borrows across bytes.
#[inline]
const fn marks(word: u64, byte: u8) -> u64 {
    let zero_where_found = word ^ eight(byte);
    zero_where_found.wrapping_sub(eight(1)) & !zero_where_found & eight(0x80)
}

/// The number of bytes before the first mark; 8, if there is none.
#[inline]
const fn before(marks: u64) -> usize {
    marks.trailing_zeros() as usize / 8
}

/// Marks what ends a text.
#[inline]
const fn text_ends(bytes: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(bytes);
    marks(word, b'<') | marks(word, b'&') | marks(word, b']')
}

/// The number of bytes before the first `<`, `&` or `]`; all, if there is none.
#[inline]
pub(super) fn text_length(input: &[u8]) -> usize {
    // Most texts are the white space between two tags, and end within the first word.
    match input.first_chunk().map(|bytes| text_ends(*bytes)) {
        Some(found) if found != 0 => before(found),
        _ => longer_text_length(input),
    }
}

fn longer_text_length(input: &[u8]) -> usize {
    let (words, _) = input.as_chunks();
    for (number, bytes) in words.iter().take(NEAR / 8).enumerate().skip(1) {
        let found = text_ends(*bytes);
        if found != 0 {
            return number * 8 + before(found);
        }
    }
    let seen = NEAR.min(words.len() * 8);
    memchr3(b'<', b'&', b']', &input[seen..]).map_or(input.len(), |at| seen + at)
}

/// The number of ASCII bytes before the first other one.
pub(super) fn ascii_length(input: &[u8]) -> usize {
    // Nearly all of a message is ASCII, so it is gone through in large steps, without a branch in them.
    let (steps, _) = input.as_chunks::<64>();
    let is_ascii = |step: &&[u8; 64]| step.iter().fold(0, |any, byte| any | byte).is_ascii();
    let seen = steps.iter().take_while(is_ascii).count() * 64;
    let (words, rest) = input[seen..].as_chunks();
    for (number, bytes) in words.iter().enumerate() {
        let found = u64::from_le_bytes(*bytes) & eight(0x80);
        if found != 0 {
            return seen + number * 8 + before(found);
        }
    }
    input.len() - rest.len() + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// The beginning of a tag in words, as far as names are remembered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words([u64; Words::COUNT]);

impl Words {
    const COUNT: usize = 4;
    pub const BYTES: usize = Self::COUNT * 8;
    pub const ZEROS: Self = Self([0; Self::COUNT]);
    /// What no text is, since it is not UTF-8.
    pub const NO_TEXT: Self = Self([u64::MAX; Self::COUNT]);
    /// What keeps that many bytes at the beginning.
    const MASKS: [[u64; Self::COUNT]; Self::BYTES + 1] = {
        let mut masks = [[0; Self::COUNT]; Self::BYTES + 1];
        let mut length = 1;
        while length <= Self::BYTES {
            masks[length] = masks[length - 1];
            masks[length][(length - 1) / 8] |= 0xFF << ((length - 1) % 8 * 8);
            length += 1;
        }
        masks
    };

    #[inline]
    pub fn new(bytes: &[u8; Self::BYTES]) -> Self {
        let (words, _) = bytes.as_chunks();
        Self(std::array::from_fn(|at| u64::from_le_bytes(words[at])))
    }

    /// A text with zeros after it; `None` if it is longer.
    pub fn of(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; Self::BYTES];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        Some(Self::new(&bytes))
    }

    /// The number of bytes before the first `>`; as many as there are, if there is none.
    #[inline]
    pub fn before_bracket(&self) -> usize {
        let mut length = 0;
        for word in self.0 {
            let found = marks(word, b'>');
            length += before(found);
            if found != 0 {
                break;
            }
        }
        length
    }

    /// That many bytes of it, and zeros.
    #[inline]
    pub fn cut(&self, length: usize) -> Self {
        let mask = &Self::MASKS[length.min(Self::BYTES)];
        Self(std::array::from_fn(|at| self.0[at] & mask[at]))
    }

    /// A number of 64 bits in whose highest bits all bytes count. It is no secret: whoever makes names for which it is the same
    /// wins nothing but that they are checked anew.
    #[inline]
    pub fn hash(&self) -> u64 {
        const ODD: [u64; Words::COUNT] =
            [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0xD6E8_FEB8_6659_FD93];
        self.0.iter().zip(ODD).fold(0, |hash, (word, odd)| hash ^ word.wrapping_mul(odd))
    }
}

impl PartialEq for Words {
    /// Word by word: as an array they would be compared in wider pieces than they have just been written in, which stalls.
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |differences, (own, other)| differences | (own ^ other)) == 0
    }
}
