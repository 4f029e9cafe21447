use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;

use super::{Cvr, Distributor, Facts, FagsystemId, Ground, Priority, Rule, Verdict};

/// What would become of past messages if other rules decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// How many messages were tried.
    pub messages: u64,
    /// How many would go from one fagsystem to another.
    pub moved: BTreeMap<(FagsystemId, FagsystemId), u64>,
}

impl Effect {
    /// Decides every message, counted as often as it came, by both rules as if it came on that day. Messages that
    /// either knows no authority for are left out.
    pub fn between<'a>(
        before: &Distributor,
        after: &Distributor,
        messages: impl Iterator<Item = (&'a Facts, u64)>,
        day: Date,
    ) -> Self {
        let mut effect = Self::default();
        for (facts, count) in messages {
            let (Ok(was), Ok(would_be)) = (before.decide(facts, day), after.decide(facts, day)) else { continue };
            effect.messages += count;
            if was.fagsystem.id != would_be.fagsystem.id {
                let way = (was.fagsystem.id.clone(), would_be.fagsystem.id.clone());
                *effect.moved.entry(way).or_default() += count;
            }
        }
        effect
    }

    /// How many messages would go to another fagsystem.
    #[must_use]
    pub fn changed(&self) -> u64 {
        self.moved.values().sum()
    }
}

/// Which past messages a rule that is not there yet would take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catch {
    /// How many messages to the authority were tried.
    pub messages: u64,
    /// How many it would take, by the fagsystem that they go to without it.
    pub taken: BTreeMap<FagsystemId, u64>,
    /// What those messages said, the most frequent first, and how often; no more than [`Catch::MOST_KINDS`].
    pub kinds: Vec<(Facts, u64)>,
}

fn fingerprint(facts: &Facts) -> u64 {
    let mut hasher = DefaultHasher::new();
    facts.hash(&mut hasher);
    hasher.finish()
}

impl Catch {
    /// How many kinds of messages are told apart.
    pub const MOST_KINDS: usize = 4;

    /// Tries a rule of that authority on messages as if they came on that day; `replaces` is the rule that it takes
    /// the place of.
    pub fn of<'a>(
        rule: &Rule,
        (authority, replaces): (Cvr, Option<Priority>),
        others: &Distributor,
        messages: impl Iterator<Item = (&'a Facts, u64)>,
        day: Date,
    ) -> Self {
        let mut catch = Self::default();
        let mut kinds = Vec::new();
        // Those that would come before it, though they came after what it takes the place of.
        let comes_between =
            |other: &&Arc<Rule>| replaces.is_some_and(|it| it < other.priority) && other.priority < rule.priority;
        let book = others.book().authority(authority);
        let overtaken_by: Vec<_> = book.into_iter().flat_map(|it| &it.rules).filter(comes_between).collect();
        for (facts, count) in messages {
            let Ok(decision) = others.decide(facts, day) else { continue };
            if decision.authority.cvr != authority {
                continue;
            }
            catch.messages += count;
            let sender = others.sender_kind(facts);
            if rule.verdict(facts, sender, day) != Verdict::Matches {
                continue;
            }
            let is_taken = match decision.ground {
                Ground::Default => true,
                Ground::Rule(winner) if Some(winner.priority) == replaces => {
                    !overtaken_by.iter().any(|other| other.verdict(facts, sender, day) == Verdict::Matches)
                }
                Ground::Rule(winner) => rule.priority < winner.priority,
            };
            if is_taken {
                *catch.taken.entry(decision.fagsystem.id.clone()).or_default() += count;
                kinds.push((facts, count));
            }
        }
        // The same order every time, also of those that came equally often.
        kinds.sort_by_cached_key(|(facts, count)| (Reverse(*count), fingerprint(facts)));
        catch.kinds = kinds.into_iter().take(Self::MOST_KINDS).map(|(facts, count)| (facts.clone(), count)).collect();
        catch
    }

    /// How many messages it would take.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.taken.values().sum()
    }
}
