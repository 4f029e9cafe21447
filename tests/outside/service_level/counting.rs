//! Holidays, working hours, and what is lost of them.

use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use postfordeler::rules::FagsystemId;
use postfordeler::service_level::{
    Attendance, Holiday, Part, Promise, RouterAccount, RouterEventKind, RouterSpan, RouterTimes, ServiceWindow, Span,
    Spans, Strain, Verdict, WindowFault, WindowScope, easter, holiday,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{span, time};

const MINUTE: Duration = Duration::from_mins(1);
/// The public holidays of 2026 on weekdays, from an almanac.
const HOLIDAYS_OF_2026: [(i8, i8); 7] = [(1, 1), (4, 2), (4, 3), (4, 6), (5, 14), (5, 25), (12, 25)];

#[test]
fn easter_is_on_the_days_that_almanacs_name() {
    let days = [
        (1818, 3, 22),
        (1943, 4, 25),
        (1954, 4, 18),
        (1981, 4, 19),
        (2000, 4, 23),
        (2008, 3, 23),
        (2019, 4, 21),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2038, 4, 25),
        (2049, 4, 18),
        (2076, 4, 19),
        (2285, 3, 22),
    ];
    for (year, month, day) in days {
        assert_eq!(easter(year), date(year, month, day));
    }
}

#[test]
fn the_holidays_of_a_year_are_those_of_the_law() {
    use Holiday::*;
    let of = |year: i16| -> Vec<(String, Holiday)> {
        let days = date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year);
        days.filter_map(|day| Some((day.strftime("%m-%d").to_string(), holiday(day)?))).collect()
    };
    let expected = |days: &[(&str, Holiday)]| -> Vec<(String, Holiday)> {
        days.iter().map(|(day, holiday)| ((*day).to_owned(), *holiday)).collect()
    };
    assert_eq!(
        of(2023),
        expected(&[
            ("01-01", NewYear),
            ("04-06", MaundyThursday),
            ("04-07", GoodFriday),
            ("04-09", EasterSunday),
            ("04-10", EasterMonday),
            ("05-05", PrayerDay),
            ("05-18", Ascension),
            ("05-28", WhitSunday),
            ("05-29", WhitMonday),
            ("12-25", Christmas),
            ("12-26", SecondChristmas),
        ])
    );
    // Without store bededag from 2024 on; neither 5 June, 24 December nor 31 December is one.
    assert_eq!(
        of(2026),
        expected(&[
            ("01-01", NewYear),
            ("04-02", MaundyThursday),
            ("04-03", GoodFriday),
            ("04-05", EasterSunday),
            ("04-06", EasterMonday),
            ("05-14", Ascension),
            ("05-24", WhitSunday),
            ("05-25", WhitMonday),
            ("12-25", Christmas),
            ("12-26", SecondChristmas),
        ])
    );
    assert_eq!(of(2024).len(), 10);
}

#[test]
fn the_strict_promise_holds_on_working_days_from_six_to_eighteen_danish_time() {
    let holds = |at: &str| Promise::at(time(at)) == Promise::WorkingHours;
    // In November Denmark is one hour ahead of UTC, in July two.
    for (at, expected) in [
        ("2026-11-02T04:59:59Z", false),
        ("2026-11-02T05:00:00Z", true),
        ("2026-11-02T16:59:59Z", true),
        ("2026-11-02T17:00:00Z", false),
        ("2026-07-01T03:59:59Z", false),
        ("2026-07-01T04:00:00Z", true),
        ("2026-07-01T15:59:59Z", true),
        ("2026-07-01T16:00:00Z", false),
        ("2026-11-01T10:00:00Z", false),
        ("2026-11-07T10:00:00Z", false),
        ("2026-05-14T10:00:00Z", false),
        ("2026-05-15T10:00:00Z", true),
        ("2026-06-05T10:00:00Z", true),
        ("2026-12-24T10:00:00Z", true),
        ("2023-05-05T10:00:00Z", false),
        ("2024-04-26T10:00:00Z", true),
    ] {
        assert_eq!(holds(at), expected, "{at}");
    }
}

#[test]
fn days_on_which_clocks_change_have_twenty_three_hours_or_twenty_five() {
    let hours = |part: Part| part.span().length().as_secs() / 3600;
    assert_eq!(hours(Part::day(date(2026, 3, 29))), 23);
    assert_eq!(hours(Part::day(date(2026, 10, 25))), 25);
    assert_eq!(hours(Part::month(date(2026, 3, 7))), 743);
    assert_eq!(hours(Part::month(date(2026, 10, 31))), 745);
    assert_eq!(hours(Part::month(date(2028, 2, 1))), 696);
    let months = Part::months(date(2026, 11, 27), 13);
    assert_eq!((months.len(), months[0].first(), months[12].first()), (13, date(2025, 11, 1), date(2026, 11, 1)));
    assert!(months.windows(2).all(|two| two[0].span().end == two[1].span().begin));
}

/// The account of November 2026 in working hours, at that time.
fn november(spans: &[RouterSpan], windows: &[Span], now: &str) -> RouterAccount {
    let times: RouterTimes = spans.iter().copied().collect();
    let windows: Spans = windows.iter().copied().collect();
    RouterAccount::count(Part::month(date(2026, 11, 1)), Promise::WorkingHours, &times, &windows, time(now))
}

fn ready(begin: &str, end: &str) -> RouterSpan {
    RouterSpan { span: span(begin, end), state: Attendance::Ready }
}

fn lost(begin: &str, end: &str) -> RouterSpan {
    RouterSpan { span: span(begin, end), state: Attendance::JournalFails }
}

#[test]
fn a_month_is_counted_as_by_hand() {
    // Twenty-one working days of twelve hours are 15,120 minutes, of which two in a thousand are 30.24.
    let all = [ready("2026-10-31T00:00:00Z", "2026-12-01T00:00:00Z")];
    let account = november(&all, &[], "2026-12-01T00:00:00Z");
    assert_eq!(account.promised, MINUTE * 15_120);
    assert_eq!(account.allowance(), Duration::from_secs_f64(30.24 * 60.0));
    assert_eq!((account.millionths(), account.verdict()), (Some(1_000_000), Verdict::Kept));
    // Twenty-one minutes lost on the 10th, of which one before six o'clock does not count here.
    let some = [all[0], lost("2026-11-10T04:59:00Z", "2026-11-10T05:21:00Z")];
    let account = november(&some, &[], "2026-11-20T12:00:00Z");
    assert_eq!(account.lost, MINUTE * 21);
    assert_eq!(account.left(), Duration::from_secs_f64(9.24 * 60.0));
    // 21 of 30.24 is more than half and less than four fifths.
    assert_eq!((account.strain(), account.verdict()), (Strain::Half, Verdict::Kept));
    // Until 13:00 on the 20th there were 14 whole working days and seven hours: 10,500 minutes.
    assert_eq!(account.ready, MINUTE * (10_500 - 21));
    assert_eq!(account.millionths(), Some(998_000));
    // A service window takes five of the minutes away, from what is lost as from what is promised.
    let account = november(&some, &[span("2026-11-10T05:10:00Z", "2026-11-10T05:15:00Z")], "2026-11-20T12:00:00Z");
    assert_eq!((account.lost, account.in_windows, account.promised), (MINUTE * 16, MINUTE * 5, MINUTE * 15_115));
    // A day on which nothing ran is neither kept nor lost, and leaves less to lose.
    let gap =
        [ready("2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z"), ready("2026-11-04T00:00:00Z", "2026-12-01T00:00:00Z")];
    let account = november(&gap, &[], "2026-12-01T00:00:00Z");
    assert_eq!((account.lost, account.not_running), (Duration::ZERO, MINUTE * 720));
    assert_eq!(account.allowance(), Duration::from_secs_f64(14_400.0 * 60.0 * 0.002));
    assert_eq!(account.millionths(), Some(1_000_000));
    // And where nothing is known nothing is said.
    let account = november(&[], &[], "2026-12-01T00:00:00Z");
    assert_eq!((account.millionths(), account.verdict()), (None, Verdict::Unknown));
    assert_eq!(account.not_running, account.promised);
}

#[test]
fn a_share_that_misses_the_promise_never_looks_as_if_it_kept_it() {
    let all = ready("2026-10-31T00:00:00Z", "2026-12-01T00:00:00Z");
    // 30 minutes 14.4 seconds are allowed.
    let account = november(&[all, lost("2026-11-10T08:00:00Z", "2026-11-10T08:30:14.4Z")], &[], "2026-12-01T00:00:00Z");
    assert_eq!(
        (account.verdict(), account.strain(), account.millionths()),
        (Verdict::Kept, Strain::Most, Some(998_000))
    );
    let account = november(&[all, lost("2026-11-10T08:00:00Z", "2026-11-10T08:30:14.5Z")], &[], "2026-12-01T00:00:00Z");
    assert_eq!(
        (account.verdict(), account.strain(), account.millionths()),
        (Verdict::Broken, Strain::Over, Some(997_999))
    );
}

#[test]
fn time_that_is_said_twice_counts_once_and_the_worse_counts() {
    let twice = [
        ready("2026-11-10T08:00:00Z", "2026-11-10T09:00:00Z"),
        ready("2026-11-10T08:30:00Z", "2026-11-10T09:30:00Z"),
        lost("2026-11-10T08:50:00Z", "2026-11-10T09:10:00Z"),
    ];
    let account = november(&twice, &[], "2026-12-01T00:00:00Z");
    assert_eq!((account.ready, account.lost), (MINUTE * 70, MINUTE * 20));
}

#[test]
fn what_was_lost_is_told_with_its_reason() {
    let day = [
        ready("2026-11-10T00:00:00Z", "2026-11-10T08:00:00Z"),
        lost("2026-11-10T08:00:00Z", "2026-11-10T08:10:00Z"),
        ready("2026-11-10T08:10:00Z", "2026-11-10T20:00:00Z"),
    ];
    let times: RouterTimes = day.into_iter().collect();
    let windows = Spans::from(span("2026-11-10T08:05:00Z", "2026-11-10T08:07:00Z"));
    let events = times.events(Part::day(date(2026, 11, 10)), &windows, time("2026-11-10T22:00:00Z"));
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.span.begin.to_string(), event.span.length().as_secs() / 60, event.promise, event.kind))
        .collect();
    let fails = RouterEventKind::Lost(Attendance::JournalFails);
    assert_eq!(
        told,
        [
            ("2026-11-09T23:00:00Z".to_owned(), 60, Promise::OtherTimes, RouterEventKind::NotRunning),
            ("2026-11-10T08:00:00Z".to_owned(), 5, Promise::WorkingHours, fails),
            ("2026-11-10T08:05:00Z".to_owned(), 2, Promise::WorkingHours, RouterEventKind::InWindow),
            ("2026-11-10T08:07:00Z".to_owned(), 3, Promise::WorkingHours, fails),
            ("2026-11-10T20:00:00Z".to_owned(), 120, Promise::OtherTimes, RouterEventKind::NotRunning),
        ]
    );
}

#[test]
fn a_service_window_that_cannot_be_is_refused() {
    let now = time("2026-11-27T12:00:00Z");
    let new = |span, note: &str| ServiceWindow::new(span, WindowScope::Router, note, now);
    let hour = span("2026-12-01T20:00:00Z", "2026-12-01T21:00:00Z");
    let entered = new(hour, "  Ny udgave ").expect("it can be");
    assert_eq!((entered.note.as_str(), entered.is_retroactive()), ("Ny udgave", false));
    assert!(new(span("2026-11-27T11:00:00Z", "2026-11-27T13:00:00Z"), "").expect("it can be").is_retroactive());
    let backwards = Span::new(hour.end, hour.begin);
    assert_eq!(new(backwards, ""), Err(WindowFault::EndsBeforeItBegins));
    assert_eq!(new(Span::new(hour.begin, hour.begin), ""), Err(WindowFault::EndsBeforeItBegins));
    assert!(new(span("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), "").is_ok());
    assert_eq!(new(span("2026-01-01T00:00:00Z", "2027-01-03T00:00:00Z"), ""), Err(WindowFault::TooLong));
    assert!(new(span("2036-11-01T00:00:00Z", "2036-11-02T00:00:00Z"), "").is_ok());
    for far in
        [span("2206-12-01T20:00:00Z", "2206-12-01T21:00:00Z"), span("1926-12-01T20:00:00Z", "1926-12-01T21:00:00Z")]
    {
        assert_eq!(new(far, ""), Err(WindowFault::TooFar));
    }
    assert_eq!(new(hour, &"æ".repeat(201)), Err(WindowFault::NoteTooLong));
    assert!(new(hour, &"æ".repeat(200)).is_ok());
    assert_eq!(new(hour, "efter aftale med 251216-9996"), Err(WindowFault::NoteIsPersonal));
}

#[test]
fn a_service_window_is_of_what_it_says() {
    let id = |id: &str| FagsystemId::new(id).expect("an id");
    let cvr = "66137112".parse().expect("a CVR number");
    let window = |scope| ServiceWindow {
        number: 1,
        span: span("2026-11-10T08:00:00Z", "2026-11-10T09:00:00Z"),
        scope,
        note: String::new(),
        entered_at: time("2026-11-01T00:00:00Z"),
    };
    let of = |scope: WindowScope| {
        let window = window(scope);
        (window.is_of_router(), window.is_of(cvr, &id("esdh")), window.is_of(cvr, &id("ydelse")))
    };
    assert_eq!(of(WindowScope::All), (true, true, true));
    assert_eq!(of(WindowScope::Router), (true, false, false));
    assert_eq!(of(WindowScope::Fagsystem(cvr, id("esdh"))), (false, true, false));
}

/// Whether clocks in Denmark are two hours ahead of UTC: from one o'clock UTC on the last Sunday of March until then on that of
/// October.
fn is_summer(at: Timestamp) -> bool {
    let last_sunday = |month: i8| -> Timestamp {
        let mut day = date(2026, month, 31);
        while day.weekday() != jiff::civil::Weekday::Sunday {
            day = day.yesterday().expect("in range");
        }
        format!("{day}T01:00:00Z").parse().expect("a time")
    };
    last_sunday(3) <= at && at < last_sunday(10)
}

/// Whether the strict promise holds in the minute, by the almanac.
fn is_working_minute(at: Timestamp) -> bool {
    let shown = (at + SignedDuration::from_hours(if is_summer(at) { 2 } else { 1 })).to_string();
    let day: Date = shown[..10].parse().expect("a date");
    let hour: i8 = shown[11..13].parse().expect("an hour");
    let is_weekend = day.weekday().to_monday_one_offset() > 5;
    (6..18).contains(&hour) && !is_weekend && !HOLIDAYS_OF_2026.contains(&(day.month(), day.day()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Each minute of a month is looked at by itself.
    #[test]
    fn spans_add_up_to_what_a_count_of_every_minute_says(
        month in 1..=12_i8,
        spans in vec((-5_000..50_000_i64, 0..9_000_i64, 0..4_usize), 0..14),
        windows in vec((-5_000..50_000_i64, 0..2_000_i64), 0..6),
        now in 0..50_000_i64,
    ) {
        let part = Part::month(date(2026, month, 15));
        let begin = part.span().begin;
        let at = |minute: i64| begin + SignedDuration::from_mins(minute);
        let states =
            [Attendance::Ready, Attendance::Ready, Attendance::JournalFails, Attendance::NothingPublished];
        let spans: Vec<_> = spans
            .into_iter()
            .map(|(from, length, state)| RouterSpan { span: Span::new(at(from), at(from + length)), state: states[state] })
            .collect();
        let cut: Vec<_> = windows.into_iter().map(|(from, length)| Span::new(at(from), at(from + length))).collect();
        let times: RouterTimes = spans.iter().copied().collect();
        let windows: Spans = cut.iter().copied().collect();
        let now = at(now);
        let accounts = Promise::ALL.map(|promise| RouterAccount::count(part, promise, &times, &windows, now));
        let mut by_hand = [[0_u64; 5]; 2];
        let minutes = i64::try_from(part.span().length().as_secs() / 60).expect("few");
        for minute in 0..minutes {
            let moment = at(minute);
            let count = &mut by_hand[usize::from(!is_working_minute(moment))];
            let holds = |span: Span| span.begin <= moment && moment < span.end;
            let is = |ready: bool| spans.iter().any(|it| (it.state == Attendance::Ready) == ready && holds(it.span));
            if cut.iter().any(|span| holds(*span)) {
                count[4] += 1;
                continue;
            }
            count[0] += 1;
            if moment < now {
                count[if is(false) { 2 } else if is(true) { 1 } else { 3 }] += 1;
            }
        }
        for (account, [promised, ready, lost, unknown, in_windows]) in accounts.iter().zip(by_hand) {
            let minutes = |time: Duration| time.as_secs() / 60;
            prop_assert_eq!(
                [account.promised, account.ready, account.lost, account.not_running, account.in_windows].map(minutes),
                [promised, ready, lost, unknown, in_windows]
            );
        }
        // What is told of adds up to the same.
        let events = times.events(part, &windows, now);
        for (promise, account) in Promise::ALL.into_iter().zip(&accounts) {
            let of = |wanted: fn(RouterEventKind) -> bool| -> Duration {
                let of = events.iter().filter(|event| event.promise == promise && wanted(event.kind));
                of.map(|event| event.span.length()).sum()
            };
            prop_assert_eq!(of(|kind| matches!(kind, RouterEventKind::Lost(_))), account.lost);
            prop_assert_eq!(of(|kind| kind == RouterEventKind::NotRunning), account.not_running);
            prop_assert_eq!(of(|kind| kind == RouterEventKind::InWindow), account.in_windows);
        }
    }
}
