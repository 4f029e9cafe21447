//! *Ændringer*, and every difference between two books in a sentence.

use std::sync::Arc;

use crate::desktop::language::changes::{
    Change, ContactPointChange, FagsystemChange, GuardChange, KnownAuthorityChange, RuleChange, contact_point,
    fagsystem, guard, known_authority, rule,
};
use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar};
use crate::desktop::language::names::{Names, Registers, fagsystem_name};
use crate::desktop::language::texts::findings::{FindingTexts, RemedyTexts};
use crate::desktop::language::texts::guards::GuardChangeTexts;
use crate::desktop::language::texts::rules::RuleSentence;
use crate::rules::{
    Access, Audience, Authority, Caseless, ContactPoint, Criterion, Cvr, Difference, Endpoint, Fagsystem, FagsystemId,
    FindingKind, Guard, KlePlan, KnownAuthority, Obstacle, PointCode, Priority, Remedy, Rule, RuleBook, Seconds,
    Segment, Subject, Swap,
};

/// *Ændringer*.
#[derive(Debug)]
pub(in crate::desktop) struct ChangesTexts {
    pub title: &'static str,
    pub count: fn(usize, based_on: i64) -> String,
    pub none: &'static str,
    pub drop_all: &'static str,
    pub revert: &'static str,
    pub cannot_revert: fn(&Obstacle) -> String,
    pub behind: fn(based_on: i64, newest: i64) -> String,
    pub carry_over: &'static str,
    pub back_to: fn(i64) -> String,
    /// How many could not be carried over to the newest publication.
    pub carried: Counted,
    pub left_behind: &'static str,
    pub forget: &'static str,
    pub obstacle: fn(&Obstacle) -> String,
    pub publish: &'static str,
    /// To how many fagsystems messages would go unencrypted.
    pub in_clear: Counted,
    pub publish_in_clear: &'static str,
    pub not_in_clear: &'static str,
    pub published: fn(i64) -> String,
    pub effect: &'static str,
    pub working_out: &'static str,
    pub findings: &'static str,
    pub found: Counted,
    /// After the first of this many findings of a kind.
    pub first_of: fn(usize) -> String,
    pub no_findings: &'static str,
    pub finding: FindingTexts,
    /// Where the mail of a rule that expires soon goes then.
    pub expires_then: fn(fagsystems: &str) -> String,
    pub expires_same: &'static str,
    /// Two rules that could be one, and what that would require.
    pub neighbours: fn(rules: &str, which: &str) -> String,
    pub merge: &'static str,
    /// On the button that opens the rule of a finding.
    pub show_rule: &'static str,
    pub remedies: RemedyTexts,
    /// How many pieces of information there are, on the button that shows them.
    pub information: Counted,
    pub hide_information: &'static str,
    pub more: fn(usize) -> String,
    pub note: &'static str,
    pub note_example: &'static str,
    pub note_missing: &'static str,
    pub everywhere: &'static str,
    pub difference: DifferenceTexts,
}

/// What differs between two books.
#[derive(Debug)]
pub(in crate::desktop) struct DifferenceTexts {
    pub grammar: &'static Grammar,
    pub authority_added: fn(name: &str, Cvr, rules: &str) -> String,
    pub authority_removed: fn(name: &str, Cvr) -> String,
    pub authority_renamed: fn(&Change<'_, str>) -> String,
    pub more_cvrs: fn(&Change<'_, str>) -> String,
    pub no_cvrs: &'static str,
    pub default_is: fn(&str) -> String,
    pub default_was: fn(&str) -> String,
    pub default_changed: fn(&Change<'_, str>) -> String,
    pub rules: Counted,
    pub known_authority: KnownAuthorityChangeTexts,
    pub fagsystem: FagsystemChangeTexts,
    pub contact_point: ContactPointChangeTexts,
    pub rule: RuleChangeTexts,
    pub guard: GuardChangeTexts,
}

/// What changes of a known authority.
#[derive(Debug)]
pub(in crate::desktop) struct KnownAuthorityChangeTexts {
    pub nameless: fn(Cvr) -> String,
    pub named: fn(Cvr, name: &str) -> String,
    pub added: fn(authority: &str) -> String,
    pub removed: fn(authority: &str) -> String,
    pub renamed: fn(Cvr, name: &str) -> String,
    pub loses_name: fn(Cvr, name: &str) -> String,
}

/// What changes of a fagsystem: one text for each [`FagsystemChange`].
#[derive(Debug)]
pub(in crate::desktop) struct FagsystemChangeTexts {
    pub added: fn(name: &str, endpoint: &str) -> String,
    pub added_with: fn(access: &str) -> String,
    pub added_paused: &'static str,
    pub removed: fn(name: &str) -> String,
    pub changed: fn(name: &str, changes: &str) -> String,
    pub name: fn(&str) -> String,
    pub endpoint: fn(&Change<'_, str>) -> String,
    pub access: fn(&Change<'_, str>) -> String,
    pub access_kind: fn(&Access) -> String,
    pub paused: &'static str,
    pub resumed: &'static str,
    pub connect_limit: fn(&str) -> String,
    pub answer_limit: fn(&str) -> String,
    pub seconds: fn(u16) -> String,
    /// The limit of one that has none of its own.
    pub routers_limit: &'static str,
    pub contact: fn(&str) -> String,
    pub no_contact: &'static str,
    pub note: fn(&str) -> String,
    pub no_note: &'static str,
}

/// What changes of a contact point: one text for each [`ContactPointChange`].
#[derive(Debug)]
pub(in crate::desktop) struct ContactPointChangeTexts {
    pub added: fn(name: &str) -> String,
    pub removed: fn(name: &str) -> String,
    pub changed: fn(name: &str, changes: &str) -> String,
    pub title: fn(name: &str) -> String,
    pub id: fn(&Caseless) -> String,
    pub no_groups: &'static str,
    pub group: fn(&str) -> String,
    pub groups: fn(&str) -> String,
    pub description: &'static str,
    pub no_description: &'static str,
    pub active: &'static str,
    pub not_active: &'static str,
    pub visible: &'static str,
    pub hidden: &'static str,
    pub audience: fn(Audience) -> &'static str,
    pub audiences: fn(&str) -> String,
    pub no_audiences: &'static str,
    pub largest: fn(&str) -> String,
    pub no_largest: &'static str,
    pub most_attachments: fn(u32) -> String,
    pub no_most_attachments: &'static str,
    pub code: fn(&str) -> String,
    pub codes: fn(&str) -> String,
    pub no_codes: &'static str,
    pub search_term: fn(&str) -> String,
    pub search_terms: fn(&str) -> String,
    pub no_search_terms: &'static str,
    pub fields: fn(&str) -> String,
    pub no_fields: &'static str,
}

/// What changes of a rule: one text for each [`RuleChange`].
#[derive(Debug)]
pub(in crate::desktop) struct RuleChangeTexts {
    pub sentence: RuleSentence,
    pub added: fn(Priority, sentence: &str) -> String,
    pub removed: fn(Priority, sentence: &str) -> String,
    pub changed: fn(Priority, changes: &str) -> String,
    /// What a criterion looks at, with the plain name of its value.
    pub criterion_words: fn(&Criterion, value: &str) -> String,
    pub whom: fn(Segment) -> &'static str,
    pub priority: fn(Priority) -> String,
    pub fagsystem: fn(criterion: &str, &Change<'_, str>) -> String,
    pub criterion: fn(&Change<'_, str>) -> String,
    pub spelling: fn(&Change<'_, str>) -> String,
    pub segment: fn(&Change<'_, str>) -> String,
    pub validity: fn(&Change<'_, str>) -> String,
    pub switched_on: &'static str,
    pub switched_off: &'static str,
    pub note: fn(&str) -> String,
    pub no_note: &'static str,
}

/// The authority in the two books that are compared.
#[derive(Clone, Copy)]
struct Sides<'a> {
    before: Option<Names<'a>>,
    after: Option<Names<'a>>,
}

impl Sides<'_> {
    /// What a fagsystem is called, after and before: either side may know it.
    fn fagsystem(&self, id: &FagsystemId) -> String {
        let known = [self.after, self.before].into_iter().flatten().find(|it| it.authority.fagsystem(id).is_some());
        known.map_or_else(|| id.to_string(), |names| fagsystem_name(names.authority, id).to_owned())
    }

    /// The plain name of a criterion's value.
    fn value(&self, criterion: &Criterion) -> String {
        let knows = |names: &Names<'_>| match criterion {
            Criterion::ContactPoint(id) => names.authority.contact_point(id).is_some(),
            _ => true,
        };
        let mut sides = [self.after, self.before].into_iter().flatten();
        let side = sides.find(knows).or(self.after).or(self.before);
        side.and_then(|names| names.value(criterion)).unwrap_or_default()
    }
}

impl ChangesTexts {
    /// A difference between two books as one sentence.
    pub fn sentence(&self, kle: &KlePlan, books: [&RuleBook; 2], difference: &Difference) -> String {
        self.difference.sentence(kle, books, difference)
    }

    /// What the check of the rules finds, in a sentence or two.
    pub fn finding(&self, authority: &Authority, finding: &FindingKind) -> String {
        self.finding.of(authority, finding)
    }

    /// What would mend a finding, as a button says it.
    pub fn remedy(&self, remedy: Remedy) -> String {
        self.remedies.of(remedy)
    }
}

impl DifferenceTexts {
    fn sentence(&self, kle: &KlePlan, [before, after]: [&RuleBook; 2], difference: &Difference) -> String {
        fn side<'a>(cvr: Option<Cvr>, book: &'a RuleBook, kle: &'a KlePlan) -> Option<Names<'a>> {
            Some(Names { authority: book.authority(cvr?)?, registers: Registers { book, kle } })
        }
        let cvr = difference.authority;
        let sides = Sides { before: side(cvr, before, kle), after: side(cvr, after, kle) };
        match &difference.subject {
            Subject::KnownAuthority(swap) => self.known_authority(swap),
            Subject::Authority(swap) => self.authority(swap),
            Subject::Name(swap) => both(swap, String::clone, self.authority_renamed),
            Subject::MoreCvrs(Swap { before, after }) => {
                (self.more_cvrs)(&Change { before: &self.cvrs(before.as_deref()), after: &self.cvrs(after.as_deref()) })
            }
            Subject::DefaultFagsystem(Swap { before: None, after: Some(id) }) => {
                (self.default_is)(&sides.fagsystem(id))
            }
            Subject::DefaultFagsystem(Swap { before: Some(id), after: None }) => {
                (self.default_was)(&sides.fagsystem(id))
            }
            Subject::DefaultFagsystem(swap) => both(swap, |id| sides.fagsystem(id), self.default_changed),
            Subject::Fagsystem(swap) => self.fagsystem(swap),
            Subject::ContactPoint(swap) => self.contact_point(swap),
            Subject::Rule(swap) => self.rule(&sides, swap),
            Subject::Guard(swap) => self.guard(&sides, swap),
        }
    }

    fn authority(&self, swap: &Swap<Authority>) -> String {
        match (&swap.before, &swap.after) {
            (_, Some(new)) => (self.authority_added)(&new.name, new.cvr, &self.rules.of(new.rules.len())),
            (Some(old), None) => (self.authority_removed)(&old.name, old.cvr),
            (None, None) => String::new(),
        }
    }

    fn cvrs(&self, cvrs: Option<&[Cvr]>) -> String {
        match cvrs {
            None | Some([]) => self.no_cvrs.to_owned(),
            Some(cvrs) => cvrs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        }
    }

    fn known_authority(&self, swap: &Swap<KnownAuthority>) -> String {
        let words = &self.known_authority;
        let whose = |it: &KnownAuthority| match it.name.as_str() {
            "" => (words.nameless)(it.cvr),
            name => (words.named)(it.cvr, name),
        };
        match (&swap.before, &swap.after) {
            (None, Some(new)) => (words.added)(&whose(new)),
            (Some(old), None) => (words.removed)(&whose(old)),
            (Some(old), Some(new)) => {
                let changes = known_authority(old, new).into_iter().map(|change| match change {
                    KnownAuthorityChange::Name(Change { before, after: "" }) => (words.loses_name)(new.cvr, before),
                    KnownAuthorityChange::Name(Change { after, .. }) => (words.renamed)(new.cvr, after),
                });
                changes.collect()
            }
            (None, None) => String::new(),
        }
    }

    fn fagsystem(&self, swap: &Swap<Fagsystem>) -> String {
        let words = &self.fagsystem;
        match (&swap.before, &swap.after) {
            (None, Some(new)) => words.added(new),
            (Some(old), None) => (words.removed)(&old.name),
            (Some(old), Some(new)) => {
                let changes: Vec<_> = fagsystem(old, new).iter().map(|change| words.change(change)).collect();
                (words.changed)(&old.name, &self.grammar.joined(&changes))
            }
            (None, None) => String::new(),
        }
    }

    fn contact_point(&self, swap: &Swap<ContactPoint>) -> String {
        let words = &self.contact_point;
        match (&swap.before, &swap.after) {
            (None, Some(new)) => (words.added)(name(new)),
            (Some(old), None) => (words.removed)(name(old)),
            (Some(old), Some(new)) => {
                let change = |change: &_| words.change(self.grammar, name(new), change);
                let changes: Vec<_> = contact_point(old, new).iter().map(change).collect();
                (words.changed)(name(old), &self.grammar.joined(&changes))
            }
            (None, None) => String::new(),
        }
    }

    fn guard(&self, sides: &Sides<'_>, swap: &Swap<Guard>) -> String {
        let words = &self.guard;
        match (&swap.before, &swap.after) {
            (None, Some(new)) => {
                let day = new.day.map(date_text);
                (words.added)(&new.name, &sides.fagsystem(&new.fagsystem), day.as_deref())
            }
            (Some(old), None) => (words.removed)(&old.name),
            (Some(old), Some(new)) => {
                let changes: Vec<_> = guard(old, new)
                    .iter()
                    .map(|change| match change {
                        GuardChange::Fagsystem(it) => worded(it, |id| sides.fagsystem(id), words.fagsystem),
                        GuardChange::Day(Some(day)) => (words.day)(&date_text(*day)),
                        GuardChange::Day(None) => words.every_day.to_owned(),
                        GuardChange::Message => words.message.to_owned(),
                    })
                    .collect();
                (words.changed)(&old.name, &self.grammar.joined(&changes))
            }
            (None, None) => String::new(),
        }
    }

    fn rule(&self, sides: &Sides<'_>, swap: &Swap<Arc<Rule>>) -> String {
        let words = &self.rule;
        let whole =
            |names: Option<Names<'_>>, rule| names.map_or_else(String::new, |names| words.sentence.of(names, rule));
        match (&swap.before, &swap.after) {
            (None, Some(new)) => (words.added)(new.priority, &whole(sides.after, new)),
            (Some(old), None) => (words.removed)(old.priority, &whole(sides.before, old)),
            (Some(old), Some(new)) => {
                let changes = rule(old, new);
                let mut parts: Vec<_> = changes.iter().map(|change| words.change(sides, new, change)).collect();
                if let [RuleChange::Priority(_)] = changes.as_slice() {
                    // Its number alone would not say which rule it is.
                    parts[0] = format!("{}: {}", parts[0], words.looks_at(sides, &new.criterion));
                }
                (words.changed)(old.priority, &self.grammar.joined(&parts))
            }
            (None, None) => String::new(),
        }
    }
}

impl FagsystemChangeTexts {
    fn added(&self, new: &Fagsystem) -> String {
        let added = (self.added)(&new.name, &new.endpoint.in_full());
        let access =
            if new.access.is_open() { String::new() } else { (self.added_with)(&(self.access_kind)(&new.access)) };
        let paused = if new.active { "" } else { self.added_paused };
        format!("{added}{access}{paused}")
    }

    fn change(&self, change: &FagsystemChange<'_>) -> String {
        use FagsystemChange as It;
        match change {
            It::Name(name) => (self.name)(name),
            It::Endpoint(it) => worded(it, Endpoint::in_full, self.endpoint),
            It::Access(it) => worded(it, self.access_kind, self.access),
            It::IsActive(false) => self.paused.to_owned(),
            It::IsActive(true) => self.resumed.to_owned(),
            It::ConnectLimit(limit) => (self.connect_limit)(&self.limit(*limit)),
            It::AnswerLimit(limit) => (self.answer_limit)(&self.limit(*limit)),
            It::Contact("") => self.no_contact.to_owned(),
            It::Contact(contact) => (self.contact)(contact),
            It::Note("") => self.no_note.to_owned(),
            It::Note(note) => (self.note)(note),
        }
    }

    fn limit(&self, limit: Option<Seconds>) -> String {
        limit.map_or_else(|| self.routers_limit.to_owned(), |limit| (self.seconds)(limit.get()))
    }
}

impl ContactPointChangeTexts {
    fn change(&self, grammar: &Grammar, name: &str, change: &ContactPointChange<'_>) -> String {
        use ContactPointChange as It;
        match change {
            It::Title => (self.title)(name),
            It::Id(id) => (self.id)(id),
            It::Groups([]) => self.no_groups.to_owned(),
            It::Groups([group]) => (self.group)(&group.to_string()),
            It::Groups(groups) => (self.groups)(&grammar.joined(groups)),
            It::HasDescription(true) => self.description.to_owned(),
            It::HasDescription(false) => self.no_description.to_owned(),
            It::IsActive(true) => self.active.to_owned(),
            It::IsActive(false) => self.not_active.to_owned(),
            It::IsVisible(true) => self.visible.to_owned(),
            It::IsVisible(false) => self.hidden.to_owned(),
            It::Audiences([]) => self.no_audiences.to_owned(),
            It::Audiences(audiences) => {
                let audiences: Vec<_> = audiences.iter().map(|it| (self.audience)(*it)).collect();
                (self.audiences)(&grammar.joined(&audiences))
            }
            It::Largest(Some(largest)) => (self.largest)(&grammar.megabytes(*largest)),
            It::Largest(None) => self.no_largest.to_owned(),
            It::MostAttachments(Some(most)) => (self.most_attachments)(*most),
            It::MostAttachments(None) => self.no_most_attachments.to_owned(),
            It::Codes([]) => self.no_codes.to_owned(),
            It::Codes([one]) => (self.code)(&code(one)),
            It::Codes(codes) => (self.codes)(&grammar.joined(&codes.iter().map(code).collect::<Vec<_>>())),
            It::SearchTerms([]) => self.no_search_terms.to_owned(),
            It::SearchTerms([term]) => (self.search_term)(term),
            It::SearchTerms(terms) => (self.search_terms)(&grammar.joined(terms)),
            It::Fields([]) => self.no_fields.to_owned(),
            It::Fields(fields) => (self.fields)(&grammar.joined(fields)),
        }
    }
}

impl RuleChangeTexts {
    fn change(&self, sides: &Sides<'_>, new: &Rule, change: &RuleChange<'_>) -> String {
        use RuleChange as It;
        let fagsystem = |criterion: String| move |change: &Change<'_, str>| (self.fagsystem)(&criterion, change);
        match change {
            It::Priority(priority) => (self.priority)(*priority),
            It::Fagsystem(it) => worded(it, |id| sides.fagsystem(id), fagsystem(self.looks_at(sides, &new.criterion))),
            It::Criterion(it) => worded(it, |criterion| self.looks_at(sides, criterion), self.criterion),
            It::Spelling(it) => (self.spelling)(it),
            It::Segment(it) => worded(it, |segment| (self.whom)(*segment).to_owned(), self.segment),
            It::Validity(it) => worded(it, |validity| self.sentence.validity(*validity), self.validity),
            It::IsActive(true) => self.switched_on.to_owned(),
            It::IsActive(false) => self.switched_off.to_owned(),
            It::Note("") => self.no_note.to_owned(),
            It::Note(note) => (self.note)(note),
        }
    }

    fn looks_at(&self, sides: &Sides<'_>, criterion: &Criterion) -> String {
        (self.criterion_words)(criterion, &sides.value(criterion))
    }
}

/// Words for both sides of a change, within a text.
fn worded<T: ?Sized>(
    change: &Change<'_, T>,
    words: impl Fn(&T) -> String,
    text: impl Fn(&Change<'_, str>) -> String,
) -> String {
    text(&Change { before: &words(change.before), after: &words(change.after) })
}

/// The same of a difference that always has both sides, but in [parts](Difference::parts) of a whole authority.
fn both<T>(swap: &Swap<T>, words: impl Fn(&T) -> String, text: impl Fn(&Change<'_, str>) -> String) -> String {
    let side = |side: &Option<T>| side.as_ref().map(&words).unwrap_or_default();
    text(&Change { before: &side(&swap.before), after: &side(&swap.after) })
}

fn name(point: &ContactPoint) -> &str {
    if point.title.is_empty() { point.id.as_str() } else { &point.title }
}

/// "KLE 28.06 (Day care)".
fn code(code: &PointCode) -> String {
    let name = if code.name.is_empty() { String::new() } else { format!(" ({})", code.name) };
    format!("{} {}{name}", code.kind, code.code)
}
