//! Under the picture: who takes how much.

use super::paint::{Look, fill};
use crate::desktop::language::Texts;
use crate::desktop::language::names::Names;
use crate::picture::{Bounds, Picture, Tone, WordStyle, elided, width};
use crate::rules::{PlanTree, TakenBy};

const ROW: f32 = 22.0;
const SWATCH: f32 = 13.0;
const SIZE: f32 = 12.5;
/// The space before the words of an entry, and after them.
const SPACE: (f32, f32) = (19.0, 18.0);
/// The space between a name and its share.
const BETWEEN: f32 = 5.0;
const ABOVE: f32 = 8.0;
/// At most so many rows are drawn.
const MOST_ROWS: usize = 3;
/// An entry is at most this wide.
const WIDEST: f32 = 320.0;

struct Entry {
    by: TakenBy,
    name: String,
    share: String,
    place: Bounds,
}

pub(super) fn height(tree: &PlanTree, look: Look, t: &'static Texts, names: Names<'_>) -> f32 {
    entries(tree, look, t, names).iter().map(|entry| entry.place.bottom() + ABOVE).fold(0.0, f32::max)
}

pub(super) fn draw(picture: &mut Picture, tree: &PlanTree, look: Look, t: &'static Texts, names: Names<'_>) {
    let top = look.size.height - height(tree, look, t, names) + ABOVE;
    for Entry { by, name, share, place } in entries(tree, look, t, names) {
        let middle = top + place.y + ROW / 2.0;
        let swatch = Bounds::new(place.x, middle - SWATCH / 2.0, SWATCH, SWATCH);
        fill(picture, swatch, std::slice::from_ref(&by), names);
        let (left, taken) = (place.x + SPACE.0, width(&share, SIZE, true) + BETWEEN);
        let name = elided(&name, SIZE, false, place.width - SPACE.0 - SPACE.1 - taken + 1.0);
        picture.write_at_height(&name, (left, middle), f32::INFINITY, WordStyle::new(SIZE, Tone::Text));
        let after = left + width(&name, SIZE, false) + BETWEEN;
        picture.write_at_height(&share, (after, middle), taken, WordStyle::new(SIZE, Tone::Text).bold());
    }
}

/// Who takes anything, each in its place in rows.
fn entries(tree: &PlanTree, look: Look, t: &'static Texts, names: Names<'_>) -> Vec<Entry> {
    let (shares, all) = shares(tree, look);
    let (mut x, mut y) = (0.0, 0.0);
    let mut entries = Vec::new();
    for (by, part) in shares {
        let (name, share) = (t.coverage.taken_by(&by, names), t.coverage.grammar.percent(part, all));
        let words = width(&name, SIZE, false) + BETWEEN + width(&share, SIZE, true);
        let wide = (words + SPACE.0 + SPACE.1).min(WIDEST).min(look.size.width);
        if x > 0.0 && x + wide > look.size.width {
            (x, y) = (0.0, y + ROW);
        }
        #[expect(clippy::cast_precision_loss, reason = "there are three at most")]
        let most = MOST_ROWS as f32 * ROW;
        if y >= most {
            break;
        }
        entries.push(Entry { by, name, share, place: Bounds::new(x, y, wide, ROW) });
        x += wide;
    }
    entries
}

/// How much each takes, the most first, and how much there is: of the mail, or of the lowest parts of the plan.
fn shares(tree: &PlanTree, look: Look) -> (Vec<(TakenBy, u64)>, u64) {
    if look.is_by_mail && tree.mail.numbered > 0 {
        return (tree.mail.by_taker.clone(), tree.mail.numbered);
    }
    // A part that several take counts for each in equal shares; 60 can be divided by most numbers.
    let mut shares: Vec<(TakenBy, u64)> = Vec::new();
    let lowest = tree.parts.iter().filter(|part| part.below.is_empty());
    let mut all = 0;
    for part in lowest {
        all += 60;
        for by in &part.taken_by {
            let share = 60 / part.taken_by.len() as u64;
            match shares.iter_mut().find(|(known, _)| known == by) {
                Some((_, sum)) => *sum += share,
                None => shares.push((by.clone(), share)),
            }
        }
    }
    shares.sort_by_key(|(_, share)| std::cmp::Reverse(*share));
    (shares, all)
}
