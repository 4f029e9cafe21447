use std::cell::RefCell;
use std::sync::Arc;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, renderer};
use iced::keyboard::{self, Key, Modifiers};
use iced::widget::Id;
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector, touch, window};

use super::drawing::{Drawn, place_of};
use super::spot::{Spot, tell, tell_about};
use super::tip::{Beside, Tip, draw_tip};
use crate::desktop::widget::focusable::draw_ring;
use crate::picture::{Bounds, Picture, Point as Place, Shape, Size as Extent};

/// How far a line of the wheel scrolls, in logical pixels.
const LINE: f32 = 60.0;
/// The mouse moves that far before a press becomes a drag.
const DRAG: f32 = 3.0;

/// What people do in a pane. Places are in logical pixels from its upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub enum PaneEvent {
    /// It has that size now.
    Sized(Extent),
    /// The mouse came to a spot, or left all of them.
    Pointed(Option<usize>),
    /// The button went down on a spot, or on none.
    Pressed(Option<usize>, Place),
    /// It is held, and the mouse is there.
    Dragged(Place),
    /// It was released, without having been dragged.
    Clicked(Option<usize>, Place),
    /// It was released after a drag.
    Dropped(Place),
    /// The wheel was turned: by how much, and where the mouse is.
    Wheel(f32, f32, Place),
    Key(Key, Modifiers),
    /// The keys went elsewhere.
    Unfocused,
}

type OnEvent<'a, Message> = Box<dyn Fn(PaneEvent) -> Option<Message> + 'a>;

/// A picture that fills its room and is laid out anew by its screen for everything that people do in it: scrolled, zoomed,
/// dragged in. See [`PaneEvent`].
pub(in crate::desktop) struct Pane<'a, Message> {
    picture: Arc<Picture>,
    spots: Vec<Spot>,
    id: Option<Id>,
    /// What the keys are at.
    ring: Option<Bounds>,
    /// What is said beside the mouse while something is dragged.
    tip: Option<Vec<String>>,
    on_event: OnEvent<'a, Message>,
}

/// A pane with these spots, of which later ones lie over earlier ones.
pub(in crate::desktop) fn pane<'a, Message>(
    picture: Arc<Picture>,
    spots: Vec<Spot>,
    on_event: impl Fn(PaneEvent) -> Option<Message> + 'a,
) -> Pane<'a, Message> {
    Pane { picture, spots, id: None, ring: None, tip: None, on_event: Box::new(on_event) }
}

impl<Message> Pane<'_, Message> {
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// Draws a ring there while the keys are in the pane.
    pub fn ring(self, ring: Option<Bounds>) -> Self {
        Self { ring, ..self }
    }

    /// Says something beside the mouse.
    pub fn tip(self, tip: Option<Vec<String>>) -> Self {
        Self { tip, ..self }
    }

    fn spot_at(&self, place: Place) -> Option<usize> {
        self.spots.iter().rposition(|spot| spot.contains(place))
    }

    /// Tells the screen, and returns whether that led to anything.
    fn tell(&self, event: PaneEvent, shell: &mut Shell<'_, Message>) -> bool {
        let Some(message) = (self.on_event)(event) else { return false };
        shell.publish(message);
        true
    }
}

#[derive(Default)]
struct State {
    is_focused: bool,
    /// Whether the focus did not come with a click.
    has_ring: bool,
    size: Option<Size>,
    /// The mouse, and the spot that it is over.
    mouse: Option<(Point, Option<usize>)>,
    /// Where the button went down, on what, and whether the mouse has moved since.
    held: Option<(Point, Option<usize>, bool)>,
    drawn: RefCell<Drawn>,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.is_focused
    }

    fn focus(&mut self) {
        (self.is_focused, self.has_ring) = (true, true);
    }

    fn unfocus(&mut self) {
        (self.is_focused, self.has_ring) = (false, false);
    }
}

fn moved(rectangle: Bounds, by: Vector) -> Rectangle {
    Rectangle { x: rectangle.x + by.x, y: rectangle.y + by.y, width: rectangle.width, height: rectangle.height }
}

impl<Message> Widget<Message, Theme, Renderer> for Pane<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, Length::Fill)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let (bounds, state) = (layout.bounds(), tree.state.downcast_mut::<State>());
        operation.focusable(self.id.as_ref(), bounds, state);
        tell_about(operation, bounds, &self.picture.about);
        for shape in &self.picture.shapes {
            if let Shape::Words(words) = shape {
                operation.text(None, place_of(words, bounds.position()), &words.text);
            }
        }
        tell(operation, &self.spots, bounds.position());
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
        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        let local = |point: Point| Place::new(point.x - bounds.x, point.y - bounds.y);
        let over = cursor.position_over(bounds).filter(|point| viewport.contains(*point));
        let mouse = over.map(|point| (point, self.spot_at(local(point))));
        if state.mouse != mouse {
            let (before, now) = (state.mouse.and_then(|(_, at)| at), mouse.and_then(|(_, at)| at));
            state.mouse = mouse;
            shell.request_redraw();
            if before != now && state.held.is_none() {
                self.tell(PaneEvent::Pointed(now), shell);
            }
        }
        match event {
            Event::Window(window::Event::RedrawRequested(_)) if state.size != Some(bounds.size()) => {
                state.size = Some(bounds.size());
                self.tell(PaneEvent::Sized(Extent::new(bounds.width, bounds.height)), shell);
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let here = mouse.filter(|_| !shell.is_event_captured());
                if state.is_focused && here.is_none() {
                    self.tell(PaneEvent::Unfocused, shell);
                }
                (state.is_focused, state.has_ring) = (here.is_some(), false);
                if let Some((point, spot)) = here {
                    state.held = Some((point, spot, false));
                    self.tell(PaneEvent::Pressed(spot, local(point)), shell);
                    shell.capture_event();
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) | Event::Touch(touch::Event::FingerMoved { .. }) => {
                if let (Some((from, _, is_dragged)), Some(point)) = (&mut state.held, cursor.position()) {
                    *is_dragged |= from.distance(point) > DRAG;
                    if *is_dragged {
                        self.tell(PaneEvent::Dragged(local(point)), shell);
                        shell.capture_event();
                    }
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
                let Some((from, spot, is_dragged)) = state.held.take() else { return };
                let place = local(cursor.position().unwrap_or(from));
                let event = if is_dragged { PaneEvent::Dropped(place) } else { PaneEvent::Clicked(spot, place) };
                self.tell(event, shell);
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if !shell.is_event_captured() => {
                let Some((point, _)) = mouse else { return };
                let (x, y) = match *delta {
                    mouse::ScrollDelta::Lines { x, y } => (x * LINE, y * LINE),
                    mouse::ScrollDelta::Pixels { x, y } => (x, y),
                };
                if self.tell(PaneEvent::Wheel(x, y, local(point)), shell) {
                    shell.capture_event();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.is_focused
                    && !shell.is_event_captured()
                    && self.tell(PaneEvent::Key(key.clone(), *modifiers), shell) =>
            {
                state.has_ring = true;
                shell.capture_event();
                shell.request_redraw();
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let state = tree.state.downcast_ref::<State>();
        let of = |spot: Option<usize>| match spot.and_then(|at| self.spots.get(at)) {
            Some(spot) if spot.is_dragged => mouse::Interaction::ResizingHorizontally,
            Some(spot) if spot.is_pressed => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
        };
        if let Some((_, spot, is_dragged)) = state.held {
            return if is_dragged && spot.is_none() { mouse::Interaction::Grabbing } else { of(spot) };
        }
        let over = cursor.position_over(layout.bounds()).filter(|point| viewport.contains(*point));
        let corner = layout.bounds().position();
        of(over.and_then(|point| self.spot_at(Place::new(point.x - corner.x, point.y - corner.y))))
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
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let Some(in_sight) = bounds.intersection(viewport) else { return };
        state.drawn.borrow_mut().draw(&self.picture, renderer, theme, bounds.position(), in_sight);
        if state.is_focused && state.has_ring {
            let ring = self.ring.map_or(bounds, |ring| moved(ring, bounds.position() - Point::ORIGIN));
            draw_ring(renderer, theme, ring, viewport);
        }
        let Some((mouse, spot)) = state.mouse else { return };
        let spot = spot.filter(|_| state.held.is_none()).and_then(|at| self.spots.get(at));
        let words = self.tip.as_ref().or(spot.map(|spot| &spot.words)).filter(|words| !words.is_empty());
        if let Some(words) = words {
            draw_tip(renderer, theme, &Tip::of(words), Beside::Mouse(mouse), in_sight);
        }
    }
}

impl<'a, Message: 'a> From<Pane<'a, Message>> for Element<'a, Message> {
    fn from(pane: Pane<'a, Message>) -> Self {
        Element::new(pane)
    }
}
