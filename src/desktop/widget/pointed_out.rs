use iced::advanced::layout::{self, Layout};
use iced::advanced::mouse;
use iced::advanced::renderer::{self, Renderer as _};
use iced::advanced::widget::operation::{Focusable, Scrollable};
use iced::advanced::widget::{Operation, Tree};
use iced::widget::Id;
use iced::{Color, Element, Event, Point, Rectangle, Renderer, Size, Theme, Vector, border, window};

use super::decorator::{Decorated, Decorator, DrawContext, EventContext};
use super::pointing::is_press;
use crate::desktop::theme;

/// The space between what is pointed out, the ring around it, and the card beside it, in logical pixels.
const AROUND: f32 = 4.0;
const RING: f32 = 3.0;
const BESIDE: f32 = 14.0;
const MARGIN: f32 = 8.0;
/// Less room than this to the right of it is none for a card.
const LOW: f32 = 90.0;

/// Draws a ring around one of the widgets in the content, with a card beside it. The content can be used meanwhile.
pub(in crate::desktop) struct PointedOut<'a, Message> {
    content: Element<'a, Message>,
    /// The id of what is pointed out, and the card.
    out: Option<(Id, Element<'a, Message>)>,
    /// The message that people press beside the card, where nothing else takes it.
    on_press_beside: Option<Message>,
}

/// Content of which nothing is pointed out.
pub(in crate::desktop) fn pointed_out<'a, Message>(
    content: impl Into<Element<'a, Message>>,
) -> PointedOut<'a, Message> {
    PointedOut { content: content.into(), out: None, on_press_beside: None }
}

impl<'a, Message> PointedOut<'a, Message> {
    /// Points out the widget of that id. Where it is not in sight the card stands in the middle.
    pub fn at(self, id: Id, card: impl Into<Element<'a, Message>>) -> Self {
        Self { out: Some((id, card.into())), ..self }
    }

    /// The message that people press beside the card and what is pointed out, where nothing in the content takes it.
    pub fn on_press_beside(self, message: Message) -> Self {
        Self { on_press_beside: Some(message), ..self }
    }

    fn find(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> Option<Rectangle> {
        let (id, _) = self.out.as_ref()?;
        let mut find = Find { id: id.clone(), found: None, moved: Vector::ZERO, seen: None, next: None };
        self.content.as_widget_mut().operate(tree, layout, renderer, &mut find);
        find.found
    }
}

/// Where it was when the card was placed, from the left upper corner of the content.
#[derive(Debug, Default)]
pub(in crate::desktop) struct Placed(Option<Rectangle>);

/// Looks for a widget, where it is seen.
struct Find {
    id: Id,
    found: Option<Rectangle>,
    /// How far what is being looked through is scrolled, and what of it is in sight.
    moved: Vector,
    seen: Option<Rectangle>,
    next: Option<(Vector, Rectangle)>,
}

impl Find {
    fn look(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if id == Some(&self.id) {
            let bounds = bounds - self.moved;
            self.found = self.seen.map_or(Some(bounds), |seen| seen.intersection(&bounds));
        }
    }
}

impl Operation for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let before = (self.moved, self.seen);
        if let Some((moved, seen)) = self.next.take() {
            self.seen = Some(seen - self.moved);
            self.moved += moved;
        }
        operate(self);
        (self.moved, self.seen) = before;
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        self.look(id, bounds);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, _: &mut dyn Focusable) {
        self.look(id, bounds);
    }

    fn scrollable(&mut self, _: Option<&Id>, bounds: Rectangle, _: Rectangle, moved: Vector, _: &mut dyn Scrollable) {
        self.next = Some((moved, bounds));
    }
}

/// Where the card stands: to the right of what it is about, or below.
fn place(card: Size, about: Option<Rectangle>, window: Size) -> Point {
    let most = Point::new(window.width - card.width - MARGIN, window.height - card.height - MARGIN);
    let middle = Point::new((window.width - card.width) / 2.0, (window.height - card.height) / 2.0);
    let wanted = about.map_or(middle, |about| {
        if about.y < LOW && about.x > card.width / 2.0 {
            Point::new(about.x, about.y + about.height + BESIDE)
        } else {
            Point::new(about.x + about.width + BESIDE, about.y)
        }
    });
    Point::new(wanted.x.min(most.x).max(MARGIN), wanted.y.min(most.y).max(MARGIN))
}

impl<'a, Message: Clone + 'a> Decorator<'a, Message> for PointedOut<'a, Message> {
    type State = Placed;

    fn content(&self) -> &Element<'a, Message> {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.content
    }

    fn popup(&self) -> Option<&Element<'a, Message>> {
        self.out.as_ref().map(|(_, card)| card)
    }

    fn within<'l>(&self, layout: Layout<'l>) -> Layout<'l> {
        layout.children().next().unwrap_or(layout)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let content = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits);
        let size = content.size();
        let about = self.find(&mut tree.children[0], Layout::new(&content), renderer);
        tree.state.downcast_mut::<Placed>().0 = about;
        let mut nodes = vec![content];
        if let (Some((_, card)), Some(tree)) = (&mut self.out, tree.children.get_mut(1)) {
            let limits = layout::Limits::new(Size::ZERO, size);
            let card = card.as_widget_mut().layout(tree, renderer, &limits);
            let place = place(card.size(), about, size);
            nodes.push(card.move_to(place));
        }
        layout::Node::with_children(size, nodes)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let mut layouts = layout.children();
        if let Some(content) = layouts.next() {
            self.content.as_widget_mut().operate(&mut tree.children[0], content, renderer, operation);
        }
        if let (Some((_, card)), Some(tree), Some(layout)) = (&mut self.out, tree.children.get_mut(1), layouts.next()) {
            card.as_widget_mut().operate(tree, layout, renderer, operation);
        }
    }

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        let card_layout = context.layout.children().nth(1);
        if let (Some((_, card)), Some(tree), Some(layout)) = (&mut self.out, tree.children.get_mut(1), card_layout) {
            let EventContext { event, cursor, renderer, clipboard, shell, viewport, .. } = context;
            card.as_widget_mut().update(tree, event, layout, *cursor, renderer, *clipboard, shell, viewport);
            if context.shell.is_event_captured() {
                return;
            }
            if context.cursor.is_over(layout.bounds()) {
                context.cursor = mouse::Cursor::Unavailable;
            }
        }
        self.update_content(tree, context);
        if let Some(message) = &self.on_press_beside
            && is_press(context.event)
            && !context.shell.is_event_captured()
            && let Some(place) = context.cursor.position()
        {
            let offset = context.layout.position() - Point::ORIGIN;
            let Placed(about) = tree.state.downcast_ref::<Placed>();
            if !about.is_some_and(|about| (about + offset).contains(place)) {
                context.shell.publish(message.clone());
            }
        }
        if let Event::Window(window::Event::RedrawRequested(_)) = context.event
            && self.out.is_some()
            && let Some(content) = context.layout.children().next()
        {
            let offset = context.layout.position() - Point::ORIGIN;
            let about = self.find(&mut tree.children[0], content, context.renderer);
            let about = about.map(|about| about - offset);
            if tree.state.downcast_ref::<Placed>().0 != about {
                context.shell.invalidate_layout();
                context.shell.request_redraw();
            }
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        if let (Some((_, card)), Some(card_tree), Some(card_layout)) =
            (&self.out, tree.children.get(1), layout.children().nth(1))
            && cursor.is_over(card_layout.bounds())
        {
            return card.as_widget().mouse_interaction(card_tree, card_layout, cursor, viewport, renderer);
        }
        let within = self.within(layout);
        self.content.as_widget().mouse_interaction(&tree.children[0], within, cursor, viewport, renderer)
    }

    fn draw(&self, tree: &Tree, renderer: &mut Renderer, context: &DrawContext<'_>) {
        self.draw_content(tree, renderer, context);
        let (Some((_, card)), Some(card_tree), Some(layout)) =
            (&self.out, tree.children.get(1), context.layout.children().nth(1))
        else {
            return;
        };
        let DrawContext { theme, style, cursor, viewport, .. } = context;
        renderer.with_layer(context.layout.bounds(), |renderer| {
            if let Placed(Some(about)) = tree.state.downcast_ref::<Placed>() {
                draw_ring(renderer, theme, (*about + (context.layout.position() - Point::ORIGIN)).expand(AROUND));
            }
            card.as_widget().draw(card_tree, renderer, theme, style, layout, *cursor, viewport);
        });
    }
}

fn draw_ring(renderer: &mut Renderer, theme: &Theme, bounds: Rectangle) {
    let border = border::rounded(theme::ROUND + AROUND).color(theme::colours(theme).accent).width(RING);
    renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, Color::TRANSPARENT);
}

impl<'a, Message: Clone + 'a> From<PointedOut<'a, Message>> for Element<'a, Message> {
    fn from(it: PointedOut<'a, Message>) -> Self {
        Element::new(Decorated::new(it))
    }
}
