use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::clock;
use crate::command::as_json::{ground, period};
use crate::command::chosen_rules::ChosenRules;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::{NOTHING_PUBLISHED, open_store};
use crate::command::parse::read_date;
use crate::command::terminal::{counted, print_json, print_line};
use crate::exchange::write_facts;
use crate::rules::{Destination, Proof, ReceiverChange, Span};
use crate::store::{DataPlace, Publication, PublicationNumber, Store};

#[derive(Debug, Args)]
pub(in crate::command) struct Compare {
    #[command(flatten)]
    rules: ChosenRules,
    /// The publication to compare with [default: the newest]
    #[arg(long, value_name = "NUMBER")]
    with: Option<i64>,
    /// Compare on that day alone [default: today and all later days]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_date)]
    on: Option<Date>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Compare {
    /// Answers "no" when any message changes receiver.
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let store = open_store(data)?;
        let before = self.publication(&store)?;
        // Without other rules to compare, the draft is what people mean; with a number, what has become of that publication.
        let chosen = match self.with {
            None if self.rules.are_published() => ChosenRules::draft(),
            _ => self.rules.clone(),
        };
        let after = chosen.read(data)?.map_err(|faults| chosen.refusal(&faults))?;
        let rules = (before.book.compile()?, chosen.compile(&after)?);
        let (day, span) = match self.on {
            Some(day) => (day, Span::Only(day)),
            None => (clock::today(), Span::From(clock::today())),
        };
        let proof = Proof::between(&rules.0, &rules.1, span);
        if self.json {
            let changes = proof.changes.iter().map(|change| self.entry(change));
            let mut answer = json!({
                "foer": before.number.get(),
                "efter": after.publication.map(PublicationNumber::get),
                "dag": day,
                "forskelle": changes.collect::<Vec<_>>(),
            });
            if proof.is_cut_off {
                answer["afkortet"] = json!(true);
            }
            print_json(&answer)?;
        } else {
            proof.changes.iter().for_each(|change| print_change(change, self.on.is_none()));
            match proof.changes.len() {
                0 => print_line(format_args!("No message changes receiver")),
                count if proof.is_cut_off => {
                    print_line(format_args!(
                        "More than {count} ways in which messages change receiver; the rest is left out"
                    ));
                }
                count => {
                    let ways = counted(count, "way", "ways");
                    print_line(format_args!("{ways} in which messages change receiver, and nothing else changes"));
                }
            }
        }
        Ok(if proof.is_empty() { Conclusion::Done } else { Conclusion::No })
    }

    fn publication(&self, store: &Store) -> Result<Publication, Failure> {
        let Some(number) = self.with else { return Ok(store.newest_publication()?.ok_or(NOTHING_PUBLISHED)?) };
        let all = store.publications()?;
        let Some(entry) = all.iter().find(|entry| entry.number.get() == number) else {
            let newest = all.first().map_or_else(|| "none".to_owned(), |entry| format!("1 to {}", entry.number));
            return Err(format!("there is no publication {number}; there are: {newest}").into());
        };
        Ok(store.publication(entry.number)?.ok_or(NOTHING_PUBLISHED)?)
    }

    fn entry(&self, change: &ReceiverChange) -> Value {
        let mut entry = json!({
            "myndighed": change.authority,
            "fra": receiver(change.before.as_ref()),
            "til": receiver(change.after.as_ref()),
            "foer": ground(change.before.as_ref()),
            "efter": ground(change.after.as_ref()),
            "eksempel": change.example,
        });
        if self.on.is_none() {
            entry["perioder"] = change.periods.iter().map(period).collect();
            entry["eksempel"]["dag"] = json!(change.day);
        }
        entry
    }
}

fn receiver(destination: Option<&Destination>) -> Option<&str> {
    destination.map(|it| it.fagsystem.as_str())
}

fn print_change(change: &ReceiverChange, has_periods: bool) {
    let words = |destination: Option<&Destination>| match destination.map(|it| (&it.fagsystem, it.rule)) {
        Some((fagsystem, Some(rule))) => format!("{fagsystem} (rule {rule})"),
        Some((fagsystem, None)) => format!("{fagsystem} (default recipient)"),
        None => "refused".to_owned(),
    };
    let periods: Vec<_> = change
        .periods
        .iter()
        .map(|(from, to)| match to {
            Some(to) => format!("from {from} through {to}"),
            None => format!("from {from} on"),
        })
        .collect();
    let when = if has_periods { format!(", {}", periods.join(" and ")) } else { String::new() };
    let (before, after) = (words(change.before.as_ref()), words(change.after.as_ref()));
    print_line(format_args!("{}: {before} -> {after}{when}", change.authority));
    print_line(format_args!("  such as, on {}: {}", change.day, write_facts(&change.example)));
}
