//! How the lists of a contact point are written in one line, and read from it. Things are set apart by semicolons.

use crate::exchange::decimal::{NotANumber, number_in_text};
use crate::rules::{Caseless, ContactGroup, Megabytes, PointCode};

const BETWEEN: &str = "; ";
/// Between a group and those below it: the mark itself, or what is on every keyboard.
const LEVELS: [char; 2] = ['›', '>'];

/// "Albertslund Kommune › Borger; Dagtilbud".
pub(super) fn groups_text(groups: &[ContactGroup]) -> String {
    written(groups, ContactGroup::to_string)
}

/// "KLE 28.06.00 Dagtilbud; GLN 5798000000001".
pub(super) fn codes_text(codes: &[PointCode]) -> String {
    written(codes, code_text)
}

pub(super) fn words_text(words: &[String]) -> String {
    written(words, Clone::clone)
}

fn code_text(code: &PointCode) -> String {
    format!("{} {} {}", code.kind, code.code, code.name).trim_end().to_owned()
}

fn written<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(BETWEEN)
}

pub(super) fn megabytes_text(size: Megabytes) -> String {
    size.get().to_string().replace('.', ",")
}

pub(super) fn read_groups(text: &str, before: &[ContactGroup]) -> Vec<ContactGroup> {
    read(text, before, &[';'], ContactGroup::to_string, read_group).unwrap_or_default()
}

/// The codes, or the first piece that is none.
pub(super) fn read_codes(text: &str, before: &[PointCode]) -> Result<Vec<PointCode>, String> {
    read(text, before, &[';'], code_text, |piece| {
        let (kind, rest) = piece.split_once(char::is_whitespace).ok_or_else(|| piece.to_owned())?;
        let (code, name) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest.trim_start(), ""));
        Ok(Some(PointCode { kind: kind.to_uppercase(), code: code.to_owned(), name: name.trim().to_owned() }))
    })
}

/// Words may be set apart by commas too.
pub(super) fn read_terms(text: &str, before: &[String]) -> Vec<String> {
    read(text, before, &[';', ','], Clone::clone, read_words).unwrap_or_default()
}

pub(super) fn read_fields(text: &str, before: &[String]) -> Vec<String> {
    read(text, before, &[';'], Clone::clone, read_words).unwrap_or_default()
}

/// A size, or none where nothing is written.
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

/// Reads each piece, each thing once. What is written as before is what it was before, whatever signs are in it.
fn read<T: Clone + PartialEq>(
    text: &str,
    before: &[T],
    apart: &[char],
    write: impl Fn(&T) -> String,
    read: impl Fn(&str) -> Result<Option<T>, String>,
) -> Result<Vec<T>, String> {
    let known: Vec<(String, &T)> = before.iter().map(|item| (write(item).trim().to_owned(), item)).collect();
    if text.trim() == written(before, &write).trim() {
        return Ok(before.to_vec());
    }
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let kept = known.iter().filter(|(words, _)| begins_with_piece(rest, words, apart));
        let (piece, item) = if let Some((words, item)) = kept.max_by_key(|(words, _)| words.len()) {
            (words.len(), Some(T::clone(item)))
        } else {
            let end = rest.find(apart).unwrap_or(rest.len());
            let words = rest[..end].trim_end();
            (end, if words.is_empty() { None } else { read(words)? })
        };
        items.extend(item.filter(|item| !items.contains(item)));
        rest = rest[piece..].trim_start().trim_start_matches(apart).trim_start();
    }
    Ok(items)
}

/// Whether these words stand at the beginning, and nothing else before the next sign that sets things apart.
fn begins_with_piece(text: &str, words: &str, apart: &[char]) -> bool {
    let after = text.strip_prefix(words).filter(|_| !words.is_empty()).map(str::trim_start);
    after.is_some_and(|after| after.is_empty() || after.starts_with(apart))
}

/// A group as it is written here, whichever signs stand between its levels.
pub(super) fn tidy_group(text: &str) -> String {
    text.split(LEVELS).map(str::trim).collect::<Vec<_>>().join(" › ")
}

/// What is being written at the end of a line of groups, and all before it.
pub(super) fn last_piece(text: &str) -> (&str, &str) {
    text.rfind(';').map_or(("", text.trim()), |at| (&text[..=at], text[at + 1..].trim()))
}

/// The same line with that group at its end.
pub(super) fn with_last(text: &str, group: &str) -> String {
    let (before, _) = last_piece(text);
    if before.is_empty() { group.to_owned() } else { format!("{before} {group}") }
}
