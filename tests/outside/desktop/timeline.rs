//! *Tidslinje*: bars along the days, what happens at their ends, and how an end is moved.

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Rectangle, mouse};
use jiff::civil::{Date, date};
use postfordeler::desktop::{Message, Page};
use postfordeler::rules::{Authority, Criterion, FagsystemId, Priority, Rule, Validity};
use tempfile::TempDir;

use super::town::{in_force, noon, publish_elsewhere, store, town_with};
use crate::window::Window;

const OLD: Date = date(2020, 1, 1);

fn rule(number: u32, kle: &str, fagsystem: &str, from: Date, to: Option<Date>) -> Rule {
    let criterion = Criterion::Kle(kle.parse().expect("an interval"));
    let validity = Validity::new(from, to).expect("forwards");
    let id = FagsystemId::new(fagsystem).expect("an id");
    Rule::new(Priority::new(number).expect("not 0"), criterion, id, validity)
}

/// A change with a gap between, one without, and a rule that an earlier one leaves nothing to.
fn changes(authority: &mut Authority) {
    let rules = [
        rule(10, "32", "ydelse", OLD, Some(date(2026, 7, 31))),
        rule(20, "32", "jobcenter", date(2026, 8, 15), None),
        rule(30, "28", "dagtilbud", OLD, Some(date(2026, 8, 31))),
        rule(40, "28", "byggesag", date(2026, 9, 1), None),
        rule(50, "15", "jobcenter", OLD, None),
        rule(60, "15.20", "jobcenter", OLD, None),
    ];
    authority.rules = rules.into_iter().map(Into::into).collect();
}

fn timeline(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.send(Message::Show(Page::Timeline));
    window.lay_out();
    window
}

/// The timeline of these changes, of which some months are in sight.
fn opened(data: &TempDir) -> Window {
    let mut window = timeline(data);
    window.click("Måneder");
    window
}

/// The dates of a rule of the draft.
fn dates(data: &TempDir, number: u32) -> (Date, Option<Date>) {
    let book = store(data).draft().expect("readable").book.unwrap_or_else(|| in_force(data).into());
    let rule = book.authorities[0].rule(Priority::new(number).expect("not 0")).expect("it is there").clone();
    (rule.validity.from(), rule.validity.to())
}

/// Where the end is that says this of itself.
fn end(window: &mut Window, words: &str) -> Point {
    let Rectangle { x, y, height, .. } = window.find(words);
    let edge = if words.contains("begynder") { 5.0 } else { 3.0 };
    Point::new(x + edge, y + height / 2.0)
}

/// Drags from one place to the height of the first at another, and lets go.
fn drop_at(window: &mut Window, from: Point, x: f32) {
    window.drag(from, Point::new(x, from.y));
    window.mouse_up();
}

#[test]
fn bars_say_their_days_gaps_and_changes() {
    let data = town_with(changes);
    let mut window = timeline(&data);
    window.must_show("Tidslinje");
    window.must_show("6 regler · 1 hul forude · 1 dag med skift de næste 90 dage");
    window.must_show("Regel 10, KLE 32 (Kontante ydelser), Kontante ydelser");
    window.must_show("fra 01-01-2020 til 31-07-2026");
    window.must_show("Hul 01-08-2026 – 14-08-2026: går til ESDH – sager og dokumenter");
    window.must_show("Dagtilbud og pladsanvisning → Byggesag 01-09-2026");
    window.must_show("Bestemmer intet fra 01-01-2020");
    window.close();
}

/// A change of systems is one step down the page.
#[test]
fn the_rule_that_takes_over_stands_below_the_one_that_ends() {
    let data = town_with(changes);
    let mut window = timeline(&data);
    let tops = |window: &mut Window| {
        [10, 20, 30, 40].map(|number| {
            let texts = window.texts();
            let row = texts.iter().find(|text| text.words.starts_with(&format!("Regel {number}, ")));
            row.expect("its row is in sight").bounds.y
        })
    };
    let by_value = tops(&mut window);
    assert!((by_value[1] - by_value[0] - 30.0).abs() < 0.1 && (by_value[3] - by_value[2] - 30.0).abs() < 0.1);
    window.click("KLE");
    let by_kle = tops(&mut window);
    assert!((by_kle[1] - by_kle[0] - 30.0).abs() < 0.1 && (by_kle[3] - by_kle[2] - 30.0).abs() < 0.1);
    window.close();
}

#[test]
fn an_end_is_dragged_to_another_day_and_undone() {
    let data = town_with(changes);
    let mut window = opened(&data);
    let (from, to) =
        (end(&mut window, "Regel 10 slutter 31-07-2026"), end(&mut window, "Regel 20 begynder 15-08-2026"));
    window.drag(from, Point::new(to.x, from.y));
    window.must_show_part(
        "Regel 10 slutter 14-08-2026. Ingen nye huller eller overlap. Kontante ydelser → Jobcenter 15-08-2026.",
    );
    assert_eq!(dates(&data, 10), (OLD, Some(date(2026, 7, 31))), "nothing is changed before the button is released");
    window.mouse_up();
    window.must_show("Regel 10 slutter nu 14-08-2026");
    assert_eq!(dates(&data, 10), (OLD, Some(date(2026, 8, 14))));
    window.must_show("6 regler · ingen huller forude · 2 dage med skift de næste 90 dage");
    window.must_show("Udgivet: 01-01-2020 – 31-07-2026");
    window.undo();
    assert_eq!(dates(&data, 10), (OLD, Some(date(2026, 7, 31))));
    window.must_show("Hul 01-08-2026 – 14-08-2026: går til ESDH – sager og dokumenter");
    window.close();
}

/// The lines beside the mouse are whole sentences, whatever dots the names have.
#[test]
fn a_name_with_a_dot_stays_in_one_line_while_an_end_is_dragged() {
    let data = town_with(|authority| {
        changes(authority);
        let jobcenter = authority.fagsystems.iter_mut().find(|it| it.id.as_str() == "jobcenter").expect("it is there");
        jobcenter.name = "Jobcenter nr. 3".to_owned();
    });
    let mut window = opened(&data);
    let (from, to) =
        (end(&mut window, "Regel 10 slutter 31-07-2026"), end(&mut window, "Regel 20 begynder 15-08-2026"));
    window.drag(from, Point::new(to.x, from.y));
    window.must_show("Kontante ydelser → Jobcenter nr. 3 15-08-2026");
    window.press(Named::Escape);
    window.mouse_up();
    window.close();
}

#[test]
fn long_words_beside_the_mouse_are_broken_and_stay_in_the_window() {
    let data = town_with(|authority| {
        changes(authority);
        authority
            .fagsystems
            .iter_mut()
            .for_each(|it| it.name = "Forvaltningen for børn og unge ".repeat(4).trim().to_owned());
    });
    let mut window = timeline(&data);
    window.resize(1024.0, 700.0);
    window.point_nowhere();
    let before = window.picture();
    let bar = window.find("fra 01-01-2020 til 31-07-2026");
    window.point_at(Point::new(bar.x + 40.0, bar.y + bar.height / 2.0));
    let after = window.picture();
    let width = usize::try_from(after.width).expect("small");
    let pixels = before.rgba.chunks(4).zip(after.rgba.chunks(4)).enumerate();
    let changed = pixels.filter(|(_, (one, other))| one != other).map(|(at, _)| at % width);
    let (first, last) = changed.fold((width, 0), |(first, last), x| (first.min(x), last.max(x)));
    assert!(first < last && last - first <= 460, "the words take from {first} to {last}");
    window.close();
}

#[test]
fn an_overlap_that_a_date_would_make_is_said_while_it_is_dragged() {
    let data = town_with(changes);
    let mut window = opened(&data);
    let (from, to) =
        (end(&mut window, "Regel 10 slutter 31-07-2026"), end(&mut window, "Regel 40 begynder 01-09-2026"));
    window.drag(from, Point::new(to.x, from.y));
    window.must_show_part("Tidligere regler tager post fra regel 20 fra 15-08-2026 til 31-08-2026");
    window.press(Named::Escape);
    window.mouse_up();
    assert_eq!(dates(&data, 10), (OLD, Some(date(2026, 7, 31))));
    window.close();
}

#[test]
fn a_rule_cannot_end_before_it_begins() {
    let data = town_with(changes);
    let mut window = opened(&data);
    // Rule 20 gets an end first, so that its beginning can pass it.
    let open = end(&mut window, "Regel 20 har ingen slutdato");
    let ninth = end(&mut window, "Regel 40 begynder 01-09-2026");
    drop_at(&mut window, open, ninth.x);
    assert_eq!(dates(&data, 20), (date(2026, 8, 15), Some(date(2026, 8, 31))));
    let first = end(&mut window, "Regel 20 begynder 15-08-2026");
    drop_at(&mut window, first, ninth.x + 60.0);
    window.must_show_part("Regel 20 ville slutte 31-08-2026, før den begynder");
    assert_eq!(dates(&data, 20), (date(2026, 8, 15), Some(date(2026, 8, 31))));
    window.close();
}

#[test]
fn a_changeover_is_moved_as_one() {
    let data = town_with(changes);
    let mut window = opened(&data);
    let step = |window: &mut Window, day: &str| {
        let words = format!("Dagtilbud og pladsanvisning → Byggesag {day}");
        let all = window.find_all(&words);
        all.into_iter().min_by(|one, other| one.width.total_cmp(&other.width)).expect("the step is in sight").center()
    };
    let grip = step(&mut window, "01-09-2026");
    let to = end(&mut window, "Regel 20 begynder 15-08-2026");
    drop_at(&mut window, grip, to.x);
    window.must_show("Regel 30 afløses nu af regel 40 den 15-08-2026");
    assert_eq!(dates(&data, 30), (OLD, Some(date(2026, 8, 14))));
    assert_eq!(dates(&data, 40), (date(2026, 8, 15), None));
    window.undo();
    assert_eq!([dates(&data, 30).1, Some(dates(&data, 40).0)], [Some(date(2026, 8, 31)), Some(date(2026, 9, 1))]);
    // Shift takes the other end along as well.
    let last = end(&mut window, "Regel 30 slutter 31-08-2026");
    window.hold(Modifiers::SHIFT);
    drop_at(&mut window, last, to.x);
    window.hold(Modifiers::empty());
    assert_eq!(dates(&data, 40), (date(2026, 8, 15), None));
    window.undo();
    // Without it, an end moves alone.
    let last = end(&mut window, "Regel 30 slutter 31-08-2026");
    drop_at(&mut window, last, to.x);
    assert_eq!(dates(&data, 30), (OLD, Some(date(2026, 8, 14))));
    assert_eq!(dates(&data, 40), (date(2026, 9, 1), None));
    window.close();
}

#[test]
fn keys_move_an_end_and_give_it_up() {
    let data = town_with(changes);
    let mut window = opened(&data);
    // The rows in order: 50, 60, 30, 40, 10, 20.
    for _ in 0..5 {
        window.press(Named::ArrowDown);
    }
    window.must_show_part("Tab: en ende");
    window.press(Named::Tab);
    window.press(Named::Tab);
    window.press(Named::ArrowRight);
    window.must_show_part("Regel 10 slutter 01-08-2026. ");
    window.press(Named::Escape);
    assert_eq!(dates(&data, 10), (OLD, Some(date(2026, 7, 31))));
    window.press(Named::Tab);
    window.press(Named::Tab);
    window.press(Named::ArrowRight);
    window.press_with(Modifiers::SHIFT, Named::ArrowRight);
    window.press(Named::Enter);
    window.must_show("Regel 10 slutter nu 01-09-2026");
    assert_eq!(dates(&data, 10), (OLD, Some(date(2026, 9, 1))));
    // Enter on the bar as a whole opens the rule.
    window.press_with(Modifiers::SHIFT, Named::Tab);
    window.press_with(Modifiers::SHIFT, Named::Tab);
    window.press(Named::Enter);
    window.must_show("Fordelingsregler");
    window.must_show("Regel 10");
    window.close();
}

#[test]
fn tab_reaches_the_bars_and_leads_on_from_them() {
    let data = town_with(changes);
    let mut window = opened(&data);
    let stops = window.focusables().len();
    let mut reached = false;
    for _ in 0..=stops + 3 {
        window.press(Named::Tab);
        reached |= window.has_focus("timeline");
    }
    assert!(reached);
    window.close();
}

#[test]
fn a_press_on_a_bar_opens_its_rule() {
    let data = town_with(changes);
    let mut window = timeline(&data);
    window.click("Regel 40, KLE 28 (Dagtilbud), Byggesag");
    window.must_show("Regel 40");
    window.must_show("Gem i kladden");
    window.close();
}

#[test]
fn rows_are_grouped_chosen_and_found() {
    let data = town_with(changes);
    let mut window = timeline(&data);
    window.click("Huller og overlap");
    window.must_show("Regel 10, KLE 32 (Kontante ydelser), Kontante ydelser");
    window.must_show("Regel 60, KLE 15.20 (Arbejdsmarked og beskæftigelsesindsats), Jobcenter");
    window.must_not_show("Regel 50, KLE 15 (Arbejdsmarked og beskæftigelsesindsats), Jobcenter");
    window.click("Ændres inden 90 dage");
    window.must_show("Regel 40, KLE 28 (Dagtilbud), Byggesag");
    window.must_not_show("Regel 60, KLE 15.20 (Arbejdsmarked og beskæftigelsesindsats), Jobcenter");
    window.click("Alle");
    window.fill("timeline-search", "byggesag 28");
    window.must_show("Regel 40, KLE 28 (Dagtilbud), Byggesag");
    window.must_not_show("Regel 30, KLE 28 (Dagtilbud), Dagtilbud og pladsanvisning");
    window.fill("timeline-search", "intet af det");
    window.must_show("Ingen regler passer til søgningen.");
    window.click("Vis alle");
    window.must_show("Regel 30, KLE 28 (Dagtilbud), Dagtilbud og pladsanvisning");
    window.close();
}

#[test]
fn without_rules_it_says_so() {
    let data = town_with(|authority| authority.rules.clear());
    let mut window = timeline(&data);
    window.must_show("Der er ingen regler endnu. Når der er, står de her med de dage, de gælder.");
    window.click("Til reglerne");
    window.must_show("Fordelingsregler");
    window.close();
}

#[test]
fn it_follows_the_draft() {
    let data = town_with(changes);
    let mut window = timeline(&data);
    publish_elsewhere(&data, |authority| authority.rules.truncate(4));
    window.poll();
    window.must_show_part("4 regler · ");
    window.must_not_show("Regel 50, KLE 15 (Arbejdsmarked og beskæftigelsesindsats), Jobcenter");
    window.close();
}

fn wheel(window: &mut Window, at: Point, lines: f32) {
    window.point_at(at);
    window.wheel(mouse::ScrollDelta::Lines { x: 0.0, y: lines });
}

#[test]
fn many_rules_are_laid_out_only_where_they_are_in_sight() {
    let data = town_with(|authority| {
        let numbers = (0..900_u32).map(|at| (at, format!("{:02}.{:02}", at / 30 % 90, at % 30)));
        let rules = numbers.map(|(at, kle)| rule(10 + at, &kle, "jobcenter", OLD, None).into());
        authority.rules = rules.collect();
    });
    let mut window = timeline(&data);
    let rows = |window: &mut Window| {
        window.texts().into_iter().filter(|it| it.words.starts_with("Regel ") && it.words.contains(", KLE")).count()
    };
    assert!((10..60).contains(&rows(&mut window)), "{}", rows(&mut window));
    window.must_show("Regel 10, KLE 00.00 (Kommunens styrelse), Jobcenter");
    let middle = window.find("Regel 20, KLE 00.10 (Kommunens styrelse), Jobcenter").center();
    wheel(&mut window, middle, -10_000.0);
    window.must_not_show("Regel 10, KLE 00.00 (Kommunens styrelse), Jobcenter");
    window.must_show("Regel 909, KLE 29.29 (Sundhed), Jobcenter");
    assert!((10..60).contains(&rows(&mut window)));
    window.close();
}

#[test]
fn the_wheel_zooms_with_ctrl_and_the_ground_is_dragged() {
    let data = town_with(changes);
    let mut window = opened(&data);
    let days = |window: &mut Window| {
        end(window, "Regel 40 begynder 01-09-2026").x - end(window, "Regel 20 begynder 15-08-2026").x
    };
    let before = days(&mut window);
    let at = end(&mut window, "Regel 20 begynder 15-08-2026");
    window.hold(Modifiers::CTRL);
    wheel(&mut window, Point::new(at.x, at.y + 90.0), 1.0);
    window.hold(Modifiers::empty());
    let after = days(&mut window);
    assert!((after / before - 1.2).abs() < 0.02, "{before} became {after}");
    let from = end(&mut window, "Regel 20 begynder 15-08-2026");
    // Below the last row.
    let ground = Point::new(from.x, from.y + 200.0);
    drop_at(&mut window, ground, ground.x - 50.0);
    let moved = end(&mut window, "Regel 20 begynder 15-08-2026");
    assert!((from.x - moved.x - 50.0).abs() < 1.0);
    window.close();
}

/// Other systems write no last day as the last day that there is.
#[test]
fn a_date_without_meaning_takes_no_other_out_of_sight() {
    let data = town_with(|authority| {
        changes(authority);
        authority.rules.push(rule(70, "29", "jobcenter", OLD, Some(date(9999, 12, 31))).into());
    });
    let mut window = timeline(&data);
    window.click("Alt");
    window.must_show("Regel 20 begynder 15-08-2026");
    window.must_show("Regel 40 begynder 01-09-2026");
    window.close();
}

#[test]
fn in_english_it_says_the_same() {
    let data = town_with(changes);
    let file = crate::window::user(data.path()).preferences.expect("a file");
    std::fs::write(file, r#"{"language": "en"}"#).expect("it is kept");
    let mut window = timeline(&data);
    window.must_show("6 rules · 1 gap ahead · 1 day of change in the next 90 days");
    window.must_show("Gap 01-08-2026 – 14-08-2026: goes to ESDH – sager og dokumenter");
    window.close();
}
