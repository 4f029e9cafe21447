//! Whether every word has its place: none is cut off by what is around it, none overlaps another, and none is outside of the
//! window, in windows of every size and with names as long as authorities give.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, thread};

use iced_test::core::alignment::Vertical;
use iced_test::core::text::{Alignment, LineHeight, Paragraph as _, Shaping, Text, Wrapping};
use iced_test::core::widget::Id;
use iced_test::core::{Font, Rectangle, Size, font};
use iced_test::renderer::Renderer;
use iced_test::selector::Candidate;
use postfordeler::desktop::LanguageChoice;
use postfordeler::desktop::{Desktop, Message, Page};
use postfordeler::secrets::leave_keyring_alone;

use super::books;
use super::data::{self, Data, Home};
use super::scenes::{SCENES, Scene};
use super::walks::{self, command};
use crate::window::Window;

type Paragraph = <Renderer as iced_test::core::text::Renderer>::Paragraph;

/// Windows in logical pixels. The last one is one of 1280 × 800 that is enlarged by a half.
pub const SIZES: [(f32, f32); 4] = [(1024.0, 700.0), (1280.0, 800.0), (1920.0, 1080.0), (853.0, 533.0)];
/// The sizes of the letters that words are written in.
const LETTERS: [f32; 7] = [12.0, 12.5, 14.0, 16.0, 19.0, 22.0, 28.0];
/// How high a line is, for letters of size 1: as iced has it.
const LINE: f32 = 1.3;
const FONTS: [Font; 2] =
    [Font::with_name("IBM Plex Sans"), Font { weight: font::Weight::Semibold, ..Font::with_name("IBM Plex Sans") }];
const SLACK: f32 = 1.5;

/// Every page where names are as long as they get.
const LONG: &[Scene] = &[
    ("long-overview", &[], Data::LongNames, |it| command(it, "1")),
    ("long-rules", &[], Data::LongNames, |it| command(it, "2")),
    ("long-rules-open", &[], Data::LongNames, |it| walks::open_rule(it, 2)),
    ("long-rules-several", &[], Data::LongNames, |it| walks::several(it, 3)),
    ("long-rules-switch", &[], Data::LongNames, |it| walks::switch(it, 3)),
    ("long-timeline", &[], Data::LongNames, walks::timeline),
    ("long-try-message", &[], Data::LongNames, walks::try_address),
    ("long-fagsystems", &[], Data::LongNames, |it| command(it, "3")),
    ("long-fagsystems-open", &[], Data::LongNames, |it| first_of(it, "3")),
    ("long-contact-points", &[], Data::LongNames, |it| command(it, "4")),
    ("long-contact-points-open", &[], Data::LongNames, |it| first_of(it, "4")),
    ("long-authorities", &[], Data::LongNames, |it| it.send(Message::Show(Page::Authorities))),
    ("long-kle", &[], Data::LongNames, |it| it.send(Message::Show(Page::Kle))),
    ("long-log", &[], Data::LongNames, |it| command(it, "7")),
    ("long-log-story", &[], Data::LongNames, |it| walks::open_message(it, 9)),
    ("long-router", &[], Data::LongNames, |it| it.send(Message::Show(Page::Router))),
    ("long-changes", &[], Data::LongNames, |it| it.send(Message::Show(Page::Changes))),
    ("long-history", &[], Data::LongNames, walks::compared),
    ("long-files", &[], Data::LongNames, |it| it.send(Message::Show(Page::Files))),
];

fn first_of(window: &mut Window, page: &str) {
    command(window, page);
    window.press(iced_test::core::keyboard::key::Named::ArrowDown);
}

pub fn scenes() -> Vec<&'static Scene> {
    SCENES.iter().chain(LONG).collect()
}

/// A scene in its initial state, in a window that can be resized.
pub fn opened(&(_, _, data, steps): &Scene, language: LanguageChoice) -> (Window, Home) {
    leave_keyring_alone();
    let (width, height) = (1280.0, 800.0);
    let home = data.home(language, (1280, 800));
    let (desktop, task) = Desktop::open_as(home.path(), data::now, home.user());
    let mut window = Window::new(desktop, Size::new(width, height));
    window.perform(task);
    steps(&mut window);
    window.point_nowhere();
    (window, home)
}

/// Words and their position.
#[derive(Debug, Clone)]
struct Words {
    content: String,
    bounds: Rectangle,
    /// What of them is in sight; less than all where a list is scrolled.
    visible: Rectangle,
}

fn words_of(window: &mut Window) -> Vec<Words> {
    window.all(|candidate| match candidate {
        // What a picture says where one points at it, or to those who do not see it.
        // What is of several fonts is measured in none of them.
        Candidate::Text { id: Some(id), .. } if [Id::new("said"), Id::new("prose")].contains(id) => None,
        // A chart reports the label below a bar with the bounds of the bar.
        Candidate::Text { content, bounds, .. } if content.len() < 8 && bounds.height > 100.0 => None,
        Candidate::Text { content, bounds, visible_bounds: Some(visible), .. } if is_written(content) => {
            Some(Words { content: content.to_owned(), bounds, visible })
        }
        _ => None,
    })
}

/// Whether there are letters in it, not a sign alone.
fn is_written(content: &str) -> bool {
    content.chars().any(|letter| letter.is_alphanumeric() && !('\u{e000}'..='\u{f8ff}').contains(&letter))
}

/// How the words have been laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Whole,
    /// They end in "…".
    Shortened,
    Cut,
}

#[derive(Default)]
struct Ruler(HashMap<(String, u32, u32), Fit>);

impl Ruler {
    /// Whether words have the room that they need, in letters of whichever size they are.
    fn fit(&mut self, words: &Words) -> Fit {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in tenths of a pixel")]
        let tenths = |length: f32| (length * 10.0).round() as u32;
        let Size { width, height } = words.bounds.size();
        let key = (words.content.clone(), tenths(width), tenths(height));
        *self.0.entry(key).or_insert_with(|| measure(&words.content, width, height))
    }
}

fn measure(words: &str, width: f32, height: f32) -> Fit {
    let fits = |size: f32, font: Font, wrapping: Wrapping| {
        let paragraph = Paragraph::with_text(Text {
            content: words,
            bounds: Size::new(if wrapping == Wrapping::None { f32::INFINITY } else { width + 0.5 }, f32::INFINITY),
            size: size.into(),
            line_height: LineHeight::Relative(LINE),
            font,
            align_x: Alignment::Default,
            align_y: Vertical::Top,
            shaping: Shaping::default(),
            wrapping,
        });
        let needed = paragraph.min_bounds();
        needed.width <= width + SLACK && (needed.height - height).abs() < SLACK
    };
    // Letters whose lines do not add up to the height need not be laid out.
    let adds_up = |size: &f32| {
        let line = size * LINE;
        ((height / line).round().max(1.0) * line - height).abs() < SLACK
    };
    let is_whole = LETTERS.into_iter().filter(adds_up).any(|size| {
        FONTS.into_iter().any(|font| {
            [Wrapping::None, Wrapping::Word, Wrapping::WordOrGlyph, Wrapping::Glyph]
                .into_iter()
                .any(|wrapping| fits(size, font, wrapping))
        })
    });
    let is_one_line = LETTERS.into_iter().any(|size| (size * LINE - height).abs() < 0.3);
    match (is_whole, is_one_line) {
        (true, _) => Fit::Whole,
        (false, true) => Fit::Shortened,
        (false, false) => Fit::Cut,
    }
}

/// Whether words have room for all of them in bounds of that size.
pub fn is_whole(words: &str, size: Size) -> bool {
    measure(words, size.width, size.height) == Fit::Whole
}

/// How wide words are on one line, in letters of that size.
pub fn width_of(words: &str, size: f32) -> f32 {
    let paragraph = Paragraph::with_text(Text {
        content: words,
        bounds: Size::INFINITE,
        size: size.into(),
        line_height: LineHeight::default(),
        font: FONTS[0],
        align_x: Alignment::Default,
        align_y: Vertical::Top,
        shaping: Shaping::default(),
        wrapping: Wrapping::None,
    });
    paragraph.min_width()
}

/// What is wrong with the layout of the words in a window of that size.
fn problems(window: &mut Window, size: (f32, f32), ruler: &mut Ruler) -> Vec<String> {
    let whole = Rectangle::with_size(Size::new(size.0, size.1));
    let all = words_of(window);
    let mut problems = Vec::new();
    for words in &all {
        match ruler.fit(words) {
            Fit::Whole => {}
            Fit::Cut => problems.push(format!("cut: »{}« {:?}", words.content, words.bounds)),
            Fit::Shortened if is_a_name(&words.content) => {}
            Fit::Shortened => problems.push(format!("shortened: »{}«", words.content)),
        }
        let is_scrolled = words.visible.height < words.bounds.height - 0.1;
        let seen = words.visible.intersection(&whole).map_or(Size::ZERO, |seen| seen.size());
        let is_outside =
            seen.width + SLACK < words.bounds.width || (!is_scrolled && seen.height + SLACK < words.bounds.height);
        if is_outside {
            problems.push(format!("out of sight: »{}« {:?}", words.content, words.visible));
        }
    }
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            if let Some(both) = one.visible.intersection(&other.visible)
                && both.width > 2.0
                && both.height > 3.0
            {
                problems.push(format!("on one another: »{}« and »{}«", one.content, other.content));
            }
        }
    }
    problems
}

/// Whether the words are, or hold, something that people have named, or a file or an address: these may be shortened
/// where they are listed.
fn is_a_name(words: &str) -> bool {
    static NAMES: std::sync::OnceLock<BTreeSet<String>> = std::sync::OnceLock::new();
    let names = NAMES.get_or_init(books::names);
    let is_uuid = |part: &str| part.len() == 36 && part.matches('-').count() == 4;
    words.contains('/')
        || words.contains(".json")
        || words.split(' ').any(is_uuid)
        || names.iter().any(|name| words.contains(name.as_str()))
}

/// Something lies over these on purpose.
fn is_covered(name: &str) -> bool {
    [
        "palette",
        "guide",
        "tour",
        "overview-picture",
        "rules-kle-word",
        "rules-moving",
        "rules-choices",
        "rules-calendar",
        "log-days",
        "other-day-choice",
    ]
    .iter()
    .any(|it| name.starts_with(it))
}

#[test]
fn every_word_has_its_place_in_windows_of_every_size() {
    let scenes = scenes();
    let scenes: Vec<_> = scenes
        .into_iter()
        .filter(|scene| !is_covered(scene.0))
        .flat_map(|scene| scene.2.languages().iter().map(move |language| (scene, *language)))
        .collect();
    let (next, complaints) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    let work = || {
        let mut ruler = Ruler::default();
        while let Some((scene, language)) = scenes.get(next.fetch_add(1, Ordering::Relaxed)) {
            let told = panic::catch_unwind(panic::AssertUnwindSafe(|| {
                let (mut window, _home) = opened(scene, *language);
                let mut told = Vec::new();
                for size in SIZES {
                    window.resize(size.0, size.1);
                    let where_to = format!("{} {language:?} {}x{}", scene.0, size.0, size.1);
                    told.extend(
                        problems(&mut window, size, &mut ruler).into_iter().map(|it| format!("{where_to}: {it}")),
                    );
                }
                window.close();
                told
            }));
            let told = told.unwrap_or_else(|_| vec![format!("{} cannot be reached", scene.0)]);
            complaints.lock().expect("nobody panics here").extend(told);
        }
    };
    let threads = thread::available_parallelism().map_or(1, |it| it.get().min(4));
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let complaints = complaints.into_inner().expect("nobody panics here");
    assert!(complaints.is_empty(), "\n{}", complaints.into_iter().collect::<Vec<_>>().join("\n"));
}
