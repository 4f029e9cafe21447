use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Serialize;

use crate::visible::{is_dash, is_hidden, without_invisible};

/// The most parts a number of either classification has.
const MAX_PARTS: usize = 4;

/// A classification of public tasks, which numbers belong to.
pub trait Classification: Copy + fmt::Debug {
    /// How many two-digit parts a full number has.
    const PARTS: usize;
    /// The name of the classification.
    const NAME: &'static str;
}

/// Numbers of *KL Emnesystematik* (KLE), KL's classification of municipal tasks: `NN` (hovedgruppe), `NN.NN` (gruppe) or
/// `NN.NN.NN` (emne).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KleNumbers;

/// Numbers of *FORM*, the public sector's task classification: one to four parts, `NN` to `NN.NN.NN.NN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FormNumbers;

impl Classification for KleNumbers {
    const PARTS: usize = 3;
    const NAME: &'static str = "KLE";
}

impl Classification for FormNumbers {
    const PARTS: usize = 4;
    const NAME: &'static str = "FORM";
}

/// A KLE number; see [`Number`].
pub type Kle = Number<KleNumbers>;

/// A FORM number; see [`Number`].
pub type Form = Number<FormNumbers>;

/// A number of a classification, at any of its levels, with two digits a part.
///
/// In a rule a number shorter than the full length covers every number that begins with it, so at the end of an interval it
/// reaches through `.99`. In a message, where it names one task, it counts as its own `.00` ("i almindelighed").
///
/// Numbers are ordered part by part, as numbers and not as text, and each comes before those below it, as in a printed plan.
///
/// ```
/// use postfordeler::rules::Kle;
///
/// let subject: Kle = "27.36.04".parse().unwrap();
/// let group: Kle = "27.36".parse().unwrap();
/// assert_eq!(subject.above(), Some(group));
/// assert!(subject.is_below(group) && group < subject);
/// assert!("27.36.4".parse::<Kle>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number<C> {
    parts: [u8; MAX_PARTS],
    length: u8,
    classification: PhantomData<C>,
}

/// Why a text is not a number of a classification, or not an interval of such numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnInterval {
    /// It, or an end of the interval, is not a number of the classification.
    #[error("a {0} number is two digits a level with dots between, or an interval 'from - to' of such numbers")]
    NotANumber(&'static str),
    /// The interval ends before it begins.
    #[error("the interval ends before it begins")]
    Backwards,
}

impl<C: Copy> Number<C> {
    /// The number of its parts, 1 to [`Classification::PARTS`].
    #[must_use]
    pub fn level(self) -> usize {
        self.length.into()
    }

    /// Its first part, 0 to 99.
    #[must_use]
    pub fn main_group(self) -> u8 {
        self.parts[0]
    }

    /// The number one level up; `None` for one of the first level.
    #[must_use]
    pub fn above(self) -> Option<Self> {
        let length = self.length.checked_sub(1).filter(|length| *length > 0)?;
        let mut parts = self.parts;
        parts[usize::from(length)..].fill(0);
        Some(Self { parts, length, classification: PhantomData })
    }

    /// Whether it is longer than the other number and begins with it.
    #[must_use]
    pub fn is_below(self, other: Self) -> bool {
        let length = other.level();
        self.length > other.length && self.parts[..length] == other.parts[..length]
    }
}

impl<C> Number<C> {
    fn written(&self) -> &[u8] {
        &self.parts[..usize::from(self.length)]
    }
}

impl<C: Eq> Ord for Number<C> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.written().cmp(other.written())
    }
}

impl<C: Eq> PartialOrd for Number<C> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<C: Classification> Number<C> {
    /// The first full number that this one covers, as a whole number with two digits a part.
    pub(crate) fn lowest(self) -> u32 {
        self.filled_up_with(0)
    }

    /// The last full number that this one covers.
    pub(crate) fn highest(self) -> u32 {
        self.filled_up_with(99)
    }

    /// The full number with that value; `None` when it has more parts than a number of the classification.
    pub(crate) fn of_lowest(number: u32) -> Option<Self> {
        let mut parts = [0; MAX_PARTS];
        let mut left = number;
        for part in parts[..C::PARTS].iter_mut().rev() {
            *part = u8::try_from(left % 100).ok()?;
            left /= 100;
        }
        let length = u8::try_from(C::PARTS).ok()?;
        (left == 0).then_some(Self { parts, length, classification: PhantomData })
    }

    fn filled_up_with(self, filler: u8) -> u32 {
        (0..C::PARTS).fold(0, |number, place| {
            let part = if place < usize::from(self.length) { self.parts[place] } else { filler };
            number * 100 + u32::from(part)
        })
    }
}

impl<C: Classification> FromStr for Number<C> {
    type Err = NotAnInterval;

    fn from_str(text: &str) -> Result<Self, NotAnInterval> {
        let mut parts = [0; MAX_PARTS];
        let mut length = 0;
        for part in text.split('.') {
            let two_digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            if !two_digits || length == C::PARTS {
                return Err(NotAnInterval::NotANumber(C::NAME));
            }
            parts[length] = part.parse().map_err(|_| NotAnInterval::NotANumber(C::NAME))?;
            length += 1;
        }
        let length = u8::try_from(length).unwrap_or(u8::MAX);
        Ok(Self { parts, length, classification: PhantomData })
    }
}

impl<C> fmt::Display for Number<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, part) in self.written().iter().enumerate() {
            write!(f, "{}{part:02}", if place == 0 { "" } else { "." })?;
        }
        Ok(())
    }
}

impl<C> fmt::Debug for Number<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One number, or all numbers from one through another, both included: `27.36`, `31 - 35`.
///
/// Any kind of dash may separate the two, since word processors replace the one on the keyboard.
///
/// ```
/// use postfordeler::rules::{Interval, Kle, KleNumbers, NotAnInterval};
///
/// let number = |text: &str| text.parse::<Kle>().unwrap();
/// let interval: Interval<KleNumbers> = "31 – 35".parse()?;
/// assert!(interval.contains(number("31")) && interval.contains(number("35.99.99")));
/// assert!(!interval.contains(number("36.00.00")));
/// assert_eq!(interval.to_string(), "31 - 35");
///
/// // A number by itself covers everything that begins with it.
/// let group: Interval<KleNumbers> = "27.36".parse()?;
/// assert!(group.contains(number("27.36.99")) && !group.contains(number("27.37")));
/// assert_eq!("35 - 31".parse::<Interval<KleNumbers>>(), Err(NotAnInterval::Backwards));
/// # Ok::<(), NotAnInterval>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String", bound = "C: Classification")]
pub struct Interval<C: Classification> {
    from: Number<C>,
    to: Option<Number<C>>,
}

impl<C: Classification> Interval<C> {
    /// The numbers from the beginning of one through the end of the other, which does not come before it; a single number where
    /// the two are the same.
    pub(crate) fn from_through(from: Number<C>, to: Number<C>) -> Self {
        Self { from, to: (from.lowest() != to.lowest() || from.highest() != to.highest()).then_some(to) }
    }

    /// The interval of the full numbers from one value through another, both with two digits a part, written as short as it
    /// can be; `None` when they are values of no numbers or stand in the wrong order.
    pub(crate) fn of_values(lowest: u32, highest: u32) -> Option<Self> {
        let (full_first, full_last) = (Number::of_lowest(lowest)?, Number::of_lowest(highest)?);
        let shorter = |number: Number<C>| std::iter::successors(Some(number), |number| number.above());
        let fits = |number: &Number<C>| lowest <= number.lowest() && number.highest() <= highest;
        let first = shorter(full_first).take_while(|it| it.lowest() == lowest && fits(it)).last()?;
        let last = shorter(full_last).take_while(|it| it.highest() == highest && fits(it)).last()?;
        Some(Self::from_through(first, last))
    }

    /// Whether the number lies in the interval.
    #[must_use]
    pub fn contains(self, number: Number<C>) -> bool {
        (self.lowest()..=self.highest()).contains(&number.lowest())
    }

    /// Whether every number of the other interval lies in this one as well.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.lowest() <= other.lowest() && other.highest() <= self.highest()
    }

    /// Whether any number lies in both.
    #[must_use]
    pub fn touches(self, other: Self) -> bool {
        self.lowest() <= other.highest() && other.lowest() <= self.highest()
    }

    /// The number at its beginning, as written.
    #[must_use]
    pub fn first(self) -> Number<C> {
        self.from
    }

    /// The number at its end, as written; `None` when it is one number.
    #[must_use]
    pub fn last(self) -> Option<Number<C>> {
        self.to
    }

    fn between(from: &str, to: &str) -> Result<Self, NotAnInterval> {
        let interval = Self { from: from.trim().parse()?, to: Some(to.trim().parse()?) };
        if interval.lowest() > interval.highest() { Err(NotAnInterval::Backwards) } else { Ok(interval) }
    }

    pub(crate) fn lowest(self) -> u32 {
        self.from.lowest()
    }

    pub(crate) fn highest(self) -> u32 {
        self.to.unwrap_or(self.from).highest()
    }
}

/// Whether a text consists of numbers with a point after every second digit, with signs or short words between them. It may
/// be a misspelt interval, but nobody writes a CPR number like that, so an error message may repeat it.
pub(crate) fn looks_like_interval(text: &str) -> bool {
    const MAX_LETTERS: usize = 8;
    let is_of_number = |character: char| character.is_ascii_digit() || character == '.';
    let numbers: Vec<&str> = text.split(|character| !is_of_number(character)).filter(|it| !it.is_empty()).collect();
    let is_number = |number: &&str| {
        let parts: Vec<&str> = number.trim_matches('.').split('.').collect();
        parts.len() <= MAX_PARTS && parts.iter().all(|part| part.len() == 2)
    };
    let between: Vec<char> = text.trim().chars().filter(|character| !is_of_number(*character)).collect();
    let letters = between.iter().filter(|character| character.is_alphabetic()).count();
    let are_apart = numbers.len() < 2 || between.iter().any(|character| !character.is_whitespace());
    let has_points = numbers.len() <= 2 && numbers.iter().any(|number| number.contains('.'));
    has_points
        && are_apart
        && letters <= MAX_LETTERS
        && between.iter().all(|character| !character.is_numeric() && (is_dash(*character) || !is_hidden(*character)))
        && numbers.iter().all(is_number)
}

impl<C: Classification> FromStr for Interval<C> {
    type Err = NotAnInterval;

    fn from_str(text: &str) -> Result<Self, NotAnInterval> {
        let plain = without_invisible(text);
        if let Some((from, to)) = plain.split_once(is_dash) {
            return Self::between(from, to);
        }
        match (plain.trim().parse(), text.split_once('\u{AD}')) {
            (Ok(only), _) => Ok(Self { from: only, to: None }),
            // A soft hyphen is usually invisible, but some documents have no other hyphen.
            (Err(_), Some((from, to))) => Self::between(&without_invisible(from), &without_invisible(to)),
            (Err(error), None) => Err(error),
        }
    }
}

impl<C: Classification> fmt::Display for Interval<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            None => write!(f, "{}", self.from),
            Some(to) => write!(f, "{} - {to}", self.from),
        }
    }
}

impl<C: Classification> From<Number<C>> for Interval<C> {
    fn from(number: Number<C>) -> Self {
        Self { from: number, to: None }
    }
}

impl<C: Classification> From<Interval<C>> for String {
    fn from(interval: Interval<C>) -> Self {
        interval.to_string()
    }
}
