//! How every screen looks: with data, empty, and with something wrong; light and dark; in both languages.
//!
//! Each picture's hash is in `pictures.sha256`. A picture that has another one is written to `target/pictures`, to be looked
//! at. `UPDATE_PICTURES=1 cargo test pictures` writes all pictures there, and their hashes into the file.

mod books;
mod data;
mod decided;
mod files;
mod layout;
mod looks;
mod readable;
mod scenes;
mod traffic;
mod walks;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, panic, thread};

use iced_test::core::Size;
use postfordeler::desktop::LanguageChoice;
use postfordeler::desktop::{Desktop, Message};
use postfordeler::secrets::leave_keyring_alone;
use sha2::{Digest, Sha256};

use self::data::Data;
use self::scenes::{SCENES, Scene};
use crate::window::{Picture, Window};

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

/// Those that the README and the guide show in both languages: the scene, and the file without its ending.
const IN_DOCUMENTS: &[(&str, &str)] = &[
    ("router", "router"),
    ("rules-open", "rules"),
    ("contact-points-open", "contact-points"),
    ("files-package", "package"),
    ("overview", "overview"),
    ("log-story", "story"),
];

/// The file in which the documents show the picture of that name, if they do.
fn file_in_documents(picture: &str) -> Option<String> {
    IN_DOCUMENTS.iter().find_map(|(scene, file)| match picture.strip_prefix(scene)? {
        "-da-light-1280x800" => Some(format!("{file}.png")),
        "-en-light-1280x800" => Some(format!("{file}-en.png")),
        _ => None,
    })
}

/// Writes a picture of the documents, or says that it shows something else than the program does.
fn keep_for_readers(picture: &Picture, file: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/pictures").join(file);
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
                if let Some(file) = file_in_documents(&name) {
                    complain(keep_for_readers(&picture, &file), &failed);
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
