//! The guide in the window: how it opens on every screen, what can be done in it, and that closing it leads back.

use iced_test::core::Point;
use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::LanguageChoice;
use postfordeler::desktop::{Message, Page};
use postfordeler::guide::document;
use tempfile::TempDir;

use super::town::*;
use crate::window::Window;

/// The heading of the section about a screen.
fn heading(page: Page, language: LanguageChoice) -> String {
    let place = page.in_guide(language);
    let mut headings = document(place.page, language).headings();
    let heading = headings.find(|(_, _, anchor)| Some(*anchor) == place.anchor.as_deref());
    heading.expect("every screen has a section").1.to_owned()
}

/// The guide shows the heading, near its top unless the page ends before.
#[track_caller]
fn must_be_open_at(window: &mut Window, words: &str) {
    let guide = window.field("guide");
    let is_there = window.find_all(words).into_iter().any(|it| it.x >= guide.x && it.y < guide.y + guide.height);
    assert!(is_there, "the guide does not show {words}");
}

fn is_open(window: &mut Window) -> bool {
    window.shows("Søg i vejledningen") || window.shows("Search the guide")
}

#[test]
fn f1_and_the_question_mark_open_what_is_said_of_every_screen() {
    let data = town();
    let mut window = rules(&data);
    for language in [LanguageChoice::Danish, LanguageChoice::English] {
        for page in Page::ALL {
            window.send(Message::Show(page));
            let heading = heading(page, language);
            window.press(Named::F1);
            must_be_open_at(&mut window, &heading);
            window.press(Named::Escape);
            assert!(!is_open(&mut window), "{page:?}");
            let icons = window.icons(Icon::CircleQuestionMark);
            let in_bar = icons.into_iter().find(|icon| icon.y < 60.0).expect("it is in the bar");
            window.click_at(in_bar.center());
            must_be_open_at(&mut window, &heading);
            window.press(Named::F1);
            assert!(!is_open(&mut window), "{page:?}");
        }
        window.send(Message::SwitchLanguage);
    }
    window.close();
}

type Open = fn(&mut Window);

/// What can be open on a screen when people ask for help.
const OPENED: &[(Page, &str, Open)] = &[
    (Page::Rules, "the palette", |it| it.ctrl("k")),
    (Page::Rules, "the choice of a day", |it| it.ctrl("g")),
    (Page::Rules, "the editor", |it| it.click_rule(10)),
    (Page::Rules, "a calendar", |it| it.click_first_icon(Icon::CalendarDays)),
    (Page::Rules, "a drop-down list", |it| {
        it.focus("rule-fagsystem");
        it.press(Named::Enter);
    }),
    (Page::Rules, "another day", |it| super::other_day::look_at(it, "01-01-2027")),
    (Page::Fagsystems, "the editor of a fagsystem", |it| it.click("Byggesag")),
    (Page::Messages, "the export", |it| it.click_icon(Icon::Download)),
    (Page::ServiceLevels, "the export of service levels", |it| it.click_icon(Icon::Download)),
];

#[test]
fn f1_says_the_same_whatever_is_open_on_the_screen() {
    let data = town();
    for (page, what, open) in OPENED {
        let mut window = rules(&data);
        if *page == Page::Rules && ["a calendar", "a drop-down list"].contains(what) {
            window.click_rule(10);
        }
        window.send(Message::Show(*page));
        open(&mut window);
        window.press(Named::F1);
        let heading = heading(*page, LanguageChoice::Danish);
        assert!(is_open(&mut window), "{what}");
        must_be_open_at(&mut window, &heading);
        window.close();
    }
}

/// Explanations and empty screens in which words of the glossary stand.
const EXPLAINED: [(Page, &str); 7] = [
    (Page::Messages, "Der er ikke kommet meddelelser endnu"),
    (Page::Changes, "Der er ingen ændringer, der venter"),
    (Page::Router, "Modtager intet."),
    (Page::Coverage, "Vælg en del af billedet"),
    (Page::DefaultMail, "Her ses, hvor stor en del af posten"),
    (Page::Traffic, "Der sendes kun opdigtede meddelelser"),
    (Page::Lessons, "Opgaver hører til i øvelsen."),
];

#[test]
fn words_of_the_glossary_are_underlined_wherever_a_screen_explains_itself() {
    let data = town();
    let mut window = rules(&data);
    for (page, beginning) in EXPLAINED {
        window.send(Message::Show(page));
        let said = window.texts().into_iter().find(|text| text.words.starts_with(beginning));
        let said = said.unwrap_or_else(|| panic!("{page:?} does not say {beginning}")).bounds;
        let words: Vec<_> = window.focusables().into_iter().filter(|it| said.contains(it.center())).collect();
        let word = words.first().unwrap_or_else(|| panic!("{page:?}: no word of {beginning} is underlined"));
        window.click_at(word.center());
        assert!(is_open(&mut window) && window.shows("Ordbog"), "{page:?}: it is not looked up");
        window.press(Named::Escape);
        assert!(!is_open(&mut window), "{page:?}");
    }
    window.close();
}

#[test]
fn closing_it_leads_back_to_what_was_being_typed() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(10);
    window.fill("rule-note", "Halvt skrevet");
    window.press(Named::F1);
    // The keys are the guide's now.
    window.type_text("x");
    window.ctrl("z");
    window.press(Named::Escape);
    window.must_show("Søg i vejledningen");
    window.press(Named::Escape);
    assert!(!is_open(&mut window));
    assert_eq!(window.text_in("rule-note"), "Halvt skrevet");
    window.press(Named::F1);
    window.click_at(Point::new(300.0, 500.0));
    assert!(!is_open(&mut window), "a click beside it closes it");
    assert_eq!(window.text_in("rule-note"), "Halvt skrevet");
    window.close();
}

#[test]
fn links_lead_to_other_pages_and_back_leads_to_where_one_was() {
    let data = town();
    let mut window = rules(&data);
    window.press(Named::F1);
    window.click("Alle sider");
    window.must_show("For forretningen");
    window.must_show("For udvikling og test");
    // Tab stays in the guide, and reaches the links of the page.
    window.tab_until(|window| {
        let focused = window.focused().and_then(|it| it.visible_bounds());
        let run = window.texts().into_iter().find(|text| text.words.starts_with("Kom i gang med eksempelkommunen"));
        focused.zip(run).is_some_and(|(focused, run)| run.bounds.contains(focused.center()))
    });
    window.press(Named::Enter);
    window.must_show("Ti minutter med eksempelkommunen");
    window.press_with(Modifiers::ALT, Named::ArrowLeft);
    window.must_show("For forretningen");
    window.press_with(Modifiers::ALT, Named::ArrowLeft);
    must_be_open_at(&mut window, "At skrive en regel");
    window.press_with(Modifiers::ALT, Named::ArrowRight);
    window.press_with(Modifiers::ALT, Named::ArrowRight);
    window.must_show("Ti minutter med eksempelkommunen");
    window.close();
}

#[test]
fn the_search_leads_to_the_place() {
    let data = town();
    let mut window = rules(&data);
    window.press(Named::F1);
    // The search has the focus.
    window.type_text("skyggekoersel");
    window.must_show("Overblik og meddelelser");
    window.press(Named::Enter);
    assert!(window.shows("Skyggekørsel") || window.shows("skyggekørsel"));
    window.ctrl("f");
    window.type_text("holdbarhedsdato");
    window.must_show("Ingen side har »holdbarhedsdato«. Prøv færre ord.");
    window.press(Named::Escape);
    assert!(is_open(&mut window), "Escape leaves the search first");
    window.close();
}

#[test]
fn the_other_language_shows_the_same_section() {
    let data = town();
    let mut window = rules(&data);
    window.send(Message::Show(Page::Timeline));
    window.press(Named::F1);
    must_be_open_at(&mut window, "Tidslinje");
    window.send(Message::SwitchLanguage);
    window.must_show("Search the guide");
    window.press(Named::F1);
    assert!(!is_open(&mut window), "it is the section of this screen");
    window.press(Named::F1);
    must_be_open_at(&mut window, "Timeline");
    window.close();
}

#[test]
fn keys_scroll_it() {
    let data = town();
    let mut window = rules(&data);
    window.press(Named::F1);
    window.press(Named::Tab);
    window.press(Named::Home);
    window.must_show("Regler, kladde og udgivelser");
    let top = window.find("Regler, kladde og udgivelser").y;
    window.press(Named::ArrowDown);
    assert!(window.texts().iter().all(|it| it.words != "Regler, kladde og udgivelser" || it.bounds.y <= top));
    window.press(Named::End);
    window.must_not_show("Regler, kladde og udgivelser");
    window.must_show_part("større, mindre, almindelig størrelse");
    window.close();
}

#[test]
fn a_word_of_the_glossary_says_what_it_means_and_leads_there() {
    const MEANING: &str = "Én betingelse og ét fagsystem";
    let data = town();
    let mut window = rules(&data);
    window.send(Message::Show(Page::DefaultMail));
    window.tab_until(|window| window.shows_part(MEANING));
    window.press(Named::Enter);
    must_be_open_at(&mut window, "regel (fordelingsregel)");
    window.press(Named::Escape);
    // And on pointing at it.
    let line =
        window.texts().into_iter().find(|text| text.words.starts_with("Det, ingen regel tager")).expect("it is said");
    window.point_at(Point::new(line.bounds.x + 75.0, line.bounds.center_y()));
    window.must_show_part(MEANING);
    window.click_at(Point::new(line.bounds.x + 75.0, line.bounds.center_y()));
    must_be_open_at(&mut window, "regel (fordelingsregel)");
    window.close();
}

#[test]
fn in_a_wide_window_it_stands_beside_the_screen_which_can_be_used() {
    let data = town();
    let mut window = rules(&data);
    window.resize(1920.0, 1080.0);
    window.press(Named::F1);
    must_be_open_at(&mut window, "At skrive en regel");
    window.click_rule(10);
    window.fill("rule-note", "Læst om");
    assert_eq!(window.text_in("rule-note"), "Læst om");
    let (guide, search) = (window.field("guide"), window.find("Søg i vejledningen"));
    assert!(guide.x + guide.width <= 1920.5 && search.x > guide.x);
    for text in window.texts().iter().filter(|text| text.bounds.x < guide.x && text.words.chars().count() > 2) {
        assert!(text.bounds.x + text.bounds.width <= guide.x + 1.0, "{text:?} lies under the guide");
    }
    window.press(Named::Escape);
    window.press(Named::Escape);
    assert!(!is_open(&mut window));
    window.close();
}

#[test]
fn the_first_screen_has_it_too() {
    let data = TempDir::new().unwrap();
    let mut window = Window::open(data.path());
    window.must_show("Velkommen til Postfordeler");
    window.press(Named::F1);
    window.must_show("Ti minutter med eksempelkommunen");
    window.press(Named::Escape);
    window.click_icon(Icon::CircleQuestionMark);
    window.must_show("Ti minutter med eksempelkommunen");
    window.press(Named::Escape);
    window.must_show("Velkommen til Postfordeler");
    assert!(!is_open(&mut window));
    window.close();
}
