//! The progress of a room in the window: saved on one machine, taken in, listed and removed on another.

use std::fs;
use std::path::PathBuf;

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};
use postfordeler::store::{MachineProgress, Store};
use postfordeler::training::ProgressFile;
use tempfile::TempDir;
use uuid::Uuid;

use crate::window::Window;

/// A window in training, on *Holdets fremskridt*.
fn at_the_room(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    window.click("Opgaver");
    window.click("Holdets fremskridt");
    window
}

fn store(data: &TempDir) -> Store {
    Store::open(&data.path().join("training")).unwrap()
}

/// Somebody of that name learns at a machine, and saves what they have done.
fn saved(data: &TempDir, name: &str, rules: usize) -> PathBuf {
    let mut window = at_the_room(data);
    window.must_show("Ingen er begyndt på en opgave endnu.");
    window.click("Gem fremskridt …");
    let path = data.path().join("fremskridt.pffremgang");
    window.fill("room-path", path.to_str().unwrap());
    window.click("Gem filen");
    window.must_show_part("Ingen er begyndt på en opgave på denne maskine");
    assert!(!path.exists());
    let store = store(data);
    store.name_learner(name).unwrap();
    store.lesson_checked("foerste-regel", Some(rules), jiff::Timestamp::now()).unwrap();
    window.click("Gem filen");
    window.must_show_part("Fremskridtet er gemt i ");
    window.must_not_show("Gem filen");
    window.close();
    path
}

fn gather(window: &mut Window, paths: &[PathBuf]) {
    window.click("Hent fremskridt …");
    let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    window.fill("room-path", &paths.join("; "));
    window.click("Hent");
}

#[test]
fn the_progress_of_several_machines_comes_into_one_list_and_one_sheet() {
    let machines = [(); 3].map(|()| TempDir::new().unwrap());
    let files =
        [saved(&machines[0], "Åse Ørsted", 1), saved(&machines[1], "Åse Ørsted", 3), saved(&machines[2], "Bo", 1)];
    let data = TempDir::new().unwrap();
    let mut window = at_the_room(&data);
    let foreign = data.path().join("andet.pffremgang");
    fs::write(&foreign, "{}").unwrap();
    let cut = data.path().join("skåret.pffremgang");
    fs::write(&cut, &fs::read(&files[0]).unwrap()[..200]).unwrap();
    gather(&mut window, &[files[0].clone(), foreign, files[1].clone(), cut]);
    window.must_show_part("Ikke hentet. Filen er ikke fremskridt fra en maskine.");
    window.must_show_part("Filen er beskadiget eller skåret over.");
    window.must_show("2 deltagere fra 2 andre maskiner.");
    assert_eq!(store(&data).room_progress().unwrap().len(), 2);
    gather(&mut window, &files);
    window.must_show("1 fil: hentet.");
    window.must_show("2 filer: var hentet i forvejen. Intet er ændret.");
    window.must_show("3 deltagere fra 3 andre maskiner.");
    window.must_show("Bo");
    let texts = window.texts();
    let of_aase = texts.iter().filter(|text| text.words.starts_with("Åse Ørsted (")).count();
    assert_eq!(of_aase, 2, "each says which one it is");
    window.click("Bo");
    window.must_show("1. Den første regel");
    window.must_show_part("med 1 regel (færrest: 1). 1 tjek, ingen vink.");
    let path = data.path().join("hold.html");
    window.click("Gem som webside");
    window.fill("paper-path", path.to_str().unwrap());
    window.click("Gem filen");
    let sheet = fs::read_to_string(&path).unwrap();
    for words in ["Bo", "Åse Ørsted (", "3 (færrest: 1)", "Opgave for opgave"] {
        assert!(sheet.contains(words), "{words} is not in the sheet");
    }
    window.close();
}

#[test]
fn a_newer_file_replaces_and_what_was_taken_in_can_be_removed() {
    let machine = TempDir::new().unwrap();
    let older = saved(&machine, "Åse Ørsted", 3);
    let saved_before = ProgressFile::read(&fs::read(&older).unwrap()).unwrap();
    let newer = machine.path().join("nyere.pffremgang");
    let mut later = saved_before.clone();
    later.saved_at = later.saved_at.checked_add(jiff::SignedDuration::from_secs(60)).unwrap();
    later.progress[0].rules = Some(1);
    fs::write(&newer, ProgressFile::write(&later).unwrap()).unwrap();
    let data = TempDir::new().unwrap();
    let mut window = at_the_room(&data);
    gather(&mut window, std::slice::from_ref(&older));
    window.must_show("1 fil: hentet.");
    window.must_show_part("1 L · ingen vink");
    gather(&mut window, std::slice::from_ref(&newer));
    window.must_show("1 fil: hentet i stedet for den ældre fra samme maskine.");
    window.must_show_part("1 F · ingen vink");
    gather(&mut window, std::slice::from_ref(&older));
    window.must_show_part("1 fil: er ældre end det, der er hentet fra samme maskine.");
    window.must_show_part("1 F · ingen vink");
    let other = MachineProgress { machine: Uuid::from_u128(5), name: String::new(), ..later };
    let nameless = machine.path().join("uden-navn.pffremgang");
    fs::write(&nameless, ProgressFile::write(&other).unwrap()).unwrap();
    window.send(Message::Show(Page::Rules));
    window.send(Message::Dropped(vec![nameless]));
    window.must_show("2 deltagere fra 2 andre maskiner.");
    window.must_show("Åse Ørsted (En maskine uden navn, 0000)");
    window.click("Fjern");
    window.must_show("1 deltager fra 1 anden maskine.");
    window.click("Fjern alle …");
    window.must_show_part("Fjern alt, der er hentet fra andre maskiner?");
    window.click("Behold dem");
    assert_eq!(store(&data).room_progress().unwrap().len(), 1);
    window.click("Fjern alle …");
    window.click("Ja, fjern alle");
    window.must_show("Ingen er begyndt på en opgave endnu.");
    assert_eq!(store(&data).room_progress().unwrap(), []);
    window.close();
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let data = TempDir::new().unwrap();
    let path = saved(&data, "Åse", 1);
    let before = fs::read(&path).unwrap();
    let mut window = Window::open(&data.path().join("training"));
    window.wait_for("Kører");
    window.click("Opgaver");
    window.click("Holdets fremskridt");
    window.click("Gem fremskridt …");
    window.fill("room-path", path.to_str().unwrap());
    window.press(Named::Enter);
    window.must_show_part("findes allerede");
    assert_eq!(fs::read(&path).unwrap(), before);
    window.click("Erstat filen, der står der");
    window.must_show_part("Fremskridtet er gemt i ");
    let (first, second) =
        (ProgressFile::read(&before).unwrap(), ProgressFile::read(&fs::read(&path).unwrap()).unwrap());
    assert_eq!(first.machine, second.machine, "it is the same machine");
    assert!(first.saved_at < second.saved_at);
    gather(&mut window, &[path]);
    window.must_show("1 fil: er gemt på denne maskine, hvis fremskridt allerede er med. Intet er ændret.");
    window.press(Named::Escape);
    window.must_not_show("Hent");
    window.close();
}
