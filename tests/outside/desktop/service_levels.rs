//! *Driftsmål*: how far the service agreement is kept, what was lost and why, and the service windows that do not count.

use lucide_icons::Icon;
use postfordeler::desktop::{Message, Page};
use postfordeler::rules::FagsystemId;
use postfordeler::service_level::{Attendance, RouterSpan, ServiceWindow, Span, WindowScope};
use postfordeler::store::{Outcome, Reason};
use tempfile::TempDir;

use super::overview::{Sent, failed, many, overview, record, sent};
use super::town::{noon, store, town};
use crate::window::Window;

fn time(text: &str) -> jiff::Timestamp {
    text.parse().expect("a time")
}

/// The router ran from the middle of June on, and on 7 July it could take no mail for that long, from ten in the morning.
fn ran(data: &TempDir, lost_until: &str) {
    let of = |begin: &str, end: &str, state| RouterSpan { span: Span::new(time(begin), time(end)), state };
    let spans = [
        of("2026-06-15T04:00:00Z", "2026-07-07T08:00:00Z", Attendance::Ready),
        of("2026-07-07T08:00:00Z", lost_until, Attendance::JournalFails),
        of(lost_until, "2026-07-15T10:00:00Z", Attendance::Ready),
    ];
    store(data).record_router_spans(&spans).expect("stored");
}

/// A window on it, for which it is always noon on 15 July.
fn levels(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.send(Message::Show(Page::ServiceLevels));
    window
}

/// Scrolls down to the months, or as far as it goes.
fn scroll_to_months(window: &mut Window) {
    window.scroll_to("service-levels", 620.0);
}

fn scroll_to_the_end(window: &mut Window) {
    window.scroll_to("service-levels", 10_000.0);
}

#[test]
fn before_anything_is_known_it_says_so() {
    let data = town();
    let mut window = levels(&data);
    window.must_show("Juli 2026 til nu");
    window.must_show("mål 99,8 %");
    window.must_show("mål 98,5 %");
    window.must_show("ingen målinger");
    window.must_show("intet sendt");
    window.must_not_show("100 %");
    scroll_to_the_end(&mut window);
    window.must_show("Ingen servicevinduer. Skriv dem ind, også dem, der er planlagt.");
    window.close();
}

#[test]
fn what_is_lost_stands_beside_what_the_promise_allows() {
    let data = town();
    // July 2026 has 23 working days of twelve hours: 16,560 minutes, of which 33.12 may be lost.
    ran(&data, "2026-07-07T08:20:00Z");
    let mut window = levels(&data);
    window.must_show("mistet 20 min; tåler 33,1 min");
    // 20 of 7,560 minutes until noon on the 15th, rounded down.
    window.must_show("99,73 %");
    window.must_show("Halvt brugt");
    window.must_show("Routeren, måned for måned");
    scroll_to_months(&mut window);
    window.must_show("juni 2026");
    window.click("juli 2026");
    window.must_show("Juli 2026, dag for dag");
    window.must_show("tirsdag 07-07-2026");
    window.must_show("10:00–10:20 · 20 min");
    window.must_show("Afviste alt: journalen kunne ikke skrives · heraf 20 min hverdag kl. 6–18");
    window.close();
}

#[test]
fn a_fagsystem_is_counted_by_its_messages_and_its_days_lead_to_those_unanswered() {
    let data = town();
    record(&data, many(1_498, || sent("dagtilbud")));
    record(&data, many(2, || failed("dagtilbud", Outcome::Unavailable, Some(Reason::ConnectionRefused))));
    record(&data, many(3, || failed("dagtilbud", Outcome::Unavailable, Some(Reason::Paused))));
    let mut window = levels(&data);
    window.must_show("99,86 %");
    window.must_show("2 af 1.500 uden svar");
    window.click("Dagtilbud og pladsanvisning");
    window.must_show("Dagtilbud og pladsanvisning, måned for måned");
    scroll_to_months(&mut window);
    window.must_show("Simple 1 s");
    window.click("juli 2026");
    window.must_show("1.500 meddelelser sendt · 3 ikke forsøgt");
    window.must_show("Halvdelen inden 100 ms · 95 % inden 100 ms");
    window.click("onsdag 15-07-2026");
    // The two, and the three that were not tried.
    window.must_show("5 af 1.503 meddelelser");
    window.close();
}

#[test]
fn overblik_warns_before_the_promise_is_broken_and_when_it_is() {
    for (until, words) in [
        ("2026-07-07T08:16:00Z", None),
        (
            "2026-07-07T08:17:00Z",
            Some("Routeren har mistet 17 min af de 33,1 min, som løftet tåler i juli (hverdage kl. 6–18)"),
        ),
        ("2026-07-07T08:34:00Z", Some("Routeren har mistet 34 min i juli; løftet tåler 33,1 min (hverdage kl. 6–18)")),
    ] {
        let data = town();
        ran(&data, until);
        record(&data, [Sent { ..sent("dagtilbud") }]);
        let mut window = overview(&data);
        match words {
            Some(words) => {
                window.must_show(words);
                window.click(words);
                window.must_show("Hvad serviceaftalen lover, og hvor langt det er holdt");
            }
            None => assert!(!window.shows_part("som løftet tåler")),
        }
        window.close();
    }
}

#[test]
fn a_service_window_is_entered_and_deleted() {
    let data = town();
    ran(&data, "2026-07-07T08:20:00Z");
    let mut window = levels(&data);
    window.click("Nyt servicevindue");
    assert!(window.has_focus("window-from"));
    window.type_text("7-7-2026");
    // Most windows end on the day on which they begin.
    assert_eq!(window.text_in("window-to"), "7-7-2026");
    window.fill("window-from-time", "10.20");
    window.fill("window-to-time", "10:05");
    window.must_show("Det skal slutte, efter at det begynder.");
    window.fill("window-to-time", "25");
    window.must_show("Skriv et klokkeslæt som 22:00.");
    window.fill("window-to-time", "1030");
    window.fill("window-from-time", "10:05");
    window.fill("window-note", "efter aftale med 251216-9996");
    window.must_show("Bemærkningen ligner et CPR-nummer. Skriv den uden.");
    window.click("Skriv ind");
    assert_eq!(store(&data).service_windows().expect("readable"), []);
    window.fill("window-note", "Ny disk");
    window.click("Skriv ind");
    window.must_show("Servicevinduet er skrevet ind");
    window.must_show_part("mistet 5 min; tåler");
    scroll_to_the_end(&mut window);
    window.must_show("07-07-2026 10:05–10:30");
    window.must_show("Routeren · Ny disk");
    window.must_show("Skrevet ind bagefter");
    window.click_icon(Icon::Trash2);
    window.must_show("Servicevinduet er slettet");
    window.scroll_to("service-levels", 0.0);
    window.must_show_part("mistet 20 min; tåler");
    assert_eq!(store(&data).service_windows().expect("readable"), []);
    window.close();
}

#[test]
fn what_is_written_into_a_window_is_not_lost_by_opening_something_else() {
    let data = town();
    let mut window = levels(&data);
    window.ctrl("n");
    window.type_text("3-12-2026");
    window.ctrl("n");
    window.must_show("Gem (Ctrl+S) eller annullér først det, du er i gang med.");
    assert_eq!(window.text_in("window-from"), "3-12-2026");
    window.choose("window-scope", "ESDH – sager og dokumenter");
    window.fill("window-from-time", "22");
    window.fill("window-to-time", "24:00");
    window.ctrl("s");
    scroll_to_the_end(&mut window);
    window.must_show("Planlagt");
    let windows = store(&data).service_windows().expect("readable");
    let (cvr, esdh) = ("01102036".parse().expect("a CVR number"), FagsystemId::new("esdh").expect("an id"));
    assert_eq!(windows[0].scope, WindowScope::Fagsystem(cvr, esdh));
    assert_eq!(windows[0].span, Span::new(time("2026-12-03T21:00:00Z"), time("2026-12-03T23:00:00Z")));
    window.close();
}

#[test]
fn what_another_window_enters_is_shown() {
    let data = town();
    ran(&data, "2026-07-07T08:20:00Z");
    let mut window = levels(&data);
    let span = Span::new(time("2026-07-07T08:00:00Z"), time("2026-07-07T09:00:00Z"));
    let entered = ServiceWindow::new(span, WindowScope::All, "", noon()).expect("it can be");
    store(&data).enter_service_window(&entered).expect("stored");
    window.poll();
    // All of what was lost is in it.
    window.wait_for("intet mistet");
    scroll_to_the_end(&mut window);
    window.must_show("Alt: routeren og alle fagsystemer");
    window.close();
}

/// A window of announced service is still announced after its note has been changed, but not after its time has.
#[test]
fn a_service_window_is_changed() {
    let data = town();
    let begin = Span::new(time("2026-07-20T20:00:00Z"), time("2026-07-20T22:00:00Z"));
    let entered = ServiceWindow::new(begin, WindowScope::Router, "Ny disk", time("2026-07-01T10:00:00Z"));
    let number = store(&data).enter_service_window(&entered.expect("it can be")).expect("stored").expect("room");
    let mut window = levels(&data);
    scroll_to_the_end(&mut window);
    window.click("20-07-2026 22:00 – 21-07-2026 00:00");
    window.must_show("Ret servicevinduet");
    assert_eq!(window.text_in("window-to-time"), "00:00");
    window.fill("window-note", "Ny disk, efter aftale");
    window.click("Gem rettelsen");
    let of = || store(&data).service_windows().expect("readable").remove(0);
    assert_eq!((of().note.as_str(), of().entered_at), ("Ny disk, efter aftale", time("2026-07-01T10:00:00Z")));
    scroll_to_the_end(&mut window);
    window.click("20-07-2026 22:00 – 21-07-2026 00:00");
    window.fill("window-to", "20-07-2026");
    window.fill("window-to-time", "23:30");
    window.click("Gem rettelsen");
    let changed = of();
    assert_eq!((changed.number, changed.span.end), (number, time("2026-07-20T21:30:00Z")));
    assert_eq!(changed.entered_at, noon());
    assert_eq!(store(&data).service_windows().expect("readable").len(), 1);
    window.close();
}

/// What clocks skip is refused, and of what they show twice it is said which counts.
#[test]
fn on_the_nights_on_which_clocks_change_it_is_said_what_counts() {
    let data = town();
    let mut window = levels(&data);
    window.ctrl("n");
    window.type_text("28-03-2027");
    window.fill("window-from-time", "02:30");
    window.fill("window-to-time", "04:00");
    window.must_show("Den nat stilles uret frem: Klokken 2–3 findes ikke.");
    window.ctrl("s");
    assert_eq!(store(&data).service_windows().expect("readable"), []);
    window.fill("window-from-time", "03:00");
    window.must_not_show("Den nat stilles uret frem: Klokken 2–3 findes ikke.");
    window.fill("window-from", "25-10-2026");
    window.fill("window-from-time", "02:30");
    window.fill("window-to", "25-10-2026");
    window.must_show("Den nat vises timen to gange: Den første gælder.");
    window.ctrl("s");
    let windows = store(&data).service_windows().expect("readable");
    assert_eq!(windows[0].span, Span::new(time("2026-10-25T00:30:00Z"), time("2026-10-25T03:00:00Z")));
    window.close();
}

#[test]
fn a_year_with_a_slip_in_it_is_refused() {
    let data = town();
    let mut window = levels(&data);
    window.ctrl("n");
    window.type_text("3-12-2206");
    window.fill("window-from-time", "22");
    window.fill("window-to-time", "23");
    window.must_show("Et servicevindue ligger højst 10 år fra i dag.");
    window.ctrl("s");
    assert_eq!(store(&data).service_windows().expect("readable"), []);
    window.close();
}

/// Of messages, those that are still to come may bring the share back up.
#[test]
fn the_running_month_of_a_fagsystem_is_below_its_target_and_not_lost() {
    let data = town();
    record(&data, many(20, || sent("dagtilbud")));
    record(&data, many(2, || failed("dagtilbud", Outcome::Unavailable, Some(Reason::ConnectionRefused))));
    let mut window = levels(&data);
    window.must_show("2 af 22 uden svar");
    window.must_show("Under målet");
    window.must_not_show("Brudt");
    window.close();
}

/// A month of which nothing is known must not look like one in which nothing was lost.
#[test]
fn months_of_which_nothing_is_known_have_a_mark() {
    let data = town();
    ran(&data, "2026-07-07T08:20:00Z");
    let mut window = levels(&data);
    window.must_show("Minutter mistet · ?: ingen målinger");
    window.click("Dagtilbud og pladsanvisning");
    window.must_show("Meddelelser uden svar");
    window.close();
}

#[test]
fn the_months_are_exported_as_a_spreadsheet() {
    let data = town();
    ran(&data, "2026-07-07T08:20:00Z");
    record(&data, many(1_498, || sent("dagtilbud")));
    record(&data, many(2, || failed("dagtilbud", Outcome::Unavailable, Some(Reason::ConnectionRefused))));
    let mut window = levels(&data);
    window.click("Eksportér");
    assert!(window.text_in("levels-export-path").ends_with("driftsmaal-2026-07-15.xlsx"));
    window.choose("levels-export-format", "C");
    let path = data.path().join("a.csv");
    window.fill("levels-export-path", &path.display().to_string());
    window.click("Gem filen");
    window.must_show_part("Gemt som");
    let sheet = std::fs::read_to_string(&path).expect("it is there");
    let lines: Vec<_> = sheet.lines().collect();
    assert!(lines[0].contains("Måned;System;Tidsrum;Mål (%);Andel (%);Løftet;Mistet (min)"), "{}", lines[0]);
    // A head, and 13 months of the router and six fagsystems, by two promises.
    assert!(lines.len() > 13 * 2, "{}", lines.len());
    let must_have = |line: &str| assert!(lines.iter().any(|it| it.starts_with(line)), "{line}: {:#?}", &lines[..6]);
    // 20 of 7,560 minutes, and 33.12 of July's 16,560 may be lost.
    must_have("01-07-2026;Routeren;Hverdage kl. 6–18;99,8;99,73;Halvt brugt;20;33,12;0;0;");
    must_have(
        "01-07-2026;Dagtilbud og pladsanvisning;Hverdage kl. 6–18;99,8;99,86;Halvt brugt;;;;;1500;2;0;0;1498;1498",
    );
    must_have("01-07-2025;Routeren;Hverdage kl. 6–18;99,8;;Ved ikke;;;");
    // No file is replaced unasked.
    window.click("Eksportér");
    window.choose("levels-export-format", "C");
    window.fill("levels-export-path", &path.display().to_string());
    window.click("Gem filen");
    window.must_show_part("findes allerede");
    window.close();
}
