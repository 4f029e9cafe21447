//! *Overblik*: what it counts, what it warns of, and that it goes along with what comes.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use iced_test::core::Point;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use postfordeler::desktop::Message;
use postfordeler::rules::{FagsystemId, Priority, Rule, Validity};
use postfordeler::store::{Journal, JournalEntry, Outcome, OverviewPeriod, PublicationNumber, Reason, Routed, Timing};
use tempfile::TempDir;

use super::town::{data, noon, sample_with_two_messages, store, town, town_with};
use crate::support::block_on;
use crate::window::Window;

const CALM: &str = "Intet kræver opmærksomhed lige nu.";
const STOPPED: &str = "Routeren er stoppet";

/// How a message of the sample municipality ended, an hour ago unless it is said otherwise.
pub(super) struct Sent {
    pub ago: SignedDuration,
    pub to: &'static str,
    pub by_rule: bool,
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    pub took: Duration,
}

/// An accepted one.
pub(super) fn sent(to: &'static str) -> Sent {
    let (ago, took) = (SignedDuration::from_hours(1), Duration::from_millis(52));
    Sent { ago, to, by_rule: true, outcome: Outcome::Accepted, reason: None, took }
}

pub(super) fn failed(to: &'static str, outcome: Outcome, reason: Option<Reason>) -> Sent {
    Sent { outcome, reason, ..sent(to) }
}

fn days_ago(to: &'static str, days: i64, hours: i64) -> Sent {
    Sent { ago: SignedDuration::from_hours(days * 24 + hours), ..sent(to) }
}

pub(super) fn record(data: &TempDir, messages: impl IntoIterator<Item = Sent>) {
    let store = store(data);
    let publication = store.newest_publication_number().expect("readable").expect("a publication");
    let journal = Journal::start(&store).expect("the journal starts");
    for (number, it) in messages.into_iter().enumerate() {
        block_on(journal.record(entry(&it, publication, number))).expect("it is written");
    }
}

pub(super) fn entry(it: &Sent, publication: PublicationNumber, number: usize) -> JournalEntry {
    let routed = FagsystemId::new(it.to).map(|fagsystem| Routed {
        publication,
        authority: "01102036".parse().expect("a CVR number"),
        fagsystem,
        priority: Priority::new(10).filter(|_| it.by_rule),
        element: None,
    });
    let at: Timestamp = noon() - it.ago;
    JournalEntry {
        message_uuid: Some(format!("{number}-{at}")),
        routed,
        reason: it.reason,
        timing: Timing { total: it.took, ..Timing::default() },
        ..JournalEntry::new(at, it.outcome)
    }
}

pub(super) fn many(count: usize, message: impl Fn() -> Sent) -> Vec<Sent> {
    std::iter::repeat_with(message).take(count).collect()
}

/// A window on *Overblik*, for which it is always noon.
pub(super) fn overview(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.ctrl("1");
    // High enough for all of it: the map stands above the figures.
    window.resize(1600.0, 1300.0);
    window
}

#[test]
fn before_the_first_message_it_says_what_will_be_seen_and_where_to_begin() {
    let data = town();
    let mut window = overview(&data);
    window.must_show_part("så snart routeren har modtaget den første meddelelse.");
    window.click("Gå til Router");
    window.must_show("Modtager intet. Digital Post gemmer posten og sender den, når routeren kører.");
    window.close();
}

#[test]
fn the_key_figures_are_those_of_the_period() {
    let data = town();
    let mut messages = many(1_300, || sent("dagtilbud"));
    messages.extend(many(200, || Sent { by_rule: false, ..sent("esdh") }));
    messages.extend(many(3, || failed("dagtilbud", Outcome::Rejected, None)));
    messages.extend(many(2, || failed("dagtilbud", Outcome::Unknown, Some(Reason::Silent))));
    messages.push(Sent { took: Duration::from_millis(1_400), ..sent("dagtilbud") });
    messages.push(Sent { took: Duration::from_millis(3_400), ..sent("dagtilbud") });
    messages.push(failed("", Outcome::Invalid, None));
    messages.push(days_ago("dagtilbud", 2, 0));
    messages.push(days_ago("dagtilbud", 20, 0));
    record(&data, messages);
    let mut window = overview(&data);
    for words in ["1.508", "1.502", "99,6 % af de modtagne", "13,3 %", "200 af 1.507 fordelte", "langsomste 3,4 s"] {
        window.must_show(words);
    }
    // Not accepted: all of them, and each kind.
    for words in ["6", "3 Afvist", "2 Utilgængeligt/uvist", "1 Afvist af routeren"] {
        window.must_show(words);
    }
    // Within 1 s, 1.5 s and 4 s.
    assert_eq!((window.count("99,9 %"), window.count("100 %")), (2, 1));
    window.click("7 dage");
    window.must_show("1.509");
    window.click("30 dage");
    window.must_show("1.510");
    window.click("24 timer");
    window.must_show("1.508");
    window.close();
}

#[test]
fn pointing_at_an_hour_tells_its_numbers() {
    let data = town();
    record(&data, many(4, || sent("dagtilbud")));
    record(&data, [failed("dagtilbud", Outcome::Rejected, None)]);
    let mut window = overview(&data);
    // Hours of a day: nine, then twelve stands three columns before this one.
    let label = window.find("12");
    let [hour_of_noon, hour_before] = [label.center_x(), label.center_x() - label.width];
    window.point_at(Point::new(hour_before, label.center_y()));
    window.must_show("onsdag 15-07-2026 kl. 11–12");
    for words in ["4 Accepteret", "1 Afvist", "0 Utilgængeligt/uvist", "0 Afvist af routeren", "5 meddelelser"] {
        window.must_show(words);
    }
    window.point_at(Point::new(hour_of_noon, label.center_y()));
    window.must_show("onsdag 15-07-2026 kl. 12–13");
    window.must_show("0 meddelelser");
    window.point_at(Point::new(1.0, 1.0));
    window.must_not_show("0 meddelelser");
    window.close();
}

#[test]
fn how_long_since_each_accepted_is_told_with_the_countdown() {
    let words = [
        (0, 3, "for 3 timer siden"),
        (1, 0, "for 1 dag siden"),
        (4, 23, "for 4 dage siden"),
        (5, 0, "for 5 dage siden – deaktiveres om 2 dage"),
        (6, 0, "for 6 dage siden – deaktiveres om 1 dag"),
        (6, 5, "for 6 dage siden – deaktiveres om 19 timer"),
        (6, 23, "for 6 dage siden – deaktiveres om 1 time"),
        (7, 0, "for 7 dage siden – kan være deaktiveret"),
    ];
    for (days, hours, words) in words {
        let data = town();
        record(&data, [days_ago("dagtilbud", days, hours)]);
        let mut window = overview(&data);
        window.must_show(words);
        assert_eq!(window.count("har aldrig fået en meddelelse"), 4, "the others only say so");
        // What has accepted nothing for a day may have stopped since.
        assert_eq!(window.count("Ved ikke"), if days == 0 { 4 } else { 5 }, "{words}");
        let is_warned =
            window.texts().iter().any(|seen| seen.words.starts_with("Dagtilbud og pladsanvisning har intet"));
        assert_eq!(is_warned, days >= 5, "{words}");
        window.close();
    }
}

#[test]
fn a_fagsystem_that_never_accepted_counts_from_its_first_failure() {
    let data = town();
    let first =
        Sent { outcome: Outcome::Unavailable, reason: Some(Reason::NoConnection), ..days_ago("byggesag", 6, 1) };
    record(&data, [first, failed("byggesag", Outcome::Unavailable, Some(Reason::NoConnection))]);
    let mut window = overview(&data);
    window.must_show("aldrig – deaktiveres om 23 timer");
    window.must_show("Byggesag har aldrig accepteret noget, deaktiveres om 23 timer");
    window.must_show("Fejl for 1 time siden: ingen forbindelse");
    window.must_show("Fejler");
    window.close();
}

#[test]
fn a_warning_comes_and_goes_with_its_cause() {
    let data = town();
    record(&data, [sent("ydelse")]);
    let mut window = overview(&data);
    window.must_show("Kører");
    window.must_show(STOPPED);
    record(&data, [failed("ydelse", Outcome::Unavailable, Some(Reason::NoConnection))]);
    window.wait_for("Kontante ydelser har ikke accepteret den seneste meddelelse (ingen forbindelse)");
    window.must_show("Fejler");
    window.must_not_show("Kører");
    let failing = "Kontante ydelser har ikke accepteret de seneste 3 meddelelser (ingen forbindelse)";
    record(&data, many(2, || failed("ydelse", Outcome::Unavailable, Some(Reason::NoConnection))));
    window.wait_for(failing);
    window.must_show("Fejler");
    window.must_show("Afprøv forbindelsen: Passer adressen, og kører systemet?");
    record(&data, [sent("ydelse")]);
    window.wait_until(|window| !window.shows(failing));
    window.must_show("Kører");
    window.close();
}

#[test]
fn what_only_a_person_can_set_right_is_warned_of_at_the_first_message() {
    let cases = [
        (Reason::AccessRefused, "adgang afvist", "Nøglen eller certifikatet kan være udløbet."),
        (Reason::CallRefused, "kald afvist", "Adressen kan være forkert."),
        (Reason::NoAccess, "adgang mangler", "Giv systemets nøgle eller certifikat igen."),
    ];
    for (reason, why, remedy) in cases {
        let data = town();
        record(&data, [sent("dagtilbud"), sent("ydelse")]);
        let mut window = overview(&data);
        window.must_not_show(why);
        record(&data, [failed("ydelse", Outcome::Unavailable, Some(reason))]);
        let warning = format!("Kontante ydelser har ikke accepteret den seneste meddelelse ({why})");
        window.wait_for(&warning);
        window.must_show_part(remedy);
        window.must_show("Fejler");
        record(&data, [sent("ydelse")]);
        window.wait_until(|window| !window.shows(&warning));
        window.close();
    }
    // What may pass of itself is not.
    let data = town();
    record(&data, [sent("ydelse"), failed("ydelse", Outcome::Unavailable, Some(Reason::Unread))]);
    let mut window = overview(&data);
    window.must_not_show("Fejler");
    window.close();
}

#[test]
fn messages_that_nobody_knows_of_are_warned_of_until_they_are_accepted() {
    let data = town();
    record(&data, [sent("ydelse"), failed("ydelse", Outcome::Unknown, Some(Reason::Silent))]);
    let mut window = overview(&data);
    let warning = "Kontante ydelser har måske fået 1 meddelelse, som ingen ved noget om";
    window.must_show(warning);
    window.must_show("Fejler");
    let told_twice = window.texts().iter().filter(|seen| seen.words.starts_with("Kontante ydelser har")).count();
    assert_eq!(told_twice, 1, "the same message is told of once");
    window.must_show("Slå dem op i fagsystemet. Kommer de igen, går de kun til det samme system.");
    let again = JournalEntry {
        message_uuid: Some(format!("1-{}", noon() - 1.hour())),
        ..entry(&sent("ydelse"), in_force(&data), 1)
    };
    let journal = Journal::start(&store(&data)).expect("the journal starts");
    block_on(journal.record(again)).expect("it is written");
    window.wait_until(|window| !window.shows(warning));
    window.close();
}

#[test]
fn two_messages_with_one_message_id_are_warned_of() {
    let data = town();
    record(&data, [sent("ydelse")]);
    let mut window = overview(&data);
    let shared = "To forskellige meddelelser er kommet med samme meddelelses-id";
    window.must_not_show(shared);
    let journal = Journal::start(&store(&data)).expect("the journal starts");
    let first = entry(&sent("ydelse"), in_force(&data), 0);
    let other = JournalEntry { differs_from: Some(1), outcome: Outcome::Reused, routed: None, ..first };
    block_on(journal.record(other)).expect("it is written");
    window.wait_for(shared);
    window.must_show_part("Sig det til afsenderen eller Digital Post");
    window.close();
}

#[test]
fn a_clock_that_has_jumped_is_warned_of_until_somebody_confirms_it() {
    let data = town();
    record(&data, [sent("ydelse")]);
    let mut window = overview(&data);
    let jumped = "Routerens ur er sprunget til 15-07-2026 12:00";
    window.must_not_show(jumped);
    let router = store(&data);
    router.look_at_clock(noon() - 700.hours(), Duration::ZERO).expect("it is looked at");
    let doubt = router.look_at_clock(noon(), Duration::ZERO).expect("it is looked at").expect("it is doubted");
    window.wait_for(jumped);
    window.must_show_part("sletter journalen intet");
    window.click("Uret er rigtigt");
    window.wait_until(|window| !window.shows(jumped));
    assert_eq!(store(&data).clock_doubt().expect("readable"), None, "{doubt:?}");
    window.close();
}

pub(super) fn in_force(data: &TempDir) -> PublicationNumber {
    store(data).newest_publication_number().expect("readable").expect("a publication")
}

#[test]
fn much_to_the_default_recipient_and_slow_answers_are_warned_of() {
    let data = town();
    let by_default = || Sent { by_rule: false, ..sent("esdh") };
    record(&data, many(76, || sent("dagtilbud")));
    record(&data, many(19, by_default));
    let mut window = overview(&data);
    window.must_show("19 af 95 fordelte");
    window.must_not_show("20 % af posten går til opsamlingssystemet");
    record(&data, [by_default(), sent("dagtilbud"), sent("dagtilbud"), sent("dagtilbud"), sent("dagtilbud")]);
    window.wait_for("20 % af posten går til opsamlingssystemet");
    let slow = || Sent { took: Duration::from_millis(4_001), ..sent("dagtilbud") };
    record(&data, [slow()]);
    window.wait_for("langsomste 4 s");
    window.must_not_show("1 % af svarene tog mere end 4 s");
    record(&data, [slow()]);
    window.wait_for("2 % af svarene tog mere end 4 s");
    window.close();
}

#[test]
fn a_paused_fagsystem_is_warned_of_once_messages_are_refused_for_it() {
    let data = town_with(|authority| authority.fagsystems[0].active = false);
    record(&data, [sent("esdh")]);
    let mut window = overview(&data);
    window.must_show("På pause");
    window.must_show("ESDH – sager og dokumenter er på pause");
    let paused = |count| failed("esdh", Outcome::Unavailable, Some(Reason::Paused)).with(count);
    record(&data, [paused(0)]);
    window.wait_for("ESDH – sager og dokumenter er på pause, og 1 meddelelse venter i Digital Post");
    record(&data, [paused(1)]);
    window.wait_for("ESDH – sager og dokumenter er på pause, og 2 forsøg på at aflevere er afvist");
    window.close();
}

impl Sent {
    /// The same some minutes sooner.
    fn with(self, minutes: i64) -> Self {
        Self { ago: self.ago + SignedDuration::from_mins(minutes), ..self }
    }
}

#[test]
fn rules_that_end_within_a_fortnight_are_warned_of() {
    let ending =
        |day| move |rule: &mut Rule| rule.validity = Validity::new(date(2020, 10, 25), Some(day)).expect("forwards");
    let data = town_with(|authority| {
        let mut rules = authority.rules.iter_mut().map(Arc::make_mut);
        let mut next = |day| rules.next().map(ending(day)).expect("there is a rule");
        next(date(2026, 7, 14));
        next(date(2026, 7, 15));
        next(date(2026, 7, 29));
        next(date(2026, 7, 30));
    });
    record(&data, [sent("esdh")]);
    let mut window = overview(&data);
    window.click("Regel 20 og 30 udløber, den første 15-07-2026");
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    window.close();
}

#[test]
fn what_the_router_takes_is_counted_as_it_comes_and_nothing_needs_a_person() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.ctrl("1");
    window.must_show("100 % af de modtagne");
    window.must_show("0 af 2 fordelte");
    window.must_show(CALM);
    window.click("Router");
    window.click("Send eksempelmeddelelse");
    window.wait_for("3 meddelelser");
    window.ctrl("1");
    window.wait_for("0 af 3 fordelte");
    window.must_show("for et øjeblik siden");
    window.click("Router");
    window.click("Stop");
    window.ctrl("1");
    window.must_show(STOPPED);
    window.close();
}

#[test]
fn a_router_that_refuses_everything_is_warned_of_with_its_reason() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.ctrl("1");
    window.must_show(CALM);
    let (database, aside) = (data.path().join("postfordeler.db"), data.path().join("til-side.db"));
    fs::rename(&database, &aside).expect("moved aside");
    window.wait_for("Routeren afviser alt for nu");
    window.must_show_part("Databasen er slettet, flyttet eller erstattet.");
    fs::rename(&aside, &database).expect("put back");
    window.wait_for(CALM);
    window.close();
}

#[test]
fn an_older_answer_never_takes_the_place_of_a_newer() {
    let data = town();
    record(&data, [sent("esdh")]);
    let older = store(&data).overview(OverviewPeriod::Day, noon()).expect("it can be read");
    let mut window = overview(&data);
    window.must_show("0 af 1 fordelte");
    record(&data, [sent("esdh")]);
    window.wait_for("0 af 2 fordelte");
    window.send(Message::OverviewRead(1, Ok(older)));
    window.must_show("0 af 2 fordelte");
    window.close();
}
