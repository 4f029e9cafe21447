//! Lessons in the window: begun, played, checked, begun again, and what is learnt.

use std::fs;

use postfordeler::desktop::{Message, Page};
use postfordeler::store::Store;
use tempfile::TempDir;

use crate::window::Window;

const FIRST: &str = include_str!("../../../resources/training/01-foerste-regel.toml");

/// A window in training, on *Opgaver*.
pub(super) fn at_the_lessons(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    window.click("Opgaver");
    window.must_show("1. Den første regel");
    window
}

/// The same, with the first lesson begun.
pub(super) fn at_the_first(data: &TempDir) -> Window {
    let mut window = at_the_lessons(data);
    window.click("Begynd opgaven");
    window.wait_for("Tjek");
    window
}

fn store(data: &TempDir) -> Store {
    Store::open(&data.path().join("training")).unwrap()
}

/// Makes and publishes a rule for Pladsanvisningen, to the fagsystem whose name begins so.
pub(super) fn publish_rule(window: &mut Window, fagsystem: &str) {
    window.click("Fordelingsregler");
    window.click("Ny regel");
    window.type_text("pladsanvis");
    window.click_last("Pladsanvisningen");
    window.choose("rule-fagsystem", fagsystem);
    window.ctrl("s");
    publish(window);
}

fn publish(window: &mut Window) {
    window.send(Message::Show(Page::Changes));
    window.fill("publication-note", "Opgaven");
    window.click("Udgiv og sæt i kraft");
    window.wait_for("Alt er udgivet");
}

#[test]
fn the_first_is_begun_played_and_solved_and_stays_so() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_first(&data);
    window.must_show("Opgave 1: Den første regel");
    window.must_show("Kan løses med 1 regel i alt. Der er 0 regler nu.");
    window.click("Tjek");
    window.must_show("2 af 3 mål er nået.");
    window.must_show_part("går uden nogen regel til ESDH – sager og dokumenter, men hører til i Dagtilbud");
    window.must_show_part("12 af 12 går galt");
    publish_rule(&mut window, "D");
    window.send(Message::Show(Page::Lessons));
    window.must_not_show("2 af 3 mål er nået.");
    window.click("Tjek");
    window.must_show("Løst, og med så få regler som muligt.");
    window.must_show("Løst med færrest regler");
    window.click("Nulstil");
    window.wait_for("Tjek");
    window.must_show("Løst med færrest regler");
    window.must_show("Kan løses med 1 regel i alt. Der er 0 regler nu.");
    let progress = store(&data).lesson_progress().unwrap();
    assert_eq!((progress[0].lesson.as_str(), progress[0].checks, progress[0].rules), ("foerste-regel", 2, Some(1)));
    assert!(store(&data).newest_journal_rows(1).unwrap().is_empty(), "a lesson has no past mail");
    window.close();
}

#[test]
fn a_wrong_try_names_the_message_which_can_be_tried_and_the_solution_is_shown_when_asked_twice() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_first(&data);
    publish_rule(&mut window, "K");
    window.send(Message::Show(Page::Lessons));
    window.click("Tjek");
    window.must_show_part("Post til kontaktpunktet Pladsanvisningen fra ");
    window.must_show_part("går ved regel 10 til Kontante ydelser, men hører til i Dagtilbud og pladsanvisning");
    window.must_not_show("Vis løsning");
    window.click("Vis et vink (1 af 2)");
    window.click("Vis et vink (2 af 2)");
    window.must_show("Der er ikke flere vink.");
    window.click("Vis løsning");
    window.click("Ja, vis den");
    window.must_show_part("Dagtilbud og pladsanvisning");
    window.click("Prøv den");
    window.must_show("Prøv en meddelelse");
    window.must_show_part("Pladsanvisningen");
    window.close();
}

#[test]
fn hints_that_were_looked_at_stay_so_and_stand_on_the_certificate() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_first(&data);
    window.click("Vis et vink (1 af 2)");
    window.click("Nulstil");
    window.wait_for("Tjek");
    window.must_show_part("Gå til Fordelingsregler");
    window.click("Vis et vink (2 af 2)");
    window.close();
    let mut window = Window::open(&data.path().join("training"));
    window.wait_for("Tjek");
    window.must_show("Der er ikke flere vink.");
    let progress = store(&data).lesson_progress().unwrap();
    assert_eq!((progress[0].hints, progress[0].checks), (2, 0));
    window.fill("lesson-learner", "Åse Ørsted");
    window.click("Gem navnet");
    window.must_show("Der er ikke flere vink.");
    window.fill("lesson-learner", "Ida Juul");
    window.click("Ny deltager");
    window.must_show("Vis et vink (1 af 2)");
    window.click("Holdets fremskridt");
    window.must_show("1 – · 2 vink");
    window.close();
}

#[test]
fn a_draft_that_is_not_published_is_not_checked_and_that_is_said() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_first(&data);
    window.click("Fordelingsregler");
    window.click("Ny regel");
    window.type_text("pladsanvis");
    window.click_last("Pladsanvisningen");
    window.choose("rule-fagsystem", "D");
    window.ctrl("s");
    window.send(Message::Show(Page::Lessons));
    window.must_show("1 ændring i kladden er ikke udgivet. Tjek ser kun på det, der er udgivet.");
    window.click("Tjek");
    window.must_show("2 af 3 mål er nået.");
    window.close();
}

#[test]
fn a_lesson_is_gone_on_with_when_the_window_opens_again_and_ended_when_one_wants() {
    let data = TempDir::new().unwrap();
    at_the_first(&data).close();
    let mut window = Window::open(&data.path().join("training"));
    window.wait_for("Tjek");
    window.must_show("Opgave 1: Den første regel");
    window.click("Forlad opgaven");
    window.wait_for("Kører");
    window.must_not_show("Opgave 1: Den første regel");
    assert_eq!(store(&data).lesson_under_way().unwrap(), None);
    assert!(!store(&data).newest_journal_rows(1).unwrap().is_empty(), "the sample municipality has past mail");
    window.close();
}

#[test]
fn a_name_is_typed_once_and_stands_on_the_certificate_and_the_sheet() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_first(&data);
    publish_rule(&mut window, "D");
    window.send(Message::Show(Page::Lessons));
    window.click("Tjek");
    window.fill("lesson-learner", "Åse Ørsted");
    window.click("Gem navnet");
    window.click("Kursusbevis");
    window.must_show("Åse Ørsted har løst 1 af 12 opgaver i fordelingsregler.");
    window.click("Gem som PDF");
    let path = data.path().join("bevis.pdf");
    window.fill("paper-path", path.to_str().unwrap());
    window.click("Gem filen");
    assert!(fs::read(&path).unwrap().starts_with(b"%PDF"));
    window.click("Holdets fremskridt");
    window.must_show("1 af 12 løst");
    window.must_show("1 deltager på denne maskine.");
    window.must_show("Åse Ørsted");
    window.close();
}

#[test]
fn a_name_that_is_typed_is_kept_by_beginning_a_lesson() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_lessons(&data);
    window.fill("lesson-learner", "Åse Ørsted");
    window.click("Begynd opgaven");
    window.wait_for("Tjek");
    assert_eq!(window.text_in("lesson-learner"), "Åse Ørsted");
    window.must_not_show("Gem navnet");
    window.must_not_show("Øvelsen er, som den var fra begyndelsen");
    assert_eq!(store(&data).learner().unwrap(), "Åse Ørsted");
    window.close();
}

#[test]
fn another_name_is_a_correction_or_somebody_else() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_lessons(&data);
    window.fill("lesson-learner", "Mette nybegynder");
    window.click("Begynd opgaven");
    window.wait_for("Tjek");
    window.fill("lesson-learner", "Mette Nybegynder");
    window.must_not_show("Gem navnet");
    window.click("Ret navnet");
    let learners = || store(&data).lesson_progress().unwrap().into_iter().map(|it| it.learner).collect::<Vec<_>>();
    assert_eq!(learners(), ["Mette Nybegynder"]);
    assert_eq!(store(&data).learner().unwrap(), "Mette Nybegynder");
    window.fill("lesson-learner", "Bo");
    window.click("Ny deltager");
    assert_eq!((learners(), store(&data).learner().unwrap()), (vec!["Mette Nybegynder".to_owned()], "Bo".to_owned()));
    // Who has been here before is not corrected into somebody else.
    window.fill("lesson-learner", "Mette Nybegynder");
    window.must_not_show("Ret navnet");
    window.click("Gem navnet");
    assert_eq!(store(&data).learner().unwrap(), "Mette Nybegynder");
    window.close();
}

#[test]
fn a_lesson_of_ones_own_comes_last_and_a_faulty_file_says_where() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_lessons(&data);
    window.click("Hent opgave …");
    let path = data.path().join("egen.toml");
    let take = |window: &mut Window, text: &str| {
        fs::write(&path, text).unwrap();
        window.fill("lesson-path", path.to_str().unwrap());
        window.click("Hent");
    };
    take(&mut window, &FIRST.replace("par = 1", "par = 1\npoint = 5"));
    window.must_show_part("Linje 5: Nøglen point kendes ikke her.");
    take(&mut window, &FIRST.replace("antal = 12", "antal = 1000"));
    window.must_show_part("maal[1].breve.antal: Skriv et antal breve fra 1 til 200.");
    take(
        &mut window,
        &FIRST.replacen("fagsystem = \"dagtilbud\", regelelement", "fagsystem = \"intet\", regelelement", 1),
    );
    window.must_show_part("Reglerne i loesning har fejl.");
    window.must_show_part("Fagsystemet intet er der ikke.");
    take(&mut window, FIRST);
    window.must_show_part("En af programmets egne opgaver har id'et foerste-regel.");
    take(&mut window, &FIRST.replace("\"foerste-regel\"", "\"egen\"").replace("Den første regel", "Vores egen"));
    window.must_show("13. Vores egen");
    window.must_show("Opgaven »Vores egen« er hentet");
    window.click("Begynd opgaven");
    window.wait_for("Tjek");
    window.must_show("Opgave 13: Vores egen");
    window.close();
}

#[test]
fn lessons_are_only_in_training() {
    let data = crate::desktop::town::town();
    let mut window = Window::open(data.path());
    window.must_not_show("Opgaver");
    window.send(Message::Show(Page::Lessons));
    window.must_show("Opgaver hører til i øvelsen. Åbn den med Ctrl+K, »Åbn øvelsen«.");
    window.close();
}
