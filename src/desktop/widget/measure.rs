//! Estimates the width of words in the program's font from tables of character widths. Laying out every cell of a large
//! table only to find its widest would take too long.

use crate::desktop::theme;

/// The advance of each character of IBM Plex Sans in thousandths of the font size, from the space to the tilde.
#[rustfmt::skip]
const BASIC: [u16; 95] = [
    236, 284, 419, 713, 598, 927, 694, 242, 335, 335, 450, 600, 272, 399, 272, 383, 600, 600, 600, 600, 600, 600, 600,
    600, 600, 600, 292, 292, 600, 600, 600, 477, 891, 641, 653, 621, 671, 583, 559, 695, 707, 400, 510, 634, 501, 812,
    707, 708, 606, 708, 640, 581, 572, 678, 609, 891, 613, 593, 580, 317, 383, 317, 600, 565, 600, 534, 580, 503, 580,
    549, 324, 528, 568, 250, 250, 527, 272, 873, 568, 560, 580, 580, 367, 487, 351, 568, 492, 768, 507, 499, 464, 343,
    314, 343, 600,
];

/// The same from the no-break space to ÿ.
#[rustfmt::skip]
const LATIN: [u16; 96] = [
    236, 284, 514, 595, 612, 605, 314, 586, 600, 776, 399, 513, 600, 0, 476, 600, 468, 600, 346, 346, 600, 573, 652,
    326, 600, 359, 398, 513, 847, 872, 824, 467, 641, 641, 641, 641, 641, 641, 907, 621, 583, 583, 583, 583, 400, 400,
    400, 400, 674, 707, 708, 708, 708, 708, 708, 600, 708, 678, 678, 678, 678, 593, 606, 640, 534, 534, 534, 534, 534,
    534, 864, 503, 549, 549, 549, 549, 250, 250, 250, 250, 555, 568, 560, 560, 560, 560, 560, 600, 568, 568, 568, 568,
    568, 499, 580, 499,
];

/// Assumed for all other characters: the advance of a wide one.
const OTHER: u16 = 820;
/// Semibold letters are at most this many times as wide as regular ones.
const BOLD: f32 = 1.06;

fn advance(character: char) -> u16 {
    let code = character as usize;
    let known = match code {
        0x20..=0x7e => BASIC.get(code - 0x20),
        0xa0..=0xff => LATIN.get(code - 0xa0),
        _ => None,
    };
    known.copied().unwrap_or(OTHER)
}

/// The width of regular words of that size on one line, in logical pixels.
pub(in crate::desktop) fn text_width(words: &str, size: f32) -> f32 {
    let thousandths: f32 = words.chars().map(|character| f32::from(advance(character))).sum();
    thousandths * size / 1000.0
}

/// The same for semibold words.
pub(in crate::desktop) fn bold_width(words: &str, size: f32) -> f32 {
    text_width(words, size) * BOLD
}

/// The width of the widest name in a list, in logical pixels. Only the names of the first few screens are measured.
pub(in crate::desktop) fn widest<Name: AsRef<str>>(names: impl IntoIterator<Item = Name>) -> f32 {
    const MEASURED_NAMES: usize = 300;
    names.into_iter().take(MEASURED_NAMES).map(|name| text_width(name.as_ref(), theme::BODY)).fold(0.0, f32::max)
}
