use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, date};

use crate::exchange::sheet::SheetCell;
use crate::exchange::workbook::format::called::Fagsystems;
use crate::exchange::workbook::format::kind::SheetKind;
use crate::exchange::workbook::format::listed;
use crate::exchange::workbook::format::words::{self, AccessWord, SenderWord};
use crate::rules::{
    Access, Authority, Caseless, ContactGroup, ContactPoint, Criterion, CriterionKind, Cvr, Fagsystem, Guard, KlePlan,
    KnownAuthority, PointCode, PostType, Rule, RuleBook, Seconds, Segment, Sender,
};

/// The first day on which Excel's calendar is right.
const FIRST_DAY_OF_EXCEL: Date = date(1900, 3, 1);
/// The last one that it has.
const LAST_DAY_OF_EXCEL: Date = date(9999, 12, 31);

/// Turns an authority into the rows of tables.
pub(in crate::exchange::workbook) struct Rows<'a> {
    book: &'a RuleBook,
    authority: &'a Authority,
    kle: &'a KlePlan,
    fagsystems: Fagsystems,
    titles: HashMap<&'a Caseless, &'a str>,
    /// The titles and ids, as they are compared.
    folded_names: HashSet<String>,
    names: HashMap<Cvr, &'a str>,
}

impl<'a> Rows<'a> {
    pub(in crate::exchange::workbook) fn new(book: &'a RuleBook, authority: &'a Authority, kle: &'a KlePlan) -> Self {
        let fagsystems = authority.fagsystems.iter().map(|it| (it.id.clone(), it.name.clone())).collect();
        let points = authority.contact_points.iter();
        let known = book.known_authorities.iter().map(|it| (it.cvr, it.name.as_str()));
        let own = book.authorities.iter().flat_map(|it| it.cvrs().map(|cvr| (cvr, it.name.as_str())));
        Self {
            book,
            authority,
            kle,
            fagsystems: Fagsystems::new(fagsystems),
            titles: points.clone().map(|point| (&point.id, point.title.as_str())).collect(),
            folded_names: points.flat_map(|it| [&it.title, it.id.as_str()].map(words::folded)).collect(),
            names: known.chain(own).collect(),
        }
    }

    /// How many rows a table has, its headings aside.
    pub(in crate::exchange::workbook) fn count(&self, kind: SheetKind) -> usize {
        match kind {
            SheetKind::Rules => self.authority.rules.len(),
            SheetKind::Fagsystems => self.authority.fagsystems.len(),
            SheetKind::ContactPoints => self.authority.contact_points.len(),
            SheetKind::Authority => 1,
            SheetKind::KnownAuthorities => self.book.known_authorities.len(),
            SheetKind::Guards => self.authority.guards.len(),
        }
    }

    /// The rows of a table, a cell for each of its columns.
    pub(in crate::exchange::workbook) fn of(&self, kind: SheetKind) -> Box<dyn Iterator<Item = Vec<SheetCell>> + '_> {
        match kind {
            SheetKind::Rules => Box::new(self.authority.rules_in_order().into_iter().map(|rule| self.rule(rule))),
            SheetKind::Fagsystems => Box::new(self.authority.fagsystems.iter().map(fagsystem)),
            SheetKind::ContactPoints => Box::new(self.authority.contact_points.iter().map(contact_point)),
            SheetKind::Authority => Box::new(std::iter::once_with(|| self.own_row())),
            SheetKind::KnownAuthorities => Box::new(self.book.known_authorities.iter().map(known_authority)),
            SheetKind::Guards => Box::new(self.authority.guards.iter().map(|guard| self.guard(guard))),
        }
    }

    fn rule(&self, rule: &Rule) -> Vec<SheetCell> {
        let element = CriterionKind::of(&rule.criterion);
        vec![
            SheetCell::Whole(rule.priority.get().into()),
            text(words::word(&Segment::WORDS, &rule.segment)),
            text(words::word(&words::ELEMENTS, &element)),
            SheetCell::Text(self.value(&rule.criterion)),
            self.about(&rule.criterion).map_or(SheetCell::Empty, |about| text(&about)),
            text(self.fagsystems.written(&rule.fagsystem)),
            day(rule.validity.from()),
            rule.validity.to().map_or(SheetCell::Empty, day),
            switch(rule.active),
            text(&rule.note),
        ]
    }

    fn value(&self, criterion: &Criterion) -> String {
        match criterion {
            Criterion::ContactPoint(id) => self.contact_point_id(id),
            Criterion::ContactGroup(name) => name.as_str().to_owned(),
            Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => cvr.to_string(),
            Criterion::Kle(interval) => interval.to_string(),
            Criterion::Form(interval) => interval.to_string(),
            Criterion::NoContactPoint(post_type) => words::word(&words::POST_TYPES, post_type).to_owned(),
        }
    }

    /// Quoted if it could be read as another contact point's title.
    fn contact_point_id(&self, id: &Caseless) -> String {
        let is_clear = self.titles.contains_key(id) || !self.folded_names.contains(&words::folded(id.as_str()));
        listed::quoted_at(id.as_str(), |_| !is_clear).into_owned()
    }

    /// What a value means, for human readers.
    fn about(&self, criterion: &Criterion) -> Option<String> {
        match criterion {
            Criterion::ContactPoint(id) => self.titles.get(id).map(|title| (*title).to_owned()),
            Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => {
                self.names.get(cvr).map(|name| (*name).to_owned())
            }
            Criterion::Kle(interval) => self.kle.about(interval),
            Criterion::ContactGroup(_) | Criterion::Form(_) | Criterion::NoContactPoint(_) => None,
        }
    }

    fn guard(&self, guard: &Guard) -> Vec<SheetCell> {
        let facts = &guard.facts;
        let (sender, sender_cvr) = match facts.sender {
            Sender::Person => (words::word(&words::SENDERS, &SenderWord::Person), None),
            Sender::Organisation(cvr) => (words::word(&words::SENDERS, &SenderWord::Organisation), cvr),
            Sender::Other => ("", None),
        };
        let point = facts.contact_point.as_ref().and_then(|point| Some((point.id.as_ref()?, point.group.as_ref())));
        let number = |number: Option<String>| number.map_or(SheetCell::Empty, SheetCell::Text);
        let cvr = |cvr: Option<Cvr>| number(cvr.map(|cvr| cvr.to_string()));
        vec![
            text(&guard.name),
            text(self.fagsystems.written(&guard.fagsystem)),
            guard.day.map_or(SheetCell::Empty, day),
            cvr(facts.recipient),
            text(sender),
            cvr(sender_cvr),
            if facts.sender_has_contact_point && !sender.is_empty() { switch(true) } else { SheetCell::Empty },
            point.map_or(SheetCell::Empty, |(id, _)| text(&self.contact_point_id(id))),
            point.and_then(|(_, group)| group).map_or(SheetCell::Empty, |group| text(group.as_str())),
            match facts.post_type {
                Some(PostType::Unspecified) => SheetCell::Empty,
                other => text(words::word(&words::POST_TYPES_OF_MESSAGES, &other)),
            },
            number(facts.kle.map(|kle| kle.to_string())),
            number(facts.form.map(|form| form.to_string())),
        ]
    }

    fn own_row(&self) -> Vec<SheetCell> {
        let more: Vec<_> = self.authority.more_cvrs.iter().map(Cvr::to_string).collect();
        vec![
            text(&self.authority.cvr.to_string()),
            text(&self.authority.name),
            text(&more.join("; ")),
            text(self.fagsystems.written(&self.authority.default_fagsystem)),
        ]
    }
}

fn fagsystem(fagsystem: &Fagsystem) -> Vec<SheetCell> {
    let (access, header) = match &fagsystem.access {
        Access::Open => (AccessWord::Open, ""),
        Access::Header { name } => (AccessWord::Header, name.as_str()),
        Access::ClientCertificate => (AccessWord::ClientCertificate, ""),
    };
    let seconds = |limit: Option<Seconds>| limit.map_or(SheetCell::Empty, |it| SheetCell::Whole(it.get().into()));
    vec![
        text(fagsystem.id.as_str()),
        text(&fagsystem.name),
        text(fagsystem.endpoint.as_str()),
        switch(fagsystem.active),
        text(words::word(&words::ACCESSES, &access)),
        text(header),
        seconds(fagsystem.limits.connect),
        seconds(fagsystem.limits.answer),
        text(&fagsystem.contact),
        text(&fagsystem.note),
    ]
}

fn contact_point(point: &ContactPoint) -> Vec<SheetCell> {
    let details = &point.details;
    let groups: Vec<_> = point.groups.iter().map(group).collect();
    let codes: Vec<_> = details.codes.iter().map(code).collect();
    let audiences = details.audiences.iter().map(|it| words::word(&words::AUDIENCES, it));
    vec![
        text(point.id.as_str()),
        text(&point.title),
        text(&groups.join("; ")),
        text(&details.description),
        SheetCell::Text(listed::joined(audiences)),
        details.largest.map_or(SheetCell::Empty, |it| SheetCell::Decimal(it.get())),
        details.most_attachments.map_or(SheetCell::Empty, |it| SheetCell::Whole(it.into())),
        switch(details.is_active),
        switch(details.is_visible),
        text(&codes.join("; ")),
        SheetCell::Text(listed::joined(details.search_terms.iter().map(String::as_str))),
        SheetCell::Text(listed::joined(details.fields.iter().map(String::as_str))),
    ]
}

fn group(group: &ContactGroup) -> String {
    let names = group.path().map(|name| listed::quoted_at(name.as_str(), |sign| matches!(sign, '›' | '>')));
    names.collect::<Vec<_>>().join(" › ")
}

fn code(code: &PointCode) -> String {
    let word = |text| listed::quoted_at(text, char::is_whitespace);
    let (kind, number) = (word(&code.kind), word(&code.code));
    if code.name.is_empty() {
        return format!("{kind} {number}");
    }
    format!("{kind} {number} {}", listed::quoted_at(&code.name, |_| false))
}

fn known_authority(known: &KnownAuthority) -> Vec<SheetCell> {
    vec![text(&known.cvr.to_string()), text(&known.name)]
}

fn text(text: &str) -> SheetCell {
    if text.is_empty() { SheetCell::Empty } else { SheetCell::Text(text.to_owned()) }
}

fn switch(is_on: bool) -> SheetCell {
    text(words::word(&words::SWITCHES, &is_on))
}

/// A day outside Excel's calendar is written as text.
fn day(day: Date) -> SheetCell {
    if (FIRST_DAY_OF_EXCEL..=LAST_DAY_OF_EXCEL).contains(&day) {
        SheetCell::Day(day)
    } else {
        text(&day.strftime("%Y-%m-%d").to_string())
    }
}
