use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Overlay, Renderer as _, Shell, mouse, overlay, renderer};
use iced::keyboard;
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector, border};
use lucide_icons::Icon;

use super::decorator::{Decorated, Decorator, DrawContext, EventContext};
use super::icon::ICONS;
use super::line_of_text::LineOfText;
use super::options::{Label, Options};
use super::popup;
use crate::desktop::theme;

/// The size of the funnel button.
const FUNNEL: f32 = 22.0;

/// A value in a row that the list can be filtered by: with the funnel that appears while the mouse is over it, or from the
/// context menu. A plain click is left to the row.
pub(in crate::desktop) struct FilterCell<'a, Message> {
    content: Element<'a, Message>,
    /// The line of the menu: "Vis kun: Byggesag".
    words: [Label; 1],
    on_filter: Message,
}

pub(in crate::desktop) fn filter_cell<'a, Message>(
    content: impl Into<Element<'a, Message>>,
    words: String,
    on_filter: Message,
) -> FilterCell<'a, Message> {
    let label = Label { symbol: Some(char::from(Icon::Funnel)), ..Label::new(words) };
    FilterCell { content: content.into(), words: [label], on_filter }
}

#[derive(Debug, Default)]
pub(super) struct State {
    is_hovered: bool,
    is_over_funnel: bool,
    /// Where the context menu is open, if it is.
    menu: Option<(Point, Options)>,
    funnel: LineOfText,
}

fn funnel(bounds: Rectangle) -> Rectangle {
    let side = FUNNEL.min(bounds.width);
    Rectangle { x: bounds.x + bounds.width - side, y: bounds.center_y() - side / 2.0, width: side, height: side }
}

impl<'a, Message: Clone> Decorator<'a, Message> for FilterCell<'a, Message> {
    type State = State;

    fn content(&self) -> &Element<'a, Message> {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.content
    }

    fn within<'l>(&self, layout: Layout<'l>) -> Layout<'l> {
        layout.child(0)
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let limits = limits.width(Length::Fill).height(Length::Fill);
        let size = limits.max();
        let within = layout::Limits::new(Size::ZERO, size);
        let content = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &within);
        let top = (size.height - content.size().height) / 2.0;
        let state = tree.state.downcast_mut::<State>();
        state.funnel.update(&char::from(Icon::Funnel).to_string(), ICONS, theme::BODY, FUNNEL);
        layout::Node::with_children(size, vec![content.move_to(Point::new(0.0, top))])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let Some(content) = layout.children().next() else { return };
        self.content.as_widget_mut().operate(&mut tree.children[0], content, renderer, operation);
        if tree.state.downcast_ref::<State>().is_hovered {
            operation.text(None, funnel(layout.bounds()), &char::from(Icon::Funnel).to_string());
        }
    }

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        self.update_content(tree, context);
        let EventContext { event, layout, cursor, shell, .. } = context;
        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        let (is_over, is_over_funnel) = (cursor.is_over(bounds), cursor.is_over(funnel(bounds)));
        if (state.is_hovered, state.is_over_funnel) != (is_over, is_over_funnel) {
            (state.is_hovered, state.is_over_funnel) = (is_over, is_over_funnel);
            shell.request_redraw();
        }
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) if is_over_funnel => {
                shell.publish(self.on_filter.clone());
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right)) if is_over => {
                state.menu = cursor.position().map(|place| (place, Options::new(&self.words, None)));
                shell.capture_event();
                shell.invalidate_layout();
                shell.request_redraw();
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        _: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(funnel(layout.bounds())) { mouse::Interaction::Pointer } else { mouse::Interaction::None }
    }

    fn draw(&self, tree: &Tree, renderer: &mut Renderer, context: &DrawContext<'_>) {
        let (state, bounds) = (tree.state.downcast_ref::<State>(), context.layout.bounds());
        let Some(clip) = bounds.intersection(context.viewport) else { return };
        self.draw_content(tree, renderer, &DrawContext { viewport: &clip, ..*context });
        if !state.is_hovered {
            return;
        }
        let (colours, funnel) = (theme::colours(context.theme), funnel(bounds));
        renderer.with_layer(clip, |renderer| {
            let edge = if state.is_over_funnel { colours.strong_line } else { colours.line };
            let border = border::rounded(theme::ROUND - 2.0).color(edge).width(1);
            renderer.fill_quad(renderer::Quad { bounds: funnel, border, ..renderer::Quad::default() }, colours.surface);
            let x = funnel.center_x() - state.funnel.width() / 2.0;
            let colour = if state.is_over_funnel { colours.accent } else { colours.muted };
            state.funnel.draw(renderer, Rectangle { x, ..funnel }, colour, clip);
        });
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>>
    where
        'a: 'b,
        Message: 'b,
    {
        let state = tree.state.downcast_mut::<State>();
        if state.menu.is_some() {
            return Some(overlay::Element::new(Box::new(Menu { cell: self, state })));
        }
        let content = self.content.as_widget_mut();
        content.overlay(&mut tree.children[0], layout.child(0), renderer, viewport, translation)
    }
}

/// The context menu.
struct Menu<'a, 'b, Message> {
    cell: &'b FilterCell<'a, Message>,
    state: &'b mut State,
}

impl<Message: Clone> Overlay<Message, Theme, Renderer> for Menu<'_, '_, Message> {
    fn layout(&mut self, _: &Renderer, window: Size) -> layout::Node {
        let Some((place, options)) = &mut self.state.menu else { return layout::Node::new(Size::ZERO) };
        let anchor = Rectangle::new(*place, Size::ZERO);
        let size = options.size(0.0, popup::room(anchor, window));
        options.prepare(&self.cell.words, "", size);
        layout::Node::new(size).move_to(popup::place(anchor, size, window))
    }

    fn draw(&self, renderer: &mut Renderer, theme: &Theme, _: &renderer::Style, layout: Layout<'_>, _: mouse::Cursor) {
        if let Some((_, options)) = &self.state.menu {
            options.draw(renderer, theme, layout.bounds(), &self.cell.words, None);
        }
    }

    fn operate(&mut self, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        if let Some((_, options)) = &self.state.menu {
            options.operate(layout.bounds(), &self.cell.words, "", operation);
        }
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
    ) {
        let Some((_, options)) = &mut self.state.menu else { return };
        match event {
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                options.highlight(cursor.is_over(layout.bounds()).then_some(0));
            }
            Event::Mouse(mouse::Event::ButtonPressed(_)) => {
                if cursor.is_over(layout.bounds()) {
                    shell.publish(self.cell.on_filter.clone());
                }
                // As with any context menu, a click elsewhere only closes it.
                self.state.menu = None;
                shell.capture_event();
            }
            Event::Keyboard(keyboard::Event::KeyPressed { .. }) | Event::Mouse(mouse::Event::WheelScrolled { .. }) => {
                self.state.menu = None;
                shell.capture_event();
            }
            _ => return,
        }
        shell.invalidate_layout();
        shell.request_redraw();
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, _: &Renderer) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Pointer } else { mouse::Interaction::None }
    }
}

impl<'a, Message: Clone + 'a> From<FilterCell<'a, Message>> for Element<'a, Message> {
    fn from(it: FilterCell<'a, Message>) -> Self {
        Element::new(Decorated::new(it))
    }
}
