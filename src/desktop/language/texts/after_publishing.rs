//! How mail goes in the day after a publication.

use crate::desktop::language::format::moment_text;
use crate::desktop::language::grammar::{Counted, Grammar, capitalised};
use crate::desktop::model::after_publishing::{Measure, Measured, Verdict};
use crate::store::AfterPublishing;

#[derive(Debug)]
pub(in crate::desktop) struct AfterPublishingTexts {
    pub grammar: &'static Grammar,
    pub since: fn(number: i64) -> String,
    pub published: fn(when: &str, compared: &str) -> String,
    pub compared: Counted,
    pub nothing_to_compare: &'static str,
    /// What of the mail fell to the default recipient, in an authority where there are several.
    pub by_default: fn(authority: Option<&str>, after: &str, before: &str) -> String,
    pub share: fn(name: &str, after: &str, before: &str) -> String,
    pub refused: fn(name: &str, after: &str, before: &str) -> String,
    /// The same where no mail has come since.
    pub none_by_default: fn(authority: Option<&str>, before: &str) -> String,
    pub none_of_share: fn(name: &str, before: &str) -> String,
    pub none_refused: fn(name: &str, before: &str) -> String,
    pub verdict: fn(Verdict) -> &'static str,
    /// Where there was no mail to take a share of.
    pub nothing: &'static str,
    pub take_back: &'static str,
    /// What needs a person, and what to do about it.
    pub stands_out: fn(number: i64, what: &str) -> String,
    pub advice: &'static str,
}

impl AfterPublishingTexts {
    /// When it was published, and what it is compared with.
    pub fn about(&self, after: &AfterPublishing) -> String {
        let compared = match after.days {
            0 => self.nothing_to_compare.to_owned(),
            days => self.compared.of(days),
        };
        (self.published)(&moment_text(after.publication.published_at), &compared)
    }

    /// A share before and after, in a sentence.
    pub fn measure(&self, measure: &Measure) -> String {
        let share = |part, whole| match whole {
            0 => self.nothing.to_owned(),
            _ => self.grammar.share(part, whole),
        };
        let before = share(measure.part.before, measure.whole.before);
        if measure.whole.after == 0 && measure.whole.before == 0 {
            return capitalised(self.nothing);
        }
        if measure.whole.after == 0 {
            return capitalised(&match &measure.what {
                Measured::ByDefault(authority) => (self.none_by_default)(authority.as_deref(), &before),
                Measured::Share(name) => (self.none_of_share)(name, &before),
                Measured::Refused(name) => (self.none_refused)(name, &before),
            });
        }
        let after = share(measure.part.after, measure.whole.after);
        capitalised(&match &measure.what {
            Measured::ByDefault(authority) => (self.by_default)(authority.as_deref(), &after, &before),
            Measured::Share(name) => (self.share)(name, &after, &before),
            Measured::Refused(name) => (self.refused)(name, &after, &before),
        })
    }

    /// That these stand out after that publication.
    pub fn stands_out(&self, number: i64, measures: &[Measure]) -> String {
        let sentences: Vec<_> = measures.iter().map(|measure| format!("{}.", self.measure(measure))).collect();
        (self.stands_out)(number, &sentences.join(" "))
    }
}
