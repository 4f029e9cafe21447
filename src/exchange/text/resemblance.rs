//! Suggestions for unknown words.

use crate::visible::as_seen;

/// Shorter words resemble too many others. In characters.
const SHORTEST: usize = 3;
/// Longer texts are not typing errors of a word. In bytes.
const LONGEST: usize = 400;

/// The known word that differs from the text by one letter inserted, left out, replaced or swapped with its neighbour. Case
/// and the width of spaces are ignored, so the result may also be the word itself in another spelling.
pub(in crate::exchange) fn meant<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let text = letters(text);
    if text.len() < SHORTEST {
        return None;
    }
    known
        .into_iter()
        .filter(|word| word.len() <= LONGEST)
        .find(|word| is_one_off(&text, &letters(word)))
        .map(str::to_owned)
}

fn letters(text: &str) -> Vec<char> {
    let text = as_seen(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    // Without a Danish keyboard these are typed as two letters.
    text.replace('æ', "ae").replace('ø', "oe").replace('å', "aa").chars().collect()
}

fn is_one_off(one: &[char], other: &[char]) -> bool {
    if one == other {
        return true;
    }
    if one.len().abs_diff(other.len()) > 1 || other.len() < SHORTEST {
        return false;
    }
    let begin = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[begin..], &other[begin..]);
    match one.len().cmp(&other.len()) {
        std::cmp::Ordering::Less => *one == other[1..],
        std::cmp::Ordering::Greater => one[1..] == *other,
        std::cmp::Ordering::Equal => {
            one[1..] == other[1..]
                || (one.len() >= 2 && one[0] == other[1] && one[1] == other[0] && one[2..] == other[2..])
        }
    }
}
