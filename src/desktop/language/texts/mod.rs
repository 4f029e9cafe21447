//! What there is to say, screen by screen: one value of [`Texts`] for each language, so that it does not compile
//! while one language lacks a text. What follows from numbers, names and states is put together here, once, of words from the languages.

pub mod about;
pub mod access;
pub mod after_publishing;
pub mod authorities;
pub mod away;
pub mod changes;
pub mod contact_points;
pub mod coverage;
pub mod day;
pub mod default_mail;
pub mod effects;
pub mod fagsystems;
pub mod fields;
pub mod files;
pub mod findings;
pub mod guards;
pub mod guide;
pub mod hindrances;
pub mod history;
pub mod input;
pub mod kle;
pub mod lesson_builder;
pub mod lessons;
pub mod made_mail;
pub mod map;
pub mod message_document;
pub mod messages;
pub mod network_share;
pub mod overview;
pub mod palette;
pub mod paper;
pub mod people;
pub mod pictures;
pub mod practice;
pub mod proof;
pub mod protection;
pub mod published;
pub mod replay;
pub mod review;
pub mod room;
pub mod router;
pub mod routers;
pub mod rules;
pub mod service_levels;
pub mod shadow;
pub mod timeline;
pub mod trace;
pub mod traffic;
pub mod training;
pub mod training_packages;
pub mod travels;
pub mod try_message;
pub mod welcome;

use jiff::Timestamp;
use jiff::civil::Date;

use self::about::AboutTexts;
use self::access::AccessTexts;
use self::after_publishing::AfterPublishingTexts;
use self::authorities::AuthorityTexts;
use self::away::AwayTexts;
use self::changes::ChangesTexts;
use self::contact_points::ContactPointTexts;
use self::coverage::CoverageTexts;
use self::day::DayTexts;
use self::default_mail::DefaultMailTexts;
use self::effects::EffectTexts;
use self::fagsystems::FagsystemTexts;
use self::fields::{CalendarTexts, FieldTexts};
use self::files::FilesTexts;
use self::guards::GuardTexts;
use self::guide::GuideTexts;
use self::history::HistoryTexts;
use self::input::InputTexts;
use self::kle::KleTexts;
use self::lessons::LessonTexts;
use self::made_mail::MadeMailTexts;
use self::map::MapTexts;
use self::message_document::MessageDocumentTexts;
use self::messages::MessagesTexts;
use self::network_share::NetworkShareTexts;
use self::overview::OverviewTexts;
use self::palette::PaletteTexts;
use self::paper::PaperTexts;
use self::people::PeopleTexts;
use self::pictures::PictureTexts;
use self::practice::PracticeTexts;
use self::proof::ProofTexts;
use self::published::PublishedTexts;
use self::replay::ReplayTexts;
use self::review::ReviewTexts;
use self::room::RoomTexts;
use self::router::RouterTexts;
use self::routers::RoutersTexts;
use self::rules::RuleTexts;
use self::service_levels::ServiceLevelTexts;
use self::shadow::ShadowTexts;
use self::timeline::TimelineTexts;
use self::traffic::TrafficTexts;
use self::training::TrainingTexts;
use self::training_packages::TrainingPackageTexts;
use self::try_message::TryMessageTexts;
use self::welcome::WelcomeTexts;
use super::format::date_text;
use super::grammar::Counted;
use crate::LanguageChoice;
use crate::clock;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::error::Error;
use crate::desktop::model::marks::Mark;
use crate::desktop::model::page::PageGroup;
use crate::rules::Obstacle;

/// One language.
#[derive(Debug)]
pub(in crate::desktop) struct Texts {
    /// Which of them it is.
    pub language: LanguageChoice,
    pub window_title: &'static str,
    pub authority: &'static str,
    /// The heading of a group of pages.
    pub page_group: fn(PageGroup) -> &'static str,
    pub other_language: &'static str,
    pub other_theme: fn(is_dark: bool) -> &'static str,
    pub save: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub take_back: &'static str,
    pub redo: &'static str,
    pub publish: &'static str,
    pub cannot_open: &'static str,
    pub network_share: NetworkShareTexts,
    /// The screen has no room for everything to be larger.
    pub no_room_to_zoom: &'static str,
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
    pub unpublished: Counted,
    /// What sets something of the draft apart from what is published.
    pub mark: fn(Mark) -> &'static str,
    /// How many are set apart so.
    pub marked: fn(Mark) -> Counted,
    pub number: fn(u64) -> String,
    pub ago: DaysAgoTexts,
    pub as_user: fn(&str) -> String,
    pub error: fn(&Error) -> String,
    pub fields: FieldTexts,
    pub calendar: CalendarTexts,
    pub welcome: WelcomeTexts,
    pub traffic: TrafficTexts,
    pub training: TrainingTexts,
    pub training_packages: TrainingPackageTexts,
    pub about: AboutTexts,
    pub guide: GuideTexts,
    pub lessons: LessonTexts,
    pub room: RoomTexts,
    pub default_mail: DefaultMailTexts,
    pub published: PublishedTexts,
    pub after_publishing: AfterPublishingTexts,
    pub away: AwayTexts,
    pub service_levels: ServiceLevelTexts,
    pub shadow: ShadowTexts,
    pub rules: RuleTexts,
    pub timeline: TimelineTexts,
    pub fagsystems: FagsystemTexts,
    pub contact_points: ContactPointTexts,
    pub authorities: AuthorityTexts,
    pub kle: KleTexts,
    pub coverage: CoverageTexts,
    pub files: FilesTexts,
    pub made_mail: MadeMailTexts,
    pub map: MapTexts,
    pub messages: MessagesTexts,
    pub access: AccessTexts,
    pub router: RouterTexts,
    pub routers: RoutersTexts,
    pub overview: OverviewTexts,
    pub changes: ChangesTexts,
    pub effects: EffectTexts,
    pub proof: ProofTexts,
    pub guards: GuardTexts,
    pub replay: ReplayTexts,
    pub history: HistoryTexts,
    pub paper: PaperTexts,
    pub people: PeopleTexts,
    pub review: ReviewTexts,
    pub message_document: MessageDocumentTexts,
    pub palette: PaletteTexts,
    pub pictures: PictureTexts,
    pub practice: PracticeTexts,
    pub input: InputTexts,
    pub try_message: TryMessageTexts,
    pub day: DayTexts,
}

/// On which day something was.
#[derive(Debug)]
pub(in crate::desktop) struct DaysAgoTexts {
    pub today: &'static str,
    pub yesterday: &'static str,
    pub days: Counted,
}

impl Texts {
    /// How many days ago something was, by the calendar in Denmark; its date where that is a week or more.
    pub fn ago(&self, then: Timestamp, now: Timestamp) -> String {
        let (day, today) = (clock::in_denmark(then).date(), clock::in_denmark(now).date());
        match today.since(day).map_or(0, |span| span.get_days()) {
            ..=0 => self.ago.today.to_owned(),
            1 => self.ago.yesterday.to_owned(),
            days @ 2..=6 => self.ago.days.of(days.unsigned_abs()),
            _ => date_text(day),
        }
    }

    /// A day as people say it: "Friday 1 January 2027".
    pub fn long_date(&self, day: Date) -> String {
        (self.input.day)(self.calendar.weekday(day.weekday()), day.day(), self.calendar.month(day), day.year())
    }
}
