//! What the analysis finds, said once for all rules that it is found in.

use iced::Element as View;
use iced::widget::{column, row, text};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, icon, note};
use crate::rules::{Finding, Priority, Severity, Trouble};

/// Something that is found in one place or several.
pub(super) struct Found {
    words: String,
    severity: Severity,
    /// The rules that it is found in, where the words do not name them.
    rules: Vec<Priority>,
}

/// Findings with their words, where the same words stand once.
pub(super) fn gathered<'a>(findings: impl IntoIterator<Item = (String, &'a Finding)>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (words, finding) in findings {
        let names_its_rule = matches!(finding.trouble, Trouble::Never { .. } | Trouble::Expired { .. });
        let rule = finding.rule.filter(|_| !names_its_rule);
        match all.iter_mut().find(|found| found.words == words) {
            Some(found) => found.rules.extend(rule),
            None => all.push(Found { words, severity: finding.trouble.severity(), rules: rule.into_iter().collect() }),
        }
    }
    all
}

impl Found {
    pub fn view<'a, Message: 'a>(self, t: &'static Texts) -> View<'a, Message> {
        let tone: Tone = if self.severity == Severity::Fault { theme::bad } else { theme::warning };
        let rules = (!self.rules.is_empty()).then(|| note((t.changes.rules)(&self.rules)));
        let words = column![text(self.words), rules].spacing(2);
        row![icon(Icon::TriangleAlert).style(tone), words].spacing(8).into()
    }
}
