//! Writes how a message ended to the journal, counts and logs it, and answers the call.

use super::ending::{Delivery, Ending};
use super::story::{Story, is_junk};
use crate::router::delivery::verdict::{Judgement, Verdict};
use crate::router::intake::receipt::Answer;
use crate::router::watch::message_log;
use crate::router::watch::records::Records;
use crate::store::{JournalEntry, JournalError, Outcome};

/// Records how messages ended.
pub(super) struct Conclusions {
    pub records: Records,
}

impl Conclusions {
    /// Answers a call once the journal holds the outcome of its message. Where the journal cannot be written, nothing counts
    /// as accepted.
    pub async fn conclude(&self, mut story: Story, delivered: Result<Delivery, Ending>) -> Answer {
        let (written, words) = match delivered {
            Err(Ending::NotWritten(error)) => (Err(error), None),
            Err(Ending::RefusedAndRecorded(refused)) => (Ok(true), Some(refused.words)),
            Err(Ending::RefusedUnrecorded(refused)) => (Ok(false), Some(refused.words)),
            Err(Ending::Refused(refused)) => {
                story.finish(refused.outcome, refused.reason);
                (self.write(&story).await, Some(refused.words))
            }
            Ok(Delivery::Before(accepted)) => {
                story.mark_repeat(accepted);
                (self.write(&story).await, None)
            }
            Ok(Delivery::Now(verdict)) => {
                let Verdict { judgement, reason, status, code, words } = verdict;
                let (outcome, words) = match judgement {
                    Judgement::Accepted => (Outcome::Accepted, None),
                    Judgement::Rejected => (Outcome::Rejected, Some(words)),
                    Judgement::Unavailable => (Outcome::Unavailable, Some(words)),
                    Judgement::Unknown => (Outcome::Unknown, Some(words)),
                };
                story.entry.answer = (status, code);
                story.finish(outcome, reason);
                (self.write(&story).await, words)
            }
        };
        self.records.rules.note_journal_result(written.as_ref().err());
        match written {
            Ok(is_reported) => self.answer(&story, words, is_reported),
            Err(error) => {
                story.entry.outcome = Outcome::NotWritten;
                let is_reported = self.records.refusals.allows(Outcome::NotWritten.code());
                self.answer(&story, Some(error.to_string()), is_reported)
            }
        }
    }

    /// Refuses a message that comes while the router is stopping. Nothing has been done with it.
    pub fn refuse_stopping(&self, mut story: Story) -> Answer {
        story.finish(Outcome::NotWritten, None);
        let words = "the router is stopping; send the message again, to the one that takes its place".to_owned();
        let is_reported = self.records.refusals.allows(Outcome::NotWritten.code());
        self.answer(&story, Some(words), is_reported)
    }

    /// Writes the outcome: into the row that was entered before the message left, or else as a row of its own. Returns
    /// whether the log reports it too; too many refusals of a kind in a minute are only counted.
    async fn write(&self, story: &Story) -> Result<bool, JournalError> {
        let Story { entry, number, .. } = story;
        if let Some(number) = *number {
            return self.records.journal.conclude(number, entry.clone()).await.map(|()| true);
        }
        let is_reported = !is_junk(entry) || self.records.refusals.allows(entry.outcome.code());
        let found_no_permit = entry.outcome == Outcome::Busy && entry.message_uuid.is_none();
        if is_reported && !found_no_permit {
            self.records.journal.record(entry.clone()).await?;
        }
        Ok(is_reported)
    }

    /// Counts a message, logs it where it is to be reported, and makes the answer.
    fn answer(&self, story: &Story, words: Option<String>, is_reported: bool) -> Answer {
        let Story { transmission, entry, .. } = story;
        self.records.metrics.message_ended(entry);
        let words = words.map(|words| with_code(words, entry));
        let answer = Answer::new(*transmission, entry.outcome, entry.message_uuid.clone(), words);
        if is_reported {
            message_log::record(entry, *transmission);
        }
        answer
    }
}

/// The words for a message that a fagsystem did not get, with what that means and the code that log, metrics and journal
/// have for it.
fn with_code(words: String, entry: &JournalEntry) -> String {
    let Some(reason) = entry.reason else { return words };
    let may_be_taken = if entry.outcome == Outcome::Unknown { "; it may have got the message" } else { "" };
    format!("{words}{may_be_taken} [{}]", reason.code())
}
