//! Formats and parses the lists of a contact point (groups, codes, search terms, fields) as one line, separated by
//! semicolons.

use crate::exchange::decimal::{NotANumber, number_in_text};
use crate::rules::{Caseless, ContactGroup, Megabytes, PointCode};

const SEPARATOR: &str = "; ";
/// Between a group and its subgroup: the mark that is shown, and one that is on every keyboard.
const LEVELS: [char; 2] = ['›', '>'];

/// "Albertslund Kommune › Borger; Dagtilbud".
pub(super) fn groups_text(groups: &[ContactGroup]) -> String {
    joined(groups, ContactGroup::to_string)
}

/// "KLE 28.06.00 Dagtilbud; GLN 5798000000001".
pub(super) fn codes_text(codes: &[PointCode]) -> String {
    joined(codes, code_text)
}

pub(super) fn words_text(words: &[String]) -> String {
    joined(words, Clone::clone)
}

fn code_text(code: &PointCode) -> String {
    format!("{} {} {}", code.kind, code.code, code.name).trim_end().to_owned()
}

fn joined<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(SEPARATOR)
}

pub(super) fn megabytes_text(size: Megabytes) -> String {
    size.get().to_string().replace('.', ",")
}

pub(super) fn read_groups(text: &str, original: &[ContactGroup]) -> Vec<ContactGroup> {
    read(text, original, &[';'], ContactGroup::to_string, read_group).unwrap_or_default()
}

/// Returns the first piece that is not a code as the error.
pub(super) fn read_codes(text: &str, original: &[PointCode]) -> Result<Vec<PointCode>, String> {
    read(text, original, &[';'], code_text, |piece| {
        let (kind, rest) = piece.split_once(char::is_whitespace).ok_or_else(|| piece.to_owned())?;
        let (code, name) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest.trim_start(), ""));
        Ok(Some(PointCode { kind: kind.to_uppercase(), code: code.to_owned(), name: name.trim().to_owned() }))
    })
}

/// Search terms may also be separated by commas.
pub(super) fn read_terms(text: &str, original: &[String]) -> Vec<String> {
    read(text, original, &[';', ','], Clone::clone, read_words).unwrap_or_default()
}

pub(super) fn read_fields(text: &str, original: &[String]) -> Vec<String> {
    read(text, original, &[';'], Clone::clone, read_words).unwrap_or_default()
}

/// `None` if the text is empty.
pub(super) fn read_megabytes(text: &str) -> Result<Option<Megabytes>, NotANumber> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Megabytes::new(number_in_text(text)?).map(Some).ok_or(NotANumber::Unreadable)
}

#[expect(clippy::unnecessary_wraps, reason = "as codes are read")]
fn read_group(piece: &str) -> Result<Option<ContactGroup>, String> {
    let mut names: Vec<_> = piece.split(LEVELS).map(Caseless::new).filter(|name| !name.is_empty()).collect();
    Ok(names.pop().map(|name| ContactGroup { name, above: names }))
}

#[expect(clippy::unnecessary_wraps, reason = "as codes are read")]
fn read_words(piece: &str) -> Result<Option<String>, String> {
    Ok(Some(piece.to_owned()))
}

/// Reads each piece and removes duplicates. A piece that is written like an original item is that item, even if it
/// contains separators.
fn read<T: Clone + PartialEq>(
    text: &str,
    original: &[T],
    separators: &[char],
    write: impl Fn(&T) -> String,
    read: impl Fn(&str) -> Result<Option<T>, String>,
) -> Result<Vec<T>, String> {
    let known: Vec<(String, &T)> = original.iter().map(|item| (write(item).trim().to_owned(), item)).collect();
    if text.trim() == joined(original, &write).trim() {
        return Ok(original.to_vec());
    }
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let unchanged = known.iter().filter(|(words, _)| begins_with_piece(rest, words, separators));
        let (piece, item) = if let Some((words, item)) = unchanged.max_by_key(|(words, _)| words.len()) {
            (words.len(), Some(T::clone(item)))
        } else {
            let end = rest.find(separators).unwrap_or(rest.len());
            let words = rest[..end].trim_end();
            (end, if words.is_empty() { None } else { read(words)? })
        };
        items.extend(item.filter(|item| !items.contains(item)));
        rest = rest[piece..].trim_start().trim_start_matches(separators).trim_start();
    }
    Ok(items)
}

/// Whether the text begins with exactly these words as a piece.
fn begins_with_piece(text: &str, words: &str, separators: &[char]) -> bool {
    let after = text.strip_prefix(words).filter(|_| !words.is_empty()).map(str::trim_start);
    after.is_some_and(|after| after.is_empty() || after.starts_with(separators))
}

/// The path of a group with the usual mark between its levels.
pub(super) fn normalized_group(text: &str) -> String {
    text.split(LEVELS).map(str::trim).collect::<Vec<_>>().join(" › ")
}

/// Everything before the last group of a line, and the last group.
pub(super) fn last_piece(text: &str) -> (&str, &str) {
    text.rfind(';').map_or(("", text.trim()), |at| (&text[..=at], text[at + 1..].trim()))
}

/// The line with its last group replaced.
pub(super) fn with_last(text: &str, group: &str) -> String {
    let (before, _) = last_piece(text);
    if before.is_empty() { group.to_owned() } else { format!("{before} {group}") }
}
