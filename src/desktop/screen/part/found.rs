//! Findings of the analysis. Findings with the same words are shown once, with all their rules and cells.

use iced::Element;
use iced::widget::{column, row, text};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, icon, note};
use crate::rules::{Finding, Priority, Severity};

/// A finding, in one place or several.
pub(in crate::desktop) struct Found {
    words: String,
    severity: Severity,
    /// The rules that have it, unless the words name them.
    rules: Vec<Priority>,
    /// The cells that it was read from, if it comes from a table.
    cells: Vec<String>,
}

/// At most this many cells are named; the rest are counted.
const MOST_CELLS: usize = 12;

/// Groups findings by their words.
pub(in crate::desktop) fn gathered<'a>(findings: impl IntoIterator<Item = (String, &'a Finding)>) -> Vec<Found> {
    gathered_by_cells(findings.into_iter().map(|(words, finding)| (words, None, finding)))
}

/// The same, with the cell that each finding was read from.
pub(in crate::desktop) fn gathered_by_cells<'a>(
    findings: impl IntoIterator<Item = (String, Option<String>, &'a Finding)>,
) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (words, cell, finding) in findings {
        let names_its_rule = finding.kind.names_its_rule();
        let rule = finding.rule.filter(|_| !names_its_rule);
        match all.iter_mut().find(|found| found.words == words) {
            Some(found) => {
                found.rules.extend(rule);
                found.cells.extend(cell);
            }
            None => all.push(Found {
                words,
                severity: finding.kind.severity(),
                rules: rule.into_iter().collect(),
                cells: cell.into_iter().collect(),
            }),
        }
    }
    all
}

impl Found {
    pub fn view<'a, Message: 'a>(self, t: &'static Texts) -> Element<'a, Message> {
        let tone: Tone = if self.severity == Severity::Fault { theme::bad } else { theme::warning };
        let rules = (!self.rules.is_empty()).then(|| t.rules.list.of(&self.rules));
        let more = self.cells.len().saturating_sub(MOST_CELLS);
        let mut cells = self.cells;
        cells.truncate(MOST_CELLS);
        cells.extend((more > 0).then(|| (t.changes.more)(more)));
        let cells = (!cells.is_empty()).then(|| cells.join(", "));
        let places: Vec<_> = cells.into_iter().chain(rules).collect();
        let places = (!places.is_empty()).then(|| note(places.join(" · ")));
        let words = column![text(self.words), places].spacing(2);
        row![icon(Icon::TriangleAlert).style(tone), words].spacing(8).into()
    }
}
