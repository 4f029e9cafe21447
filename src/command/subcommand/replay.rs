use std::collections::BTreeSet;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::clock;
use crate::command::broken_guards;
use crate::command::chosen_rules::ChosenRules;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::open_store;
use crate::command::parse::read_date;
use crate::command::terminal::{counted, print_json, print_line};
use crate::exchange::Progress;
use crate::rules::{BrokenGuard, Cvr, Distributor, Flow, Receiver, Replay, Way, short_without_cpr};
use crate::store::{DataPlace, DaySpan, ReplayQuestion, Store};

/// The most messages of a flow that are listed; of the others the number is told.
const MOST_LISTED: usize = 10_000;
const USUAL_DAYS: u16 = 30;

#[derive(Debug, Args)]
pub(in crate::command) struct ReplayArgs {
    #[command(flatten)]
    rules: ChosenRules,
    /// The messages of that many days, today's among them [default: 30]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..), conflicts_with_all = ["from", "to"])]
    days: Option<u16>,
    /// The messages from that day on
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_date)]
    from: Option<Date>,
    /// The messages until that day [default: today in Denmark]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_date)]
    to: Option<Date>,
    /// The day on which the messages come now [default: today in Denmark]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_date)]
    on: Option<Date>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// List the messages that would change receiver, by their messageUUIDs
    #[arg(long)]
    list: bool,
}

impl ReplayArgs {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let today = clock::today();
        let span = self.span(today)?;
        let store = open_store(data)?;
        let rules = self.rules.compiled(data)?;
        let day = self.on.unwrap_or(today);
        let question = ReplayQuestion { span, day, most_listed: if self.list { MOST_LISTED } else { 0 } };
        let replay = store.replay(&rules, &question, &Progress::default())?.ok_or("the replay was stopped")?;
        let guards = Guards::of(&rules, day);
        let answer =
            Answer { replay: &replay, shows_authorities: has_several(&replay, &rules), store: &store, call: &self };
        if self.json { answer.print_as_json(&guards) } else { answer.print_in_words(&question, &guards) }
    }

    fn span(&self, today: Date) -> Result<DaySpan, Failure> {
        if self.from.is_none() && self.to.is_none() {
            return Ok(DaySpan::last(self.days.unwrap_or(USUAL_DAYS), today));
        }
        // Without a beginning, as long ago as the database can tell.
        let span = DaySpan { from: self.from.unwrap_or(Date::MIN), to: self.to.unwrap_or(today) };
        if span.from > span.to {
            return Err(format!("the span ends on {}, before it begins on {}", span.to, span.from).into());
        }
        Ok(span)
    }
}

/// What the rules' guards say on a day.
struct Guards {
    held: usize,
    broken: Vec<Value>,
}

impl Guards {
    /// A guard for one day alone is tried on that day, any other on the day that messages are decided for.
    fn of(rules: &Distributor, day: Date) -> Self {
        let authorities = &rules.book().authorities;
        let all: usize = authorities.iter().map(|authority| authority.guards.len()).sum();
        let broken = rules.guards_broken_on(day);
        let broken: Vec<_> = broken.iter().map(entry).collect();
        Self { held: all - broken.len(), broken }
    }
}

fn entry(broken: &BrokenGuard) -> Value {
    json!({
        "myndighed": broken.authority,
        "navn": short_without_cpr(&broken.guard.name, broken_guards::LONGEST_NAME),
        "fagsystem": broken.guard.fagsystem.as_str(),
        "dag": broken.day,
        "til": broken.destination.as_ref().map(|it| it.fagsystem.as_str()),
        "prioritet": broken.destination.as_ref().and_then(|it| it.rule),
    })
}

/// Whether it must be said which authority a fagsystem belongs to.
fn has_several(replay: &Replay, rules: &Distributor) -> bool {
    let receivers = replay.flows.keys().flat_map(|way| [&way.from, &way.to]).flatten();
    let owners = rules.book().authorities.iter().map(|it| it.cvr);
    receivers.map(|it| it.authority).chain(owners).collect::<BTreeSet<_>>().len() > 1
}

/// What is printed.
struct Answer<'a> {
    replay: &'a Replay,
    shows_authorities: bool,
    store: &'a Store,
    call: &'a ReplayArgs,
}

impl Answer<'_> {
    fn print_as_json(&self, guards: &Guards) -> Result<Conclusion, Failure> {
        let moved = self.replay.moved().into_iter().map(|(way, flow)| self.entry(way, flow));
        print_json(&json!({
            "meddelelser": self.replay.messages(),
            "uaendret": self.replay.unchanged(),
            "flyttet": moved.collect::<Result<Vec<_>, _>>()?,
            "vagter": {"holdt": guards.held, "brudt": guards.broken},
        }))?;
        Ok(Conclusion::Done)
    }

    fn entry(&self, way: &Way, flow: &Flow) -> Result<Value, Failure> {
        let fagsystem = |receiver: &Option<Receiver>| receiver.as_ref().map(|it| it.fagsystem.to_string());
        let rules = flow.by_size().into_iter();
        let mut entry = json!({
            "fra": fagsystem(&way.from),
            "til": fagsystem(&way.to),
            "antal": flow.count(),
            "regler": rules.map(|(priority, share)| json!({"prioritet": priority, "antal": share.count})).collect::<Vec<_>>(),
        });
        if self.shows_authorities {
            let (from, to) = authorities(way);
            entry["myndighed"] = json!(to.or(from));
            if let (Some(from), Some(to)) = (from, to)
                && from != to
            {
                entry["fraMyndighed"] = json!(from);
            }
        }
        if self.call.list {
            let (uuids, left_off) = self.listed(flow)?;
            entry["messageUUIDs"] = json!(uuids);
            if left_off > 0 {
                entry["udeladt"] = json!(left_off);
            }
        }
        Ok(entry)
    }

    /// The messageUUIDs of a flow, the newest first, and how many are left off.
    fn listed(&self, flow: &Flow) -> Result<(Vec<String>, u64), Failure> {
        let mut numbers: Vec<_> = flow.rules.values().flat_map(|share| share.listed.iter().copied()).collect();
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        numbers.truncate(MOST_LISTED);
        let left_off = flow.count().saturating_sub(numbers.len() as u64);
        let rows = self.store.journal_rows(&numbers)?;
        Ok((rows.into_iter().filter_map(|row| row.message_uuid).collect(), left_off))
    }

    fn print_in_words(&self, question: &ReplayQuestion, guards: &Guards) -> Result<Conclusion, Failure> {
        for (way, flow) in self.replay.moved() {
            print_line(format_args!("{}", self.way_in_words(way, flow)));
            for (priority, share) in flow.by_size() {
                let count = counted_messages(share.count);
                match priority {
                    Some(priority) => print_line(format_args!("  by rule {priority}: {count}")),
                    None if way.to.is_none() => print_line(format_args!("  for none of the authorities: {count}")),
                    None => print_line(format_args!("  as the default recipient (opsamlingssystem): {count}")),
                }
            }
            if self.call.list {
                let (uuids, left_off) = self.listed(flow)?;
                for uuid in uuids {
                    print_line(format_args!("  {uuid}"));
                }
                if left_off > 0 {
                    print_line(format_args!("  and {left_off} more"));
                }
            }
        }
        let (messages, unchanged) = (self.replay.messages(), self.replay.unchanged());
        let DaySpan { from, to } = question.span;
        let came = if from == Date::MIN { format!("until {to}") } else { format!("from {from} to {to}") };
        let all = counted_messages(messages);
        let moved = messages - unchanged;
        let day = question.day;
        print_line(format_args!("{all} {came}, as if they came on {day}: {moved} would change receiver"));
        if guards.held > 0 || !guards.broken.is_empty() {
            print_line(format_args!("Guards: {} held, {} broken", guards.held, guards.broken.len()));
        }
        Ok(Conclusion::Done)
    }

    fn way_in_words(&self, way: &Way, flow: &Flow) -> String {
        let name = |receiver: &Option<Receiver>| match receiver {
            None => "refused".to_owned(),
            Some(it) if self.shows_authorities => format!("{} ({})", it.fagsystem, it.authority),
            Some(it) => it.fagsystem.to_string(),
        };
        format!("{} -> {}: {}", name(&way.from), name(&way.to), counted_messages(flow.count()))
    }
}

fn authorities(way: &Way) -> (Option<Cvr>, Option<Cvr>) {
    let of = |receiver: &Option<Receiver>| receiver.as_ref().map(|it| it.authority);
    (of(&way.from), of(&way.to))
}

fn counted_messages(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "message", "messages")
}
