//! What a window draws anew from one frame to the next, as the toolkit does on a display.

use iced_test::core::theme::Base;
use iced_test::core::{Rectangle, Size};
use iced_test::renderer::graphics::{Text, Viewport, damage};
use iced_tiny_skia::Layer;
use tiny_skia::{Mask, Pixmap};

use super::Window;

/// A display, and what was drawn on it last.
pub struct Display {
    pixels: Pixmap,
    mask: Mask,
    layers: Vec<Layer>,
}

impl Display {
    fn new(size: Size<u32>) -> Self {
        Self {
            pixels: Pixmap::new(size.width, size.height).expect("it has a size"),
            mask: Mask::new(size.width, size.height).expect("it has a size"),
            layers: Vec::new(),
        }
    }
}

impl Window {
    /// Draws a frame: what has changed since the last one, or all of the first. Returns the areas that were drawn.
    pub fn frame(&mut self) -> Vec<Rectangle> {
        self.draw();
        let background = self.theme().base().background_color;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "windows have whole sizes")]
        let size = Size::new(self.size.width as u32, self.size.height as u32);
        let all = Rectangle::with_size(self.size);
        let mut display = self.display.take().unwrap_or_else(|| Display::new(size));
        let renderer = self.renderer.get();
        let areas = if display.layers.is_empty() {
            vec![all]
        } else {
            let bounds = |layer: &Layer| vec![layer.bounds];
            let changed = damage::diff(&display.layers, renderer.layers(), bounds, Layer::damage);
            damage::group(changed, all)
        };
        display.layers = renderer.layers().to_vec();
        let viewport = Viewport::with_physical_size(size, 1.0);
        renderer.draw(&mut display.pixels.as_mut(), &mut display.mask, &viewport, &areas, background);
        self.display = Some(display);
        areas
    }

    /// The lines of words that are drawn by themselves: what each takes up, and the bounds that it is drawn within.
    pub fn drawn_lines(&mut self) -> Vec<(Rectangle, Rectangle)> {
        self.draw();
        let layers = self.renderer.get().layers();
        let texts = layers.iter().flat_map(|layer| &layer.text).flat_map(|item| item.as_slice().iter());
        let lines = texts.filter_map(|text| match text {
            Text::Cached { bounds, clip_bounds, .. } => Some((*bounds, *clip_bounds)),
            _ => None,
        });
        lines.collect()
    }
}
