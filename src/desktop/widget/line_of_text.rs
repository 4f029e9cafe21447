use iced::advanced::text::paragraph::Plain;
use iced::advanced::text::{self as core_text, Renderer as _, Shaping, Wrapping};
use iced::{Color, Font, Point, Rectangle, Renderer, Size, alignment};

pub(super) type Paragraph = <Renderer as core_text::Renderer>::Paragraph;

/// A line of text as it is drawn: it ends in "…" if the rest does not fit.
#[derive(Debug, Default)]
pub(super) struct LineOfText {
    drawn: Plain<Paragraph>,
    content: String,
    room: f32,
    is_shortened: bool,
}

fn line(content: &str, font: Font, size: f32) -> core_text::Text<&str, Font> {
    core_text::Text {
        content,
        bounds: Size::INFINITE,
        size: size.into(),
        line_height: core_text::LineHeight::default(),
        font,
        align_x: core_text::Alignment::Default,
        align_y: alignment::Vertical::Top,
        shaping: Shaping::default(),
        wrapping: Wrapping::None,
    }
}

/// The width of the whole line.
pub(super) fn width_of(content: &str, font: Font, size: f32) -> f32 {
    Plain::<Paragraph>::new(line(content, font, size).with_content(content.to_owned())).min_width()
}

impl LineOfText {
    /// Sets the text, and shortens it to fit the room.
    #[expect(clippy::float_cmp, reason = "only the very same size and room need no new line")]
    pub fn update(&mut self, content: &str, font: Font, size: f32, room: f32) {
        let as_drawn = self.drawn.as_text();
        let is_same_style = as_drawn.font == font && as_drawn.size.0 == size;
        if is_same_style && self.content == content && self.room == room {
            return;
        }
        self.drawn.update(line(content, font, size));
        self.is_shortened = self.drawn.min_width() > room;
        if self.is_shortened {
            self.shorten(content, room, font, size);
        }
        content.clone_into(&mut self.content);
        self.room = room;
    }

    /// Whether it ends in "…" because the rest does not fit.
    pub fn is_shortened(&self) -> bool {
        self.is_shortened
    }

    pub fn width(&self) -> f32 {
        self.drawn.min_width()
    }

    pub fn size(&self) -> Size {
        self.drawn.min_bounds()
    }

    /// Draws it at the left of the bounds, centred in their height, and clipped to `visible`.
    pub fn draw(&self, renderer: &mut Renderer, bounds: Rectangle, colour: Color, visible: Rectangle) {
        let y = bounds.y + (bounds.height - self.drawn.min_height()) / 2.0;
        renderer.fill_paragraph(self.drawn.raw(), Point::new(bounds.x, y), colour, visible);
    }

    /// Finds the longest beginning of the text that fits with "…" after it.
    fn shorten(&mut self, content: &str, room: f32, font: Font, size: f32) {
        let ends: Vec<usize> = content.char_indices().map(|(at, _)| at).collect();
        let beginning = |length: usize| format!("{}…", content[..ends[length]].trim_end());
        let (mut fits, mut too_long) = (0, ends.len());
        while fits + 1 < too_long {
            let middle = usize::midpoint(fits, too_long);
            self.drawn.update(line(&beginning(middle), font, size));
            if self.drawn.min_width() <= room {
                fits = middle;
            } else {
                too_long = middle;
            }
        }
        self.drawn.update(line(&beginning(fits), font, size));
    }
}
