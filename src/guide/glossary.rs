//! The words of the glossary, read from its page: each heading of level 3 is a word, and what follows says what it means.

use std::sync::OnceLock;

use super::block::{Block, Place};
use super::pages::GuidePage;
use super::reading;
use crate::LanguageChoice;

/// A word of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The language of the glossary.
    pub language: LanguageChoice,
    /// The word as it stands in the glossary.
    pub word: String,
    /// What it is called in running words: the word itself, and the one that stands in brackets behind it.
    pub names: Vec<String>,
    /// What it means, in a sentence or two.
    pub meaning: String,
    /// The anchor of its heading.
    pub anchor: String,
}

impl Term {
    /// Where the glossary explains it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::at(GuidePage::Glossary, &self.anchor)
    }
}

/// The words of the glossary in a language, in its order.
#[must_use]
pub fn glossary(language: LanguageChoice) -> &'static [Term] {
    static READ: [OnceLock<Vec<Term>>; 2] = [const { OnceLock::new() }; 2];
    let of_language = match language {
        LanguageChoice::Danish => &READ[0],
        LanguageChoice::English => &READ[1],
    };
    of_language.get_or_init(|| terms(language))
}

fn terms(language: LanguageChoice) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for block in reading::read(GuidePage::Glossary, GuidePage::Glossary.markdown(language)).blocks {
        match block {
            Block::Heading { level: 3, words, anchor } => {
                let names = names(&words);
                terms.push(Term { language, word: words, names, meaning: String::new(), anchor });
            }
            paragraph @ Block::Paragraph(_) => {
                if let Some(term) = terms.last_mut().filter(|term| term.meaning.is_empty()) {
                    term.meaning = paragraph.words();
                }
            }
            _ => {}
        }
    }
    terms
}

/// `business system (fagsystem)` has two names.
fn names(words: &str) -> Vec<String> {
    let parts = words.split(['(', ')']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}
