use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;

use super::effects::Receiver;
use crate::rules::book::{Priority, Rule};
use crate::rules::deciding::{Distributor, Ground, MatchResult};
use crate::rules::facts::Facts;
use crate::rules::values::Cvr;

/// A rule that is tried on past messages while it is being written.
#[derive(Debug, Clone, Copy)]
pub struct RuleTrial<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The authority that it will belong to.
    pub authority: Cvr,
    /// The rule that it replaces, if it is an edited one.
    pub replaces: Option<Priority>,
    /// The rule that it would come directly before, by the priority that one has now; `None` when it would be the last.
    pub before: Option<Priority>,
    /// The other rules: the draft, which does not have it yet, or has the one that it replaces.
    pub draft: &'a Distributor,
    /// The rules in force.
    pub published: &'a Distributor,
}

/// The past messages for which a rule would decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catch {
    /// The day on which the messages were tried: the first on which the rule is valid, today or later.
    pub day: Date,
    /// The number of messages to the authority that were tried.
    pub messages: u64,
    /// The number for which it would decide, by the receiver they have under the rules in force, today; `None` means refused.
    pub taken: BTreeMap<Option<Receiver>, u64>,
    /// The number that match the rule, but for which an earlier rule decides.
    pub lost: Lost,
    /// What the messages for which it would decide say, and how many say the same, the most frequent first; at most
    /// [`Catch::MAX_KINDS`].
    pub kinds: Vec<(Facts, u64)>,
    /// The number for which it would decide from a later day on. Only days on which it differs from the one before.
    pub later: Vec<(Date, u64)>,
    /// The number of further days on which earlier rules begin or end, which were not tried.
    pub left_out: usize,
}

impl Catch {
    /// The most entries of [`Catch::kinds`].
    pub const MAX_KINDS: usize = 4;

    /// The number of messages for which it would decide on the day.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.taken.values().sum()
    }
}

fn fingerprint(facts: &Facts) -> u64 {
    let mut hasher = DefaultHasher::new();
    facts.hash(&mut hasher);
    hasher.finish()
}

/// The most later days that are tried.
const MAX_DAYS: usize = 60;
/// The most decisions for later days, few since they are made while somebody types.
const MAX_DECISIONS: usize = 100_000;

/// The number of messages that match a rule, by the earlier rule that decides for them.
pub type Lost = BTreeMap<Priority, u64>;

impl Distributor {
    /// The rules, of those of an authority, that would decide for none of the messages on that day although some match, each
    /// with the rules that decide for these.
    #[must_use]
    pub fn left_with_none<'m>(
        &self,
        authority: Cvr,
        rules: &[&Rule],
        messages: impl Iterator<Item = (&'m Facts, u64)>,
        day: Date,
    ) -> BTreeMap<Priority, Lost> {
        let mut lost: BTreeMap<Priority, Lost> = BTreeMap::new();
        let mut deciding: BTreeSet<Priority> = BTreeSet::new();
        for (facts, count) in messages {
            let Ok(decision) = self.decide(facts, day) else { continue };
            let Some(winner) = decision.ground.priority().filter(|_| decision.authority.cvr == authority) else {
                continue;
            };
            deciding.insert(winner);
            let sender = self.sender_kind(facts);
            for rule in rules.iter().filter(|rule| winner < rule.priority) {
                if rule.match_result(facts, sender, day) == MatchResult::Matches {
                    *lost.entry(rule.priority).or_default().entry(winner).or_default() += count;
                }
            }
        }
        lost.retain(|rule, _| !deciding.contains(rule));
        lost
    }
}

impl RuleTrial<'_> {
    /// Tries the rule on messages as if they arrived on the first day on which it is valid, and on later ones on which an
    /// earlier rule begins or has ended. It counts as switched on. `None` when it is over.
    #[must_use]
    pub fn on<'m>(&self, messages: impl Iterator<Item = (&'m Facts, u64)>, today: Date) -> Option<Catch> {
        let rule = &Rule { active: true, ..self.rule.clone() };
        let (day, last) = rule.validity.days_from(today)?;
        let mut catch = Catch {
            day,
            messages: 0,
            taken: BTreeMap::new(),
            lost: BTreeMap::new(),
            kinds: Vec::new(),
            later: Vec::new(),
            left_out: 0,
        };
        let mut matching = Vec::new();
        for (facts, count) in messages {
            if self.draft.authority(facts).is_none_or(|authority| authority.cvr != self.authority) {
                continue;
            }
            catch.messages += count;
            if rule.match_result(facts, self.draft.sender_kind(facts), day) == MatchResult::Matches {
                matching.push((facts, count));
            }
        }
        let overtaken = self.overtaken();
        let mut kinds = Vec::new();
        for (facts, count) in &matching {
            if let Some(earlier) = self.decided_earlier(facts, &overtaken, day) {
                *catch.lost.entry(earlier).or_default() += count;
            } else {
                let now = self.published.decide(facts, today).ok();
                *catch.taken.entry(now.as_ref().map(Receiver::of)).or_default() += count;
                kinds.push((*facts, *count));
            }
        }
        // The order is the same every time, even among equally frequent ones.
        kinds.sort_by_cached_key(|(facts, count)| (Reverse(*count), fingerprint(facts)));
        catch.kinds = kinds.into_iter().take(Catch::MAX_KINDS).map(|(facts, count)| (facts.clone(), count)).collect();
        self.look_ahead(&mut catch, &matching, &overtaken, last);
        Some(catch)
    }

    fn look_ahead(&self, catch: &mut Catch, matching: &[(&Facts, u64)], overtaken: &[&Rule], last: Date) {
        let authority = self.draft.book().authority(self.authority);
        let rules = authority.into_iter().flat_map(|it| &it.rules);
        let earlier = rules.filter(|it| self.comes_first(it.priority) && Some(it.priority) != self.replaces);
        let days: BTreeSet<Date> = earlier.flat_map(|it| it.turning_days(catch.day)).filter(|it| *it <= last).collect();
        let most = MAX_DAYS.min(MAX_DECISIONS / matching.len().max(1));
        catch.left_out = days.len().saturating_sub(most);
        let mut before = catch.count();
        for day in days.into_iter().take(most) {
            let is_left = |facts: &Facts| self.decided_earlier(facts, overtaken, day).is_none();
            let count = matching.iter().filter(|(facts, _)| is_left(facts)).map(|(_, count)| count).sum();
            if count != before {
                catch.later.push((day, count));
                before = count;
            }
        }
    }

    /// The rule that decides for a message before this one, which matches it.
    fn decided_earlier(&self, facts: &Facts, overtaken: &[&Rule], day: Date) -> Option<Priority> {
        let Ground::Rule(winner) = self.draft.decide(facts, day).ok()?.ground else { return None };
        if Some(winner.priority) != self.replaces {
            return Some(winner.priority).filter(|winner| self.comes_first(*winner));
        }
        let sender = self.draft.sender_kind(facts);
        let first = overtaken.iter().find(|other| other.match_result(facts, sender, day) == MatchResult::Matches);
        first.map(|other| other.priority)
    }

    /// The rules that would come before it but come after the one that it replaces, in order: the rule moves down past them.
    fn overtaken(&self) -> Vec<&Rule> {
        let authority = self.draft.book().authority(self.authority);
        let rules = authority.map(|it| it.rules_in_order()).unwrap_or_default().into_iter();
        let comes_between =
            |it: &&Rule| self.replaces.is_some_and(|own| own < it.priority) && self.comes_first(it.priority);
        rules.filter(comes_between).collect()
    }

    fn comes_first(&self, other: Priority) -> bool {
        self.before.is_none_or(|before| other < before)
    }
}
