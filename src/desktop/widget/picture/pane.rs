use std::sync::Arc;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, renderer};
use iced::keyboard::{self, Key, Modifiers};
use iced::widget::Id;
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, window};

use super::drawing::place_of;
use super::following::{Following, Held};
use super::spot::{Spot, placed, spot_at, tell, tell_about, within};
use super::tip::{Beside, Tip, draw_tip};
use crate::desktop::widget::focusable::{Focus, FocusState};
use crate::desktop::widget::pointing::{is_move, is_press, is_release, over};
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

    /// Tells the screen, and returns whether that led to anything.
    fn tell(&self, event: PaneEvent, shell: &mut Shell<'_, Message>) -> bool {
        let Some(message) = (self.on_event)(event) else { return false };
        shell.publish(message);
        true
    }
}

#[derive(Default)]
struct State {
    size: Option<Size>,
    /// The mouse holds a spot, or the ground.
    following: Following<Option<usize>>,
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
        operation.focusable(self.id.as_ref(), bounds, &mut state.following.focus);
        tell_about(operation, bounds, &self.picture.about);
        for shape in &self.picture.shapes {
            if let Shape::Words(words) = shape {
                operation.text(None, place_of(words, bounds.position()), &words.text);
            }
        }
        tell(operation, &self.spots, bounds.position());
        self.tip.iter().flatten().for_each(|words| tell_about(operation, bounds, words));
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
        let State { size, following: state } = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        let local = |point: Point| within(point, bounds.position());
        if let Some(moved) = state.follow(&self.spots, cursor, bounds, viewport) {
            shell.request_redraw();
            if moved.from != moved.to && state.held.is_none() {
                self.tell(PaneEvent::Pointed(moved.to), shell);
            }
        }
        match event {
            Event::Window(window::Event::RedrawRequested(_)) if *size != Some(bounds.size()) => {
                *size = Some(bounds.size());
                self.tell(PaneEvent::Sized(Extent::new(bounds.width, bounds.height)), shell);
            }
            event if is_press(event) => {
                let here = state.mouse.at().filter(|_| !shell.is_event_captured());
                if state.focus.is_focused() && here.is_none() {
                    self.tell(PaneEvent::Unfocused, shell);
                }
                state.focus = FocusState(here.map(|_| Focus::Pointer));
                if let Some((point, spot)) = here {
                    state.held = Some(Held::new(spot, point));
                    self.tell(PaneEvent::Pressed(spot, local(point)), shell);
                    shell.capture_event();
                }
            }
            event if is_move(event) => {
                if let (Some(held), Some(point)) = (&mut state.held, cursor.position()) {
                    held.follow(point, DRAG);
                    if held.is_dragged {
                        self.tell(PaneEvent::Dragged(local(point)), shell);
                        shell.capture_event();
                    }
                }
            }
            event if is_release(event) => {
                let Some(held) = state.held.take() else { return };
                let place = local(cursor.position().unwrap_or(held.from));
                let event =
                    if held.is_dragged { PaneEvent::Dropped(place) } else { PaneEvent::Clicked(held.of, place) };
                self.tell(event, shell);
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if !shell.is_event_captured() => {
                let Some((point, _)) = state.mouse.at() else { return };
                let (x, y) = match *delta {
                    mouse::ScrollDelta::Lines { x, y } => (x * LINE, y * LINE),
                    mouse::ScrollDelta::Pixels { x, y } => (x, y),
                };
                if self.tell(PaneEvent::Wheel(x, y, local(point)), shell) {
                    shell.capture_event();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.focus.is_focused()
                    && !shell.is_event_captured()
                    && self.tell(PaneEvent::Key(key.clone(), *modifiers), shell) =>
            {
                state.focus = FocusState(Some(Focus::Keyboard));
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
        let State { following: state, .. } = tree.state.downcast_ref::<State>();
        let of = |spot: Option<usize>| match spot.and_then(|at| self.spots.get(at)) {
            Some(spot) if spot.is_dragged => mouse::Interaction::ResizingHorizontally,
            Some(spot) if spot.is_pressed => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
        };
        if let Some(held) = state.held {
            return if held.is_dragged && held.of.is_none() { mouse::Interaction::Grabbing } else { of(held.of) };
        }
        let bounds = layout.bounds();
        of(over(cursor, bounds, viewport).and_then(|point| spot_at(&self.spots, point, bounds.position())))
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
        let State { following: state, .. } = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let Some(in_sight) = state.draw(&self.picture, renderer, theme, bounds, viewport) else { return };
        let ring = self.ring.map_or(bounds, |ring| placed(ring, bounds.position()));
        state.draw_ring(renderer, theme, ring, viewport);
        let Some((mouse, spot)) = state.mouse.at() else { return };
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
