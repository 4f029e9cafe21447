//! Pictures for the outside: charts and the flow picture are saved as files that stand by themselves.

use std::fs;
use std::path::Path;

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use jiff::SignedDuration;
use lucide_icons::Icon;
use postfordeler::desktop::{Error, Message, Page};
use tempfile::TempDir;

use super::overview::{Sent, failed, many, overview, record, sent};
use super::town::{self, noon, town};
use crate::window::Window;
use postfordeler::store::Outcome;

const COPY: &str = "Kopiér billede";
const PNG: &str = "Gem som PNG …";
const SVG: &str = "Gem som SVG …";
const NO_FILE: &str = "Billedet er ikke gemt: Der er ikke valgt en fil.";

/// Messages of two days, and a window on *Overblik*.
fn with_mail() -> (TempDir, Window) {
    let data = town();
    record(&data, many(12, || sent("dagtilbud")));
    record(&data, [failed("dagtilbud", Outcome::Rejected, None)]);
    let window = overview(&data);
    (data, window)
}

/// Chooses that place in the dialog that is open for the picture of that number.
fn choose(window: &mut Window, picture: u64, path: &Path) {
    window.send(Message::PicturePlace(picture, Some(path.to_owned())));
}

/// Saves the picture that the shown page has, and reads it.
fn saved_svg(window: &mut Window, home: &Path) -> String {
    let path = home.join("billede.svg");
    window.click_icon(Icon::ImageDown);
    window.click(SVG);
    window.must_show(NO_FILE);
    choose(window, 0, &path);
    window.must_show(&format!("Billedet er gemt i {}", path.display()));
    fs::read_to_string(path).expect("the picture")
}

#[test]
fn the_chart_of_the_overview_is_saved_with_what_it_takes_to_read_it() {
    let (data, mut window) = with_mail();
    let svg = saved_svg(&mut window, data.path());
    for words in [
        "Meddelelser: De seneste 24 timer, time for time",
        "Eksempelby Kommune · tegnet 15-07-2026",
        ">12 Accepteret<",
        ">1 Afvist<",
        ">09<",
        "IBM Plex Sans",
    ] {
        assert!(svg.contains(words), "{words} is not in {svg}");
    }
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    window.close();
}

#[test]
fn the_map_says_which_fagsystem_is_paused() {
    let data = town::town_with(|authority| {
        let jobcenter = authority.fagsystems.iter_mut().find(|it| it.id.as_str() == "jobcenter").expect("it is there");
        jobcenter.active = false;
    });
    let mut window = Window::open_at(data.path(), noon);
    window.click("Kort");
    window.must_show_part("Kort over fordelingen hos");
    assert!(saved_svg(&mut window, data.path()).contains(">på pause<"));
    window.close();
}

#[test]
fn a_png_is_twice_as_fine_whichever_theme_is_shown() {
    let (data, mut window) = with_mail();
    let mut saved = Vec::new();
    for (number, name) in ["lyst.png", "mørkt.png"].into_iter().enumerate() {
        let path = data.path().join(name);
        window.click_icon(Icon::ImageDown);
        window.click(PNG);
        choose(&mut window, u64::try_from(number).expect("few"), &path);
        saved.push(fs::read(&path).expect("the picture"));
        window.send(Message::SwitchTheme);
    }
    assert!(saved[0] == saved[1], "the same on paper");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&saved[0])).read_info().expect("a PNG file");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("its pixels");
    assert_eq!(info.width, 2 * (860 + 32));
    assert_eq!(&pixels[..4], [255; 4], "on white");
    window.close();
}

#[test]
fn the_menu_is_reached_and_used_by_keys_alone() {
    let (_data, mut window) = with_mail();
    let button = window.icons(Icon::ImageDown)[0];
    let at = window.focusables().iter().position(|place| place.contains(button.center())).expect("in the Tab order");
    for _ in 0..=at {
        window.press(Named::Tab);
    }
    window.must_not_show(COPY);
    window.press(Named::Enter);
    window.must_show(COPY);
    window.press(Named::Escape);
    window.must_not_show(COPY);
    window.press(Named::ArrowDown);
    window.press(Named::ArrowDown);
    window.press(Named::Enter);
    window.must_show(NO_FILE);
    window.must_show("Gem i Dokumenter");
    window.must_not_show(COPY);
    window.close();
}

#[test]
fn the_menu_closes_when_something_else_is_pressed() {
    let (_data, mut window) = with_mail();
    window.click_icon(Icon::ImageDown);
    window.must_show(SVG);
    window.click("7 dage");
    window.must_not_show(SVG);
    window.click_icon(Icon::ImageDown);
    window.click_icon(Icon::ImageDown);
    window.must_not_show(SVG);
    window.close();
}

#[test]
fn where_there_is_no_clipboard_it_says_what_to_do() {
    let (_data, mut window) = with_mail();
    window.click_icon(Icon::ImageDown);
    window.click(COPY);
    window.must_show_part("Billedet er ikke kopieret");
    window.must_show_part("Gem det som PNG i stedet");
    window.send(Message::PictureCopied(Ok(())));
    window.must_show_part("Billedet er kopieret");
    window.close();
}

#[test]
fn the_palette_saves_it_too() {
    let (_data, mut window) = with_mail();
    window.ctrl("k");
    window.type_text("svg");
    window.must_show("Gem som SVG …: Meddelelser");
    window.press(Named::Enter);
    window.must_show(NO_FILE);
    window.send(Message::Show(Page::Rules));
    assert!(!window.actions().iter().any(|(words, _)| words.starts_with("Gem som SVG")), "there is no picture");
    window.close();
}

#[test]
fn a_name_gets_its_ending_and_replaces_nothing_that_was_not_chosen() {
    let (data, mut window) = with_mail();
    let there = data.path().join("diagram.png");
    fs::write(&there, "vigtigt").expect("written");
    window.click_icon(Icon::ImageDown);
    window.click(PNG);
    choose(&mut window, 0, &data.path().join("diagram"));
    window.must_show_part("findes allerede");
    assert_eq!(fs::read(&there).expect("still there"), b"vigtigt");
    window.click_icon(Icon::ImageDown);
    window.click(PNG);
    choose(&mut window, 1, &data.path().join("1. kvartal"));
    assert!(data.path().join("1. kvartal.png").exists());
    window.click_icon(Icon::ImageDown);
    window.click(PNG);
    choose(&mut window, 2, &data.path().join("findes ikke").join("a.png"));
    window.must_show_part("kan ikke skrives");
    // An answer to a question that nobody asked.
    choose(&mut window, 99, &data.path().join("b.png"));
    assert!(!data.path().join("b.png").exists());
    window.close();
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let (_data, mut window) = with_mail();
    let error = postfordeler::picture::NotDrawn::Size(90_000.0, 10.0);
    window.send(Message::PictureSaved(Err(Error::Picture(std::sync::Arc::new(error)))));
    window.must_show_part("Billedet kan ikke tegnes");
    window.close();
}

#[test]
fn the_curve_of_the_default_mail_is_saved_with_the_one_number() {
    let data = town();
    let days_ago = |days: i64| Sent { ago: SignedDuration::from_hours(days * 24), ..sent("dagtilbud") };
    record(&data, [days_ago(1), days_ago(2), days_ago(40)]);
    let mut window = Window::open_at(data.path(), noon);
    window.send(Message::Show(Page::DefaultMail));
    let svg = saved_svg(&mut window, data.path());
    for words in ["Andel, som en regel bestemte over", "Eksempelby Kommune · tegnet 15-07-2026", "Fordelt uden", "75 %"]
    {
        assert!(svg.contains(words), "{words} is not in {svg}");
    }
    window.close();
}

#[test]
fn the_flow_picture_is_saved_with_the_names_at_its_ends() {
    let data = town::data();
    let mut window = super::replay::redirected(&data);
    window.must_show("+3");
    let svg = saved_svg(&mut window, data.path());
    for words in [
        "Afspil: 3 meddelelser ville skifte fagsystem",
        ">Dagtilbud og pladsanvisning<",
        ">Jobcenter<",
        ">+3<",
        "3 meddelelser fra de sidste 30 dage, som om de kom",
        "Det stribede skifter fagsystem.",
    ] {
        assert!(svg.contains(words), "{words} is not in {svg}");
    }
    window.close();
}

#[test]
fn keys_lead_from_bar_to_bar_and_list_what_one_counts() {
    let (_data, mut window) = with_mail();
    let label = window.find("09");
    let chart = window.focusables().into_iter().find(|place| place.contains(label.center())).expect("in the Tab order");
    let at = window.focusables().iter().position(|place| *place == chart).expect("there");
    for _ in 0..=at {
        window.press(Named::Tab);
    }
    window.must_not_show("13 meddelelser");
    window.press(Named::ArrowRight);
    window.press(Named::End);
    window.must_show("onsdag 15-07-2026 kl. 12–13");
    window.press(Named::ArrowLeft);
    window.must_show("onsdag 15-07-2026 kl. 11–12");
    window.must_show("13 meddelelser");
    window.press(Named::Enter);
    window.must_show("13 meddelelser");
    assert!(!window.shows("Gå til Router"));
    window.close();
}

#[test]
fn a_band_says_what_flows_and_opens_it_when_pressed() {
    let data = town::data();
    let mut window = super::replay::redirected(&data);
    let names: Vec<_> = ["Dagtilbud og pladsanvisning", "Jobcenter"].map(|name| window.find(name)).into();
    let middle = Point::new(
        f32::midpoint(names[0].x + names[0].width, names[1].x),
        f32::midpoint(names[0].center_y(), names[1].center_y()),
    );
    window.point_at(middle);
    assert_eq!(window.count("Dagtilbud og pladsanvisning → Jobcenter"), 2, "in the list and at the mouse");
    window.must_not_show("Regel 10");
    window.click_at(middle);
    window.must_show("Regel 10");
    window.close();
}

#[test]
fn pictures_of_rules_say_which_day_they_show_and_those_of_past_mail_do_not() {
    let data = town::data();
    let mut window = super::replay::redirected(&data);
    super::other_day::look_at(&mut window, "01-01-2027");
    let svg = saved_svg(&mut window, data.path());
    assert!(svg.contains("Eksempelby Kommune · pr. 01-01-2027 · tegnet "), "{svg}");
    window.close();
    let (data, mut window) = with_mail();
    super::other_day::look_at(&mut window, "01-01-2027");
    let svg = saved_svg(&mut window, data.path());
    assert!(svg.contains("Eksempelby Kommune · tegnet 15-07-2026"), "{svg}");
    window.close();
}
