//! What somebody may have meant who wrote a word that nobody knows.

use crate::visible::as_seen;

/// Words that are shorter are like too many others.
const SHORTEST: usize = 3;
/// What is longer, in bytes, is no word of which somebody has got a letter wrong.
const LONGEST: usize = 400;

/// The one of the known words that the text is but for a letter: one too many, one left out, another one, or two that have
/// changed places. Neither case nor width of spaces counts, so that it may also be the word itself, written otherwise.
pub(super) fn meant<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
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
    // Who has no Danish keyboard writes these with two letters.
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
