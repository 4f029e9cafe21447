use std::sync::Arc;

use iced::Element;

use super::super::picture::picture_view;
use super::bars::height;
use crate::picture::{Bounds, Outline, Picture, Size, Tone};

const SIZE: Size = Size::new(84.0, 20.0);
/// The height of a bar that is not zero, at least.
const MIN_HEIGHT: f32 = 1.5;

/// Counts over time as small bars that fit in a row of a table. `marks` are moments, from 0 at the beginning to 1 at the end.
pub(in crate::desktop) fn sparkline<'a, Message: 'a>(counts: &[u64], marks: &[f32]) -> Element<'a, Message> {
    picture_view(Arc::new(lay_out(counts, marks)), Vec::new()).into()
}

fn lay_out(counts: &[u64], marks: &[f32]) -> Picture {
    let mut picture = Picture::new(SIZE, "");
    picture.rectangle(Bounds::new(0.0, SIZE.height - 1.0, SIZE.width, 1.0), Tone::Line);
    let most = counts.iter().copied().max().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "there are few")]
    let pitch = SIZE.width / counts.len().max(1) as f32;
    let gap = if pitch > 3.0 { 1.0 } else { 0.0 };
    let mut left = 0.0;
    let bars = counts.iter().filter_map(|count| {
        let x = left;
        left += pitch;
        let high = height(*count, most, SIZE.height - 1.0).max(MIN_HEIGHT);
        (*count > 0).then(|| Bounds::new(x, SIZE.height - 1.0 - high, pitch - gap, high))
    });
    picture.fill(Outline::rectangles(bars), Tone::Accent);
    for along in marks {
        let x = (along * SIZE.width).round().min(SIZE.width - 1.0);
        picture.rectangle(Bounds::new(x, 0.0, 1.0, SIZE.height), Tone::Text);
    }
    picture
}
