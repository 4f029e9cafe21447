use std::borrow::Cow;

/// What stands in place of a text that was left out because it may name a person.
pub(crate) const LEFT_OUT: &str = "(udeladt)";
/// How many digits a CPR number has.
const DIGITS: usize = 10;

/// The text, or a word in its place when it holds something that looks like a CPR number.
///
/// A CPR number is ten digits, the first four a day and a month, written in one or with signs between, be they seen or
/// not. What senders
/// write in a contact point or a refusal is free text; this keeps such numbers out of logs, journal and error texts.
/// A UUID is let through: its groups of digits are no such number.
///
/// ```
/// use postfordeler::rules::without_cpr;
/// assert_eq!(without_cpr("borger 251216-9996 findes ikke"), "(udeladt)");
/// assert_eq!(without_cpr("sagen er lukket"), "sagen er lukket");
/// ```
#[must_use]
pub fn without_cpr(text: &str) -> Cow<'_, str> {
    let is_uuid = uuid::Uuid::try_parse(text).is_ok();
    Cow::Borrowed(if !is_uuid && holds_cpr(text) { LEFT_OUT } else { text })
}

/// What is passed on of a text that others wrote: at most so many characters, none of them a control character, and
/// nothing that looks like a CPR number.
///
/// ```
/// use postfordeler::rules::short_without_cpr;
/// assert_eq!(short_without_cpr("sagen er lukket", 5), "sagen");
/// ```
#[must_use]
pub fn short_without_cpr(text: &str, characters: usize) -> String {
    // A control character can stand between the digits, and a cut can leave ten of more.
    let plain: String = text.chars().filter(|character| !character.is_control()).collect();
    let short: String = without_cpr(&plain).chars().take(characters).collect();
    without_cpr(&short).chars().take(characters).collect()
}

/// Looks at each run of digits that nothing but separators comes between.
fn holds_cpr(text: &str) -> bool {
    let is_part = |character: char| character.is_ascii_digit() || is_separator(character);
    text.split(|character| !is_part(character)).any(|run| {
        let groups: Vec<&str> = run.split(is_separator).filter(|group| !group.is_empty()).collect();
        (0..groups.len()).any(|first| begins_with_cpr(&groups[first..]))
    })
}

fn is_separator(character: char) -> bool {
    let is_dash = matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let is_invisible = matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    is_dash || is_invisible || character.is_whitespace() || matches!(character, '.' | '/' | '_')
}

/// Whether the first groups make up ten digits, neither more nor fewer, that begin with a day and a month.
fn begins_with_cpr(groups: &[&str]) -> bool {
    let mut digits = String::new();
    for group in groups {
        digits.push_str(group);
        if digits.len() >= DIGITS {
            return digits.len() == DIGITS && is_day_and_month(digits.as_bytes());
        }
    }
    false
}

/// Replacement numbers of hospitals and authorities add 60 to the day.
fn is_day_and_month(digits: &[u8]) -> bool {
    let two = |at: usize| (digits[at] - b'0') * 10 + digits[at + 1] - b'0';
    let day = if two(0) > 60 { two(0) - 60 } else { two(0) };
    (1..=31).contains(&day) && (1..=12).contains(&two(2))
}
