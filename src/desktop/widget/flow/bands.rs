use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, renderer};
use iced::{Color, Event, Length, Point, Rectangle, Renderer, Size, Theme, touch};

use super::FlowBand;
use super::arrangement::{Arrangement, Shape, Slot};
use crate::desktop::theme;

/// The width of an end's bar.
const BAR: f32 = 8.0;
/// A band that is not level is drawn as upright strips of this width.
const STRIP: f32 = 2.0;
/// Stripes are that many strips wide, and as many apart.
const STRIPE: usize = 3;
/// A thin band is pressed this far beside it, too.
const REACH: f32 = 3.0;

type OnPress<'a, Message> = Box<dyn Fn(usize) -> Option<Message> + 'a>;

/// The bands between the names, which are pressed with the mouse.
pub(super) struct Bands<'a, Message> {
    flows: Vec<FlowBand>,
    arrangement: Arrangement,
    on_press: OnPress<'a, Message>,
}

impl<'a, Message> Bands<'a, Message> {
    pub fn new(flows: Vec<FlowBand>, arrangement: Arrangement, on_press: OnPress<'a, Message>) -> Self {
        Self { flows, arrangement, on_press }
    }

    /// The move that the mouse is over.
    fn at(&self, bounds: Rectangle, position: Point) -> Option<usize> {
        let share = ((position.x - bounds.x - BAR) / (bounds.width - 2.0 * BAR).max(1.0)).clamp(0.0, 1.0);
        let y = position.y - bounds.y;
        let is_over = |shape: &Shape| {
            let top = shape.top_at(share);
            (top - REACH..top + shape.thickness + REACH).contains(&y)
        };
        let moves = self.flows.iter().zip(&self.arrangement.shapes).enumerate().filter(|(_, (band, _))| band.is_move);
        moves.filter(|(_, (_, shape))| is_over(shape)).map(|(at, _)| at).next_back()
    }

    fn draw_band(&self, renderer: &mut Renderer, theme: &Theme, bounds: Rectangle, at: usize, is_pointed_at: bool) {
        let (band, shape) = (self.flows[at], self.arrangement.shapes[at]);
        let colours = theme::colours(theme);
        let (colour, faint) = if band.is_move {
            let (deep, faint) = if is_pointed_at || band.is_chosen { (1.0, 0.4) } else { (0.7, 0.2) };
            let mixed = |share| theme::between(colours.surface, colours.warning, share);
            (mixed(deep), mixed(faint))
        } else {
            (colours.line, colours.line)
        };
        let (left, right) = (bounds.x + BAR, bounds.x + bounds.width - BAR);
        #[expect(clippy::float_cmp, reason = "both are whole pixels")]
        if shape.left == shape.right && !band.is_move {
            let band = Rectangle { x: left, y: bounds.y + shape.left, width: right - left, height: shape.thickness };
            fill(renderer, band, colour);
            return;
        }
        let mut x = left.round();
        let mut strip = 0_usize;
        while x < right {
            let width = STRIP.min(right - x);
            let share = (x + width / 2.0 - left) / (right - left).max(1.0);
            let place = Rectangle { x, y: bounds.y + shape.top_at(share), width, height: shape.thickness };
            fill(renderer, place, if (strip / STRIPE).is_multiple_of(2) { colour } else { faint });
            x += width;
            strip += 1;
        }
    }
}

impl Shape {
    /// Its upper edge at a share of the way from left to right: it leaves and arrives level.
    fn top_at(&self, share: f32) -> f32 {
        let eased = share * share * (3.0 - 2.0 * share);
        self.left + (self.right - self.left) * eased
    }
}

fn fill(renderer: &mut Renderer, bounds: Rectangle, colour: Color) {
    if bounds.width > 0.0 && bounds.height > 0.0 {
        renderer.fill_quad(renderer::Quad { bounds, snap: true, ..renderer::Quad::default() }, colour);
    }
}

/// The band that the mouse is over.
#[derive(Debug, Default)]
struct State(Option<usize>);

impl<Message> Widget<Message, Theme, Renderer> for Bands<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(self.arrangement.height))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, self.arrangement.height)
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
        let now = position.and_then(|position| self.at(layout.bounds(), position));
        if *pointed_at != now {
            *pointed_at = now;
            shell.request_redraw();
        }
        let is_press = matches!(
            event,
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerPressed { .. })
        );
        let pressed = now.filter(|_| is_press && !shell.is_event_captured());
        if let Some(message) = pressed.and_then(|at| (self.on_press)(at)) {
            shell.publish(message);
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
        match position.and_then(|position| self.at(layout.bounds(), position)) {
            Some(_) => mouse::Interaction::Pointer,
            None => mouse::Interaction::None,
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
        if bounds.intersection(viewport).is_none() {
            return;
        }
        let State(pointed_at) = tree.state.downcast_ref();
        // Moves last: where bands cross, they stay whole.
        for is_move in [false, true] {
            let of_kind = self.flows.iter().enumerate().filter(|(_, band)| band.is_move == is_move);
            for (at, _) in of_kind {
                self.draw_band(renderer, theme, bounds, at, *pointed_at == Some(at));
            }
        }
        let colours = theme::colours(theme);
        let sides = [(&self.arrangement.left, bounds.x), (&self.arrangement.right, bounds.x + bounds.width - BAR)];
        for (slots, x) in sides {
            for Slot { top, height, bar } in slots {
                let y = bounds.y + top + ((height - bar) / 2.0).floor();
                fill(renderer, Rectangle { x, y, width: BAR, height: *bar }, colours.accent);
            }
        }
    }
}
