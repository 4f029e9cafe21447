//! What the pictures show: the same on every machine and every day.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::date;
use postfordeler::desktop::{LanguageChoice, Preferences, ThemeChoice, User};
use postfordeler::memo::{Letter, Party};
use postfordeler::rules::{
    Authority, Cvr, Facts, FagsystemId, Guard, PostType, Priority, Rule, RuleBook, Sender, Validity,
};
use postfordeler::store::{
    Imprint, Journal, JournalEntry, LessonProgress, MachineProgress, Outcome, PublicationNumber, Reason, ShadowRun,
    Store, Timing, WindowSettings,
};
use postfordeler::training::{InTwoLanguages, Lesson, LessonFile};
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

use super::books::{LONG_NAMES, classified, drafted, plan, with_long_names, with_more_authorities};
use super::decided::{Publications, letter};
use super::traffic;
use crate::support::{block_on, small_town};

const DATABASE: &str = "postfordeler.db";
const PREFERENCES: &str = "window.json";
pub const MUNICIPALITY: &str = "01102036";
/// When the first rules were published: before any message came.
const BEGINNING: &str = "2026-08-24T07:00:00Z";

/// The moment in which every picture is taken.
pub fn now() -> Timestamp {
    time("2026-11-23T12:00:00Z")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// What is in the data directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    /// It is the first start.
    Nothing,
    /// The sample municipality, with a few messages.
    Sample,
    /// The same after KL's plan of KLE numbers was imported, with more rules for them.
    Classified,
    /// The sample municipality without rules and messages.
    NoRules,
    /// The sample municipality without contact points.
    NoContactPoints,
    /// The sample with a draft of which there is much to say.
    Drafted,
    /// A draft that breaks one of its guards.
    Guarded,
    /// The same, and somebody else has published since.
    Behind,
    /// The sample municipality after a busy week.
    Busy,
    /// The same, with much that needs a person.
    Troubled,
    /// The busy week after three months of other mail, with a publication this morning that sends sickness benefit astray.
    Published,
    /// The sample municipality with two more authorities, and many that are known.
    Registers,
    /// The sample municipality, which knows no other authority.
    NoKnown,
    /// The sample with a draft, and with names as long as authorities give.
    LongNames,
    /// The sample municipality, for training.
    Training,
    /// Training that has begun with a lesson, which somebody with a name is solving.
    Lesson,
    /// A lesson that was recorded and is being written.
    LessonBuilt,
    /// The same on a trainer's machine, with the progress of fourteen others.
    Room,
    /// Something that is no database.
    Spoilt,
}

/// A data directory, removed when it was made for one window.
pub enum Home {
    Own(TempDir),
    /// Named on the screen, so it has the same name everywhere.
    Named(PathBuf),
}

impl Home {
    /// Who sits at the window.
    pub fn user(&self) -> User {
        User { name: "kirsten".to_owned(), preferences: Some(self.path().join(PREFERENCES)), policy: Arc::default() }
    }

    pub fn path(&self) -> &Path {
        match self {
            Self::Own(directory) => directory.path(),
            Self::Named(path) => path,
        }
    }
}

impl Data {
    pub fn languages(self) -> &'static [LanguageChoice] {
        // Without its settings the program does not know another language.
        if self == Self::Spoilt {
            &[LanguageChoice::Danish]
        } else {
            &[LanguageChoice::Danish, LanguageChoice::English]
        }
    }

    /// A directory of its own with these data.
    pub fn home(self, language: LanguageChoice, window: (u16, u16)) -> Home {
        if self == Self::Spoilt {
            let home = PathBuf::from("target/spoilt");
            fs::create_dir_all(&home).expect("a directory");
            fs::write(home.join(DATABASE), "this is no database, and never was one").expect("written");
            return Home::Named(home);
        }
        let home = TempDir::new().expect("a directory");
        fs::write(home.path().join(DATABASE), self.database()).expect("a copy of the database");
        let preferences = Preferences {
            language,
            theme: ThemeChoice::Light,
            window: Some((window.0.into(), window.1.into())),
            ..Preferences::default()
        };
        let preferences = serde_json::to_string(&preferences).expect("JSON");
        fs::write(home.path().join(PREFERENCES), preferences).expect("preferences are kept");
        let settings = WindowSettings {
            // Practice fagsystems at any free port: which one it is appears nowhere.
            practice: (self != Self::Nothing).then(|| ([127, 0, 0, 1], 0).into()),
            ..WindowSettings::default()
        };
        let store = Store::open(home.path()).expect("a store");
        store.save_changed_window_settings(WindowSettings::default(), settings).expect("settings are kept");
        Home::Own(home)
    }

    /// The bytes of a database that no program has open.
    fn database(self) -> &'static [u8] {
        static MADE: [OnceLock<Vec<u8>>; 19] = [const { OnceLock::new() }; 19];
        MADE[self as usize].get_or_init(|| {
            let home = TempDir::new().expect("a directory");
            let store = Store::open(home.path()).expect("a store");
            self.fill(&store);
            drop(store);
            // The journal's thread may not have closed it yet.
            let database = Connection::open(home.path().join(DATABASE)).expect("the database opens");
            database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("all of it is in one file");
            fs::read(home.path().join(DATABASE)).expect("the database can be read")
        })
    }

    fn fill(self, store: &Store) {
        let sample = small_town(([127, 0, 0, 1], 9101).into());
        match self {
            Self::Nothing | Self::Spoilt => {}
            Self::NoRules => {
                let mut book = sample;
                book.authorities[0].rules.clear();
                publish(store, &book, BEGINNING, "kirsten", "Eksempelby Kommune er oprettet");
            }
            Self::NoContactPoints => {
                let mut book = sample;
                book.authorities[0].contact_points.clear();
                publish(store, &book, BEGINNING, "kirsten", "Eksempelby Kommune er oprettet");
            }
            Self::Sample => {
                publish(store, &sample, BEGINNING, "kirsten", "Reglerne fra den gamle løsning");
                record(store);
            }
            Self::Training => {
                store.dedicate_to_training().expect("nothing is published");
                publish(store, &sample, BEGINNING, "kirsten", "Reglerne fra den gamle løsning");
            }
            Self::Classified => {
                publish(store, &classified(sample), BEGINNING, "kirsten", "KLE-numre fordelt");
                record(store);
                store.save_kle_plan(&plan()).expect("the plan is kept");
            }
            Self::Registers => {
                publish(store, &with_more_authorities(sample), BEGINNING, "kirsten", "Flere myndigheder");
            }
            Self::NoKnown => {
                let mut book = sample;
                book.known_authorities.clear();
                publish(store, &book, BEGINNING, "kirsten", "Reglerne fra den gamle løsning");
            }
            Self::LongNames => {
                let (first, long) = (with_long_names(sample.clone()), with_long_names(with_more_authorities(sample)));
                publish(store, &first, BEGINNING, "kirsten", LONG_NAMES[0]);
                let number =
                    publish(store, &long, "2026-09-01T07:00:00Z", "annemette.kjærsgaard-vestergaard", LONG_NAMES[1]);
                record(store);
                store.save_draft(Some(&drafted(&long)), Some(number), 0).expect("the draft is kept");
            }
            Self::Busy | Self::Troubled => {
                let mut book = sample;
                let ends = Validity::new(date(2020, 10, 25), Some(date(2026, 12, 1))).expect("forwards");
                if self == Self::Troubled {
                    change(&mut book.authorities[0], 80, |rule| rule.validity = ends);
                }
                publish(store, &book, BEGINNING, "kirsten", "Reglerne fra den gamle løsning");
                traffic::record(store, self == Self::Troubled);
            }
            Self::Published => publish_thrice(store, sample),
            Self::Drafted => {
                let number = publish(store, &sample, BEGINNING, "kirsten", "Reglerne fra den gamle løsning");
                record(store);
                store.save_draft(Some(&drafted(&sample)), Some(number), 0).expect("the draft is kept");
                let shadow = Some(ShadowRun { after: 0, revision: 1, begun_at: time("2026-11-20T08:00:00Z") });
                let followed = WindowSettings { shadow, ..WindowSettings::default() };
                store.save_changed_window_settings(WindowSettings::default(), followed).expect("it is kept");
            }
            Self::Lesson => play_lesson(store),
            Self::LessonBuilt => build_lesson(store),
            Self::Room => gather_room(store),
            Self::Guarded => {
                let mut guarded = sample.clone();
                for (name, fagsystem, kle) in GUARDS {
                    let facts =
                        Facts { kle: kle.parse().ok(), ..Facts::new(Sender::Person, guarded.authorities[0].cvr) };
                    let guard = Guard { name: name.to_owned(), fagsystem: id(fagsystem), day: None, facts };
                    guarded.authorities[0].guards.push(guard);
                }
                let number = publish(store, &guarded, BEGINNING, "kirsten", "Reglerne fra den gamle løsning");
                record(store);
                let mut draft = guarded;
                change(&mut draft.authorities[0], 80, |rule| rule.fagsystem = id("jobcenter"));
                store.save_draft(Some(&draft), Some(number), 0).expect("the draft is kept");
            }
            Self::Behind => {
                let mut first = sample.clone();
                first.authorities[0].rules.truncate(8);
                publish(store, &first, BEGINNING, "kirsten", "Reglerne fra den gamle løsning");
                let note = "FORM-breve til byggesag fra 2030, og folketingsvalget";
                let number = publish(store, &sample, "2026-11-09T13:30:00Z", "mads.østergård", note);
                store.save_draft(Some(&drafted(&sample)), Some(number), 0).expect("the draft is kept");
                let mut newest = sample;
                change(&mut newest.authorities[0], 20, |rule| rule.fagsystem = id("esdh"));
                change(&mut newest.authorities[0], 30, |rule| "Aftalt med ydelsescentret".clone_into(&mut rule.note));
                publish(store, &newest, "2026-11-23T09:15:00Z", "mads.østergård", "Byg og bolig går til ESDH igen");
                record(store);
            }
        }
    }
}

/// Three publications over two months, with the mail of both.
fn publish_thrice(store: &Store, sample: RuleBook) {
    let mut before = sample.clone();
    before.authorities[0].rules.retain(|rule| rule.priority != priority(60));
    publish(store, &before, BEGINNING, "kirsten", "Reglerne fra den gamle løsning");
    publish(store, &sample, "2026-10-19T09:20:00Z", "mads.østergård", "Beskæftigelse til Jobcenter");
    let mut newest = sample;
    newest.authorities[0].rules.retain(|rule| rule.priority != priority(80));
    publish(store, &newest, "2026-11-23T07:30:00Z", "mads.østergård", "Kontante ydelser ryddet op");
    traffic::record_months_before(store);
    traffic::record(store, false);
}

/// The third lesson with its first mistake made, by somebody who has solved the first.
fn play_lesson(store: &Store) {
    let lessons = Lesson::built_in(date(2026, 11, 23)).expect("they have no fault");
    let (lesson, first) = (&lessons[2], &lessons[0]);
    store.dedicate_to_training().expect("nothing is published");
    store.name_learner("Åse Ørsted").expect("it is kept");
    store.lesson_checked(&first.id, Some(1), time("2026-11-23T10:00:00Z")).expect("it is kept");
    store.choose_lesson(Some(&lesson.id)).expect("it is kept");
    let book = lesson.begin(([127, 0, 0, 1], 9101).into(), date(2026, 11, 23)).expect("no fault");
    let book = lesson.mistakes[0].attempt.apply(&book, date(2026, 11, 23)).expect("no fault");
    publish(store, &book, "2026-11-23T11:00:00Z", "kirsten", "Kontaktpunkt eller kontaktgruppe");
    store.lesson_has_begun(time("2026-11-23T11:00:00Z")).expect("it is kept");
}

/// A lesson that was recorded from the third lesson: its start and solution, with goals and without a title.
fn build_lesson(store: &Store) {
    play_lesson(store);
    let lesson = include_str!("../../../resources/training/03-punkt-eller-gruppe.toml");
    let mut file = LessonFile::read(lesson).expect("it has no fault");
    (file.id, file.title) = (String::new(), InTwoLanguages::default());
    file.goals.iter_mut().for_each(|goal| goal.text = InTwoLanguages::default());
    file.mistakes.clear();
    store.begin_lesson_recording("", time("2026-11-23T11:30:00Z")).expect("it is kept");
    store.end_lesson_recording(&file.write()).expect("it is kept");
}

/// The progress of fourteen machines, two of whose people have one name.
fn gather_room(store: &Store) {
    const NAMES: [&str; 14] = [
        "Anne-Margrethe Kirstine Højgaard Østergaard-Sørensen",
        "Bo",
        "Charlotte Lindqvist",
        "Dorthe Kjær",
        "Åse Ørsted",
        "Frederik Villiam Thorvaldsen Nørremark",
        "Gitte Holm",
        "Henrik Bach",
        "Ida Marie Sand",
        "Jørgen Lauridsen",
        "Karen",
        "Lars Ågård",
        "Mette Ærø",
        "",
    ];
    play_lesson(store);
    let lessons = Lesson::built_in(date(2026, 11, 23)).expect("they have no fault");
    for (at, name) in NAMES.into_iter().enumerate() {
        let begun = lessons.iter().take(1 + at * 11 / 13).zip(0..).map(|(lesson, number)| {
            let is_solved = number < at * 11 / 13;
            LessonProgress {
                learner: name.to_owned(),
                lesson: lesson.id.clone(),
                begun_at: time("2026-11-23T09:00:00Z"),
                checks: 1 + (at + number) as u64 % 4,
                hints: (at + number) % 3,
                solved_at: is_solved.then(|| time(&format!("2026-11-23T{:02}:{:02}:00Z", 9 + number / 4, 10 + 3 * at))),
                rules: is_solved.then_some(lesson.par + (at + number) % 2),
            }
        });
        let (machine, name) = (Uuid::from_u128(at as u128), format!("KURSUS-{:02}", at + 1));
        let saved_at = time("2026-11-23T11:50:00Z");
        let machine = MachineProgress { machine, name, saved_at, progress: begun.collect() };
        store.gather_progress(&machine).expect("it is kept");
    }
}

/// Guards by name, fagsystem and KLE number.
const GUARDS: [(&str, &str, &str); 8] = [
    ("Sygedagpenge fra læger og sygehuse skal til Kontante ydelser", "ydelse", "32.24.04"),
    ("Dagtilbud til Dagtilbud", "dagtilbud", "28.06"),
    ("Opskrivning til vuggestue", "dagtilbud", "28.09.10"),
    ("Jobsøgning", "jobcenter", "15.20"),
    ("Fritidshjem", "dagtilbud", "28.12"),
    ("Aktivering", "jobcenter", "15.00"),
    ("Ressourceforløb", "jobcenter", "15.36"),
    ("Sundhed til ESDH", "esdh", "29.00"),
];

fn publish(store: &Store, book: &RuleBook, at: &str, by: &str, note: &str) -> PublicationNumber {
    let imprint = Imprint { at: time(at), by: by.to_owned(), note: note.to_owned() };
    store.publish_over(&book.compile().expect("no fault"), imprint).expect("it is published")
}

pub fn id(id: &str) -> FagsystemId {
    FagsystemId::new(id).expect("not empty")
}

pub fn priority(number: u32) -> Priority {
    Priority::new(number).expect("counted from 1")
}

pub fn change(authority: &mut Authority, number: u32, change: impl FnOnce(&mut Rule)) {
    let rule = authority.rules.iter_mut().find(|rule| rule.priority == priority(number));
    change(Arc::make_mut(rule.expect("there is such a rule")));
}

/// Messages of every outcome, from long ago until a moment ago.
fn record(store: &Store) {
    let publications = Publications::of(store);
    let nursery = Some(("5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10", "Børn og familie"));
    let permits = Some(("c3b9e4d8-71a6-4f5e-bb0a-90d2c5e8f732", "Byg og bolig"));
    let person = Party::Citizen;
    let company = Party::Organisation(cvr("01304054"));
    let authority = Party::Organisation(cvr("01203045"));
    let any = PostType::Unspecified;
    let elsewhere = Letter { to: cvr("01405067"), ..letter(authority, None, "", any) };
    let letters = [
        ("2026-08-31T07:00:00Z", letter(company, None, "15.20.00", any), Outcome::Accepted, 84),
        ("2026-11-03T10:12:00Z", letter(person, None, "32.39.04", any), Outcome::Accepted, 61),
        ("2026-11-16T06:55:31Z", letter(person, nursery, "", any), Outcome::Accepted, 55),
        ("2026-11-20T14:20:09Z", letter(company, permits, "", any), Outcome::Accepted, 73),
        ("2026-11-21T09:00:00Z", letter(authority, None, "32.03.00", any), Outcome::Accepted, 48),
        ("2026-11-22T22:41:18Z", letter(person, None, "", any), Outcome::Accepted, 66),
        ("2026-11-23T08:14:05Z", letter(company, None, "", PostType::Company), Outcome::Rejected, 212),
        ("2026-11-23T09:30:44Z", letter(person, permits, "", any), Outcome::Unavailable, 2_004),
        ("2026-11-23T10:02:27Z", letter(person, nursery, "28.12.04", any), Outcome::Accepted, 59),
        ("2026-11-23T10:58:01Z", letter(person, None, "28.06.00", any), Outcome::BrokenOff, 30_112),
        ("2026-11-23T11:15:36Z", elsewhere, Outcome::UnknownRecipient, 3),
        ("2026-11-23T11:59:12Z", letter(person, nursery, "", any), Outcome::Accepted, 52),
    ];
    let entries = letters.into_iter().enumerate().map(|(number, (at, letter, outcome, took))| {
        let at = time(at);
        JournalEntry {
            message_uuid: Some(format!("{:08x}-3d5f-4c1b-9a77-0b6e2f84c9d1", 0x51ac_03e7 + 0x0107_3f4d * number)),
            // As much as a letter of a page.
            bytes: 18_204,
            reason: (outcome == Outcome::Unavailable).then_some(Reason::NoConnection),
            timing: Timing { total: Duration::from_millis(took), ..Timing::default() },
            ..publications.decide(&letter, at).entry(at, outcome)
        }
    });
    let refused = |at, outcome| JournalEntry {
        bytes: 310,
        timing: Timing { total: Duration::from_micros(400), ..Timing::default() },
        ..JournalEntry::new(time(at), outcome)
    };
    let refused = [
        refused("2026-11-23T11:59:30Z", Outcome::Invalid),
        refused("2026-11-23T11:59:41Z", Outcome::TooLarge),
        refused("2026-11-23T11:59:52Z", Outcome::NemSms),
    ];
    let journal = Journal::start(store).expect("the journal starts");
    for entry in entries.chain(refused) {
        block_on(journal.record(entry)).expect("it is written");
    }
}

pub fn cvr(number: &str) -> Cvr {
    number.parse().expect("a CVR number")
}
