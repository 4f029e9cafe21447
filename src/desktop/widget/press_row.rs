use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::Tree;
use iced::advanced::{Renderer as _, mouse, renderer};
use iced::{Element, Length, Rectangle, Renderer, Size};

use super::decorator::{Decorated, Decorator, DrawContext, EventContext};
use super::pointing::is_press;
use super::scroll::ROW_HEIGHT;
use super::table::MARK;
use crate::desktop::theme;

/// How a row looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::desktop) struct RowLook {
    pub is_chosen: bool,
    /// It is the row that keys act on.
    pub is_here: bool,
    /// What is being dragged would be dropped above it.
    pub is_target: bool,
}

/// A row that sends its message when the mouse button goes down, so that it can be dragged. A button waits until the mouse
/// button goes up.
pub(in crate::desktop) struct PressRow<'a, Message> {
    content: Element<'a, Message>,
    look: RowLook,
    on_press: Option<Message>,
    on_double: Option<Message>,
}

pub(in crate::desktop) fn press_row<'a, Message>(
    content: impl Into<Element<'a, Message>>,
    look: RowLook,
) -> PressRow<'a, Message> {
    PressRow { content: content.into(), look, on_press: None, on_double: None }
}

impl<Message> PressRow<'_, Message> {
    pub fn on_press(self, message: Message) -> Self {
        Self { on_press: Some(message), ..self }
    }

    pub fn on_double_click(self, message: Message) -> Self {
        Self { on_double: Some(message), ..self }
    }
}

#[derive(Debug, Default)]
pub(super) struct State {
    is_hovered: bool,
    last_click: Option<mouse::Click>,
}

impl<'a, Message: Clone> Decorator<'a, Message> for PressRow<'a, Message> {
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
        Size::new(Length::Fill, Length::Fixed(ROW_HEIGHT))
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let limits = limits.width(Length::Fill).height(Length::Fixed(ROW_HEIGHT));
        let content = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &limits);
        layout::Node::with_children(
            limits.resolve(Length::Fill, Length::Fixed(ROW_HEIGHT), content.size()),
            vec![content],
        )
    }

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        self.update_content(tree, context);
        let EventContext { event, layout, cursor, shell, .. } = context;
        let state = tree.state.downcast_mut::<State>();
        let is_over = cursor.is_over(layout.bounds());
        if state.is_hovered != is_over {
            state.is_hovered = is_over;
            shell.request_redraw();
        }
        if shell.is_event_captured() || !is_over {
            return;
        }
        let on_press = self.on_press.as_ref().filter(|_| is_press(event));
        let (Some(message), Some(position)) = (on_press, cursor.position()) else { return };
        let click = mouse::Click::new(position, mouse::Button::Left, state.last_click);
        state.last_click = Some(click);
        shell.publish(message.clone());
        if let Some(message) = self.on_double.as_ref().filter(|_| click.kind() == mouse::click::Kind::Double) {
            shell.publish(message.clone());
        }
        shell.capture_event();
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let Some(content) = layout.children().next() else { return mouse::Interaction::None };
        let inner = self.content.as_widget().mouse_interaction(&tree.children[0], content, cursor, viewport, renderer);
        match inner {
            mouse::Interaction::None if self.on_press.is_some() && cursor.is_over(layout.bounds()) => {
                mouse::Interaction::Pointer
            }
            other => other,
        }
    }

    fn draw(&self, tree: &Tree, renderer: &mut Renderer, context: &DrawContext<'_>) {
        let bounds = context.layout.bounds();
        if bounds.intersection(context.viewport).is_none() {
            return;
        }
        let colours = theme::colours(context.theme);
        let is_hovered = tree.state.downcast_ref::<State>().is_hovered && self.on_press.is_some();
        let background = match self.look {
            RowLook { is_chosen: true, .. } => colours.chosen,
            _ if is_hovered => colours.hovered,
            _ => colours.surface,
        };
        let mut fill = |bounds, colour| {
            renderer.fill_quad(renderer::Quad { bounds, snap: true, ..renderer::Quad::default() }, colour);
        };
        fill(bounds, background);
        if self.look.is_here {
            fill(Rectangle { width: MARK, ..bounds }, colours.accent);
        }
        if self.look.is_target {
            fill(Rectangle { height: MARK, ..bounds }, colours.accent);
        }
        let style = renderer::Style { text_color: colours.ink };
        self.draw_content(tree, renderer, &DrawContext { style: &style, ..*context });
    }
}

impl<'a, Message: Clone + 'a> From<PressRow<'a, Message>> for Element<'a, Message> {
    fn from(row: PressRow<'a, Message>) -> Self {
        Element::new(Decorated::new(row))
    }
}
