//! A review: who receives what, what is open, and what has changed since the last one.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Maker, host, someone};
use crate::LanguageChoice;
use crate::clock;
use crate::desktop::language::format::{date_text, moment_text};
use crate::desktop::language::names::{Names, Registers, danish_order, fagsystem_name};
use crate::desktop::language::{MONTHS_BETWEEN, ReviewDocumentTexts, Texts, capitalised};
use crate::desktop::model::default_mail::{DefaultGroup, Facet};
use crate::desktop::model::point_state::Rest;
use crate::desktop::model::rule_state::RuleState;
use crate::desktop::service::{PublishedChange, ReviewMaterial};
use crate::document::{Block, Column, Definition, Document, Level, Look, Table, Text};
use crate::picture::{Palette, Picture};
use crate::rules::{
    Authority, BrokenGuard, ContactPoint, Criterion, Fagsystem, Finding, FindingKind, KlePlan, Never, Priority, Rule,
    Severity, without_cpr,
};

/// Of what fell to the default recipient, this many contact points are named.
const MOST_POINTS: usize = 15;
/// More differences of a publication than this are counted.
const MOST_DIFFERENCES: usize = 100;
/// More overlaps than this are told in one: most are intended, and a page of them hides what is not.
const MOST_OVERLAPS: usize = 5;
/// Of many rules that are touched by overlaps, so many are named.
const MOST_RULES: usize = 60;

/// The map of who receives what, as a picture for paper.
pub(in crate::desktop) type Map = (Picture, Palette);

/// What a review is put together from.
pub(in crate::desktop) struct ReviewInput<'a> {
    pub t: &'static Texts,
    pub language: LanguageChoice,
    pub material: &'a ReviewMaterial,
    pub kle: &'a KlePlan,
    pub maker: Maker<'a>,
    /// How many changes of the draft are not published.
    pub unpublished: usize,
    /// The review has no section with a map without one.
    pub map: Option<Map>,
}

/// The document of a review; `None` where the publication has no such authority.
pub(in crate::desktop) fn review_document(input: ReviewInput<'_>) -> Option<Document> {
    let authority = input.material.book.authority(input.material.request.authority)?;
    let t = input.t;
    let mut review = Review::new(&input, authority);
    let mut blocks = vec![Block::Definitions(review.cover(input.maker, t))];
    if input.unpublished > 0 {
        blocks.push(Block::Paragraph(review.d.unpublished.of(input.unpublished).into()));
    }
    review.blocks = blocks;
    review.summary();
    review.blocks.push(Block::Contents);
    if let Some((picture, palette)) = input.map {
        review.section(review.d.map);
        review.blocks.push(Block::Picture(picture, palette));
    }
    review.who_gets_what();
    review.receivers();
    review.default_mail();
    review.points();
    review.guards();
    review.findings();
    review.changes();
    review.signature();
    Some(Document {
        title: review.d.title.to_owned(),
        subtitle: authority.name.clone(),
        language: input.language,
        made_at: clock::in_denmark(input.maker.now),
        blocks: review.blocks,
    })
}

struct Review<'a> {
    t: &'static Texts,
    d: &'static ReviewDocumentTexts,
    material: &'a ReviewMaterial,
    authority: &'a Authority,
    names: Names<'a>,
    /// The day whose rules are looked through.
    day: Date,
    /// The day on which the document is made.
    made_on: Date,
    never: HashMap<Priority, &'a Never>,
    without_rule: Vec<&'a ContactPoint>,
    blocks: Vec<Block>,
}

impl<'a> Review<'a> {
    fn new(input: &ReviewInput<'a>, authority: &'a Authority) -> Self {
        let material = input.material;
        let never = material.findings.iter().filter_map(|finding| match &finding.kind {
            FindingKind::Never { rule, why } if finding.authority == Some(authority.cvr) => Some((*rule, why)),
            _ => None,
        });
        let mut review = Self {
            t: input.t,
            d: &input.t.review.document,
            material,
            authority,
            names: Names { authority, registers: Registers { book: &material.book, kle: input.kle } },
            day: material.request.day,
            made_on: clock::day_of(input.maker.now),
            never: never.collect(),
            without_rule: Vec::new(),
            blocks: Vec::new(),
        };
        review.without_rule = review.points_without_rule();
        review
    }

    fn section(&mut self, words: &str) {
        self.blocks.push(Block::Heading(Level::Section, words.to_owned()));
    }

    fn paragraph(&mut self, words: impl Into<Text>) {
        self.blocks.push(Block::Paragraph(words.into()));
    }

    fn default_name(&self) -> &'a str {
        fagsystem_name(self.authority, &self.authority.default_fagsystem)
    }

    fn cover(&self, maker: Maker<'_>, t: &Texts) -> Vec<Definition> {
        let (d, publication) = (self.d, &self.material.publication);
        let cvrs: Vec<_> = self.authority.cvrs().map(|cvr| cvr.to_string()).collect();
        let by = someone(&publication.published_by, t);
        let is = (d.publication_is)(publication.number.get(), &moment_text(publication.published_at), by);
        let note = without_cpr(&publication.note);
        let note = if note.trim().is_empty() { String::new() } else { (d.note)(note.trim()) };
        let mut cover = vec![
            Definition::new(d.authority, self.authority.name.as_str()),
            Definition::new(d.cvr, d.grammar.joined(&cvrs)),
            Definition::new(d.day, self.t.long_date(self.day)),
            Definition::new(d.publication, Text::from(is).above(note)),
        ];
        cover.extend(maker.definitions(t));
        cover
    }

    fn summary(&mut self) {
        let (d, authority) = (self.d, self.authority);
        self.section(d.summary);
        let apply = authority.rules.iter().filter(|rule| is_in_force(self.state(rule))).count();
        let rules = d.rules.of(authority.rules.len());
        let mut points = vec![(d.rules_apply)(&authority.name, &rules, &d.grammar.number(apply))];
        points[0] = format!("{} {}", points[0], (d.sends_to)(&d.fagsystems.of(authority.fagsystems.len())));
        points.push((d.default_is)(self.default_name()));
        points.push(self.mail());
        points.push(match authority.contact_points.len() {
            0 => d.no_points.to_owned(),
            _ => d.points_without.of(self.without_rule.len()),
        });
        points.push(match (authority.guards.len(), self.material.broken_guards.len()) {
            (0, _) => d.no_guards.to_owned(),
            (all, 0) => d.guards_hold.of(all),
            (_, broken) => d.guards_broken.of(broken),
        });
        let open = self.material.findings.iter().filter(|it| it.kind.severity() != Severity::Information).count();
        points.push(d.findings_open.of(open));
        points.push(match self.material.reviews.first() {
            Some(last) => {
                let published = self.material.changes.len() + self.material.more_changes;
                (d.changed_since)(&date_text(last.reviewed_on()), &d.publications.of(published))
            }
            None => d.never_reviewed.to_owned(),
        });
        self.blocks.push(Block::List(points.into_iter().map(Text::from).collect()));
    }

    /// What rules and the default recipient got.
    fn mail(&self) -> String {
        let (d, cvr) = (self.d, self.authority.cvr);
        let hits = |priority| self.material.hits.get(cvr, priority).map_or(0, |hits| hits.count);
        let by_rule: u64 = self.authority.rules.iter().map(|rule| hits(Some(rule.priority))).sum();
        let by_default = hits(None);
        match by_rule + by_default {
            0 => d.no_mail.to_owned(),
            all => (d.mail)(&d.messages.of(all), &d.grammar.number(by_rule), &d.grammar.number(by_default)),
        }
    }

    fn state(&self, rule: &Rule) -> RuleState {
        RuleState::of(rule, self.never.get(&rule.priority).copied(), self.day)
    }

    fn who_gets_what(&mut self) {
        let d = self.d;
        self.section(d.who_gets_what);
        if self.authority.rules.is_empty() {
            self.paragraph(d.no_rules);
            self.paragraph((d.otherwise_is)(self.default_name()));
            return;
        }
        self.paragraph(d.how_rules_work);
        let mut rows: Vec<_> = self.authority.rules_in_order().into_iter().map(|rule| self.rule_row(rule)).collect();
        rows.push(vec![
            Text::from(d.otherwise),
            (d.otherwise_is)(self.default_name()).into(),
            Text::default(),
            self.hits(None).into(),
        ]);
        let columns = vec![
            Column::text(d.number, 8),
            Column::text(d.rule, 64),
            Column::text(d.state, 16),
            Column::number(d.hits, 12),
        ];
        self.blocks.push(Block::Table(Table { columns, rows }));
    }

    fn rule_row(&self, rule: &Rule) -> Vec<Text> {
        vec![
            rule.priority.to_string().into(),
            Text::from(self.t.rules.sentence(self.names, rule)).above(&rule.note),
            (self.t.rules.state)(self.state(rule)).into(),
            self.hits(Some(rule.priority)).into(),
        ]
    }

    fn hits(&self, priority: Option<Priority>) -> String {
        let hits = self.material.hits.get(self.authority.cvr, priority);
        self.d.grammar.number(hits.map_or(0, |hits| hits.count))
    }

    fn receivers(&mut self) {
        let d = self.d;
        self.section(d.receivers);
        let mut fagsystems: Vec<_> = self.authority.fagsystems.iter().collect();
        fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
        let rows = fagsystems.into_iter().map(|fagsystem| self.receiver_row(fagsystem)).collect();
        let columns = vec![
            Column::text(d.receiver, 28),
            Column::text(d.where_, 32),
            Column::text(d.contact, 22),
            Column::text(d.state, 18),
        ];
        self.blocks.push(Block::Table(Table { columns, rows }));
    }

    fn receiver_row(&self, fagsystem: &Fagsystem) -> Vec<Text> {
        let d = self.d;
        let is_default = fagsystem.id == self.authority.default_fagsystem;
        let rules = self.authority.rules.iter().filter(|rule| rule.fagsystem == fagsystem.id).count();
        let rules = d.for_rules.of(rules);
        let about = if is_default { format!("{}\n{rules}", d.is_default) } else { rules };
        let endpoint = &fagsystem.endpoint;
        let how = match (endpoint.is_encrypted(), endpoint.is_loopback()) {
            (true, _) => d.encrypted,
            (false, true) => d.on_this_machine,
            (false, false) => d.unencrypted,
        };
        let contact = match fagsystem.contact.as_str() {
            "" => Text::muted(d.no_contact),
            contact => contact.into(),
        };
        vec![
            Text::strong(fagsystem_name(self.authority, &fagsystem.id)).above(about),
            Text::from((d.host)(&host(endpoint))).above(how),
            contact,
            if fagsystem.active { d.in_use } else { d.paused }.into(),
        ]
    }

    fn default_mail(&mut self) {
        let (d, mail) = (self.d, &self.material.default_mail);
        self.section(d.default_mail);
        if mail.messages == 0 {
            self.paragraph((d.default_got_nothing)(self.default_name()));
            return;
        }
        self.paragraph((d.default_got)(self.default_name(), &d.messages.of(mail.messages)));
        let groups = [Facet::ContactPoint, Facet::NoContactPoint].map(|facet| mail.groups(facet));
        let mut groups: Vec<_> = groups.into_iter().flatten().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.messages));
        let line = |group: &DefaultGroup| {
            let value = without_cpr(&self.names.value(&group.criterion).unwrap_or_default()).into_owned();
            let which = (self.t.rules.sentence.which)(&group.criterion, &value);
            Text::from(format!("{}: {}", capitalised(&which), d.messages.of(group.messages)))
        };
        let lines: Vec<_> = groups.into_iter().take(MOST_POINTS).map(line).collect();
        if !lines.is_empty() {
            self.paragraph(d.default_by_point);
            self.blocks.push(Block::List(lines));
        }
    }

    /// The contact points that no rule names, itself or by a group, which gets any mail on the day.
    fn points_without_rule(&self) -> Vec<&'a ContactPoint> {
        let live = self.authority.rules.iter().filter(|rule| is_in_force(self.state(rule)));
        let named: HashSet<&Criterion> = live.map(|rule| &rule.criterion).collect();
        let all = Criterion::RecipientCvr(self.authority.cvr);
        let has_all = named.contains(&all) && self.authority.more_cvrs.is_empty();
        let is_named = |point: &ContactPoint| {
            let groups = point.groups.iter().map(|group| Criterion::ContactGroup(group.name.clone()));
            let mut ways = groups.chain([Criterion::ContactPoint(point.id.clone())]);
            ways.any(|criterion| named.contains(&criterion))
        };
        let is_without = |point: &&ContactPoint| !has_all && !is_named(point);
        let mut points: Vec<_> = self.authority.contact_points.iter().filter(is_without).collect();
        points.sort_by(|one, other| danish_order(&one.title, &other.title));
        points
    }

    fn points(&mut self) {
        let d = self.d;
        self.section(d.points);
        if self.authority.contact_points.is_empty() {
            return self.paragraph(d.no_points);
        }
        if self.without_rule.is_empty() {
            return self.paragraph(d.all_points_have);
        }
        let looks_elsewhere = |criterion: &Criterion| {
            !matches!(criterion, Criterion::ContactPoint(_) | Criterion::ContactGroup(_) | Criterion::NoContactPoint(_))
        };
        let mut live = self.authority.rules.iter().filter(|rule| is_in_force(self.state(rule)));
        let rest = if live.any(|rule| looks_elsewhere(&rule.criterion)) { Rest::Others } else { Rest::Default };
        self.paragraph((d.points_intro)(rest, self.default_name()));
        let name = |point: &&ContactPoint| match point.title.as_str() {
            "" => Text::from(point.id.as_str()),
            title => title.into(),
        };
        self.blocks.push(Block::List(self.without_rule.iter().map(name).collect()));
    }

    fn guards(&mut self) {
        let d = self.d;
        self.section(d.guards);
        if self.authority.guards.is_empty() {
            return self.paragraph(d.no_guards);
        }
        self.paragraph(d.guards_intro);
        let broken: HashMap<_, _> = self.material.broken_guards.iter().map(|broken| (broken.index, broken)).collect();
        let rows = self.authority.guards.iter().enumerate().map(|(at, guard)| {
            let must = (self.t.guards.must)(fagsystem_name(self.authority, &guard.fagsystem));
            let state = match (broken.get(&at), guard.day) {
                (Some(broken), _) => Text::strong((d.broken)(&self.how(broken))),
                (None, Some(day)) => (d.holds_on)(&date_text(day)).into(),
                (None, None) => d.holds.into(),
            };
            vec![Text::from(guard.name.as_str()).above(must), state]
        });
        let rows = rows.collect();
        let columns = vec![Column::text(d.guard, 55), Column::text(d.state, 45)];
        self.blocks.push(Block::Table(Table { columns, rows }));
    }

    /// Where the message of a broken guard would go.
    fn how(&self, broken: &BrokenGuard) -> String {
        let (g, when) = (&self.t.guards, self.t.guards.when(broken));
        match &broken.destination {
            None => (g.refused)(&when),
            Some(there) => {
                let fagsystem = fagsystem_name(self.authority, &there.fagsystem);
                match there.rule {
                    Some(rule) => (g.by_rule)(&when, fagsystem, rule),
                    None => (g.by_default)(&when, fagsystem),
                }
            }
        }
    }

    fn findings(&mut self) {
        let d = self.d;
        self.section(d.findings);
        if self.material.findings.is_empty() {
            return self.paragraph(d.no_findings);
        }
        let kinds =
            [(Severity::Fault, d.faults), (Severity::Warning, d.warnings), (Severity::Information, d.information)];
        for (severity, words) in kinds {
            let lines: Vec<_> = self.material.findings.iter().filter(|it| it.kind.severity() == severity).collect();
            if lines.is_empty() {
                continue;
            }
            self.blocks.push(Block::Heading(Level::Part, words.to_owned()));
            self.blocks.push(Block::List(self.finding_lines(lines)));
        }
    }

    fn finding_lines(&self, findings: Vec<&Finding>) -> Vec<Text> {
        let (overlaps, others): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|finding| matches!(finding.kind, FindingKind::Overlap { .. }));
        let (gathered, alone) =
            if overlaps.len() > MOST_OVERLAPS { (overlaps, others) } else { (Vec::new(), [overlaps, others].concat()) };
        // Several rules may have one and the same thing said of their receiver.
        let mut seen = std::collections::HashSet::new();
        let alone = alone.into_iter().filter_map(|finding| {
            let sentence = self.t.changes.finding(self.authority, &finding.kind);
            let line = self.since_last(&sentence, self.material.was_known(&finding.kind));
            seen.insert(sentence).then_some(line)
        });
        let mut lines: Vec<_> = alone.collect();
        for was_known in [None, Some(false), Some(true)] {
            let of_these = gathered.iter().filter(|it| self.material.was_known(&it.kind) == was_known);
            let rules: Vec<_> = of_these.filter_map(|finding| finding.rule).collect();
            lines.extend((!rules.is_empty()).then(|| self.since_last(&self.overlaps(&rules), was_known)));
        }
        lines
    }

    /// What is said of a finding, and whether the last review had it.
    fn since_last(&self, sentence: &str, was_known: Option<bool>) -> Text {
        let line = Text::from(sentence);
        match was_known {
            Some(true) => line.with(Look::Muted, format!(" {}", self.d.was_known)),
            Some(false) => line.with(Look::Muted, format!(" {}", self.d.is_new)),
            None => line,
        }
    }

    /// Many overlaps in one sentence.
    fn overlaps(&self, rules: &[Priority]) -> String {
        let d = self.d;
        let mut numbers: Vec<_> = rules.iter().take(MOST_RULES).map(ToString::to_string).collect();
        let more = rules.len().saturating_sub(MOST_RULES);
        numbers.extend((more > 0).then(|| d.more_rules.of(more)));
        (d.overlaps)(&d.rules.of(rules.len()), &d.grammar.joined(&numbers))
    }

    fn changes(&mut self) {
        let d = self.d;
        self.section(d.changes);
        let material = self.material;
        match material.reviews.first() {
            Some(_) if material.changes.is_empty() => return self.paragraph(d.no_changes),
            Some(last) => self.paragraph((d.changes_since)(&date_text(last.reviewed_on()), last.publication.get())),
            None => self.paragraph(d.changes_of_all),
        }
        for change in &material.changes {
            self.change(change);
        }
        if material.more_changes > 0 {
            self.paragraph(d.more_publications.of(material.more_changes));
        }
    }

    fn change(&mut self, change: &PublishedChange) {
        let (d, PublishedChange { entry, before, after, differences }) = (self.d, change);
        let by = someone(&entry.published_by, self.t);
        let is = (d.publication_is)(entry.number.get(), &moment_text(entry.published_at), by);
        self.blocks.push(Block::Heading(Level::Part, is));
        let note = without_cpr(&entry.note);
        if !note.trim().is_empty() {
            self.paragraph(Text::muted((d.note)(note.trim())));
        }
        if differences.is_empty() {
            return self.paragraph(d.no_differences);
        }
        let kle = self.names.registers.kle;
        let sentence =
            |difference| Text::from(self.t.changes.sentence(kle, [before.as_ref(), after.as_ref()], difference));
        let mut lines: Vec<_> = differences.iter().take(MOST_DIFFERENCES).map(sentence).collect();
        if differences.len() > MOST_DIFFERENCES {
            lines.push(Text::muted(d.more_differences.of(differences.len() - MOST_DIFFERENCES)));
        }
        self.blocks.push(Block::List(lines));
    }

    fn signature(&mut self) {
        let d = self.d;
        self.section(d.signature);
        self.paragraph(d.signature_intro);
        let next = self.made_on.saturating_add(MONTHS_BETWEEN.months());
        self.paragraph(Text::strong((d.next)(&date_text(next))));
        self.blocks.push(Block::Signature(d.lines.iter().map(|line| (*line).to_owned()).collect()));
    }
}

fn is_in_force(state: RuleState) -> bool {
    matches!(state, RuleState::Active | RuleState::Expiring)
}
