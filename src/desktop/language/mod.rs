//! Every text that a person reads in the window, in Danish and English.
//!
//! A text that lacks in one language does not compile: each language is one value of [`Texts`].

mod access;
mod authorities;
mod contact_points;
mod danish;
pub mod dates;
pub(super) mod effects;
mod english;
mod fagsystems;
mod files;
pub mod format;
mod input;
mod kle;
mod messages;
pub mod names;
mod overview;
pub mod parse;
pub(super) mod protection;
pub(crate) mod wording;

pub(super) use access::AccessTexts;
pub(super) use input::InputTexts;

use std::net::SocketAddr;

use jiff::Timestamp;

use self::authorities::AuthorityTexts;
use self::contact_points::ContactPointTexts;
use self::effects::EffectTexts;
use self::fagsystems::FagsystemTexts;
use self::files::FilesTexts;
use self::kle::KleTexts;
use self::messages::MessagesTexts;
use self::names::{Names, Registers, fagsystem_name};
use self::overview::OverviewTexts;
use self::protection::ProtectionTexts;
use crate::clock;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::error::Error;
use crate::desktop::model::marks::Mark;
use crate::desktop::model::rule_state::RuleState;
use crate::language::LanguageChoice;
use crate::router::NotReady;
use crate::rules::CriterionKind;
use crate::rules::{
    Authority, Criterion, Cvr, Difference, FagsystemId, FindingKind, KlePlan, Never, Obstacle, PostType, Priority,
    Renumbering, Rule, RuleBook, Segment, SenderKind, Switch,
};
use crate::store::RunningRouter;
use crate::training::SampleLetter;

/// The texts of a language.
pub(super) fn texts(language: LanguageChoice) -> &'static Texts {
    match language {
        LanguageChoice::Danish => &danish::TEXTS,
        LanguageChoice::English => &english::TEXTS,
    }
}

/// One language.
#[derive(Debug)]
pub(super) struct Texts {
    pub window_title: &'static str,
    pub authority: &'static str,
    pub other_language: &'static str,
    pub other_theme: fn(is_dark: bool) -> &'static str,
    pub save: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub take_back: &'static str,
    pub redo: &'static str,
    pub publish: &'static str,
    pub cannot_open: &'static str,
    pub unsaved: &'static str,
    /// It ran before an update, and it is not known in which program.
    pub router_not_started: &'static str,
    /// Leaves a form without saving.
    pub drop_form: &'static str,
    pub changed_elsewhere: fn(publication: i64) -> String,
    /// What has been done to the draft.
    pub edit: fn(&DraftEdit) -> String,
    pub undone: fn(&DraftEdit) -> String,
    pub cannot_undo: fn(&Obstacle) -> String,
    pub cannot_redo: fn(&Obstacle) -> String,
    pub undo_of: fn(edit: &str) -> String,
    pub redo_of: fn(edit: &str) -> String,
    pub nothing_to_undo: &'static str,
    pub nothing_to_redo: &'static str,
    /// How many changes are unpublished.
    pub unpublished: fn(usize) -> String,
    /// What sets something of the draft apart from what is published.
    pub mark: fn(Mark) -> &'static str,
    /// How many are set apart so.
    pub marked: fn(Mark, usize) -> String,
    pub number: fn(u64) -> String,
    /// How long ago something was.
    pub ago: fn(then: Timestamp, now: Timestamp) -> String,
    pub as_user: fn(&str) -> String,
    pub error: fn(&Error) -> String,
    pub fields: FieldTexts,
    pub calendar: CalendarTexts,
    pub welcome: WelcomeTexts,
    pub rules: RuleTexts,
    pub fagsystems: FagsystemTexts,
    pub contact_points: ContactPointTexts,
    pub authorities: AuthorityTexts,
    pub kle: KleTexts,
    pub files: FilesTexts,
    pub messages: MessagesTexts,
    pub access: AccessTexts,
    pub router: RouterTexts,
    pub overview: OverviewTexts,
    pub changes: ChangesTexts,
    pub effects: EffectTexts,
    pub history: HistoryTexts,
    pub palette: PaletteTexts,
    pub input: InputTexts,
}

/// What can be wrong with a field.
#[derive(Debug)]
pub(super) struct FieldTexts {
    pub missing: &'static str,
    pub choose: &'static str,
    pub date_placeholder: &'static str,
    pub not_a_date: &'static str,
    pub no_such_date: &'static str,
    pub no_fagsystem: &'static str,
    pub comma: &'static str,
    pub ends_before_start: &'static str,
    pub not_a_priority: &'static str,
    pub priority_taken: fn(Names<'_>, by: &Rule, free: &[Priority]) -> String,
    pub calendar: &'static str,
    pub not_a_cvr: &'static str,
    pub not_a_number: fn(classification: &'static str) -> String,
    pub backwards: &'static str,
}

/// What stands in a calendar.
#[derive(Debug)]
pub(super) struct CalendarTexts {
    pub months: [&'static str; 12],
    /// From Monday, two letters each.
    pub weekdays: [&'static str; 7],
    /// What stands above the numbers of the weeks.
    pub week: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub today: &'static str,
}

#[derive(Debug)]
pub(super) struct WelcomeTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub sample: &'static str,
    pub sample_about: &'static str,
    pub sample_points: [&'static str; 4],
    pub begin_sample: &'static str,
    pub own: &'static str,
    pub name: &'static str,
    pub name_example: &'static str,
    pub cvr: &'static str,
    pub fagsystem: &'static str,
    pub make: &'static str,
    pub files: &'static str,
    pub files_about: &'static str,
    pub make_template: &'static str,
    /// What the empty workbook is called, without its ending.
    pub template_name: &'static str,
    pub template_made: fn(path: &str) -> String,
    pub in_files: fn(names: &str) -> String,
    /// How much an authority has.
    pub holds: fn(&Authority) -> String,
    pub no_authority: &'static str,
    pub begin_with_files: &'static str,
    pub begin_hint: &'static str,
    /// The same where a router runs already.
    pub begin_hint_running: &'static str,
    /// That it runs, and what comes of that.
    pub router_runs: fn(Option<&RunningRouter>) -> String,
    pub no_sample: &'static str,
    /// What the first publication of an authority of one's own is called.
    pub made: fn(&str) -> String,
    pub sample_ready: &'static str,
    pub other_port: fn(SocketAddr) -> String,
}

#[derive(Debug)]
pub(super) struct RuleTexts {
    pub title: &'static str,
    pub count: fn(shown: usize, all: usize) -> String,
    pub new: &'static str,
    pub new_above: &'static str,
    pub clone: &'static str,
    pub rule: fn(Priority) -> String,
    pub delete: &'static str,
    pub delete_chosen: &'static str,
    pub switch_on: &'static str,
    pub switch_off: &'static str,
    pub spread: &'static str,
    pub none: &'static str,
    pub none_in_draft: &'static str,
    pub none_found: &'static str,
    pub show_all: &'static str,
    pub search: &'static str,
    pub filter: &'static str,
    pub filter_name: &'static str,
    pub save_filter: &'static str,
    pub forget_filter: &'static str,
    pub saved_filter: &'static str,
    pub columns_button: &'static str,
    pub no_room: &'static str,
    pub otherwise: &'static str,
    pub default_recipient: &'static str,
    pub never: &'static str,
    pub priority_hint: &'static str,
    pub through: &'static str,
    pub through_button: &'static str,
    pub optional: &'static str,
    pub tree: &'static str,
    pub known_number: &'static str,
    pub unfinished: &'static str,
    /// Why the rule never gets any post.
    pub never_wins: fn(&Never) -> String,
    pub shadows: fn(&[Priority]) -> String,
    pub put_before: fn(Priority) -> String,
    pub overtaken: &'static str,
    pub overtaken_hint: &'static str,
    pub deleted_elsewhere: &'static str,
    pub is_now: fn(sentence: &str) -> String,
    pub reload: &'static str,
    pub keep_mine: &'static str,
    pub is_active: &'static str,
    pub chosen: fn(usize) -> String,
    pub chosen_hint: &'static str,
    pub different: &'static str,
    pub set_dates: &'static str,
    pub without_end: &'static str,
    pub ends_before_start: fn(Priority) -> String,
    pub new_numbers: fn(&Renumbering) -> String,
    pub move_hint: &'static str,
    pub switch: SwitchTexts,
    pub columns: RuleColumns,
    pub state: fn(RuleState) -> &'static str,
    pub segment: fn(Segment) -> &'static str,
    pub element: fn(CriterionKind) -> &'static str,
    pub post_type: fn(PostType) -> &'static str,
    pub value_placeholder: fn(CriterionKind) -> &'static str,
    /// What may be wrong with a rule's value.
    pub not_in_the_plan: &'static str,
    pub value_doubt: fn(&FindingKind) -> Option<&'static str>,
    /// The rule as one sentence.
    pub sentence: fn(Names<'_>, &Rule) -> String,
}

/// *Skift fagsystem*.
#[derive(Debug)]
pub(super) struct SwitchTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub day: &'static str,
    pub same: &'static str,
    /// What is told instead of the effect while those fields are missing.
    pub unfinished: fn(&[&str]) -> String,
    pub summary: fn(&Switch) -> Vec<String>,
    pub default_stays: &'static str,
    pub in_the_past: &'static str,
    pub make: &'static str,
}

#[derive(Debug)]
pub(super) struct RuleColumns {
    pub priority: &'static str,
    pub state: &'static str,
    pub segment: &'static str,
    pub element: &'static str,
    pub value: &'static str,
    pub fagsystem: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub hits: &'static str,
    pub last_hit: &'static str,
    pub note: &'static str,
}

#[derive(Debug)]
pub(super) struct RouterTexts {
    pub title: &'static str,
    /// What happens as it happens, and what the router is started with.
    pub live: &'static str,
    pub settings: &'static str,
    pub settings_hint: &'static str,
    pub settings_closed: &'static str,
    pub settings_elsewhere: &'static str,
    pub address: &'static str,
    pub limits: &'static str,
    pub publication: fn(i64) -> String,
    pub start: &'static str,
    pub stop: &'static str,
    pub is_stopped: &'static str,
    pub is_starting: &'static str,
    pub is_running: &'static str,
    pub is_stopping: &'static str,
    pub is_elsewhere: &'static str,
    /// Which program runs the router, where, since when, and what it follows; `None`: it does not say.
    pub elsewhere: fn(Option<&RunningRouter>) -> String,
    pub is_unknown: &'static str,
    pub unknown_hint: &'static str,
    /// Which publication the router follows, where that is not the newest.
    pub follows: fn(Option<i64>) -> String,
    pub has_failed: &'static str,
    pub receives_at: fn(url: &str) -> String,
    pub is_refusing: &'static str,
    pub refuses: fn(&NotReady) -> String,
    pub stopped_hint: &'static str,
    pub not_an_address: &'static str,
    pub connect_limit: &'static str,
    pub answer_limit: &'static str,
    pub under_way_limit: &'static str,
    pub fagsystem_limit: &'static str,
    pub not_limits: &'static str,
    pub practice: &'static str,
    pub practice_hint: &'static str,
    pub practice_waits: &'static str,
    pub send: &'static str,
    pub send_all: &'static str,
    pub show_rules: &'static str,
    pub letter: fn(SampleLetter) -> &'static str,
    pub messages: &'static str,
    /// How many messages are listed, and whether there are more.
    pub count: fn(usize, bool) -> String,
    pub none: &'static str,
    pub none_in_practice: &'static str,
    pub protection: ProtectionTexts,
    pub columns: MessageColumns,
    pub sender: fn(SenderKind) -> &'static str,
}

#[derive(Debug)]
pub(super) struct MessageColumns {
    pub time: &'static str,
    pub outcome: &'static str,
    pub fagsystem: &'static str,
    pub ground: &'static str,
    pub sender: &'static str,
    pub addressed: &'static str,
    pub took: &'static str,
    pub message: &'static str,
}

/// *Ændringer*.
#[derive(Debug)]
pub(super) struct ChangesTexts {
    pub title: &'static str,
    pub count: fn(usize, based_on: i64) -> String,
    pub none: &'static str,
    pub drop_all: &'static str,
    pub revert: &'static str,
    pub cannot_revert: fn(&Obstacle) -> String,
    pub behind: fn(based_on: i64, newest: i64) -> String,
    pub carry_over: &'static str,
    pub back_to: fn(i64) -> String,
    pub carried: fn(left_behind: usize) -> String,
    pub left_behind: &'static str,
    pub forget: &'static str,
    pub obstacle: fn(&Obstacle) -> String,
    pub publish_title: &'static str,
    pub publish: &'static str,
    pub in_clear: fn(usize) -> String,
    pub publish_in_clear: &'static str,
    pub not_in_clear: &'static str,
    pub published: fn(i64) -> String,
    pub effect: &'static str,
    pub working_out: &'static str,
    pub findings: &'static str,
    pub found: fn(usize) -> String,
    /// That it is the first of so many of its kind.
    pub first_of: fn(usize) -> String,
    pub no_findings: &'static str,
    pub finding: fn(&Authority, &FindingKind) -> String,
    /// The rules that something is found in.
    pub rules: fn(&[Priority]) -> String,
    pub more: fn(usize) -> String,
    pub note: &'static str,
    pub note_example: &'static str,
    pub note_missing: &'static str,
    pub everywhere: &'static str,
    /// The difference as one sentence, with the authority as it was and as it would be.
    pub sentence: fn(&Sides<'_>, &Difference) -> String,
}

/// *Udgivelser*.
#[derive(Debug)]
pub(super) struct HistoryTexts {
    pub title: &'static str,
    pub count: fn(usize) -> String,
    pub number: &'static str,
    pub time: &'static str,
    pub who: &'static str,
    pub note: &'static str,
    pub in_force: &'static str,
    pub none: &'static str,
    pub compare: &'static str,
    pub before: &'static str,
    pub draft: &'static str,
    pub publication: fn(i64) -> String,
    pub restore: &'static str,
    pub same: &'static str,
}

/// The command palette.
#[derive(Debug)]
pub(super) struct PaletteTexts {
    pub button: &'static str,
    pub placeholder: &'static str,
    pub nothing: &'static str,
    pub open: &'static str,
    pub move_up: &'static str,
    pub move_down: &'static str,
    pub choose_all: &'static str,
    pub publish: &'static str,
    pub go_to: fn(&str) -> String,
    pub sort_by: fn(&str) -> String,
    pub filter: fn(&str) -> String,
    pub larger: &'static str,
    pub smaller: &'static str,
    pub usual_size: &'static str,
    pub other_theme: &'static str,
}

/// An authority in the two books that are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides<'a> {
    pub before: Option<Names<'a>>,
    pub after: Option<Names<'a>>,
}

impl Sides<'_> {
    /// What a fagsystem is called, before and after: either side may know it.
    pub fn fagsystem(&self, id: &FagsystemId) -> String {
        let known = [self.after, self.before].into_iter().flatten().find(|it| it.authority.fagsystem(id).is_some());
        known.map_or_else(|| id.to_string(), |names| fagsystem_name(names.authority, id).to_owned())
    }

    /// What a criterion wants, by its plain name.
    pub fn value(&self, criterion: &Criterion) -> String {
        let knows = |names: &Names<'_>| match criterion {
            Criterion::ContactPoint(id) => names.authority.contact_point(id).is_some(),
            _ => true,
        };
        let mut sides = [self.after, self.before].into_iter().flatten();
        let side = sides.find(knows).or(self.after).or(self.before);
        side.and_then(|names| names.value(criterion)).unwrap_or_default()
    }
}

/// A difference between two books as one sentence.
pub(super) fn change_sentence(
    t: &Texts,
    kle: &KlePlan,
    before: &RuleBook,
    after: &RuleBook,
    difference: &Difference,
) -> String {
    fn side<'a>(cvr: Option<Cvr>, book: &'a RuleBook, kle: &'a KlePlan) -> Option<Names<'a>> {
        Some(Names { authority: book.authority(cvr?)?, registers: Registers { book, kle } })
    }
    let cvr = difference.authority;
    let sides = Sides { before: side(cvr, before, kle), after: side(cvr, after, kle) };
    (t.changes.sentence)(&sides, difference)
}

/// More rules than so many are counted instead of listed.
const MOST_LISTED: usize = 6;
/// So many new numbers of rules are shown.
const MOST_RENUMBERED: usize = 5;

/// The words as they stand within a sentence.
fn within_sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// "10, 20 and 30", with the language's own word for "and".
fn joined<T: ToString>(parts: &[T], and: &str) -> String {
    let parts: Vec<_> = parts.iter().map(ToString::to_string).collect();
    match parts.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} {and} {last}", others.join(", ")),
        parts => parts.concat(),
    }
}

/// Whether two lists hold the same, in whatever order.
fn same<T, K: Ord>(one: &[T], other: &[T], key: impl Fn(&T) -> K) -> bool {
    let sorted = |list: &[T]| {
        let mut keys: Vec<K> = list.iter().map(&key).collect();
        keys.sort_unstable();
        keys
    };
    sorted(one) == sorted(other)
}

/// How many days later it is now than then, by the calendar in Denmark.
fn days_since(then: Timestamp, now: Timestamp) -> i32 {
    let (then, today) = (clock::in_denmark(then).date(), clock::in_denmark(now).date());
    today.since(then).map_or(0, |span| span.get_days())
}

/// A number with its thousands apart.
fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}
