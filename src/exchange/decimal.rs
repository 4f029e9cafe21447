//! Numbers that are written as text, as Danes write them and as Excel in English does.

use crate::visible::as_seen;

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotANumber {
    /// It says none.
    Unreadable,
    /// It can be read in two ways: the point of `1.024` stands before thousands to a Dane, and before a fraction in English.
    Ambiguous {
        /// The number by the one reading, as it is to be written.
        whole: String,
        /// By the other.
        fraction: String,
    },
}

/// The number that a text says: `10`, `2,5`, `2.5`, `1.024,5`, `1 024`.
pub(crate) fn number_in_text(text: &str) -> Result<f64, NotANumber> {
    let text: String = as_seen(text).trim().chars().filter(|sign| *sign != ' ').collect();
    let parsed = |text: &str| text.parse().map_err(|_| NotANumber::Unreadable);
    let (whole, fraction) = match text.split_once(',') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text.as_str(), None),
    };
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let others: Vec<&str> = groups.collect();
    let is_digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let are_thousands = !others.is_empty()
        && others.iter().all(|group| group.len() == 3 && is_digits(group))
        && (1..=3).contains(&first.len())
        && is_digits(&first)
        && !first.starts_with('0');
    match (others.as_slice(), fraction) {
        ([group], None) if are_thousands => {
            Err(NotANumber::Ambiguous { whole: format!("{first}{group}"), fraction: format!("{first},{group}") })
        }
        (_, fraction) if are_thousands => parsed(&format!("{first}{}.{}", others.concat(), fraction.unwrap_or("0"))),
        ([], Some(fraction)) => parsed(&format!("{first}.{fraction}")),
        (_, None) => parsed(&text),
        (_, Some(_)) => Err(NotANumber::Unreadable),
    }
}
