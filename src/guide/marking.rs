//! Underlines the words of the glossary where they first stand on a page.

use std::collections::BTreeSet;

use super::block::{Block, Document, Link, Span};
use super::glossary::Term;
use super::pages::GuidePage;
use crate::LanguageChoice;

/// What may follow a name without making it another word.
const DANISH_ENDINGS: &[&str] =
    &["", "s", "e", "en", "et", "n", "t", "er", "r", "ens", "ets", "ne", "erne", "rne", "ernes", "rnes", "ers"];
const ENGLISH_ENDINGS: &[&str] = &["", "s"];

/// Links each word where it first stands on the page, outside headings, code and other links. In the glossary itself, where it
/// first stands in what is said of another word.
pub(super) fn mark_words(page: GuidePage, document: &mut Document, terms: &[Term]) {
    let mut seen = BTreeSet::new();
    for block in &mut document.blocks {
        if let (GuidePage::Glossary, Block::Heading { anchor, .. }) = (page, &*block) {
            seen = terms.iter().enumerate().filter(|(_, term)| term.anchor == *anchor).map(|(at, _)| at).collect();
        }
        mark_block(block, terms, &mut seen);
    }
}

/// Plain words as a run, with the words of the glossary linked where they first stand in it.
#[must_use]
pub fn marked(words: &str, terms: &[Term]) -> Vec<Span> {
    let mut spans = vec![Span { text: words.to_owned(), ..Span::default() }];
    mark_spans(&mut spans, terms, &mut BTreeSet::new());
    spans
}

fn mark_block(block: &mut Block, terms: &[Term], seen: &mut BTreeSet<usize>) {
    match block {
        Block::Paragraph(spans) => mark_spans(spans, terms, seen),
        Block::List { items, .. } => items.iter_mut().flatten().for_each(|block| mark_block(block, terms, seen)),
        Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(|cell| mark_spans(cell, terms, seen)),
        Block::Heading { .. } | Block::Code(_) | Block::Picture { .. } => {}
    }
}

fn mark_spans(spans: &mut Vec<Span>, terms: &[Term], seen: &mut BTreeSet<usize>) {
    let mut marked = Vec::with_capacity(spans.len());
    for span in spans.drain(..) {
        // A name in the window is not the word that it is made of.
        if span.link.is_some() || span.is_code || span.is_name {
            marked.push(span);
            continue;
        }
        let mut begun = 0;
        while let Some((from, to, at)) = next_word(&span.text, begun, terms, seen) {
            seen.insert(at);
            if from > begun {
                marked.push(Span { text: span.text[begun..from].to_owned(), ..span.clone() });
            }
            let text = span.text[from..to].to_owned();
            marked.push(Span { text, link: Some(Link::Word(at)), ..span.clone() });
            begun = to;
        }
        if begun < span.text.len() {
            marked.push(Span { text: span.text[begun..].to_owned(), ..span });
        }
    }
    *spans = marked;
}

/// The first word of the glossary after `begun` that has not been seen: where it begins and ends, and which it is. Of several
/// that begin there, the longest.
fn next_word(text: &str, begun: usize, terms: &[Term], seen: &BTreeSet<usize>) -> Option<(usize, usize, usize)> {
    let is_within = |sign: char| sign.is_alphanumeric();
    let mut before = None;
    for (from, sign) in text.char_indices() {
        let begins = is_within(sign) && !before.is_some_and(|before| is_within(before) || before == '-');
        before = Some(sign);
        if !begins || from < begun {
            continue;
        }
        let rest = &text[from..];
        let here = terms.iter().enumerate().filter(|(at, _)| !seen.contains(at));
        let lengths = here.filter_map(|(at, term)| {
            let longest = term.names.iter().filter_map(|name| length_of(rest, name, term.language)).max()?;
            Some((longest, at))
        });
        if let Some((length, at)) = lengths.max_by_key(|(length, _)| *length) {
            return Some((from, from + length, at));
        }
    }
    None
}

/// How much of the text is the name, as it stands or in another form; `None` where it does not begin with it.
fn length_of(text: &str, name: &str, language: LanguageChoice) -> Option<usize> {
    let endings = if language == LanguageChoice::Danish { DANISH_ENDINGS } else { ENGLISH_ENDINGS };
    // `authorities`, `regler`.
    let plural = name.strip_suffix('y').map(|stem| format!("{stem}ie"));
    let without_e = name.strip_suffix("el").map(|stem| format!("{stem}l"));
    let stems = std::iter::once(name).chain(plural.as_deref()).chain(without_e.as_deref());
    stems.filter_map(|stem| length_with_ending(text, stem, endings)).max()
}

fn length_with_ending(text: &str, stem: &str, endings: &[&str]) -> Option<usize> {
    // `FORM` is no form. Of other words, only where upper and lower case are equally long does as much of the text count.
    let is_same = |beginning: &&str| *beginning == stem || !is_name(stem) && beginning.to_lowercase() == stem;
    let beginning = text.get(..stem.len()).filter(is_same)?;
    let rest = &text[beginning.len()..];
    let ending = &rest[..rest.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(rest.len())];
    let goes_on = rest[ending.len()..].strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    (endings.contains(&ending) && !goes_on).then_some(beginning.len() + ending.len())
}

/// Whether a word is written with capitals wherever it stands.
fn is_name(word: &str) -> bool {
    word.chars().any(char::is_uppercase)
}
