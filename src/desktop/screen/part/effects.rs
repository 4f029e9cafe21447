//! What past messages would notice of other rules, in words.

use std::cmp::Reverse;
use std::sync::Arc;

use iced::Element;
use iced::widget::{column, text};

use crate::desktop::language::effects::{Turnout, Way, When};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Effect, Effects, Receiver, RuleBook};

/// So many ways that messages take are told; of the others, how many messages.
const MOST_WAYS: usize = 3;
/// So many later days are told; of the others, how many.
const MOST_TOLD: usize = 6;

impl<'a> Scene<'a> {
    /// What past messages would notice if the one book decided in place of the other, a sentence for each day from which
    /// it is something else.
    pub fn effect_lines(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>) -> Vec<String> {
        let t = &self.t.effects;
        match self.foresight.of(before, after, self.today) {
            None => vec![t.working_out.to_owned()],
            Some(None) => vec![t.contradiction.to_owned()],
            Some(Some(effects)) => self.effects_in_words(effects, [after, before]),
        }
    }

    /// The same, line by line below one another.
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
            // Nothing to try it on on any other day either.
            return vec![sentence(When::Always, &effects.today)];
        }
        let told = effects.later.iter().take(MOST_TOLD);
        lines.extend(told.map(|(day, effect)| sentence(When::From(*day), effect)));
        let more = effects.later.len().saturating_sub(MOST_TOLD);
        lines.extend((more > 0).then(|| t.more_days.of(more)));
        lines.extend((effects.left_out > 0).then(|| t.left_out.of(effects.left_out)));
        lines
    }

    fn turnout(&self, when: When, effect: &Effect, books: [&RuleBook; 2]) -> Turnout {
        let mut ways: Vec<_> = effect.moved.iter().collect();
        ways.sort_by_key(|(_, count)| Reverse(**count));
        let name = |receiver: &Option<Receiver>| receiver.as_ref().map(|it| self.receiver(it, books));
        let elsewhere = ways.iter().skip(MOST_WAYS).map(|(_, count)| **count).sum();
        let told = ways.into_iter().take(MOST_WAYS);
        let told = told.map(|((from, to), count)| Way { from: name(from), to: name(to), count: *count });
        Turnout { when, all: effect.messages, ways: told.collect(), elsewhere, held: effect.held }
    }

    /// What a receiver is called, in the first of those books that has it; with its authority's name where it is not of
    /// the authority that is shown.
    pub fn receiver(&self, receiver: &Receiver, books: [&RuleBook; 2]) -> String {
        let mut authorities = books.into_iter().filter_map(|book| book.authority(receiver.authority));
        let owner = authorities.clone().find(|it| it.fagsystem(&receiver.fagsystem).is_some());
        let Some(owner) = owner.or_else(|| authorities.next()) else { return receiver.fagsystem.to_string() };
        let name = fagsystem_name(owner, &receiver.fagsystem);
        if owner.cvr == self.authority.cvr { name.to_owned() } else { format!("{name} ({})", owner.name) }
    }
}
