//! The card *Afspil*: where past messages would go by the draft.

use jiff::civil::Date;

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::Counted;
use crate::rules::Priority;
use crate::store::DaySpan;

/// *Afspil*.
#[derive(Debug)]
pub(in crate::desktop) struct ReplayTexts {
    pub title: &'static str,
    /// How many messages came.
    pub messages: Counted,
    pub last_days: fn(days: u16) -> String,
    pub between: fn(from: &str, to: &str) -> String,
    /// Between the messages and the day on which they come now.
    pub as_if_they_came: &'static str,
    pub today: &'static str,
    pub more_days: &'static str,
    pub days: fn(u16) -> String,
    pub other_days: &'static str,
    pub not_a_span: &'static str,
    pub progress: fn(done: &str, all: &str) -> String,
    pub beginning: &'static str,
    pub nothing_came: &'static str,
    pub nothing_moves: &'static str,
    /// How many messages change receiver.
    pub moves: Counted,
    /// How the picture is read, where nothing else is beside it.
    pub how_it_is_read: &'static str,
    pub as_before: &'static str,
    pub refused: &'static str,
    /// So many further receivers.
    pub others: fn(usize) -> String,
    pub rule: fn(Priority) -> String,
    pub by_default: &'static str,
    pub no_authority: &'static str,
    /// How many of all messages are listed.
    pub newest: fn(shown: &str, all: &str) -> String,
    pub show_message: &'static str,
    pub no_uuid: &'static str,
}

impl ReplayTexts {
    /// When the messages came: "from the last 30 days".
    pub fn span(&self, days: Option<u16>, span: DaySpan) -> String {
        let text = |day: Date| date_text(day);
        days.map_or_else(|| (self.between)(&text(span.from), &text(span.to)), self.last_days)
    }
}
