use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, renderer};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, touch};

use super::look::{Look, height, quad};
use super::marks::{ChartMark, draw_marks, marks_of};
use super::plot::{ABOVE, column, column_at, plot_in};
use super::tip::Tip;
use super::words::words;
use crate::desktop::theme;

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

/// A chart of stacked bars.
pub(in crate::desktop) struct BarChart<'a, Message> {
    looks: &'a [Look],
    bars: Vec<Bar>,
    number: fn(u64) -> String,
    tip: Box<dyn Fn(usize) -> Tip + 'a>,
    on_press: Option<Box<dyn Fn(usize) -> Message + 'a>>,
    marks: Vec<ChartMark>,
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
    BarChart { looks, bars, number, tip: Box::new(tip), on_press: None, marks: Vec::new(), height }
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

    /// Marks moments on it.
    pub fn marked(self, marks: Vec<ChartMark>) -> Self {
        Self { marks, ..self }
    }

    fn tip_at(&self, at: usize) -> Tip {
        let marks = marks_of(&self.marks, at, self.bars.len());
        Tip { marks, ..(self.tip)(at) }
    }

    fn is_of_something(&self, at: usize) -> bool {
        self.bars.get(at).is_some_and(|bar| bar.counts.iter().any(|count| *count > 0))
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
        let column = column(plot, at, self.bars.len());
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
        let now = position.and_then(|position| column_at(layout.bounds(), position, self.bars.len()));
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
        match position.and_then(|position| column_at(layout.bounds(), position, self.bars.len())) {
            Some(at) if self.on_press.is_some() && self.is_of_something(at) => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
        }
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let bounds = layout.bounds();
        for (at, bar) in self.bars.iter().enumerate() {
            let column = column(plot_in(bounds), at, self.bars.len());
            if let Some(label) = &bar.label {
                operation.text(None, column, label);
            }
        }
        let State(pointed_at) = tree.state.downcast_ref();
        if let Some(at) = pointed_at.filter(|at| *at < self.bars.len()) {
            self.tip_at(at).tell(bounds, operation);
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
        let plot = plot_in(bounds);
        let most = self.bars.iter().map(|bar| bar.counts.iter().sum()).max().unwrap_or_default();
        let (top, step) = scale(most);
        let State(pointed_at) = tree.state.downcast_ref();
        let pointed_at = pointed_at.filter(|at| *at < self.bars.len());
        if let Some(at) = pointed_at {
            quad(renderer, column(plot, at, self.bars.len()), theme::colours(theme).chosen);
        }
        self.draw_grid(renderer, theme, plot, (top, step), in_sight);
        for at in 0..self.bars.len() {
            self.draw_bar(renderer, theme, plot, (at, top), in_sight);
        }
        draw_marks(renderer, theme, plot, &self.marks, in_sight);
        if let Some(at) = pointed_at {
            renderer.with_layer(in_sight, |renderer| {
                self.tip_at(at).draw(renderer, theme, bounds, column(plot, at, self.bars.len()), in_sight);
            });
        }
    }
}

impl<'a, Message: 'a> From<BarChart<'a, Message>> for Element<'a, Message> {
    fn from(chart: BarChart<'a, Message>) -> Self {
        Element::new(chart)
    }
}
