//! The builder of lessons in the window: recorded, written, checked, saved and tried.

use std::fs;
use std::path::Path;

use postfordeler::desktop::{Message, Page};
use postfordeler::store::Store;
use postfordeler::training::{Lesson, TrainingPackage, TrainingStart, sample_book};
use tempfile::TempDir;

use crate::window::Window;

fn store(data: &TempDir) -> Store {
    Store::open(&data.path().join("training")).unwrap()
}

/// A window in training, with the builder open.
fn at_the_builder(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    open_builder(&mut window);
    window.must_show("Udgivet nu: 25 regler. Sådan begynder opgaven.");
    window
}

fn open_builder(window: &mut Window) {
    window.send(Message::Show(Page::Lessons));
    window.must_show("1. Den første regel");
    window.scroll_to("lessons", 10_000.0);
    window.click("Byg en opgave …");
}

/// Makes a rule for the mayor's letters in the draft.
fn make_rule(window: &mut Window) {
    window.click("Fordelingsregler");
    window.click("Ny regel");
    window.type_text("borgmester");
    window.click_last("Skriv til borgmesteren");
    window.choose("rule-fagsystem", "Personale");
    window.ctrl("s");
}

fn record(window: &mut Window) {
    window.click("Optag");
    window.must_show("Optager en opgave");
    window.must_show("Reglerne er, som da du begyndte.");
}

/// A lesson that was recorded, with its texts.
fn written(data: &TempDir) -> Window {
    let mut window = at_the_builder(data);
    record(&mut window);
    make_rule(&mut window);
    open_builder(&mut window);
    window.click("Færdig: Brug det som løsning");
    window.must_show("Titel på dansk");
    window.fill("lesson-builder-title", "Borgmesterens breve");
    window.click_field("lesson-builder-text");
    window.type_text("Borgmesteren får mange breve.");
    window
}

fn save(window: &mut Window, path: &Path) {
    window.scroll_to("lesson-builder", 10_000.0);
    window.click("Gem som fil");
    window.fill("lesson-builder-path", &path.display().to_string());
    window.click("Gem filen");
}

#[test]
fn a_lesson_is_recorded_written_saved_and_tried() {
    let data = TempDir::new().unwrap();
    let mut window = written(&data);
    window.must_show_part("når Personale og drift");
    window.scroll_to("lesson-builder", 10_000.0);
    window.must_show("Ja: Løsningen når alle mål med 26 regler, og opgaven er ikke løst af sig selv.");
    let path = data.path().join("borgmester.toml");
    save(&mut window, &path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("id = \"borgmesterens-breve\""), "{text}");
    assert!(text.contains("eksempelregler = true"), "{text}");
    assert!(text.contains("da = \"Breve til kontaktpunktet Skriv til borgmesteren når Personale og drift\""), "{text}");
    assert!(
        text.contains("en = \"Letters to the contact point Skriv til borgmesteren reach Personale og drift\""),
        "{text}"
    );
    let lesson = Lesson::read(&text, jiff::Zoned::now().date()).unwrap();
    assert_eq!(
        (lesson.title.danish.as_str(), lesson.title.english.as_str()),
        ("Borgmesterens breve", "Borgmesterens breve")
    );
    save(&mut window, &path);
    window.must_show_part("findes allerede");
    window.scroll_to("lesson-builder", 10_000.0);
    window.click("Prøv opgaven");
    window.wait_for("Tjek");
    window.must_show("Opgave 13: Borgmesterens breve");
    window.click("Tjek");
    window.must_not_show("Løst, og med så få regler som muligt.");
    make_rule(&mut window);
    window.send(Message::Show(Page::Changes));
    window.fill("publication-note", "Opgaven");
    window.click("Udgiv og sæt i kraft");
    window.wait_for("Alt er udgivet");
    window.send(Message::Show(Page::Lessons));
    window.click("Tjek");
    window.must_show("Løst, og med så få regler som muligt.");
    window.close();
}

#[test]
fn what_is_missing_is_said_in_plain_words_and_nothing_can_be_saved_until_it_is_there() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_builder(&data);
    record(&mut window);
    open_builder(&mut window);
    window.click("Færdig: Brug det som løsning");
    window.scroll_to("lesson-builder", 10_000.0);
    window.must_show("Skriv en titel på dansk.");
    window.must_show("Skriv på dansk, hvad opgaven går ud på.");
    window.must_show_part("En opgave skal have mindst ét mål.");
    window.click("Gem som fil");
    window.must_not_show("Gem filen");
    window.scroll_to("lesson-builder", 0.0);
    window.click("Tilføj mål");
    window.must_show("Hvad skal nås?");
    window.choose("lesson-builder-fagsystem", "ESDH");
    window.choose("lesson-builder-address", "Skriv til borgmesteren");
    window.scroll_to("lesson-builder", 10_000.0);
    window
        .must_show("Opgaven er løst, før nogen har gjort noget. Tilføj et mål, som reglerne fra begyndelsen ikke når.");
    window.scroll_to("lesson-builder", 300.0);
    window.choose("lesson-builder-fagsystem", "Byggesag");
    window.scroll_to("lesson-builder", 10_000.0);
    window.must_show_part("Løsningen når ikke målet »Breve til kontaktpunktet Skriv til borgmesteren når Byggesag«");
    window.must_show_part("8 af 8 går galt");
    window.close();
}

#[test]
fn a_recording_outlives_the_window_and_publishing() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_builder(&data);
    record(&mut window);
    make_rule(&mut window);
    window.must_show("Optager en opgave");
    window.close();
    let mut window = Window::open(&data.path().join("training"));
    window.must_show("Færdig: Brug det som løsning");
    window.send(Message::Show(Page::Changes));
    window.must_show("Optager en opgave");
    window.fill("publication-note", "Borgmesteren");
    window.click("Udgiv og sæt i kraft");
    window.wait_for("Alt er udgivet");
    // It is shown by itself.
    window.send(Message::Show(Page::Lessons));
    window.must_not_show("Reglerne er, som da du begyndte.");
    window.click("Færdig: Brug det som løsning");
    window.fill("lesson-builder-title", "Titel");
    window.close();
    let mut window = Window::open(&data.path().join("training"));
    open_builder(&mut window);
    window.must_show("Kan løses med 26 regler, som løsningen har.");
    let kept = store(&data).lesson_recording().unwrap().unwrap();
    assert!(kept.is_over && kept.lesson.contains("da = \"Titel\""), "{}", kept.lesson);
    window.close();
}

#[test]
fn a_reset_ends_the_recording_with_what_was_made_and_says_so() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_builder(&data);
    record(&mut window);
    make_rule(&mut window);
    window.click("Nulstil");
    window.wait_for("Kører");
    window.must_show_part("Optagelsen sluttede, da øvelsen begyndte forfra.");
    window.must_not_show("Optager en opgave");
    open_builder(&mut window);
    window.must_show("Kan løses med 26 regler, som løsningen har.");
    window.must_show_part("når Personale og drift");
    window.close();
}

#[test]
fn beginning_a_lesson_ends_the_recording_and_says_so() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_builder(&data);
    record(&mut window);
    make_rule(&mut window);
    window.send(Message::Show(Page::Lessons));
    window.click("1. Den første regel");
    window.click("Begynd opgaven");
    window.wait_for("Tjek");
    window.must_show_part("Optagelsen sluttede, da øvelsen begyndte forfra.");
    window.must_not_show("Øvelsen er, som den var fra begyndelsen");
    window.close();
}

#[test]
fn a_recording_is_given_up_only_when_that_is_meant() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_builder(&data);
    record(&mut window);
    window.click("Opgiv optagelsen");
    window.click("Behold den");
    window.must_show("Optager en opgave");
    window.click("Opgiv optagelsen");
    window.click("Ja, smid den væk");
    window.must_show("Udgivet nu: 25 regler. Sådan begynder opgaven.");
    assert_eq!(store(&data).lesson_recording().unwrap(), None);
    window.close();
}

#[test]
fn a_package_ends_a_lesson_and_a_lesson_puts_a_package_off() {
    let data = TempDir::new().unwrap();
    let path = data.path().join("pakke.pfoevelse");
    let mut book = sample_book(([127, 0, 0, 1], 9111).into());
    "Pakkeby Kommune".clone_into(&mut book.authorities[0].name);
    let package = TrainingPackage { name: "Pakke".to_owned(), book, ..TrainingPackage::default() };
    fs::write(&path, package.write().unwrap()).unwrap();
    let mut window = Window::open(data.path());
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    window.click("Opgaver");
    window.click("Begynd opgaven");
    window.wait_for("Tjek");
    window.send(Message::Show(Page::Files));
    window.fill("files-in", &path.display().to_string());
    window.press(iced_test::core::keyboard::key::Named::Enter);
    window.wait_for("Øvelsespakke: Pakke");
    window.click("Begynd øvelsen med pakken");
    window.wait_for("Kører");
    window.must_show("Pakkeby Kommune");
    assert_eq!(store(&data).lesson_under_way().unwrap(), None);
    // No lesson begins in another municipality than the sample.
    open_builder(&mut window);
    window.click("Optag");
    window.must_show_part("Opgaver begynder i Eksempelby Kommune");
    window.must_show_part("Pakkeby Kommune");
    window.scroll_to("lessons", 0.0);
    window.click("1. Den første regel");
    window.click("Begynd opgaven");
    window.wait_for("Tjek");
    window.must_show("Eksempelby Kommune");
    assert!(matches!(TrainingStart::kept_in(&data.path().join("training")).unwrap(), TrainingStart::Package(_)));
    window.click("Forlad opgaven");
    window.wait_for("Kører");
    window.must_show("Pakkeby Kommune");
    window.close();
}
