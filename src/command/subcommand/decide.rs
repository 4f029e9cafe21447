use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::clock;
use crate::command::chosen_rules::ChosenRules;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::input::open;
use crate::command::parse::read_date;
use crate::command::terminal::{print_json, print_line};
use crate::desktop::wording::Wording;
use crate::exchange::read_facts;
use crate::language::LanguageChoice;
use crate::memo::{Header, MemoError, Reader};
use crate::rules::{
    Criterion, CriterionKind, Distributor, ExplainedRule, Explanation, Facts, MatchResult, without_cpr,
};
use crate::store::{DataPlace, Outcome};

const PIECE_BYTES: usize = 64 * 1024;
/// The most bytes of the facts of one message.
const MAX_FACTS_BYTES: u64 = 1 << 20;

#[derive(Debug, Args)]
pub(in crate::command) struct Decide {
    /// The message (MeMo XML), or - for standard input
    file: PathBuf,
    /// The file holds the facts of a message, as one flat JSON object, in place of a message
    #[arg(long)]
    facts: bool,
    /// Decide by the window's draft, or by what is published where nothing has been drafted
    #[arg(long)]
    draft: bool,
    /// The day to decide for [default: today in Denmark]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_date)]
    on: Option<Date>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Why the router would refuse the message.
struct Undecided {
    outcome: Outcome,
    words: String,
}

impl Decide {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let rules = if self.draft { ChosenRules::draft() } else { ChosenRules::default() };
        let distributor = rules.compiled(data)?;
        if self.facts {
            let (facts, day) = self.read_facts()?;
            return self.decide(&distributor, None, &facts, day);
        }
        let header = match self.read_message()? {
            Ok(header) => header,
            Err(error) => {
                let refusal = Undecided { outcome: Outcome::from(&error), words: error.to_string() };
                return self.refused(&refusal, json!({}));
            }
        };
        self.decide(&distributor, Some(header.message_uuid.as_str()), &header.facts, None)
    }

    /// Decides by the facts of a message, which has no UUID where there are only facts.
    fn decide(
        &self,
        distributor: &Distributor,
        message_uuid: Option<&str>,
        facts: &Facts,
        day: Option<Date>,
    ) -> Result<Conclusion, Failure> {
        match distributor.explain(facts, self.on.or(day).unwrap_or_else(clock::today)) {
            Ok(explanation) => self.decided(message_uuid, &explanation),
            Err(error) => {
                let refusal = Undecided { outcome: Outcome::UnknownRecipient, words: error.to_string() };
                self.refused(&refusal, json!({"messageUUID": message_uuid}))
            }
        }
    }

    fn read_message(&self) -> Result<Result<Header, MemoError>, Failure> {
        let mut file = open(&self.file)?;
        let mut reader = Reader::new();
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let count =
                file.read(&mut piece).map_err(|error| format!("cannot read {}: {error}", self.file.display()))?;
            if count == 0 {
                return Ok(reader.finish());
            }
            if let Err(error) = reader.feed(&piece[..count]) {
                return Ok(Err(error));
            }
        }
    }

    /// The facts, and the day that they are of where they are an example of `compare`.
    fn read_facts(&self) -> Result<(Facts, Option<Date>), Failure> {
        let mut text = Vec::new();
        let read = open(&self.file)?.take(MAX_FACTS_BYTES + 1).read_to_end(&mut text);
        read.map_err(|error| format!("cannot read {}: {error}", self.file.display()))?;
        if u64::try_from(text.len()).unwrap_or(u64::MAX) > MAX_FACTS_BYTES {
            return Err(format!("{} is too large for the facts of one message", self.file.display()).into());
        }
        let (text, day) = without_day(text)?;
        let facts = read_facts(&text).map_err(|faults| {
            let faults: Vec<_> = faults.0.iter().map(ToString::to_string).collect();
            Failure::from(format!("these are no facts of a message: {}", faults.join("; ")))
        })?;
        Ok((facts, day))
    }

    fn decided(&self, message_uuid: Option<&str>, explanation: &Explanation<'_>) -> Result<Conclusion, Failure> {
        let decision = explanation.decision;
        let priority = decision.ground.priority();
        let answer = json!({
            "messageUUID": message_uuid,
            "myndighed": decision.authority.cvr.to_string(),
            "fagsystem": decision.fagsystem.id.as_str(),
            "grundlag": if priority.is_some() { "regel" } else { "opsamlingssystem" },
            "prioritet": priority,
            "afsendersegment": explanation.sender.word(),
            "regler": explanation.rules.iter().map(in_json).collect::<Vec<_>>(),
        });
        if !decision.fagsystem.active {
            let words = format!("the business system '{}' is paused", decision.fagsystem.id);
            return self.refused(&Undecided { outcome: Outcome::Unavailable, words }, answer);
        }
        if self.json {
            return print_json(&answer).map(|()| Conclusion::Done);
        }
        match message_uuid {
            Some(uuid) => print_line(format_args!("Message {uuid}")),
            None => print_line(format_args!("A message with these facts")),
        }
        print_line(format_args!("goes to {} ({})", decision.fagsystem.id, decision.fagsystem.name));
        print_line(format_args!("for {} ({})", decision.authority.name, decision.authority.cvr));
        match priority {
            Some(priority) => print_line(format_args!("by rule {priority}")),
            None => print_line(format_args!("as the default recipient (opsamlingssystem): no rule matches")),
        }
        for explained in &explanation.rules {
            print_line(format_args!("  rule {:>5}  {}", explained.rule.priority, reason(explained)));
        }
        Ok(Conclusion::Done)
    }

    fn refused(&self, refusal: &Undecided, mut known: Value) -> Result<Conclusion, Failure> {
        if self.json {
            known["afvist"] = refusal.outcome.code().into();
            known["forklaring"] = refusal.words.as_str().into();
            print_json(&known)?;
        } else {
            print_line(format_args!("Refused, {}: {}", refusal.outcome.code(), refusal.words));
        }
        Ok(Conclusion::No)
    }
}

/// Takes the day out of the facts, if they say one.
fn without_day(text: Vec<u8>) -> Result<(Vec<u8>, Option<Date>), Failure> {
    let Ok(Value::Object(mut facts)) = serde_json::from_slice(&text) else { return Ok((text, None)) };
    let day = match facts.remove("dag") {
        None => return Ok((text, None)),
        Some(Value::Null) => None,
        Some(day) => {
            let read = day.as_str().ok_or("a date is written YYYY-MM-DD").and_then(read_date);
            Some(read.map_err(|error| format!("these are no facts of a message: dag: {error}"))?)
        }
    };
    Ok((serde_json::to_vec(&facts)?, day))
}

/// A rule's verdict as JSON, with a remark in the window's words where the keyword is not enough.
fn in_json(explained: &ExplainedRule<'_>) -> Value {
    let mut entry = json!({"prioritet": explained.rule.priority, "udfald": word(explained.result)});
    if explained.result == MatchResult::GroupNotNamed {
        let wording = Wording::in_language(LanguageChoice::Danish);
        entry["bemaerkning"] = wording.match_result(explained.result, &explained.rule.criterion).into();
    }
    entry
}

/// The stable keyword of a verdict, for scripts.
fn word(result: MatchResult) -> &'static str {
    match result {
        MatchResult::Matches => "passer",
        MatchResult::NotYetValid { .. } => "endnuIkkeGyldig",
        MatchResult::Expired { .. } => "udloebet",
        MatchResult::SwitchedOff => "slaaetFra",
        MatchResult::OtherSegment { .. } => "andetSegment",
        MatchResult::OtherValue => "andenVaerdi",
        MatchResult::FactMissing | MatchResult::GroupNotNamed => "mangler",
    }
}

fn reason(explained: &ExplainedRule<'_>) -> String {
    let criterion = &explained.rule.criterion;
    match explained.result {
        MatchResult::Matches => "matches".to_owned(),
        MatchResult::NotYetValid { from } => format!("is not valid until {from}"),
        MatchResult::Expired { to } => format!("expired on {to}"),
        MatchResult::SwitchedOff => "is switched off".to_owned(),
        MatchResult::OtherSegment { .. } => "is for another segment".to_owned(),
        MatchResult::OtherValue => "wants another value".to_owned(),
        MatchResult::GroupNotNamed => match criterion {
            Criterion::ContactGroup(group) => format!(
                "the message names no contact group; its contact point is in {} in the register",
                without_cpr(group.as_str())
            ),
            _ => "the message names no contact group".to_owned(),
        },
        MatchResult::FactMissing => match CriterionKind::of(criterion) {
            CriterionKind::ContactPoint | CriterionKind::NoContactPoint => "the message has no contact point",
            CriterionKind::ContactGroup => "the message has no contact group",
            CriterionKind::SenderCvr => "the sender has no CVR number",
            CriterionKind::RecipientCvr => "the recipient has no CVR number",
            CriterionKind::Kle => "the message has no KLE number",
            CriterionKind::Form => "the message has no FORM number",
        }
        .to_owned(),
    }
}
