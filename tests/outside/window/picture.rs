//! Pictures of the window.

use iced_test::core::Size;
use iced_test::core::clipboard;
use iced_test::core::renderer::{Headless, Style};
use iced_test::core::theme::Base;

use super::Window;

/// The pixels of a window, row by row.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// Red, green, blue and opacity of each pixel.
    pub rgba: Vec<u8>,
}

impl Window {
    pub fn picture(&mut self) -> Picture {
        self.enlarged_picture(1.0)
    }

    /// A picture in which a logical pixel is `scale` pixels wide, as on a screen with enlargement.
    pub fn enlarged_picture(&mut self, scale: f32) -> Picture {
        self.draw();
        let background = self.theme().base().background_color;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "windows have whole sizes")]
        let (width, height) = ((self.size.width * scale).round() as u32, (self.size.height * scale).round() as u32);
        let rgba = self.renderer.get().screenshot(Size::new(width, height), scale, background);
        Picture { width, height, rgba }
    }

    /// Has the renderer take down what the window shows now.
    pub(super) fn draw(&mut self) {
        self.redraw();
        let theme = self.theme();
        let base = theme.base();
        let redraw = self.redraw_requested();
        self.with_interface(|interface, renderer, cursor| {
            // Widgets learn their status from a redraw, and lose it when they are built anew.
            let _ = interface.update(
                std::slice::from_ref(&redraw),
                cursor,
                renderer,
                &mut clipboard::Null,
                &mut Vec::new(),
            );
            interface.draw(renderer, &theme, &Style { text_color: base.text_color }, cursor);
        });
    }
}
