//! What the bars' looks mean.

use super::pieces::hatch;
use super::{Drawing, SMALL, Shown};
use crate::picture::{Bounds, Ink, Outline, Picture, Tone, WordStyle, width};

const SWATCH: f32 = 22.0;
const HEIGHT: f32 = 10.0;
const GAP: f32 = 18.0;

/// Draws an example in a place.
type Look = fn(&mut Picture, Bounds);

pub(super) fn draw(shown: &Shown<'_>, drawing: &mut Drawing) {
    let t = &shown.scene.t.timeline.legend;
    let looks: [(&str, Look); 6] = [
        (t.decides, |picture, place| picture.fill(Outline::rounded(place, 2.0), Tone::Muted.at(0.9))),
        (t.in_part, |picture, place| {
            picture.fill(Outline::rounded(place, 2.0), Tone::Muted.at(0.9));
            let lower = Bounds::new(place.x + 1.0, place.middle().y, place.width - 2.0, place.height / 2.0 - 1.0);
            picture.rectangle(lower, Tone::Surface.at(0.72));
        }),
        (t.idle, |picture, place| {
            picture.fill(Outline::rounded(place, 2.0), Tone::Muted.at(0.14));
            hatch(picture, place, Tone::Muted.at(0.8));
        }),
        (t.gap, |picture, place| {
            picture.fill(Outline::rounded(place, 2.0), Tone::Bad.at(0.10));
            dashed(picture, place, Tone::Bad.into());
        }),
        (t.off, |picture, place| dashed(picture, place, Tone::Muted.into())),
        (t.published, |picture, place| {
            let outline = Bounds::new(place.x, place.y - 2.0, place.width, place.height + 4.0);
            dashed(picture, outline, Tone::StrongLine.into());
        }),
    ];
    let middle = shown.room.size.height - 14.0;
    let mut x = 14.0;
    for (words, look) in looks {
        let needed = SWATCH + 6.0 + width(words, SMALL, false);
        if x + needed > shown.room.size.width - 8.0 {
            return;
        }
        look(&mut drawing.picture, Bounds::new(x, middle - HEIGHT / 2.0, SWATCH, HEIGHT));
        let style = WordStyle::new(SMALL, Tone::Muted);
        drawing.picture.write_at_height(words, (x + SWATCH + 6.0, middle), needed, style);
        x += needed + GAP;
    }
}

fn dashed(picture: &mut Picture, place: Bounds, ink: Ink) {
    picture.draw_dashed(Outline::rounded(place.shrunk(0.5), 2.0), ink, 1.0, 3.0);
}
