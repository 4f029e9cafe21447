use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::calls::{coarse_call, jittered_times};
use super::choices::DisguiseChoices;
use super::contents::TrainingCall;
use super::error::PackageOrderError;
use super::stand_ins::{CvrStandIns, Dice, NameStandIns};
use super::texts::TextNames;
use crate::rules::{
    Access, AddressedContactPoint, Authority, Caseless, ContactGroup, ContactPoint, Criterion, Cvr, Endpoint, Facts,
    Fagsystem, FagsystemId, PointDetails, RuleBook, Sender, without_cpr,
};
use crate::store::RecordedCall;

/// Senders of fewer messages than this that no rule names are taken for one another, so that none stands out by them.
const FEW: usize = 3;

/// Rules and calls in which nobody is to be found again.
///
/// CVR numbers, contact points that the rules do not list, and messageUUIDs are replaced by random ones: the same ones by the same
/// ones, in rules, guards and calls alike. Times lose their date and some seconds; sizes and durations are rounded; transmission
/// ids, callers, digests, and the fagsystems' own codes are dropped. Who wrote only once or twice shares a number with others.
/// What may hold a CPR number, wherever it stands, is left out or replaced too. Fagsystems lose their addresses, accesses, and, unless they are kept, notes and persons to contact.
///
/// What rules decide stays: by the replaced rules, a replaced message goes where the real one goes by the real rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Disguise {
    /// The rules.
    pub book: RuleBook,
    /// The calls, in the order of time.
    pub calls: Vec<TrainingCall>,
}

impl Disguise {
    /// Makes rules and what the journal says of calls anonymous. What stands for what is drawn anew each time and forgotten.
    ///
    /// # Errors
    ///
    /// [`PackageOrderError::NoChance`] where the system has no random numbers.
    pub fn of(book: &RuleBook, calls: &[RecordedCall], choices: DisguiseChoices) -> Result<Self, PackageOrderError> {
        let mut making = Making::begin(book, calls, choices);
        let disguised = making.book(book);
        let mut calls: Vec<_> = calls.iter().collect();
        calls.sort_by_key(|call| (call.entry.received_at, call.number));
        let times = jittered_times(&calls, &mut making.dice);
        let places: HashMap<i64, u32> = calls.iter().zip(1..).map(|(call, place)| (call.number, place)).collect();
        let disguised_calls = calls.iter().zip(times).map(|(call, (day, time))| {
            let facts = call.entry.facts.as_ref().map(|(facts, _)| making.facts(facts));
            let message = call.entry.message_uuid.as_deref().map(|uuid| making.message(uuid));
            let code = call.entry.answer.1.as_deref().map(|code| making.code(code));
            let place = |number: Option<i64>, own: u32| {
                number.and_then(|number| places.get(&number).copied()).filter(|place| *place < own)
            };
            let own = places.get(&call.number).copied().unwrap_or_default();
            TrainingCall {
                day,
                time,
                message,
                facts,
                code,
                repeats: place(call.entry.repeats, own),
                follows: place(call.entry.follows, own),
                differs_from: place(call.entry.differs_from, own),
                ..coarse_call(&call.entry)
            }
        });
        let disguised = Self { book: disguised, calls: disguised_calls.collect() };
        if making.dice.are_fair() { Ok(disguised) } else { Err(PackageOrderError::NoChance) }
    }
}

/// What stands for what while a disguise is made.
struct Making {
    choices: DisguiseChoices,
    dice: Dice,
    cvrs: CvrStandIns,
    points: NameStandIns,
    groups: NameStandIns,
    /// Groups that the rules do not list.
    strange_groups: NameStandIns,
    texts: TextNames,
    messages: HashMap<String, uuid::Uuid>,
    codes: HashMap<String, u16>,
}

impl Making {
    fn begin(book: &RuleBook, calls: &[RecordedCall], choices: DisguiseChoices) -> Self {
        let listed = book.authority_cvrs();
        let named = named_cvrs(book);
        let written = calls.iter().filter_map(|call| call.entry.facts.as_ref().map(|(facts, _)| facts));
        let real = written.flat_map(cvrs_of).chain(listed.iter().copied()).chain(named.iter().copied()).collect();
        let mut making = Self {
            choices,
            dice: Dice::new(),
            cvrs: CvrStandIns::beside(real),
            points: NameStandIns::default(),
            groups: NameStandIns::default(),
            strange_groups: NameStandIns::default(),
            texts: TextNames::default(),
            messages: HashMap::new(),
            codes: HashMap::new(),
        };
        if !choices.renames_authorities {
            for cvr in &listed {
                making.cvrs.keep(*cvr);
            }
        }
        // In an order that says nothing: each number is drawn by itself.
        for cvr in listed.iter().chain(&named) {
            making.cvrs.of(*cvr, &mut making.dice);
        }
        making.share_numbers(calls);
        making.name(book);
        making
    }

    /// Gives those who wrote little, and whom no rule names, numbers that they share.
    fn share_numbers(&mut self, calls: &[RecordedCall]) {
        let mut wrote: HashMap<Cvr, HashSet<String>> = HashMap::new();
        for call in calls {
            if let Some((Facts { sender: Sender::Organisation(Some(cvr)), .. }, _)) = &call.entry.facts {
                let message = call.entry.message_uuid.as_deref().map(str::to_ascii_lowercase);
                wrote.entry(*cvr).or_default().insert(message.unwrap_or_else(|| call.number.to_string()));
            }
        }
        let is_rare = |(cvr, messages): &(Cvr, usize)| *messages < FEW && self.cvrs.known(*cvr).is_none();
        let mut rare: Vec<_> = wrote.iter().map(|(cvr, messages)| (*cvr, messages.len())).filter(is_rare).collect();
        // A sender's number must not say with whom it is put together.
        for at in (1..rare.len()).rev() {
            let other = usize::try_from(self.dice.below(at as u64 + 1)).unwrap_or_default();
            rare.swap(at, other);
        }
        let mut groups: Vec<(Vec<Cvr>, usize)> = Vec::new();
        for (cvr, messages) in rare {
            match groups.last_mut().filter(|(_, count)| *count < FEW) {
                Some((cvrs, count)) => {
                    cvrs.push(cvr);
                    *count += messages;
                }
                None => groups.push((vec![cvr], messages)),
            }
        }
        // The last ones join others, if there are any.
        if groups.len() > 1
            && let Some((rest, _)) = groups.pop_if(|(_, count)| *count < FEW)
            && let Some((cvrs, _)) = groups.last_mut()
        {
            cvrs.extend(rest);
        }
        for (cvrs, _) in groups {
            self.cvrs.of_all(&cvrs, &mut self.dice);
        }
    }

    /// Learns what the rules name.
    fn name(&mut self, book: &RuleBook) {
        if self.choices.renames_authorities {
            for (authority, number) in book.authorities.iter().zip(1..) {
                self.texts.add(&authority.name, &own_name(number));
            }
            for (known, number) in book.known_authorities.iter().zip(1..) {
                self.texts.add(&known.name, &known_name(number));
            }
        }
        for id in named_points(book) {
            if self.choices.renames_authorities {
                let Self { points, dice, .. } = self;
                points.of(id, |_| dice.uuid().to_string());
            } else {
                let Self { points, dice, .. } = self;
                if may_be_cpr(id.as_str()) {
                    points.of(id, |_| dice.uuid().to_string());
                } else {
                    points.keep(id);
                }
            }
        }
        for name in named_groups(book) {
            let new = |texts: &TextNames, cvrs: &CvrStandIns, number: usize| {
                let new = texts.replaced(name.as_str(), cvrs).into_owned();
                if may_be_cpr(&new) { format!("(udeladt gruppe {number})") } else { new }
            };
            let Self { groups, texts, cvrs, choices, .. } = self;
            groups.of(name, |number| {
                if choices.replaces_point_texts { format!("Gruppe {number}") } else { new(texts, cvrs, number) }
            });
        }
    }

    fn book(&mut self, real: &RuleBook) -> RuleBook {
        let mut book = real.clone();
        for (known, number) in book.known_authorities.iter_mut().zip(1..) {
            known.cvr = self.cvr(known.cvr);
            known.name = self.text(&known.name);
            if self.choices.renames_authorities && !known.name.is_empty() {
                known.name = known_name(number);
            }
        }
        for (authority, number) in book.authorities.iter_mut().zip(1..) {
            self.authority(authority, number);
        }
        book
    }

    fn authority(&mut self, authority: &mut Authority, number: u32) {
        authority.name = if self.choices.renames_authorities { own_name(number) } else { self.text(&authority.name) };
        authority.cvr = self.cvr(authority.cvr);
        authority.more_cvrs.iter_mut().for_each(|cvr| *cvr = self.cvr(*cvr));
        self.rename_fagsystems(authority);
        authority.fagsystems.iter_mut().for_each(|fagsystem| self.fagsystem(fagsystem));
        for (point, number) in authority.contact_points.iter_mut().zip(1..) {
            self.contact_point(point, number);
        }
        for rule in &mut authority.rules {
            let rule = Arc::make_mut(rule);
            rule.criterion = self.criterion(&rule.criterion);
            rule.note = if self.choices.keeps_notes { self.text(&rule.note) } else { String::new() };
        }
        for guard in &mut authority.guards {
            guard.name = self.text(&guard.name);
            guard.facts = self.facts(&guard.facts);
        }
    }

    /// Replaces the ids of fagsystems in which an authority's name or number stands, or what may be a CPR number.
    fn rename_fagsystems(&self, authority: &mut Authority) {
        for at in 0..authority.fagsystems.len() {
            let id = authority.fagsystems[at].id.clone();
            let new = self.texts.replaced(id.as_str(), &self.cvrs).to_lowercase();
            let new = if may_be_cpr(&new) { "fagsystem".to_owned() } else { new };
            if new == id.as_str().to_lowercase() {
                continue;
            }
            let numbered = (2..).map(|number| format!("{new}-{number}"));
            let mut free = std::iter::once(new.clone()).chain(numbered).filter_map(|id| FagsystemId::new(&id));
            if let Some(new) = free.find(|id| authority.fagsystem(id).is_none()) {
                authority.replace_fagsystem(&id, &new);
                authority.fagsystems[at].id = new;
            }
        }
    }

    fn fagsystem(&self, fagsystem: &mut Fagsystem) {
        fagsystem.name = self.text(&fagsystem.name);
        fagsystem.access = Access::Open;
        fagsystem.endpoint = nowhere();
        if self.choices.keeps_notes {
            (fagsystem.contact, fagsystem.note) = (self.text(&fagsystem.contact), self.text(&fagsystem.note));
        } else {
            fagsystem.contact.clear();
            fagsystem.note.clear();
        }
    }

    fn contact_point(&mut self, point: &mut ContactPoint, number: u32) {
        point.id = self.point(&point.id);
        for group in &mut point.groups {
            group.name = self.group(&group.name);
            group.above.iter_mut().for_each(|above| *above = self.group(above));
        }
        if self.choices.replaces_point_texts {
            point.title = format!("Kontaktpunkt {number}");
            let PointDetails { audiences, largest, most_attachments, is_active, is_visible, .. } =
                point.details.clone();
            point.details =
                PointDetails { audiences, largest, most_attachments, is_active, is_visible, ..PointDetails::default() };
            return;
        }
        point.title = self.text(&point.title);
        let details = &mut point.details;
        details.description = self.text(&details.description);
        details.search_terms.iter_mut().chain(&mut details.fields).for_each(|text| *text = self.text(text));
        for code in &mut details.codes {
            (code.code, code.name) = (self.text(&code.code), self.text(&code.name));
        }
    }

    fn criterion(&mut self, criterion: &Criterion) -> Criterion {
        match criterion {
            Criterion::ContactPoint(id) => Criterion::ContactPoint(self.point(id)),
            Criterion::ContactGroup(name) => Criterion::ContactGroup(self.group(name)),
            Criterion::SenderCvr(cvr) => Criterion::SenderCvr(self.cvr(*cvr)),
            Criterion::RecipientCvr(cvr) => Criterion::RecipientCvr(self.cvr(*cvr)),
            Criterion::Kle(_) | Criterion::Form(_) | Criterion::NoContactPoint(_) => criterion.clone(),
        }
    }

    fn facts(&mut self, facts: &Facts) -> Facts {
        let sender = match facts.sender {
            Sender::Organisation(Some(cvr)) => Sender::Organisation(Some(self.cvr(cvr))),
            other => other,
        };
        let contact_point = facts.contact_point.as_ref().map(|point| AddressedContactPoint {
            id: point.id.as_ref().map(|id| self.point(id)),
            group: point.group.as_ref().map(|name| self.group(name)),
        });
        Facts { sender, recipient: facts.recipient.map(|cvr| self.cvr(cvr)), contact_point, ..facts.clone() }
    }

    fn cvr(&mut self, real: Cvr) -> Cvr {
        self.cvrs.of(real, &mut self.dice)
    }

    fn point(&mut self, real: &Caseless) -> Caseless {
        let Self { points, dice, .. } = self;
        points.of(real, |_| dice.uuid().to_string())
    }

    fn group(&mut self, real: &Caseless) -> Caseless {
        match self.groups.known(real) {
            Some(known) => known,
            None => self.strange_groups.of(real, |number| format!("Ukendt gruppe {number}")),
        }
    }

    fn message(&mut self, real: &str) -> uuid::Uuid {
        let Self { messages, dice, .. } = self;
        *messages.entry(real.to_ascii_lowercase()).or_insert_with(|| dice.uuid())
    }

    fn code(&mut self, real: &str) -> u16 {
        let next = u16::try_from(self.codes.len() + 1).unwrap_or(u16::MAX);
        *self.codes.entry(real.to_owned()).or_insert(next)
    }

    /// A text without the names and numbers of authorities; a placeholder for one that may hold a CPR number.
    fn text(&self, real: &str) -> String {
        without_cpr(&self.texts.replaced(real, &self.cvrs)).into_owned()
    }
}

fn may_be_cpr(text: &str) -> bool {
    without_cpr(text) != text
}

/// An address at which nobody is. Training puts its practice fagsystems in its place.
fn nowhere() -> Endpoint {
    "http://127.0.0.1:9/".parse().unwrap_or_else(|_| unreachable!("it is an address"))
}

fn own_name(number: u32) -> String {
    if number == 1 { "Øvelsesby Kommune".to_owned() } else { format!("Øvelsesby {number} Kommune") }
}

fn known_name(number: u32) -> String {
    format!("Myndighed {number}")
}

fn cvrs_of(facts: &Facts) -> impl Iterator<Item = Cvr> + use<> {
    let sender = match facts.sender {
        Sender::Organisation(cvr) => cvr,
        Sender::Person | Sender::Other => None,
    };
    sender.into_iter().chain(facts.recipient)
}

/// The CVR numbers that rules and guards name.
fn named_cvrs(book: &RuleBook) -> HashSet<Cvr> {
    let by_rules = book.authorities.iter().flat_map(|it| &it.rules).filter_map(|rule| match rule.criterion {
        Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => Some(cvr),
        _ => None,
    });
    by_rules.chain(guarded(book).flat_map(cvrs_of)).collect()
}

fn named_points(book: &RuleBook) -> impl Iterator<Item = &Caseless> {
    let listed = book.authorities.iter().flat_map(|it| it.contact_points.iter().map(|point| &point.id));
    let by_rules = book.authorities.iter().flat_map(|it| &it.rules).filter_map(|rule| match &rule.criterion {
        Criterion::ContactPoint(id) => Some(id),
        _ => None,
    });
    listed.chain(by_rules).chain(guarded(book).filter_map(|facts| facts.contact_point.as_ref()?.id.as_ref()))
}

fn named_groups(book: &RuleBook) -> impl Iterator<Item = &Caseless> {
    let points = book.authorities.iter().flat_map(|it| &it.contact_points);
    let listed = points.flat_map(|point| point.groups.iter().flat_map(ContactGroup::path));
    let by_rules = book.authorities.iter().flat_map(|it| &it.rules).filter_map(|rule| match &rule.criterion {
        Criterion::ContactGroup(name) => Some(name),
        _ => None,
    });
    listed.chain(by_rules).chain(guarded(book).filter_map(|facts| facts.contact_point.as_ref()?.group.as_ref()))
}

fn guarded(book: &RuleBook) -> impl Iterator<Item = &Facts> {
    book.authorities.iter().flat_map(|it| &it.guards).map(|guard| &guard.facts)
}
