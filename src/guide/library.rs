//! The pages, read.

use std::sync::OnceLock;

use super::block::Document;
use super::glossary::glossary;
use super::pages::GuidePage;
use super::{marking, reading};
use crate::LanguageChoice;

/// A page in a language, read when it is first asked for.
#[must_use]
pub fn document(page: GuidePage, language: LanguageChoice) -> &'static Document {
    static READ: [[OnceLock<Document>; GuidePage::ALL.len()]; 2] =
        [const { [const { OnceLock::new() }; GuidePage::ALL.len()] }; 2];
    let of_language = match language {
        LanguageChoice::Danish => &READ[0],
        LanguageChoice::English => &READ[1],
    };
    of_language[page as usize].get_or_init(|| {
        let mut document = reading::read(page, page.markdown(language));
        marking::mark_words(page, &mut document, glossary(language));
        document
    })
}
