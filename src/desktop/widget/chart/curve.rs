use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, renderer};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme};

use super::look::quad;
use super::marks::{ChartMark, draw_marks, marks_of};
use super::plot::{column, column_at, plot_in};
use super::tip::Tip;
use super::words::words;
use crate::desktop::theme;

/// The thickness of the curve.
const LINE: f32 = 2.0;
/// The grid lines, as percentages.
const GRID: [u8; 5] = [0, 25, 50, 75, 100];

/// A step of a curve.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::desktop) struct CurveStep {
    /// From 0 to 1; `None` where there is nothing to take a share of.
    pub share: Option<f32>,
    /// The words below it.
    pub label: Option<String>,
}

/// A share over time, step by step.
pub(in crate::desktop) struct Curve<'a> {
    steps: Vec<CurveStep>,
    percent: &'static str,
    tip: Box<dyn Fn(usize) -> Tip + 'a>,
    marks: Vec<ChartMark>,
    height: f32,
}

/// `percent` is written after a number of percent. `tip` returns the words about the step of that index.
pub(in crate::desktop) fn curve<'a>(
    steps: Vec<CurveStep>,
    percent: &'static str,
    height: f32,
    tip: impl Fn(usize) -> Tip + 'a,
) -> Curve<'a> {
    Curve { steps, percent, tip: Box::new(tip), marks: Vec::new(), height }
}

/// The step that the mouse is over.
#[derive(Debug, Default)]
struct State(Option<usize>);

impl Curve<'_> {
    /// Marks moments on it.
    pub fn marked(self, marks: Vec<ChartMark>) -> Self {
        Self { marks, ..self }
    }

    fn tip_at(&self, at: usize) -> Tip {
        Tip { marks: marks_of(&self.marks, at, self.steps.len()), ..(self.tip)(at) }
    }

    fn draw_steps(&self, renderer: &mut Renderer, theme: &Theme, plot: Rectangle, clip: Rectangle) {
        let colours = theme::colours(theme);
        let y_of = |share: f32| (plot.y + (1.0 - share) * (plot.height - LINE)).round();
        let mut before = None;
        for (at, step) in self.steps.iter().enumerate() {
            let area = column(plot, at, self.steps.len());
            let (left, right) = (area.x.round(), (area.x + area.width).round());
            if let Some(y) = step.share.map(y_of) {
                quad(renderer, Rectangle { x: left, y, width: (right - left).max(1.0), height: LINE }, colours.accent);
                if let Some(last) = before {
                    let (top, bottom): (f32, f32) = (f32::min(last, y), f32::max(last, y));
                    let joint = Rectangle { x: left, y: top, width: LINE, height: bottom - top + LINE };
                    quad(renderer, joint, colours.accent);
                }
            }
            before = step.share.map(y_of);
            if let Some(label) = &step.label {
                let below = plot.y + plot.height;
                quad(renderer, Rectangle { x: left, y: below, width: 1.0, height: 5.0 }, colours.strong_line);
                words(label, colours.muted).write(renderer, Point::new(left + 4.0, below + 4.0), clip);
            }
        }
    }

    fn draw_grid(&self, renderer: &mut Renderer, theme: &Theme, plot: Rectangle, clip: Rectangle) {
        let colours = theme::colours(theme);
        for percent in GRID {
            let y = (plot.y + plot.height - f32::from(percent) / 100.0 * plot.height).round();
            let colour = if percent == 0 { colours.strong_line } else { colours.line };
            quad(renderer, Rectangle { y, height: 1.0, ..plot }, colour);
            let number = format!("{percent}{}", self.percent);
            words(&number, colours.muted).write_before(renderer, Point::new(plot.x - 8.0, y), clip);
        }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Curve<'_> {
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
        _event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let State(pointed_at) = tree.state.downcast_mut();
        let position = cursor.position_over(layout.bounds()).filter(|position| viewport.contains(*position));
        let now = position.and_then(|position| column_at(layout.bounds(), position, self.steps.len()));
        if *pointed_at != now {
            *pointed_at = now;
            shell.request_redraw();
        }
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let bounds = layout.bounds();
        for (at, step) in self.steps.iter().enumerate() {
            if let Some(label) = &step.label {
                operation.text(None, column(plot_in(bounds), at, self.steps.len()), label);
            }
        }
        let State(pointed_at) = tree.state.downcast_ref();
        if let Some(at) = pointed_at.filter(|at| *at < self.steps.len()) {
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
        let State(pointed_at) = tree.state.downcast_ref();
        let pointed_at = pointed_at.filter(|at| *at < self.steps.len());
        let pointed = |at| column(plot, at, self.steps.len());
        if let Some(at) = pointed_at {
            quad(renderer, pointed(at), theme::colours(theme).chosen);
        }
        self.draw_grid(renderer, theme, plot, in_sight);
        self.draw_steps(renderer, theme, plot, in_sight);
        draw_marks(renderer, theme, plot, &self.marks, in_sight);
        if let Some(at) = pointed_at {
            renderer.with_layer(in_sight, |renderer| {
                self.tip_at(at).draw(renderer, theme, bounds, pointed(at), in_sight);
            });
        }
    }
}

impl<'a, Message: 'a> From<Curve<'a>> for Element<'a, Message> {
    fn from(chart: Curve<'a>) -> Self {
        Element::new(chart)
    }
}
