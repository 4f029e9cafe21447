use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::distributor::{Distributor, Ground};
use crate::rules::book::{Authority, Criterion, Priority, Rule};
use crate::rules::facts::{AddressedContactPoint, Facts, PostType, Sender};
use crate::rules::values::{Caseless, Classification, Cvr, Interval, Number};

/// The most messages that are made up for one rule.
const MOST_TRIED: usize = 50_000;
/// The most listed contact points that are tried for a rule on their group.
const MOST_POINTS: usize = 100;

impl Distributor {
    /// A made-up message that this rule of the authority decides on that day, one that says as little as possible.
    ///
    /// `None` when there is none: the rule is not valid or switched off, or earlier rules take all that it could decide. A
    /// rule among so many others that fifty thousand messages do not find one has none either.
    #[must_use]
    pub fn made_up_message(&self, authority: Cvr, rule: Priority, day: Date) -> Option<Facts> {
        let authority = self.book().authority(authority)?;
        let wanted = authority.rule(rule).filter(|rule| rule.active && rule.validity.includes(day))?;
        let is_decided = |facts: &Facts| {
            let decided = self.decide(facts, day).map(|decision| (decision.authority.cvr, decision.ground));
            decided.is_ok_and(|(cvr, ground)| {
                cvr == authority.cvr && matches!(ground, Ground::Rule(decider) if decider.priority == rule)
            })
        };
        Messages { authority, rule: wanted }.all().take(MOST_TRIED).find(is_decided)
    }
}

/// The messages that are tried for a rule: between them they differ in all that other rules can look at.
#[derive(Clone, Copy)]
struct Messages<'a> {
    authority: &'a Authority,
    rule: &'a Rule,
}

impl<'a> Messages<'a> {
    fn all(self) -> impl Iterator<Item = Facts> + 'a {
        let bare = self.recipients().into_iter().flat_map(move |recipient| {
            let senders = self.senders().into_iter();
            senders.map(move |(sender, sender_has_contact_point)| Facts {
                sender_has_contact_point,
                ..Facts::new(sender, recipient)
            })
        });
        let bare: Vec<Facts> = bare.collect();
        let addressed: Vec<Facts> = bare.iter().flat_map(|facts| self.addressed(facts)).collect();
        // The numbers come last: there may be thousands.
        match &self.rule.criterion {
            Criterion::Kle(interval) => {
                let numbers = first_numbers(*interval, self.authority.rules.iter().filter_map(|rule| kle(rule)));
                Box::new(numbers.into_iter().flat_map(move |kle| {
                    let with = addressed.clone().into_iter();
                    with.map(move |facts| Facts { kle: Some(kle), ..facts })
                })) as Box<dyn Iterator<Item = Facts>>
            }
            Criterion::Form(interval) => {
                let numbers = first_numbers(*interval, self.authority.rules.iter().filter_map(|rule| form(rule)));
                Box::new(numbers.into_iter().flat_map(move |form| {
                    let with = addressed.clone().into_iter();
                    with.map(move |facts| Facts { form: Some(form), ..facts })
                }))
            }
            _ => Box::new(addressed.into_iter()),
        }
    }

    fn recipients(self) -> Vec<Cvr> {
        match self.rule.criterion {
            Criterion::RecipientCvr(cvr) => vec![cvr],
            _ => self.authority.cvrs().collect(),
        }
    }

    /// Every kind of sender, with and without a contact point of its own: decisions sort out those of other segments.
    fn senders(self) -> Vec<(Sender, bool)> {
        match self.rule.criterion {
            Criterion::SenderCvr(cvr) => [false, true].map(|has| (Sender::Organisation(Some(cvr)), has)).to_vec(),
            _ => vec![
                (Sender::Person, false),
                (Sender::Organisation(None), false),
                (Sender::Organisation(None), true),
                (Sender::Other, false),
            ],
        }
    }

    /// The message with all the addresses that the rule allows.
    fn addressed(self, facts: &Facts) -> Vec<Facts> {
        let to = |id: &Caseless, group: Option<&Caseless>| Facts {
            contact_point: Some(AddressedContactPoint { id: Some(id.clone()), group: group.cloned() }),
            ..facts.clone()
        };
        let unlisted = Caseless::new(&self.unnamed_point());
        match &self.rule.criterion {
            Criterion::ContactPoint(id) => match self.authority.contact_point(id) {
                Some(point) => point.named_groups().map(|group| to(id, group)).collect(),
                None => vec![to(id, None)],
            },
            Criterion::ContactGroup(name) => {
                let listed = self.authority.contact_points.iter().filter(|point| point.is_in(name)).take(MOST_POINTS);
                listed.map(|point| &point.id).chain([&unlisted]).map(|id| to(id, Some(name))).collect()
            }
            Criterion::NoContactPoint(post_type) => vec![Facts { post_type: Some(*post_type), ..facts.clone() }],
            _ => {
                let types = [Some(PostType::Unspecified), Some(PostType::Authority), Some(PostType::Company), None];
                let of_types = types.map(|post_type| Facts { post_type, ..facts.clone() });
                of_types.into_iter().chain([to(&unlisted, None)]).collect()
            }
        }
    }

    /// The id of a contact point that no rule looks for.
    fn unnamed_point(self) -> String {
        let named = |id: &String| self.authority.names_contact_point(&Caseless::new(id));
        let mut ids = (1_u32..).map(|number| format!("kontaktpunkt-{number}"));
        ids.find(|id| !named(id)).unwrap_or_default()
    }
}

fn kle(rule: &Rule) -> Option<RangeInclusive<u32>> {
    match rule.criterion {
        Criterion::Kle(interval) => Some(interval.lowest()..=interval.highest()),
        _ => None,
    }
}

fn form(rule: &Rule) -> Option<RangeInclusive<u32>> {
    match rule.criterion {
        Criterion::Form(interval) => Some(interval.lowest()..=interval.highest()),
        _ => None,
    }
}

/// The first number of an interval, and those in it at which another interval begins or has ended: between two of them, the
/// same rules match.
fn first_numbers<C: Classification>(
    interval: Interval<C>,
    others: impl Iterator<Item = RangeInclusive<u32>>,
) -> Vec<Number<C>> {
    let (first, last) = (interval.lowest(), interval.highest());
    let cuts = others.flat_map(|other| [*other.start(), other.end().saturating_add(1)]);
    let mut numbers: Vec<u32> = cuts.filter(|cut| (first..=last).contains(cut)).chain([first]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().filter_map(Number::of_lowest).collect()
}
