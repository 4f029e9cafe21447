//! What the goals of a recorded lesson may be, from the letters that were sent meanwhile and the rules that were changed.

use std::collections::HashMap;

use jiff::civil::Date;

use super::format::{GoalFile, GuardFile, LettersFile};
use super::goal::wish;
use super::relative_day;
use super::words::WRITERS;
use crate::rules::{Authority, Distributor, Facts, PostType, Priority, Rule, Sender, SenderKind};
use crate::training::{MessageMaker, Wish};

/// A room sees the same messages.
const SEED: u64 = 17;
/// How many letters a proposed goal sends.
const LETTERS: u32 = 8;
/// So many letters of a kind are tried before it is proposed: more than it sends, as it sends others of the kind.
const TRIED: u32 = 24;
/// At most so many kinds of letters are looked at.
const MAX_KINDS: usize = 40;
/// At most so many goals are proposed with letters that go elsewhere than at the start, and so many with others.
const MOST: (usize, usize) = (8, 3);

/// Letters that say the same to rules.
struct Kind {
    facts: Facts,
    count: u64,
    day: Date,
    /// Whether they go elsewhere than at the start.
    moves: bool,
}

/// Proposes goals: letters that were seen, each so often, and where the solution sends them; those that it moves come first. A
/// rule that was changed, and that no letter has shown, is shown by one that it decides.
pub(super) fn proposed_goals(
    seen: &[(Facts, u64)],
    start: &Distributor,
    solution: &Distributor,
    today: Date,
) -> Vec<GoalFile> {
    let Some(authority) = solution.book().authorities.first() else { return Vec::new() };
    let proposing =
        Proposing { start, solution, authority, maker: MessageMaker::new(solution.book(), authority, SEED), today };
    let mut kinds = proposing.kinds(seen);
    kinds.extend(proposing.undecided_rules(&kinds));
    kinds.sort_by_key(|kind| (!kind.moves, std::cmp::Reverse(kind.count), kind.facts.kle.map(|kle| kle.to_string())));
    let mut goals: Vec<(bool, GoalFile)> = Vec::new();
    for kind in kinds.into_iter().take(MAX_KINDS) {
        let most = if kind.moves { MOST.0 } else { MOST.1 };
        if goals.iter().filter(|(moves, _)| *moves == kind.moves).count() == most {
            continue;
        }
        if let Some(goal) = proposing.goal(&kind)
            && goals.iter().all(|(_, known)| (&known.letters, &known.day) != (&goal.letters, &goal.day))
        {
            goals.push((kind.moves, goal));
        }
    }
    let guards = authority.guards.iter().filter(|guard| {
        let known = start.book().authorities.first().into_iter().flat_map(|it| &it.guards);
        !known.into_iter().any(|it| it.name == guard.name)
    });
    let mut goals: Vec<_> = goals.into_iter().map(|(_, goal)| goal).collect();
    for guard in guards {
        let goal = GoalFile {
            guard: Some(GuardFile { fagsystem: guard.fagsystem.as_str().to_owned() }),
            ..GoalFile::default()
        };
        if !goals.contains(&goal) {
            goals.push(goal);
        }
    }
    goals
}

struct Proposing<'a> {
    start: &'a Distributor,
    solution: &'a Distributor,
    authority: &'a Authority,
    maker: MessageMaker,
    today: Date,
}

impl Proposing<'_> {
    fn kinds(&self, seen: &[(Facts, u64)]) -> Vec<Kind> {
        let mut kinds: HashMap<Facts, Kind> = HashMap::new();
        for (facts, count) in seen {
            // A goal's letters come to the authority's first number.
            if facts.recipient != Some(self.authority.cvr) {
                continue;
            }
            let mut like = facts.clone();
            if self.solution.sender_kind(facts) == SenderKind::Company {
                like.sender = Sender::Organisation(None);
            }
            let new = || Kind { facts: facts.clone(), count: 0, day: self.today, moves: self.moves(facts, self.today) };
            kinds.entry(like).or_insert_with(new).count += count;
        }
        kinds.into_values().collect()
    }

    fn moves(&self, facts: &Facts, day: Date) -> bool {
        let goes_to = |rules: &Distributor| rules.decide(facts, day).ok().map(|it| it.fagsystem.id.clone());
        goes_to(self.start) != goes_to(self.solution)
    }

    /// Letters for the rules that differ from those at the start, and that no kind of letter has shown.
    fn undecided_rules(&self, kinds: &[Kind]) -> Vec<Kind> {
        let shown: Vec<Option<Priority>> =
            kinds.iter().filter(|kind| kind.moves).map(|kind| self.decider(kind)).collect();
        let of = |rules: &Distributor| -> Vec<Rule> {
            let authority = rules.book().authorities.first();
            authority.into_iter().flat_map(|it| &it.rules).map(|rule| Rule::clone(rule)).collect()
        };
        let (before, after) = (of(self.start), of(self.solution));
        let unlike = |rule: &&Rule, others: &[Rule]| !others.contains(rule);
        let come = after.iter().filter(|rule| unlike(rule, &before) && !shown.contains(&Some(rule.priority)));
        let come = come.map(|rule| (self.solution, rule));
        let gone = before.iter().filter(|rule| unlike(rule, &after)).map(|rule| (self.start, rule));
        let letters = come.chain(gone).filter_map(|(rules, rule)| {
            let day = rule.validity.from().max(self.today);
            let facts = rules.made_up_message(self.authority.cvr, rule.priority, day)?;
            Some(Kind { moves: self.moves(&facts, day), facts, count: 1, day })
        });
        letters.filter(|kind| kind.moves && !shown.contains(&self.decider(kind))).collect()
    }

    fn decider(&self, kind: &Kind) -> Option<Priority> {
        self.solution.decide(&kind.facts, kind.day).ok()?.ground.priority()
    }

    /// The letters that say the least and all go where the kind goes.
    fn goal(&self, kind: &Kind) -> Option<GoalFile> {
        let fagsystem = self.solution.decide(&kind.facts, kind.day).ok()?.fagsystem.id.clone();
        let letters = self.candidates(kind).into_iter().find(|letters| {
            let Ok(wish) = wish(letters, "") else { return false };
            let group = letters.contact_group.as_ref().filter(|_| letters.contact_point.is_some());
            let wish = Wish { count: TRIED, ..wish };
            self.maker.messages(&wish, 0).all(|mut message| {
                message.letter.to = self.authority.cvr;
                if let (Some(group), Some((_, named))) = (group, &mut message.letter.contact_point) {
                    *named = Some(group.clone());
                }
                let decision = self.solution.decide(&message.letter.facts(), kind.day);
                decision.is_ok_and(|decision| decision.fagsystem.id == fagsystem)
            })
        })?;
        let day = (kind.day != self.today).then(|| relative_day::write(kind.day, self.today));
        Some(GoalFile {
            letters: Some(letters),
            fagsystem: Some(fagsystem.as_str().to_owned()),
            day,
            ..GoalFile::default()
        })
    }

    /// Letters like those, from such as say little to such as say all.
    fn candidates(&self, kind: &Kind) -> Vec<LettersFile> {
        let facts = &kind.facts;
        let mut addressed = LettersFile { count: LETTERS, ..LettersFile::default() };
        match &facts.contact_point {
            Some(point) => {
                let listed = point.id.as_ref().and_then(|id| self.authority.contact_point(id));
                let goes_without_saying = listed.is_some_and(
                    |listed| matches!(&listed.groups[..], [only] if Some(&only.name) == point.group.as_ref()),
                );
                addressed.contact_point = point.id.as_ref().map(|id| id.as_str().to_owned());
                let group = point.group.as_ref().filter(|_| !goes_without_saying);
                addressed.contact_group = group.map(|group| group.as_str().to_owned());
            }
            None => addressed.without.push("kontaktpunkt".to_owned()),
        }
        let mut numbered = addressed.clone();
        numbered.kle = facts.kle.map(|kle| kle.to_string());
        numbered.form = facts.form.filter(|_| facts.kle.is_none()).map(|form| form.to_string());
        if (facts.kle, facts.form) == (None, None) {
            numbered.without.push("nummer".to_owned());
        }
        let writer = self.writer(facts);
        let written = |letters: &LettersFile| LettersFile { writer: writer.map(str::to_owned), ..letters.clone() };
        let post_type = PostType::word(facts.post_type);
        let typed = |letters: LettersFile| LettersFile {
            post_type: facts.post_type.is_some().then(|| post_type.to_owned()),
            ..letters
        };
        let general = if facts.contact_point.is_some() { addressed } else { numbered.clone() };
        let by_writer = written(&general);
        vec![general, by_writer, numbered.clone(), written(&numbered), typed(written(&numbered)), typed(numbered)]
    }

    /// The word for who writes.
    fn writer(&self, facts: &Facts) -> Option<&'static str> {
        match self.solution.sender_kind(facts) {
            SenderKind::Person => Some("borger"),
            SenderKind::Company => Some("virksomhed"),
            SenderKind::Other => None,
            SenderKind::Authority => {
                let is_known = |writer| {
                    let wish = Wish { writer: Some(writer), ..Wish::any(4) };
                    self.maker.messages(&wish, 0).all(|message| message.letter.facts().sender == facts.sender)
                };
                let found = WRITERS.into_iter().find(|(_, writer)| is_known(*writer));
                Some(found.map_or("myndighed", |(word, _)| word))
            }
        }
    }
}
