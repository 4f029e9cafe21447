//! Publications as they are marked on charts.

use crate::desktop::language::format::moment_text;
use crate::desktop::language::grammar::Counted;
use crate::store::PublicationEntry;

#[derive(Debug)]
pub(in crate::desktop) struct PublishedTexts {
    pub marked: &'static str,
    pub publication: fn(number: i64, when: &str) -> String,
    /// How many are left out, beside those that are named.
    pub more: Counted,
}

impl PublishedTexts {
    /// Which publication it is, and when it was published.
    pub fn publication(&self, entry: &PublicationEntry) -> String {
        (self.publication)(entry.number.get(), &moment_text(entry.published_at))
    }
}
