use std::collections::HashMap;

use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::outcome::{KleFlaw, KlePlanImport, SkippedKleEntry};
use crate::exchange::progress::{Progress, Stopped};
use crate::exchange::text::xml::resolved;
use crate::rules::{Kle, KlePlan, short_without_cpr};
use crate::visible::without_invisible;

/// Further parts that were left out are only counted.
const MAX_REPORTED: usize = 200;
/// Titles are cut to that many bytes; KL's own have a few hundred at most.
const LONGEST_TITLE: usize = 1_000;
/// The most characters of an invalid number that are quoted.
const LONGEST_QUOTE: usize = 40;
/// The progress is updated each time that many bytes have been read.
const PROGRESS_BYTES: usize = 64 * 1024;

/// The level of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Level {
    MainGroup = 1,
    Group,
    Subject,
}

/// An element that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        let number: Kle = without_invisible(self.number.as_deref()?).trim().parse().ok()?;
        (number.level() == self.level as usize).then_some(number)
    }
}

/// A valid number; it is dropped if an enclosing one turns out to be historic.
#[derive(Debug)]
struct Found {
    number: Kle,
    title: String,
    line: usize,
}

/// The reading of a plan, from its beginning to its end.
pub(super) struct Reading<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The line at the place up to which lines have been counted.
    line: (usize, usize),
    /// The elements around what is being read, of those that matter.
    around: Vec<Element>,
    /// How many of each kind are among them.
    open: HashMap<Element, usize>,
    entries: Vec<Entry>,
    /// The text of the number, title or date being read.
    words: Option<String>,
    found: Vec<Found>,
    is_a_plan: bool,
    /// The name of the whole, until it has ended.
    root: Option<String>,
    has_begun: bool,
    read: KlePlanImport,
}

impl<'a> Reading<'a> {
    /// Reads as much of the plan as is valid. The second value says whether the file is a plan at all.
    pub fn of(text: &'a str, progress: &Progress) -> Result<(KlePlanImport, bool), Stopped> {
        let mut reading = Self::new(text);
        reading.read(progress)?;
        Ok((reading.read, reading.is_a_plan))
    }

    fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        // Texts in the guidance may contain HTML that is not well-formed.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let read = KlePlanImport { plan: KlePlan::empty(), skipped: Vec::new(), more_skipped: 0, historic: 0 };
        Self {
            text,
            reader,
            line: (1, 0),
            around: Vec::new(),
            open: HashMap::new(),
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
            if place - told >= PROGRESS_BYTES {
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
            // Ends an element whose end tag is missing.
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
        *self.open.entry(element).or_default() += 1;
        self.around.push(element);
    }

    /// Whether the element's text is needed: the number and title of the entry itself, not of others that it refers to.
    fn is_wanted(&self, element: Element) -> bool {
        let own = |level| self.entries.last().filter(|entry| entry.level == level && entry.depth == 0);
        match element {
            Element::Number(level) => own(level).is_some_and(|entry| entry.number.is_none()),
            Element::Title(level) => own(level).is_some_and(|entry| entry.title.is_none()),
            Element::Published => self.entries.is_empty() && self.read.plan.published.is_none(),
            Element::Entry(_) | Element::Info(_) | Element::Historic => false,
        }
    }

    /// Only the entry's own *AdministrativInfo* says whether it is historic.
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
        // A count instead of a search, since a file may have thousands of stray end tags.
        let is_open = self.open.get(&element).is_some_and(|count| *count > 0);
        let began = is_open.then(|| self.around.iter().rposition(|around| *around == element)).flatten();
        let Some(began) = began else {
            let line = self.line_at(place);
            self.skip(line, KleFlaw::StrayEnd);
            return;
        };
        for ended in self.around.drain(began..) {
            *self.open.entry(ended).or_default() -= 1;
        }
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
        let words = without_invisible(words);
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
                // Keeps the order of the file: an entry is judged after those below it, and inserted before them.
                self.found.insert(entry.found_before, found);
            }
        }
    }

    fn judged(&mut self, entry: &Entry) -> Option<Found> {
        if entry.is_historic {
            // Everything below it is historic too.
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
        if self.read.skipped.len() < MAX_REPORTED {
            self.read.skipped.push(SkippedKleEntry { line, what });
        } else {
            self.read.more_skipped += 1;
        }
    }
}

/// The enclosing number, if the number does not belong under it.
fn strange(around: &Entry, number: Kle) -> Option<Kle> {
    around.kle().filter(|around| !number.is_below(*around))
}
