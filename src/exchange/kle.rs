//! KL's plan of KLE numbers (*emneplan*), as XML: main groups with groups with subjects.
//!
//! Of its several megabytes little is needed: numbers, titles, and when it was published. What is broken is left out and
//! told; the rest counts.

use std::borrow::Cow;

use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};

use super::{Progress, Stopped};
use crate::rules::{Kle, KlePlan, short_without_cpr};

/// The largest file that is read, in bytes; KL's own has 7 MB.
pub const LARGEST_KLE_PLAN: u64 = 100_000_000;
/// So many parts that were left out are told; more are counted.
const MOST_TOLD: usize = 200;
/// The most of a title that is kept, in bytes; KL's own have at most a few hundred.
const LONGEST_TITLE: usize = 1_000;
/// The most characters of what is no number that are quoted.
const LONGEST_QUOTE: usize = 40;
/// So many bytes are read before it is said how far it has come.
const STRIDE: usize = 64 * 1024;

/// A plan as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KlePlanRead {
    /// What could be read.
    pub plan: KlePlan,
    /// What was left out because it is broken, by lines; at most 200 of it.
    pub skipped: Vec<KleSkipped>,
    /// How much more was left out.
    pub more_skipped: usize,
    /// How many numbers were left out because they are historic (*udgået*).
    pub historic: usize,
}

/// A part of the file that was left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct KleSkipped {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// Why.
    pub what: KleFlaw,
}

/// Why a part of a plan is left out. The words leave out what looks like a CPR number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KleFlaw {
    /// It has no number.
    #[error("no number stands there")]
    NoNumber,
    /// What stands there is no number of its level.
    #[error("'{0}' is no number of that level")]
    NotANumber(String),
    /// The number has no title.
    #[error("{0} has no title")]
    NoTitle(Kle),
    /// The title has letters that are no UTF-8.
    #[error("the title of {0} cannot be read: the file is not UTF-8 there")]
    Unreadable(Kle),
    /// The number has stood there before.
    #[error("{0} stands twice; the first counts")]
    Repeated(Kle),
    /// The number does not belong to what it stands in.
    #[error("{number} stands in {within}, where it does not belong")]
    Outside {
        /// The number.
        number: Kle,
        /// The number that it stands below.
        within: Kle,
    },
    /// An end that nothing began.
    #[error("an element ends there that has not begun")]
    StrayEnd,
    /// From there on the file is no XML, or it ends too soon.
    #[error("the file is broken from there on; what comes before counts")]
    BrokenOff,
}

/// Why no plan was read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KleTrouble {
    /// It is another file.
    #[error("the file is no KLE plan: KL's 'emneplan' as XML has elements Hovedgruppe, Gruppe and Emne")]
    NotAPlan,
    /// It has the shape of a plan, but not one number in it can be used.
    #[error("the file has no KLE number that can be used")]
    NoNumbers,
    /// No plan is that large.
    #[error("the file is larger than 100 MB, which no KLE plan is")]
    TooLarge,
    /// Reading was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Reads KL's plan. Progress counts bytes.
///
/// A document type is never followed, and prefixes of elements do not matter.
///
/// # Errors
///
/// [`KleTrouble`]; what is merely broken here and there is left out and told.
pub fn read_kle_plan(bytes: &[u8], progress: &Progress) -> Result<KlePlanRead, KleTrouble> {
    if bytes.len() as u64 > LARGEST_KLE_PLAN {
        return Err(KleTrouble::TooLarge);
    }
    let text = decoded(bytes);
    progress.expect(text.len() as u64);
    let mut reading = Reading::new(&text);
    reading.read(progress)?;
    progress.reach(text.len() as u64)?;
    if !reading.is_a_plan {
        return Err(KleTrouble::NotAPlan);
    }
    if reading.read.plan.is_empty() {
        return Err(KleTrouble::NoNumbers);
    }
    Ok(reading.read)
}

/// The text; what is no UTF-8 in it is replaced by the sign for that.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |number: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| number([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        [0xFF, 0xFE, ..] => utf16(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => utf16(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// The level of an element that stands for a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    MainGroup = 1,
    Group,
    Subject,
}

/// An element that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Entry(Level),
    Number(Level),
    Title(Level),
    /// *AdministrativInfo*.
    Info(Level),
    Historic,
    Published,
}

impl Element {
    fn of(name: &str) -> Option<Self> {
        let levels = [("Hovedgruppe", Level::MainGroup), ("Gruppe", Level::Group), ("Emne", Level::Subject)];
        let in_entry = levels.into_iter().find_map(|(word, level)| match name.strip_prefix(word)? {
            "" => Some(Self::Entry(level)),
            "Nr" => Some(Self::Number(level)),
            "Titel" => Some(Self::Title(level)),
            "AdministrativInfo" => Some(Self::Info(level)),
            _ => None,
        });
        in_entry.or(match name {
            "Historisk" => Some(Self::Historic),
            "UdgivelsesDato" => Some(Self::Published),
            _ => None,
        })
    }
}

/// A number whose element has begun.
#[derive(Debug)]
struct Entry {
    level: Level,
    line: usize,
    number: Option<String>,
    title: Option<String>,
    is_historic: bool,
    /// Its own *AdministrativInfo* has been read.
    is_informed: bool,
    /// How many elements have begun within it that do not matter.
    depth: usize,
    /// How many numbers had been found when it began.
    found_before: usize,
}

impl Entry {
    fn kle(&self) -> Option<Kle> {
        let number: Kle = self.number.as_deref()?.parse().ok()?;
        (number.level() == self.level as usize).then_some(number)
    }
}

/// A number that counts, unless what it stands in turns out to be historic.
#[derive(Debug)]
struct Found {
    number: Kle,
    title: String,
    line: usize,
}

struct Reading<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The line at the place up to which lines have been counted.
    line: (usize, usize),
    /// The elements around what is being read, of those that matter.
    around: Vec<Element>,
    entries: Vec<Entry>,
    /// What stands in the number, title or date that is being read.
    words: Option<String>,
    found: Vec<Found>,
    is_a_plan: bool,
    /// The name of the whole, until it has ended.
    root: Option<String>,
    has_begun: bool,
    read: KlePlanRead,
}

impl<'a> Reading<'a> {
    fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        // Texts in the guidance may be what people once wrote as HTML.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let read = KlePlanRead { plan: KlePlan::empty(), skipped: Vec::new(), more_skipped: 0, historic: 0 };
        Self {
            text,
            reader,
            line: (1, 0),
            around: Vec::new(),
            entries: Vec::new(),
            words: None,
            found: Vec::new(),
            is_a_plan: false,
            root: None,
            has_begun: false,
            read,
        }
    }

    fn read(&mut self, progress: &Progress) -> Result<(), Stopped> {
        let mut told = 0;
        loop {
            let place = self.place();
            if place - told >= STRIDE {
                told = place;
                progress.reach(told as u64)?;
            }
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => self.begin(tag.local_name().as_ref(), place, false),
                Ok(Event::Empty(tag)) => self.begin(tag.local_name().as_ref(), place, true),
                Ok(Event::End(tag)) => self.end(tag.local_name().as_ref(), place),
                Ok(Event::Text(text)) => self.add(&text.into_inner()),
                Ok(Event::CData(text)) => self.add(&text.into_inner()),
                Ok(Event::GeneralRef(reference)) if self.words.is_some() => self.add(&resolved(&reference)),
                Ok(Event::Eof) => {
                    if self.root.is_some() {
                        self.break_off(place);
                    }
                    break;
                }
                Ok(_) => {}
                Err(_) => {
                    self.break_off(place);
                    break;
                }
            }
        }
        self.take_up();
        Ok(())
    }

    fn place(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).map_or(self.text.len(), |place| place.min(self.text.len()))
    }

    fn line_at(&mut self, place: usize) -> usize {
        let (line, counted) = self.line;
        let between = self.text.as_bytes().get(counted..place).unwrap_or_default();
        self.line = (line + memchr::memchr_iter(b'\n', between).count(), counted.max(place));
        self.line.0
    }

    fn begin(&mut self, name: &str, place: usize, is_empty: bool) {
        if !self.has_begun {
            self.has_begun = true;
            self.root = (!is_empty).then(|| name.to_owned());
        }
        let Some(element) = Element::of(name) else {
            if let Some(entry) = self.entries.last_mut().filter(|_| !is_empty) {
                entry.depth += 1;
            }
            return;
        };
        if let Element::Entry(level) = element {
            self.is_a_plan = true;
            // One that never ended ends here at the latest.
            self.end_entries(|entry| entry.level >= level);
            let line = self.line_at(place);
            self.entries.push(Entry {
                level,
                line,
                number: None,
                title: None,
                is_historic: false,
                is_informed: false,
                depth: 0,
                found_before: self.found.len(),
            });
        }
        if element == Element::Historic {
            self.mark_historic();
        }
        if is_empty {
            if let Element::Entry(level) = element {
                self.end_entries(|entry| entry.level >= level);
            }
            return;
        }
        if self.is_wanted(element) {
            self.words = Some(String::new());
        }
        self.around.push(element);
    }

    /// Whether what stands in the element is to be kept: the number and title of the entry itself, not those of others
    /// that it refers to.
    fn is_wanted(&self, element: Element) -> bool {
        let own = |level| self.entries.last().filter(|entry| entry.level == level && entry.depth == 0);
        match element {
            Element::Number(level) => own(level).is_some_and(|entry| entry.number.is_none()),
            Element::Title(level) => own(level).is_some_and(|entry| entry.title.is_none()),
            Element::Published => self.entries.is_empty() && self.read.plan.published.is_none(),
            Element::Entry(_) | Element::Info(_) | Element::Historic => false,
        }
    }

    /// What stands within the entry's own *AdministrativInfo* tells of the entry.
    fn mark_historic(&mut self) {
        if let (Some(Element::Info(level)), Some(entry)) = (self.around.last(), self.entries.last_mut()) {
            entry.is_historic |= entry.level == *level;
        }
    }

    fn end(&mut self, name: &str, place: usize) {
        if self.root.as_deref() == Some(name) {
            self.root = None;
        }
        let Some(element) = Element::of(name) else {
            if let Some(entry) = self.entries.last_mut() {
                entry.depth = entry.depth.saturating_sub(1);
            }
            return;
        };
        let Some(began) = self.around.iter().rposition(|around| *around == element) else {
            let line = self.line_at(place);
            self.skip(line, KleFlaw::StrayEnd);
            return;
        };
        self.around.truncate(began);
        let words = self.words.take();
        match (element, words) {
            (Element::Entry(level), _) => self.end_entries(|entry| entry.level >= level),
            (Element::Number(_), Some(words)) => self.set(|entry| &mut entry.number, &words),
            (Element::Title(_), Some(words)) => self.set(|entry| &mut entry.title, &words),
            (Element::Info(level), _) => {
                if let Some(entry) = self.entries.last_mut().filter(|entry| entry.level == level) {
                    entry.is_informed = true;
                }
            }
            (Element::Published, Some(words)) => {
                self.read.plan.published = words.trim().get(..10).and_then(|day| day.parse::<Date>().ok());
            }
            _ => {}
        }
    }

    fn set(&mut self, part: impl FnOnce(&mut Entry) -> &mut Option<String>, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(entry) = self.entries.last_mut() {
            *part(entry) = Some(words).filter(|words| !words.is_empty());
        }
    }

    fn add(&mut self, more: &str) {
        if let Some(words) = &mut self.words {
            let room = LONGEST_TITLE.saturating_sub(words.len()).min(more.len());
            words.push_str(&more[..more.floor_char_boundary(room)]);
        }
    }

    fn end_entries(&mut self, ends: impl Fn(&Entry) -> bool) {
        while let Some(entry) = self.entries.pop_if(|entry| ends(entry)) {
            if let Some(found) = self.judged(&entry) {
                // Numbers are found in the order in which they stand, each before what is below it.
                self.found.insert(entry.found_before, found);
            }
        }
    }

    fn judged(&mut self, entry: &Entry) -> Option<Found> {
        if entry.is_historic {
            // What is below it has gone with it.
            self.read.historic += 1 + self.found.drain(entry.found_before..).len();
            return None;
        }
        let flaw = match (entry.kle(), &entry.number, &entry.title) {
            (_, None, _) => KleFlaw::NoNumber,
            (None, Some(text), _) => KleFlaw::NotANumber(short_without_cpr(text, LONGEST_QUOTE)),
            (Some(number), _, title) => match (self.entries.iter().find_map(|above| strange(above, number)), title) {
                (Some(within), _) => KleFlaw::Outside { number, within },
                (None, None) => KleFlaw::NoTitle(number),
                (None, Some(title)) if title.contains(char::REPLACEMENT_CHARACTER) => KleFlaw::Unreadable(number),
                (None, Some(title)) => return Some(Found { number, title: title.clone(), line: entry.line }),
            },
        };
        self.skip(entry.line, flaw);
        None
    }

    fn break_off(&mut self, place: usize) {
        let line = self.line_at(place);
        // Of the last one half may be missing, or that it is historic; those around it were whole enough to have something
        // in them.
        let found = self.found.len();
        self.entries.pop_if(|last| last.found_before == found && !last.is_informed);
        self.end_entries(|_| true);
        self.skip(line, KleFlaw::BrokenOff);
    }

    /// Nothing that was found can turn out to be historic any more.
    fn take_up(&mut self) {
        self.end_entries(|_| true);
        for Found { number, title, line } in std::mem::take(&mut self.found) {
            if !self.read.plan.add(number, &title) {
                self.skip(line, KleFlaw::Repeated(number));
            }
        }
        self.read.skipped.sort_by_key(|skipped| skipped.line);
    }

    fn skip(&mut self, line: usize, what: KleFlaw) {
        if self.read.skipped.len() < MOST_TOLD {
            self.read.skipped.push(KleSkipped { line, what });
        } else {
            self.read.more_skipped += 1;
        }
    }
}

/// The number of what stands around, when that one does not belong to it.
fn strange(around: &Entry, number: Kle) -> Option<Kle> {
    around.kle().filter(|around| !number.is_below(*around))
}

/// What a reference stands for; one that is not known stays as it is written.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return sign.to_string();
    }
    let name = reference.xml10_content();
    resolve_xml_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}
