//! Publications on charts: as marks, and in words that the keyboard reaches.

use iced::widget::{Row, text};
use iced::{Center, Element};

use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{ChartMark, focus_button, note};
use crate::store::{PublicationEntry, PublicationNumber};

/// At most this many are named below a chart.
const MOST_NAMED: usize = 4;

/// A mark for each publication on the chart; `along` returns how far along it one is, if it is on it.
pub(in crate::desktop) fn marks(
    publications: &[PublicationEntry],
    t: &'static Texts,
    along: impl Fn(&PublicationEntry) -> Option<f32>,
) -> Vec<ChartMark> {
    let mark = |entry: &PublicationEntry| {
        let number = entry.number.get().to_string();
        Some(ChartMark { along: along(entry)?, number, words: t.published.publication(entry) })
    };
    let mut marks: Vec<_> = publications.iter().filter_map(mark).collect();
    marks.sort_by(|one, other| one.along.total_cmp(&other.along));
    marks
}

/// The publications on a chart in words, for a document.
pub(in crate::desktop) fn named<'a>(
    publications: impl Iterator<Item = &'a PublicationEntry>,
    t: &'static Texts,
) -> Option<String> {
    let named: Vec<_> = publications.map(|entry| t.published.publication(entry)).collect();
    (!named.is_empty()).then(|| format!("{} {}", t.published.marked, named.join(", ")))
}

/// The publications on a chart in words, the newest first, each with a button that opens it; `None` when there are none.
pub(in crate::desktop) fn in_words<'a, Message: Clone + 'a>(
    publications: impl Iterator<Item = &'a PublicationEntry>,
    t: &'static Texts,
    open: impl Fn(PublicationNumber) -> Message,
) -> Option<Element<'a, Message>> {
    let publications: Vec<_> = publications.collect();
    if publications.is_empty() {
        return None;
    }
    let button = |entry: &&PublicationEntry| {
        let words = text(t.published.publication(entry)).size(theme::SMALL);
        focus_button(words).padding([2, 6]).style(theme::quiet).on_press(open(entry.number)).into()
    };
    let buttons = publications.iter().take(MOST_NAMED).map(button);
    let more = publications.len().saturating_sub(MOST_NAMED);
    let more = (more > 0).then(|| note(t.published.more.of(more)));
    let line = Row::new().push(note(t.published.marked)).extend(buttons).push(more).spacing(4).align_y(Center);
    Some(line.wrap().into())
}
