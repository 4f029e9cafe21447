use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A CVR number: the eight digits that identify a Danish company or authority.
///
/// Its check digit is not required to be valid, since test environments use numbers in which it is not;
/// [`Cvr::has_valid_check_digit`] checks it.
///
/// ```
/// use postfordeler::rules::Cvr;
/// let cvr: Cvr = "66137112".parse().unwrap();
/// assert!(cvr.has_valid_check_digit());
/// assert!("6613711".parse::<Cvr>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cvr(u32);

/// The text is not eight digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a CVR number has exactly eight digits")]
pub struct NotACvr;

impl Cvr {
    /// The number with these digits; `None` for a number of more than eight.
    pub(crate) fn of_number(number: u32) -> Option<Self> {
        (number < 100_000_000).then_some(Self(number))
    }

    /// Whether the last digit is the check digit of the others: modulus 11 with the weights 2, 7, 6, 5, 4, 3, 2, 1.
    #[must_use]
    pub fn has_valid_check_digit(self) -> bool {
        const WEIGHTS_FROM_THE_RIGHT: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 2];
        let mut rest = self.0;
        let mut sum = 0;
        for weight in WEIGHTS_FROM_THE_RIGHT {
            sum += weight * (rest % 10);
            rest /= 10;
        }
        sum % 11 == 0
    }
}

impl FromStr for Cvr {
    type Err = NotACvr;

    fn from_str(text: &str) -> Result<Self, NotACvr> {
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse().map(Self).map_err(|_| NotACvr)
        } else {
            Err(NotACvr)
        }
    }
}

impl TryFrom<String> for Cvr {
    type Error = NotACvr;

    fn try_from(text: String) -> Result<Self, NotACvr> {
        text.parse()
    }
}

impl fmt::Display for Cvr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

impl From<Cvr> for String {
    fn from(cvr: Cvr) -> Self {
        cvr.to_string()
    }
}
