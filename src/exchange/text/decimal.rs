//! Numbers written as text, in Danish notation and in that of an English Excel.

use crate::visible::as_seen;

/// Why a text is not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotANumber {
    /// It is not in any notation of numbers.
    Unreadable,
    /// Two readings are possible: in `1.024` the point separates thousands in Danish, and a fraction in English.
    Ambiguous {
        /// The reading with thousands, written without a separator.
        whole: String,
        /// The reading with a fraction, written with a comma.
        fraction: String,
    },
}

/// Parses a number: `10`, `2,5`, `2.5`, `1.024,5`, `1 024`.
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
