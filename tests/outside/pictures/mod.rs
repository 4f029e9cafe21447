//! How every screen looks: with data, empty, and with something wrong; light and dark; in both languages.
//!
//! Each picture's hash stands in `pictures.sha256`. A picture that has another one is written to `target/pictures`, to
//! be looked at. `UPDATE_PICTURES=1 cargo test pictures` writes all pictures there, and their hashes into the file.

mod data;
mod decided;
mod files;
mod layout;
mod looks;
mod readable;
mod traffic;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, panic, thread};

use iced_test::core::Size;
use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::widget::Id;
use iced_test::core::widget::operation::scrollable::{RelativeOffset, snap_to};
use iced_test::runtime::widget::operation;
use lucide_icons::Icon;
use postfordeler::desktop::LanguageChoice;
use postfordeler::desktop::{Desktop, Message, Page};
use postfordeler::secrets::leave_keyring_alone;
use sha2::{Digest, Sha256};

use self::data::Data;
use crate::window::{Picture, Window};

const LARGE: &[(u16, u16)] = &[(1280, 800)];
/// Also in a small window.
const ALSO_SMALL: &[(u16, u16)] = &[(1280, 800), (1024, 700)];

/// A name, in which windows, on which data, and how one comes there.
type Scene = (&'static str, &'static [(u16, u16)], Data, fn(&mut Window));

const SCENES: &[Scene] = &[
    ("welcome", ALSO_SMALL, Data::Nothing, |_| ()),
    ("welcome-faults", LARGE, Data::Nothing, wrong_authority),
    ("cannot-open", LARGE, Data::Spoilt, |_| ()),
    ("overview", ALSO_SMALL, Data::Busy, |it| command(it, "1")),
    ("overview-week", LARGE, Data::Busy, overview_of_a_week),
    ("overview-troubles", ALSO_SMALL, Data::Troubled, |it| command(it, "1")),
    ("overview-empty", LARGE, Data::NoRules, |it| command(it, "1")),
    ("rules", ALSO_SMALL, Data::Sample, |_| ()),
    ("rules-open", ALSO_SMALL, Data::Sample, |it| it.click("Byg og bolig")),
    ("rules-new", ALSO_SMALL, Data::Sample, |it| command(it, "n")),
    ("rules-new-faults", ALSO_SMALL, Data::Sample, wrong_rule),
    ("rules-missing", ALSO_SMALL, Data::Sample, |it| ["n", "s"].into_iter().for_each(|key| command(it, key))),
    ("rules-shadowed", ALSO_SMALL, Data::Drafted, |it| open_rule(it, 7)),
    ("rules-choices", LARGE, Data::Sample, choices),
    ("rules-kle-tree", ALSO_SMALL, Data::Sample, kle_tree),
    ("rules-calendar", ALSO_SMALL, Data::Sample, calendar),
    ("rules-several", ALSO_SMALL, Data::Sample, |it| several(it, 3)),
    ("rules-several-faults", LARGE, Data::Sample, wrong_dates),
    ("rules-switch", ALSO_SMALL, Data::Sample, |it| switch(it, 3)),
    ("rules-switch-faults", LARGE, Data::Sample, |it| switch(it, 0)),
    ("rules-none", LARGE, Data::NoRules, |_| ()),
    ("rules-not-found", LARGE, Data::Sample, |it| it.fill("rule-search", "bibliotek")),
    ("rules-found", LARGE, Data::Sample, |it| it.fill("rule-search", "byg")),
    ("rules-filtered", LARGE, Data::Sample, filtered),
    ("rules-filtered-editor", ALSO_SMALL, Data::Sample, filtered_and_open),
    ("rules-moving", LARGE, Data::Sample, moving),
    ("rules-deleted", LARGE, Data::Sample, deleted),
    ("rules-unsaved", LARGE, Data::Sample, unsaved),
    ("rules-behind", LARGE, Data::Behind, |_| ()),
    ("changes-none", LARGE, Data::Sample, |it| command(it, "9")),
    ("changes", ALSO_SMALL, Data::Drafted, |it| command(it, "9")),
    ("changes-no-note", LARGE, Data::Drafted, publish_without_note),
    ("changes-behind", LARGE, Data::Behind, |it| command(it, "9")),
    ("changes-left-behind", LARGE, Data::Behind, carry_over),
    ("history", LARGE, Data::Behind, |it| it.send(Message::Show(Page::History))),
    ("history-compared", ALSO_SMALL, Data::Behind, compared),
    ("fagsystems", LARGE, Data::Sample, |it| command(it, "3")),
    ("fagsystems-open", ALSO_SMALL, Data::Sample, fagsystem),
    ("fagsystems-faults", LARGE, Data::Sample, wrong_fagsystem),
    ("log-none", LARGE, Data::NoRules, |it| command(it, "7")),
    ("log", ALSO_SMALL, Data::Sample, |it| command(it, "7")),
    ("kle-none", ALSO_SMALL, Data::Sample, kle_chosen),
    ("kle", ALSO_SMALL, Data::Classified, kle_unfolded),
    ("kle-found", ALSO_SMALL, Data::Classified, |it| search_kle(it, "dagtilbud optagelse")),
    ("kle-not-found", LARGE, Data::Classified, |it| search_kle(it, "raketopsendelse")),
    ("rules-kle-plan", ALSO_SMALL, Data::Classified, kle_tree),
    ("rules-kle-word", LARGE, Data::Classified, kle_by_word),
    ("contact-points", ALSO_SMALL, Data::Sample, |it| command(it, "4")),
    ("contact-points-open", ALSO_SMALL, Data::Sample, |it| contact_point(it, "Pladsanvisningen")),
    ("contact-points-open-end", ALSO_SMALL, Data::Sample, end_of_contact_point),
    ("contact-points-filtered", ALSO_SMALL, Data::Sample, filtered_contact_points),
    ("contact-points-inactive", LARGE, Data::Sample, |it| contact_point(it, "Kontanthjælp og sygedagpenge")),
    ("contact-points-tree", ALSO_SMALL, Data::Sample, contact_tree),
    ("contact-points-found", LARGE, Data::Sample, |it| find_contact_point(it, "carport")),
    ("contact-points-not-found", LARGE, Data::Sample, |it| find_contact_point(it, "bibliotek")),
    ("contact-points-faults", ALSO_SMALL, Data::Sample, wrong_contact_point),
    ("contact-points-none", ALSO_SMALL, Data::NoContactPoints, |it| command(it, "4")),
    ("fagsystem-needed", ALSO_SMALL, Data::Sample, needed_fagsystem),
    ("fagsystem-tried", LARGE, Data::Sample, tried_fagsystem),
    ("secret-no-keyring", ALSO_SMALL, Data::Sample, no_keyring),
    ("authorities", ALSO_SMALL, Data::Registers, |it| show_page(it, "Myndigheder", "Authorities")),
    ("authorities-open", ALSO_SMALL, Data::Registers, other_number),
    ("authorities-delete", LARGE, Data::Registers, delete_authority),
    ("authorities-new-faults", ALSO_SMALL, Data::Registers, wrong_new_authority),
    ("known-authorities", ALSO_SMALL, Data::Registers, known_authorities),
    ("known-authorities-open", ALSO_SMALL, Data::Registers, known_authority),
    ("known-authorities-none", LARGE, Data::NoKnown, known_authorities),
    ("log-filtered", LARGE, Data::Sample, filtered_log),
    ("log-not-found", LARGE, Data::Sample, |it| search_log(it, "ffff")),
    ("log-days", LARGE, Data::Sample, days_of_log),
    ("log-kept", LARGE, Data::Sample, kept_days),
    ("log-export", LARGE, Data::Sample, export_log),
    ("log-story", ALSO_SMALL, Data::Sample, |it| story(it, "51ac03e7-3d5f-4c1b-9a77-0b6e2f84c9d1")),
    ("log-story-unread", LARGE, Data::Sample, |it| open_message(it, 0)),
    ("log-story-default", LARGE, Data::Sample, |it| open_message(it, 9)),
    ("router-quiet", LARGE, Data::NoRules, |it| command(it, "8")),
    ("router", ALSO_SMALL, Data::Sample, |it| command(it, "8")),
    ("router-faults", LARGE, Data::Sample, wrong_address),
    ("files", ALSO_SMALL, Data::Sample, files::show),
    ("files-faults", LARGE, Data::Sample, files::faulty),
    ("files-compared", ALSO_SMALL, Data::Sample, files::compared),
    ("files-package", ALSO_SMALL, Data::Sample, files::package),
    ("palette", ALSO_SMALL, Data::Sample, |it| command(it, "k")),
    ("palette-found", LARGE, Data::Sample, |it| look_for(it, "byg")),
    ("palette-nothing", LARGE, Data::Sample, |it| look_for(it, "bibliotek")),
];

/// Ctrl and that letter.
fn command(window: &mut Window, letter: &str) {
    window.press_with(Modifiers::CTRL, letter);
}

fn wrong_authority(window: &mut Window) {
    window.fill("authority-cvr", "1110203");
    window.fill("first-endpoint", "esdh");
    window.press(Named::Enter);
}

fn overview_of_a_week(window: &mut Window) {
    command(window, "1");
    let words = if window.shows("7 dage") { "7 dage" } else { "7 days" };
    window.click(words);
}

/// The rule at that place of the list, counted from 1.
fn open_rule(window: &mut Window, place: usize) {
    (0..place).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::F2);
}

fn wrong_rule(window: &mut Window) {
    command(window, "n");
    window.choose_nth("rule-element", 4);
    window.fill("rule-value", "35");
    window.fill("rule-value-end", "31");
    window.fill("rule-priority", "10");
    window.scroll_to("editor", 240.0);
    window.fill("rule-from", "31-02-2026");
    window.fill("rule-to", "snart");
    window.scroll_to("editor", 0.0);
    command(window, "s");
}

/// A list dropped down.
fn choices(window: &mut Window) {
    open_rule(window, 2);
    window.click_field("rule-fagsystem");
}

fn kle_tree(window: &mut Window) {
    open_rule(window, 8);
    window.click_first_icon(Icon::ChevronRight);
}

/// The numbers of the plan that hold a word.
fn kle_by_word(window: &mut Window) {
    command(window, "n");
    window.choose_nth("rule-element", 4);
    window.fill("rule-value", "dagtilbud");
}

/// A main group with its rule beside the list.
fn kle_chosen(window: &mut Window) {
    window.send(Message::Show(Page::Kle));
    window.click("Arbejdsmarked og beskæftigelsesindsats");
}

fn kle_unfolded(window: &mut Window) {
    window.send(Message::Show(Page::Kle));
    window.click_first_icon(Icon::ChevronsUpDown);
    window.click("Venteliste og pladsanvisning");
}

fn search_kle(window: &mut Window, words: &str) {
    window.send(Message::Show(Page::Kle));
    window.fill("kle-search", words);
}

fn calendar(window: &mut Window) {
    open_rule(window, 2);
    window.scroll_to("editor", 240.0);
    window.click_first_icon(Icon::CalendarDays);
}

fn several(window: &mut Window, rules: usize) {
    window.press(Named::ArrowDown);
    (1..rules).for_each(|_| window.press_with(Modifiers::SHIFT, Named::ArrowDown));
}

fn wrong_dates(window: &mut Window) {
    several(window, 4);
    window.fill("rules-from", "25-10-20");
    window.fill("rules-to", "30-02-2026");
    window.press(Named::Enter);
}

fn switch(window: &mut Window, to: usize) {
    window.click_first_icon(Icon::ArrowLeftRight);
    window.choose_nth("switch-from", 0);
    window.choose_nth("switch-to", to);
}

/// All columns to choose from, and two filters.
fn filtered(window: &mut Window) {
    window.click_first_icon(Icon::Columns3);
    window.click_first_icon(Icon::CircleCheck);
    window.click("Jobcenter");
}

fn filtered_and_open(window: &mut Window) {
    filtered(window);
    open_rule(window, 1);
}

fn moving(window: &mut Window) {
    several(window, 2);
    window.hold(Modifiers::ALT);
    (0..2).for_each(|_| window.press(Named::ArrowDown));
}

fn deleted(window: &mut Window) {
    (0..2).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::Delete);
}

fn unsaved(window: &mut Window) {
    window.click("Byg og bolig");
    window.fill("rule-priority", "10");
    command(window, "n");
}

fn publish_without_note(window: &mut Window) {
    window.press_with(Modifiers::CTRL, Named::Enter);
    window.press(Named::Enter);
}

fn carry_over(window: &mut Window) {
    // The button is words alone, other ones in each language.
    window.send(Message::CarryOver);
}

fn compared(window: &mut Window) {
    window.send(Message::Show(Page::History));
    window.press(Named::ArrowDown);
}

fn fagsystem(window: &mut Window) {
    command(window, "3");
    window.click("Jobcenter");
}

fn wrong_fagsystem(window: &mut Window) {
    command(window, "3");
    command(window, "n");
    window.fill("fagsystem-id", "esdh");
    window.fill("fagsystem-endpoint", "jobcenter");
    command(window, "s");
}

fn contact_point(window: &mut Window, title: &str) {
    command(window, "4");
    window.click(title);
}

fn end_of_contact_point(window: &mut Window) {
    contact_point(window, "Byggetilladelser");
    window.operate(Box::new(snap_to(Id::new("editor"), RelativeOffset { x: None, y: Some(1.0) })));
}

fn filtered_contact_points(window: &mut Window) {
    command(window, "4");
    window.choose_nth("point-filter", 0);
}

fn contact_tree(window: &mut Window) {
    command(window, "4");
    window.click_first_icon(Icon::ListTree);
    (0..6).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::ArrowLeft);
    window.press(Named::ArrowUp);
}

fn find_contact_point(window: &mut Window, words: &str) {
    command(window, "4");
    window.fill("point-search", words);
}

fn wrong_contact_point(window: &mut Window) {
    command(window, "4");
    command(window, "n");
    window.fill("point-id", "5F0C2A51-8F43-4D0C-9D6C-1E2B7C9A4D10");
    window.fill("point-groups", "borger > byg");
    command(window, "s");
}

/// What stands at the end of an editor.
fn to_the_end_of_the_editor(window: &mut Window) {
    window.perform(operation::snap_to_end("editor"));
}

fn needed_fagsystem(window: &mut Window) {
    fagsystem(window);
    window.choose_nth("fagsystem-heir", 1);
    to_the_end_of_the_editor(window);
}

fn tried_fagsystem(window: &mut Window) {
    fagsystem(window);
    window.fill("fagsystem-endpoint", "https://jobcenter.invalid/postmodtag");
    window.click_first_icon(Icon::PlugZap);
}

/// Where the file would be differs from machine to machine.
fn no_keyring(window: &mut Window) {
    fagsystem(window);
    window.choose_nth("fagsystem-access", 1);
    window.perform(operation::snap_to("editor", operation::RelativeOffset { x: None, y: Some(0.45) }));
    window.fill("secrets-file", "/home/kirsten/hemmeligheder.json");
}

/// A page by its name in the sidebar, in either language.
fn show_page(window: &mut Window, danish: &str, english: &str) {
    let name = if window.shows(danish) { danish } else { english };
    window.click(name);
}

fn other_number(window: &mut Window) {
    show_page(window, "Myndigheder", "Authorities");
    window.click_last("Eksempelby Kommune");
    window.fill("authority-cvr", "01102044");
    window.fill("authority-more", "01102036, 99999999");
}

fn delete_authority(window: &mut Window) {
    show_page(window, "Myndigheder", "Authorities");
    window.click("Eksempelby Forsyning");
    window.click_first_icon(Icon::Trash2);
}

fn wrong_new_authority(window: &mut Window) {
    show_page(window, "Myndigheder", "Authorities");
    command(window, "n");
    window.fill("authority-cvr", "01102036");
    window.fill("authority-more", "1234, 01102036");
    window.fill("authority-endpoint", "esdh");
    command(window, "s");
}

fn known_authorities(window: &mut Window) {
    show_page(window, "Myndigheder", "Authorities");
    show_page(window, "Kendte myndigheder", "Known authorities");
}

fn known_authority(window: &mut Window) {
    known_authorities(window);
    (0..3).for_each(|_| window.press(Named::ArrowDown));
    window.fill("known-cvr", "01102036");
}

fn wrong_address(window: &mut Window) {
    command(window, "8");
    let words = if window.shows("Indstillinger") { "Indstillinger" } else { "Settings" };
    window.click(words);
    window.fill("router-address", "alle steder");
}

fn look_for(window: &mut Window, words: &str) {
    command(window, "k");
    window.type_text(words);
}

fn filtered_log(window: &mut Window) {
    command(window, "7");
    window.choose_nth("log-period", 3);
    window.click_first_icon(Icon::CircleX);
    window.click_first_icon(Icon::FunnelX);
    window.click_first_icon(Icon::CircleX);
}

fn search_log(window: &mut Window, part: &str) {
    command(window, "7");
    window.fill("log-search", part);
}

fn days_of_log(window: &mut Window) {
    command(window, "7");
    window.choose_nth("log-period", 6);
    window.fill("log-from", "16-11-2026");
    window.fill("log-to", "22-11-26");
    window.click_first_icon(Icon::CalendarDays);
}

fn kept_days(window: &mut Window) {
    command(window, "7");
    window.click_first_icon(Icon::CalendarClock);
    window.fill("log-kept-days", "7");
}

/// Where it is to be written differs from machine to machine.
fn export_log(window: &mut Window) {
    command(window, "7");
    window.click_first_icon(Icon::Download);
    window.fill("log-export-path", "/home/kirsten/meddelelser-2026-11-23.xlsx");
}

fn open_message(window: &mut Window, place: usize) {
    command(window, "7");
    (0..=place).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::Enter);
}

/// Every rule that did not decide, too.
fn story(window: &mut Window, uuid: &str) {
    search_log(window, uuid);
    open_message(window, 0);
    window.click_first_icon(Icon::ChevronRight);
}

/// A picture with its name, and the words in it that do not stand out from what is behind them.
struct Shown {
    name: String,
    picture: Picture,
    faint: Vec<String>,
}

/// A scene in a language and in a window of a size.
struct Take {
    scene: &'static Scene,
    language: LanguageChoice,
    size: (u16, u16),
}

impl Take {
    fn all() -> Vec<Self> {
        let mut takes = Vec::new();
        for scene in SCENES {
            for &size in scene.1 {
                takes.extend(scene.2.languages().iter().map(|&language| Self { scene, language, size }));
            }
        }
        takes
    }

    /// The same in light and in dark, each with its name.
    fn pictures(&self) -> Vec<Shown> {
        let &(name, _, data, steps) = self.scene;
        leave_keyring_alone();
        let home = data.home(self.language, self.size);
        let (desktop, task) = Desktop::open_as(home.path(), data::now, home.user());
        let mut window = Window::new(desktop, Size::new(self.size.0.into(), self.size.1.into()));
        window.perform(task);
        steps(&mut window);
        window.point_nowhere();
        let language = if self.language == LanguageChoice::Danish { "da" } else { "en" };
        let (width, height) = self.size;
        let named = |theme| format!("{name}-{language}-{theme}-{width}x{height}");
        let mut pictures = vec![self.picture(named("light"), &mut window)];
        // Without its settings the program shows itself as it does at first.
        if data != Data::Spoilt {
            window.send(Message::SwitchTheme);
            pictures.push(self.picture(named("dark"), &mut window));
        }
        window.close();
        pictures
    }

    fn picture(&self, name: String, window: &mut Window) -> Shown {
        let picture = window.picture();
        let faint =
            if readable::is_asked_of(self.scene.0) { readable::faint_words(window, &picture) } else { Vec::new() };
        Shown { name, picture, faint }
    }
}

fn hash(picture: &Picture) -> String {
    Sha256::digest(&picture.rgba).iter().fold(String::new(), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    })
}

/// Those that the README and the guide show, each with its file.
const IN_DOCUMENTS: &[(&str, &str)] = &[
    ("router-da-light-1280x800", "router"),
    ("rules-open-da-light-1280x800", "rules"),
    ("contact-points-open-da-light-1280x800", "contact-points"),
    ("files-package-da-light-1280x800", "package"),
    ("overview-da-light-1280x800", "overview"),
    ("log-story-da-light-1280x800", "story"),
];

/// Writes a picture of the documents, or says that it shows something else than the program does.
fn keep_for_readers(picture: &Picture, file: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/pictures").join(file).with_extension("png");
    if env::var_os("UPDATE_PICTURES").is_some() {
        write_png(picture, &path);
        return None;
    }
    let is_right = read_png(&path).is_some_and(|rgba| rgba == picture.rgba);
    (!is_right).then(|| format!("{} is not what the program shows\n", path.display()))
}

fn complain(complaint: Option<String>, failed: &Mutex<Vec<String>>) {
    failed.lock().expect("nobody panics here").extend(complaint);
}

fn read_png(path: &Path) -> Option<Vec<u8>> {
    let mut reader = png::Decoder::new(BufReader::new(File::open(path).ok()?)).read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgba).ok()?;
    (info.color_type == png::ColorType::Rgba).then_some(rgba)
}

fn write_png(picture: &Picture, path: &Path) {
    let file = File::create(path).expect("the picture can be written");
    let mut encoder = png::Encoder::new(file, picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgba);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&picture.rgba));
    written.expect("the picture can be written");
}

/// The hash of each picture by its name, and what went wrong; on the way all pictures that are not as they should be
/// are written.
fn take_all(is_right: impl Fn(&str, &str) -> bool + Sync, directory: &Path) -> (BTreeMap<String, String>, Vec<String>) {
    let (takes, next) = (Take::all(), AtomicUsize::new(0));
    let (hashes, failed) = (Mutex::new(BTreeMap::new()), Mutex::new(Vec::new()));
    let work = || {
        while let Some(take) = takes.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Ok(pictures) = panic::catch_unwind(|| take.pictures()) else {
                failed.lock().expect("nobody panics here").push(format!("{} cannot be reached\n", take.scene.0));
                continue;
            };
            for Shown { name, picture, faint } in pictures {
                let hash = hash(&picture);
                if !faint.is_empty() {
                    let words = format!("{name}: too faint: {}\n", faint.join(", "));
                    failed.lock().expect("nobody panics here").push(words);
                }
                if let Some((_, file)) = IN_DOCUMENTS.iter().find(|(picture, _)| *picture == name) {
                    complain(keep_for_readers(&picture, file), &failed);
                }
                if !is_right(&name, &hash) {
                    write_png(&picture, &directory.join(&name).with_extension("png"));
                }
                hashes.lock().expect("nobody panics here").insert(name, hash);
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, |it| it.get().min(4));
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    (hashes.into_inner().expect("nobody panics here"), failed.into_inner().expect("nobody panics here"))
}

#[test]
fn every_screen_looks_as_it_did() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (file, directory) = (root.join("tests/outside/pictures.sha256"), root.join("target/pictures"));
    fs::create_dir_all(&directory).expect("a directory for pictures");
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let kept: BTreeMap<&str, &str> =
        kept.lines().filter_map(|line| line.split_once("  ")).map(|(hash, name)| (name, hash)).collect();
    let is_update = env::var_os("UPDATE_PICTURES").is_some();
    let is_right = |name: &str, hash: &str| !is_update && kept.get(name) == Some(&hash);
    let (taken, mut complaints) = take_all(is_right, &directory);
    if is_update {
        let lines = taken.iter().map(|(name, hash)| format!("{hash}  {name}\n"));
        fs::write(&file, lines.collect::<String>()).expect("the hashes can be written");
    } else {
        let wrong = taken.iter().filter(|(name, hash)| !is_right(name, hash));
        complaints.extend(wrong.map(|(name, _)| {
            let what = if kept.contains_key(name.as_str()) { "looks different" } else { "has no hash yet" };
            format!("{name} {what}: {}\n", directory.join(name).with_extension("png").display())
        }));
        let gone = kept.keys().filter(|name| !taken.contains_key(**name));
        complaints.extend(gone.map(|name| format!("{name} is no picture any more\n")));
    }
    let complaints = complaints.concat();
    assert!(complaints.is_empty(), "\n{complaints}If that is right: UPDATE_PICTURES=1 cargo test pictures");
}

/// Draws every screen in windows of every size, in both languages, light and dark, into the directory that `PICTURES_IN`
/// names, to be looked at; `SCENES` names the beginning of those that are wanted.
#[test]
#[ignore = "takes minutes, and is for people to look at"]
fn every_screen_is_drawn_in_windows_of_every_size() {
    let directory = PathBuf::from(env::var_os("PICTURES_IN").expect("PICTURES_IN names a directory"));
    fs::create_dir_all(&directory).expect("a directory for pictures");
    let wanted = env::var("SCENES").unwrap_or_default();
    let scenes: Vec<_> = layout::scenes().into_iter().filter(|scene| scene.0.starts_with(&wanted)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(scene) = scenes.get(next.fetch_add(1, Ordering::Relaxed)) {
            for language in scene.2.languages() {
                draw_in_every_size(scene, *language, &directory);
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, |it| it.get().min(4));
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
}

fn draw_in_every_size(scene: &Scene, language: LanguageChoice, directory: &Path) {
    let (mut window, _home) = layout::opened(scene, language);
    let code = if language == LanguageChoice::Danish { "da" } else { "en" };
    for theme in ["light", "dark"] {
        for (width, height) in layout::SIZES {
            window.resize(width, height);
            let scale = if width < 1000.0 { 1.5 } else { 1.0 };
            let path = directory.join(format!("{}-{code}-{theme}-{width}x{height}.png", scene.0));
            write_png(&window.enlarged_picture(scale), &path);
        }
        window.send(Message::SwitchTheme);
    }
    window.close();
}
