//! What a window draws anew from one frame to the next, as the toolkit does on a display.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use iced_test::core::renderer::Style;
use iced_test::core::theme::Base;
use iced_test::core::{Color, Rectangle, Size, clipboard};
use iced_test::renderer::graphics::{Text, Viewport, damage};
use iced_test::runtime::{Action, UserInterface, task};
use iced_tiny_skia::Layer;
use tiny_skia::{Mask, Pixmap};

use super::Window;

/// A display, and what was drawn on it last.
pub struct Display {
    pixels: Pixmap,
    mask: Mask,
    layers: Vec<Layer>,
    background: Color,
}

impl Display {
    fn new(size: Size<u32>) -> Self {
        Self {
            pixels: Pixmap::new(size.width, size.height).expect("it has a size"),
            mask: Mask::new(size.width, size.height).expect("it has a size"),
            layers: Vec::new(),
            background: Color::BLACK,
        }
    }
}

impl Window {
    /// Draws a frame: what has changed since the last one, or all of the first. Returns the areas that were drawn.
    pub fn frame(&mut self) -> Vec<Rectangle> {
        self.draw();
        self.present()
    }

    /// Types a letter, and returns how long it takes until it is on the display. Widgets are built when the toolkit builds them: they
    /// stand already when the key goes down, and again after each message. In the other functions each event builds them anew.
    pub fn type_until_seen(&mut self, letter: char) -> Duration {
        let event = self.typed(letter);
        let redraw = self.redraw_requested();
        let cursor = self.cursor;
        let theme = self.theme();
        let style = Style { text_color: theme.base().text_color };
        let cache = self.cache.take().unwrap_or_default();
        let mut messages = Vec::new();
        let mut interface = UserInterface::build(self.desktop.view(), self.size, cache, self.renderer.get());
        let begun = Instant::now();
        let _ = interface.update(&[event], cursor, self.renderer.get(), &mut clipboard::Null, &mut messages);
        loop {
            let mut operations = Vec::new();
            let is_outdated = !messages.is_empty();
            if is_outdated {
                let cache = interface.into_cache();
                while let Some(message) = messages.pop() {
                    let Some(mut actions) = task::into_stream(self.update(message)) else { continue };
                    while let Some(action) = self.block_on(actions.next()) {
                        match action {
                            Action::Output(message) => messages.push(message),
                            Action::Widget(operation) => operations.push(operation),
                            _ => {}
                        }
                    }
                }
                interface = UserInterface::build(self.desktop.view(), self.size, cache, self.renderer.get());
            }
            for mut operation in operations {
                interface.operate(self.renderer.get(), operation.as_mut());
            }
            let redraw = std::slice::from_ref(&redraw);
            let _ = interface.update(redraw, cursor, self.renderer.get(), &mut clipboard::Null, &mut messages);
            if messages.is_empty() {
                break;
            }
        }
        interface.draw(self.renderer.get(), &theme, &style, cursor);
        self.cache = Some(interface.into_cache());
        self.present();
        begun.elapsed()
    }

    /// Puts what has been drawn on the display.
    fn present(&mut self) -> Vec<Rectangle> {
        let background = self.desktop.surface(&self.theme()).background_color;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "windows have whole sizes")]
        let size = Size::new(self.size.width as u32, self.size.height as u32);
        let all = Rectangle::with_size(self.size);
        let same_size =
            |display: &Display| (display.pixels.width(), display.pixels.height()) == (size.width, size.height);
        let mut display = self.display.take().filter(same_size).unwrap_or_else(|| Display::new(size));
        let renderer = self.renderer.get();
        let areas = if display.layers.is_empty() || display.background != background {
            vec![all]
        } else {
            let bounds = |layer: &Layer| vec![layer.bounds];
            let changed = damage::diff(&display.layers, renderer.layers(), bounds, Layer::damage);
            damage::group(changed, all)
        };
        display.layers = renderer.layers().to_vec();
        display.background = background;
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
