use std::sync::Arc;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::widget::Id;
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector, border};

use super::following::Held;
use super::spot::{Spot, placed, spot_at, tell, tell_about};
use super::steps;
use super::tip::{Beside, Tip, draw_tip};
use super::view_state::State;
use crate::desktop::theme;
use crate::desktop::widget::focusable::{Focus, FocusState, is_plain};
use crate::desktop::widget::pointing::{is_move, is_press, is_release, over};
use crate::picture::Picture;

/// A drag begins when the mouse has moved that far with its button down.
const DRAG: f32 = 5.0;
/// How far the ring is from the spot that the keys are at.
const RING: f32 = 3.0;

/// Lays a picture out in a width, with the spot that is pointed at.
type LayOut<'a> = Box<dyn Fn(f32, Option<usize>) -> (Arc<Picture>, Vec<Spot>) + 'a>;
type TipOf<'a> = Box<dyn Fn(usize, &Spot) -> Tip + 'a>;
type OnDrop<'a, Message> = Box<dyn Fn(usize, usize) -> Option<Message> + 'a>;
type OnSpot<'a, Message> = Box<dyn Fn(usize) -> Option<Message> + 'a>;
type OnKey<'a, Message> = Box<dyn Fn(Option<usize>, &Key, Modifiers) -> Option<Message> + 'a>;

/// A picture in the window.
pub(in crate::desktop) struct PictureView<'a, Message> {
    picture: Arc<Picture>,
    spots: Vec<Spot>,
    /// Where the picture is as wide as the room for it, its height and what it is then.
    lay_out: Option<(f32, LayOut<'a>)>,
    tip: Option<TipOf<'a>>,
    id: Option<Id>,
    on_point: Option<Box<dyn Fn(Option<usize>) -> Message + 'a>>,
    on_press: Option<OnSpot<'a, Message>>,
    on_drop: Option<OnDrop<'a, Message>>,
    on_key: Option<OnKey<'a, Message>>,
    /// Whether the space bar is left to what is around.
    leaves_space: bool,
    /// Whether something moves over it, so that it is drawn often.
    is_beneath: bool,
}

/// A picture with these spots, of which later ones lie over earlier ones.
pub(in crate::desktop) fn picture_view<'a, Message>(
    picture: Arc<Picture>,
    spots: Vec<Spot>,
) -> PictureView<'a, Message> {
    PictureView {
        picture,
        spots,
        lay_out: None,
        tip: None,
        id: None,
        on_point: None,
        on_press: None,
        on_drop: None,
        on_key: None,
        leaves_space: false,
        is_beneath: false,
    }
}

/// A picture of that height which fills the room from left to right. `lay_out` makes it, with its spots, for a width in whole
/// logical pixels and the spot that is pointed at; what it draws is kept while it makes the same.
pub(in crate::desktop) fn picture_view_of<'a, Message>(
    height: f32,
    lay_out: impl Fn(f32, Option<usize>) -> (Arc<Picture>, Vec<Spot>) + 'a,
) -> PictureView<'a, Message> {
    let empty = Arc::new(Picture::new(crate::picture::Size::new(0.0, height), ""));
    PictureView { lay_out: Some((height, Box::new(lay_out))), ..picture_view(empty, Vec::new()) }
}

impl<'a, Message> PictureView<'a, Message> {
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// What is said about a spot while it is pointed at, in place of its words; nothing where the tip has no title.
    pub fn tips(self, tip: impl Fn(usize, &Spot) -> Tip + 'a) -> Self {
        Self { tip: Some(Box::new(tip)), ..self }
    }

    /// The message when the mouse or the keys come to a spot, or leave all of them.
    pub fn on_point(self, on_point: impl Fn(Option<usize>) -> Message + 'a) -> Self {
        Self { on_point: Some(Box::new(on_point)), ..self }
    }

    /// The message of a press on a spot, and of Enter there.
    pub fn on_press(self, on_press: impl Fn(usize) -> Option<Message> + 'a) -> Self {
        Self { on_press: Some(Box::new(on_press)), ..self }
    }

    /// The message when something is dragged from one spot to another that is a target.
    pub fn on_drop(self, on_drop: impl Fn(usize, usize) -> Option<Message> + 'a) -> Self {
        Self { on_drop: Some(Box::new(on_drop)), ..self }
    }

    /// The messages of other keys, with the spot that the keys are at. A key without one is left to the widgets around.
    pub fn on_key(self, on_key: impl Fn(Option<usize>, &Key, Modifiers) -> Option<Message> + 'a) -> Self {
        Self { on_key: Some(Box::new(on_key)), ..self }
    }

    /// Whether the space bar does not press a spot, but is left to what is around.
    pub fn leave_space(self, leaves_space: bool) -> Self {
        Self { leaves_space, ..self }
    }

    /// Whether something moves over it, so that it is drawn often.
    pub fn beneath(self, is_beneath: bool) -> Self {
        Self { is_beneath, ..self }
    }

    fn size(&self) -> Size {
        let side = |side: f32| if side.is_finite() { side.max(0.0) } else { 0.0 };
        Size::new(side(self.picture.size.width), side(self.picture.size.height))
    }

    /// Lays out a picture that depends on its width.
    fn fill(&mut self, width: f32, pointed_at: Option<usize>) {
        if let Some((_, lay_out)) = &self.lay_out {
            (self.picture, self.spots) = lay_out(width.floor(), pointed_at);
        }
    }

    fn is_reached_by_keys(&self) -> bool {
        self.spots.iter().any(|spot| spot.is_reached_by_keys)
    }

    /// What is said about a spot while it is pointed at.
    fn tip_of(&self, at: usize) -> Option<Tip> {
        let spot = self.spots.get(at)?;
        let tip = self.tip.as_ref().map_or_else(|| Tip::of(&spot.words), |tip| tip(at, spot));
        (!tip.title.is_empty()).then_some(tip)
    }

    fn bounds_of(&self, spot: usize, bounds: Rectangle) -> Option<Rectangle> {
        self.spots.get(spot).map(|spot| placed(spot.bounds, bounds.position()))
    }

    fn point(&self, at: Option<usize>, shell: &mut Shell<'_, Message>) {
        if let Some(on_point) = &self.on_point {
            shell.publish(on_point(at));
        }
        shell.request_redraw();
    }

    fn press(&self, at: usize) -> Option<Message> {
        let is_pressed = self.spots.get(at).is_some_and(|spot| spot.is_pressed);
        self.on_press.as_ref().filter(|_| is_pressed).and_then(|on_press| on_press(at))
    }

    /// The target under the mouse while something is dragged from another spot.
    fn target(&self, from: usize, bounds: Rectangle, position: Point) -> Option<usize> {
        let at = spot_at(&self.spots, position, bounds.position());
        at.filter(|at| *at != from && self.spots[*at].is_target)
    }

    /// Handles a key, and moves the spot that the keys are at.
    fn handle_key(&self, keys_at: &mut Option<usize>, key: &Key, modifiers: Modifiers) -> Option<Taken<Message>> {
        let at = keys_at.filter(|at| *at < self.spots.len());
        if self.leaves_space && matches!(key, Key::Named(Named::Space)) {
            return None;
        }
        if let (Key::Named(Named::Enter | Named::Space), Some(at), true) = (key, at, is_plain(modifiers)) {
            return Some(Taken(self.press(at)));
        }
        if is_plain(modifiers) && !modifiers.shift() {
            let next = match at {
                Some(at) => steps::next(&self.spots, at, key),
                None => steps::begin(&self.spots, key),
            };
            if let Some(next) = next {
                *keys_at = Some(next);
                return Some(Taken(self.on_point.as_ref().map(|on_point| on_point(Some(next)))));
            }
            // An arrow that leads nowhere does not scroll what is around either.
            if is_arrow(key) && at.is_some() {
                return Some(Taken(None));
            }
        }
        self.on_key.as_ref().and_then(|on_key| on_key(at, key, modifiers)).map(|message| Taken(Some(message)))
    }
}

/// A key that did something here, with the message that it sends.
struct Taken<Message>(Option<Message>);

fn is_arrow(key: &Key) -> bool {
    matches!(key, Key::Named(Named::ArrowLeft | Named::ArrowRight | Named::ArrowUp | Named::ArrowDown))
}

impl<Message> Widget<Message, Theme, Renderer> for PictureView<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn diff(&self, tree: &mut Tree) {
        tree.state.downcast_mut::<State>().following.draw_by_word(self.is_beneath);
        // The spots of a picture that fills its room are steps of time, and keep their places.
        if self.lay_out.is_none() {
            tree.state.downcast_mut::<State>().see(&self.picture, &self.spots);
        }
    }

    fn size(&self) -> Size<Length> {
        let Size { width, height } = self.size();
        match self.lay_out {
            Some((height, _)) => Size::new(Length::Fill, Length::Fixed(height)),
            None => Size::new(Length::Fixed(width), Length::Fixed(height)),
        }
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let Size { width, height } = Self::size(self);
        let Some((height, _)) = self.lay_out else { return layout::atomic(limits, width, height) };
        let size = limits.resolve(Length::Fill, Length::Fixed(height), Size::ZERO);
        let width = if size.width.is_finite() { size.width } else { 0.0 };
        self.fill(width, tree.state.downcast_ref::<State>().pointed_at());
        layout::Node::new(Size::new(width, size.height))
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        if self.is_reached_by_keys() || state.following.focus.is_focused() {
            operation.focusable(self.id.as_ref(), bounds, &mut state.following.focus);
        }
        if !self.picture.about.is_empty() {
            tell_about(operation, bounds, &self.picture.about);
        }
        tell(operation, &self.spots, bounds.position());
        if let Some((held, mouse)) = state.drag() {
            tell_about(operation, bounds, &self.drag_words(held, self.target(held.of, bounds, mouse)));
        } else if let Some(tip) = state.pointed_at().filter(|_| self.tip.is_some()).and_then(|at| self.tip_of(at)) {
            tip.tell(bounds, operation);
        }
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
        let (pointed_at, known) = (state.pointed_at(), state.known());
        let moved = state.following.follow(&self.spots, cursor, bounds, viewport);
        let (at_spot, is_held) =
            (moved.filter(|moved| moved.from.is_some() || moved.to.is_some()), state.following.held);
        if at_spot.is_some() || (moved.is_some() && is_held.is_some()) {
            shell.request_redraw();
        }
        let is_new = state.must_tell();
        if let Some(moved) =
            at_spot.filter(|moved| moved.from != moved.to && is_held.is_none_or(|held| !held.is_dragged))
        {
            self.point(moved.to, shell);
        } else if let (true, Some(at)) = (is_new, state.pointed_at()) {
            self.point(Some(at), shell);
        }
        let State { at, following, .. } = state;
        match event {
            event if is_press(event) => {
                let here = following.mouse.at().filter(|_| !shell.is_event_captured());
                following.focus = FocusState(here.filter(|_| self.is_reached_by_keys()).map(|_| Focus::Pointer));
                let is_of_use = |spot: &Spot| spot.is_pressed || spot.is_dragged;
                if let Some((from, Some(spot))) = here
                    && is_of_use(&self.spots[spot])
                {
                    *at = Some(spot).filter(|spot| self.spots[*spot].is_reached_by_keys).or(*at);
                    following.held = Some(Held::new(spot, from));
                    shell.capture_event();
                }
            }
            event if is_move(event) => {
                if let (Some(held), Some(place)) = (&mut following.held, cursor.position())
                    && self.on_drop.is_some()
                    && self.spots.get(held.of).is_some_and(|spot| spot.is_dragged)
                {
                    held.follow(place, DRAG);
                }
            }
            event if is_release(event) => {
                if let Some(held) = following.held.take() {
                    let message = match following.mouse.at() {
                        Some((place, _)) if held.is_dragged => self
                            .target(held.of, bounds, place)
                            .and_then(|to| self.on_drop.as_ref().and_then(|on_drop| on_drop(held.of, to))),
                        Some((_, spot)) if spot == Some(held.of) => self.press(held.of),
                        _ => None,
                    };
                    if let Some(message) = message {
                        shell.publish(message);
                    }
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if following.focus.is_focused() && !shell.is_event_captured() =>
            {
                if let (Key::Named(Named::Escape), true) = (key, following.held.is_some()) {
                    following.held = None;
                    shell.capture_event();
                    shell.request_redraw();
                } else if let Some(Taken(message)) = self.handle_key(at, key, *modifiers) {
                    following.focus = FocusState(Some(Focus::Keyboard));
                    if let Some(message) = message {
                        shell.publish(message);
                    }
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            _ => {}
        }
        if state.known() != known {
            state.remember(&self.spots);
        }
        if state.pointed_at() != pointed_at {
            self.fill(bounds.width, state.pointed_at());
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
        let bounds = layout.bounds();
        let Some(place) = over(cursor, bounds, viewport) else { return mouse::Interaction::None };
        if let Some(held) = state.following.held.filter(|held| held.is_dragged) {
            return match self.target(held.of, bounds, place) {
                Some(_) => mouse::Interaction::Grabbing,
                None => mouse::Interaction::NotAllowed,
            };
        }
        match spot_at(&self.spots, place, bounds.position()).map(|at| &self.spots[at]) {
            Some(spot) if spot.is_dragged && self.on_drop.is_some() => mouse::Interaction::Grab,
            Some(spot) if spot.is_pressed && self.on_press.is_some() => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
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
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let in_sight = state.following.draw(&self.picture, renderer, theme, bounds, viewport);
        let Some(in_sight) = in_sight else { return };
        let ring = state.at.and_then(|at| self.bounds_of(at, bounds)).map_or(bounds, |place| place.expand(RING));
        state.following.draw_ring(renderer, theme, ring, viewport);
        if let Some((held, mouse)) = state.drag() {
            self.draw_drag(held, mouse, renderer, theme, bounds, in_sight);
        } else if let Some(at) = state.pointed_at()
            && let Some(tip) = self.tip_of(at)
        {
            let beside = self.beside(state, at, bounds);
            draw_tip(renderer, theme, &tip, beside, *viewport);
        }
    }
}

impl<Message> PictureView<'_, Message> {
    /// What the tip of a spot stands beside: the mouse if that points at it, unless a picture with tips of its own has it beside
    /// the whole spot.
    fn beside(&self, state: &State, at: usize, bounds: Rectangle) -> Beside {
        let is_beside_area = self.tip.is_some() && self.spots[at].outline.is_none();
        match state.following.mouse.at() {
            Some((mouse, Some(_))) if !is_beside_area => Beside::Mouse(mouse),
            _ => Beside::Area(self.bounds_of(at, bounds).unwrap_or(bounds), bounds),
        }
    }

    /// Draws the line from where a drag began to the mouse, and a ring around the target.
    fn draw_drag(
        &self,
        held: Held<usize>,
        mouse: Point,
        renderer: &mut Renderer,
        theme: &Theme,
        bounds: Rectangle,
        in_sight: Rectangle,
    ) {
        let colours = theme::colours(theme);
        let target = self.target(held.of, bounds, mouse);
        renderer.with_layer(in_sight, |renderer| {
            let mut ring = |place: Rectangle| {
                let border = border::rounded(theme::ROUND).color(colours.accent).width(2);
                renderer.fill_quad(
                    renderer::Quad { bounds: place, border, ..renderer::Quad::default() },
                    iced::Color { a: 0.08, ..colours.accent },
                );
            };
            [Some(held.of), target]
                .into_iter()
                .flatten()
                .filter_map(|at| self.bounds_of(at, bounds))
                .for_each(&mut ring);
            let way = mouse - held.from;
            let dots = (held.from.distance(mouse) / 7.0).floor().max(1.0);
            let mut dot = 0.0;
            while dot <= dots {
                let at = held.from + Vector::new(way.x, way.y) * (dot / dots);
                let place = Rectangle { x: at.x - 1.5, y: at.y - 1.5, width: 3.0, height: 3.0 };
                let border = border::rounded(1.5);
                renderer
                    .fill_quad(renderer::Quad { bounds: place, border, ..renderer::Quad::default() }, colours.accent);
                dot += 1.0;
            }
        });
        let tip = Tip::of(&[self.drag_words(held, target)]);
        draw_tip(renderer, theme, &tip, Beside::Mouse(mouse), in_sight);
    }

    /// What is dragged, and to what.
    fn drag_words(&self, held: Held<usize>, target: Option<usize>) -> String {
        let ends = [Some(held.of), target].into_iter().flatten();
        let names = ends.filter_map(|at| self.spots.get(at)?.words.first());
        names.map(String::as_str).collect::<Vec<_>>().join(" → ")
    }
}

impl<'a, Message: 'a> From<PictureView<'a, Message>> for Element<'a, Message> {
    fn from(view: PictureView<'a, Message>) -> Self {
        Element::new(view)
    }
}
