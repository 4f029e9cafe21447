//! The search over all pages.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::block::{Block, Place};
use super::library::document;
use super::likeness::{Folded, Wanted, is_nearly};
use super::pages::GuidePage;
use crate::LanguageChoice;

/// At most this many places are found.
const MOST: usize = 30;
/// How many letters of a section are shown around what was looked for.
const EXCERPT: usize = 110;
/// How many of them stand before it.
const BEFORE: usize = 30;
/// Shorter words are not looked for as part of one that was written as one.
const LEAST_HALF: usize = 4;

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

/// The pages in the order in which they are found where they answer equally well: first those for everybody, then those for who
/// runs or connects something, and last those about how it is built.
const ORDER: [&[GuidePage]; 3] = [
    &[
        GuidePage::GettingStarted,
        GuidePage::Rules,
        GuidePage::Monitoring,
        GuidePage::Training,
        GuidePage::Glossary,
        GuidePage::Registers,
        GuidePage::Files,
        GuidePage::Router,
    ],
    &[
        GuidePage::Fagsystem,
        GuidePage::Caller,
        GuidePage::Certificates,
        GuidePage::Reasons,
        GuidePage::PersonalData,
        GuidePage::Backup,
        GuidePage::CommandLine,
        GuidePage::Configuration,
        GuidePage::Network,
        GuidePage::Log,
        GuidePage::Runbook,
    ],
    &[GuidePage::Contents, GuidePage::Design, GuidePage::Development],
];

/// What stands below one heading.
struct Section {
    place: Place,
    page: &'static str,
    heading: &'static str,
    words: String,
    /// The same as they are compared.
    heading_folded: Folded,
    words_folded: Folded,
}

/// How well a section answers: the least is the best.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Whether only some of the words stand in its heading, or none.
    in_heading: u8,
    /// For whom its page is, see [`ORDER`].
    readers: usize,
    /// How little the words are like those that stand there.
    unlikeness: u8,
    /// How often they stand there.
    times: Reverse<u32>,
    /// Which of the pages for them it is.
    order: usize,
}

/// The places with all words of the query: first those with the words in their heading, then the others. Words may be in another
/// form or part of a longer word, Danish letters may be written with others, and a word that stands nowhere counts as the one
/// that is spelt nearly so.
#[must_use]
pub fn search(query: &str, language: LanguageChoice) -> Vec<Found> {
    let wanted = wanted(query, language);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<_> =
        sections(language).iter().filter_map(|section| Some((rank(section, &wanted)?, section))).collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.into_iter().take(MOST).map(|(_, section)| section.found(&wanted)).collect()
}

/// The words of a query, without those that questions are made of; and where a word stands nowhere, the one that was meant.
fn wanted(query: &str, language: LanguageChoice) -> Vec<Wanted> {
    let folded = Folded::of(query).text;
    let mut words: Vec<&str> = words_of(&folded).collect();
    let asks = asking_words(language);
    if words.iter().any(|word| !asks.contains(word)) {
        words.retain(|word| !asks.contains(word));
    }
    let joined = words.concat();
    if words.len() > 1 && stands_anywhere(&Wanted::exactly(&joined), language) {
        return vec![Wanted::of(&joined, language)];
    }
    words.into_iter().flat_map(|word| meant(word, language)).collect()
}

/// The word; where it stands nowhere, the two that are written as one in it, or the one that is spelt nearly so.
fn meant(word: &str, language: LanguageChoice) -> Vec<Wanted> {
    let wanted = Wanted::of(word, language);
    if stands_anywhere(&wanted, language) {
        return vec![wanted];
    }
    let known = known_words(language);
    let halves = word.char_indices().map(|(at, _)| word.split_at(at));
    let both = |(first, second): &(&str, &str)| {
        [first, second].iter().all(|half| half.len() >= LEAST_HALF && known.contains(**half))
    };
    if let Some((first, second)) = halves.into_iter().find(both) {
        return vec![Wanted::of(first, language), Wanted::of(second, language)];
    }
    let nearly = known.iter().find(|known| is_nearly(word, known));
    vec![nearly.map_or(wanted, |nearly| Wanted::of(nearly, language))]
}

/// Words that a question is made of and that no page is about, as they are compared.
fn asking_words(language: LanguageChoice) -> &'static [&'static str] {
    match language {
        LanguageChoice::Danish => &[
            "hvordan", "lav", "lave", "laver", "hvad", "hvor", "hvorfor", "hvornar", "hvem", "hvilke", "jeg", "vi",
            "man", "min", "mit", "vores", "jeres", "kan", "skal", "vil", "far", "er", "en", "et", "den", "det", "de",
            "at", "og", "i", "til", "pa", "af", "om", "med",
        ],
        LanguageChoice::English => &[
            "how", "make", "what", "where", "why", "when", "who", "which", "i", "we", "my", "our", "your", "you",
            "can", "should", "do", "dos", "is", "are", "a", "an", "the", "to", "and", "in", "on", "of", "about",
            "with",
        ],
    }
}

fn stands_anywhere(wanted: &Wanted, language: LanguageChoice) -> bool {
    let stands = |folded: &Folded| folded.times_of(wanted).is_some();
    sections(language).iter().any(|section| stands(&section.heading_folded) || stands(&section.words_folded))
}

/// Every word of the guide, as it is compared.
fn known_words(language: LanguageChoice) -> &'static BTreeSet<String> {
    static READ: [OnceLock<BTreeSet<String>>; 2] = [const { OnceLock::new() }; 2];
    READ[language_index(language)].get_or_init(|| {
        let folded = sections(language).iter().flat_map(|it| [&it.heading_folded.text, &it.words_folded.text]);
        folded.flat_map(|text| words_of(text)).map(str::to_owned).collect()
    })
}

fn language_index(language: LanguageChoice) -> usize {
    match language {
        LanguageChoice::Danish => 0,
        LanguageChoice::English => 1,
    }
}

/// How well a section answers; `None` where it lacks a word.
fn rank(section: &Section, wanted: &[Wanted]) -> Option<Rank> {
    let (mut in_heading, mut unlikeness, mut times) = (0, 0, 0);
    for word in wanted {
        let there = section.heading_folded.times_of(word);
        let below = section.words_folded.times_of(word);
        in_heading += usize::from(there.is_some());
        let (unlike, _) = there.or(below)?;
        unlikeness = unlike.max(unlikeness);
        times += there.map_or(0, |(_, times)| times) + below.map_or(0, |(_, times)| times);
    }
    // A word of the glossary has its other name in brackets.
    let is_whole = section.heading_folded.text.split(['(', ')']).any(|name| is_all_of(wanted, name));
    let in_heading = match in_heading {
        _ if is_whole => 0,
        count if count == wanted.len() => 1,
        0 => 3,
        _ => 2,
    };
    let of_readers = |readers: &&[GuidePage]| readers.iter().position(|page| *page == section.place.page);
    let found = ORDER.iter().enumerate().find_map(|(number, readers)| Some((number, of_readers(readers)?)));
    let (readers, order) = found.unwrap_or((ORDER.len(), 0));
    // Once more or less says little.
    Some(Rank { in_heading, readers, unlikeness, times: Reverse(times.checked_ilog2().unwrap_or(0)), order })
}

/// Whether a name is made of those words alone.
fn is_all_of(wanted: &[Wanted], name: &str) -> bool {
    let words: Vec<_> = words_of(name).collect();
    words.len() == wanted.len() && words.iter().zip(wanted).all(|(word, wanted)| wanted.is(word))
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty())
}

impl Section {
    fn found(&self, wanted: &[Wanted]) -> Found {
        let at = wanted.iter().filter_map(|word| self.words_folded.first_of(word)).min().unwrap_or(0);
        Found { place: self.place.clone(), page: self.page, heading: self.heading, excerpt: excerpt(&self.words, at) }
    }
}

/// Some words around a place that is so many letters in.
fn excerpt(words: &str, place: usize) -> String {
    let letters: Vec<char> = words.chars().collect();
    let from =
        (place.saturating_sub(BEFORE)..place).find(|from| *from == 0 || letters[from - 1] == ' ').unwrap_or(place);
    let whole: String = letters[from..].iter().take(EXCERPT).collect();
    let is_cut = letters.len() - from > EXCERPT;
    let shown = if is_cut { whole.rsplit_once(' ').map_or(whole.as_str(), |(shown, _)| shown) } else { whole.as_str() };
    format!("{}{shown}{}", if from > 0 { "… " } else { "" }, if is_cut { " …" } else { "" })
}

fn sections(language: LanguageChoice) -> &'static [Section] {
    static READ: [OnceLock<Vec<Section>>; 2] = [const { OnceLock::new() }; 2];
    READ[language_index(language)]
        .get_or_init(|| GuidePage::ALL.into_iter().flat_map(|page| sections_of(page, language)).collect())
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
                heading_folded: Folded::of(words),
                words_folded: Folded::default(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.words.push_str(&block.words());
            section.words.push(' ');
        }
    }
    for section in &mut sections {
        section.words_folded = Folded::of(&section.words);
    }
    sections
}
