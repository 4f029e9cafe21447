//! Marks that travel over a picture. They lie over it in a layer of their own: what lies beneath is neither laid out nor made anew
//! while they move. The time is that of each redraw.

use std::time::{Duration, Instant};

use iced::advanced::layout::{self, Layout};
use iced::advanced::text::{self as core_text, Alignment, Renderer as _, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, renderer};
use iced::{
    Color, Element, Event, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme, alignment, border, window,
};

use super::drawing::colour;
use super::mark::{MarkLook, MarkShape};
use super::spot::tell_about;
use super::tip::{Beside, Tip, draw_tip};
use crate::desktop::theme;
use crate::desktop::widget::icon::ICONS;
use crate::desktop::widget::pointing::{Pointing, is_press};
use crate::picture::{Palette, Tone, Way};

/// The time between two redraws while something moves.
const FRAME: Duration = Duration::from_nanos(16_666_667);
/// The height of a mark for one thing and of one for several, in logical pixels.
const HEIGHT: f32 = 22.0;
const GATHERED: f32 = 28.0;
/// A mark is pointed at from that far from its middle.
const REACH: f32 = 15.0;
const LINE: f32 = 3.0;
const SYMBOL: f32 = 13.0;
const NUMBER: f32 = 13.0;
/// How far the ring around an arrival spreads, and how long it takes.
const SPREAD: f32 = 16.0;
const SPREADING: Duration = Duration::from_millis(700);
/// How long the number of arrivals stays.
const STAYING: Duration = Duration::from_millis(2_500);
const NUMBER_PADDING: f32 = 7.0;

/// Something that travels.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct MovingMark {
    pub id: i64,
    pub way: Way,
    /// How much of its journey it has behind it, and since when it goes on; `None` while it stands still.
    pub ran: Duration,
    pub since: Option<Instant>,
    pub look: MarkLook,
    /// What stands in it in place of its symbol, where it stands for several.
    pub number: Option<String>,
    pub words: Vec<String>,
    pub is_chosen: bool,
}

/// Something that has just arrived.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct ArrivalMark {
    /// Where, and what is there: arrivals at the same are counted together.
    pub at: crate::picture::Point,
    pub place: usize,
    pub door: crate::picture::Point,
    pub count: u64,
    pub when: Instant,
    pub look: MarkLook,
}

/// When the screen is to let time pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum Due {
    /// With the next redraw.
    Now,
    At(Instant),
    /// Nothing changes by itself.
    Never,
}

/// See [`travellers`].
pub(in crate::desktop) struct Travellers<'a, Message> {
    journey: Duration,
    moving: &'a [MovingMark],
    arrived: &'a [ArrivalMark],
    due: Due,
    on_moment: Box<dyn Fn(Instant) -> Message + 'a>,
    on_choose: Box<dyn Fn(i64) -> Message + 'a>,
    count: Box<dyn Fn(u64) -> String + 'a>,
}

/// What travels over a picture, each for as long as the journey takes. `on_moment` is sent when time must pass, with what time it
/// is; `on_choose` when one is pressed; `count` writes how many have arrived.
pub(in crate::desktop) fn travellers<'a, Message>(
    journey: Duration,
    moving: &'a [MovingMark],
    arrived: &'a [ArrivalMark],
    due: Due,
    on_moment: impl Fn(Instant) -> Message + 'a,
    on_choose: impl Fn(i64) -> Message + 'a,
    count: impl Fn(u64) -> String + 'a,
) -> Travellers<'a, Message> {
    Travellers {
        journey,
        moving,
        arrived,
        due,
        on_moment: Box::new(on_moment),
        on_choose: Box::new(on_choose),
        count: Box::new(count),
    }
}

#[derive(Default)]
struct State {
    /// The time of the last redraw.
    now: Option<Instant>,
    /// The mark that the mouse is on, by its id.
    mouse: Pointing<i64>,
}

impl MovingMark {
    /// How far it is, as a share of its way; `None` before it has set out.
    fn share(&self, now: Instant, journey: Duration) -> Option<f32> {
        if self.ran.is_zero() && self.since.is_some_and(|since| since > now) {
            return None;
        }
        let ran = self.ran + self.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        Some((ran.as_secs_f32() / journey.as_secs_f32().max(f32::EPSILON)).min(1.0))
    }

    fn size(&self) -> Size {
        match &self.number {
            Some(number) => {
                let width = crate::picture::width(number, NUMBER, true) + 2.0 * NUMBER_PADDING;
                Size::new(width.max(GATHERED).ceil(), GATHERED)
            }
            None if self.look.shape == MarkShape::Letter => Size::new(HEIGHT + 4.0, HEIGHT - 4.0),
            None => Size::new(HEIGHT, HEIGHT),
        }
    }
}

impl<Message> Travellers<'_, Message> {
    /// Where a mark is in the window at a time; `None` before it has set out.
    fn place(&self, mark: &MovingMark, now: Instant, bounds: Rectangle) -> Option<Rectangle> {
        let at = mark.way.at(mark.share(now, self.journey)?)?;
        let size = mark.size();
        let corner = Point::new(bounds.x + at.x - size.width / 2.0, bounds.y + at.y - size.height / 2.0);
        // On whole pixels: between them, each place has letters of its own to be made.
        Some(Rectangle::new(Point::new(corner.x.round(), corner.y.round()), size))
    }

    /// The uppermost mark at a place in the window.
    fn mark_at(&self, mouse: Point, now: Instant, bounds: Rectangle) -> Option<&MovingMark> {
        self.moving.iter().rev().find(|mark| {
            let place = self.place(mark, now, bounds);
            place.is_some_and(|place| place.contains(mouse) || place.center().distance(mouse) <= REACH)
        })
    }

    fn pointed_at(&self, state: &State, bounds: Rectangle) -> Option<(&MovingMark, Rectangle)> {
        let now = state.now?;
        let id = state.mouse.on()?;
        let mark = self.moving.iter().find(|mark| mark.id == id)?;
        Some((mark, self.place(mark, now, bounds)?))
    }

    /// When the next redraw shows something else by itself, if any does.
    fn next_change(&self, now: Instant) -> Option<Instant> {
        let travels =
            |mark: &MovingMark| mark.since.is_some() && mark.share(now, self.journey).is_none_or(|share| share < 1.0);
        let age = |mark: &ArrivalMark| now.saturating_duration_since(mark.when);
        if self.moving.iter().any(travels) || self.arrived.iter().any(|mark| age(mark) < SPREADING) {
            return Some(now + FRAME);
        }
        let stays = self.arrived.iter().filter(|mark| age(mark) < STAYING);
        stays.map(|mark| mark.when + STAYING).min()
    }

    /// How many have just arrived at each place that anything has, with its door.
    fn numbers(&self, now: Instant) -> Vec<(usize, crate::picture::Point, u64)> {
        let mut numbers: Vec<(usize, crate::picture::Point, u64)> = Vec::new();
        for mark in self.arrived.iter().filter(|mark| now.saturating_duration_since(mark.when) < STAYING) {
            match numbers.iter_mut().find(|(place, ..)| *place == mark.place) {
                Some((_, _, count)) => *count += mark.count,
                None => numbers.push((mark.place, mark.door, mark.count)),
            }
        }
        numbers
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Travellers<'_, Message> {
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
        let state = tree.state.downcast_ref::<State>();
        let (bounds, Some(now)) = (layout.bounds(), state.now) else { return };
        for mark in self.moving {
            if let Some(place) = self.place(mark, now, bounds) {
                mark.words.iter().for_each(|words| tell_about(operation, place, words));
            }
        }
        for (_, door, count) in self.numbers(now) {
            let place = Rectangle { x: bounds.x + door.x, y: bounds.y + door.y, width: 1.0, height: 1.0 };
            tell_about(operation, place, &(self.count)(count));
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
        if let Event::Window(window::Event::RedrawRequested(now)) = event {
            state.now = Some(*now);
        }
        let now = state.now;
        let on = |place: Point| self.mark_at(place, now?, bounds).map(|mark| mark.id);
        let moved = state.mouse.follow(cursor, bounds, viewport, on);
        match event {
            Event::Window(window::Event::RedrawRequested(now)) => {
                match self.due {
                    Due::Now => shell.publish((self.on_moment)(*now)),
                    Due::At(at) if at <= *now => shell.publish((self.on_moment)(*now)),
                    Due::At(at) => shell.request_redraw_at(at),
                    Due::Never => {}
                }
                if let Some(at) = self.next_change(*now) {
                    shell.request_redraw_at(at);
                }
            }
            event if is_press(event) && !shell.is_event_captured() => {
                if let Some((mark, _)) = self.pointed_at(state, bounds) {
                    shell.publish((self.on_choose)(mark.id));
                    shell.capture_event();
                }
            }
            _ => {}
        }
        if moved.is_some_and(|moved| moved.is_to_another()) {
            shell.request_redraw();
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let state = tree.state.downcast_ref::<State>();
        match self.pointed_at(state, layout.bounds()) {
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
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let (Some(in_sight), Some(now)) = (bounds.expand(GATHERED).intersection(viewport), state.now) else { return };
        let brush = Brush { palette: theme::shown_palette(theme), in_sight };
        let moving: Vec<_> =
            self.moving.iter().filter_map(|mark| Some((mark, self.place(mark, now, bounds)?))).collect();
        let mut drawn: Vec<Drawn> = self.arrived.iter().filter_map(|mark| brush.ring(mark, now, bounds)).collect();
        drawn.extend(moving.iter().flat_map(|(mark, place)| brush.mark(mark, *place)));
        brush.draw(&drawn, renderer);
        let numbers = self.numbers(now).into_iter();
        let numbers: Vec<_> = numbers.map(|(_, door, count)| brush.number((self.count)(count), door, bounds)).collect();
        brush.draw(&numbers, renderer);
        if let Some((mark, place)) = self.pointed_at(state, bounds) {
            draw_tip(renderer, theme, &Tip::of(&mark.words), Beside::Area(place, bounds), in_sight);
        }
    }
}

/// A quad with what is written in it.
struct Drawn {
    quad: renderer::Quad,
    ground: Color,
    /// The words, their font, size and colour.
    words: Option<(String, Font, f32, Color)>,
}

struct Brush {
    palette: Palette,
    in_sight: Rectangle,
}

impl Brush {
    fn colour(&self, tone: Tone) -> Color {
        colour(tone.into(), &self.palette)
    }

    /// A mark, with a ring around it where it is chosen.
    fn mark(&self, mark: &MovingMark, place: Rectangle) -> Vec<Drawn> {
        let (tone, surface) = (self.colour(mark.look.tone), self.colour(Tone::Surface));
        let is_empty = mark.look.shape.is_empty();
        let radius = mark.look.shape.radius(place.height);
        let (ground, ink, line) = if is_empty { (surface, tone, LINE) } else { (tone, surface, 1.5) };
        let edge = if is_empty { tone } else { surface };
        let border = border::rounded(radius).color(edge).width(line);
        let words = match &mark.number {
            Some(number) => (number.clone(), theme::SEMIBOLD, NUMBER, ink),
            None => (char::from(mark.look.symbol).to_string(), ICONS, SYMBOL, ink),
        };
        let quad = renderer::Quad { bounds: place, border, ..renderer::Quad::default() };
        let halo = mark.is_chosen.then(|| {
            let border = border::rounded(radius + 4.0).color(self.colour(Tone::Text)).width(2.0);
            Drawn { quad: renderer::Quad { bounds: place.expand(4.0), border, ..quad }, ground: surface, words: None }
        });
        halo.into_iter().chain([Drawn { quad, ground, words: Some(words) }]).collect()
    }

    /// The ring that spreads from an arrival.
    fn ring(&self, mark: &ArrivalMark, now: Instant, bounds: Rectangle) -> Option<Drawn> {
        let age = now.saturating_duration_since(mark.when);
        let left = 1.0 - age.as_secs_f32() / SPREADING.as_secs_f32();
        let radius = HEIGHT / 2.0 + SPREAD * (1.0 - left);
        (left > 0.0).then(|| {
            let middle = Point::new(bounds.x + mark.at.x, bounds.y + mark.at.y);
            let radii = match mark.look.shape {
                MarkShape::Disc | MarkShape::Ring | MarkShape::Letter => radius,
                MarkShape::Square | MarkShape::Frame => 3.0,
            };
            let edge = Color { a: left, ..self.colour(mark.look.tone) };
            let corner = Point::new(middle.x - radius, middle.y - radius);
            let bounds = Rectangle::new(corner, Size::new(2.0 * radius, 2.0 * radius));
            let border = border::rounded(radii).color(edge).width(LINE);
            Drawn {
                quad: renderer::Quad { bounds, border, ..renderer::Quad::default() },
                ground: Color::TRANSPARENT,
                words: None,
            }
        })
    }

    /// How many have just arrived, before the door.
    fn number(&self, words: String, door: crate::picture::Point, bounds: Rectangle) -> Drawn {
        let width = (crate::picture::width(&words, NUMBER, true) + 2.0 * NUMBER_PADDING).ceil();
        let corner = Point::new(bounds.x + door.x - width - 4.0, bounds.y + door.y - HEIGHT / 2.0);
        let corner = Point::new(corner.x.round(), corner.y.round());
        let border = border::rounded(HEIGHT / 2.0).color(self.colour(Tone::Surface)).width(1.5);
        Drawn {
            quad: renderer::Quad {
                bounds: Rectangle::new(corner, Size::new(width, HEIGHT)),
                border,
                ..renderer::Quad::default()
            },
            ground: self.colour(Tone::Text),
            words: Some((words, theme::SEMIBOLD, NUMBER, self.colour(Tone::Surface))),
        }
    }

    /// Draws all of it in one layer that is as large as what is in it: when that moves, the toolkit draws the window anew in that
    /// area once, and not for each mark.
    fn draw(&self, drawn: &[Drawn], renderer: &mut Renderer) {
        let all = drawn.iter().map(|it| it.quad.bounds).reduce(|all, bounds| all.union(&bounds));
        let Some(layer) = all.and_then(|all| all.expand(2.0).intersection(&self.in_sight)) else { return };
        renderer.with_layer(layer, |renderer| {
            for it in drawn {
                renderer.fill_quad(it.quad, it.ground);
                if let Some((words, font, size, ink)) = &it.words {
                    let text = centred(words, *font, *size, it.quad.bounds.size());
                    let place = it.quad.bounds.intersection(&layer).unwrap_or(layer);
                    renderer.fill_text(text, it.quad.bounds.center(), *ink, place);
                }
            }
        });
    }
}

fn centred(words: &str, font: Font, size: f32, bounds: Size) -> core_text::Text {
    core_text::Text {
        content: words.to_owned(),
        bounds,
        size: Pixels(size),
        line_height: core_text::LineHeight::default(),
        font,
        align_x: Alignment::Center,
        align_y: alignment::Vertical::Center,
        shaping: Shaping::default(),
        wrapping: Wrapping::None,
    }
}

impl<'a, Message: 'a> From<Travellers<'a, Message>> for Element<'a, Message> {
    fn from(travellers: Travellers<'a, Message>) -> Self {
        Element::new(travellers)
    }
}
