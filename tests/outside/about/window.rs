//! *Om* in the window: from where it is opened, what it shows, and that it works where the database does not.

use std::fs;

use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::desktop::{Message, Page};
use postfordeler::store::Store;
use tempfile::TempDir;

use crate::desktop::town::town;
use crate::window::Window;

fn window(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.send(Message::Show(Page::Rules));
    window
}

#[test]
fn it_says_which_program_this_is_and_where_its_data_are() {
    let data = town();
    let mut window = window(&data);
    for words in [
        [
            "Om Postfordeler",
            "Version 0.",
            "det nyeste, programmet kender",
            "Datamappe",
            "MPL-2.0",
            "søger ikke selv efter nye udgaver",
        ],
        [
            "About Postfordeler",
            "Version 0.",
            "the newest that the program knows",
            "Data directory",
            "MPL-2.0",
            "does not look for new versions",
        ],
    ] {
        window.click_icon(Icon::Info);
        for words in words {
            window.must_show_part(words);
        }
        window.must_show(&data.path().display().to_string());
        window.must_show_part(&Store::SCHEMA.to_string());
        window.press(Named::Escape);
        window.must_not_show(words[0]);
        window.send(Message::SwitchLanguage);
    }
    window.click_icon(Icon::Info);
    window.click("Kopiér stien");
    window.must_show("Stien er kopieret.");
    window.close();
}

#[test]
fn the_palette_leads_to_each_part_of_it() {
    let data = town();
    let mut window = window(&data);
    for (typed, shown) in
        [("om postfordeler", "Datamappe"), ("licens", "Søg i navne og licenser"), ("support", "Se indholdet")]
    {
        window.ctrl("k");
        window.type_text(typed);
        window.press(Named::Enter);
        window.must_show_part(shown);
        window.press(Named::Escape);
        assert!(!window.shows_part(shown));
    }
    window.close();
}

#[test]
fn licences_are_searched_and_read() {
    let data = town();
    let mut window = window(&data);
    window.click_icon(Icon::Info);
    window.click("Licenser");
    window.must_show_part("Vælg en for at læse dens licens");
    window.type_text("sqlite public");
    window.click("SQLite");
    window.must_show_part("dedicated to the public domain");
    window.fill("about-search", "intet af den slags");
    window.must_show("Intet har de ord. Prøv færre.");
    window.fill("about-search", "rustls");
    window.press(Named::ArrowDown);
    window.must_show_part("Permission");
    // In a narrow window the text takes the list's place, and Escape leads back.
    window.resize(700.0, 600.0);
    window.must_show("Tilbage til listen");
    window.press(Named::Escape);
    window.must_show_part("Vælg en for at læse dens licens");
    window.press(Named::Escape);
    window.must_not_show("Om Postfordeler");
    window.close();
}

#[test]
fn the_programs_own_licence_is_read_from_the_first_part() {
    let data = town();
    let mut window = window(&data);
    window.click_icon(Icon::Info);
    window.click("Læs licensen");
    window.must_show_part("Mozilla Public License");
    window.close();
}

#[test]
fn the_support_file_is_looked_at_before_it_is_saved() {
    let data = town();
    let mut window = window(&data);
    window.click_icon(Icon::Info);
    window.click("Supportfil");
    window.must_show_part("ingen CPR-numre");
    assert!(!window.shows_part("postfordeler-support\""));
    window.click("Se indholdet");
    window.must_show_part("\"format\": \"postfordeler-support\"");
    window.must_show_part("\"language\": \"da\"");
    // Nobody sits here to choose a place.
    window.click("Gem supportfilen …");
    window.must_show("Supportfilen er ikke gemt: Der er ikke valgt en fil.");
    window.must_show("Gem i Dokumenter");
    window.close();
}

#[test]
fn it_opens_where_the_database_does_not() {
    let data = TempDir::new().expect("a directory");
    fs::write(data.path().join("postfordeler.db"), "ikke en database ".repeat(100)).expect("the test may write");
    let mut window = Window::open(data.path());
    window.must_show_part("er beskadiget");
    window.click_icon(Icon::Info);
    window.must_show(&data.path().display().to_string());
    window.must_show_part("Programmet kender skemaer til og med");
    window.click("Supportfil");
    window.must_show_part("Databasen kan ikke åbnes. Filen fortæller hvorfor");
    window.click("Se indholdet");
    window.must_show_part("\"error\": \"damaged\"");
    window.close();
}
