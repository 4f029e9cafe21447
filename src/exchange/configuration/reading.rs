use std::borrow::Cow;
use std::str::FromStr;

use jiff::civil::Date;

use super::fault::{FileFault, FileFaults, FileProblem, InvalidText, ValueKind, quoted};
use super::format::Shape;
use crate::exchange::json::{Json, JsonError, JsonFiles, Key};
use crate::exchange::progress::Progress;
use crate::exchange::text::encoding::in_utf8;
use crate::exchange::text::resemblance::meant;
use crate::rules::{AuthorityOutline, Caseless, Classification, Cvr, JsonPath, Number, Problem, cross_check};
use crate::visible::without_invisible;

/// A value and its path in the file.
#[derive(Debug, Clone)]
pub(in crate::exchange) struct Node<'a> {
    pub json: &'a Json<'a>,
    pub place: JsonPath,
}

/// An object's entries. A key with the value `null` counts as absent.
pub(in crate::exchange) struct Object<'a> {
    pub entries: &'a [(Key, Json<'a>)],
    pub place: JsonPath,
    /// Its shape, if it is an object of the format.
    pub shape: Option<&'static Shape>,
}

impl<'a> Object<'a> {
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        debug_assert!(self.shape.is_none_or(|shape| shape.key(key).is_some()), "the format does not know {key}");
        let entry = self.entries.iter().find(|(name, value)| **name == *key && !matches!(value, Json::Null));
        entry.map(|(_, json)| Node { json, place: self.place.key(key) })
    }
}

/// A file being read. Each method returns a part if it is valid, and records its faults otherwise, so that one reading
/// finds every fault.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Reading<'p> {
    /// For stopping the reading.
    pub progress: Option<&'p Progress>,
    pub faults: Vec<FileFault>,
    /// How many faults there are beyond those.
    pub unlisted: usize,
    /// The number of items in all lists read so far.
    pub items: usize,
    /// The bytes of all ids and names that are compared without case.
    pub named: usize,
    /// The known authorities' numbers.
    pub known: Vec<(JsonPath, Cvr)>,
    /// The outlines of the authorities read so far.
    pub outlines: Vec<AuthorityOutline>,
    /// The outline of the authority being read.
    pub outline: AuthorityOutline,
    /// Whether it comes from the database, possibly written by an older version of the program.
    pub is_kept: bool,
}

/// Further faults are only counted.
const MAX_FAULTS: usize = 2_000;

/// The most bytes of ids and names that are compared without case. Each is held twice (as written and folded), in several
/// places.
const MAX_NAME_BYTES: usize = 16 << 20;

/// The most items in all lists together. No configuration has as many, and an item takes far more memory than its bytes in
/// the file.
const MAX_ITEMS: usize = 250_000;

impl<'p> Reading<'p> {
    /// A reading that `progress` can stop.
    pub(in crate::exchange) fn within(progress: &'p Progress) -> Self {
        Self { progress: Some(progress), ..Self::default() }
    }
}

impl Reading<'_> {
    /// Reads a whole file, in UTF-8 or UTF-16.
    pub(in crate::exchange) fn file<T>(
        &mut self,
        file: &[u8],
        read: impl FnOnce(&mut Self, &Node<'_>) -> Option<T>,
    ) -> Option<T> {
        let unstoppable = Progress::default();
        let progress = self.progress.unwrap_or(&unstoppable);
        let mut files = if self.is_kept { JsonFiles::kept(progress) } else { JsonFiles::new(progress) };
        match files.read(&in_utf8(file)) {
            Ok(json) => read(self, &Node { json: &json, place: JsonPath::top() }),
            Err(JsonError::Broken(error)) => self.fault(&JsonPath::top(), FileProblem::NotJson(error.to_string())),
            Err(JsonError::TooLarge) => self.fault(&JsonPath::top(), FileProblem::TooLarge),
            Err(JsonError::Stopped(_)) => self.fault(&JsonPath::top(), FileProblem::Stopped),
        }
    }

    /// The result, unless there are faults.
    pub(super) fn concluded<T>(mut self, read: Option<T>) -> Result<T, FileFaults> {
        if let Some(more) = self.unlisted.checked_sub(1) {
            self.faults.push(FileFault { place: JsonPath::top(), problem: FileProblem::More(more + 1) });
        }
        read.filter(|_| self.faults.is_empty()).ok_or(FileFaults(self.faults))
    }

    /// The result, unless there are faults or its parts contradict each other.
    pub(in crate::exchange) fn cross_checked<T>(mut self, read: Option<T>) -> Result<T, FileFaults> {
        let contradictions = cross_check(&self.outlines).into_iter();
        // Suggestions are slow to find, and hundreds help nobody.
        let mut guesses = 200;
        for fault in contradictions {
            let problem = self.misspelt(&fault.problem, &mut guesses).unwrap_or_else(|| fault.problem.into());
            self.fault::<()>(&fault.place, problem);
        }
        self.concluded(read)
    }

    /// Suggests the fagsystem that an unknown id may be a misspelling of.
    fn misspelt(&self, problem: &Problem, guesses: &mut u32) -> Option<FileProblem> {
        let Problem::NoSuchFagsystem(id) = problem else { return None };
        *guesses = guesses.checked_sub(1)?;
        let known = self.outlines.iter().flat_map(|outline| &outline.fagsystems).map(|(_, known)| known.as_str());
        Some(FileProblem::MisspeltFagsystem { id: id.clone(), meant: meant(id.as_str(), known)? })
    }

    /// Checks the file's `format` and `version`.
    pub(in crate::exchange) fn format(&mut self, file: &Object<'_>, format: &str, version: u64) -> Option<()> {
        let named = self.required(file, "format", |this, node| this.choice(node, &[(format, ())]));
        let known = self.required(file, "version", |this, node| match node.json {
            Json::Whole(number) if *number == version => Some(()),
            Json::Whole(other) => this.fault(&node.place, FileProblem::Version(*other)),
            _ => this.fault(&node.place, FileProblem::Expected(ValueKind::One)),
        });
        named.and(known)
    }

    pub(in crate::exchange) fn fault<T>(&mut self, place: &JsonPath, problem: impl Into<FileProblem>) -> Option<T> {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(FileFault { place: place.clone(), problem: problem.into() });
        } else {
            self.unlisted += 1;
        }
        None
    }

    pub(super) fn count(&mut self, node: &Node<'_>) -> Option<u32> {
        let number = match node.json {
            Json::Whole(number) => u32::try_from(*number).ok(),
            _ => None,
        };
        number.or_else(|| self.fault(&node.place, FileProblem::Expected(ValueKind::Count)))
    }

    pub(super) fn caseless(&mut self, node: &Node<'_>) -> Option<Caseless> {
        let text = self.text(node)?;
        self.named = self.named.saturating_add(text.len());
        if self.named > MAX_NAME_BYTES && !self.is_kept {
            return self.fault(&node.place, FileProblem::TooLarge);
        }
        let text = Caseless::new(&Self::as_meant(text, self.is_kept));
        if text.is_empty() {
            return self.fault(&node.place, FileProblem::Expected(ValueKind::SomeText));
        }
        Some(text)
    }

    /// The text without invisible characters; what comes from the database is left unchanged.
    fn as_meant(text: &str, is_kept: bool) -> Cow<'_, str> {
        if is_kept { Cow::Borrowed(text) } else { without_invisible(text) }
    }

    pub(super) fn date(&mut self, node: &Node<'_>) -> Option<Date> {
        let text = self.text(node)?;
        let is_plain = text.len() == "2020-10-25".len();
        text.parse()
            .ok()
            .filter(|_| is_plain)
            .or_else(|| self.fault(&node.place, FileProblem::unreadable(text, InvalidText::Date)))
    }

    /// An object of the format, with its keys.
    pub(super) fn shaped<'a>(&mut self, node: &Node<'a>, shape: &'static Shape) -> Option<Object<'a>> {
        self.object(node, &shape.names()).map(|object| Object { shape: Some(shape), ..object })
    }

    pub(in crate::exchange) fn object<'a>(&mut self, node: &Node<'a>, known: &[&str]) -> Option<Object<'a>> {
        let Json::Object(entries) = node.json else {
            return self.fault(&node.place, FileProblem::Expected(ValueKind::Object));
        };
        for (index, (key, _)) in entries.iter().enumerate() {
            // Most have no fault, and so need no path.
            let place = || node.place.key(key);
            if !known.contains(&&**key) {
                // The message lists all known keys, so that many such faults would take much memory.
                if self.faults.len() < MAX_FAULTS {
                    let meant = meant(key, known.iter().copied());
                    self.fault::<()>(&place(), FileProblem::UnknownKey { known: known.join(", "), meant });
                } else {
                    self.unlisted += 1;
                }
            } else if entries[..index].iter().any(|(earlier, _)| earlier == key) {
                self.fault::<()>(&place(), FileProblem::RepeatedKey);
            }
        }
        Some(Object { entries, place: node.place.clone(), shape: None })
    }

    pub(in crate::exchange) fn required<'a, T>(
        &mut self,
        object: &Object<'a>,
        key: &str,
        read: impl FnOnce(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<T> {
        let is_required = |shape: &Shape| shape.key(key).is_some_and(|key| key.default.is_none());
        debug_assert!(object.shape.is_none_or(is_required), "the format says that {key} may be absent");
        match object.get(key) {
            Some(node) => read(self, &node),
            None => self.fault(&object.place.key(key), FileProblem::Missing),
        }
    }

    /// Reads every item, so that every fault is found. An absent list is empty.
    pub(super) fn list<'a, T>(
        &mut self,
        node: Option<Node<'a>>,
        mut read: impl FnMut(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Some(node) = node else { return Some(Vec::new()) };
        let Json::List(items) = node.json else {
            return self.fault(&node.place, FileProblem::Expected(ValueKind::List));
        };
        self.items = self.items.saturating_add(items.len());
        if self.items > MAX_ITEMS && !self.is_kept {
            return self.fault(&node.place, FileProblem::TooLarge);
        }
        let items: Vec<_> =
            items.iter().enumerate().map(|(at, json)| read(self, &Node { json, place: node.place.at(at) })).collect();
        items.into_iter().collect()
    }

    pub(in crate::exchange) fn text<'a>(&mut self, node: &Node<'a>) -> Option<&'a str> {
        match node.json {
            Json::Text(text) => Some(text),
            _ => self.fault(&node.place, FileProblem::Expected(ValueKind::Text)),
        }
    }

    pub(super) fn words(&mut self, node: &Node<'_>) -> Option<String> {
        self.text(node).map(str::to_owned)
    }

    /// An absent text is empty.
    pub(in crate::exchange) fn optional_words(&mut self, object: &Object<'_>, key: &str) -> Option<String> {
        object.get(key).map_or(Some(String::new()), |node| self.words(&node))
    }

    /// A switch that is on when absent.
    pub(in crate::exchange) fn switch(&mut self, node: Option<Node<'_>>) -> Option<bool> {
        match node {
            None => Some(true),
            Some(Node { json: Json::Bool(value), .. }) => Some(*value),
            Some(node) => self.fault(&node.place, FileProblem::Expected(ValueKind::Switch)),
        }
    }

    pub(super) fn parsed<T: FromStr<Err: Into<InvalidText>>>(&mut self, node: &Node<'_>) -> Option<T> {
        let text = self.text(node)?;
        Self::as_meant(text, self.is_kept)
            .parse()
            .map_or_else(|error: T::Err| self.fault(&node.place, FileProblem::unreadable(text, error.into())), Some)
    }

    /// A number of a classification, as messages have it.
    pub(super) fn number<C: Classification>(&mut self, node: &Node<'_>) -> Option<Number<C>> {
        let text = self.text(node)?;
        let number = Self::as_meant(text, self.is_kept).trim().parse().ok();
        number.or_else(|| self.fault(&node.place, FileProblem::unreadable(text, InvalidText::Number(C::NAME))))
    }

    pub(super) fn choice<T: Copy>(&mut self, node: &Node<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(node)?;
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        chosen.or_else(|| {
            let choices: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            let meant = meant(text, choices.iter().copied());
            let found = quoted(text);
            self.fault(&node.place, FileProblem::NoSuchChoice { found, choices: choices.join(", "), meant })
        })
    }
}
