//! When a word that people look for counts as one that stands there.

use crate::LanguageChoice;

/// What may follow a word without making it another one, the longest first.
const DANISH_ENDINGS: &[&str] = &[
    "ernes", "erne", "erens", "eren", "enes", "ene", "ers", "ens", "ets", "er", "en", "et", "es", "e", "r", "s", "n",
    "t",
];
const ENGLISH_ENDINGS: &[&str] = &["ing", "es", "ed", "s", "e"];
/// What people call something, and what the guide calls it, both as they are compared.
const DANISH_OTHERS: &[(&str, &str)] = &[
    ("backup", "sikkerhedskopi"),
    ("besked", "meddelelse"),
    ("brev", "meddelelse"),
    ("genvej", "tastatur"),
    ("kommune", "myndighed"),
    ("personnummer", "cpr"),
    ("postkasse", "kontaktpunkt"),
    ("shortcut", "tastatur"),
];
const ENGLISH_OTHERS: &[(&str, &str)] = &[
    ("letter", "message"),
    ("mailbox", "contact point"),
    ("municipality", "authority"),
    ("publish", "publication"),
    ("shortcut", "keyboard"),
];
/// Shorter stems are of too many words.
const LEAST_STEM: usize = 4;
/// Shorter words are not looked for within others.
const LEAST_WITHIN: usize = 4;
/// In words from this length on, one letter may be wrong, and in still longer ones two.
const ONE_WRONG: usize = 5;
const TWO_WRONG: usize = 9;

/// Words as they are compared: in lower case, and the Danish letters, whichever way they are written, as one letter each.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    pub text: String,
    /// For each letter the number of the one that it comes from.
    from: Vec<usize>,
}

impl Folded {
    pub fn of(words: &str) -> Self {
        let mut folded = Self::default();
        let mut last = ' ';
        for (number, letter) in words.chars().enumerate() {
            for letter in letter.to_lowercase() {
                // `aa`, `ae` and `oe` stand in for the Danish letters, which those who have none write `a` and `o`.
                let stands_in = matches!((last, letter), ('a', 'a' | 'e') | ('o', 'e'));
                last = letter;
                let letter = match letter {
                    'å' | 'æ' => 'a',
                    'ø' => 'o',
                    'é' => 'e',
                    letter => letter,
                };
                if !stands_in {
                    folded.text.push(letter);
                    folded.from.push(number);
                }
            }
        }
        folded
    }

    /// How unlike the word and what stands there are, from 0, and how often it stands there; `None` where it does not.
    pub fn times_of(&self, wanted: &Wanted) -> Option<(u8, usize)> {
        (0..).zip(Likeness::ALL).find_map(|(unlikeness, likeness)| {
            let times = self.matches(wanted, likeness).count();
            (times > 0).then_some((unlikeness, times))
        })
    }

    /// Where the word first stands: how many letters of the words as they are written come before.
    pub fn first_of(&self, wanted: &Wanted) -> Option<usize> {
        let at = Likeness::ALL.into_iter().find_map(|likeness| self.matches(wanted, likeness).min())?;
        self.from.get(self.text[..at].chars().count()).copied()
    }

    fn matches<'a>(&'a self, wanted: &'a Wanted, likeness: Likeness) -> impl Iterator<Item = usize> + 'a {
        let forms = match likeness {
            Likeness::Begins => &wanted.forms[..1],
            Likeness::OtherForm => &wanted.forms[1..],
            Likeness::Within => &wanted.forms[..],
        };
        forms.iter().flat_map(move |form| {
            self.text.match_indices(form.as_str()).map(|(at, _)| at).filter(move |at| {
                let begins = !self.text[..*at].chars().next_back().is_some_and(char::is_alphanumeric);
                begins || likeness == Likeness::Within && form.chars().count() >= LEAST_WITHIN
            })
        })
    }
}

/// In what way a word stands somewhere, the surest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// A word there begins so.
    Begins,
    /// A word there begins as another form of it.
    OtherForm,
    /// It is part of a longer word: `regel` of `fordelingsregel`.
    Within,
}

impl Likeness {
    const ALL: [Self; 3] = [Self::Begins, Self::OtherForm, Self::Within];
}

/// A word that people look for, as it is compared: as it is written, and then its other forms.
#[derive(Debug)]
pub(super) struct Wanted {
    forms: Vec<String>,
}

impl Wanted {
    /// Whether it is that word, in whichever form.
    pub fn is(&self, word: &str) -> bool {
        self.forms.iter().any(|form| form == word)
    }

    /// Only as it is written.
    pub fn exactly(word: &str) -> Self {
        Self { forms: vec![word.to_owned()] }
    }

    pub fn of(word: &str, language: LanguageChoice) -> Self {
        let endings = if language == LanguageChoice::Danish { DANISH_ENDINGS } else { ENGLISH_ENDINGS };
        let mut forms = vec![word.to_owned()];
        let mut add = |form: String| {
            if form.chars().count() >= LEAST_STEM && !forms.contains(&form) {
                forms.push(form);
            }
        };
        for stem in std::iter::once(word).chain(endings.iter().filter_map(|ending| word.strip_suffix(ending))) {
            add(stem.to_owned());
            let mut letters = stem.chars().rev();
            match (letters.next(), letters.next()) {
                // `slette`: `slet`.
                (Some(last), Some(before)) if last == before => add(stem[..stem.len() - last.len_utf8()].to_owned()),
                // `regler`: `regel`, and the other way round.
                (Some('l'), Some('e')) => add(format!("{}l", &stem[..stem.len() - 2])),
                (Some('l'), Some(before)) if !"aiouy".contains(before) => add(format!("{}el", &stem[..stem.len() - 1])),
                // `policies`: `policy`.
                (Some('i'), _) => add(format!("{}y", &stem[..stem.len() - 1])),
                _ => {}
            }
        }
        let others = if language == LanguageChoice::Danish { DANISH_OTHERS } else { ENGLISH_OTHERS };
        let meant = others.iter().filter(|(other, _)| forms.iter().any(|form| form == other));
        let meant: Vec<_> = meant.map(|(_, meant)| (*meant).to_owned()).collect();
        forms.extend(meant);
        Self { forms }
    }
}

/// Whether a word is probably another one that is spelt wrong.
pub(super) fn is_nearly(word: &str, other: &str) -> bool {
    let (word, other): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    let may_be_wrong = match word.len() {
        0..ONE_WRONG => return false,
        ONE_WRONG..TWO_WRONG => 1,
        _ => 2,
    };
    // The first letter is seldom wrong, and ever so many words differ by it alone.
    word[0] == other[0] && word.len().abs_diff(other.len()) <= may_be_wrong && distance(&word, &other) <= may_be_wrong
}

/// How many letters must be put in, left out, changed, or swapped with the next.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
    for (i, letter) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, that) in other.iter().enumerate() {
            let changed = rows[i][j] + usize::from(letter != that);
            let mut least = changed.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == other[j - 1] && one[i - 1] == *that {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}
