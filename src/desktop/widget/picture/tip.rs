use iced::advanced::text::{self as core_text, Alignment, Paragraph as _, Renderer as _, Shaping, Wrapping};
use iced::advanced::{Renderer as _, renderer};
use iced::{Color, Font, Pixels, Point, Rectangle, Renderer, Size, Theme, alignment, border};

use crate::desktop::theme;

const PADDING: f32 = 10.0;
const LINE: f32 = 19.0;
const SIZE: f32 = 12.5;
/// How far it is from the mouse.
const AWAY: f32 = 16.0;

fn line_of<T>(content: T, font: Font, bounds: Size) -> core_text::Text<T, Font> {
    core_text::Text {
        content,
        bounds,
        size: Pixels(SIZE),
        line_height: core_text::LineHeight::default(),
        font,
        align_x: Alignment::Left,
        align_y: alignment::Vertical::Top,
        shaping: Shaping::default(),
        wrapping: Wrapping::None,
    }
}

fn font_of(at: usize) -> Font {
    if at == 0 { theme::SEMIBOLD } else { theme::REGULAR }
}

/// Draws the words about what the mouse is over, beside the mouse, where there is room for them.
pub(super) fn draw_tip(renderer: &mut Renderer, theme: &Theme, lines: &[String], mouse: Point, room: Rectangle) {
    let colours = theme::colours(theme);
    let sizes: Vec<Size> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let text = line_of(line.as_str(), font_of(at), Size::INFINITE);
            <Renderer as core_text::Renderer>::Paragraph::with_text(text).min_bounds()
        })
        .collect();
    let widest = sizes.iter().fold(0.0, |widest: f32, size| widest.max(size.width));
    #[expect(clippy::cast_precision_loss, reason = "there are few lines")]
    let height = lines.len() as f32 * LINE + 2.0 * PADDING - 4.0;
    let width = (widest.ceil() + 2.0 * PADDING).min(room.width);
    let right = mouse.x + AWAY;
    let x = if right + width <= room.x + room.width { right } else { (mouse.x - AWAY - width).max(room.x) };
    let y = (mouse.y + AWAY).min(room.y + room.height - height).max(room.y);
    let place = Rectangle { x: x.round(), y: y.round(), width, height };
    let Some(layer) = place.intersection(&room) else { return };
    renderer.with_layer(layer, |renderer| {
        let border = border::rounded(theme::ROUND).color(colours.strong_line).width(1);
        let sheet = renderer::Quad { bounds: place, border, snap: true, ..renderer::Quad::default() };
        renderer.fill_quad(sheet, colours.surface);
        let mut y = place.y + PADDING - 2.0;
        for (at, (line, size)) in lines.iter().zip(sizes).enumerate() {
            let colour: Color = if at == 0 { colours.ink } else { colours.muted };
            let text = line_of(line.clone(), font_of(at), size.expand(Size::new(1.0, 1.0)));
            renderer.fill_text(text, Point::new(place.x + PADDING, y), colour, layer);
            y += LINE;
        }
    });
}
