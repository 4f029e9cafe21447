//! Whether words stand out from what is behind them, as WCAG 2.1 asks of text (level AA).

use std::collections::HashMap;

use iced_test::core::Rectangle;
use iced_test::core::widget::Id;
use iced_test::selector::Candidate;

use super::Picture;
use crate::window::Window;

/// The least contrast of text.
const MIN_CONTRAST: f64 = 4.5;
/// Letters a pixel wide are never drawn in their full colour: this share of it is enough to know the colour.
const SMOOTHED: f64 = 0.93;

/// Whether nothing lies over the words of that scene: what is dimmed on purpose is not there to be read.
pub fn is_asked_of(scene: &str) -> bool {
    let is_covered = [
        "palette",
        "guide",
        "tour",
        "overview-picture",
        "rules-moving",
        "rules-choices",
        "rules-calendar",
        "log-days",
        "other-day-choice",
    ];
    !is_covered.iter().any(|covered| scene.starts_with(covered))
}

/// The words that do not stand out enough, each with its contrast.
pub fn faint_words(window: &mut Window, picture: &Picture) -> Vec<String> {
    let words = window.all(|candidate| match candidate {
        // What a picture says without drawing it.
        Candidate::Text { id: Some(id), .. } if *id == Id::new("said") => None,
        Candidate::Text { content, bounds, visible_bounds: Some(visible), .. }
            if visible.height > bounds.height - 0.1 && visible.width > bounds.width - 0.1 =>
        {
            let letters = content.chars().filter(|letter| letter.is_alphanumeric()).count();
            (letters >= 3).then(|| (content.to_owned(), visible))
        }
        _ => None,
    });
    let mut faint: Vec<String> = words
        .into_iter()
        .filter_map(|(words, bounds)| Some((words, contrast_within(picture, bounds)?)))
        .filter(|(_, contrast)| *contrast < MIN_CONTRAST * SMOOTHED)
        .map(|(words, contrast)| format!("»{words}« {contrast:.1}:1"))
        .collect();
    faint.dedup();
    faint
}

/// Between what most of a place is, and what stands out most from it; `None` where the place is not in the picture.
fn contrast_within(picture: &Picture, bounds: Rectangle) -> Option<f64> {
    let mut pixels: HashMap<[u8; 3], u32> = HashMap::new();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places have whole pixels")]
    let (left, top, right, bottom) = (
        bounds.x.max(0.0) as u32,
        bounds.y.max(0.0) as u32,
        ((bounds.x + bounds.width).max(0.0) as u32).min(picture.width),
        ((bounds.y + bounds.height).max(0.0) as u32).min(picture.height),
    );
    for y in top..bottom {
        let place = |x: u32| ((y * picture.width + x) * 4) as usize;
        let row = picture.rgba.get(place(left)..place(right)).unwrap_or_default().as_chunks::<4>().0;
        // Most of a row is what is behind the words: pixels alike are counted together.
        for alike in row.chunk_by(|one, next| one == next) {
            let [red, green, blue, _] = alike[0];
            *pixels.entry([red, green, blue]).or_default() += u32::try_from(alike.len()).unwrap_or(u32::MAX);
        }
    }
    let behind = luminance(*pixels.iter().max_by_key(|(pixel, count)| (**count, **pixel))?.0);
    pixels.keys().map(|pixel| contrast(behind, luminance(*pixel))).max_by(f64::total_cmp)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The relative luminance of a colour, as WCAG defines it.
fn luminance(pixel: [u8; 3]) -> f64 {
    let linear = pixel.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}
