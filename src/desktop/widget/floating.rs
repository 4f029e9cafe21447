use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Overlay, Shell, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Rectangle, Renderer, Size, Theme, Vector};

use super::decorator::{Decorated, Decorator};
use super::popup;

/// A widget with a popup beside it. Nothing moves when the popup opens.
pub(in crate::desktop) struct Floating<'a, Message> {
    content: Element<'a, Message>,
    popup: Option<Element<'a, Message>>,
    on_close: Message,
}

/// `on_close` is sent on Escape, a click elsewhere, and scrolling elsewhere.
pub(in crate::desktop) fn floating<'a, Message>(
    content: impl Into<Element<'a, Message>>,
    popup: Option<Element<'a, Message>>,
    on_close: Message,
) -> Floating<'a, Message> {
    Floating { content: content.into(), popup, on_close }
}

impl<'a, Message: Clone> Decorator<'a, Message> for Floating<'a, Message> {
    type State = ();

    fn content(&self) -> &Element<'a, Message> {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.content
    }

    fn popup(&self) -> Option<&Element<'a, Message>> {
        self.popup.as_ref()
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
        let anchor = layout.bounds() + translation;
        let popup = self.popup.as_mut().filter(|_| anchor.intersection(viewport).is_some());
        match (popup, tree.children.as_mut_slice()) {
            (Some(popup), [_, tree, ..]) => {
                let on_close = &self.on_close;
                Some(overlay::Element::new(Box::new(Popup { content: popup, tree, anchor, on_close })))
            }
            (_, [tree, ..]) => self.content.as_widget_mut().overlay(tree, layout, renderer, viewport, translation),
            _ => None,
        }
    }
}

struct Popup<'a, 'b, Message> {
    content: &'b mut Element<'a, Message>,
    tree: &'b mut Tree,
    /// The bounds of the widget that it belongs to.
    anchor: Rectangle,
    on_close: &'b Message,
}

impl<Message: Clone> Overlay<Message, Theme, Renderer> for Popup<'_, '_, Message> {
    fn layout(&mut self, renderer: &Renderer, window: Size) -> layout::Node {
        let limits = layout::Limits::new(Size::ZERO, window);
        let node = self.content.as_widget_mut().layout(self.tree, renderer, &limits);
        let place = popup::place(self.anchor, node.size(), window);
        node.move_to(place)
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
    ) {
        let bounds = layout.bounds();
        self.content.as_widget().draw(self.tree, renderer, theme, style, layout, cursor, &bounds);
    }

    fn operate(&mut self, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(self.tree, layout, renderer, operation);
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
    ) {
        let bounds = layout.bounds();
        // A field in it would only lose the focus.
        if matches!(event, Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(Named::Escape), .. })) {
            shell.publish(self.on_close.clone());
            shell.capture_event();
            return;
        }
        let popup = self.content.as_widget_mut();
        popup.update(self.tree, event, layout, cursor, renderer, clipboard, shell, &bounds);
        if shell.is_event_captured() {
            return;
        }
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                if cursor.is_over(bounds) {
                    shell.capture_event();
                } else if !cursor.is_over(self.anchor) {
                    shell.publish(self.on_close.clone());
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { .. }) if !cursor.is_over(bounds) => {
                shell.publish(self.on_close.clone());
            }
            _ => {}
        }
    }

    fn mouse_interaction(&self, layout: Layout<'_>, cursor: mouse::Cursor, renderer: &Renderer) -> mouse::Interaction {
        if !cursor.is_over(layout.bounds()) {
            return mouse::Interaction::None;
        }
        let inner = self.content.as_widget().mouse_interaction(self.tree, layout, cursor, &layout.bounds(), renderer);
        if inner == mouse::Interaction::None { mouse::Interaction::Idle } else { inner }
    }

    fn overlay<'c>(
        &'c mut self,
        layout: Layout<'c>,
        renderer: &Renderer,
    ) -> Option<overlay::Element<'c, Message, Theme, Renderer>> {
        let viewport = layout.bounds();
        self.content.as_widget_mut().overlay(self.tree, layout, renderer, &viewport, Vector::ZERO)
    }
}

impl<'a, Message: Clone + 'a> From<Floating<'a, Message>> for Element<'a, Message> {
    fn from(it: Floating<'a, Message>) -> Self {
        Element::new(Decorated::new(it))
    }
}
