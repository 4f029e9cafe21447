use std::any::Any;

use iced::advanced::widget::{Operation, Tree};
use iced::keyboard::{self, Key, key};
use iced::widget::Id;
use iced::{Element, Event, Rectangle};

use super::decorator::{Decorated, Decorator, EventContext};
use super::pointing::is_release;

/// The number of the word that people have just pressed to look it up, until it is taken.
#[derive(Debug, Default)]
pub(super) struct LookedUp(pub Option<usize>);

/// See [`looking_up`].
pub(in crate::desktop) struct LookingUp<'a, Message> {
    content: Element<'a, Message>,
    on_look_up: Box<dyn Fn(usize) -> Message + 'a>,
}

/// Sends the number of a word in the content that people press to look it up. So words can be looked up anywhere in it, in
/// messages of whatever kind; but not in what lies over it, such as a sheet.
pub(in crate::desktop) fn looking_up<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_look_up: impl Fn(usize) -> Message + 'a,
) -> LookingUp<'a, Message> {
    LookingUp { content: content.into(), on_look_up: Box::new(on_look_up) }
}

impl<'a, Message: 'a> Decorator<'a, Message> for LookingUp<'a, Message> {
    type State = ();

    fn content(&self) -> &Element<'a, Message> {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.content
    }

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        self.update_content(tree, context);
        if !may_press(context.event) {
            return;
        }
        let mut taking = Taking(None);
        self.operate(tree, context.layout, context.renderer, &mut taking);
        if let Some(word) = taking.0 {
            context.shell.publish((self.on_look_up)(word));
        }
    }
}

/// Whether an event may have pressed a word.
fn may_press(event: &Event) -> bool {
    let is_key = matches!(
        event,
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Named(key::Named::Enter | key::Named::Space),
            repeat: false,
            ..
        })
    );
    is_key || is_release(event)
}

/// Takes the number of the word that has been pressed.
struct Taking(Option<usize>);

impl Operation for Taking {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Any) {
        if let Some(LookedUp(word)) = state.downcast_mut() {
            self.0 = self.0.or(word.take());
        }
    }
}

impl<'a, Message: 'a> From<LookingUp<'a, Message>> for Element<'a, Message> {
    fn from(looking_up: LookingUp<'a, Message>) -> Self {
        Element::new(Decorated::new(looking_up))
    }
}
