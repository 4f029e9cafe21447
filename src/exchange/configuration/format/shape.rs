//! What the tables of the format are made of: objects, their keys, and the values that these allow.

/// An object of the format, with its keys.
#[derive(Debug)]
pub(in crate::exchange) struct Shape {
    /// Its name in the schema's definitions.
    pub name: &'static str,
    pub english: &'static str,
    pub danish: &'static str,
    pub keys: &'static [Key],
}

impl Shape {
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key of an object.
#[derive(Debug)]
pub(in crate::exchange) struct Key {
    pub name: &'static str,
    /// The values that are allowed.
    pub value: Value,
    /// The default as it would be written in the file; `None`: the key is required.
    pub default: Option<&'static str>,
    pub english: &'static str,
    pub danish: &'static str,
}

/// The values that a key allows.
#[derive(Debug, Clone, Copy)]
pub(in crate::exchange) enum Value {
    /// Exactly that text.
    Word(&'static str),
    /// Exactly that number.
    Exactly(u64),
    Text,
    /// A text that is not empty.
    SomeText,
    Switch,
    Cvr,
    Date,
    /// A number of that classification with at most that many parts, or an interval of two.
    Interval(&'static str, usize),
    /// A number of that classification with at most that many parts.
    Number(&'static str, usize),
    /// A whole number.
    Whole {
        least: u64,
        most: u64,
    },
    Megabytes,
    Endpoint,
    HeaderName,
    Choice(fn() -> Vec<&'static str>),
    List(&'static Value),
    Object(&'static Shape),
    /// The first, or the second as its longer form.
    Either(&'static Value, &'static Value),
    /// An object that depends on the kind of access.
    Access,
    /// Depends on the rule element beside it: see [`value_of`](super::value_of).
    ByElement,
}

pub(super) const fn required(name: &'static str, value: Value, english: &'static str, danish: &'static str) -> Key {
    Key { name, value, default: None, english, danish }
}

pub(super) const fn optional(
    name: &'static str,
    value: Value,
    default: &'static str,
    english: &'static str,
    danish: &'static str,
) -> Key {
    Key { name, value, default: Some(default), english, danish }
}

pub(super) fn words<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}
