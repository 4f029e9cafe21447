//! What the window listens to by itself, without being polled.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::{BoxStream, select_all};
use iced_test::runtime::futures::subscription::EventStream;
use iced_test::runtime::futures::subscription::into_recipes;
use postfordeler::desktop::{Lookout, Message};
use tokio::time::timeout;

use super::Window;

const TIMEOUT: Duration = Duration::from_mins(1);

impl Window {
    /// What looks for news as the window's own does.
    pub fn lookout(&self) -> Lookout {
        self.desktop.lookout().expect("it is open")
    }

    /// How many things it listens to.
    pub fn subscriptions(&self) -> usize {
        into_recipes(self.desktop.subscription()).len()
    }

    /// Does what the window hears of by itself, until the condition holds.
    #[track_caller]
    pub fn hear_until(&mut self, condition: impl Fn(&mut Self) -> bool) {
        let mut heard = self.listen();
        while !condition(self) {
            let message = self.block_on(async { timeout(TIMEOUT, heard.next()).await });
            self.send(message.expect("it hears something in time").expect("it goes on listening"));
            self.redraw();
        }
    }

    fn listen(&self) -> BoxStream<'static, Message> {
        let _within = self.runtime.enter();
        let nothing = || -> EventStream { futures_util::stream::pending().boxed() };
        select_all(into_recipes(self.desktop.subscription()).into_iter().map(|it| it.stream(nothing()))).boxed()
    }
}
