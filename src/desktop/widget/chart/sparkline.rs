use iced::{Element, Rectangle, Renderer, Size, Theme};

use super::drawing::Drawing;
use super::look::{height, quad};
use crate::desktop::theme;

const SIZE: Size = Size::new(84.0, 20.0);
/// The height of a bar that is not zero, at least.
const MIN_HEIGHT: f32 = 1.5;

/// Counts over time as small bars that fit in a row of a table. `marks` are moments, from 0 at the beginning to 1 at the end.
pub(in crate::desktop) fn sparkline<'a, Message: 'a>(counts: Vec<u64>, marks: Vec<f32>) -> Element<'a, Message> {
    let draw = move |renderer: &mut Renderer, theme: &Theme, bounds: Rectangle| {
        let colours = theme::colours(theme);
        quad(renderer, Rectangle { y: bounds.y + bounds.height - 1.0, height: 1.0, ..bounds }, colours.line);
        let most = counts.iter().copied().max().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "there are few")]
        let pitch = bounds.width / counts.len().max(1) as f32;
        let gap = if pitch > 3.0 { 1.0 } else { 0.0 };
        let mut x = bounds.x;
        for count in &counts {
            if *count > 0 {
                let high = height(*count, most, bounds.height - 1.0).max(MIN_HEIGHT);
                let y = bounds.y + bounds.height - 1.0 - high;
                quad(renderer, Rectangle { x, y, width: pitch - gap, height: high }, colours.accent);
            }
            x += pitch;
        }
        for along in &marks {
            let x = (bounds.x + along * bounds.width).round().min(bounds.x + bounds.width - 1.0);
            quad(renderer, Rectangle { x, width: 1.0, ..bounds }, colours.ink);
        }
    };
    Drawing { size: SIZE, draw }.into()
}
