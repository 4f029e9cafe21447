use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::progress::{Progress, Stopped};

/// The most bytes of all files together: ten times as much as any municipality has.
const MAX_BYTES: usize = 32 << 20;
/// The most memory that their values may take, in bytes, by an estimate made while reading: a value of two bytes in the
/// file takes far more.
const MAX_MEMORY_BYTES: usize = 64 << 20;
/// The memory of a value without its text, in bytes: an entry of an object.
const VALUE_BYTES: usize = size_of::<(Key, Json<'_>)>();
/// The memory of the allocation of a text, a list or an object, in bytes.
const ALLOCATION_BYTES: usize = 32;
/// The memory of a key that occurs for the first time, in bytes, without its text.
const KEY_BYTES: usize = 128;
/// Keys are cut to that many bytes: no known key is as long.
const LONGEST_KEY: usize = 200;

/// Room is made for at most this many entries of an object before they are read.
const MOST_EXPECTED: usize = 32;

/// A key, shared by all objects that have it.
pub(super) type Key = Rc<str>;

/// A JSON value of a file, whose texts it borrows where they stand there as they are meant. An object keeps its entries in the
/// order of the file, repeated keys included, so that these can be reported.
#[derive(Debug, Clone)]
pub(super) enum Json<'f> {
    Null,
    Bool(bool),
    /// A number without fraction that is not negative.
    Whole(u64),
    /// Any other number.
    Number(f64),
    Text(Cow<'f, str>),
    List(Vec<Json<'f>>),
    Object(Vec<(Key, Json<'f>)>),
}

/// Why a file gave no JSON.
#[derive(Debug)]
pub(super) enum JsonError {
    Broken(serde_json::Error),
    TooLarge,
    Stopped(Stopped),
}

/// JSON files that are read together and share the limits.
pub(super) struct JsonFiles<'p> {
    bytes: usize,
    memory: Cell<usize>,
    keys: RefCell<HashSet<Key>>,
    /// How many entries the last object had: in a list, the next one has about as many.
    entries: Cell<usize>,
    progress: &'p Progress,
    /// The factor on the limits.
    times: usize,
}

/// What is in the database may be this many times as large: older versions accepted larger files.
const STORED_FACTOR: usize = 2;

impl<'p> JsonFiles<'p> {
    pub(super) fn new(progress: &'p Progress) -> Self {
        Self { bytes: 0, memory: Cell::new(0), keys: RefCell::default(), entries: Cell::new(0), progress, times: 1 }
    }

    /// For configurations from the database.
    pub(super) fn kept(progress: &'p Progress) -> Self {
        Self { times: STORED_FACTOR, ..Self::new(progress) }
    }

    fn is_full(&self) -> bool {
        self.memory.get() > MAX_MEMORY_BYTES * self.times
    }

    /// Reads the next file, which is in UTF-8.
    pub(super) fn read<'f>(&mut self, file: &'f [u8]) -> Result<Json<'f>, JsonError> {
        self.bytes = self.bytes.saturating_add(file.len());
        if self.bytes > MAX_BYTES * self.times {
            return Err(JsonError::TooLarge);
        }
        let mut reader = serde_json::Deserializer::from_slice(file);
        let json = self.deserialize(&mut reader).and_then(|json| reader.end().map(|()| json));
        json.map_err(|error| match self.progress.is_stopped() {
            true => JsonError::Stopped(Stopped),
            false if self.is_full() => JsonError::TooLarge,
            false => JsonError::Broken(error),
        })
    }
}

impl JsonFiles<'_> {
    fn key<E: Error>(&self, key: &str) -> Result<Key, E> {
        let key = &*shortened(key);
        if let Some(known) = self.keys.borrow().get(key) {
            return Ok(Rc::clone(known));
        }
        self.count_memory::<E>(KEY_BYTES + key.len())?;
        let new: Key = key.into();
        self.keys.borrow_mut().insert(Rc::clone(&new));
        Ok(new)
    }

    /// Counts memory, and fails if the limit is exceeded or the reading was stopped.
    fn count_memory<E: Error>(&self, memory: usize) -> Result<(), E> {
        self.memory.set(self.memory.get().saturating_add(memory));
        if self.is_full() || self.progress.is_stopped() {
            return Err(E::custom("reading ended there"));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &JsonFiles<'_> {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        self.count_memory::<D::Error>(VALUE_BYTES)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &JsonFiles<'_> {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Whole(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "no negative number is wanted anywhere")]
    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json<'de>, E> {
        self.count_memory::<E>(ALLOCATION_BYTES + value.len())?;
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Json<'de>, E> {
        // It needs no allocation, but counts as others do, so that the limit does not depend on how a text is written.
        self.count_memory::<E>(ALLOCATION_BYTES + value.len())?;
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        self.count_memory::<A::Error>(ALLOCATION_BYTES)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        list.shrink_to_fit();
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        self.count_memory::<A::Error>(ALLOCATION_BYTES)?;
        let mut object = Vec::with_capacity(self.entries.get().min(MOST_EXPECTED));
        while let Some(key) = entries.next_key_seed(KeyOf(self))? {
            object.push((key, entries.next_value_seed(self)?));
        }
        object.shrink_to_fit();
        self.entries.set(object.len());
        Ok(Json::Object(object))
    }
}

/// Reads a key without copying it: it may be as long as the file.
struct KeyOf<'f, 'p>(&'f JsonFiles<'p>);

impl<'de> DeserializeSeed<'de> for KeyOf<'_, '_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyOf<'_, '_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        self.0.key(key)
    }
}

/// The key, or the beginning of one that is too long; the ellipsis keeps it from being equal to another key.
fn shortened(key: &str) -> Cow<'_, str> {
    if key.len() <= LONGEST_KEY {
        return Cow::Borrowed(key);
    }
    Cow::Owned(format!("{}\u{2026}", &key[..key.floor_char_boundary(LONGEST_KEY)]))
}
