//! What differs between two books, decided once for all languages: the texts only word these changes.
//!
//! Each comparison names every field of what it compares. A new field does not compile before it is decided here how it
//! differs, and a new change does not compile before every language has words for it.

use jiff::civil::Date;

use crate::rules::{
    Access, Audience, Caseless, ContactGroup, ContactPoint, Criterion, Endpoint, Fagsystem, FagsystemId, Guard,
    KnownAuthority, Megabytes, PointCode, PointDetails, Priority, Rule, Seconds, Segment, TimeLimits, Validity,
};

/// A value as it was and as it is.
#[derive(Debug)]
pub(in crate::desktop) struct Change<'a, T: ?Sized> {
    pub before: &'a T,
    pub after: &'a T,
}

impl<'a, T: PartialEq + ?Sized> Change<'a, T> {
    /// `None` where it has not changed.
    fn of(before: &'a T, after: &'a T) -> Option<Self> {
        (before != after).then_some(Self { before, after })
    }
}

/// What can change of a known authority.
#[derive(Debug)]
pub(super) enum KnownAuthorityChange<'a> {
    Name(Change<'a, str>),
}

pub(super) fn known_authority<'a>(
    before: &'a KnownAuthority,
    after: &'a KnownAuthority,
) -> Vec<KnownAuthorityChange<'a>> {
    // Known by its number.
    let KnownAuthority { cvr: _, name } = after;
    Change::of(before.name.as_str(), name).map(KnownAuthorityChange::Name).into_iter().collect()
}

/// What can change of a fagsystem.
#[derive(Debug)]
pub(super) enum FagsystemChange<'a> {
    Name(&'a str),
    Endpoint(Change<'a, Endpoint>),
    Access(Change<'a, Access>),
    IsActive(bool),
    ConnectLimit(Option<Seconds>),
    AnswerLimit(Option<Seconds>),
    Contact(&'a str),
    Note(&'a str),
}

pub(super) fn fagsystem<'a>(before: &'a Fagsystem, after: &'a Fagsystem) -> Vec<FagsystemChange<'a>> {
    use FagsystemChange as It;
    // Known by its id.
    let Fagsystem { id: _, name, endpoint, active, access, limits, contact, note } = after;
    let TimeLimits { connect, answer } = limits;
    let changes = [
        (before.name != *name).then_some(It::Name(name)),
        Change::of(&before.endpoint, endpoint).map(It::Endpoint),
        Change::of(&before.access, access).map(It::Access),
        (before.active != *active).then_some(It::IsActive(*active)),
        (before.limits.connect != *connect).then_some(It::ConnectLimit(*connect)),
        (before.limits.answer != *answer).then_some(It::AnswerLimit(*answer)),
        (before.contact != *contact).then_some(It::Contact(contact)),
        (before.note != *note).then_some(It::Note(note)),
    ];
    changes.into_iter().flatten().collect()
}

/// What can change of a contact point.
#[derive(Debug)]
pub(super) enum ContactPointChange<'a> {
    /// It has another title, or none any more.
    Title,
    /// Its id is written in other letters.
    Id(&'a Caseless),
    Groups(&'a [ContactGroup]),
    HasDescription(bool),
    IsActive(bool),
    IsVisible(bool),
    Audiences(&'a [Audience]),
    Largest(Option<Megabytes>),
    MostAttachments(Option<u32>),
    Codes(&'a [PointCode]),
    SearchTerms(&'a [String]),
    Fields(&'a [String]),
}

pub(super) fn contact_point<'a>(before: &'a ContactPoint, after: &'a ContactPoint) -> Vec<ContactPointChange<'a>> {
    use ContactPointChange as It;
    let ContactPoint { id, groups, title, details } = after;
    let PointDetails {
        description,
        audiences,
        largest,
        most_attachments,
        is_active,
        is_visible,
        codes,
        search_terms,
        fields,
    } = details;
    let path = |group: &ContactGroup| group.path().map(|name| name.as_str().to_owned()).collect::<Vec<_>>();
    let old = &before.details;
    let changes = [
        (before.title != *title).then_some(It::Title),
        (before.id.as_str() != id.as_str()).then_some(It::Id(id)),
        (!same(&before.groups, groups, path)).then_some(It::Groups(groups)),
        (old.description != *description).then_some(It::HasDescription(!description.is_empty())),
        (old.is_active != *is_active).then_some(It::IsActive(*is_active)),
        (old.is_visible != *is_visible).then_some(It::IsVisible(*is_visible)),
        (!same(&old.audiences, audiences, |it| *it)).then_some(It::Audiences(audiences)),
        (old.largest != *largest).then_some(It::Largest(*largest)),
        (old.most_attachments != *most_attachments).then_some(It::MostAttachments(*most_attachments)),
        (!same(&old.codes, codes, Clone::clone)).then_some(It::Codes(codes)),
        (!same(&old.search_terms, search_terms, Clone::clone)).then_some(It::SearchTerms(search_terms)),
        (old.fields != *fields).then_some(It::Fields(fields)),
    ];
    changes.into_iter().flatten().collect()
}

/// What can change of a guard.
#[derive(Debug)]
pub(super) enum GuardChange<'a> {
    Fagsystem(Change<'a, FagsystemId>),
    Day(Option<Date>),
    Message,
}

pub(super) fn guard<'a>(before: &'a Guard, after: &'a Guard) -> Vec<GuardChange<'a>> {
    use GuardChange as It;
    // Known by its name. The message differs also where a name in it is written in other letters.
    let Guard { name: _, fagsystem, day, facts: _ } = after;
    let changes =
        [Change::of(&before.fagsystem, fagsystem).map(It::Fagsystem), (before.day != *day).then_some(It::Day(*day))];
    let mut changes: Vec<_> = changes.into_iter().flatten().collect();
    if before.facts != after.facts || changes.is_empty() {
        changes.push(It::Message);
    }
    changes
}

/// What can change of a rule.
#[derive(Debug)]
pub(super) enum RuleChange<'a> {
    Priority(Priority),
    Fagsystem(Change<'a, FagsystemId>),
    Criterion(Change<'a, Criterion>),
    /// It looks for the same name, which is written in other letters.
    Spelling(Change<'a, str>),
    Segment(Change<'a, Segment>),
    Validity(Change<'a, Validity>),
    IsActive(bool),
    Note(&'a str),
}

pub(super) fn rule<'a>(before: &'a Rule, after: &'a Rule) -> Vec<RuleChange<'a>> {
    use RuleChange as It;
    let Rule { priority, fagsystem, segment, criterion, validity, active, note } = after;
    let spelling = Change::of(name(&before.criterion), name(criterion)).filter(|_| before.criterion == *criterion);
    let changes = [
        (before.priority != *priority).then_some(It::Priority(*priority)),
        Change::of(&before.fagsystem, fagsystem).map(It::Fagsystem),
        Change::of(&before.criterion, criterion).map(It::Criterion),
        spelling.map(It::Spelling),
        Change::of(&before.segment, segment).map(It::Segment),
        Change::of(&before.validity, validity).map(It::Validity),
        (before.active != *active).then_some(It::IsActive(*active)),
        (before.note != *note).then_some(It::Note(note)),
    ];
    changes.into_iter().flatten().collect()
}

/// The name that a rule looks for, as it is written; empty where it looks for none.
fn name(criterion: &Criterion) -> &str {
    match criterion {
        Criterion::ContactPoint(name) | Criterion::ContactGroup(name) => name.as_str(),
        Criterion::SenderCvr(_)
        | Criterion::RecipientCvr(_)
        | Criterion::Kle(_)
        | Criterion::Form(_)
        | Criterion::NoContactPoint(_) => "",
    }
}

/// Whether two lists hold the same, in whatever order.
fn same<T, K: Ord>(one: &[T], other: &[T], key: impl Fn(&T) -> K) -> bool {
    let sorted = |list: &[T]| {
        let mut keys: Vec<K> = list.iter().map(&key).collect();
        keys.sort_unstable();
        keys
    };
    sorted(one) == sorted(other)
}
