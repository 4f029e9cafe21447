//! A reading of the rules as the domain's description puts them, one rule after the other, without any index.
//!
//! It works on the texts that people write, not on the values that the program reads from them: numbers are cut at their
//! dots, names compared letter by letter.

use jiff::civil::Date;
use postfordeler::rules::{
    Authority, Caseless, Criterion, Cvr, Facts, MatchResult, PostType, Rule, RuleBook, Segment, Sender, SenderKind,
};

/// Authority, fagsystem and deciding priority; `None` when the recipient is none of the authorities.
pub fn decision(book: &RuleBook, facts: &Facts, day: Date) -> Option<(String, String, Option<u32>)> {
    let authority = recipient(book, facts)?;
    let mut best: Option<&Rule> = None;
    for rule in &authority.rules {
        let lower = best.is_none_or(|best| rule.priority.get() < best.priority.get());
        if lower && match_result(book, rule, facts, day) == MatchResult::Matches {
            best = Some(rule);
        }
    }
    let fagsystem = best.map_or(&authority.default_fagsystem, |rule| &rule.fagsystem);
    Some((authority.cvr.to_string(), fagsystem.to_string(), best.map(|rule| rule.priority.get())))
}

/// Every rule of the recipient in the order of priority, with its result.
pub fn match_results<'a>(book: &'a RuleBook, facts: &Facts, day: Date) -> Vec<(&'a Rule, MatchResult)> {
    let Some(authority) = recipient(book, facts) else { return Vec::new() };
    let mut rules: Vec<_> =
        authority.rules.iter().map(|rule| (rule.as_ref(), match_result(book, rule, facts, day))).collect();
    for (rule, match_result) in &mut rules {
        if *match_result == MatchResult::FactMissing && is_in_group_by_the_register(authority, rule, facts) {
            *match_result = MatchResult::GroupNotNamed;
        }
    }
    rules.sort_by_key(|(rule, _)| rule.priority.get());
    rules
}

fn is_in_group_by_the_register(authority: &Authority, rule: &Rule, facts: &Facts) -> bool {
    let Criterion::ContactGroup(group) = &rule.criterion else { return false };
    let Some(id) = facts.contact_point.as_ref().and_then(|point| point.id.as_ref()) else { return false };
    let listed = authority.contact_points.iter().find(|point| point.id == *id);
    listed.is_some_and(|point| point.groups.iter().any(|own| own.name == *group))
}

/// Who the sender is: a CVR sender is an authority when it is one of ours, a known one, or has a contact point.
pub fn sender_kind(book: &RuleBook, facts: &Facts) -> SenderKind {
    let is_ours = |cvr: Cvr| book.authorities.iter().any(|it| it.cvr == cvr || it.more_cvrs.contains(&cvr));
    match facts.sender {
        Sender::Person => SenderKind::Person,
        Sender::Other => SenderKind::Other,
        Sender::Organisation(_) if facts.sender_has_contact_point => SenderKind::Authority,
        Sender::Organisation(Some(cvr)) if is_ours(cvr) || book.known_authorities.iter().any(|it| it.cvr == cvr) => {
            SenderKind::Authority
        }
        Sender::Organisation(_) => SenderKind::Company,
    }
}

fn recipient<'a>(book: &'a RuleBook, facts: &Facts) -> Option<&'a Authority> {
    let cvr = facts.recipient?;
    book.authorities.iter().find(|it| it.cvr == cvr || it.more_cvrs.contains(&cvr))
}

/// The reasons in the order in which the program promises to give the first one.
fn match_result(book: &RuleBook, rule: &Rule, facts: &Facts, day: Date) -> MatchResult {
    let (from, to) = (rule.validity.from(), rule.validity.to());
    if from > day {
        return MatchResult::NotYetValid { from };
    }
    if let Some(to) = to
        && day > to
    {
        return MatchResult::Expired { to };
    }
    if !rule.active {
        return MatchResult::SwitchedOff;
    }
    let sender = sender_kind(book, facts);
    let in_segment = match rule.segment {
        Segment::Everyone => true,
        Segment::Person => sender == SenderKind::Person,
        Segment::Company => sender == SenderKind::Company,
        Segment::Authority => sender == SenderKind::Authority,
    };
    if !in_segment {
        return MatchResult::OtherSegment { wanted: rule.segment };
    }
    match has_value(&rule.criterion, facts) {
        Some(true) => MatchResult::Matches,
        Some(false) => MatchResult::OtherValue,
        None => MatchResult::FactMissing,
    }
}

/// Whether a rule that is switched on is for such senders and such a message, whatever the day.
pub fn matches(book: &RuleBook, rule: &Rule, facts: &Facts) -> bool {
    match_result(book, rule, facts, rule.validity.from()) == MatchResult::Matches
}

fn has_value(criterion: &Criterion, facts: &Facts) -> Option<bool> {
    let lower = |name: &Caseless| {
        let ascii = name.as_str().to_ascii_lowercase();
        [("Æ", "æ"), ("Ø", "ø"), ("Å", "å")].iter().fold(ascii, |name, (upper, lower)| name.replace(upper, lower))
    };
    let same = |one: &Caseless, other: &Caseless| lower(one) == lower(other);
    let point = facts.contact_point.as_ref();
    match criterion {
        Criterion::ContactPoint(wanted) => point.and_then(|it| it.id.as_ref()).map(|id| same(id, wanted)),
        Criterion::ContactGroup(wanted) => point.and_then(|it| it.group.as_ref()).map(|name| same(name, wanted)),
        Criterion::SenderCvr(wanted) => match facts.sender {
            Sender::Organisation(Some(cvr)) => Some(cvr == *wanted),
            _ => None,
        },
        Criterion::RecipientCvr(wanted) => facts.recipient.map(|cvr| cvr == *wanted),
        Criterion::Kle(wanted) => facts.kle.map(|number| lies_in(&number.to_string(), &wanted.to_string(), 3)),
        Criterion::Form(wanted) => facts.form.map(|number| lies_in(&number.to_string(), &wanted.to_string(), 4)),
        Criterion::NoContactPoint(wanted) => Some(point.is_none() && names(facts.post_type, *wanted)),
    }
}

fn names(post_type: Option<PostType>, wanted: PostType) -> bool {
    post_type.is_some_and(|it| it == wanted)
}

/// Part by part, as numbers, ends included. A short first end begins at its first number, a short last one reaches to
/// its last; a message's short number is that group's "i almindelighed".
fn lies_in(number: &str, interval: &str, parts: usize) -> bool {
    let cut = |text: &str, filler: u32| {
        let mut numbers: Vec<u32> = text.trim().split('.').map(|part| part.parse().expect("two digits")).collect();
        numbers.resize(parts, filler);
        numbers
    };
    let (from, to) = interval.split_once('-').unwrap_or((interval, interval));
    let number = cut(number, 0);
    cut(from, 0) <= number && number <= cut(to, 99)
}
