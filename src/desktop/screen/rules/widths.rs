//! The widths of the columns: as wide as their content, as far as there is room.

use std::sync::Arc;

use super::column::{ColumnKind, value_words};
use super::list_settings::ListSettings;
use crate::desktop::language::Texts;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{bold_width, share, text_width};
use crate::rules::{CriterionKind, Rule};

/// The space between columns, like all widths here in logical pixels.
pub(super) const GAP: f32 = 12.0;
/// The padding of a clickable value. Other values have it too, to align with them.
pub(super) const INSET: f32 = 4.0;
/// The width of the handle that resizes a column.
pub(super) const HANDLE: f32 = 9.0;
/// An icon before a word.
const ICON_WIDTH: f32 = 20.0;
/// The arrow in the title of the sorted column.
const ARROW_WIDTH: f32 = 16.0;
/// Measures this many rows, evenly spaced: measuring thousands would be slow.
const SAMPLED_ROWS: usize = 300;
/// Columns that yield to names are dropped until each column of names has this much more than its minimum.
const MAX_EXTRA: f32 = 60.0;
/// The minimum width of a column of names.
const MIN_NAME_WIDTH: f32 = 132.0;

/// The width of the widest content of each column, by [`ColumnKind`].
#[derive(Debug, Clone, Default)]
pub(super) struct Widths([f32; ColumnKind::ALL.len()]);

impl Widths {
    pub fn of(rows: &[Arc<Rule>], scene: Scene<'_>) -> Self {
        let step = rows.len().div_ceil(SAMPLED_ROWS).max(1);
        Self(ColumnKind::ALL.map(|kind| {
            let widest = rows.iter().step_by(step).map(|rule| content_width(kind, rule, scene)).fold(0.0, f32::max);
            widest.max(last_row_width(kind, scene))
        }))
    }

    /// The width that shows all content and the title.
    fn needed(&self, kind: ColumnKind, t: &'static Texts) -> f32 {
        (self.0[kind as usize] + 2.0 * INSET + GAP).ceil().max(title_width(kind, t)) + 1.0
    }
}

fn title_width(kind: ColumnKind, t: &'static Texts) -> f32 {
    (bold_width(kind.title(t), theme::SMALL) + ARROW_WIDTH + INSET + HANDLE).ceil()
}

fn content_width(kind: ColumnKind, rule: &Rule, scene: Scene<'_>) -> f32 {
    let t = scene.t;
    let regular = |words: &str| text_width(words, theme::BODY);
    match kind {
        ColumnKind::Priority => ICON_WIDTH + bold_width(&rule.priority.to_string(), theme::BODY),
        ColumnKind::State => ICON_WIDTH + regular((t.rules.state)(scene.state(rule))),
        ColumnKind::Segment => regular((t.rules.segment)(rule.segment)),
        ColumnKind::Element => regular((t.rules.element)(CriterionKind::of(&rule.criterion))),
        ColumnKind::Value => regular(&value_words(rule, scene)),
        ColumnKind::Fagsystem => regular(fagsystem_name(scene.authority, &rule.fagsystem)),
        ColumnKind::From | ColumnKind::To => regular("25-10-2020"),
        ColumnKind::Hits => scene.hits(rule.priority).map_or(0.0, |hits| regular(&(t.number)(hits.count))),
        ColumnKind::LastHit => match scene.hits(rule.priority) {
            Some(hits) => regular(&t.ago(hits.last, scene.now)),
            None => regular(t.rules.never),
        },
        ColumnKind::Note => regular(&rule.note),
    }
}

/// The width of the content of the last row, the default recipient.
fn last_row_width(kind: ColumnKind, scene: Scene<'_>) -> f32 {
    let authority = scene.authority;
    match kind {
        ColumnKind::Value => text_width(scene.t.rules.default_recipient, theme::BODY),
        ColumnKind::Fagsystem => bold_width(fagsystem_name(authority, &authority.default_fagsystem), theme::BODY),
        _ => 0.0,
    }
}

impl ColumnKind {
    /// The width of the state column without the word.
    pub const ICON_ONLY_WIDTH: f32 = 34.0;

    /// Whether it holds names, which can be truncated.
    fn holds_names(self) -> bool {
        matches!(self, Self::Value | Self::Fagsystem | Self::Note)
    }

    /// Whether it is dropped rather than have names truncated.
    fn yields_to_names(self) -> bool {
        matches!(self, Self::From | Self::LastHit | Self::Note)
    }

    /// Its share of the room that is left over, relative to the other columns.
    fn spare_weight(self) -> f32 {
        match self {
            Self::Value => 3.0,
            Self::Fagsystem => 2.0,
            Self::Note => 1.5,
            _ => 0.0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PlacedColumn {
    pub kind: ColumnKind,
    pub width: f32,
}

impl ListSettings {
    /// The least width a column is shown with: the user's, or what its content needs.
    fn min_width(&self, kind: ColumnKind, widths: &Widths, t: &'static Texts) -> f32 {
        let needed = widths.needed(kind, t);
        let min_name = MIN_NAME_WIDTH.max(title_width(kind, t) + 1.0);
        let usual = if kind.holds_names() { needed.min(min_name) } else { needed };
        self.widths.get(&kind).copied().unwrap_or(usual).clamp(Self::MIN_WIDTH, Self::MAX_WIDTH)
    }

    /// How much wider than the minimum the columns of names should be.
    fn extra_width(&self, kinds: &[ColumnKind], widths: &Widths, t: &'static Texts) -> f32 {
        let extra =
            |kind: &ColumnKind| (widths.needed(*kind, t) - self.min_width(*kind, widths, t)).clamp(0.0, MAX_EXTRA);
        kinds.iter().filter(|kind| kind.holds_names()).map(extra).sum()
    }

    /// Chooses the columns that fit, the most important first, and their widths. Columns that the user has not resized
    /// share the rest of the room, as far as their content needs it.
    pub fn place(&self, room: f32, widths: &Widths, t: &'static Texts) -> Vec<PlacedColumn> {
        let mut left = room;
        let mut kinds: Vec<_> =
            ColumnKind::BY_IMPORTANCE.into_iter().filter(|kind| !self.hidden.contains(kind)).collect();
        let mut fits = 0;
        for kind in &kinds {
            let width = self.min_width(*kind, widths, t);
            left -= width;
            let reserved = if kind.yields_to_names() { self.extra_width(&kinds[..fits], widths, t) } else { 0.0 };
            if left < reserved && fits >= 3 {
                left += width;
                break;
            }
            fits += 1;
        }
        // A state column that does not fit is shown as an icon.
        let is_state_left_out = kinds.iter().skip(fits).any(|kind| *kind == ColumnKind::State);
        kinds.truncate(fits);
        let is_state_icon_only = is_state_left_out && left >= ColumnKind::ICON_ONLY_WIDTH;
        if is_state_icon_only {
            kinds.push(ColumnKind::State);
            left -= ColumnKind::ICON_ONLY_WIDTH;
        }
        kinds.sort_unstable();
        let is_auto = |kind: ColumnKind| !self.widths.contains_key(&kind);
        let extra = |kind: ColumnKind| {
            let missing = widths.needed(kind, t).min(Self::MAX_WIDTH) - self.min_width(kind, widths, t);
            if kind.holds_names() && is_auto(kind) { missing.max(0.0) } else { 0.0 }
        };
        let extras: Vec<f32> = kinds.iter().map(|kind| extra(*kind)).collect();
        let total_extra: f32 = extras.iter().sum();
        let extras = if total_extra > left { share(left.max(0.0), &extras) } else { extras };
        // The columns of names share what is left after that, so that the table fills the width.
        let (spare, spare_weight) =
            ((left - total_extra).max(0.0), |kind: ColumnKind| if is_auto(kind) { kind.spare_weight() } else { 0.0 });
        let all_weights: f32 = kinds.iter().map(|kind| spare_weight(*kind)).sum();
        let place = |(kind, extra): (ColumnKind, f32)| {
            if is_state_icon_only && kind == ColumnKind::State {
                return PlacedColumn { kind, width: ColumnKind::ICON_ONLY_WIDTH };
            }
            let share = if all_weights > 0.0 { spare * spare_weight(kind) / all_weights } else { 0.0 };
            PlacedColumn { kind, width: (self.min_width(kind, widths, t) + extra + share).max(Self::MIN_WIDTH) }
        };
        kinds.into_iter().zip(extras).map(place).collect()
    }
}
