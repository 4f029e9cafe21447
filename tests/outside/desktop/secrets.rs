//! Where the window stores the secrets for fagsystems, and where they never appear.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};
use postfordeler::store::RouterSettings;
use tempfile::TempDir;
use zip::ZipArchive;

use super::town::*;
use crate::outgoing::secure::Issuer;
use crate::support::{Fagsystem, postfordeler};
use crate::window::Window;

/// How many kinds of files *Filer* can write, and the position of the package among them.
const KINDS: usize = 7;
const KIND_PACKAGE: usize = 5;
const MISSING: &str = "Ikke gemt endnu. Til da bliver posten i Digital Post.";
const NO_KEYRING: &str = "Denne maskine har ingen nøglering, som kan bruges.";

/// Jobcentret, which is to have a key in a header.
fn wants_a_key(data: &TempDir) -> Window {
    let mut window = rules(data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.choose_nth("fagsystem-access", 1);
    window.scroll_editor(true);
    window
}

fn kept_home(data: &TempDir) -> Option<PathBuf> {
    store(data).settings().expect("settings").secrets
}

fn use_file(window: &mut Window, path: &Path) {
    window.fill("secrets-file", path.to_str().expect("text"));
    window.click("Brug filen");
}

#[cfg(unix)]
#[test]
fn without_a_keyring_a_file_is_offered_that_only_its_owner_can_read() {
    use std::os::unix::fs::PermissionsExt;

    let data = town();
    let file = data.path().join("hemmeligheder.json");
    let mut window = wants_a_key(&data);
    window.must_show_part(NO_KEYRING);
    window.click("Prøv igen");
    window.must_show_part(NO_KEYRING);
    assert_eq!(window.text_in("secrets-file"), file.display().to_string());
    window.fill("secrets-file", "hemmeligheder.json");
    window.must_show_below("Skriv hele stien, fx /home/dig/hemmeligheder.json", "secrets-file");
    use_file(&mut window, &file);
    window.must_show_part(&format!(
        "Nøgler gemmes nu i {}. En router, der er startet med »postfordeler serve«",
        file.display()
    ));
    window.must_show(&format!("Nøgler gemmes i filen {}", file.display()));
    window.must_show(MISSING);
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o7777, 0o600);
    assert_eq!(kept_home(&data).as_deref(), Some(file.as_path()));
    window.fill("fagsystem-secret", "xyzzy-1");
    window.click("Gem nøglen");
    window.must_show(&format!("Gemt i {}", file.display()));
    window.ctrl("s");
    window.close();

    let mut again = rules(&data);
    again.click("Fagsystemer");
    again.click("Jobcenter");
    again.scroll_editor(true);
    again.must_show(&format!("Gemt i {}", file.display()));
    again.click("Brug nøgleringen i stedet");
    again.must_show_part("Nøgler gemmes nu i systemets nøglering. En router, der er startet med »postfordeler serve«");
    again.must_show_part(NO_KEYRING);
    assert_eq!(kept_home(&data), None);
    assert!(fs::read_to_string(&file).expect("a file").contains("xyzzy-1"));
    again.close();
}

#[cfg(unix)]
#[test]
fn a_file_that_others_could_read_or_that_is_something_else_is_refused_and_told() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    let (data, elsewhere) = (town(), TempDir::new().expect("a directory"));
    let file = elsewhere.path().join("hemmeligheder.json");
    let mut window = wants_a_key(&data);
    use_file(&mut window, elsewhere.path());
    window.must_show(&format!("{} er ikke en fil. Skriv navnet på en fil.", elsewhere.path().display()));
    fs::write(&file, "intet").expect("written");
    fs::set_permissions(&file, Permissions::from_mode(0o644)).expect("open to all");
    use_file(&mut window, &file);
    window.must_show_part("Andre kan læse eller skrive den (0644). Luk den med »chmod 600");
    fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("closed");
    use_file(&mut window, &file);
    window.must_show_part("er beskadiget (linje 1)");
    use_file(&mut window, &elsewhere.path().join("findes/ikke/hemmeligheder.json"));
    window.must_show_part("kan ikke bruges");
    assert_eq!(kept_home(&data), None);
    fs::remove_file(&file).expect("removed");
    use_file(&mut window, &file);
    window.must_show(MISSING);
    window.close();
}

/// What goes to *Pladsanvisningen* goes there with a key from now on.
fn publish_with_a_key(window: &mut Window, fagsystem: &Fagsystem) {
    window.click("Fagsystemer");
    window.click("Dagtilbud og pladsanvisning");
    window.fill("fagsystem-endpoint", &fagsystem.endpoint());
    window.choose_nth("fagsystem-access", 1);
    window.ctrl("s");
    window.click("Udgiv …");
    window.type_text("Med nøgle");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
}

#[cfg(unix)]
#[test]
fn the_running_router_takes_secrets_from_the_new_home_at_once() {
    let data = data();
    let mut window = sample(&data);
    let fagsystem = Fagsystem::accepting();
    publish_with_a_key(&mut window, &fagsystem);
    window.click("Router");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Adgang mangler");
    assert!(fagsystem.requests().is_empty());
    window.click("Fagsystemer");
    window.scroll_editor(true);
    use_file(&mut window, &data.path().join("hemmeligheder.json"));
    window.fill("fagsystem-secret", "xyzzy-1");
    window.click("Gem nøglen");
    window.click("Router");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");
    assert_eq!(fagsystem.whole_requests()[0].header("X-Api-Key"), Some("xyzzy-1"));
    window.close();
}

#[cfg(unix)]
#[test]
fn a_router_in_another_window_follows_when_the_secrets_move() {
    let data = data();
    let mut window = sample(&data);
    let fagsystem = Fagsystem::accepting();
    publish_with_a_key(&mut window, &fagsystem);
    let (file, mut other) = (data.path().join("hemmeligheder.json"), Window::open(data.path()));
    other.resize(1600.0, 1400.0);
    other.click("Fagsystemer");
    other.click("Dagtilbud og pladsanvisning");
    other.scroll_editor(true);
    use_file(&mut other, &file);
    other.fill("fagsystem-secret", "xyzzy-1");
    other.click("Gem nøglen");
    other.must_show(&format!("Gemt i {}", file.display()));
    other.close();
    window.poll();
    window.must_show_part(&format!("Nøgler gemmes nu i {}", file.display()));
    window.click("Router");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");
    assert_eq!(fagsystem.whole_requests()[0].header("X-Api-Key"), Some("xyzzy-1"));
    window.close();
    assert_eq!(kept_home(&data), Some(file));
}

/// A municipality whose secrets are stored in that file.
fn town_with_secrets_in(file: &Path) -> TempDir {
    let data = town();
    let settings = RouterSettings { secrets: Some(file.to_owned()), ..store(&data).settings().expect("settings") };
    store(&data).save_settings(&settings).expect("settings");
    data
}

#[test]
fn saving_a_fagsystem_keeps_its_key_only_when_both_can_be_done() {
    let safe = TempDir::new().expect("a directory");
    let file = safe.path().join("hemmeligheder.json");
    let data = town_with_secrets_in(&file);
    let is_kept = |secret: &str| fs::read_to_string(&file).is_ok_and(|text| text.contains(secret));
    let mut window = wants_a_key(&data);
    window.fill("fagsystem-secret", "xyzzy-1");
    window.scroll_editor(false);
    window.fill("fagsystem-endpoint", "jobcenter.example");
    window.ctrl("s");
    assert!(!is_kept("xyzzy-1"));
    window.scroll_editor(true);
    assert_eq!(window.text_in("fagsystem-secret"), "•••••••");
    publish_elsewhere(&data, |authority| {
        let fagsystem = authority.fagsystems.iter_mut().find(|it| it.name == "Jobcenter").expect("the fagsystem");
        "Imens".clone_into(&mut fagsystem.note);
    });
    window.poll();
    window.scroll_editor(false);
    window.fill("fagsystem-endpoint", "https://jobcenter.example/");
    window.ctrl("s");
    assert!(!is_kept("xyzzy-1"));
    window.click("Hent den, som den er nu");
    window.choose_nth("fagsystem-access", 1);
    window.scroll_editor(true);
    window.fill("fagsystem-secret", "xyzzy-2");
    window.ctrl("s");
    window.must_show(&format!("Gemt i {}", file.display()));
    assert!(is_kept("xyzzy-2"));
    window.fill("fagsystem-secret", "xyzzy-3");
    window.ctrl("s");
    assert!(is_kept("xyzzy-3"), "there was nothing else to save");
    window.close();
}

/// The files of the directory that contain that.
fn files_with(directory: &Path, wanted: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(directory).expect("a directory").map(|file| file.expect("a file").path());
    let holds = |path: &PathBuf| path.is_file() && contains(&fs::read(path).expect("readable"), wanted);
    files.filter(holds).collect()
}

fn contains(bytes: &[u8], wanted: &str) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted.as_bytes())
}

/// Writes all that *Filer* can write into that directory, and gives it back; workbooks as what is packed in them.
fn write_all(window: &mut Window, directory: &Path) -> Vec<u8> {
    let mut written = Vec::new();
    window.send(Message::Show(Page::Files));
    for kind in 0..KINDS {
        let path = directory.join(format!("ud-{kind}"));
        window.choose_nth("files-out-kind", kind);
        if kind == KIND_PACKAGE {
            window.fill("files-out-environment", "Test");
        }
        window.fill("files-out", path.to_str().expect("text"));
        window.click("Skriv filen");
        window.must_show(&format!("Skrevet til {}", path.display()));
        let file = fs::read(&path).expect("a file");
        match ZipArchive::new(Cursor::new(&file)) {
            Ok(mut archive) => {
                for number in 0..archive.len() {
                    archive.by_index(number).expect("a member").read_to_end(&mut written).expect("readable");
                }
            }
            Err(_) => written.extend(file),
        }
    }
    for told in ["X-Api-Key", "klientcertifikat", "<worksheet", "https://byggesag.example/"] {
        assert!(contains(&written, told), "{told}");
    }
    written
}

#[test]
fn a_secret_that_the_window_keeps_stands_in_its_file_alone() {
    let safe = TempDir::new().expect("a directory");
    let file = safe.path().join("hemmeligheder.json");
    let data = town_with_secrets_in(&file);
    let certificate = Issuer::new("Kommunen").issue(&["router"]);
    let pem = data.path().with_extension("pem");
    certificate.write_pem(&pem);
    // A line from the middle of the private key.
    let key = certificate.key_pem().lines().nth(1).expect("a line").to_owned();
    let certificate = certificate.certificate_pem().lines().nth(1).expect("a line").to_owned();

    let mut window = wants_a_key(&data);
    let mut seen = Vec::new();
    let mut look = |window: &mut Window| seen.extend(window.texts().into_iter().map(|seen| seen.words));
    window.scroll_editor(false);
    window.fill("fagsystem-endpoint", "https://jobcenter.example/");
    window.fill("fagsystem-secret", "xyzzy-4711");
    assert_eq!(window.text_in("fagsystem-secret"), "••••••••••");
    look(&mut window);
    window.ctrl("s");
    look(&mut window);
    window.click("Byggesag");
    window.fill("fagsystem-endpoint", "https://byggesag.example/");
    window.choose_nth("fagsystem-access", 2);
    window.fill("fagsystem-secret", pem.to_str().expect("text"));
    window.ctrl("s");
    window.must_show(&format!("Gemt i {}", file.display()));
    for page in ["Ændringer", "Udgivelser", "Router", "Overblik", "Meddelelser", "Filer"] {
        window.click(page);
        look(&mut window);
    }
    window.click("Udgiv …");
    window.type_text("Med nøgler");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    let written = write_all(&mut window, data.path());
    look(&mut window);
    // The database is still open, with what has not come into it yet beside it.
    let secrets = ["xyzzy-4711", key.as_str(), certificate.as_str()];
    for secret in secrets {
        assert_eq!(files_with(data.path(), secret), Vec::<PathBuf>::new(), "{secret}");
        assert_eq!(files_with(safe.path(), secret), std::slice::from_ref(&file), "{secret}");
        assert!(!contains(&written, secret), "{secret}");
    }
    let said = seen.concat();
    window.close();

    let export = postfordeler(&["export", "-", "--data", data.path().to_str().expect("text")]);
    let export = String::from_utf8(export.stdout).expect("text");
    assert!(export.contains("klientcertifikat"));
    for secret in secrets {
        assert!(!said.contains(secret) && !export.contains(secret), "{secret}");
        assert_eq!(files_with(data.path(), secret), Vec::<PathBuf>::new(), "{secret}");
    }
    fs::remove_file(pem).expect("removed");
}
