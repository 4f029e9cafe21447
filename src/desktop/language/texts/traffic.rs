//! *Trafik*: made-up messages to send, and what became of them.

use crate::desktop::language::grammar::Counted;
use crate::training::TrafficPace;

#[derive(Debug)]
pub(in crate::desktop) struct TrafficTexts {
    pub title: &'static str,
    pub about: &'static str,
    /// The data are real, so nothing is sent.
    pub not_training: &'static str,
    /// The selected authority is in no publication yet.
    pub not_published: &'static str,
    pub form: TrafficFormTexts,
    pub send_next: &'static str,
    pub send: Counted,
    pub stream: &'static str,
    pub start: &'static str,
    pub pause: &'static str,
    /// Ends what is left of a handful.
    pub stop: &'static str,
    pub pace: fn(TrafficPace) -> &'static str,
    pub send_again: &'static str,
    pub send_again_about: fn(seconds: u64, most: usize) -> String,
    pub begin_again: &'static str,
    pub begun_again: &'static str,
    /// The number of the next message, from 1 on.
    pub next: fn(&str) -> String,
    pub state: TrafficStateTexts,
    pub count: TrafficCountTexts,
    pub latest: &'static str,
    pub none: &'static str,
    pub none_waits: &'static str,
    pub columns: SentColumns,
    pub under_way: &'static str,
    pub unanswered: &'static str,
    pub not_sent: &'static str,
    /// How often a message had been sent before.
    pub again: Counted,
    pub not_in_journal: &'static str,
    pub on_map: &'static str,
    pub files: MadeFilesTexts,
}

/// What is wished for.
#[derive(Debug)]
pub(in crate::desktop) struct TrafficFormTexts {
    pub as_it_comes: &'static str,
    pub by_wish: &'static str,
    pub as_it_comes_about: &'static str,
    pub any: &'static str,
    pub writer: &'static str,
    pub subject: &'static str,
    pub address: &'static str,
    pub nowhere: &'static str,
    pub gone: &'static str,
    pub groups: &'static str,
    pub points: &'static str,
    pub number: &'static str,
    pub no_number: &'static str,
    pub kle: &'static str,
    pub form: &'static str,
    pub post_type: &'static str,
    pub shape: &'static str,
    pub version: &'static str,
    pub some_of_each: &'static str,
    pub size: &'static str,
    pub as_made: &'static str,
    /// So many bytes, with thousands apart.
    pub bytes: fn(&str) -> String,
    pub largest: fn(&str) -> String,
    pub other_size: &'static str,
    pub not_a_size: fn(least: &str, most: &str) -> String,
    pub count: &'static str,
    pub not_a_count: fn(most: &str) -> String,
    pub seed: &'static str,
    pub seed_about: &'static str,
    pub not_a_seed: &'static str,
    pub not_kle: &'static str,
    pub not_form: &'static str,
}

/// What is happening, and what is waited for.
#[derive(Debug)]
pub(in crate::desktop) struct TrafficStateTexts {
    pub rests: &'static str,
    pub no_router: &'static str,
    pub refusing: &'static str,
    pub guarded: &'static str,
    pub halted: &'static str,
    pub streaming: fn(pace: &str) -> String,
    /// How many of a handful are still to be sent.
    pub sending: Counted,
    /// So many are under way, and no more are sent meanwhile.
    pub waits: Counted,
    /// Answers that are still to come, where nothing else is to be sent.
    pub last_answers: Counted,
    pub kept: Counted,
}

/// How many.
#[derive(Debug)]
pub(in crate::desktop) struct TrafficCountTexts {
    pub sent: &'static str,
    pub accepted: &'static str,
    pub rejected: &'static str,
    pub unavailable: &'static str,
    pub unanswered: &'static str,
    pub again: Counted,
    pub dropped: Counted,
}

/// The columns of the latest messages.
#[derive(Debug)]
pub(in crate::desktop) struct SentColumns {
    pub number: &'static str,
    pub time: &'static str,
    pub fate: &'static str,
    pub from: &'static str,
    pub subject: &'static str,
    pub to: &'static str,
    pub bytes: &'static str,
}

/// The messages as files.
#[derive(Debug)]
pub(in crate::desktop) struct MadeFilesTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub directory: &'static str,
    /// The name of the suggested directory.
    pub directory_name: &'static str,
    pub browse: &'static str,
    pub not_chosen: &'static str,
    pub save: &'static str,
    pub saving: &'static str,
    pub saved: Counted,
    pub already: Counted,
    pub too_many: fn(most: &str) -> String,
}
