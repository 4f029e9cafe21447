//! The few words that a document has of its own, whatever it is about.

use crate::LanguageChoice;

/// The language's code, as web pages and PDF files name it.
pub(super) fn code(language: LanguageChoice) -> &'static str {
    match language {
        LanguageChoice::Danish => "da-DK",
        LanguageChoice::English => "en-GB",
    }
}

/// "Page 3 of 12".
pub(super) fn page_of(language: LanguageChoice, page: usize, pages: usize) -> String {
    match language {
        LanguageChoice::Danish => format!("Side {page} af {pages}"),
        LanguageChoice::English => format!("Page {page} of {pages}"),
    }
}

/// Above the list of sections.
pub(super) fn contents(language: LanguageChoice) -> &'static str {
    match language {
        LanguageChoice::Danish => "Indhold",
        LanguageChoice::English => "Contents",
    }
}
