use std::str::FromStr;

use jiff::civil::Date;

use crate::exchange::Progress;
use crate::exchange::encoding::in_utf8;
use crate::exchange::fault::{FileFault, FileFaults, FileProblem, Illegible, Wanted};
use crate::exchange::json::{Json, JsonFiles, JsonTrouble};
use crate::rules::{AuthorityOutline, Caseless, Place, cross_check};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(in crate::exchange) struct Node<'a> {
    pub json: &'a Json,
    pub place: Place,
}

/// An object's entries. A key whose value is `null` counts as absent.
pub(in crate::exchange) struct Object<'a> {
    pub entries: &'a [(String, Json)],
    pub place: Place,
}

impl<'a> Object<'a> {
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        let entry = self.entries.iter().find(|(name, value)| name == key && !matches!(value, Json::Null));
        entry.map(|(_, json)| Node { json, place: self.place.key(key) })
    }
}

/// A file being read: each method returns what it could make of a part, and notes what was wrong.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Reading {
    pub faults: Vec<FileFault>,
    /// Of the authorities read.
    pub outlines: Vec<AuthorityOutline>,
    /// Of the one being read.
    pub outline: AuthorityOutline,
    /// Whether it comes out of the database, where an older version of the program may have put it.
    pub is_kept: bool,
}

impl Reading {
    /// Reads a whole file, in UTF-8, or in UTF-16 with the mark of that.
    pub(in crate::exchange) fn file<T>(
        &mut self,
        file: &[u8],
        read: impl FnOnce(&mut Self, &Node<'_>) -> Option<T>,
    ) -> Option<T> {
        match JsonFiles::new(&Progress::default()).read(&in_utf8(file)) {
            Ok(json) => read(self, &Node { json: &json, place: Place::top() }),
            Err(JsonTrouble::Broken(error)) => self.fault(&Place::top(), FileProblem::NotJson(error.to_string())),
            Err(JsonTrouble::TooLarge | JsonTrouble::Stopped(_)) => self.fault(&Place::top(), FileProblem::TooLarge),
        }
    }

    /// What was read, unless anything is wrong with it.
    pub(super) fn concluded<T>(self, read: Option<T>) -> Result<T, FileFaults> {
        read.filter(|_| self.faults.is_empty()).ok_or(FileFaults(self.faults))
    }

    /// What was read, unless anything is wrong with it or its parts contradict each other.
    pub(in crate::exchange) fn cross_checked<T>(mut self, read: Option<T>) -> Result<T, FileFaults> {
        let contradictions = cross_check(&self.outlines).into_iter();
        self.faults.extend(contradictions.map(|fault| FileFault { place: fault.place, problem: fault.problem.into() }));
        self.concluded(read)
    }

    /// The format that a file says it has, and the version of it.
    pub(in crate::exchange) fn format(&mut self, file: &Object<'_>, format: &str, version: u64) -> Option<()> {
        let named = self.required(file, "format", |this, node| this.choice(node, &[(format, ())]));
        let known = self.required(file, "version", |this, node| match node.json {
            Json::Whole(number) if *number == version => Some(()),
            Json::Whole(other) => this.fault(&node.place, FileProblem::Version(*other)),
            _ => this.fault(&node.place, FileProblem::Expected(Wanted::One)),
        });
        named.and(known)
    }

    pub(in crate::exchange) fn fault<T>(&mut self, place: &Place, problem: impl Into<FileProblem>) -> Option<T> {
        self.faults.push(FileFault { place: place.clone(), problem: problem.into() });
        None
    }

    pub(super) fn count(&mut self, node: &Node<'_>) -> Option<u32> {
        let number = match node.json {
            Json::Whole(number) => u32::try_from(*number).ok(),
            _ => None,
        };
        number.or_else(|| self.fault(&node.place, FileProblem::Expected(Wanted::Count)))
    }

    pub(super) fn caseless(&mut self, node: &Node<'_>) -> Option<Caseless> {
        let text = Caseless::new(self.text(node)?);
        if text.is_empty() {
            return self.fault(&node.place, FileProblem::Expected(Wanted::SomeText));
        }
        Some(text)
    }

    pub(super) fn date(&mut self, node: &Node<'_>) -> Option<Date> {
        let text = self.text(node)?;
        let is_plain = text.len() == "2020-10-25".len();
        text.parse().ok().filter(|_| is_plain).or_else(|| {
            self.fault(&node.place, FileProblem::Unreadable { found: text.to_owned(), why: Illegible::Date })
        })
    }

    pub(in crate::exchange) fn object<'a>(&mut self, node: &Node<'a>, known: &[&str]) -> Option<Object<'a>> {
        let Json::Object(entries) = node.json else {
            return self.fault(&node.place, FileProblem::Expected(Wanted::Object));
        };
        for (index, (key, _)) in entries.iter().enumerate() {
            let place = node.place.key(key);
            if !known.contains(&key.as_str()) {
                self.fault::<()>(&place, FileProblem::UnknownKey(known.join(", ")));
            } else if entries[..index].iter().any(|(earlier, _)| earlier == key) {
                self.fault::<()>(&place, FileProblem::RepeatedKey);
            }
        }
        Some(Object { entries, place: node.place.clone() })
    }

    pub(in crate::exchange) fn required<'a, T>(
        &mut self,
        object: &Object<'a>,
        key: &str,
        read: impl FnOnce(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<T> {
        match object.get(key) {
            Some(node) => read(self, &node),
            None => self.fault(&object.place.key(key), FileProblem::Missing),
        }
    }

    /// Reads every item, so that every fault is found; an absent list is an empty one.
    pub(super) fn list<'a, T>(
        &mut self,
        node: Option<Node<'a>>,
        mut read: impl FnMut(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Some(node) = node else { return Some(Vec::new()) };
        let Json::List(items) = node.json else {
            return self.fault(&node.place, FileProblem::Expected(Wanted::List));
        };
        let items: Vec<_> =
            items.iter().enumerate().map(|(at, json)| read(self, &Node { json, place: node.place.at(at) })).collect();
        items.into_iter().collect()
    }

    pub(in crate::exchange) fn text<'a>(&mut self, node: &Node<'a>) -> Option<&'a str> {
        match node.json {
            Json::Text(text) => Some(text),
            _ => self.fault(&node.place, FileProblem::Expected(Wanted::Text)),
        }
    }

    pub(super) fn words(&mut self, node: &Node<'_>) -> Option<String> {
        self.text(node).map(str::to_owned)
    }

    /// An absent text is an empty one.
    pub(in crate::exchange) fn optional_words(&mut self, object: &Object<'_>, key: &str) -> Option<String> {
        object.get(key).map_or(Some(String::new()), |node| self.words(&node))
    }

    /// A switch that is on unless it is turned off.
    pub(in crate::exchange) fn switch(&mut self, node: Option<Node<'_>>) -> Option<bool> {
        match node {
            None => Some(true),
            Some(Node { json: Json::Bool(value), .. }) => Some(*value),
            Some(node) => self.fault(&node.place, FileProblem::Expected(Wanted::Switch)),
        }
    }

    pub(super) fn parsed<T: FromStr<Err: Into<Illegible>>>(&mut self, node: &Node<'_>) -> Option<T> {
        let text = self.text(node)?;
        text.parse().map_or_else(
            |error: T::Err| {
                self.fault(&node.place, FileProblem::Unreadable { found: text.to_owned(), why: error.into() })
            },
            Some,
        )
    }

    pub(super) fn choice<T: Copy>(&mut self, node: &Node<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(node)?;
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        chosen.or_else(|| {
            let choices: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            let problem = FileProblem::NoSuchChoice { found: text.to_owned(), choices: choices.join(", ") };
            self.fault(&node.place, problem)
        })
    }
}
