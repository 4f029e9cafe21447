//! Every figure of *Overblik* opens as many messages as it counts.

use std::time::Duration;

use iced_test::core::Point;
use jiff::ToSpan;
use postfordeler::rules::{Cvr, FagsystemId};
use postfordeler::store::{Journal, JournalEntry, MessageQuery, Outcome, OutcomeGroup, OverviewPeriod, Reason};
use tempfile::TempDir;

use super::overview::{Sent, entry, failed, in_force, many, overview, record, sent};
use super::town::{noon, store, town};
use crate::support::block_on;
use crate::window::Window;

/// Messages of every kind, some before the last day, some that do not count.
fn filled() -> TempDir {
    let data = town();
    let mut messages = many(7, || sent("dagtilbud"));
    messages.extend(many(3, || Sent { by_rule: false, ..sent("esdh") }));
    messages.extend(many(2, || failed("dagtilbud", Outcome::Rejected, None)));
    messages.push(Sent { took: Duration::from_millis(1_400), ..sent("dagtilbud") });
    messages.extend(many(2, || failed("ydelse", Outcome::Unavailable, Some(Reason::NoConnection))));
    let took = Duration::from_millis(5_400);
    messages.push(Sent { took, ..failed("ydelse", Outcome::Unknown, Some(Reason::Silent)) });
    messages.push(failed("", Outcome::Invalid, None));
    messages.extend([2, 20].map(|days| Sent { ago: jiff::SignedDuration::from_hours(24 * days), ..sent("byggesag") }));
    record(&data, messages);
    let journal = Journal::start(&store(&data)).expect("the journal starts");
    let again = |number| entry(&sent("dagtilbud"), in_force(&data), number);
    block_on(journal.record(JournalEntry { repeats: Some(1), ..again(0) })).expect("it is written");
    let under_way = JournalEntry { outcome: Outcome::UnderWay, ..again(900) };
    block_on(journal.enter(under_way)).expect("it is written");
    data
}

/// How many messages are listed, as the screen says.
fn listed(window: &mut Window) -> u64 {
    let seen = window.texts().into_iter().map(|seen| seen.words);
    let count = seen.filter(|words| words.starts_with(|first: char| first.is_ascii_digit()));
    let count = count.filter(|words| words.ends_with(" meddelelser") || words.ends_with(" meddelelse"));
    let count: Vec<_> = count.collect();
    let [count] = count.as_slice() else { panic!("{count:?}") };
    count.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{count}"))
}

fn opens(window: &mut Window, what: &str, click: impl FnOnce(&mut Window), counted: u64) {
    window.ctrl("1");
    click(window);
    window.must_show("Eksportér");
    assert_eq!(listed(window), counted, "{what}");
}

#[test]
fn every_figure_lists_as_many_messages_as_it_counts() {
    let data = filled();
    let store = store(&data);
    let overview_of = |period| store.overview(period, noon()).expect("readable");
    let day = overview_of(OverviewPeriod::Day);
    let of = |group| day.total.of(group);
    let not_accepted = day.total.messages() - of(OutcomeGroup::Accepted);
    let within = |milliseconds| day.total.answers.within(Duration::from_millis(milliseconds)).expect("a limit");
    let all = store.count_messages(&MessageQuery::default(), || true).expect("readable").expect("wanted");
    assert!(day.total.messages() < all, "some do not count");
    let mut window = overview(&data);
    let figures = [
        ("Modtaget", day.total.messages()),
        ("1 undervejs", 1),
        ("Accepteret", of(OutcomeGroup::Accepted)),
        ("Ikke accepteret", not_accepted),
        ("2 Afvist", 2),
        ("3 Utilgængeligt/uvist", 3),
        ("1 Afvist af routeren", 1),
        ("Til opsamlingssystem", 3),
        ("inden 1 s", within(1_000)),
        ("inden 1,5 s", within(1_500)),
        ("inden 4 s", within(4_000)),
        ("langsomste 5,4 s", 1),
        ("Afvist", 2),
        ("Utilgængeligt/uvist", 3),
        ("Afvist af routeren", 1),
    ];
    for (words, counted) in figures {
        opens(&mut window, words, |window| window.click(words), counted);
    }
    assert!(within(1_000) < within(1_500) && within(1_500) < day.total.answers.count);
    for (days, period) in [("7 dage", OverviewPeriod::Week), ("30 dage", OverviewPeriod::Month)] {
        let counted = overview_of(period).total.messages();
        let choose = |window: &mut Window| {
            window.click(days);
            window.click("Modtaget");
        };
        opens(&mut window, days, choose, counted);
    }
    window.close();
}

#[test]
fn a_time_that_messages_are_listed_by_stands_where_a_period_does() {
    let data = filled();
    let mut window = overview(&data);
    window.click("Modtaget");
    let limit = window.text_in("log-period");
    assert!(limit.contains(" – ") && limit != "Fra – til …", "{limit}");
    assert_eq!(window.count(&limit), 1, "it is said once");
    window.must_show("Talt med i Overblik");
    // Another period takes its place.
    window.choose("log-period", "Alle");
    assert_eq!(window.text_in("log-period"), "Alle dage");
    window.must_not_show(&limit);
    window.must_show("Talt med i Overblik");
    window.close();
}

#[test]
fn a_bar_and_a_row_list_as_many_messages_as_they_count() {
    let data = filled();
    let day = store(&data).overview(OverviewPeriod::Day, noon()).expect("readable");
    let cvr: Cvr = "01102036".parse().expect("a CVR number");
    let figures = |id| day.fagsystem(cvr, &FagsystemId::new(id).expect("an id"));
    let mut window = overview(&data);
    let hour = day.slots.iter().find(|slot| slot.begin == noon() - 1.hour()).expect("the hour before noon");
    let click_bar = |window: &mut Window| {
        let label = window.find("12");
        window.click_at(Point::new(label.center_x() - label.width, label.center_y() - 20.0));
    };
    opens(&mut window, "the bar", click_bar, hour.counts.messages());
    // A bar of nothing opens nothing.
    window.ctrl("1");
    let label = window.find("12");
    window.click_at(Point::new(label.center_x(), label.center_y() - 20.0));
    window.must_show("Kræver opmærksomhed");
    // The business systems are below the chart.
    let cell = |window: &mut Window, name: &str, words: &str| {
        window.scroll_at(Point::new(400.0, 300.0), true);
        window.click_last_beside(name, words);
    };
    for (name, id) in [("Dagtilbud og pladsanvisning", "dagtilbud"), ("Kontante ydelser", "ydelse")] {
        opens(&mut window, name, |window| cell(window, name, name), figures(id).total.messages());
    }
    let dagtilbud = "Dagtilbud og pladsanvisning";
    opens(&mut window, "20 %", |window| cell(window, dagtilbud, "20 %"), 2);
    opens(&mut window, "under way", |window| cell(window, dagtilbud, "1"), 1);
    window.close();
}

#[test]
fn what_needs_a_person_lists_the_messages_it_speaks_of() {
    let data = filled();
    let journal = Journal::start(&store(&data)).expect("the journal starts");
    let first = entry(&sent("jobcenter"), in_force(&data), 0);
    for _ in 0..2 {
        // The same messageUUID twice more: one id is shared.
        let other = JournalEntry { differs_from: Some(1), outcome: Outcome::Reused, routed: None, ..first.clone() };
        block_on(journal.record(other)).expect("it is written");
    }
    let mut window = overview(&data);
    let warnings = [
        ("Kontante ydelser har ikke accepteret de seneste 3 meddelelser (intet svar i tide)", 3),
        ("Kontante ydelser har måske fået 1 meddelelse, som ingen ved noget om", 1),
        ("To forskellige meddelelser er kommet med samme meddelelses-id", 1),
        ("6,3 % af svarene tog mere end 4 s", 1),
    ];
    for (at, (words, counted)) in warnings.into_iter().enumerate() {
        let click = |window: &mut Window| {
            // The card shows three of them at once.
            window.scroll_at(Point::new(1_300.0, 700.0), at == 3);
            window.click(words);
        };
        opens(&mut window, words, click, counted);
    }
    window.close();
}
