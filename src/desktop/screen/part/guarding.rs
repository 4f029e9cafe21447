//! How a guard is made from a message that a screen shows.

use jiff::civil::Date;

use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::criteria::criteria;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Facts, Guard, Receiver};

impl Scene<'_> {
    /// What a message is, by the narrowest of the facts that a rule could look at.
    pub fn message_words(&self, facts: &Facts, authority: &Authority) -> String {
        let criterion = criteria(authority, facts).into_iter().next();
        let words = criterion.map(|criterion| {
            let value = self.names_of(authority).value(&criterion).unwrap_or_default();
            (self.t.rules.sentence.which)(&criterion, &value)
        });
        (self.t.proof.mail)(&words.unwrap_or_default(), "")
    }
}

/// Makes a guard in the draft: a message with these facts must go on reaching that receiver, on that day alone or, without one,
/// every day from today on. `about` says what the message is; with the fagsystem's name it becomes the guard's.
pub(in crate::desktop) fn guard_message<Message: Send + 'static>(
    facts: Facts,
    day: Option<Date>,
    about: &str,
    receiver: &Receiver,
    scene: Scene<'_>,
) -> Action<Message> {
    let Some(authority) = scene.bench.book().authority(receiver.authority) else { return Action::None };
    let name = scene.t.guards.name(about.trim(), fagsystem_name(authority, &receiver.fagsystem));
    let guard = Guard { name, fagsystem: receiver.fagsystem.clone(), day, facts };
    let guarded = authority.with_guard(guard);
    let name = guarded.guards.last().map(|guard| guard.name.clone()).unwrap_or_default();
    let book = scene.with(receiver.authority, |authority| *authority = guarded);
    Action::edit(book, DraftEdit::GuardAdded(name))
}
