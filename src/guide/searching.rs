//! The search over all pages.

use std::sync::OnceLock;

use super::block::{Block, Place};
use super::library::document;
use super::pages::GuidePage;
use crate::LanguageChoice;

/// At most this many places are found.
const MOST: usize = 30;
/// How many letters of a section are shown around what was looked for.
const EXCERPT: usize = 110;
/// How many of them stand before it.
const BEFORE: usize = 30;

/// A place that has what was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub place: Place,
    /// The title of its page.
    pub page: &'static str,
    /// The heading that it stands below; the title where that is the page's own.
    pub heading: &'static str,
    /// Some words around it.
    pub excerpt: String,
}

/// What stands below one heading.
struct Section {
    place: Place,
    page: &'static str,
    heading: &'static str,
    words: String,
    /// The same as they are compared.
    heading_folded: String,
    words_folded: String,
}

/// The places with all words of the query, or beginnings of words: first those with the words in their heading, then the
/// others, in the order of the pages. Danish letters may be written with others: `aa` for `å`.
#[must_use]
pub fn search(query: &str, language: LanguageChoice) -> Vec<Found> {
    let wanted: Vec<String> = folded(query).split_whitespace().map(str::to_owned).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<_> =
        sections(language).iter().filter_map(|section| Some((rank(section, &wanted)?, section))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(MOST).map(|(_, section)| section.found(&wanted)).collect()
}

/// How well a section answers, 0 best; `None` where it lacks a word.
fn rank(section: &Section, wanted: &[String]) -> Option<u8> {
    let in_heading = |word: &String| begins_a_word(&section.heading_folded, word).is_some();
    let in_words = |word: &String| begins_a_word(&section.words_folded, word).is_some();
    if !wanted.iter().all(|word| in_heading(word) || in_words(word)) {
        return None;
    }
    // A word of the glossary has its other name in brackets.
    let is_whole = section.heading_folded.split(" (").next() == Some(wanted.join(" ").as_str());
    Some(match wanted.iter().filter(|word| in_heading(word)).count() {
        _ if is_whole => 0,
        count if count == wanted.len() => 1,
        0 => 3,
        _ => 2,
    })
}

impl Section {
    fn found(&self, wanted: &[String]) -> Found {
        let at = wanted.iter().filter_map(|word| begins_a_word(&self.words_folded, word)).min().unwrap_or(0);
        Found { place: self.place.clone(), page: self.page, heading: self.heading, excerpt: excerpt(&self.words, at) }
    }
}

/// Where a word begins that begins so, counted in letters.
fn begins_a_word(text: &str, beginning: &str) -> Option<usize> {
    let (at, _) = text
        .match_indices(beginning)
        .find(|(at, _)| !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric))?;
    Some(text[..at].chars().count())
}

/// Some words around a place that is so many folded letters in.
fn excerpt(words: &str, at: usize) -> String {
    let mut folded_before = 0;
    let letters: Vec<char> = words.chars().collect();
    let place = letters.iter().position(|letter| {
        let is_here = folded_before >= at;
        folded_before += folded(&letter.to_string()).chars().count();
        is_here
    });
    let place = place.unwrap_or(0);
    let from =
        (place.saturating_sub(BEFORE)..place).find(|from| *from == 0 || letters[from - 1] == ' ').unwrap_or(place);
    let whole: String = letters[from..].iter().take(EXCERPT).collect();
    let is_cut = letters.len() - from > EXCERPT;
    let shown = if is_cut { whole.rsplit_once(' ').map_or(whole.as_str(), |(shown, _)| shown) } else { whole.as_str() };
    format!("{}{shown}{}", if from > 0 { "… " } else { "" }, if is_cut { " …" } else { "" })
}

/// Words as they are compared: in lower case, and with the letters that stand in for the Danish ones.
fn folded(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for letter in words.chars().flat_map(char::to_lowercase) {
        match letter {
            'å' => folded.push_str("aa"),
            'æ' => folded.push_str("ae"),
            'ø' => folded.push_str("oe"),
            'é' => folded.push('e'),
            letter => folded.push(letter),
        }
    }
    folded
}

fn sections(language: LanguageChoice) -> &'static [Section] {
    static READ: [OnceLock<Vec<Section>>; 2] = [const { OnceLock::new() }; 2];
    let of_language = match language {
        LanguageChoice::Danish => &READ[0],
        LanguageChoice::English => &READ[1],
    };
    of_language.get_or_init(|| GuidePage::ALL.into_iter().flat_map(|page| sections_of(page, language)).collect())
}

fn sections_of(page: GuidePage, language: LanguageChoice) -> Vec<Section> {
    let document = document(page, language);
    let mut sections: Vec<Section> = Vec::new();
    for block in &document.blocks {
        if let Block::Heading { level, words, anchor } = block {
            let anchor = (*level > 1).then(|| anchor.clone());
            sections.push(Section {
                place: Place { page, anchor },
                page: document.title(),
                heading: words,
                words: String::new(),
                heading_folded: folded(words),
                words_folded: String::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.words.push_str(&block.words());
            section.words.push(' ');
        }
    }
    for section in &mut sections {
        section.words_folded = folded(&section.words);
    }
    sections
}
