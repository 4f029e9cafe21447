//! Every text that a person reads in the window, in Danish and English.
//!
//! [`texts`] has the words of one language; each screen takes its own part of them. From the bottom up: [`grammar`], [`format`],
//! [`names`] and [`dates`] know numbers, names and dates; [`changes`] decides what differs between two books; `texts` names
//! every text and puts those together that follow from numbers and states; `danish` and `english` hold the words, and a text
//! that one of them lacks does not compile.

mod changes;
mod danish;
pub mod dates;
mod english;
pub mod format;
mod grammar;
pub mod names;
pub mod parse;
mod texts;
pub(crate) mod wording;

pub(super) use grammar::capitalised;
pub(super) use texts::Texts;
pub(super) use texts::effects;
pub(super) use texts::lessons::WrongWay;
pub(super) use texts::made_mail::memo_version;
pub(super) use texts::message_document::MessageDocumentTexts;
pub(super) use texts::review::{MONTHS_BETWEEN, ReviewAge, ReviewDocumentTexts};
pub(super) use texts::room::LearntLine;
pub(super) use texts::rules::RuleTexts;
pub(super) use texts::timeline::TimelineTexts;
pub(super) use texts::travels::TravelNames;

use crate::language::LanguageChoice;

/// The texts of a language.
pub(super) fn texts(language: LanguageChoice) -> &'static Texts {
    match language {
        LanguageChoice::Danish => &danish::TEXTS,
        LanguageChoice::English => &english::TEXTS,
    }
}
