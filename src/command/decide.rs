use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Conclusion, Failure, NOTHING_PUBLISHED, open, open_store};
use crate::clock;
use crate::memo::{Header, MemoError, Reader};
use crate::rules::{Explanation, Rule, SenderKind, Verdict};
use crate::store::Outcome;

const PIECE: usize = 64 * 1024;

#[derive(Debug, Args)]
pub(super) struct Decide {
    /// The message (MeMo XML), or - for standard input
    file: PathBuf,
    /// The day to decide for [default: today in Denmark]
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Why the router would refuse the message.
struct Refusal {
    outcome: Outcome,
    words: String,
}

impl Decide {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let publication = open_store(data)?.newest_publication()?.ok_or(NOTHING_PUBLISHED)?;
        let distributor = publication.book.compile()?;
        let header = match self.read_message()? {
            Ok(header) => header,
            Err(error) => {
                let outcome = match error {
                    MemoError::NemSms => Outcome::NemSms,
                    MemoError::TooLarge => Outcome::TooLarge,
                    _ => Outcome::Invalid,
                };
                return Ok(self.refused(&Refusal { outcome, words: error.to_string() }, json!({})));
            }
        };
        let message_uuid = json!({"messageUUID": header.message_uuid.as_str()});
        match distributor.explain(&header.facts, self.on.unwrap_or_else(clock::today)) {
            Ok(explanation) => Ok(self.decided(&header, &explanation)),
            Err(error) => {
                let refusal = Refusal { outcome: Outcome::UnknownRecipient, words: error.to_string() };
                Ok(self.refused(&refusal, message_uuid))
            }
        }
    }

    fn read_message(&self) -> Result<Result<Header, MemoError>, Failure> {
        let mut file = open(&self.file)?;
        let mut reader = Reader::new();
        let mut piece = vec![0; PIECE];
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

    fn decided(&self, header: &Header, explanation: &Explanation<'_>) -> Conclusion {
        let decision = explanation.decision;
        let priority = decision.ground.priority();
        let rules: Vec<_> = explanation.weighed.iter().map(|weighed| (weighed.rule, reason(weighed.verdict))).collect();
        let entry = |(rule, reason): &(&Rule, String)| json!({"prioritet": rule.priority, "udfald": reason});
        let answer = json!({
            "messageUUID": header.message_uuid.as_str(),
            "myndighed": decision.authority.cvr.to_string(),
            "fagsystem": decision.fagsystem.id.as_str(),
            "grundlag": if priority.is_some() { "regel" } else { "opsamlingssystem" },
            "prioritet": priority,
            "afsendersegment": segment_word(explanation.sender),
            "regler": rules.iter().map(entry).collect::<Vec<_>>(),
        });
        if !decision.fagsystem.active {
            let words = format!("the fagsystem '{}' is paused", decision.fagsystem.id);
            return self.refused(&Refusal { outcome: Outcome::Unavailable, words }, answer);
        }
        if self.json {
            println!("{answer}");
            return Conclusion::Done;
        }
        println!("Message {}", header.message_uuid);
        println!("goes to {} ({})", decision.fagsystem.id, decision.fagsystem.name);
        println!("for {} ({})", decision.authority.name, decision.authority.cvr);
        match priority {
            Some(priority) => println!("by rule {priority}"),
            None => println!("as the default recipient (opsamlingssystem): no rule matches"),
        }
        for (rule, reason) in rules {
            println!("  rule {:>5}  {reason}", rule.priority);
        }
        Conclusion::Done
    }

    fn refused(&self, refusal: &Refusal, mut known: Value) -> Conclusion {
        if self.json {
            known["afvist"] = refusal.outcome.code().into();
            known["forklaring"] = refusal.words.as_str().into();
            println!("{known}");
        } else {
            println!("Refused, {}: {}", refusal.outcome.code(), refusal.words);
        }
        Conclusion::No
    }
}

fn segment_word(sender: SenderKind) -> &'static str {
    match sender {
        SenderKind::Person => "person",
        SenderKind::Company => "virksomhed",
        SenderKind::Authority => "myndighed",
        SenderKind::Other => "andet",
    }
}

fn reason(verdict: Verdict) -> String {
    match verdict {
        Verdict::Matches => "matches".to_owned(),
        Verdict::NotYetValid { from } => format!("is not valid until {from}"),
        Verdict::Expired { to } => format!("expired on {to}"),
        Verdict::SwitchedOff => "is switched off".to_owned(),
        Verdict::OtherSegment { .. } => "is for another segment".to_owned(),
        Verdict::OtherValue => "wants another value".to_owned(),
        Verdict::FactMissing => "looks at something that the message lacks".to_owned(),
    }
}
