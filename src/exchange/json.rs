use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Progress, Stopped};

/// The largest files that are read, all together, in bytes: no municipality has a tenth of it to tell.
const MOST_BYTES: usize = 64 << 20;
/// The most values in them: a value takes far more memory than the two bytes that it may have in a file.
const MOST_VALUES: usize = 4_000_000;

/// A JSON value that keeps an object's entries as they stand in the file, repeated keys included.
#[derive(Debug, Clone)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// A number without fraction that is not negative.
    Whole(u64),
    /// Any other number.
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Why a file gave no JSON.
#[derive(Debug)]
pub(super) enum JsonTrouble {
    Broken(serde_json::Error),
    TooLarge,
    Stopped(Stopped),
}

/// Files of JSON that are read together.
pub(super) struct JsonFiles<'p> {
    bytes: usize,
    values: Cell<usize>,
    progress: &'p Progress,
}

impl<'p> JsonFiles<'p> {
    pub(super) fn new(progress: &'p Progress) -> Self {
        Self { bytes: 0, values: Cell::new(0), progress }
    }

    /// Reads the next file, which is in UTF-8.
    pub(super) fn read(&mut self, file: &[u8]) -> Result<Json, JsonTrouble> {
        self.bytes = self.bytes.saturating_add(file.len());
        if self.bytes > MOST_BYTES {
            return Err(JsonTrouble::TooLarge);
        }
        let mut reader = serde_json::Deserializer::from_slice(file);
        let json = self.deserialize(&mut reader).and_then(|json| reader.end().map(|()| json));
        json.map_err(|error| match self.progress.is_stopped() {
            true => JsonTrouble::Stopped(Stopped),
            false if self.values.get() > MOST_VALUES => JsonTrouble::TooLarge,
            false => JsonTrouble::Broken(error),
        })
    }
}

impl<'de> DeserializeSeed<'de> for &JsonFiles<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        self.values.set(self.values.get() + 1);
        if self.values.get() > MOST_VALUES || self.progress.is_stopped() {
            return Err(D::Error::custom("reading ended there"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &JsonFiles<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Whole(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "no negative number is wanted anywhere")]
    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(key) = entries.next_key()? {
            object.push((key, entries.next_value_seed(self)?));
        }
        Ok(Json::Object(object))
    }
}
