use std::borrow::Cow;

/// What stands in place of a text that was left out because it may name a person.
const LEFT_OUT: &str = "(udeladt)";

/// The text, or a word in its place when it holds something that looks like a CPR number.
///
/// A CPR number is ten digits, often with a dash or a space after the sixth, the first four a day and a month.
/// What senders write in a contact point or a refusal is free text; this keeps such numbers out of logs, journal
/// and error texts. A UUID is let through: its groups of digits are no such number.
///
/// ```
/// use postfordeler::rules::without_cpr;
/// assert_eq!(without_cpr("borger 251216-9996 findes ikke"), "(udeladt)");
/// assert_eq!(without_cpr("sagen er lukket"), "sagen er lukket");
/// ```
#[must_use]
pub fn without_cpr(text: &str) -> Cow<'_, str> {
    if uuid::Uuid::try_parse(text).is_ok() || !holds_cpr(text) { Cow::Borrowed(text) } else { Cow::Borrowed(LEFT_OUT) }
}

fn holds_cpr(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts_a_run = |at: usize| at == 0 || !bytes[at - 1].is_ascii_digit();
    (0..bytes.len())
        .filter(|&at| bytes[at].is_ascii_digit() && starts_a_run(at))
        .any(|at| begins_with_cpr(&bytes[at..]))
}

fn begins_with_cpr(bytes: &[u8]) -> bool {
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    if !digits(0, 6) {
        return false;
    }
    let serial = if matches!(bytes.get(6), Some(b'-' | b' ')) { 7 } else { 6 };
    let ends_there = !bytes.get(serial + 4).is_some_and(u8::is_ascii_digit);
    digits(serial, serial + 4) && ends_there && is_day_and_month(bytes)
}

/// Replacement numbers of hospitals and authorities add 60 to the day.
fn is_day_and_month(digits: &[u8]) -> bool {
    let two = |at: usize| (digits[at] - b'0') * 10 + digits[at + 1] - b'0';
    let day = if two(0) > 60 { two(0) - 60 } else { two(0) };
    (1..=31).contains(&day) && (1..=12).contains(&two(2))
}
