use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;

use super::effect::Receiver;
use crate::rules::book::{Priority, Rule};
use crate::rules::deciding::{Distributor, Ground, MatchResult};
use crate::rules::facts::Facts;
use crate::rules::values::Cvr;

/// A rule that is tried on past messages before it is there.
#[derive(Debug, Clone, Copy)]
pub struct RuleTrial<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The authority that it is to be a rule of.
    pub authority: Cvr,
    /// The rule that it takes the place of.
    pub replaces: Option<Priority>,
    /// The first of the other rules that would come after it, by the number that it has now; `None`: it would be the
    /// last.
    pub before: Option<Priority>,
    /// What would decide besides it: the draft, in which it is not yet, or as `replaces`.
    pub draft: &'a Distributor,
    /// What decides now.
    pub published: &'a Distributor,
}

/// Which past messages a rule would take that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catch {
    /// The day that this is about: the first one on which the rule counts, today or later.
    pub day: Date,
    /// How many messages to the authority were tried.
    pub messages: u64,
    /// How many it would take, by where they go now, today; `None` stands for those that are refused now.
    pub taken: BTreeMap<Option<Receiver>, u64>,
    /// How many fit the rule, and an earlier one takes them, by that rule's number.
    pub lost: Lost,
    /// What the messages said that it would take, the most frequent first, and how often; no more than
    /// [`Catch::MOST_KINDS`].
    pub kinds: Vec<(Facts, u64)>,
    /// How many it would take from a later day on; only days from which it is another number than before.
    pub later: Vec<(Date, u64)>,
    /// On so many more days earlier rules begin or end; what comes of that has not been worked out.
    pub left_out: usize,
}

impl Catch {
    /// How many kinds of messages are told apart.
    pub const MOST_KINDS: usize = 4;

    /// How many messages it would take on the day.
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

/// On so many later days it is worked out at most.
const MOST_DAYS: usize = 60;
/// So many times messages are decided for later days at most: this is worked out while somebody types.
const MOST_DECISIONS: usize = 100_000;

/// How many messages fit a rule that takes none of them, by the earlier rule that does.
pub type Lost = BTreeMap<Priority, u64>;

impl Distributor {
    /// Of those rules of an authority, the ones that would take none of the messages if they came on that day, though
    /// some fit them, each with the rules that take these.
    #[must_use]
    pub fn left_with_none<'m>(
        &self,
        authority: Cvr,
        rules: &[&Rule],
        messages: impl Iterator<Item = (&'m Facts, u64)>,
        day: Date,
    ) -> BTreeMap<Priority, Lost> {
        let mut lost: BTreeMap<Priority, Lost> = BTreeMap::new();
        let mut taking: BTreeSet<Priority> = BTreeSet::new();
        for (facts, count) in messages {
            let Ok(decision) = self.decide(facts, day) else { continue };
            let Some(winner) = decision.ground.priority().filter(|_| decision.authority.cvr == authority) else {
                continue;
            };
            taking.insert(winner);
            let sender = self.sender_kind(facts);
            for rule in rules.iter().filter(|rule| winner < rule.priority) {
                if rule.match_result(facts, sender, day) == MatchResult::Matches {
                    *lost.entry(rule.priority).or_default().entry(winner).or_default() += count;
                }
            }
        }
        lost.retain(|rule, _| !taking.contains(rule));
        lost
    }
}

impl RuleTrial<'_> {
    /// Tries the rule on messages as if they came on the first day on which it counts, and on each later one on which
    /// an earlier rule begins or has ended; whether it is switched on does not matter. `None` when it is over.
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
        let mut fitting = Vec::new();
        for (facts, count) in messages {
            if self.draft.authority(facts).is_none_or(|authority| authority.cvr != self.authority) {
                continue;
            }
            catch.messages += count;
            if rule.match_result(facts, self.draft.sender_kind(facts), day) == MatchResult::Matches {
                fitting.push((facts, count));
            }
        }
        let overtaken = self.overtaken();
        let mut kinds = Vec::new();
        for (facts, count) in &fitting {
            if let Some(earlier) = self.taken_before(facts, &overtaken, day) {
                *catch.lost.entry(earlier).or_default() += count;
            } else {
                let now = self.published.decide(facts, today).ok();
                *catch.taken.entry(now.as_ref().map(Receiver::of)).or_default() += count;
                kinds.push((*facts, *count));
            }
        }
        // The same order every time, also of those that came equally often.
        kinds.sort_by_cached_key(|(facts, count)| (Reverse(*count), fingerprint(facts)));
        catch.kinds = kinds.into_iter().take(Catch::MOST_KINDS).map(|(facts, count)| (facts.clone(), count)).collect();
        self.look_ahead(&mut catch, &fitting, &overtaken, last);
        Some(catch)
    }

    fn look_ahead(&self, catch: &mut Catch, fitting: &[(&Facts, u64)], overtaken: &[&Rule], last: Date) {
        let authority = self.draft.book().authority(self.authority);
        let rules = authority.into_iter().flat_map(|it| &it.rules);
        let earlier = rules.filter(|it| self.comes_first(it.priority) && Some(it.priority) != self.replaces);
        let days: BTreeSet<Date> = earlier.flat_map(|it| it.turning_days(catch.day)).filter(|it| *it <= last).collect();
        let most = MOST_DAYS.min(MOST_DECISIONS / fitting.len().max(1));
        catch.left_out = days.len().saturating_sub(most);
        let mut before = catch.count();
        for day in days.into_iter().take(most) {
            let is_left = |facts: &Facts| self.taken_before(facts, overtaken, day).is_none();
            let count = fitting.iter().filter(|(facts, _)| is_left(facts)).map(|(_, count)| count).sum();
            if count != before {
                catch.later.push((day, count));
                before = count;
            }
        }
    }

    /// The rule that takes a message before this one, which fits it.
    fn taken_before(&self, facts: &Facts, overtaken: &[&Rule], day: Date) -> Option<Priority> {
        let Ground::Rule(winner) = self.draft.decide(facts, day).ok()?.ground else { return None };
        if Some(winner.priority) != self.replaces {
            return Some(winner.priority).filter(|winner| self.comes_first(*winner));
        }
        let sender = self.draft.sender_kind(facts);
        let first = overtaken.iter().find(|other| other.match_result(facts, sender, day) == MatchResult::Matches);
        first.map(|other| other.priority)
    }

    /// The rules that would come before it, though they come after what it takes the place of; in their order.
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
