//! The effect of other rules on past messages, in sentences.

use std::cmp::Reverse;
use std::sync::Arc;

use iced::Element;
use iced::widget::{column, text};

use crate::desktop::language::effects::{Turnout, Way, When};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Effect, Effects, Receiver, RuleBook};

/// At most this many moves between receivers are named; the messages of the others are counted.
const MOST_WAYS: usize = 3;
/// At most this many later days are described; the others are counted.
const MOST_DAYS: usize = 6;

impl<'a> Scene<'a> {
    /// Where past messages would have gone if the second book had decided instead of the first: a sentence for the day that is shown, and one
    /// for each later day from which it differs.
    pub fn effect_lines(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>) -> Vec<String> {
        let t = &self.t.effects;
        match self.foresight.of(before, after, self.day()) {
            None => vec![t.working_out.to_owned()],
            Some(None) => vec![t.contradiction.to_owned()],
            Some(Some(outlook)) => self.effects_in_words(&outlook.effects, [after, before]),
        }
    }

    /// The same as a view.
    pub fn effect_view<Message: 'a>(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>) -> Element<'a, Message> {
        let lines = self.effect_lines(before, after).into_iter().map(|line| text(line).into());
        column(lines).spacing(6).into()
    }

    fn effects_in_words(&self, effects: &Effects, books: [&RuleBook; 2]) -> Vec<String> {
        let t = &self.t.effects;
        let is_always = effects.later.is_empty() && effects.left_out == 0;
        let today = if is_always { When::Always } else { When::Today };
        let sentence = |when, effect: &Effect| t.turnout(&self.turnout(when, effect, books));
        let mut lines = vec![sentence(today, &effects.today)];
        if effects.today.messages == 0 {
            // Without messages on the first day there are none for later days either.
            return vec![sentence(When::Always, &effects.today)];
        }
        let days = effects.later.iter().take(MOST_DAYS);
        lines.extend(days.map(|(day, effect)| sentence(When::From(*day), effect)));
        let more = effects.later.len().saturating_sub(MOST_DAYS);
        lines.extend((more > 0).then(|| t.more_days.of(more)));
        lines.extend((effects.left_out > 0).then(|| t.left_out.of(effects.left_out)));
        lines
    }

    fn turnout(&self, when: When, effect: &Effect, books: [&RuleBook; 2]) -> Turnout {
        let mut ways: Vec<_> = effect.moved.iter().collect();
        ways.sort_by_key(|(_, count)| Reverse(**count));
        let name = |receiver: &Option<Receiver>| receiver.as_ref().map(|it| self.receiver(it, books));
        let elsewhere = ways.iter().skip(MOST_WAYS).map(|(_, count)| **count).sum();
        let named = ways.into_iter().take(MOST_WAYS);
        let named = named.map(|((from, to), count)| Way { from: name(from), to: name(to), count: *count });
        Turnout {
            when,
            day: self.looked_at(),
            all: effect.messages,
            ways: named.collect(),
            elsewhere,
            held: effect.held,
        }
    }

    /// The name of a receiver in the first of the books that has it; with its authority's name unless that is selected.
    pub fn receiver(&self, receiver: &Receiver, books: [&RuleBook; 2]) -> String {
        let mut authorities = books.into_iter().filter_map(|book| book.authority(receiver.authority));
        let owner = authorities.clone().find(|it| it.fagsystem(&receiver.fagsystem).is_some());
        let Some(owner) = owner.or_else(|| authorities.next()) else { return receiver.fagsystem.to_string() };
        let name = fagsystem_name(owner, &receiver.fagsystem);
        if owner.cvr == self.authority.cvr { name.to_owned() } else { format!("{name} ({})", owner.name) }
    }
}
