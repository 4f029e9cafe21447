//! The question that comes before publishing what would send mail unencrypted.

use iced::widget::{column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{labelled_button, note, one_line, plain_button, warning_line};
use crate::rules::{Cvr, RuleBook};

/// At most this many fagsystems are shown; the rest are counted.
const MOST_SHOWN: usize = 20;

/// A fagsystem that mail would go to unencrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct InClear {
    authority: Cvr,
    name: String,
    address: String,
}

impl InClear {
    /// All of them in a book.
    pub fn of(book: &RuleBook) -> Vec<Self> {
        let each = |(authority, it): (Cvr, &crate::rules::Fagsystem)| Self {
            authority,
            name: it.name.clone(),
            address: it.endpoint.in_full(),
        };
        book.in_clear().map(each).collect()
    }
}

/// Names the fagsystems and asks for confirmation. Without `publish` the confirming button is disabled.
pub(in crate::desktop) fn question<'a, Message: Clone + 'a>(
    fagsystems: &'a [InClear],
    t: &'static Texts,
    publish: Option<Message>,
    leave: Message,
) -> Element<'a, Message> {
    let c = &t.changes;
    let lines = fagsystems.iter().take(MOST_SHOWN).map(|InClear { name, address, .. }| {
        let address = note(address.as_str()).wrapping(text::Wrapping::WordOrGlyph);
        column![one_line(name.as_str()).bold(), address].spacing(2).into()
    });
    let more = fagsystems.len().saturating_sub(MOST_SHOWN);
    let more = (more > 0).then(|| note((c.more)(more)));
    let publish = labelled_button(Icon::LockOpen, c.publish_in_clear).style(theme::danger).on_press_maybe(publish);
    let leave = plain_button(c.not_in_clear).style(theme::secondary).on_press(leave);
    let words = warning_line(c.in_clear.of(fagsystems.len()));
    let content = column![words, column(lines).spacing(6), more, row![publish, leave].spacing(8)].spacing(12);
    container(content).padding(12).width(Fill).style(theme::card).into()
}
