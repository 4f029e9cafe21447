//! How a part looks: in the colour of who takes it, hatched where no rule does, striped where several do.

use crate::desktop::language::names::Names;
use crate::desktop::model::fagsystem_tone::fagsystem_tone;
use crate::picture::{Bounds, Ink, Outline, Picture, Size, Tone, hatching, stripes};
use crate::rules::TakenBy;

/// The width of the bar in the colour of who takes a part.
pub(super) const BAR: f32 = 4.0;
/// At most so many colours are in the stripes of a part.
const MOST_STRIPES: usize = 4;
const STRIPE: f32 = 9.0;
const HATCH: f32 = 7.0;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub size: Size,
    /// The part whose parts are drawn; without one, those of the first level.
    pub within: Option<usize>,
    pub is_by_mail: bool,
    pub chosen: Option<usize>,
}

/// Fills an area for those who take it: in a colour, hatched where no rule takes it, striped where several do.
pub(super) fn fill(picture: &mut Picture, area: Bounds, taken_by: &[TakenBy], names: Names<'_>) {
    picture.rectangle(area, Tone::Surface);
    let outline = || Outline::rectangle(area.shrunk(0.5));
    let tone = |by: &TakenBy| fagsystem_tone(names.authority, &by.fagsystem);
    match taken_by {
        [] => {}
        [only] if only.is_default => {
            picture.draw(hatching(area, HATCH), Tone::Muted.at(0.22), 1.0);
            picture.draw_dashed(outline(), Tone::Muted, 1.0, 4.0);
        }
        [only] => {
            picture.rectangle(area, tone(only).at(0.24));
            picture.draw(outline(), tone(only).at(0.55), 1.0);
            picture.rectangle(Bounds { width: BAR.min(area.width), ..area }, tone(only));
        }
        several => {
            let shown = &several[..several.len().min(MOST_STRIPES)];
            for (at, by) in shown.iter().enumerate() {
                let ink: Ink = if by.is_default { Tone::Muted.at(0.06) } else { tone(by).at(0.30) };
                picture.fill(stripes(area, STRIPE, at, shown.len()), ink);
            }
            let is_part_uncovered = several.iter().any(|by| by.is_default);
            if is_part_uncovered {
                picture.draw_dashed(outline(), Tone::Muted, 1.0, 4.0);
            } else {
                picture.draw(outline(), Tone::StrongLine, 1.0);
            }
            let shown: Vec<_> = shown.iter().filter(|by| !by.is_default).collect();
            #[expect(clippy::cast_precision_loss, reason = "there are four at most")]
            let height = area.height / shown.len().max(1) as f32;
            let mut y = area.y;
            for by in shown {
                picture.rectangle(Bounds { y, height, width: BAR.min(area.width), ..area }, tone(by));
                y += height;
            }
        }
    }
}
