//! A lenient view of JSON from others: what is not as expected counts as absent.

use crate::exchange::json::Json;
use crate::visible::without_invisible;

/// Whether a key is the one that is meant, in whatever style programs write their keys: `contactPoints`, `ContactPoints`,
/// `contact_points`, `contact-points`.
pub(in crate::exchange) fn is_key(written: &str, key: &str) -> bool {
    let plain = |text: &str| text.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' ')).collect::<Vec<_>>();
    // Most keys are written as they are meant.
    written.eq_ignore_ascii_case(key)
        || (written.contains(['_', '-', ' ']) && plain(written).eq_ignore_ascii_case(&plain(key)))
}

impl Json<'_> {
    /// The value of the first of these keys that has one, in any style of writing keys.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&Self> {
        let Json::Object(entries) = self else { return None };
        keys.iter().find_map(|key| {
            let entry = entries.iter().find(|(name, value)| is_key(name, key) && !value.is_null());
            entry.map(|(_, value)| value)
        })
    }

    /// Whether it has one of these keys, with any value.
    pub(super) fn has(&self, keys: &[&str]) -> bool {
        let Json::Object(entries) = self else { return false };
        entries.iter().any(|(name, _)| keys.iter().any(|key| is_key(name, key)))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    /// The items of a list with their positions; something else is a list of one.
    pub(super) fn items(&self) -> Vec<(usize, &Self)> {
        let items = match self {
            Json::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        items.iter().enumerate().filter(|(_, item)| !item.is_null()).collect()
    }

    /// A text that is not empty; a number is one too.
    pub(super) fn words(&self) -> Option<String> {
        let words = match self {
            Json::Text(text) => without_invisible(text).trim().to_owned(),
            Json::Whole(number) => number.to_string(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        (!words.is_empty()).then_some(words)
    }

    /// A text, else the text under the first of these keys that has one.
    pub(super) fn words_or(&self, keys: &[&str]) -> Option<String> {
        self.words().or_else(|| keys.iter().find_map(|key| self.get(&[key])?.words()))
    }

    /// A number, perhaps written as a text.
    #[expect(clippy::cast_precision_loss, reason = "no number of that size is asked for")]
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Json::Whole(number) => Some(*number as f64),
            Json::Number(number) => Some(*number),
            Json::Text(text) => text.trim().replace(',', ".").parse().ok(),
            _ => None,
        }
    }

    /// A whole number that is not negative, perhaps written as a text or with a point.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it has been looked at before")]
    pub(super) fn whole(&self) -> Option<u64> {
        const MAX: f64 = 9e15;
        let number = self.number()?;
        (number.fract() == 0.0 && (0.0..MAX).contains(&number)).then_some(number as u64)
    }

    /// True or false, perhaps written as a text or a number.
    pub(super) fn switch(&self) -> Option<bool> {
        match self {
            Json::Bool(value) => Some(*value),
            Json::Text(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
            Json::Text(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
            other => match other.whole()? {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            },
        }
    }
}
