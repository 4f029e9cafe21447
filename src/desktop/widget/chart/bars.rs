use iced::advanced::layout::{self, Layout};
use iced::advanced::text::{self as core_text, Alignment, Paragraph as _, Renderer as _, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, renderer};
use iced::{
    Border, Color, Element, Event, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme, alignment, border,
    touch,
};

use super::look::{Look, height, quad};
use crate::desktop::theme;

const LABEL: f32 = 12.0;
/// The room for the numbers left of the grid, and for the labels below the bars.
const LEFT: f32 = 46.0;
const BELOW: f32 = 22.0;
const ABOVE: f32 = 8.0;
/// The height of a part that is not zero, at least: one message among thousands must be seen too.
const MIN_HEIGHT: f32 = 3.0;
/// About how many grid lines are drawn.
const LINES: u64 = 4;

/// A bar of a chart.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct Bar {
    /// The counts of each kind, from the bottom up.
    pub counts: Vec<u64>,
    /// The words below it.
    pub label: Option<String>,
}

/// The words about the bar that the mouse is over.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct Tip {
    pub title: String,
    /// The number of each kind.
    pub lines: Vec<(Look, String)>,
    pub sum: String,
}

/// A chart of stacked bars.
pub(in crate::desktop) struct BarChart<'a, Message> {
    looks: &'a [Look],
    bars: Vec<Bar>,
    number: fn(u64) -> String,
    tip: Box<dyn Fn(usize) -> Tip + 'a>,
    on_press: Option<Box<dyn Fn(usize) -> Message + 'a>>,
    height: f32,
}

/// `looks` are those of the parts of each bar, from the bottom up. `tip` returns the words about the bar of that index.
pub(in crate::desktop) fn bar_chart<'a, Message>(
    looks: &'a [Look],
    bars: Vec<Bar>,
    number: fn(u64) -> String,
    height: f32,
    tip: impl Fn(usize) -> Tip + 'a,
) -> BarChart<'a, Message> {
    BarChart { looks, bars, number, tip: Box::new(tip), on_press: None, height }
}

/// The bar that the mouse is over.
#[derive(Debug, Default)]
struct State(Option<usize>);

/// The highest grid line, and the distance between lines: 1, 2 or 5 times a power of ten.
fn scale(most: u64) -> (u64, u64) {
    let mut ten = 1;
    loop {
        for step in [ten, 2 * ten, 5 * ten] {
            if step * LINES >= most {
                return (most.div_ceil(step).max(1) * step, step);
            }
        }
        ten *= 10;
    }
}

impl<'a, Message> BarChart<'a, Message> {
    /// The message of a click on a bar that is not empty, by its index.
    pub fn on_press(self, on_press: impl Fn(usize) -> Message + 'a) -> Self {
        Self { on_press: Some(Box::new(on_press)), ..self }
    }

    fn is_of_something(&self, at: usize) -> bool {
        self.bars.get(at).is_some_and(|bar| bar.counts.iter().any(|count| *count > 0))
    }

    fn plot(bounds: Rectangle) -> Rectangle {
        Rectangle {
            x: bounds.x + LEFT,
            y: bounds.y + ABOVE,
            width: (bounds.width - LEFT).max(1.0),
            height: (bounds.height - ABOVE - BELOW).max(1.0),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "there are few bars")]
    fn pitch(&self, plot: Rectangle) -> f32 {
        plot.width / self.bars.len().max(1) as f32
    }

    /// The area of a bar, over the full height of the plot.
    #[expect(clippy::cast_precision_loss, reason = "there are few bars")]
    fn column(&self, plot: Rectangle, at: usize) -> Rectangle {
        let pitch = self.pitch(plot);
        Rectangle { x: plot.x + pitch * at as f32, width: pitch, ..plot }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies within the plot")]
    fn bar_at(&self, bounds: Rectangle, position: Point) -> Option<usize> {
        let plot = Self::plot(bounds);
        let at = ((position.x - plot.x) / self.pitch(plot)).floor();
        (at >= 0.0 && bounds.contains(position)).then_some(at as usize).filter(|at| *at < self.bars.len())
    }

    fn draw_grid(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        plot: Rectangle,
        (top, step): (u64, u64),
        clip: Rectangle,
    ) {
        let colours = theme::colours(theme);
        for line in 0..=top / step {
            let count = line * step;
            let y = (plot.y + plot.height - height(count, top, plot.height)).round();
            let colour = if count == 0 { colours.strong_line } else { colours.line };
            quad(renderer, Rectangle { y, height: 1.0, ..plot }, colour);
            words(&(self.number)(count), colours.muted).write_before(renderer, Point::new(plot.x - 8.0, y), clip);
        }
    }

    fn draw_bar(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        plot: Rectangle,
        (at, top): (usize, u64),
        clip: Rectangle,
    ) {
        let column = self.column(plot, at);
        let gap = (column.width * 0.22).clamp(1.0, 10.0);
        let (left, right) = ((column.x + gap / 2.0).round(), (column.x + column.width - gap / 2.0).round());
        let mut bottom = plot.y + plot.height;
        for (count, look) in self.bars[at].counts.iter().zip(self.looks) {
            if *count == 0 {
                continue;
            }
            let high = height(*count, top, plot.height).max(MIN_HEIGHT).round().min(bottom - plot.y + ABOVE);
            bottom -= high;
            look.fill(renderer, theme, Rectangle { x: left, y: bottom, width: (right - left).max(1.0), height: high });
        }
        if let Some(label) = &self.bars[at].label {
            let colours = theme::colours(theme);
            let below = plot.y + plot.height;
            quad(renderer, Rectangle { x: column.x.round(), y: below, width: 1.0, height: 5.0 }, colours.strong_line);
            let place = Point::new(column.x.round() + 4.0, below + 4.0);
            words(label, colours.muted).write(renderer, place, clip);
        }
    }
}

/// A line of text on a chart.
struct Words<'a> {
    line: &'a str,
    font: Font,
    colour: Color,
}

fn words(words: &str, colour: Color) -> Words<'_> {
    Words { line: words, font: theme::REGULAR, colour }
}

impl Words<'_> {
    fn text<T>(&self, content: T, bounds: Size) -> core_text::Text<T, Font> {
        core_text::Text {
            content,
            bounds,
            size: Pixels(LABEL),
            line_height: core_text::LineHeight::default(),
            font: self.font,
            align_x: Alignment::Left,
            align_y: alignment::Vertical::Top,
            shaping: Shaping::default(),
            wrapping: Wrapping::None,
        }
    }

    fn size(&self) -> Size {
        <Renderer as core_text::Renderer>::Paragraph::with_text(self.text(self.line, Size::INFINITE)).min_bounds()
    }

    /// Draws it to the right of and below a point, within the clip. The toolkit erases a text's bounds when it changes, so
    /// they must be finite and where the text is, which those of right-aligned text are not.
    fn write(&self, renderer: &mut Renderer, at: Point, clip: Rectangle) {
        let size = self.size().expand(Size::new(1.0, 1.0));
        // The toolkit would draw what sticks out of the clip all the same, over whatever is there.
        if at.y < clip.y || at.y + size.height > clip.y + clip.height {
            return;
        }
        renderer.fill_text(self.text(self.line.to_owned(), size), at, self.colour, clip);
    }

    /// The same to the left of a point, centred on it in height.
    fn write_before(&self, renderer: &mut Renderer, at: Point, clip: Rectangle) {
        let size = self.size();
        self.write(renderer, Point::new(at.x - size.width, at.y - size.height / 2.0), clip);
    }
}

impl Tip {
    const PADDING: f32 = 10.0;
    const LINE: f32 = 19.0;
    const SWATCH: f32 = 11.0;
    /// The space between a swatch and its number.
    const GAP: f32 = 8.0;

    fn size(&self) -> Size {
        let width = |line: Words<'_>| line.size().width;
        let lines = self.lines.iter().map(|(_, line)| Self::SWATCH + Self::GAP + width(words(line, Color::BLACK)));
        let title = Words { font: theme::SEMIBOLD, ..words(&self.title, Color::BLACK) };
        let plain = [width(title), width(words(&self.sum, Color::BLACK))];
        let widest = lines.chain(plain).fold(0.0, f32::max);
        #[expect(clippy::cast_precision_loss, reason = "there are few lines")]
        let lines = self.lines.len() as f32 + 2.0;
        Size::new(widest.ceil() + 2.0 * Self::PADDING, lines * Self::LINE + 2.0 * Self::PADDING - 4.0)
    }

    /// Draws it beside a bar, on the side with room for it.
    fn draw(&self, renderer: &mut Renderer, theme: &Theme, bounds: Rectangle, bar: Rectangle, clip: Rectangle) {
        const AWAY: f32 = 10.0;
        let (colours, size) = (theme::colours(theme), self.size());
        let right = bar.x + bar.width + AWAY;
        let is_right = right + size.width <= bounds.x + bounds.width;
        let x = if is_right { right } else { (bar.x - AWAY - size.width).max(bounds.x) };
        let place = Rectangle { x: x.round(), y: bounds.y + ABOVE, width: size.width, height: size.height };
        let border: Border = border::rounded(theme::ROUND).color(colours.strong_line).width(1);
        let box_ = renderer::Quad { bounds: place, border, snap: true, ..renderer::Quad::default() };
        renderer.fill_quad(box_, colours.surface);
        let mut y = place.y + Self::PADDING - 2.0;
        let left = place.x + Self::PADDING;
        let title = Words { font: theme::SEMIBOLD, ..words(&self.title, colours.ink) };
        title.write(renderer, Point::new(left, y), clip);
        for (look, line) in &self.lines {
            y += Self::LINE;
            let swatch = Rectangle { x: left, y: y + 3.0, width: Self::SWATCH, height: Self::SWATCH };
            look.fill(renderer, theme, swatch);
            words(line, colours.ink).write(renderer, Point::new(left + Self::SWATCH + Self::GAP, y), clip);
        }
        words(&self.sum, colours.muted).write(renderer, Point::new(left, y + Self::LINE), clip);
    }
}

impl<Message> Widget<Message, Theme, Renderer> for BarChart<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(self.height))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, self.height)
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let State(pointed_at) = tree.state.downcast_mut();
        let position = cursor.position_over(layout.bounds()).filter(|position| viewport.contains(*position));
        let now = position.and_then(|position| self.bar_at(layout.bounds(), position));
        if *pointed_at != now {
            *pointed_at = now;
            shell.request_redraw();
        }
        let is_press = matches!(
            event,
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerPressed { .. })
        );
        let pressed = now.filter(|at| is_press && !shell.is_event_captured() && self.is_of_something(*at));
        if let (Some(at), Some(on_press)) = (pressed, &self.on_press) {
            shell.publish(on_press(at));
            shell.capture_event();
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let position = cursor.position_over(layout.bounds()).filter(|position| viewport.contains(*position));
        match position.and_then(|position| self.bar_at(layout.bounds(), position)) {
            Some(at) if self.on_press.is_some() && self.is_of_something(at) => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
        }
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let bounds = layout.bounds();
        for (at, bar) in self.bars.iter().enumerate() {
            let column = self.column(Self::plot(bounds), at);
            if let Some(label) = &bar.label {
                operation.text(None, column, label);
            }
        }
        let State(pointed_at) = tree.state.downcast_ref();
        if let Some(at) = pointed_at.filter(|at| *at < self.bars.len()) {
            let tip = (self.tip)(at);
            operation.text(None, bounds, &tip.title);
            tip.lines.iter().for_each(|(_, words)| operation.text(None, bounds, words));
            operation.text(None, bounds, &tip.sum);
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let Some(in_sight) = bounds.intersection(viewport) else { return };
        let plot = Self::plot(bounds);
        let most = self.bars.iter().map(|bar| bar.counts.iter().sum()).max().unwrap_or_default();
        let (top, step) = scale(most);
        let State(pointed_at) = tree.state.downcast_ref();
        let pointed_at = pointed_at.filter(|at| *at < self.bars.len());
        if let Some(at) = pointed_at {
            quad(renderer, self.column(plot, at), theme::colours(theme).chosen);
        }
        self.draw_grid(renderer, theme, plot, (top, step), in_sight);
        for at in 0..self.bars.len() {
            self.draw_bar(renderer, theme, plot, (at, top), in_sight);
        }
        if let Some(at) = pointed_at {
            renderer.with_layer(in_sight, |renderer| {
                (self.tip)(at).draw(renderer, theme, bounds, self.column(plot, at), in_sight);
            });
        }
    }
}

impl<'a, Message: 'a> From<BarChart<'a, Message>> for Element<'a, Message> {
    fn from(chart: BarChart<'a, Message>) -> Self {
        Element::new(chart)
    }
}
