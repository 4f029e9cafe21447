//! What other rules would change for all messages that there can be.

use std::sync::Arc;

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};
use jiff::civil::Date;
use lucide_icons::Icon;

use crate::desktop::language::names::Names;
use crate::desktop::model::foresight::Outlook;
use crate::desktop::model::proof_line::{Cause, ProofLine};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{icon, note, plain_button};
use crate::rules::{Authority, Destination, Facts, Priority, Receiver, RuleBook};

/// More lines than this are counted, not shown.
const MOST_LINES: usize = 12;
/// More ways of one line than this are counted, not named.
const MOST_WAYS: usize = 3;

impl<'a> Scene<'a> {
    /// Every way in which messages would change receiver if the second book replaced the first, and that nothing else does.
    /// `example` opens a made-up message that changes.
    pub fn proof_view<Message: Clone + 'a>(
        &self,
        before: &Arc<RuleBook>,
        after: &Arc<RuleBook>,
        example: impl Fn(Box<Facts>, Date) -> Message + 'a,
    ) -> Element<'a, Message> {
        let t = &self.t.proof;
        match self.foresight.of(before, after, self.day()) {
            None => note(t.working_out).into(),
            Some(None) => note(t.contradiction).into(),
            Some(Some(outlook)) => self.proof_lines(outlook, [before, after], example),
        }
    }

    /// The same on one line.
    pub fn proof_in_short<Message: 'a>(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>) -> Element<'a, Message> {
        let t = &self.t.proof;
        let words = match self.foresight.of(before, after, self.day()) {
            None => t.working_out.to_owned(),
            Some(None) => t.contradiction.to_owned(),
            Some(Some(outlook)) if outlook.is_cut_off => t.cut_off.to_owned(),
            Some(Some(outlook)) if outlook.proof.is_empty() => t.seen_on(t.nothing, self.other_day().as_deref()),
            Some(Some(outlook)) => t.seen_on(t.kinds.of(outlook.proof.len()), self.other_day().as_deref()),
        };
        row![icon(Icon::BadgeCheck).size(14).style(theme::muted), note(words)].spacing(6).align_y(Center).into()
    }

    fn proof_lines<Message: Clone + 'a>(
        &self,
        outlook: &Outlook,
        books: [&RuleBook; 2],
        example: impl Fn(Box<Facts>, Date) -> Message + 'a,
    ) -> Element<'a, Message> {
        let t = &self.t.proof;
        let lines = outlook.proof.iter().take(MOST_LINES).map(|line| {
            let (facts, day) = (Box::new(line.example.0.clone()), line.example.1);
            self.proof_line(line, books, example(facts, day))
        });
        let more = outlook.proof.len().saturating_sub(MOST_LINES);
        let more = (more > 0).then(|| note(t.more.of(more)));
        let rest = match (outlook.proof.is_empty(), outlook.is_cut_off) {
            (true, _) => Some(t.nothing),
            (false, true) => None,
            (false, false) => Some(t.nothing_else),
        };
        let rest = rest.map(|words| t.seen_on(words, self.other_day().as_deref()));
        let rest = rest.map(|words| row![icon(Icon::CircleCheck).style(theme::good), text(words)].spacing(8));
        let cut_off = outlook.is_cut_off.then(|| note(t.cut_off));
        column![Column::with_children(lines).spacing(6), more, rest, cut_off].spacing(8).into()
    }

    fn proof_line<Message: Clone + 'a>(
        &self,
        line: &ProofLine,
        [before, after]: [&RuleBook; 2],
        example: Message,
    ) -> Element<'a, Message> {
        let t = &self.t.proof;
        let (mail, way) = self.mail_and_way(line, [before, after]);
        let way = text(way);
        let see = plain_button(t.example).style(theme::secondary).on_press(example);
        let head = row![text(mail).font(theme::SEMIBOLD).width(Fill), see].spacing(12).align_y(Center);
        let stays = line.stays.as_ref().map(|stays| {
            let receiver = Receiver { authority: line.authority, fagsystem: stays.at.fagsystem.clone() };
            let by = stays.at.rule.map_or_else(|| t.default.to_owned(), t.rule);
            note((t.stays)(&stays.group, &self.receiver(&receiver, [after, before]), &by))
        });
        let content = column![head, way, note(self.ways(line)), stays].spacing(4);
        container(content).padding([8, 12]).width(Fill).style(theme::highlight).into()
    }

    /// "Mail with KLE 32", and "Kontante ydelser → KY2, from 01-01-2027".
    fn mail_and_way(&self, line: &ProofLine, [before, after]: [&RuleBook; 2]) -> (String, String) {
        let t = &self.t.proof;
        let name = |receiver: &Option<_>| match receiver {
            Some(fagsystem) => {
                let receiver = Receiver { authority: line.authority, fagsystem: Clone::clone(fagsystem) };
                self.receiver(&receiver, [after, before])
            }
            None => t.refused.to_owned(),
        };
        let mail = match line.cause {
            Cause::New(number) => self.mail_of(after.authority(line.authority), number),
            Cause::Old(number) => self.mail_of(before.authority(line.authority), number),
            Cause::Rest => t.rest.to_owned(),
        };
        let periods = t.periods(&self.t.changes.finding.idle, &line.periods, self.today);
        (mail, format!("{}, {periods}", (t.way)(&name(&line.from), &name(&line.to))))
    }

    /// The same in one sentence where one kind of mail changes receiver; otherwise how many kinds do.
    pub fn proof_sentence(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>) -> String {
        let t = &self.t.proof;
        match self.foresight.of(before, after, self.day()) {
            None => t.working_out.to_owned(),
            Some(None) => t.contradiction.to_owned(),
            Some(Some(outlook)) if outlook.is_cut_off => t.cut_off.to_owned(),
            Some(Some(outlook)) => match &outlook.proof[..] {
                [] => t.seen_on(t.nothing, self.other_day().as_deref()),
                [line] => {
                    let (mail, way) = self.mail_and_way(line, [before, after]);
                    format!("{mail}: {way}. {}", t.seen_on(t.nothing_else, self.other_day().as_deref()))
                }
                lines => t.seen_on(t.kinds.of(lines.len()), self.other_day().as_deref()),
            },
        }
    }

    /// "Mail with KLE 32 from companies".
    fn mail_of(&self, authority: Option<&Authority>, number: Priority) -> String {
        let t = &self.t.proof;
        let rule = authority.and_then(|authority| Some((authority, authority.rule(number)?)));
        let Some((authority, rule)) = rule else { return t.rest.to_owned() };
        let value = Names { authority, registers: self.registers() }.value(&rule.criterion).unwrap_or_default();
        let sentence = &self.t.rules.sentence;
        (t.mail)(&(sentence.which)(&rule.criterion, &value), (sentence.from_whom)(rule.segment))
    }

    /// "rule 80 → rule 75".
    fn ways(&self, line: &ProofLine) -> String {
        let t = &self.t.proof;
        let decider = |it: &Option<Destination>| match it.as_ref().map(|it| it.rule) {
            Some(Some(rule)) => (t.rule)(rule),
            Some(None) => t.default.to_owned(),
            None => t.refused.to_owned(),
        };
        let ways = line.ways.iter().take(MOST_WAYS);
        let mut words: Vec<_> = ways.map(|(before, after)| (t.way)(&decider(before), &decider(after))).collect();
        let more = line.ways.len().saturating_sub(MOST_WAYS);
        words.extend((more > 0).then(|| (t.and_more)(more)));
        words.join(", ")
    }
}
