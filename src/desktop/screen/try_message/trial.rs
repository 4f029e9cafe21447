//! Where the message goes by the draft and by the publication, and why, rule by rule.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Distributor, Facts, Fagsystem, Ground, MatchResult, Priority, Rule, RuleBook};

/// Whose rules decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Draft,
    Published,
}

/// Where the message goes by one of the two.
#[derive(Debug, Default)]
pub(super) enum Answer {
    /// The rules contradict each other.
    #[default]
    Undecidable,
    /// The recipient is none of the authorities.
    UnknownRecipient,
    Decided(Decided),
}

#[derive(Debug)]
pub(super) struct Decided {
    distributor: Arc<Distributor>,
    /// The authority's position in the book.
    authority: usize,
    /// Each rule's position among the authority's rules, in order of priority, and whether it matches.
    pub ladder: Vec<(usize, MatchResult)>,
    /// The place in the ladder of the rule that decides; `None` where the default recipient gets the message.
    pub deciding: Option<usize>,
}

impl Decided {
    fn new(distributor: &Arc<Distributor>, facts: &Facts, day: Date) -> Option<Self> {
        let explanation = distributor.explain(facts, day).ok()?;
        let of = explanation.decision.authority;
        let authority = distributor.book().authorities.iter().position(|it| it.cvr == of.cvr)?;
        let mut order: Vec<usize> = (0..of.rules.len()).collect();
        order.sort_by_key(|at| of.rules[*at].priority);
        let ladder = order.into_iter().zip(explanation.rules.iter().map(|explained| explained.result)).collect();
        let deciding = match explanation.decision.ground {
            Ground::Rule(rule) => explanation.rules.iter().position(|it| it.rule.priority == rule.priority),
            Ground::Default => None,
        };
        Some(Self { distributor: Arc::clone(distributor), authority, ladder, deciding })
    }

    pub fn authority(&self) -> &Authority {
        &self.distributor.book().authorities[self.authority]
    }

    /// The rule in that place of the ladder, with its result.
    pub fn rule(&self, at: usize) -> Option<(&Rule, MatchResult)> {
        let (rule, result) = self.ladder.get(at)?;
        Some((&self.authority().rules[*rule], *result))
    }

    pub fn decides(&self) -> Option<&Rule> {
        self.deciding.and_then(|at| self.rule(at)).map(|(rule, _)| rule)
    }

    /// The fagsystem that gets the message.
    pub fn fagsystem(&self) -> Option<&Fagsystem> {
        let authority = self.authority();
        authority.fagsystem(self.decides().map_or(&authority.default_fagsystem, |rule| &rule.fagsystem))
    }
}

/// What the answers were worked out from.
#[derive(Debug)]
struct Source {
    day: Date,
    draft: Option<Arc<Distributor>>,
    published: Option<Arc<Distributor>>,
    /// The draft, in which rules of the publication may have other numbers.
    book: Arc<RuleBook>,
}

/// The message, and both answers.
#[derive(Debug, Default)]
pub(super) struct Trial {
    pub facts: Option<Facts>,
    source: Option<Source>,
    pub draft: Answer,
    pub published: Answer,
    /// The numbers that the publication's rules have in the draft.
    numbers_in_draft: HashMap<Priority, Priority>,
}

/// How the answers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    Same,
    /// The same fagsystem gets it for another reason.
    OtherGround,
    OtherReceiver,
}

impl Trial {
    /// Decides anew if the facts, the day or the rules have changed. Returns whether that was so. Without new facts, those
    /// of before stay.
    pub fn refresh(&mut self, new_facts: Option<Facts>, day: Date, scene: Scene<'_>) -> bool {
        let (draft, published) = (scene.bench.insight().distributor.as_ref(), scene.bench.in_force());
        let is_known = new_facts.as_ref().is_none_or(|facts| self.facts.as_ref() == Some(facts))
            && self.source.as_ref().is_some_and(|source| {
                source.day == day
                    && is_same(source.draft.as_ref(), draft)
                    && is_same(source.published.as_ref(), published)
                    && Arc::ptr_eq(&source.book, scene.bench.book())
            });
        if is_known {
            return false;
        }
        let Some(facts) = new_facts.or_else(|| self.facts.take()) else { return false };
        self.draft = answer(draft, &facts, day);
        self.published = answer(published, &facts, day);
        self.numbers_in_draft = match &self.published {
            Answer::Decided(decided) => {
                let before = decided.authority();
                let after = scene.bench.book().authority(before.cvr);
                after.map(|after| before.counterparts(after)).unwrap_or_default()
            }
            _ => HashMap::new(),
        };
        let book = Arc::clone(scene.bench.book());
        self.source = Some(Source { day, draft: draft.cloned(), published: published.cloned(), book });
        self.facts = Some(facts);
        true
    }

    pub fn answer(&self, side: Side) -> &Answer {
        match side {
            Side::Draft => &self.draft,
            Side::Published => &self.published,
        }
    }

    pub fn decided(&self, side: Side) -> Option<&Decided> {
        match self.answer(side) {
            Answer::Decided(decided) => Some(decided),
            Answer::Undecidable | Answer::UnknownRecipient => None,
        }
    }

    /// The number that a rule of one of the two has in the draft; `None` where it is not in it.
    pub fn number_in_draft(&self, side: Side, priority: Priority) -> Option<Priority> {
        match side {
            Side::Draft => Some(priority),
            Side::Published => self.numbers_in_draft.get(&priority).copied(),
        }
    }

    /// How the answers compare; `None` while one of the books decides nothing.
    pub fn agreement(&self) -> Option<Agreement> {
        let (draft, published) = match (&self.draft, &self.published) {
            (Answer::Undecidable, _) | (_, Answer::Undecidable) => return None,
            (Answer::UnknownRecipient, Answer::UnknownRecipient) => return Some(Agreement::Same),
            (Answer::UnknownRecipient, _) | (_, Answer::UnknownRecipient) => return Some(Agreement::OtherReceiver),
            (Answer::Decided(draft), Answer::Decided(published)) => (draft, published),
        };
        let receiver = |decided: &Decided| (decided.authority().cvr, decided.fagsystem().map(|it| it.id.clone()));
        if receiver(draft) != receiver(published) {
            return Some(Agreement::OtherReceiver);
        }
        let before = published.decides().map(|rule| self.number_in_draft(Side::Published, rule.priority));
        let after = draft.decides().map(|rule| Some(rule.priority));
        Some(if before == after { Agreement::Same } else { Agreement::OtherGround })
    }
}

fn answer(distributor: Option<&Arc<Distributor>>, facts: &Facts, day: Date) -> Answer {
    let Some(distributor) = distributor else { return Answer::Undecidable };
    Decided::new(distributor, facts, day).map_or(Answer::UnknownRecipient, Answer::Decided)
}

fn is_same(one: Option<&Arc<Distributor>>, other: Option<&Arc<Distributor>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}
