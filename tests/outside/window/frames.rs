//! What a window draws anew from one frame to the next, as the toolkit does on a display.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use iced_test::core::renderer::Style;
use iced_test::core::theme::Base;
use iced_test::core::widget::operation::Outcome;
use iced_test::core::{Color, Rectangle, Size, clipboard};
use iced_test::renderer::graphics::{Text, Viewport, damage};
use iced_test::runtime::{Action, UserInterface, task};
use iced_tiny_skia::Layer;
use tiny_skia::{Mask, Pixmap};

use super::{MAX_REDRAWS, Window};

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
    /// stand already when the key goes down, and are built again once the program has handled what they sent. In the other functions
    /// each event builds them anew. Tasks are waited for.
    pub fn type_until_seen(&mut self, letter: char) -> Duration {
        let (event, redraw) = (self.typed(letter), self.redraw_requested());
        let (cursor, theme) = (self.cursor, self.theme());
        let style = Style { text_color: theme.base().text_color };
        let cache = self.cache.take().unwrap_or_default();
        let mut sent = Vec::new();
        let mut interface = UserInterface::build(self.desktop.view(), self.size, cache, self.renderer.get());
        let begun = Instant::now();
        let _ = interface.update(&[event], cursor, self.renderer.get(), &mut clipboard::Null, &mut sent);
        for _ in 0..MAX_REDRAWS {
            let mut operations = Vec::new();
            if !sent.is_empty() {
                let cache = interface.into_cache();
                let mut messages = VecDeque::from(std::mem::take(&mut sent));
                while let Some(message) = messages.pop_front() {
                    let Some(mut actions) = task::into_stream(self.update(message)) else { continue };
                    while let Some(action) = self.block_on(actions.next()) {
                        match action {
                            Action::Output(message) => messages.push_back(message),
                            Action::Widget(operation) => operations.push(operation),
                            _ => {}
                        }
                    }
                }
                interface = UserInterface::build(self.desktop.view(), self.size, cache, self.renderer.get());
            }
            for operation in operations {
                let mut next = Some(operation);
                while let Some(mut operation) = next.take() {
                    interface.operate(self.renderer.get(), operation.as_mut());
                    if let Outcome::Chain(after) = operation.finish() {
                        next = Some(after);
                    }
                }
            }
            let redraw = std::slice::from_ref(&redraw);
            let _ = interface.update(redraw, cursor, self.renderer.get(), &mut clipboard::Null, &mut sent);
            if sent.is_empty() {
                break;
            }
        }
        assert!(sent.is_empty(), "the window never comes to rest");
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
