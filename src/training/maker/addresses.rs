//! What of an authority a message can be addressed and marked up with.

use std::collections::HashSet;

use super::chance::Chance;
use super::subject::SubjectFacts;
use super::wish::WishedAddress;
use super::{Subject, Writer};
use crate::memo::MessageUuid;
use crate::rules::{
    Audience, Authority, Caseless, Classification, ContactPoint, Criterion, Cvr, Form, Interval, Kle, Number,
};

/// The most characters that the schemas allow in a text.
const MOST_CHARACTERS: usize = 256;
/// How many contact points that no longer exist people still write to.
const GONE: u64 = 4;

/// What of an authority a message can be addressed and marked up with.
#[derive(Debug)]
pub(super) struct Addresses {
    pub name: String,
    pub cvrs: Vec<Cvr>,
    points: Vec<Point>,
    /// Points that still exist but take no mail any more, and made-up ones.
    gone: Vec<Address>,
    ruled_kle: Vec<(Kle, Subject)>,
    ruled_form: Vec<(Form, Subject)>,
}

/// A contact point that can be written to.
#[derive(Debug)]
struct Point {
    address: Address,
    groups: Vec<String>,
    audiences: Vec<Audience>,
    /// How often it is written to, compared with others.
    weight: u32,
}

/// Where a message goes, as it says.
#[derive(Debug, Clone)]
pub(super) struct Address {
    pub id: String,
    pub group: Option<String>,
    pub title: Option<String>,
    pub subject: Subject,
    /// The fields that its writer is expected to fill in.
    pub fields: Vec<String>,
    /// Its own KLE and FORM numbers.
    pub kle: Option<String>,
    pub form: Option<String>,
}

impl Addresses {
    pub fn of(authority: &Authority, seed: u64) -> Self {
        let listed = authority.contact_points.iter().filter(|point| point.details.is_active);
        let mut points: Vec<Point> = listed.filter_map(Point::listed).collect();
        let known: HashSet<&Caseless> = authority.contact_points.iter().map(|point| &point.id).collect();
        for rule in &authority.rules {
            match &rule.criterion {
                Criterion::ContactPoint(id) if !known.contains(id) => points.extend(Point::ruled(id, Vec::new())),
                Criterion::ContactGroup(name) if !authority.contact_points.iter().any(|point| point.is_in(name)) => {
                    let made_up = Caseless::new(&made_up_id(0, name.folded(), 0));
                    points.extend(written(name.as_str()).and_then(|group| Point::ruled(&made_up, vec![group])));
                }
                _ => {}
            }
        }
        let mut seen = HashSet::new();
        points.retain(|point| seen.insert(Caseless::new(&point.address.id)));
        let closed = authority.contact_points.iter().filter(|point| !point.details.is_active);
        let closed = closed.filter_map(Point::listed).map(|point| point.address);
        let made_up = (0..GONE).map(|number| Address::bare(made_up_id(seed, "gone", number)));
        let intervals = authority.rules.iter().map(|rule| &rule.criterion);
        Self {
            name: shortened(&authority.name),
            cvrs: authority.cvrs().collect(),
            gone: closed.chain(made_up).collect(),
            points,
            ruled_kle: intervals
                .clone()
                .filter_map(|criterion| match criterion {
                    Criterion::Kle(interval) => ruled(*interval, |subject| subject.kle),
                    _ => None,
                })
                .collect(),
            ruled_form: intervals
                .filter_map(|criterion| match criterion {
                    Criterion::Form(interval) => ruled(*interval, |subject| subject.form),
                    _ => None,
                })
                .collect(),
        }
    }

    /// A contact point that such a writer writes to: about that subject if one is given, else about one of those that it
    /// writes about; `None` when there is no such point.
    pub fn fitting(&self, writer: Writer, subjects: &[Subject], chance: &mut Chance) -> Option<Address> {
        let open = self.points.iter().filter(|point| {
            let is_open = point.audiences.is_empty() || point.audiences.contains(&writer.audience());
            is_open && (subjects.is_empty() || subjects.contains(&point.address.subject))
        });
        let point = chance.weighted(open.map(|point| (point.weight, point)))?;
        Some(point.addressed(chance))
    }

    /// One that no longer exists.
    pub fn gone(&self, chance: &mut Chance) -> Option<Address> {
        chance.one(&self.gone).cloned()
    }

    /// What was wished for; `None` for no contact point.
    pub fn wished(&self, wish: &WishedAddress, chance: &mut Chance) -> Option<Address> {
        match wish {
            WishedAddress::Nowhere => None,
            WishedAddress::Gone => self.gone(chance),
            WishedAddress::ContactPoint(id) => {
                let point = self.points.iter().find(|point| Caseless::new(&point.address.id) == *id);
                Some(point.map_or_else(|| Address::bare(shortened(id.as_str())), |point| point.addressed(chance)))
            }
            WishedAddress::Group(name) => {
                let is_in = |point: &&Point| point.groups.iter().any(|group| Caseless::new(group) == *name);
                let points = self.points.iter().filter(is_in);
                let point = chance.weighted(points.map(|point| (point.weight, point)));
                let made_up = || Address::bare(made_up_id(0, name.folded(), 0));
                let address = point.map_or_else(made_up, |point| point.address.clone());
                Some(Address { group: Some(shortened(name.as_str())), ..address })
            }
        }
    }

    /// A KLE number that a rule looks for and that is about that subject, or about any; `None` when there is none.
    pub fn ruled_kle(&self, subject: Option<Subject>, chance: &mut Chance) -> Option<(String, Subject)> {
        one_of(&self.ruled_kle, subject, chance).map(|(number, subject)| (number.to_string(), subject))
    }

    /// The same for FORM numbers.
    pub fn ruled_form(&self, subject: Option<Subject>, chance: &mut Chance) -> Option<(String, Subject)> {
        one_of(&self.ruled_form, subject, chance).map(|(number, subject)| (number.to_string(), subject))
    }
}

fn one_of<T: Copy>(of: &[(T, Subject)], subject: Option<Subject>, chance: &mut Chance) -> Option<(T, Subject)> {
    let fitting: Vec<_> = of.iter().filter(|(_, its)| subject.is_none_or(|subject| subject == *its)).collect();
    chance.one(&fitting).map(|found| **found)
}

impl Address {
    fn bare(id: String) -> Self {
        Self { id, group: None, title: None, subject: Subject::Other, fields: Vec::new(), kle: None, form: None }
    }
}

impl Point {
    /// `None` where its id cannot stand in a message.
    fn listed(point: &ContactPoint) -> Option<Self> {
        let code = |kind: &str| {
            let codes = point.details.codes.iter();
            codes.filter(|code| code.kind.eq_ignore_ascii_case(kind)).map(|code| code.code.clone()).next()
        };
        let address = Address {
            id: written(point.id.as_str())?,
            group: None,
            title: Some(shortened(&point.title)).filter(|title| !title.is_empty()),
            subject: subject_of(point),
            fields: point.details.fields.iter().map(|field| shortened(field)).collect(),
            kle: code("KLE").filter(|code| code.parse::<Kle>().is_ok()),
            form: code("FORM").filter(|code| code.parse::<Form>().is_ok()),
        };
        let mut groups: Vec<String> = point.groups.iter().filter_map(|group| written(group.name.as_str())).collect();
        groups.dedup();
        let audiences = point.details.audiences.clone();
        Some(Self { weight: popularity(&address.id), address, groups, audiences })
    }

    /// One that only a rule knows.
    fn ruled(id: &Caseless, groups: Vec<String>) -> Option<Self> {
        let address = Address::bare(written(id.as_str())?);
        Some(Self { weight: popularity(&address.id), address, groups, audiences: Vec::new() })
    }

    /// Most messages say in which of its groups it was chosen.
    fn addressed(&self, chance: &mut Chance) -> Address {
        let group = if chance.percent(88) { chance.one(&self.groups).cloned() } else { None };
        Address { group, ..self.address.clone() }
    }
}

/// A few contact points get most of the mail.
fn popularity(id: &str) -> u32 {
    1 << Chance::new(0, id, 1).below(6)
}

/// An id in the shape of a UUID that no contact point has.
fn made_up_id(seed: u64, name: &str, number: u64) -> String {
    MessageUuid::from_random_bytes(Chance::new(seed, name, number).bytes()).to_string()
}

/// What a contact point is about: by its numbers, or else by the longest words of a subject that are in its texts.
fn subject_of(point: &ContactPoint) -> Subject {
    let codes = || point.details.codes.iter().filter(|code| code.kind.eq_ignore_ascii_case("KLE"));
    let has =
        |subject: &&Subject| codes().any(|code| subject.facts().kle.iter().any(|(number, _)| *number == code.code));
    if let Some(subject) = Subject::ALL.iter().find(has) {
        return *subject;
    }
    let groups = point.groups.iter().map(|group| group.name.as_str());
    let terms = point.details.search_terms.iter().map(String::as_str).chain([point.details.description.as_str()]);
    let read = |text: &str, weight: usize| (text.to_lowercase(), weight);
    let texts: Vec<_> = std::iter::once(read(&point.title, 4))
        .chain(terms.map(|term| read(term, 2)))
        .chain(groups.map(|group| read(group, 1)))
        .collect();
    let score = |subject: Subject| -> usize {
        let words = subject.facts().words.iter();
        words.map(|word| texts.iter().map(|(text, weight)| fit(text, word) * weight).sum::<usize>()).sum()
    };
    let best = Subject::ALL.into_iter().map(|subject| (score(subject), subject)).rev().max_by_key(|(score, _)| *score);
    best.filter(|(score, _)| *score > 0).map_or(Subject::Other, |(_, subject)| subject)
}

/// How well a word fits a text: by its length. Short words must stand alone.
fn fit(text: &str, word: &str) -> usize {
    const SHORT: usize = 4;
    let length = word.chars().count();
    let is_in = if length < SHORT {
        text.split(|letter: char| !letter.is_alphanumeric()).any(|it| it == word)
    } else {
        text.contains(word)
    };
    if is_in { length } else { 0 }
}

/// A number that a rule looks for: one of a subject's, or else the first, with the subject that is nearest.
fn ruled<C: Classification>(
    interval: Interval<C>,
    numbers: fn(&SubjectFacts) -> &'static [(&'static str, &'static str)],
) -> Option<(Number<C>, Subject)> {
    let numbers = Subject::ALL.into_iter().flat_map(|subject| {
        numbers(subject.facts())
            .iter()
            .filter_map(move |(number, _)| Some((number.parse::<Number<C>>().ok()?, subject)))
    });
    let within = numbers.clone().find(|(number, _)| interval.contains(*number));
    within.or_else(|| {
        let first = Number::of_lowest(interval.lowest())?;
        let akin = numbers.clone().find(|(number, _)| number.main_group() == first.main_group());
        Some((first, akin.map_or(Subject::Other, |(_, subject)| subject)))
    })
}

/// The text, if it can stand in a message as it is.
fn written(text: &str) -> Option<String> {
    let fits = text.chars().count() <= MOST_CHARACTERS && text.chars().all(is_writable) && !text.is_empty();
    fits.then(|| text.to_owned())
}

/// As much of a text as can stand in a message.
pub(super) fn shortened(text: &str) -> String {
    text.trim().chars().filter(|letter| is_writable(*letter)).take(MOST_CHARACTERS).collect()
}

/// Whether XML can have the character and leaves it as it is.
fn is_writable(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{FFFE}' | '\u{FFFF}')
}
