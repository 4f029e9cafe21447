//! How wide the columns are: as wide as what stands in them, as far as there is room.

use std::sync::Arc;

use super::column::{ColumnKind, value_words};
use super::list_settings::ListSettings;
use crate::desktop::language::Texts;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{bold_width, share, text_width};
use crate::rules::CriterionKind;
use crate::rules::Rule;

/// Between columns.
pub(super) const GAP: f32 = 12.0;
/// What a value that can be clicked has around it, and others have for the sake of the line.
pub(super) const INSET: f32 = 4.0;
/// Where the mouse takes hold of a column's edge.
pub(super) const HANDLE: f32 = 9.0;
/// A sign before a word.
const ICON_WIDTH: f32 = 20.0;
/// The arrow of the column that is sorted by.
const ARROW_WIDTH: f32 = 16.0;
/// So many rows, spread over all of them, are enough to know how wide their texts are.
const SAMPLED_ROWS: usize = 300;
/// How much more than that a column of names has before those are shown that give way to it.
const MAX_EXTRA: f32 = 60.0;
/// What a column of names has at least, before others are left out for it.
const MIN_NAME_WIDTH: f32 = 132.0;

/// How wide what stands in each column is.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Widths([f32; ColumnKind::ALL.len()]);

impl Widths {
    pub fn of(rows: &[Arc<Rule>], scene: Scene<'_>) -> Self {
        let step = rows.len().div_ceil(SAMPLED_ROWS).max(1);
        Self(ColumnKind::ALL.map(|kind| {
            let widest = rows.iter().step_by(step).map(|rule| content_width(kind, rule, scene)).fold(0.0, f32::max);
            widest.max(last_row_width(kind, scene))
        }))
    }

    /// How wide a column has to be for all that stands in it, its title too.
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

/// The same of the last row, where what no rule takes goes.
fn last_row_width(kind: ColumnKind, scene: Scene<'_>) -> f32 {
    let authority = scene.authority;
    match kind {
        ColumnKind::Value => text_width(scene.t.rules.default_recipient, theme::BODY),
        ColumnKind::Fagsystem => bold_width(fagsystem_name(authority, &authority.default_fagsystem), theme::BODY),
        _ => 0.0,
    }
}

impl ColumnKind {
    /// How wide the state is where it stands as an icon alone.
    pub const ICON_ONLY_WIDTH: f32 = 34.0;

    /// Whether it holds names of any length, which can be shortened.
    fn holds_names(self) -> bool {
        matches!(self, Self::Value | Self::Fagsystem | Self::Note)
    }

    /// Whether it is left out where names that matter more would be shortened for it.
    fn yields_to_names(self) -> bool {
        matches!(self, Self::From | Self::LastHit | Self::Note)
    }

    /// What it takes of the room that nobody needs.
    fn spare_weight(self) -> f32 {
        match self {
            Self::Value => 3.0,
            Self::Fagsystem => 2.0,
            Self::Note => 1.5,
            _ => 0.0,
        }
    }
}

/// A column where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::desktop) struct PlacedColumn {
    pub kind: ColumnKind,
    pub width: f32,
}

impl ListSettings {
    /// How wide a column is at least.
    fn min_width(&self, kind: ColumnKind, widths: &Widths, t: &'static Texts) -> f32 {
        let needed = widths.needed(kind, t);
        let least = MIN_NAME_WIDTH.max(title_width(kind, t) + 1.0);
        let usual = if kind.holds_names() { needed.min(least) } else { needed };
        self.widths.get(&kind).copied().unwrap_or(usual).clamp(Self::MIN_WIDTH, Self::MAX_WIDTH)
    }

    /// How much more than the least the names in those columns ask for.
    fn extra_width(&self, kinds: &[ColumnKind], widths: &Widths, t: &'static Texts) -> f32 {
        let wish =
            |kind: &ColumnKind| (widths.needed(*kind, t) - self.min_width(*kind, widths, t)).clamp(0.0, MAX_EXTRA);
        kinds.iter().filter(|kind| kind.holds_names()).map(wish).sum()
    }

    /// The columns that there is room for, and how wide they are: those needed most first; those that nobody has
    /// resized share what is left over, as far as what stands in them asks for it.
    pub fn place(&self, room: f32, widths: &Widths, t: &'static Texts) -> Vec<PlacedColumn> {
        let mut left = room;
        let mut kinds: Vec<_> =
            ColumnKind::BY_IMPORTANCE.into_iter().filter(|kind| !self.hidden.contains(kind)).collect();
        let mut fits = 0;
        for kind in &kinds {
            let width = self.min_width(*kind, widths, t);
            left -= width;
            let spared = if kind.yields_to_names() { self.extra_width(&kinds[..fits], widths, t) } else { 0.0 };
            if left < spared && fits >= 3 {
                left += width;
                break;
            }
            fits += 1;
        }
        // Where there is no room for its word, the state stands as an icon alone.
        let is_state_left_out = kinds.iter().skip(fits).any(|kind| *kind == ColumnKind::State);
        kinds.truncate(fits);
        let is_state_icon_only = is_state_left_out && left >= ColumnKind::ICON_ONLY_WIDTH;
        if is_state_icon_only {
            kinds.push(ColumnKind::State);
            left -= ColumnKind::ICON_ONLY_WIDTH;
        }
        kinds.sort_unstable();
        let own = |kind: ColumnKind| !self.widths.contains_key(&kind);
        let wish = |kind: ColumnKind| {
            let wished = widths.needed(kind, t).min(Self::MAX_WIDTH) - self.min_width(kind, widths, t);
            if kind.holds_names() && own(kind) { wished.max(0.0) } else { 0.0 }
        };
        let wishes: Vec<f32> = kinds.iter().map(|kind| wish(*kind)).collect();
        let wished: f32 = wishes.iter().sum();
        let more = if wished > left { share(left.max(0.0), &wishes) } else { wishes };
        // What nobody needs goes to the names all the same: the columns end where the screen does.
        let (spare, spare_weight) =
            ((left - wished).max(0.0), |kind: ColumnKind| if own(kind) { kind.spare_weight() } else { 0.0 });
        let all: f32 = kinds.iter().map(|kind| spare_weight(*kind)).sum();
        let place = |(kind, more): (ColumnKind, f32)| {
            if is_state_icon_only && kind == ColumnKind::State {
                return PlacedColumn { kind, width: ColumnKind::ICON_ONLY_WIDTH };
            }
            let share = if all > 0.0 { spare * spare_weight(kind) / all } else { 0.0 };
            PlacedColumn { kind, width: (self.min_width(kind, widths, t) + more + share).max(Self::MIN_WIDTH) }
        };
        kinds.into_iter().zip(more).map(place).collect()
    }
}
