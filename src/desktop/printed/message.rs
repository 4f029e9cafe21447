//! A message's story, for when its arrival is disputed.

use jiff::Timestamp;

use super::{Maker, host, someone};
use crate::LanguageChoice;
use crate::clock;
use crate::desktop::language::format::{duration_text, moment_text};
use crate::desktop::language::names::{Names, Registers, fagsystem_name};
use crate::desktop::language::{MessageDocumentTexts, Texts};
use crate::desktop::model::presentable::Presentable;
use crate::desktop::service::MessageStory;
use crate::document::{Block, Column, Definition, Document, Level, Table, Text};
use crate::router::Refusal;
use crate::rules::{Authority, Caseless, Cvr, FagsystemId, KlePlan, MatchResult, RuleBook, Sender, without_cpr};
use crate::store::{JournalEntry, JournalRow, MessageDetails, Outcome};

/// What a message's document is put together from.
pub(in crate::desktop) struct MessageInput<'a> {
    pub t: &'static Texts,
    pub language: LanguageChoice,
    pub story: &'a MessageStory,
    pub kle: &'a KlePlan,
    /// The rules in force now, which know other authorities' names.
    pub book: &'a RuleBook,
    pub maker: Maker<'a>,
}

/// The document of a message.
pub(in crate::desktop) fn message_document(input: &MessageInput<'_>) -> Document {
    let mut shown = Presentable::default();
    let decided = input.story.decided.as_ref();
    let then = decided.map(|decided| (shown.book(&decided.publication.book), decided.authority));
    let (now, facts) = (shown.book(input.book), input.story.story.entry.facts.as_ref());
    let point = facts.and_then(|(facts, _)| facts.contact_point.as_ref()).and_then(|point| point.id.as_ref());
    let mut letter = Letter {
        t: input.t,
        d: &input.t.message_document,
        story: input.story,
        entry: &input.story.story.entry,
        authority: then.as_ref().and_then(|(book, authority)| book.authority(*authority)),
        point: point.map(|id| shown.name(id)),
        registers: Registers { book: &now, kle: input.kle },
        blocks: Vec::new(),
    };
    letter.blocks.push(Block::Paragraph(letter.d.intro.into()));
    letter.short();
    letter.message();
    letter.decision();
    letter.delivery();
    letter.receipt();
    letter.tries();
    letter.unknown();
    letter.about(input.maker);
    Document {
        title: letter.d.title.to_owned(),
        subtitle: letter.entry.message_uuid.as_deref().map(without_cpr).unwrap_or_default().into_owned(),
        language: input.language,
        made_at: clock::in_denmark(input.maker.now),
        blocks: letter.blocks,
    }
}

struct Letter<'a> {
    t: &'static Texts,
    d: &'static MessageDocumentTexts,
    story: &'a MessageStory,
    entry: &'a JournalEntry,
    /// As the publication that decided has it.
    authority: Option<&'a Authority>,
    /// The id of the contact point that the message is to.
    point: Option<Caseless>,
    registers: Registers<'a>,
    blocks: Vec<Block>,
}

impl Letter<'_> {
    fn section(&mut self, words: &str) {
        self.blocks.push(Block::Heading(Level::Section, words.to_owned()));
    }

    fn paragraph(&mut self, words: impl Into<Text>) {
        self.blocks.push(Block::Paragraph(words.into()));
    }

    /// To the second, with the zone.
    fn moment(&self, moment: Timestamp) -> String {
        let time = clock::in_denmark(moment).strftime("%d-%m-%Y %H:%M:%S").to_string();
        (self.t.paper.moment)(&time, clock::hours_ahead_of_utc(moment))
    }

    fn fagsystem(&self, id: &FagsystemId) -> String {
        let name = self.authority.map_or(id.as_str(), |authority| fagsystem_name(authority, id));
        without_cpr(name).into_owned()
    }

    fn short(&mut self) {
        let (d, tries) = (self.d, &self.story.story.tries);
        self.section(d.short);
        let MessageDetails { came, first_came_at, .. } = self.story.story;
        let mut points = vec![format!("{} {}", (d.came)(&self.moment(first_came_at)), d.came_again.of(came.max(1)))];
        let accepted = tries.iter().find(|row| row.outcome == Outcome::Accepted && row.repeats.is_none());
        points.push(match accepted.and_then(|row| Some((row, row.fagsystem.as_ref()?))) {
            Some((row, id)) => {
                let answered = Timestamp::from_nanosecond(
                    row.received_at.as_nanosecond() + i128::try_from(row.total.as_nanos()).unwrap_or_default(),
                );
                (d.accepted)(&self.fagsystem(id), &self.moment(answered.unwrap_or(row.received_at)))
            }
            None => d.not_accepted.to_owned(),
        });
        if tries.len() > 1 {
            points.push((d.this_try)(&self.moment(self.entry.received_at)));
        }
        self.blocks.push(Block::List(points.into_iter().map(Text::from).collect()));
    }

    fn message(&mut self) {
        let (d, s) = (self.d, &self.t.messages.story);
        self.section(d.message);
        let uuid = self.entry.message_uuid.as_deref().map_or(d.no_uuid.into(), without_cpr);
        let mut lines = vec![
            Definition::new(d.uuid, uuid.as_ref()),
            Definition::new(d.received, self.moment(self.entry.received_at)),
            Definition::new(d.size, s.bytes.of(self.entry.bytes)),
        ];
        let Some((facts, kind)) = &self.entry.facts else {
            self.blocks.push(Block::Definitions(lines));
            return self.paragraph(s.no_facts);
        };
        let kind = (self.t.router.sender)(*kind);
        let sender = match facts.sender {
            Sender::Organisation(Some(cvr)) => (d.cvr)(kind, &self.cvr(cvr)),
            _ => kind.to_owned(),
        };
        lines.push(Definition::new(s.sender, sender));
        lines.extend(facts.recipient.map(|cvr| Definition::new(s.recipient, self.cvr(cvr))));
        let point = facts.contact_point.as_ref();
        let id = self.point.as_ref();
        let title = self.authority.zip(id).and_then(|(authority, id)| authority.contact_point(id));
        let title = title.map(|point| point.title.as_str()).filter(|title| !title.is_empty());
        let shown = match (title, id) {
            (Some(title), _) => title.to_owned(),
            (None, Some(id)) => id.to_string(),
            (None, None) => d.none.to_owned(),
        };
        lines.push(Definition::new(s.contact_point, shown));
        let group = point.and_then(|point| point.group.as_ref());
        lines.extend(group.map(|group| Definition::new(s.contact_group, without_cpr(group.as_str()).as_ref())));
        lines.extend(facts.kle.map(|kle| {
            let number = kle.to_string();
            let title = self.registers.kle.nearest_title(kle).map(ToString::to_string).unwrap_or_default();
            Definition::new("KLE", if title.is_empty() { number } else { format!("{number} {title}") })
        }));
        lines.extend(facts.form.map(|form| Definition::new("FORM", form.to_string())));
        lines.extend(facts.post_type.map(|it| Definition::new(s.post_type, (self.t.rules.post_type)(it))));
        self.blocks.push(Block::Definitions(lines));
    }

    fn cvr(&self, cvr: Cvr) -> String {
        match self.registers.cvr_name(cvr) {
            Some(name) => format!("{cvr} ({})", without_cpr(name)),
            None => cvr.to_string(),
        }
    }

    fn decision(&mut self) {
        let (d, s) = (self.d, &self.t.messages.story);
        self.section(d.decision);
        if self.entry.repeats.is_some() {
            self.paragraph(s.repeats);
        } else if self.entry.differs_from.is_some() {
            self.paragraph(s.differs);
        } else if self.entry.follows.is_some() {
            self.paragraph(s.follows);
        }
        let Some(routed) = &self.entry.routed else {
            return self.paragraph((s.no_decision)(self.entry.outcome));
        };
        let story = self.story;
        let Some(decided) = &story.decided else { return self.paragraph(s.no_publication) };
        let publication = &decided.publication;
        let by = someone(&publication.published_by, self.t);
        let at = moment_text(publication.published_at);
        self.paragraph((d.publication)(publication.number.get(), &at, without_cpr(by).as_ref()));
        let Some(authority) = self.authority else { return };
        let rule = routed.priority.and_then(|priority| authority.rule(priority));
        if let Some(rule) = rule {
            let registers = self.registers;
            let sentence = self.t.rules.sentence(Names { authority, registers }, rule);
            let before = decided.explained.iter().take_while(|(priority, _)| *priority != rule.priority);
            let before = before.filter(|(_, result)| !matches!(result, MatchResult::Matches)).count();
            let before = if before > 0 { format!(" {}", d.passed_over.of(before)) } else { String::new() };
            self.paragraph(format!("{}{before}", (d.by_rule)(&rule.priority.to_string(), &sentence)));
        } else if routed.priority.is_none() {
            self.paragraph((s.by_default)(&self.fagsystem(&routed.fagsystem)));
        } else {
            self.paragraph(s.rule_is_gone);
        }
        self.paragraph(Text::muted(d.rule_of_then));
    }

    fn delivery(&mut self) {
        let (d, s, entry) = (self.d, &self.t.messages.story, self.entry);
        self.section(d.delivery);
        let has_been_handed = entry.timing.whole.is_some() && entry.repeats.is_none();
        if let (Some(routed), true) = (&entry.routed, has_been_handed) {
            let endpoint = self.authority.and_then(|authority| authority.fagsystem(&routed.fagsystem));
            let host = endpoint.map_or_else(|| "–".to_owned(), |fagsystem| host(&fagsystem.endpoint));
            self.paragraph((d.handed_to)(&self.fagsystem(&routed.fagsystem), &host));
        }
        let refusal = entry.refused.as_ref().and_then(|refused| Refusal::from_code(&refused.reason));
        let outcome = match refusal {
            Some(refusal) => (s.refusal)(refusal).to_owned(),
            None => s.outcome(entry.outcome, entry.reason),
        };
        if entry.repeats.is_none() {
            self.paragraph(outcome);
        }
        match &entry.answer {
            (None, None) => self.paragraph(d.no_answer),
            (status, code) => {
                let status = status.map(d.answered);
                let code = code.as_deref().map(|code| (d.answered_code)(&without_cpr(code)));
                let answer: Vec<_> = status.into_iter().chain(code).collect();
                self.paragraph(answer.join(" "));
            }
        }
        if let Some(fate) = (self.t.messages.fate)(entry.outcome) {
            self.paragraph(fate);
        }
        self.paragraph((d.took)(&duration_text(entry.timing.total)));
    }

    fn receipt(&mut self) {
        let (d, entry) = (self.d, self.entry);
        self.section(d.receipt);
        match entry.outcome {
            Outcome::UnderWay | Outcome::BrokenOff => return self.paragraph((d.no_receipt)(entry.outcome)),
            Outcome::Accepted => self.paragraph(d.accepted_receipt),
            refused => self.paragraph((d.refused_receipt)(refused.code())),
        }
        let transmission = entry.transmission_id.map_or_else(|| d.no_transmission.to_owned(), |id| id.to_string());
        self.blocks.push(Block::Definitions(vec![Definition::new(d.transmission, transmission)]));
    }

    fn tries(&mut self) {
        let (d, tries) = (self.d, &self.story.story.tries);
        self.section(d.tries);
        let came = self.story.story.came.max(1);
        let intro = d.tries_intro.of(came);
        let left_out = came.saturating_sub(tries.len().try_into().unwrap_or(u64::MAX));
        let left_out = (left_out > 0).then(|| format!(" {}", d.tries_left_out.of(left_out)));
        self.paragraph(format!("{intro}{}", left_out.unwrap_or_default()));
        // What is the same of all of them is said once, and leaves the others room.
        let same_fagsystem = same(tries, |row| row.fagsystem.as_ref().map(|id| self.fagsystem(id)).unwrap_or_default());
        let same_by = same(tries, |row| self.decided_by(row));
        for (name, same) in [(d.fagsystem, &same_fagsystem), (d.by, &same_by)] {
            if let Some(same) = same.as_deref().filter(|same| !same.is_empty()) {
                self.paragraph((d.of_all_tries)(name, same));
            }
        }
        let mut columns = vec![Column::text(d.moment, 26), Column::text(d.outcome, 20)];
        columns.extend(same_fagsystem.is_none().then(|| Column::text(d.fagsystem, 22)));
        columns.extend(same_by.is_none().then(|| Column::text(d.by, 20)));
        columns.push(Column::number(d.answer_time, 14));
        let rows = tries.iter().map(|row| {
            let time = clock::in_denmark(row.received_at).strftime("%d-%m-%Y %H:%M:%S").to_string();
            let outcome = (self.t.messages.outcome)(row.outcome, row.reason, row.repeats.is_some());
            let mut cells: Vec<Text> = vec![time.into(), outcome.into()];
            let fagsystem = || row.fagsystem.as_ref().map(|id| self.fagsystem(id)).unwrap_or_default().into();
            cells.extend(same_fagsystem.is_none().then(fagsystem));
            cells.extend(same_by.is_none().then(|| self.decided_by(row).into()));
            cells.push(duration_text(row.total).into());
            cells
        });
        let rows = rows.collect();
        self.blocks.push(Block::Table(Table { columns, rows }));
    }

    /// The rule that decided a try.
    fn decided_by(&self, row: &JournalRow) -> String {
        let d = self.d;
        match (row.publication, row.priority) {
            (Some(publication), Some(rule)) => (d.rule_of)(publication.get(), &rule.to_string()),
            (Some(publication), None) if row.fagsystem.is_some() => (d.default_of)(publication.get()),
            _ => String::new(),
        }
    }

    fn unknown(&mut self) {
        let d = self.d;
        self.section(d.unknown);
        let special = [
            (self.entry.outcome == Outcome::Unknown, d.unknown_outcome),
            (self.entry.routed.is_some() && self.story.decided.is_none(), d.unknown_publication),
            (self.entry.facts.is_none(), d.unknown_facts),
        ];
        let special = special.into_iter().filter(|(is_so, _)| *is_so).map(|(_, words)| words);
        self.blocks.push(Block::List(special.chain(d.unknown_items).map(Text::from).collect()));
    }

    fn about(&mut self, maker: Maker<'_>) {
        let d = self.d;
        self.section(d.about);
        let mut lines = maker.definitions(self.t);
        lines.push(Definition::new(d.journal_number, self.story.story.number.to_string()));
        self.blocks.push(Block::Definitions(lines));
    }
}

/// What is to be said of every one of several tries, where it is the same of all.
fn same(tries: &[JournalRow], said: impl Fn(&JournalRow) -> String) -> Option<String> {
    let [first, others @ ..] = tries else { return None };
    let first = said(first);
    (!others.is_empty() && others.iter().all(|row| said(row) == first)).then_some(first)
}
